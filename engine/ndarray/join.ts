/**
 * Arrays joined and cut: concatenate, stack, split, block, and the edits append, insert, delete.
 * A join is a copy whose elements have nodes of their own; the parts of a split are views.
 */
import type {Context} from './context.ts';
import {NDArray, allocate, viewOf} from './array.ts';
import {normalizeAxis, sameShape, shapeText} from './broadcast.ts';
import {promote} from './dtype.ts';
import type {DType} from './dtype.ts';
import {PyError} from './errors.ts';
import {assign, stridesInto} from './index-write.ts';
import {normalizeIndex} from './index-plan.ts';
import {takeAlong} from './rearrange.ts';
import {atLeast, expandDims, moveAxis, ravel} from './shape.ts';

/** The part from `start` to `stop` along one axis, a view. */
export function sliceAxis(array: NDArray, axis: number, start: number, stop: number): NDArray {
  const shape = array.shape.slice();
  shape[axis] = Math.max(0, stop - start);
  return viewOf(array, shape, array.strides, array.offset + (shape[axis] === 0 ? 0 : start * array.strides[axis]));
}

/** `np.concatenate(arrays, axis)`; all are flattened first when `axis` is null. */
export function concatenate(context: Context, arrays: readonly NDArray[], axis: number | null, dtype: DType | null = null): NDArray {
  if (arrays.length === 0) throw new PyError('ValueError', 'need at least one array to concatenate');
  if (axis === null) return concatenate(context, arrays.map((array) => ravel(context, array)), 0, dtype);
  const [first] = arrays;
  if (first.ndim === 0) throw new PyError('ValueError', 'zero-dimensional arrays cannot be concatenated');
  const along = normalizeAxis(axis, first.ndim);
  let total = 0;
  arrays.forEach((array, k) => {
    if (array.ndim !== first.ndim) {
      throw new PyError('ValueError', `all the input arrays must have same number of dimensions, but the array at index 0 has ${first.ndim} dimension(s) and the array at index ${k} has ${array.ndim} dimension(s)`);
    }
    for (let each = 0; each < first.ndim; each++) {
      if (each !== along && array.shape[each] !== first.shape[each]) {
        throw new PyError('ValueError', `all the input array dimensions except for the concatenation axis must match exactly, but along dimension ${each}, the array at index 0 has size ${first.shape[each]} and the array at index ${k} has size ${array.shape[each]}`);
      }
    }
    total += array.shape[along];
  });
  const shape = first.shape.slice();
  shape[along] = total;
  const out = allocate(context, shape, dtype ?? arrays.map((array) => array.dtype).reduce(promote));
  let start = 0;
  for (const array of arrays) {
    assign(context, sliceAxis(out, along, start, start + array.shape[along]), array);
    start += array.shape[along];
  }
  return out;
}

/** `np.stack`: along a new axis of the result. */
export function stack(context: Context, arrays: readonly NDArray[], axis: number, dtype: DType | null = null): NDArray {
  if (arrays.length === 0) throw new PyError('ValueError', 'need at least one array to stack');
  if (!arrays.every((array) => sameShape(array.shape, arrays[0].shape))) {
    throw new PyError('ValueError', 'all input arrays must have the same shape');
  }
  const along = normalizeAxis(axis, arrays[0].ndim + 1);
  return concatenate(context, arrays.map((array) => expandDims(array, [along])), along, dtype);
}

/** `np.hstack`: along the second axis, or the first of vectors. */
export function hstack(context: Context, arrays: readonly NDArray[]): NDArray {
  const raised = arrays.map((array) => atLeast(array, 1));
  return concatenate(context, raised, raised.length > 0 && raised[0].ndim === 1 ? 0 : 1);
}

export function vstack(context: Context, arrays: readonly NDArray[]): NDArray {
  return concatenate(context, arrays.map((array) => atLeast(array, 2)), 0);
}

export function dstack(context: Context, arrays: readonly NDArray[]): NDArray {
  return concatenate(context, arrays.map((array) => atLeast(array, 3)), 2);
}

/** `np.column_stack`: vectors become columns. */
export function columnStack(context: Context, arrays: readonly NDArray[]): NDArray {
  return concatenate(context, arrays.map((array) => array.ndim < 2 ? expandDims(atLeast(array, 1), [1]) : array), 1);
}

/** `np.split` into equal `sections`, or (uneven) as `np.array_split`; the parts are views. */
export function splitSections(array: NDArray, sections: number, axis: number, uneven: boolean): NDArray[] {
  const along = cutAxis(array, axis);
  const n = array.shape[along];
  if (sections === 0 && !uneven) throw new PyError('ZeroDivisionError', 'integer modulo by zero');
  if (sections <= 0) throw new PyError('ValueError', 'number sections must be larger than 0.');
  if (!uneven && n % sections !== 0) throw new PyError('ValueError', 'array split does not result in an equal division');
  const each = Math.floor(n / sections);
  const extra = n % sections;
  const borders: number[] = [];
  for (let k = 1, at = 0; k < sections; k++) borders.push(at += each + (k <= extra ? 1 : 0));
  return splitAt(array, borders, along);
}

