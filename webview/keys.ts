/** Where the arrow keys lead from a node: along the wires, and through the program. Pure. */
import type {Drawn} from './folding.ts';

/** Right to the first use of the value, left to what it is first made of, down and up to the next and last line. Null for other keys. */
export function neighbour({nodes, edges}: Drawn, id: string | null, key: string): string | null {
  const at = nodes.findIndex((node) => node.id === id);
  const inOrder = (step: number): string | null => nodes.at((at + step + nodes.length) % Math.max(1, nodes.length))?.id ?? null;
  switch (key) {
    case 'ArrowRight': return edges.find(({from, carried}) => from === id && !carried)?.to ?? inOrder(1);
    case 'ArrowLeft': return edges.find(({to, carried}) => to === id && !carried)?.from ?? inOrder(-1);
    case 'ArrowDown': return inOrder(1);
    case 'ArrowUp': return inOrder(-1);
    case 'Home': return nodes.at(0)?.id ?? null;
    case 'End': return nodes.at(-1)?.id ?? null;
    default: return null;
  }
}
