/**
 * Shuffles and permutations of lists and arrays. Both generations of NumPy draw the same numbers for them.
 */
import {NDArray, fromData} from '../../ndarray/array.ts';
import {normalizeAxis} from '../../ndarray/broadcast.ts';
import {asArray} from '../../ndarray/cast.ts';
import type {Context} from '../../ndarray/context.ts';
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import {asInt} from '../../ndarray/index-plan.ts';
import {getItem, setItem} from '../../ndarray/index.ts';
import {ravel} from '../../ndarray/shape.ts';
import {Scalar} from '../../ndarray/scalar.ts';
import {List, Slice, Tuple, typeName} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import type {Bits} from './bits.ts';
import {interval} from './integers.ts';

const ALL = new Slice(null, null, null);

/** Brings `items` into a random order, in place. */
function shuffleItems(bits: Bits, items: Value[] | Float64Array): void {
  const places: unknown[] | Float64Array = items;
  for (let i = places.length - 1; i > 0; i--) {
    const j = interval(bits, i);
    const kept = places[i];
    places[i] = places[j];
    places[j] = kept;
  }
}

/** 0 to n - 1 in a random order, as an int64 array. */
export function shuffledRange(context: Context, bits: Bits, n: number): NDArray {
  context.budget.allocate(n);
  const order = Float64Array.from({length: n}, (_, i) => i);
  shuffleItems(bits, order);
  return fromData(order, [n], 'int64');
}

/** `shuffle(x, axis)`: a list or an array, in place. */
export function shuffle(context: Context, bits: Bits, x: Value, axis: number): null {
  if (x instanceof List) {
    shuffleItems(bits, x.items);
    return null;
  }
  if (x === null || typeof x !== 'object' || x instanceof Scalar) {
    throw new PyError('TypeError', `object of type '${typeName(x)}' has no len()`);
  }
  if (!(x instanceof NDArray)) throw new UnsupportedError(`shuffling a ${typeName(x)}`);
  if (!x.writeable) throw new PyError('ValueError', 'array is read-only');
  const along = normalizeAxis(axis, x.ndim);
  if (x.size === 0) return null;
  const order = shuffledRange(context, bits, x.shape[along]);
  const place = alongAxis(along, order);
  setItem(context, x, alongAxis(along, ALL), getItem(context, x, place));
  return null;
}

/** `permutation(x, axis)`: a range for an int, else a shuffled copy. */
export function permutation(context: Context, bits: Bits, x: Value, axis: number): Value {
  const length = asInt(x);
  if (length !== null) return shuffledRange(context, bits, Math.max(length, 0));
  const array = asArray(context, x);
  if (array.ndim === 0) throw new PyError('IndexError', 'x must be an integer or at least 1-dimensional');
  const along = normalizeAxis(axis, array.ndim);
  return getItem(context, array, alongAxis(along, shuffledRange(context, bits, array.shape[along])));
}

/** `Generator.permuted(x, axis)`: each line along the axis is shuffled on its own. */
export function permuted(context: Context, bits: Bits, x: Value, axis: Value): Value {
  const array = asArray(context, x);
  if (axis === null) {
    const flat = shuffledRange(context, bits, array.size);
    const places = fromData(flat.buffer.data, array.shape, 'int64');
    return getItem(context, ravel(context, array), places);
  }
  const along = normalizeAxis(asInt(axis) ?? 0, array.ndim);
  const {shape} = array;
  const length = shape[along];
  let inner = 1;
  for (let k = along + 1; k < shape.length; k++) inner *= shape[k];
  const outer = length === 0 ? 0 : array.size / (length * inner);
  const places = new Float64Array(array.size);
  for (let line = 0; line < outer * inner; line++) {
    const first = Math.floor(line / inner) * length * inner + line % inner;
    const order = Float64Array.from({length}, (_, i) => first + i * inner);
    shuffleItems(bits, order);
    order.forEach((place, i) => { places[first + i * inner] = place; });
  }
  return getItem(context, ravel(context, array), fromData(places, shape, 'int64'));
}

function alongAxis(axis: number, index: Value): Value {
  return axis === 0 ? index : new Tuple([...Array.from({length: axis}, () => ALL), index]);
}
