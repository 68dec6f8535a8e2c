/**
 * The gradient through one outgoing edge: what the operations that read a value contribute to its gradient, one by one.
 * Their sum is the whole gradient. Knows only the tape.
 */
import {Op} from './tape.ts';
import type {Tape} from './tape.ts';
import type {Sweep} from './sweep.ts';

/**
 * For every array operation that reads any of the nodes `ids`, what it contributes to the gradient of each of them, in the
 * order of `ids`. Nodes that stand twice in `ids` get their contribution at both places.
 */
export function gradientsThroughEdges(tape: Tape, {bar}: Sweep, ids: ArrayLike<number>): Map<number, Float64Array> {
  const places = new Map<number, number[]>();
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === 0) continue;
    const known = places.get(ids[i]);
    if (known === undefined) places.set(ids[i], [i]);
    else known.push(i);
  }
  const edges = new Map<number, Float64Array>();
  const add = (entry: number, operand: number, partial: number): void => {
    const at = places.get(operand);
    if (at === undefined) return;
    const operation = tape.operationOf[entry];
    let gradient = edges.get(operation);
    if (gradient === undefined) edges.set(operation, (gradient = new Float64Array(ids.length)));
    for (const place of at) gradient[place] += bar[entry] * partial;
  };
  const {op, a, b, da, db, pool, poolPartial} = tape;
  for (let entry = 1; entry < tape.length; entry++) {
    if (bar[entry] === 0) continue;
    if (op[entry] === Op.Sum || op[entry] === Op.Dot) {
      const end = a[entry] + b[entry];
      for (let k = a[entry]; k < end; k++) if (pool[k] !== 0) add(entry, pool[k], poolPartial[k]);
    } else {
      if (a[entry] !== 0) add(entry, a[entry], da[entry]);
      if (b[entry] !== 0) add(entry, b[entry], db[entry]);
    }
  }
  return edges;
}
