/**
 * The gradient through one outgoing edge: what the operations that read a value contribute to its gradient, one by one.
 * Their sum is the whole gradient. Knows only the tape.
 */
import {Op} from './tape.ts';
import type {Tape} from './tape.ts';
import type {Sweep} from './sweep.ts';

/** Who reads each node: `entry[k]`, with its partial derivative, for k from `start[node]` to `start[node + 1]`. */
interface Readers {
  readonly start: Int32Array;
  readonly entry: Int32Array;
  readonly partial: Float64Array;
}

const readersOf = new WeakMap<Sweep, Readers>();

/**
 * For every array operation that reads any of the nodes `ids`, what it contributes to the gradient of each of them, in the
 * order of `ids`. Nodes that stand twice in `ids` get their contribution at both places. The first call for a sweep looks
 * through the whole tape, which must not grow afterwards.
 */
export function gradientsThroughEdges(tape: Tape, sweep: Sweep, ids: ArrayLike<number>): Map<number, Float64Array> {
  let readers = readersOf.get(sweep);
  if (readers === undefined) readersOf.set(sweep, (readers = findReaders(tape, sweep)));
  const {bar} = sweep;
  const {start, entry, partial} = readers;
  const edges = new Map<number, Float64Array>();
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === 0 || ids[i] + 1 >= start.length) continue;
    const end = start[ids[i] + 1];
    for (let k = start[ids[i]]; k < end; k++) {
      const operation = tape.operationOf[entry[k]];
      let gradient = edges.get(operation);
      if (gradient === undefined) edges.set(operation, (gradient = new Float64Array(ids.length)));
      gradient[i] += bar[entry[k]] * partial[k];
    }
  }
  return edges;
}

function findReaders(tape: Tape, sweep: Sweep): Readers {
  const {bar} = sweep;
  const count = bar.length;
  const start = new Int32Array(count + 1);
  eachReading(tape, sweep, (operand) => start[operand + 1]++);
  for (let node = 0; node < count; node++) start[node + 1] += start[node];
  const next = start.slice();
  const entry = new Int32Array(start[count]);
  const partial = new Float64Array(start[count]);
  eachReading(tape, sweep, (operand, reader, slope) => {
    const k = next[operand]++;
    entry[k] = reader;
    partial[k] = slope;
  });
  return {start, entry, partial};
}

/** Every operand of every entry that has a gradient. */
function eachReading(tape: Tape, {bar}: Sweep, visit: (operand: number, reader: number, slope: number) => void): void {
  const {op, a, b, da, db, pool, poolPartial} = tape;
  for (let reader = 1; reader < bar.length; reader++) {
    if (bar[reader] === 0) continue;
    if (op[reader] === Op.Sum || op[reader] === Op.Dot) {
      const end = a[reader] + b[reader];
      for (let k = a[reader]; k < end; k++) if (pool[k] !== 0) visit(pool[k], reader, poolPartial[k]);
    } else {
      if (a[reader] !== 0) visit(a[reader], reader, da[reader]);
      if (b[reader] !== 0) visit(b[reader], reader, db[reader]);
    }
  }
}
