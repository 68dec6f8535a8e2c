/**
 * Whether the documentation of a backward says of a vector's gradient that it is returned as a row: `dx: (1, input_dim)`, as graders of
 * courses want it of cells that take one example. Then the row is the gradient. Runs nothing.
 */
import {docstringFacts} from '../inputs/docstring.ts';
import type {Pair} from '../program/pair.ts';

/** `rank` is the number of axes of what the gradient called `name` is of. */
export function isStatedRow(pair: Pair, text: string, name: string, rank: number): boolean {
  const definition = pair.pattern === 'script' ? null : pair.backward;
  const docstring = definition?.docstring ?? null;
  if (definition === null || docstring === null) return false;
  const {start, end} = docstring.span;
  const {returns} = docstringFacts(text.slice(start, end), start, definition.params.map((parameter) => parameter.name));
  return returns.some(({name: returned, shape}) => returned === name && shape?.length === rank + 1 && 'size' in shape[0] && shape[0].size === 1);
}
