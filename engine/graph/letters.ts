/** Puts letters on the sizes of a graph, from the graphs of the same code on inputs of other sizes. */
import type {Graph, ShapeText} from './graph.ts';

/** The first graph with each node's shape named by what it was in all of them; nodes that others lack keep their numbers. */
export function withLetters(graphs: readonly Graph[], shapeOf: (sizes: readonly (readonly number[])[]) => ShapeText): Graph {
  const [first] = graphs;
  const others = graphs.slice(1).map(({nodes}) => new Map(nodes.map(({id, size}) => [id, size])));
  return {
    ...first,
    nodes: first.nodes.map((node) => {
      const sizes = others.map((sizeOf) => sizeOf.get(node.id));
      const comparable = sizes.every((size) => size?.length === node.size.length);
      return comparable ? {...node, shape: shapeOf([node.size, ...sizes.filter((size) => size !== undefined)])} : node;
    }),
  };
}
