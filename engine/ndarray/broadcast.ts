/**
 * NumPy's broadcasting: the shape that operands share, and how each is walked in it.
 * Knows shapes and strides only, no values.
 */
import type {NDArray} from './array.ts';
import {PyError} from './errors.ts';
import {freshIds} from './memory.ts';

/** A shape as broadcasting errors print it: `(2,3)`, `(4,)`, `()`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(',')})`;
}

/** A shape as Python prints a tuple: `(2, 3)`, `(4,)`, `()`. */
export function tupleText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** The shape that all of `shapes` broadcast to. Raises NumPy's ValueError when there is none. */
export function broadcastShapes(...shapes: readonly (readonly number[])[]): readonly number[] {
  let shape = shapes.length === 0 ? [] : shapes[0];
  for (let i = 1; i < shapes.length; i++) {
    const common = broadcastTwo(shape, shapes[i]);
    if (common === null) {
      const texts = shapes.map((each) => `${shapeText(each)} `).join('');
      throw new PyError('ValueError', `operands could not be broadcast together with shapes ${texts}`);
    }
    shape = common;
  }
  return shape;
}

/** The common shape of two, or null. */
export function broadcastTwo(a: readonly number[], b: readonly number[]): readonly number[] | null {
  if (sameShape(a, b)) return a;
  const ndim = Math.max(a.length, b.length);
  const shape = new Array<number>(ndim);
  for (let axis = ndim - 1, i = a.length - 1, j = b.length - 1; axis >= 0; axis--, i--, j--) {
    const m = i < 0 ? 1 : a[i];
    const n = j < 0 ? 1 : b[j];
    if (m !== n && m !== 1 && n !== 1) return null;
    shape[axis] = m === 1 ? n : m;
  }
  return shape;
}

/** The strides that walk `array` in the broadcast `shape`: 0 along the axes that are repeated. */
export function broadcastStrides(array: NDArray, shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  const lead = shape.length - array.shape.length;
  for (let axis = 0; axis < shape.length; axis++) {
    const own = axis - lead;
    strides[axis] = own < 0 || array.shape[own] === 1 ? 0 : array.strides[own];
  }
  return strides;
}

/** Buffer positions of the elements of `array` in C order of the broadcast `shape`. */
export function broadcastPositions(array: NDArray, shape: readonly number[]): Int32Array {
  return positionsOf(shape, broadcastStrides(array, shape), array.offset, shape.length);
}

/** Positions over the first `axes` axes. */
export function positionsOf(shape: readonly number[], strides: readonly number[], offset: number, axes: number): Int32Array {
  let size = 1;
  for (let axis = 0; axis < axes; axis++) size *= shape[axis];
  const out = freshIds(size);
  if (size === 0) return out;
  out[0] = offset;
  let filled = 1;
  for (let axis = axes - 1; axis >= 0; axis--) {
    const block = filled;
    for (let i = 1; i < shape[axis]; i++) {
      const shift = i * strides[axis];
      for (let k = 0; k < block; k++) out[filled++] = out[k] + shift;
    }
  }
  return out;
}

/** `axis` counted from 0. Raises NumPy's AxisError when it is out of bounds. */
export function normalizeAxis(axis: number, ndim: number): number {
  if (axis < -ndim || axis >= ndim) {
    throw new PyError('AxisError', `axis ${axis} is out of bounds for array of dimension ${ndim}`);
  }
  return axis < 0 ? axis + ndim : axis;
}
