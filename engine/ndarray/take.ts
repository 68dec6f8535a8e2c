/**
 * Picking and placing elements by number: take, put, take_along_axis, choose, compress, extract, select, copyto.
 */
import type {Context} from './context.ts';
import type {NDArray} from './array.ts';
import {allocate, elements, positions, sizeOf} from './array.ts';
import {broadcastPositions, broadcastShapes, normalizeAxis} from './broadcast.ts';
import {sameKind, scalarIfZeroD} from './cast.ts';
import {promote} from './dtype.ts';
import {PyError} from './errors.ts';
import {normalizeIndex} from './index-plan.ts';
import {assign, gather, pick, scatter, writeElement} from './index-write.ts';
import {takeAlong} from './rearrange.ts';
import type {Scalar} from './scalar.ts';
import {atLeast, broadcastTo, ravel, reshape} from './shape.ts';

/** What happens to an index outside: an error, wrapping around, or the nearest end. */
export type OutsideMode = 'raise' | 'wrap' | 'clip';

function inside(value: number, n: number, axis: number, mode: OutsideMode): number {
  if (mode === 'clip') return Math.min(n - 1, Math.max(0, value));
  if (mode === 'wrap') return ((value % n) + n) % n;
  return normalizeIndex(value, axis, n);
}

/** `np.take`: sub-arrays along `axis` by number (flattened when null); the index's shape replaces the axis. */
export function take(context: Context, array: NDArray, indices: NDArray, axis: number | null, mode: OutsideMode): NDArray | Scalar {
  if (axis === null) return take(context, ravel(context, array), indices, 0, mode);
  if (array.ndim === 0) return take(context, atLeast(array, 1), indices, axis, mode);
  const along = normalizeAxis(axis, array.ndim);
  const n = array.shape[along];
  const shape = [...array.shape.slice(0, along), ...indices.shape, ...array.shape.slice(along + 1)];
  if (n === 0 && sizeOf(shape) > 0) throw new PyError('IndexError', 'cannot do a non-empty take from an empty axes.');
  if (sizeOf(array.shape.slice(0, along)) === 0) return allocate(context, shape, array.dtype);
  const order = elements(indices).map((value) => inside(value, n, along, mode));
  const picked = takeAlong(context, array, order, along);
  return scalarIfZeroD(reshape(context, picked, shape));
}

/** Buffer positions of `array[..., indices, ...]` matched along one axis, and their shape. */
function placesAlong(array: NDArray, indices: NDArray, axis: number): {where: Int32Array; shape: readonly number[]} {
  if (array.ndim !== indices.ndim) {
    throw new PyError('ValueError', '`indices` and `arr` must have the same number of dimensions');
  }
  const along = normalizeAxis(axis, array.ndim);
  const frame = array.shape.map((n, each) => each === along ? 1 : n);
  const shape = broadcastShapes(frame, indices.shape);
  const strides = array.strides.map((stride, each) => each === along || array.shape[each] === 1 ? 0 : stride);
  const where = positions({shape, strides, offset: array.offset});
  const numbers = broadcastPositions(indices, shape);
  const {data} = indices.buffer;
  for (let k = 0; k < where.length; k++) {
    where[k] += normalizeIndex(data[numbers[k]], along, array.shape[along]) * array.strides[along];
  }
  return {where, shape};
}

/** `np.take_along_axis`; flattened when `axis` is null. */
export function takeAlongAxis(context: Context, array: NDArray, indices: NDArray, axis: number | null): NDArray {
  if (axis === null) return takeAlongAxis(context, ravel(context, array), ravel(context, indices), 0);
  const {where, shape} = placesAlong(array, indices, axis);
  return gather(context, array, where, shape);
}

/** `np.put_along_axis`: writes into `array`; by flat places when `axis` is null. */
export function putAlongAxis(context: Context, array: NDArray, indices: NDArray, values: NDArray, axis: number | null): void {
  if (axis === null) {
    put(context, array, indices, broadcastTo(values, indices.shape), 'raise');
    return;
  }
  const {where, shape} = placesAlong(array, indices, axis);
  scatter(context, array, where, broadcastTo(values, shape));
}

/** `np.put`: writes `values` (repeated as needed) to flat places. */
export function put(context: Context, array: NDArray, indices: NDArray, values: NDArray, mode: OutsideMode): void {
  const places = positions(array);
  const numbers = elements(indices);
  if (numbers.length === 0 || values.size === 0) return;
  const where = Int32Array.from(numbers, (value) => places[inside(value, array.size, 0, mode)]);
  const from = positions(values);
  const repeated = pick(values, Int32Array.from(numbers, (_, k) => from[k % from.length]), [numbers.length]);
  scatter(context, array, where, repeated);
}

