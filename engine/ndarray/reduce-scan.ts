/**
 * Running sums, products and differences along one axis.
 */
import {Op} from '../tape/tape.ts';
import type {Context} from './context.ts';
import type {DType} from './dtype.ts';
import {isFloat, kindOf} from './dtype.ts';
import type {NDArray} from './array.ts';
import {allocate, positions} from './array.ts';
import {normalizeAxis} from './broadcast.ts';
import {roundOne} from './cast.ts';
import {groupsOf} from './reduce-groups.ts';
import {freshIds} from './memory.ts';

export type ScanName = 'cumsum' | 'cumprod' | 'cummax' | 'cummin';

function keepsFirst(kind: ScanName, before: number, x: number): boolean {
  return (kind === 'cummax' ? before >= x : before <= x) || Number.isNaN(before);
}

/** `np.cumsum(a, axis)`, `np.cumprod(a, axis)` or a running maximum or minimum: the shape of `a`, or flat when axis is null. */
export function scan(context: Context, kind: ScanName, a: NDArray, axis: number | null, dtype: DType | null = null): NDArray {
  const chooses = kind === 'cummax' || kind === 'cummin';
  const to = dtype ?? (chooses || isFloat(a.dtype) ? a.dtype : kindOf(a.dtype) === 'uint' ? 'uint64' : 'int64');
  const shape = axis === null || a.ndim === 0 ? [a.size] : a.shape;
  if (axis !== null && a.ndim > 0) normalizeAxis(axis, a.ndim);
  const result = allocate(context, shape, to);
  context.budget.spend(a.size);
  const from = groupsOf(a, axis);
  const into = groupsOf(result, axis === null || a.ndim === 0 ? 0 : axis);
  const out = result.buffer.data;
  const {data, ids} = a.buffer;
  const {tape} = context;
  const nodes = ids !== null && tape !== null ? freshIds(out.length) : null;
  const places = axis === null && !a.contiguous ? positions(a) : null;
  for (let g = 0; g < into.starts.length; g++) {
    let running = 0;
    let node = 0;
    for (let i = 0; i < into.length; i++) {
      const at = places === null ? from.starts[g] + from.inner[i] : places[i];
      const x = data[at];
      const before = running;
      const stays = i > 0 && chooses && keepsFirst(kind, before, x);
      if (i > 0 && chooses && isFloat(to)) context.guards?.decide(stays ? 1 : 0, Math.abs(before - x));
      running = i === 0 ? x : chooses ? (stays ? before : x) : roundOne(context, to, kind === 'cumsum' ? before + x : before * x);
      const place = into.starts[g] + into.inner[i];
      out[place] = running;
      if (nodes === null || tape === null) continue;
      const id = ids![at];
      if (i === 0) node = id === 0 ? 0 : tape.identity(id, running);
      else if (chooses) node = stays ? node && tape.identity(node, running) : id && tape.identity(id, running);
      else if ((node | id) === 0) continue;
      else if (kind === 'cumsum') node = tape.binary(Op.Add, node, id, running, 1, 1);
      else node = tape.binary(Op.Mul, node, id, running, x, before);
      nodes[place] = node;
    }
  }
  result.buffer.ids = nodes;
  return result;
}
