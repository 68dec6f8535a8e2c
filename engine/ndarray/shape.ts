/**
 * Shape manipulation: reshape, transpose and their relatives. Views wherever NumPy gives views (they share nodes with
 * their base), copies with nodes of their own elsewhere. Shapes come as plain number lists.
 */
import type {Context} from './context.ts';
import {NDArray, allocate, contiguousStrides, positions, sizeOf, viewOf} from './array.ts';
import {broadcastTwo, broadcastStrides, normalizeAxis, sameShape, shapeText, tupleText} from './broadcast.ts';
import {copy} from './cast.ts';
import {PyError} from './errors.ts';
import {gather} from './index-write.ts';

export type Order = 'C' | 'F';

/** Several axes counted from the front. Raises AxisError, and ValueError `repeated` when one comes twice. */
export function normalizeAxes(axes: readonly number[], ndim: number, repeated: string, argument = ''): number[] {
  const out: number[] = [];
  for (const axis of axes) {
    const normal = namedAxis(axis, ndim, argument);
    if (out.includes(normal)) throw new PyError('ValueError', repeated);
    out.push(normal);
  }
  return out;
}

function namedAxis(axis: number, ndim: number, argument: string): number {
  if (argument === '' || (axis >= -ndim && axis < ndim)) return normalizeAxis(axis, ndim);
  throw new PyError('AxisError', `${argument}: axis ${axis} is out of bounds for array of dimension ${ndim}`);
}

/** `array.reshape(shape)`: a view where the strides allow it, else a copy. One entry of `shape` may be -1. */
export function reshape(context: Context, array: NDArray, shape: readonly number[], order: Order = 'C'): NDArray {
  if (order === 'F') {
    const back = reshape(context, transpose(array), [...resolveShape(array, shape)].reverse());
    return transpose(back);
  }
  const target = resolveShape(array, shape);
  if (array.contiguous) return viewOf(array, target, contiguousStrides(target), array.offset);
  const strides = stridesWithoutCopy(array, target);
  if (strides !== null) return viewOf(array, target, strides, array.offset);
  return gather(context, array, positions(array), target);
}

/** `shape` with its -1 resolved. Raises NumPy's ValueError when the sizes differ. */
function resolveShape(array: NDArray, shape: readonly number[]): readonly number[] {
  const {size} = array;
  let known = 1;
  let open = -1;
  for (let axis = 0; axis < shape.length; axis++) {
    if (shape[axis] < 0) {
      if (open !== -1) throw new PyError('ValueError', 'can only specify one unknown dimension');
      open = axis;
    } else known *= shape[axis];
  }
  if (open === -1) {
    if (known === size) return shape;
  } else if (known !== 0 && size % known === 0) {
    const out = shape.slice();
    out[open] = size / known;
    return out;
  }
  throw new PyError('ValueError', `cannot reshape array of size ${size} into shape ${openShapeText(shape)}`);
}

/** A shape as that error prints it: a leading -1 is left out, another reads `newaxis`. */
function openShapeText(shape: readonly number[]): string {
  if (shape.length === 1) return shape[0] < 0 ? '()' : shapeText(shape);
  const first = shape.findIndex((n) => n >= 0);
  return `(${shape.slice(first).map((n) => n < 0 ? 'newaxis' : String(n)).join(',')})`;
}

/** Strides under which the same buffer has another shape, or null when only a copy will do. */
function stridesWithoutCopy(array: NDArray, target: readonly number[]): number[] | null {
  const shape: number[] = [];
  const old: number[] = [];
  for (let axis = 0; axis < array.ndim; axis++) {
    if (array.shape[axis] === 1) continue;
    shape.push(array.shape[axis]);
    old.push(array.strides[axis]);
  }
  const strides = new Array<number>(target.length).fill(0);
  let i = 0;
  let j = 0;
  while (i < shape.length && j < target.length) {
    const first = i;
    const from = j;
    let have = shape[i++];
    let want = target[j++];
    while (have !== want) {
      if (want < have) want *= target[j++];
      else have *= shape[i++];
    }
    for (let k = first; k < i - 1; k++) if (old[k] !== shape[k + 1] * old[k + 1]) return null;
    let step = old[i - 1];
    for (let k = j - 1; k >= from; k--) {
      strides[k] = step;
      step *= target[k];
    }
  }
  const last = j > 0 ? strides[j - 1] : 1;
  for (let k = j; k < target.length; k++) strides[k] = last;
  return strides;
}

