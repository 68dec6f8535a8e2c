/** Folds groups of a picture: what is in a folded group becomes one node, with the wires that leave and enter it. Pure. */
import type {GraphEdge} from '../engine/graph/graph.ts';
import type {PanelNode, Picture} from './protocol.ts';

export interface Drawn {
  readonly nodes: readonly PanelNode[];
  readonly edges: readonly GraphEdge[];
}

/** What is drawn when these groups are folded. A folded group stands where its last node does, and shows what that computes. */
export function fold({nodes, edges, groups}: Picture, folded: ReadonlySet<string>): Drawn {
  if (folded.size === 0) return {nodes, edges};
  const parents = new Map(groups.map(({id, parent}) => [id, parent]));
  const labels = new Map(groups.map(({id, label}) => [id, label]));
  const outermost = (group: string | null): string | null => {
    let found: string | null = null;
    for (let id = group; id !== null; id = parents.get(id) ?? null) if (folded.has(id)) found = id;
    return found;
  };
  const idOf = new Map<string, string>();
  const last = new Map<string, PanelNode>();
  for (const node of nodes) {
    const group = outermost(node.group);
    idOf.set(node.id, group === null ? node.id : `group ${group}`);
    if (group !== null) last.set(group, node);
  }
  const drawn = nodes.flatMap((node): PanelNode[] => {
    const group = outermost(node.group);
    if (group === null) return [node];
    if (last.get(group) !== node) return [];
    return [{...node, id: `group ${group}`, label: `${labels.get(group) ?? ''}( )`, group: parents.get(group) ?? null, explanation: null}];
  });
  const order = new Map(drawn.map(({id}, i) => [id, i]));
  const joined = new Map<string, GraphEdge>();
  for (const edge of edges) {
    const from = idOf.get(edge.from) ?? edge.from;
    const to = idOf.get(edge.to) ?? edge.to;
    if (from === to) continue;
    const key = `${from}\n${to}`;
    const known = joined.get(key);
    const carried = (order.get(from) ?? 0) >= (order.get(to) ?? 0);
    if (known === undefined) joined.set(key, {...edge, from, to, carried});
    else joined.set(key, {...known, contribution: known.contribution.map((value, i) => value + (edge.contribution[i] ?? 0)), local: null});
  }
  return {nodes: drawn, edges: [...joined.values()]};
}