/** `np.choose`: element by element from the arrays that `numbers` names. */
export function choose(context: Context, numbers: NDArray, choices: readonly NDArray[], mode: OutsideMode): NDArray | Scalar {
  if (choices.length === 0) throw new PyError('ValueError', 'Need at least 1 array to choose from.');
  const shape = broadcastShapes(numbers.shape, ...choices.map((choice) => choice.shape));
  const which = broadcastPositions(numbers, shape);
  const {data} = numbers.buffer;
  const winners = Int32Array.from(which, (place) => {
    const value = data[place];
    if (mode === 'raise' && (value < 0 || value >= choices.length)) throw new PyError('ValueError', 'invalid entry in choice array');
    return inside(value, choices.length, 0, mode);
  });
  return scalarIfZeroD(mix(context, winners, choices, shape));
}

/** A new array whose element k comes from `sources[winners[k]]`, broadcast to `shape`. */
function mix(context: Context, winners: Int32Array, sources: readonly NDArray[], shape: readonly number[]): NDArray {
  const out = allocate(context, shape, sources.map((source) => source.dtype).reduce(promote));
  const places = sources.map((source) => broadcastPositions(source, shape));
  for (let k = 0; k < winners.length; k++) {
    const source = sources[winners[k]];
    const at = places[winners[k]][k];
    writeElement(context, out, k, source.buffer.data[at], source.buffer.ids?.[at] ?? 0, source.dtype);
  }
  return out;
}

/** `np.select`: the first choice whose condition holds, else `otherwise`. */
export function select(context: Context, conditions: readonly NDArray[], choices: readonly NDArray[], otherwise: NDArray): NDArray {
  if (conditions.length !== choices.length) {
    throw new PyError('ValueError', 'list of cases must be same length as list of conditions');
  }
  if (conditions.length === 0) throw new PyError('ValueError', 'select with an empty condition list is not possible');
  conditions.forEach((condition, k) => {
    if (condition.dtype !== 'bool') {
      throw new PyError('TypeError', `invalid entry ${k} in condlist: should be boolean ndarray`);
    }
  });
  const shape = broadcastShapes(...conditions.map((each) => each.shape), ...choices.map((each) => each.shape), otherwise.shape);
  const tests = conditions.map((condition) => broadcastPositions(condition, shape));
  const winners = new Int32Array(sizeOf(shape)).map((_, k) => {
    const found = conditions.findIndex((condition, c) => condition.buffer.data[tests[c][k]] !== 0);
    return found === -1 ? conditions.length : found;
  });
  return mix(context, winners, [...choices, otherwise], shape);
}

/** `np.compress`: the sub-arrays along `axis` where `condition` holds; flattened when `axis` is null. */
export function compress(context: Context, condition: NDArray, array: NDArray, axis: number | null): NDArray {
  if (axis === null) return compress(context, condition, ravel(context, array), 0);
  if (condition.ndim !== 1) throw new PyError('ValueError', 'condition must be a 1-d array');
  const along = normalizeAxis(axis, array.ndim);
  const order: number[] = [];
  elements(condition).forEach((value, k) => {
    if (value !== 0) order.push(normalizeIndex(k, along, array.shape[along]));
  });
  return takeAlong(context, array, order, along);
}

/** `np.extract`: the elements where `condition` holds, both flattened. */
export function extract(context: Context, condition: NDArray, array: NDArray): NDArray {
  return compress(context, ravel(context, condition), ravel(context, array), 0);
}

/** `np.copyto(target, source, where=mask)`. */
export function copyTo(context: Context, target: NDArray, source: NDArray, mask: NDArray | null): void {
  if (!sameKind(source.dtype, target.dtype)) {
    throw new PyError('TypeError', `Cannot cast array data from dtype('${source.dtype}') to dtype('${target.dtype}') according to the rule 'same_kind'`);
  }
  if (mask === null) {
    assign(context, target, source);
    return;
  }
  const places = positions(target);
  const allowed = broadcastPositions(mask, target.shape);
  const from = broadcastPositions(source, target.shape);
  const chosen = places.map((_, k) => k).filter((k) => mask.buffer.data[allowed[k]] !== 0);
  const values = pick(source, chosen.map((k) => from[k]), [chosen.length]);
  scatter(context, target, chosen.map((k) => places[k]), values);
}
