/**
 * The reverse sweep: from cotangents on some entries to the gradient of every entry at once.
 * Knows only the tape.
 */
import {Op} from './tape.ts';
import type {Tape} from './tape.ts';

/** What a sweep found, indexed by node id. */
export interface Sweep {
  /** The gradient of every entry. */
  readonly bar: Float64Array;
  /** The sum of the absolute values of the terms that were added up: the scale of the rounding error of `bar`. */
  readonly scale: Float64Array;
}

/** Seeds the entries `ids` with `cotangents` (id 0 is ignored) and sweeps from the end of the tape to its beginning. */
export function reverseSweep(tape: Tape, ids: ArrayLike<number>, cotangents: ArrayLike<number>): Sweep {
  const bar = new Float64Array(tape.length);
  const scale = new Float64Array(tape.length);
  for (let i = 0; i < ids.length; i++) {
    bar[ids[i]] += cotangents[i];
    scale[ids[i]] += Math.abs(cotangents[i]);
  }
  const {op, a, b, da, db, pool, poolPartial} = tape;
  for (let id = tape.length - 1; id > 0; id--) {
    const up = bar[id];
    const upScale = scale[id];
    if (up === 0 && upScale === 0) continue;
    if (op[id] === Op.Sum || op[id] === Op.Dot) {
      const end = a[id] + b[id];
      for (let k = a[id]; k < end; k++) {
        const partial = poolPartial[k];
        bar[pool[k]] += up * partial;
        scale[pool[k]] += upScale * Math.abs(partial);
      }
    } else {
      if (a[id] !== 0) {
        bar[a[id]] += up * da[id];
        scale[a[id]] += upScale * Math.abs(da[id]);
      }
      if (b[id] !== 0) {
        bar[b[id]] += up * db[id];
        scale[b[id]] += upScale * Math.abs(db[id]);
      }
    }
  }
  bar[0] = 0;
  scale[0] = 0;
  return {bar, scale};
}