/** `array.shape = shape`: in place. Raises AttributeError when that would need a copy. */
export function setShape(array: NDArray, shape: readonly number[]): void {
  const target = resolveShape(array, shape);
  const strides = array.contiguous ? contiguousStrides(target) : stridesWithoutCopy(array, target);
  if (strides === null) {
    throw new PyError('AttributeError', 'Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.');
  }
  array.shape = target;
  array.strides = strides;
}

/** One dimension in which the elements stand side by side: a view if they do already, else a copy. */
export function ravel(context: Context, array: NDArray, order: Order = 'C'): NDArray {
  const source = order === 'F' ? transpose(array) : array;
  return source.contiguous ? viewOf(source, [source.size], [1], source.offset) : flatten(context, source);
}

/** One dimension, always a copy. */
export function flatten(context: Context, array: NDArray, order: Order = 'C'): NDArray {
  const {buffer, dtype, size} = copy(context, order === 'F' ? transpose(array) : array);
  return new NDArray(buffer, dtype, [size], [1], 0, null);
}

/** A view with its axes permuted; reversed when `axes` is null. */
export function transpose(array: NDArray, axes: readonly number[] | null = null): NDArray {
  const {shape, strides, ndim} = array;
  if (axes === null) {
    if (ndim === 2) return viewOf(array, [shape[1], shape[0]], [strides[1], strides[0]], array.offset);
    return viewOf(array, shape.slice().reverse(), strides.slice().reverse(), array.offset);
  }
  if (axes.length !== ndim) throw new PyError('ValueError', 'axes don\'t match array');
  const order = normalizeAxes(axes, ndim, 'repeated axis in transpose');
  return viewOf(array, order.map((axis) => shape[axis]), order.map((axis) => strides[axis]), array.offset);
}

export function swapAxes(array: NDArray, first: number, second: number): NDArray {
  const axes = array.shape.map((_, axis) => axis);
  const a = namedAxis(first, array.ndim, 'axis1');
  const b = namedAxis(second, array.ndim, 'axis2');
  axes[a] = b;
  axes[b] = a;
  return transpose(array, axes);
}

/** `np.moveaxis`. */
export function moveAxis(array: NDArray, source: readonly number[], destination: readonly number[]): NDArray {
  const from = normalizeAxes(source, array.ndim, 'repeated axis in `source` argument', 'source');
  const to = normalizeAxes(destination, array.ndim, 'repeated axis in `destination` argument', 'destination');
  if (from.length !== to.length) {
    throw new PyError('ValueError', '`source` and `destination` arguments must have the same number of elements');
  }
  const axes = array.shape.map((_, axis) => axis).filter((axis) => !from.includes(axis));
  const pairs = to.map((place, k) => [place, from[k]] as const).sort((a, b) => a[0] - b[0]);
  for (const [place, axis] of pairs) axes.splice(place, 0, axis);
  return transpose(array, axes);
}

/** `np.rollaxis`. */
export function rollAxis(array: NDArray, axis: number, start: number): NDArray {
  const {ndim} = array;
  const from = normalizeAxis(axis, ndim);
  let to = start < 0 ? start + ndim : start;
  if (to < 0 || to > ndim) {
    throw new PyError('AxisError', `'start' arg requires ${-ndim} <= start < ${ndim + 1}, but ${to} was passed in`);
  }
  if (from < to) to--;
  const axes = array.shape.map((_, each) => each).filter((each) => each !== from);
  axes.splice(to, 0, from);
  return transpose(array, axes);
}

