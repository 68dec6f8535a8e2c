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
  const byId = new Map(groups.map((group) => [group.id, group]));
  const known = new Map<string, string | null>();
  const outermost = (group: string | null): string | null => {
    if (group === null) return null;
    let found = known.get(group);
    if (found === undefined) {
      found = outermost(parents.get(group) ?? null) ?? (folded.has(group) ? group : null);
      known.set(group, found);
    }
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
    const {label, kind, count} = byId.get(group)!;
    const shown = kind === 'call' ? `${label}( )` : label;
    return [{...node, id: `group ${group}`, label: shown, operation: '', group: parents.get(group) ?? null, count: kind === 'loop' ? count : 1}];
  });
  const order = new Map(drawn.map(({id}, i) => [id, i]));
  const joined = new Map<string, GraphEdge>();
  const kept: GraphEdge[] = [];
  for (const edge of edges) {
    const from = idOf.get(edge.from) ?? edge.from;
    const to = idOf.get(edge.to) ?? edge.to;
    if (from === edge.from && to === edge.to) {
      kept.push(edge);
      continue;
    }
    if (from === to) continue;
    const key = `${from}\n${to}`;
    const before = joined.get(key);
    const carried = (order.get(from) ?? 0) >= (order.get(to) ?? 0);
    if (before === undefined) joined.set(key, {...edge, from, to, carried});
    else joined.set(key, {...before, contribution: before.contribution.map((value, i) => value + (edge.contribution[i] ?? 0)), local: null});
  }
  return {nodes: drawn, edges: [...kept, ...joined.values()]};
}
