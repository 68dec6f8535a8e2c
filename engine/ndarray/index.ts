/**
 * `x[index]` and `x[index] = value`. Ints and slices take a path that allocates nothing but its result, because
 * student code does this four loops deep. A view shares its nodes with its base; a gather has nodes of its own.
 */
import type {Context} from './context.ts';
import {NDArray, viewOf} from './array.ts';
import {shapeText} from './broadcast.ts';
import {asArray, copy} from './cast.ts';
import {PyError} from './errors.ts';
import {normalizeIndex, planIndex, resolveSlice, sliced} from './index-plan.ts';
import type {Selection} from './index-plan.ts';
import {assign, fillWith, gather, scatter, scatterNumber, stridesInto, writeElement} from './index-write.ts';
import {Scalar} from './scalar.ts';
import {Slice, Tuple} from './values.ts';
import type {Value} from './values.ts';

/** `array[index]`: a Scalar for one element, a view for ints and slices, a new array for masks and index arrays. */
export function getItem(context: Context, array: NDArray, index: Value): NDArray | Scalar {
  const place = locate(context, array, index);
  if (typeof place === 'number') return elementAt(context, array, place);
  if (!(place instanceof NDArray)) return gather(context, array, place.positions, place.shape);
  return hasZeroD(index) ? copy(context, place) : place;
}

/** Whether a 0-d array stands for an int: then even a basic index gives a copy. */
function hasZeroD(index: Value): boolean {
  return index instanceof Tuple ? index.items.some((item) => item instanceof NDArray) : index instanceof NDArray;
}

/** `array[index] = value`. Raises NumPy's IndexError and ValueError. */
export function setItem(context: Context, array: NDArray, index: Value, value: Value): void {
  const place = locate(context, array, index);
  store(context, array, place, value);
}

/** The element at a buffer position; it shares the element's node. */
export function elementAt(context: Context, array: NDArray, position: number): Scalar {
  const {data, ids} = array.buffer;
  return new Scalar(data[position], ids === null || context.tape === null ? 0 : ids[position], array.dtype, false);
}

/** Where `array[index]` is: a buffer position for one element, a view, or a list of positions. */
export function locate(context: Context, array: NDArray, index: Value): number | NDArray | Selection {
  if (typeof index === 'number') {
    const {shape, strides, offset} = array;
    if (shape.length === 1) return offset + normalizeIndex(index, 0, shape[0]) * strides[0];
    if (shape.length > 1) {
      return viewOf(array, shape.slice(1), strides.slice(1), offset + normalizeIndex(index, 0, shape[0]) * strides[0]);
    }
  } else if (index instanceof Tuple) {
    const {items} = index;
    const kind = items.length <= array.shape.length ? basicKind(items) : 'other';
    if (kind === 'ints' && items.length === array.shape.length) return positionOf(array, items as readonly number[]);
    if (kind !== 'other') return basicView(array, items);
  } else if (index instanceof Slice && array.shape.length > 0) {
    return basicView(array, [index]);
  }
  return planIndex(context, array, index);
}

/** Writes `value` where {@link locate} pointed. */
export function store(context: Context, array: NDArray, place: number | NDArray | Selection, value: Value): void {
  if (typeof place === 'number') storeElement(context, array, place, value);
  else if (place instanceof NDArray) {
    if (value instanceof NDArray) assign(context, place, value);
    else if (typeof value === 'number') fillWith(context, place, value, 0, 'int64');
    else if (value instanceof Scalar) fillWith(context, place, value.value, value.id, value.dtype);
    else assign(context, place, asArray(context, value));
  } else if (typeof value === 'number') {
    scatterNumber(context, array, place.positions, value, 0, 'int64');
  } else if (value instanceof Scalar) {
    scatterNumber(context, array, place.positions, value.value, value.id, value.dtype);
  } else {
    scatter(context, array, place.positions, fitting(asArray(context, value), place));
  }
}

function basicKind(items: readonly Value[]): 'ints' | 'basic' | 'other' {
  let kind: 'ints' | 'basic' = 'ints';
  for (const item of items) {
    if (typeof item === 'number') continue;
    if (!(item instanceof Slice)) return 'other';
    kind = 'basic';
  }
  return kind;
}

function positionOf(array: NDArray, items: readonly number[]): number {
  const {shape, strides} = array;
  let position = array.offset;
  for (let axis = 0; axis < items.length; axis++) position += normalizeIndex(items[axis], axis, shape[axis]) * strides[axis];
  return position;
}

function basicView(array: NDArray, items: readonly Value[]): NDArray {
  const {shape, strides} = array;
  let kept = shape.length;
  for (let k = 0; k < items.length; k++) if (typeof items[k] === 'number') kept--;
  const newShape = new Array<number>(kept);
  const newStrides = new Array<number>(kept);
  let position = array.offset;
  let to = 0;
  for (let axis = 0; axis < shape.length; axis++) {
    const stride = strides[axis];
    const item = axis < items.length ? items[axis] : null;
    if (typeof item === 'number') {
      position += normalizeIndex(item, axis, shape[axis]) * stride;
    } else if (item instanceof Slice) {
      resolveSlice(item, shape[axis]);
      position += sliced.start * stride;
      newShape[to] = sliced.length;
      newStrides[to++] = sliced.step * stride;
    } else {
      newShape[to] = shape[axis];
      newStrides[to++] = stride;
    }
  }
  return viewOf(array, newShape, newStrides, position);
}

function storeElement(context: Context, array: NDArray, position: number, value: Value): void {
  if (typeof value === 'number') writeElement(context, array, position, value, 0, 'int64');
  else if (value instanceof Scalar) writeElement(context, array, position, value.value, value.id, value.dtype);
  else {
    const given = asArray(context, value);
    if (given.ndim > 0) throw new PyError('ValueError', 'setting an array element with a sequence.');
    const at = given.offset;
    writeElement(context, array, position, given.buffer.data[at], given.buffer.ids?.[at] ?? 0, given.dtype);
  }
}

/** `value` broadcast to the selection's shape. */
function fitting(value: NDArray, selection: Selection): NDArray {
  const {shape} = selection;
  if (value.size === 1 && value.ndim <= shape.length) return value;
  if (selection.mask && value.ndim > 1) {
    throw new PyError('TypeError', `NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has ${value.ndim} dimensions`);
  }
  if (selection.mask && value.ndim === 1 && value.size !== shape[0]) {
    throw new PyError('ValueError', `NumPy boolean array indexing assignment cannot assign ${value.size} input values to the ${shape[0]} output values where the mask is true`);
  }
  const strides = stridesInto(value, shape);
  if (strides === null) {
    if (value.size === 0 && shape.length === 1 && shape[0] === 0) return value;
    throw new PyError('ValueError', `shape mismatch: value array of shape ${shapeText(value.shape)} could not be broadcast to indexing result of shape ${shapeText(shape)}`);
  }
  return new NDArray(value.buffer, value.dtype, shape, strides, value.offset, value, false);
}
