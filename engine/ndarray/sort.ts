/**
 * Sorting and what follows from an order: sort, argsort, lexsort, searchsorted, digitize, unique, set operations.
 * Sorted floats are gathers (nodes of their own); the order that was found is a decision. NaN sorts last.
 */
import type {Context} from './context.ts';
import type {NDArray} from './array.ts';
import {elements, fromData, positions, viewOf} from './array.ts';
import {normalizeAxis, sameShape} from './broadcast.ts';
import {isFloat} from './dtype.ts';
import {PyError} from './errors.ts';
import {gather} from './index-write.ts';
import {intArray} from './places.ts';
import {ravel} from './shape.ts';

/** Ascending, NaN last. */
function byValue(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  if (Number.isNaN(b)) return -1;
  return a - b || 0;
}

/** The stable ascending order of `values`, as places. Noted as decisions when the values are floats. */
function orderOf(context: Context, values: ArrayLike<number>, float: boolean): number[] {
  const order = Array.from(values, (_, k) => k);
  order.sort((i, j) => byValue(values[i], values[j]) || i - j);
  if (float && context.guards !== null) {
    for (let k = 0; k < order.length; k++) {
      context.guards.decide(order[k], k === 0 ? Infinity : values[order[k]] - values[order[k - 1]]);
    }
  }
  return order;
}

/** For each line along `axis`: its starting buffer position, in C order of the other axes. */
function lineStarts(array: NDArray, axis: number): Int32Array {
  const drop = (list: readonly number[]): number[] => list.filter((_, each) => each !== axis);
  return positions({shape: drop(array.shape), strides: drop(array.strides), offset: array.offset});
}

/** Where each element of the sorted array comes from, and its place within its line; C order with `axis` in its place. */
function sortedPlaces(context: Context, array: NDArray, axis: number): {where: Int32Array; ranks: Float64Array} {
  const n = array.shape[axis];
  const step = array.strides[axis];
  context.budget.spend(array.size * 4);
  const inner = array.shape.slice(axis + 1).reduce((size, length) => size * length, 1);
  const where = new Int32Array(array.size);
  const ranks = new Float64Array(array.size);
  const {data} = array.buffer;
  const line = new Float64Array(n);
  lineStarts(array, axis).forEach((start, number) => {
    for (let k = 0; k < n; k++) line[k] = data[start + k * step];
    const order = orderOf(context, line, isFloat(array.dtype));
    const first = Math.floor(number / inner) * n * inner + (number % inner);
    for (let k = 0; k < n; k++) {
      where[first + k * inner] = start + order[k] * step;
      ranks[first + k * inner] = order[k];
    }
  });
  return {where, ranks};
}

/** `np.sort`: a sorted copy along `axis`; of the flattened array when null. */
export function sort(context: Context, array: NDArray, axis: number | null): NDArray {
  if (axis === null) return sort(context, ravel(context, array), 0);
  const along = normalizeAxis(axis, array.ndim);
  return gather(context, array, sortedPlaces(context, array, along).where, array.shape);
}

/** `np.argsort` (stable): places along `axis`; of the flattened array when null. */
export function argsort(context: Context, array: NDArray, axis: number | null): NDArray {
  if (axis === null) return argsort(context, ravel(context, array), 0);
  if (array.ndim === 0) return argsort(context, viewOf(array, [1], [1], array.offset), axis);
  const along = normalizeAxis(axis, array.ndim);
  return fromData(sortedPlaces(context, array, along).ranks, array.shape, 'int64');
}

/** `np.lexsort`: the order by the last key, then the one before, and so on. Keys are 1-d. */
export function lexsort(context: Context, keys: readonly NDArray[]): NDArray {
  if (keys.length === 0) throw new PyError('TypeError', 'need sequence of keys with len > 0 in lexsort');
  if (!keys.every((key) => sameShape(key.shape, keys[0].shape))) throw new PyError('ValueError', 'all keys need to be the same shape');
  let order = Array.from({length: keys[0].size}, (_, k) => k);
  for (const key of keys) {
    const values = elements(key);
    const places = orderOf(context, order.map((place) => values[place]), isFloat(key.dtype));
    order = places.map((place) => order[place]);
  }
  return intArray(order);
}

/** How many of the sorted `line` stand before `value` (`right`: or are equal to it). */
function rank(line: ArrayLike<number>, value: number, right: boolean): number {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = byValue(line[middle], value);
    if (order < 0 || (right && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `np.searchsorted(line, values, side)`: an int array of the shape of `values`. */
export function searchSorted(context: Context, line: NDArray, values: NDArray, right: boolean, sorter: NDArray | null): NDArray {
  if (line.ndim !== 1) throw new PyError('ValueError', 'object too deep for desired array');
  const raw = elements(line);
  const sorted = sorter === null ? raw : elements(sorter).map((place) => raw[place]);
  const float = isFloat(values.dtype) || isFloat(line.dtype);
  const ranks = elements(values).map((value) => {
    const place = rank(sorted, value, right);
    if (float) context.guards?.decide(place, Math.min(distance(sorted[place], value), distance(sorted[place - 1], value)));
    return place;
  });
  return fromData(ranks, values.shape, 'int64');
}

function distance(border: number | undefined, value: number): number {
  return border === undefined ? Infinity : Math.abs(border - value);
}

/** `np.digitize`. */
export function digitize(context: Context, values: NDArray, bins: NDArray, right: boolean): NDArray {
  const borders = elements(bins);
  const rising = borders.every((border, k) => k === 0 || border >= borders[k - 1]);
  if (rising) return searchSorted(context, bins, values, !right, null);
  if (!borders.every((border, k) => k === 0 || border <= borders[k - 1])) {
    throw new PyError('ValueError', 'bins must be monotonically increasing or decreasing');
  }
  const turned = fromData(borders.slice().reverse(), [borders.length], bins.dtype);
  const ranks = searchSorted(context, turned, values, !right, null);
  return fromData(ranks.buffer.data.map((place) => borders.length - place), values.shape, 'int64');
}

/** What `np.unique` finds in the flattened array. */
export interface Unique {
  readonly values: NDArray;
  /** The place where each value comes first. */
  readonly first: NDArray;
  /** For each element, in C order, the number of its value. */
  readonly inverse: NDArray;
  readonly counts: NDArray;
}

export function unique(context: Context, array: NDArray): Unique {
  const values = elements(array);
  const order = orderOf(context, values, isFloat(array.dtype));
  const first: number[] = [];
  const counts: number[] = [];
  const inverse = new Float64Array(values.length);
  order.forEach((place, k) => {
    if (k === 0 || byValue(values[place], values[order[k - 1]]) !== 0) {
      first.push(place);
      counts.push(0);
    }
    counts[counts.length - 1]++;
    inverse[place] = counts.length - 1;
  });
  const at = positions(array);
  return {
    values: gather(context, array, Int32Array.from(first, (place) => at[place]), [first.length]),
    first: intArray(first),
    inverse: fromData(inverse, array.shape, 'int64'),
    counts: intArray(counts),
  };
}

/** `np.isin`: for each element of `array`, whether it is among `candidates`. */
export function isIn(array: NDArray, candidates: NDArray, invert: boolean): NDArray {
  const known = new Set(elements(candidates));
  const found = elements(array).map((value) => !Number.isNaN(value) && known.has(value === 0 ? 0 : value) !== invert ? 1 : 0);
  return fromData(found, array.shape, 'bool');
}