/** Drops axes of 1: all of them, or those named. */
export function squeeze(array: NDArray, axes: readonly number[] | null): NDArray {
  const drop = axes === null || (array.ndim === 0 && axes.length === 1 && (axes[0] === 0 || axes[0] === -1)) ? null : normalizeAxes(axes, array.ndim, 'duplicate value in \'axis\'');
  const keep: number[] = [];
  for (let axis = 0; axis < array.ndim; axis++) {
    const named = drop === null ? array.shape[axis] === 1 : drop.includes(axis);
    if (!named) keep.push(axis);
    else if (array.shape[axis] !== 1) {
      throw new PyError('ValueError', 'cannot select an axis to squeeze out which has size not equal to one');
    }
  }
  return viewOf(array, keep.map((axis) => array.shape[axis]), keep.map((axis) => array.strides[axis]), array.offset);
}

/** Adds axes of 1 at the places `axes` of the result. */
export function expandDims(array: NDArray, axes: readonly number[]): NDArray {
  const ndim = array.ndim + axes.length;
  const places = normalizeAxes(axes, ndim, 'repeated axis');
  const shape: number[] = [];
  const strides: number[] = [];
  for (let axis = 0, k = 0; axis < ndim; axis++) {
    const added = places.includes(axis);
    shape.push(added ? 1 : array.shape[k]);
    strides.push(added ? 0 : array.strides[k]);
    if (!added) k++;
  }
  return viewOf(array, shape, strides, array.offset);
}

/** A read-only view that repeats `array` over `shape`. */
export function broadcastTo(array: NDArray, shape: readonly number[]): NDArray {
  const common = broadcastTwo(array.shape, shape);
  if (common === null || !sameShape(common, shape)) {
    if (shape.length === 0) throw new PyError('ValueError', 'cannot broadcast a non-scalar to a scalar array');
    throw new PyError('ValueError', array.ndim > shape.length
      ? 'input operand has more dimensions than allowed by the axis remapping'
      : `operands could not be broadcast together with remapped shapes [original->remapped]: ${shapeText(array.shape)}  and requested shape ${shapeText(shape)}`);
  }
  return new NDArray(array.buffer, array.dtype, shape, broadcastStrides(array, shape), array.offset, array, false);
}

/** Every array broadcast to their common shape. */
export function broadcastArrays(arrays: readonly NDArray[]): NDArray[] {
  let shape: readonly number[] = [];
  for (let k = 0, from = 0; k < arrays.length; k++) {
    const common = broadcastTwo(shape, arrays[k].shape);
    if (common === null) {
      throw new PyError('ValueError', `shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg ${from} with shape ${tupleText(arrays[from].shape)} and arg ${k} with shape ${tupleText(arrays[k].shape)}.`);
    }
    if (!sameShape(common, shape)) from = k;
    shape = common;
  }
  return arrays.map((array) => sameShape(array.shape, shape) ? array : broadcastTo(array, shape));
}

/** At least `count` dimensions, as `np.atleast_1d` and its sisters place them. */
export function atLeast(array: NDArray, count: 1 | 2 | 3): NDArray {
  if (array.ndim >= count) return array;
  const {shape, strides} = array;
  if (count === 3) {
    if (array.ndim === 2) return viewOf(array, [...shape, 1], [...strides, 0], array.offset);
    if (array.ndim === 1) return viewOf(array, [1, shape[0], 1], [0, strides[0], 0], array.offset);
  }
  const add = new Array<number>(count - array.ndim);
  return viewOf(array, [...add.fill(1), ...shape], [...add.fill(0), ...strides], array.offset);
}

/** `np.resize`: repeats the elements until `shape` is full. */
export function resize(context: Context, array: NDArray, shape: readonly number[]): NDArray {
  for (const n of shape) if (n < 0) throw new PyError('ValueError', 'all elements of `new_shape` must be non-negative');
  if (array.size === 0) return allocate(context, shape, array.dtype);
  const from = positions(array);
  const where = new Int32Array(sizeOf(shape));
  for (let k = 0; k < where.length; k++) where[k] = from[k % from.length];
  return gather(context, array, where, shape);
}
