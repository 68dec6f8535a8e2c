/**
 * The numbers of a Python value, laid out flat: an array, a scalar, or a list of numbers are compared alike.
 * Knows nothing of gradients or verdicts.
 */
import {NDArray, elementIds, elements} from '../ndarray/array.ts';
import type {Snapshot} from '../ndarray/array.ts';
import type {DType} from '../ndarray/dtype.ts';
import {Scalar} from '../ndarray/scalar.ts';
import {List, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';

export interface Quantity {
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** Elements in C order. */
  readonly data: Float64Array;
  /** Tape nodes of the elements, 0 for constants. */
  readonly ids: Int32Array;
}

/** Lists are not nested deeper than NumPy's arrays have axes: a list may hold itself. */
const MOST_AXES = 64;

/** The numbers of `value`, or null if it holds anything else (None, strings, ragged lists, objects). */
export function quantityOf(value: Value | undefined, depth = 0): Quantity | null {
  if (value === undefined || value === null || typeof value === 'string') return null;
  if (typeof value === 'number') return scalarQuantity(value, 0, 'int64');
  if (typeof value === 'bigint') return scalarQuantity(Number(value), 0, 'int64');
  if (typeof value === 'boolean') return scalarQuantity(value ? 1 : 0, 0, 'bool');
  if (value instanceof Scalar) return scalarQuantity(value.value, value.id, value.dtype);
  if (value instanceof NDArray) return arrayQuantity(value);
  if (value instanceof List || value instanceof Tuple) return depth < MOST_AXES ? sequenceQuantity(value.items, depth) : null;
  return null;
}

/** The numbers of an array or of what it was at one moment. */
export function arrayQuantity(array: NDArray | Snapshot): Quantity {
  return {shape: array.shape, dtype: array.dtype, data: elements(array), ids: elementIds(array)};
}

function scalarQuantity(value: number, id: number, dtype: DType): Quantity {
  return {shape: [], dtype, data: Float64Array.of(value), ids: Int32Array.of(id)};
}

function sequenceQuantity(items: readonly Value[], depth: number): Quantity | null {
  if (items.length === 0) return null;
  const parts: Quantity[] = [];
  for (const item of items) {
    const part = quantityOf(item, depth + 1);
    if (part === null || !sameShape(part.shape, parts[0]?.shape ?? part.shape)) return null;
    parts.push(part);
  }
  const step = parts[0].data.length;
  const data = new Float64Array(step * parts.length);
  const ids = new Int32Array(step * parts.length);
  parts.forEach((part, i) => {
    data.set(part.data, i * step);
    ids.set(part.ids, i * step);
  });
  const dtype = parts.find((part) => part.dtype === 'float64')?.dtype ?? parts[0].dtype;
  return {shape: [parts.length, ...parts[0].shape], dtype, data, ids};
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** The multi-index of the element at flat place `flat`, C order. */
export function indexAt(shape: readonly number[], flat: number): number[] {
  const index = new Array<number>(shape.length);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = flat % shape[axis];
    flat = Math.floor(flat / shape[axis]);
  }
  return index;
}
