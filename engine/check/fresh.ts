/** Fresh copies of made inputs: every run gets arrays and containers of its own, because students' code writes into them. */
import {NDArray, elements, fromData} from '../ndarray/array.ts';
import {List, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {Dict} from '../interpreter/containers.ts';

/** A function that gives equal values with new arrays, lists and dictionaries at each call. */
export function freshCopies(values: ReadonlyMap<string, Value>): () => ReadonlyMap<string, Value> {
  return () => {
    const copies = new Map<string, Value>();
    for (const [name, value] of values) copies.set(name, copyOf(value));
    return copies;
  };
}

function copyOf(value: Value): Value {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof NDArray) return fromData(elements(value), value.shape, value.dtype);
  if (value instanceof List) return new List(value.items.map(copyOf));
  if (value instanceof Tuple) return new Tuple(value.items.map(copyOf));
  if (value instanceof Dict) return Dict.of(value.entries().map(([key, item]): [Value, Value] => [key, copyOf(item)]));
  return value;
}
