/** Puts letters on the sizes of a graph, from the graphs of the same code on inputs of other sizes. */
import type {Graph, ShapeText} from './graph.ts';

/** The first graph with shapes and counts named by what they were in all of them; what others lack keeps its numbers. */
export function withLetters(graphs: readonly Graph[], shapeOf: (sizes: readonly (readonly number[])[]) => ShapeText): Graph {
  const [first] = graphs;
  const others = graphs.slice(1);
  const nodes = others.map((graph) => new Map(graph.nodes.map((node) => [node.id, node])));
  const groups = others.map((graph) => new Map(graph.groups.map((group) => [group.id, group])));
  const named = (sizes: readonly (readonly number[] | undefined)[], otherwise: ShapeText): ShapeText => {
    const known = sizes.filter((size) => size !== undefined);
    return known.length === sizes.length && known.every((size) => size.length === otherwise.length) ? shapeOf(known) : otherwise;
  };
  const counted = (counts: readonly (string | number | undefined)[]): string | number => (
    counts[0] === 1 ? 1 : named(counts.map((count) => (typeof count === 'number' ? [count] : undefined)), [counts[0]!])[0]
  );
  return {
    ...first,
    nodes: first.nodes.map((node) => {
      const same = nodes.map((other) => other.get(node.id));
      return {...node, shape: named([node.size, ...same.map((other) => other?.size)], node.shape), count: counted([node.count, ...same.map((other) => other?.count)])};
    }),
    groups: first.groups.map((group) => ({...group, count: counted([group.count, ...groups.map((other) => other.get(group.id)?.count)])})),
  };
}
