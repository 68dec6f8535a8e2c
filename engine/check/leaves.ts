/**
 * Leaves: the forward values whose gradients are judged. In a recorded run each becomes an independent variable of the tape;
 * in a replay it takes the numbers that the replay is about.
 */
import {NDArray, elementIds, elements, fromData, positions} from '../ndarray/array.ts';
import {isFloat} from '../ndarray/dtype.ts';
import {Scalar, float} from '../ndarray/scalar.ts';
import {List, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import type {Tape} from '../tape/tape.ts';
import {quantityOf} from './quantity.ts';
import type {Quantity} from './quantity.ts';

/** Makes the forward value called `of` a leaf; gives what to use in its place (the same array, or a new scalar). */
export type Place = (of: string, value: Value) => Value;

/** The leaves of a recorded run, by the user's names, in the order in which they were placed. */
export type Leaves = Map<string, Quantity>;

/** A Place that makes leaves on `tape` and notes them. Constants only: what has a node already keeps it. */
export function recordLeaves(tape: Tape, leaves: Leaves): Place {
  const leafOf = (number: number, id: number): number => (id === 0 ? tape.leaf(number) : id);
  const place = (value: Value): Value => {
    if (value instanceof NDArray) {
      const array = floating(value);
      const {buffer, size} = array;
      buffer.beforeWrite();
      const ids = buffer.idsForWrite();
      const places = array.contiguous ? null : positions(array);
      for (let i = 0; i < size; i++) {
        const position = places === null ? array.offset + i : places[i];
        ids[position] = leafOf(buffer.data[position], ids[position]);
      }
      return array;
    }
    if (value instanceof Scalar) return new Scalar(value.value, leafOf(value.value, value.id), isFloat(value.dtype) ? value.dtype : 'float64', value.weak);
    if (typeof value === 'number') return float(value, tape.leaf(value));
    if (value instanceof List) return new List(value.items.map(place));
    return value instanceof Tuple ? new Tuple(value.items.map(place)) : value;
  };
  return (of, value) => {
    const placed = place(value);
    const quantity = quantityOf(placed);
    if (quantity !== null) leaves.set(of, quantity);
    return placed;
  };
}

/** A Place that writes other numbers into the leaves of that name; without a tape. */
export function replaceLeaves(numbers: ReadonlyMap<string, Float64Array>): Place {
  return (of, value) => {
    const data = numbers.get(of);
    return data === undefined ? value : withNumbers(value, data, {next: 0});
  };
}

/**
 * The value with the numbers of `data` from `at.next` on, in C order. A float array is changed in place, so that whoever
 * shares it sees it; what Python calls an int becomes a float.
 */
function withNumbers(value: Value, data: Float64Array, at: {next: number}): Value {
  if (value instanceof NDArray) {
    const array = floating(value);
    const {buffer, size, offset} = array;
    const from = at.next;
    at.next += size;
    buffer.beforeWrite();
    if (array.contiguous) {
      for (let i = 0; i < size; i++) buffer.data[offset + i] = data[from + i];
    } else positions(array).forEach((position, i) => {
      buffer.data[position] = data[from + i];
    });
    return array;
  }
  if (value instanceof Scalar) return new Scalar(data[at.next++], 0, isFloat(value.dtype) ? value.dtype : 'float64', value.weak);
  if (typeof value === 'number') return float(data[at.next++]);
  if (value instanceof List) return new List(value.items.map((item) => withNumbers(item, data, at)));
  return value instanceof Tuple ? new Tuple(value.items.map((item) => withNumbers(item, data, at))) : value;
}

/** The array itself if it holds floats, else its numbers in a float array of its own. */
function floating(array: NDArray): NDArray {
  return isFloat(array.dtype) ? array : fromData(elements(array), array.shape, 'float64', elementIds(array));
}
