/**
 * Operations that choose or replace values: `where` with three arguments, `clip`, `round`, `nan_to_num`.
 * What is chosen is an identity of its own.
 */
import type {Context} from './context.ts';
import {isFloat} from './dtype.ts';
import type {NDArray} from './array.ts';
import {allocate, positions} from './array.ts';
import {binary} from './elementwise.ts';
import {chosen} from './elementwise-strips.ts';
import {broadcastPositions, broadcastShapes} from './broadcast.ts';
import {castValue, copy, keepsGradient, roundOne, scalarIfZeroD, writeOut} from './cast.ts';
import {PyError} from './errors.ts';
import {commonDType, dtypeOf, operandArray} from './operands.ts';
import type {Operand} from './operands.ts';
import type {Scalar} from './scalar.ts';
import {roundHalfEven, toHalf} from './unary-rules.ts';
import {freshIds} from './memory.ts';

/** `np.where(condition, a, b)`, always an array. Float conditions are decisions. */
export function where(context: Context, condition: Operand, a: Operand, b: Operand): NDArray {
  const dtype = commonDType(a, b);
  const test = operandArray(context, condition, dtypeOf(condition));
  const x = operandArray(context, a, dtype);
  const y = operandArray(context, b, dtype);
  const shape = broadcastShapes(test.shape, x.shape, y.shape);
  const result = allocate(context, shape, dtype);
  context.budget.spend(result.size);
  const out = result.buffer.data;
  const decisions = broadcastPositions(test, shape);
  const first = broadcastPositions(x, shape);
  const second = broadcastPositions(y, shape);
  const guards = isFloat(test.dtype) ? context.guards : null;
  const {tape} = context;
  const ids = tape !== null && (x.buffer.ids !== null || y.buffer.ids !== null) ? freshIds(out.length) : null;
  for (let k = 0; k < out.length; k++) {
    const choice = test.buffer.data[decisions[k]];
    guards?.decide(choice === 0 ? 0 : 1, Math.abs(choice));
    const source = choice === 0 ? y : x;
    const at = choice === 0 ? second[k] : first[k];
    out[k] = castValue(context, source.buffer.data[at], source.dtype, dtype);
    if (ids !== null) {
      const a = x.buffer.ids !== null && keepsGradient(x.dtype, dtype) ? x.buffer.ids[first[k]] : 0;
      const b = y.buffer.ids !== null && keepsGradient(y.dtype, dtype) ? y.buffer.ids[second[k]] : 0;
      ids[k] = chosen(tape!, choice !== 0, a, b, out[k]);
    }
  }
  result.buffer.ids = ids;
  return result;
}

/** `np.clip(a, low, high)`; null for an open end. */
export function clip(
  context: Context, a: Operand, low: Operand | null, high: Operand | null, out: NDArray | null = null,
): NDArray | Scalar {
  let result: NDArray | Scalar | null = null;
  if (low !== null) result = binary(context, 'maximum', a, low);
  if (high !== null) result = binary(context, 'minimum', result ?? a, high);
  if (result === null) result = binary(context, 'add', a, 0);
  if (out === null) return result;
  return scalarIfZeroD(writeOut(context, 'clip', operandArray(context, result, dtypeOf(result)), out, null));
}

/** `np.round(a, decimals)`: halves go to the even digit. Has no derivative; on floats each result is a decision. */
export function roundTo(context: Context, a: Operand, decimals: number, out: NDArray | null = null): NDArray | Scalar {
  const from = dtypeOf(a);
  const array = operandArray(context, a, from);
  if (from === 'bool' && decimals !== 0) {
    throw new PyError('TypeError', `Cannot cast ufunc '${decimals > 0 ? 'multiply' : 'divide'}' output from dtype('float64') to ` +
      `dtype('bool') with casting rule 'same_kind'`);
  }
  const dtype = from === 'bool' ? 'float16' : from;
  const result = allocate(context, array.shape, dtype);
  context.budget.spend(array.size);
  const scale = 10 ** Math.abs(decimals);
  const {data} = result.buffer;
  const float = isFloat(from);
  positions(array).forEach((position, k) => {
    const value = array.buffer.data[position];
    const scaled = decimals >= 0 ? value * scale : value / scale;
    const rounded = roundHalfEven(scaled);
    if (float) context.guards?.decide(rounded, toHalf(scaled) / scale);
    const back = decimals >= 0 ? rounded / scale : rounded * scale;
    data[k] = !float && decimals >= 0 ? value : Number.isFinite(back) || !Number.isFinite(value) ? roundOne(context, dtype, back) : value;
  });
  return out === null ? scalarIfZeroD(result) : writeOut(context, 'round', result, out, null);
}

/** `np.nan_to_num`: a copy with NaN and infinities replaced; null takes the largest number of the dtype. */
export function replaceNonFinite(
  context: Context, a: NDArray, nan: number, high: number | null, low: number | null,
): NDArray | Scalar {
  const result = copy(context, a);
  const {data, ids} = result.buffer;
  const largest = a.dtype === 'float32' ? 3.4028234663852886e38 : a.dtype === 'float16' ? 65504 : Number.MAX_VALUE;
  for (let k = 0; k < data.length; k++) {
    if (Number.isFinite(data[k])) continue;
    data[k] = Number.isNaN(data[k]) ? nan : data[k] > 0 ? high ?? largest : low ?? -largest;
    if (ids !== null) ids[k] = 0;
  }
  return scalarIfZeroD(result);
}
