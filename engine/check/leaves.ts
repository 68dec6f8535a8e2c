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
  return (of, value) => {
    const placed = withNumbers(value, (number, id) => ({number, id: id === 0 ? tape.leaf(number) : id}));
    const quantity = quantityOf(placed);
    if (quantity !== null) leaves.set(of, quantity);
    return placed;
  };
}

/** A Place that writes other numbers into the leaves of that name; without a tape. */
export function replaceLeaves(numbers: ReadonlyMap<string, Float64Array>): Place {
  return (of, value) => {
    const data = numbers.get(of);
    if (data === undefined) return value;
    let next = 0;
    return withNumbers(value, () => ({number: data[next++], id: 0}));
  };
}

type Change = (number: number, id: number) => {readonly number: number; readonly id: number};

/**
 * Changes each number of an array, scalar, list or tuple, in C order; anything else is left alone.
 * A float array is changed in place, so that whoever shares it sees it; what Python calls an int becomes a float.
 */
function withNumbers(value: Value, change: Change): Value {
  if (value instanceof NDArray) {
    const array = isFloat(value.dtype) ? value : fromData(elements(value), value.shape, 'float64', elementIds(value));
    const {buffer} = array;
    buffer.beforeWrite();
    const places = array.contiguous ? null : positions(array);
    for (let i = 0; i < array.size; i++) {
      const position = places === null ? array.offset + i : places[i];
      const {number, id} = change(buffer.data[position], buffer.ids === null ? 0 : buffer.ids[position]);
      buffer.data[position] = number;
      if (id !== 0) buffer.idsForWrite()[position] = id;
    }
    return array;
  }
  if (value instanceof Scalar) {
    const {number, id} = change(value.value, value.id);
    return new Scalar(number, id, isFloat(value.dtype) ? value.dtype : 'float64', value.weak);
  }
  if (typeof value === 'number') {
    const {number, id} = change(value, 0);
    return float(number, id);
  }
  if (value instanceof List) return new List(value.items.map((item) => withNumbers(item, change)));
  if (value instanceof Tuple) return new Tuple(value.items.map((item) => withNumbers(item, change)));
  return value;
}
