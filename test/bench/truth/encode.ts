/** Made values as JSON that the NumPy side turns into the same Python values. Knows nothing of pairs. */
import {NDArray, elements} from '../../../engine/ndarray/array.ts';
import {Scalar} from '../../../engine/ndarray/scalar.ts';
import {List, Tuple} from '../../../engine/ndarray/values.ts';
import type {Value} from '../../../engine/ndarray/values.ts';
import {Dict} from '../../../engine/interpreter/containers.ts';

/** What `JSON.stringify` writes and `numpy_judge.py` reads: `{"array": ..., "shape": ..., "dtype": ...}` and the like. */
export type Encoded = null | boolean | string | {readonly [kind: string]: unknown};

export interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
}

/** A value that cannot be written down, such as an object of a class. */
export class NotWritable extends Error {}

export function encode(value: Value): Encoded {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return {int: String(value)};
  if (value instanceof Scalar) return value.weak ? {float: plain(value.value)} : {scalar: plain(value.value), dtype: value.dtype};
  if (value instanceof NDArray) return {array: [...elements(value)].map(plain), shape: value.shape, dtype: value.dtype};
  if (value instanceof Tuple) return {tuple: value.items.map(encode)};
  if (value instanceof List) return {list: value.items.map(encode)};
  if (value instanceof Dict) return {dict: value.entries().map(([key, item]) => [encode(key), encode(item)])};
  throw new NotWritable(`an input is a ${value.typeName}, which cannot be written down`);
}

export function encodeAll(values: ReadonlyMap<string, Value>): Record<string, Encoded> {
  return Object.fromEntries([...values].map(([name, value]) => [name, encode(value)]));
}

export function numbersOf(quantity: {readonly shape: readonly number[]; readonly data: Float64Array}): Numbers {
  return {shape: quantity.shape, data: [...quantity.data].map(plain)};
}

/** JSON has no infinities and no NaN. */
function plain(number: number): number | string {
  return Number.isFinite(number) ? number : String(number);
}
