/**
 * Sequence arguments: several arrays, lists of whole numbers, memory orders, and results delivered into `out`.
 */
import {NDArray, viewOf} from '../ndarray/array.ts';
import type {Context} from '../ndarray/context.ts';
import {writeOut} from '../ndarray/cast.ts';
import {PyError} from '../ndarray/errors.ts';
import {arrayOf} from '../ndarray/product-tensor.ts';
import type {Scalar} from '../ndarray/scalar.ts';
import {List, Tuple, typeName} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toArray, toInt, toOut} from './arguments.ts';
import type {NumpyContext} from './row.ts';

/** The items of a list, a tuple, an array's first axis or any iterable. */
export function toItems(context: NumpyContext, value: Value): readonly Value[] {
  if (value instanceof List || value instanceof Tuple) return value.items;
  if (value instanceof NDArray && value.ndim > 0) {
    const {shape, strides, offset} = value;
    return Array.from({length: shape[0]}, (_, k) => viewOf(value, shape.slice(1), strides.slice(1), offset + k * strides[0]));
  }
  return context.iterate(value);
}

/** A sequence of array-likes. */
export function toArrays(context: NumpyContext, value: Value): NDArray[] {
  return toItems(context, value).map((item) => toArray(context, item));
}

/** One whole number or a sequence of them; negative ones are allowed. */
export function toInts(value: Value): number[] {
  if (value instanceof Tuple || value instanceof List) return value.items.map(toInt);
  if (value instanceof NDArray && value.ndim === 1) {
    return Array.from({length: value.size}, (_, k) => value.buffer.data[value.offset + k * value.strides[0]]);
  }
  return [toInt(value)];
}

/** Axes or None. */
export function toIntsOrNull(value: Value): number[] | null {
  return value === null ? null : toInts(value);
}

/** What a method takes as `*shape`: several whole numbers, or one sequence of them. */
export function toRest(value: Value): number[] {
  const {items} = value as Tuple;
  return items.length === 1 ? toInts(items[0]) : items.map(toInt);
}

/** `order='C'`; A and K read C order here, since no array of ours is stored in Fortran order only. */
export function toOrder(value: Value): 'C' | 'F' {
  if (value === 'F') return 'F';
  if (value === 'C' || value === 'A' || value === 'K' || value === null) return 'C';
  throw new PyError('ValueError', `order must be one of 'C', 'F', 'A', or 'K' (got ${shown(value)})`);
}

/** An option that was not understood, for an error message. */
export function shown(value: Value): string {
  return typeof value === 'string' ? `'${value}'` : typeName(value);
}

/** `result`, or `out` with the result in it when one is given. */
export function delivered(context: Context, name: string, result: NDArray | Scalar, out: Value): NDArray | Scalar {
  const target = toOut(out);
  return target === null ? result : writeOut(context, name, arrayOf(context, result), target, null);
}
