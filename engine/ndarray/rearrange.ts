/**
 * Elements in another order or more often: flip, rot90, roll, repeat, tile. Flips are views; the rest are gathers.
 */
import type {Context} from './context.ts';
import type {NDArray} from './array.ts';
import {positions, viewOf, sizeOf} from './array.ts';
import {normalizeAxis} from './broadcast.ts';
import {PyError} from './errors.ts';
import {gather} from './index-write.ts';
import {atLeast, normalizeAxes, ravel, reshape, swapAxes} from './shape.ts';

/** A view with the named axes backwards; all axes when null. */
export function flip(array: NDArray, axes: readonly number[] | null): NDArray {
  const turned = axes === null ? array.shape.map((_, axis) => axis) : normalizeAxes(axes, array.ndim, 'repeated axis');
  let {offset} = array;
  const strides = array.strides.slice();
  for (const axis of turned) {
    if (array.shape[axis] > 0) offset += (array.shape[axis] - 1) * strides[axis];
    strides[axis] = -strides[axis];
  }
  return viewOf(array, array.shape, strides, offset);
}

/** A view turned by `turns` quarters in the plane of two axes. */
export function rot90(array: NDArray, turns: number, axes: readonly number[]): NDArray {
  if (axes.length !== 2) throw new PyError('ValueError', 'len(axes) must be 2.');
  const [a, b] = axes;
  if (a === b || Math.abs(a - b) === array.ndim) throw new PyError('ValueError', 'Axes must be different.');
  if (a >= array.ndim || a < -array.ndim || b >= array.ndim || b < -array.ndim) {
    throw new PyError('ValueError', `Axes=(${a}, ${b}) out of range for array of ndim=${array.ndim}.`);
  }
  switch (((turns % 4) + 4) % 4) {
    case 0: return viewOf(array, array.shape, array.strides, array.offset);
    case 1: return swapAxes(flip(array, [b]), a, b);
    case 2: return flip(flip(array, [a]), [b]);
    default: return flip(swapAxes(array, a, b), [b]);
  }
}

/** `np.roll`: each of `shifts` along the axis beside it; over the flattened array when `axes` is null. */
export function roll(context: Context, array: NDArray, shifts: readonly number[], axes: readonly number[] | null): NDArray {
  if (axes === null) {
    const flat = roll(context, ravel(context, array), shifts, shifts.map(() => 0));
    return reshape(context, flat, array.shape);
  }
  const count = Math.max(shifts.length, axes.length);
  const total = new Array<number>(array.ndim).fill(0);
  for (let k = 0; k < count; k++) {
    total[normalizeAxis(axes[axes.length === 1 ? 0 : k], array.ndim)] += shifts[shifts.length === 1 ? 0 : k];
  }
  let where: Int32Array = Int32Array.of(array.offset);
  for (let axis = 0; axis < array.ndim; axis++) {
    const n = array.shape[axis];
    const shift = n === 0 ? 0 : ((total[axis] % n) + n) % n;
    const next = new Int32Array(where.length * n);
    let filled = 0;
    for (const start of where) {
      for (let i = 0; i < n; i++) next[filled++] = start + ((i - shift + n) % n) * array.strides[axis];
    }
    where = next;
  }
  return gather(context, array, where, array.shape);
}

/** `np.repeat`: element `i` along `axis` comes `counts[i]` times (one count serves all); flattened when `axis` is null. */
export function repeat(context: Context, array: NDArray, counts: readonly number[], axis: number | null): NDArray {
  if (axis === null) return repeat(context, ravel(context, array), counts, 0);
  const source = array.ndim === 0 ? atLeast(array, 1) : array;
  const along = normalizeAxis(axis, source.ndim);
  const n = source.shape[along];
  if (counts.length !== 1 && counts.length !== n) {
    throw new PyError('ValueError', `operands could not be broadcast together with shape (${n},) (${counts.length},)`);
  }
  const order: number[] = [];
  for (let i = 0; i < n; i++) {
    const count = counts[counts.length === 1 ? 0 : i];
    context.budget.spend(Math.max(0, count));
    if (count < 0) throw new PyError('ValueError', counts.length === 1 ? 'negative dimensions are not allowed' : 'repeats may not contain negative values.');
    for (let k = 0; k < count; k++) order.push(i);
  }
  return takeAlong(context, source, order, along);
}

/** The sub-arrays number `order[...]` (already counted from the front) along one axis, side by side. */
export function takeAlong(context: Context, array: NDArray, order: ArrayLike<number>, axis: number): NDArray {
  const {shape, strides} = array;
  const before = positions({shape: shape.slice(0, axis), strides: strides.slice(0, axis), offset: array.offset});
  const after = positions({shape: shape.slice(axis + 1), strides: strides.slice(axis + 1), offset: 0});
  context.budget.spend(before.length * order.length * after.length);
  const where = new Int32Array(before.length * order.length * after.length);
  let filled = 0;
  for (const start of before) {
    for (let i = 0; i < order.length; i++) {
      const from = start + order[i] * strides[axis];
      for (let k = 0; k < after.length; k++) where[filled++] = from + after[k];
    }
  }
  const out = shape.slice();
  out[axis] = order.length;
  return gather(context, array, where, out);
}

/** `np.tile`. */
export function tile(context: Context, array: NDArray, repeats: readonly number[]): NDArray {
  const ndim = Math.max(array.ndim, repeats.length);
  const times = [...new Array<number>(ndim - repeats.length).fill(1), ...repeats];
  const shape = [...new Array<number>(ndim - array.ndim).fill(1), ...array.shape];
  const strides = [...new Array<number>(ndim - array.ndim).fill(0), ...array.strides];
  const out = shape.map((n, axis) => n * times[axis]);
  context.budget.spend(sizeOf(out));
  const doubled: number[] = [];
  const steps: number[] = [];
  for (let axis = 0; axis < ndim; axis++) {
    doubled.push(times[axis], shape[axis]);
    steps.push(0, strides[axis]);
  }
  return gather(context, array, positions({shape: doubled, strides: steps, offset: array.offset}), out);
}
