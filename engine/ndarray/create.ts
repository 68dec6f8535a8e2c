/**
 * Arrays made from sizes and numbers: filled, counted, spaced, triangular.
 */
import type {Context} from './context.ts';
import type {DType} from './dtype.ts';
import {isFloat, kindOf} from './dtype.ts';
import type {NDArray} from './array.ts';
import {allocate} from './array.ts';
import {copy, roundAll, roundOne} from './cast.ts';
import {PyError} from './errors.ts';
import {assign} from './index-write.ts';
import {dtypeOf, numberOf, operandArray} from './operands.ts';
import type {Operand} from './operands.ts';
import type {Scalar} from './scalar.ts';

export function zeros(context: Context, shape: readonly number[], dtype: DType = 'float64'): NDArray {
  return allocate(context, shape, dtype);
}

export function ones(context: Context, shape: readonly number[], dtype: DType = 'float64'): NDArray {
  const out = allocate(context, shape, dtype);
  out.buffer.data.fill(1);
  return out;
}

/** `np.full`: every element is a copy of `value`, which may be an array that broadcasts to `shape`. */
export function full(context: Context, shape: readonly number[], value: Operand, dtype: DType | null = null): NDArray {
  const out = allocate(context, shape, dtype ?? dtypeOf(value));
  assign(context, out, operandArray(context, value, dtypeOf(value)));
  return out;
}

/** The dtype of `np.arange` and the like: that of its widest argument. */
function countingDType(values: readonly (Scalar | number)[]): DType {
  return values.some((value) => isFloat(dtypeOf(value))) ? 'float64' : 'int64';
}

/** `np.arange(start, stop, step)`. Raises ZeroDivisionError for a step of 0. */
export function arange(
  context: Context, start: Scalar | number, stop: Scalar | number, step: Scalar | number, dtype: DType | null = null,
): NDArray {
  const first = numberOf(start);
  const distance = numberOf(step);
  const natural = countingDType([start, stop, step]);
  if (distance === 0) throw new PyError('ZeroDivisionError', natural === 'float64' ? 'float division by zero' : 'division by zero');
  const count = Math.ceil((numberOf(stop) - first) / distance);
  if (!Number.isFinite(count)) throw new PyError('ValueError', 'Maximum allowed size exceeded');
  const out = allocate(context, [Math.max(count, 0)], dtype ?? natural);
  const {data} = out.buffer;
  const second = roundOne(context, out.dtype, first + distance);
  const delta = second - first;
  for (let k = 0; k < data.length; k++) data[k] = k === 1 ? second : first + k * delta;
  roundAll(context, out.dtype, data);
  return out;
}

/** Evenly spaced numbers and the distance between them, NaN when there is none. */
export interface Spaced {
  readonly samples: NDArray;
  readonly step: number;
}

/** `np.linspace` between two numbers. */
export function linspace(
  context: Context, start: number, stop: number, count: number, endpoint: boolean, dtype: DType | null = null,
): Spaced {
  if (count < 0) throw new PyError('ValueError', `Number of samples, ${count}, must be non-negative.`);
  const divisions = endpoint ? count - 1 : count;
  const step = divisions > 0 ? (stop - start) / divisions : NaN;
  const samples = allocate(context, [count], dtype ?? 'float64');
  const {data} = samples.buffer;
  for (let k = 0; k < count; k++) data[k] = divisions > 0 ? (step === 0 ? k / divisions * (stop - start) : k * step) + start : start;
  if (endpoint && count > 1) data[count - 1] = stop;
  if (dtype !== null && kindOf(dtype) !== 'float') for (let k = 0; k < count; k++) data[k] = Math.floor(data[k]);
  roundAll(context, samples.dtype, data);
  return {samples, step};
}

/** Ones where `column - row` is `k`. */
export function eye(context: Context, rows: number, columns: number, k: number, dtype: DType = 'float64'): NDArray {
  const out = allocate(context, [rows, columns], dtype);
  for (let row = 0; row < rows; row++) {
    const column = row + k;
    if (column >= 0 && column < columns) out.buffer.data[row * columns + column] = 1;
  }
  return out;
}

/** Ones on and below the k-th diagonal. */
export function tri(context: Context, rows: number, columns: number, k: number, dtype: DType = 'float64'): NDArray {
  const out = allocate(context, [rows, columns], dtype);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns && column <= row + k; column++) out.buffer.data[row * columns + column] = 1;
  }
  return out;
}

/** A copy of the last two axes with zeros above (`lower`) or below the k-th diagonal. */
export function triangle(context: Context, a: NDArray, k: number, lower: boolean): NDArray {
  if (a.ndim < 2) return triangle(context, copy(context, repeatedRows(context, a)), k, lower);
  const out = copy(context, a);
  const rows = a.shape[a.ndim - 2];
  const columns = a.shape[a.ndim - 1];
  const {data, ids} = out.buffer;
  for (let at = 0; at < data.length; at++) {
    const column = at % columns;
    const row = Math.floor(at / columns) % rows;
    if (lower ? column <= row + k : column >= row + k) continue;
    data[at] = 0;
    if (ids !== null) ids[at] = 0;
  }
  return out;
}

function repeatedRows(context: Context, a: NDArray): NDArray {
  return full(context, [a.size, a.size], a, a.dtype);
}

/** `np.indices`: the k-th sub-array counts along the k-th axis. */
export function indices(context: Context, sizes: readonly number[], dtype: DType = 'int64'): NDArray {
  const out = allocate(context, [sizes.length, ...sizes], dtype);
  const {data} = out.buffer;
  const size = data.length / Math.max(sizes.length, 1);
  let block = size;
  for (let axis = 0; axis < sizes.length; axis++) {
    block /= Math.max(sizes[axis], 1);
    for (let k = 0; k < size; k++) data[axis * size + k] = Math.floor(k / block) % sizes[axis];
  }
  return out;
}