/** The parts between `borders`, which are read like slice bounds. */
export function splitAt(array: NDArray, borders: readonly number[], axis: number): NDArray[] {
  const along = cutAxis(array, axis);
  const n = array.shape[along];
  const bound = (value: number): number => Math.min(n, Math.max(0, value < 0 ? value + n : value));
  const stops = [...borders.map(bound), n];
  return stops.map((stop, k) => sliceAxis(array, along, k === 0 ? 0 : stops[k - 1], stop));
}

function cutAxis(array: NDArray, axis: number): number {
  if (axis >= array.ndim || axis < -array.ndim) throw new PyError('IndexError', 'tuple index out of range');
  return axis < 0 ? axis + array.ndim : axis;
}

/** `np.append`. */
export function append(context: Context, array: NDArray, values: NDArray, axis: number | null): NDArray {
  if (axis === null) return concatenate(context, [ravel(context, array), ravel(context, values)], 0);
  return concatenate(context, [array, values], axis);
}

/** `np.delete` of the places `places` (negative ones count from the end) along one axis; flattened when `axis` is null. */
export function deleteItems(context: Context, array: NDArray, places: readonly number[], axis: number | null): NDArray {
  if (axis === null) return deleteItems(context, ravel(context, array), places, 0);
  const along = normalizeAxis(axis, array.ndim);
  const n = array.shape[along];
  const gone = new Set(places.map((place) => normalizeIndex(place, along, n)));
  const order: number[] = [];
  for (let k = 0; k < n; k++) if (!gone.has(k)) order.push(k);
  return takeAlong(context, array, order, along);
}

/** `np.insert` of `values` before `places` along one axis; flattened when `axis` is null. `single`: the place was a plain int. */
export function insertItems(
  context: Context, array: NDArray, places: readonly number[], values: NDArray, axis: number | null, single: boolean,
): NDArray {
  if (axis === null) return insertItems(context, ravel(context, array), places, values, 0, single);
  const along = normalizeAxis(axis, array.ndim);
  const n = array.shape[along];
  const starts = places.map((place) => {
    if (place < -n || place > n) throw new PyError('IndexError', `index ${place} is out of bounds for axis ${along} with size ${n}`);
    return place < 0 ? place + n : place;
  });
  const raised = raisedTo(values, array.ndim);
  const block = single ? moveAxis(raised, [0], [along]) : raised;
  const count = starts.length === 1 ? block.shape[along] : starts.length;
  const shape = array.shape.slice();
  shape[along] = n + count;
  const out = allocate(context, shape, array.dtype);
  if (starts.length === 1) {
    const [at] = starts;
    assign(context, sliceAxis(out, along, 0, at), sliceAxis(array, along, 0, at));
    assign(context, sliceAxis(out, along, at, at + count), block);
    assign(context, sliceAxis(out, along, at + count, n + count), sliceAxis(array, along, at, n));
    return out;
  }
  const inserted = shape.map((size, each) => each === along ? count : size);
  const strides = stridesInto(values, inserted);
  if (strides === null) {
    throw new PyError('ValueError', `shape mismatch: value array of shape ${shapeText(values.shape)} could not be broadcast to indexing result of shape ${shapeText(inserted)}`);
  }
  const spread = new NDArray(values.buffer, values.dtype, inserted, strides, values.offset, values, false);
  const targets = starts.map((place, k) => ({place, k})).sort((a, b) => a.place - b.place || a.k - b.k);
  let taken = 0;
  targets.forEach(({place, k}, done) => {
    assign(context, sliceAxis(out, along, taken + done, place + done), sliceAxis(array, along, taken, place));
    assign(context, sliceAxis(out, along, place + done, place + done + 1), sliceAxis(spread, along, k, k + 1));
    taken = place;
  });
  assign(context, sliceAxis(out, along, taken + count, n + count), sliceAxis(array, along, taken, n));
  return out;
}

/** A view with axes of 1 in front until it has `ndim`. */
function raisedTo(array: NDArray, ndim: number): NDArray {
  const lead = Math.max(0, ndim - array.ndim);
  return viewOf(array, [...new Array<number>(lead).fill(1), ...array.shape], [...new Array<number>(lead).fill(0), ...array.strides], array.offset);
}

/** A nested list of arrays, as `np.block` takes it. */
export type Blocks = NDArray | readonly Blocks[];

/** `np.block`: the innermost lists along the last axis, the next along the one before, and so on. */
export function block(context: Context, blocks: Blocks): NDArray {
  const depth = blockDepth(blocks);
  const ndim = Math.max(depth, widest(blocks));
  return joinBlocks(context, blocks, depth, ndim);
}

function blockDepth(blocks: Blocks): number {
  return blocks instanceof NDArray ? 0 : 1 + Math.max(0, ...blocks.map(blockDepth));
}

function widest(blocks: Blocks): number {
  return blocks instanceof NDArray ? blocks.ndim : Math.max(0, ...blocks.map(widest));
}

function joinBlocks(context: Context, blocks: Blocks, depth: number, ndim: number): NDArray {
  if (blocks instanceof NDArray) return raisedTo(blocks, ndim);
  return concatenate(context, blocks.map((each) => joinBlocks(context, each, depth - 1, ndim)), ndim - depth);
}
