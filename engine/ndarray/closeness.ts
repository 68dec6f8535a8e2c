/**
 * Whether arrays are close, as `np.isclose` says. These are checks that a program makes of itself, not decisions of its
 * mathematics: the guards are not told.
 */
import type {Context} from './context.ts';
import type {NDArray} from './array.ts';
import {allocate, elements} from './array.ts';
import {broadcastPositions, broadcastShapes} from './broadcast.ts';
import {numpyScalar} from './scalar.ts';
import type {Scalar} from './scalar.ts';

/** Elementwise `|a - b| <= absolute + relative * |b|`; infinities are close to themselves, NaN to none unless `equalNaN`. */
export function approximately(
  context: Context, a: NDArray, b: NDArray, relative: number, absolute: number, equalNaN: boolean,
): NDArray {
  const shape = broadcastShapes(a.shape, b.shape);
  const result = allocate(context, shape, 'bool');
  context.budget.spend(result.size);
  const left = broadcastPositions(a, shape);
  const right = broadcastPositions(b, shape);
  for (let k = 0; k < left.length; k++) {
    const x = a.buffer.data[left[k]];
    const y = b.buffer.data[right[k]];
    const near = x === y || (Number.isFinite(x) && Number.isFinite(y) && Math.abs(x - y) <= absolute + relative * Math.abs(y));
    result.buffer.data[k] = near || (equalNaN && Number.isNaN(x) && Number.isNaN(y)) ? 1 : 0;
  }
  return result;
}

/** Whether every element is true, as a NumPy bool. */
export function allTrue(array: NDArray): Scalar {
  return numpyScalar(elements(array).every((value) => value !== 0) ? 1 : 0, 'bool');
}
