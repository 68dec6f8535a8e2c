/**
 * Values moved from one dtype or one array to another: rounding after arithmetic, astype, copies, writing into `out`,
 * and arrays made from nested Python lists.
 */
import type {Context} from './context.ts';
import type {DType} from './dtype.ts';
import {fit, isFloat, kindOf, promote} from './dtype.ts';
import {Buffer, NDArray, allocate, contiguousStrides, fromData, positions, sizeOf} from './array.ts';
import {broadcastPositions, broadcastTwo, sameShape, shapeText, tupleText} from './broadcast.ts';
import {PyError, UnsupportedError} from './errors.ts';
import {dtypeOf, idOf, isOperand, numberOf} from './operands.ts';
import type {Scalar} from './scalar.ts';
import { numpyScalar} from './scalar.ts';
import {List, Tuple, typeName} from './values.ts';
import type {Value} from './values.ts';

/** Rounds or wraps fresh results in place to their dtype. Float dtypes are labels only in an exact run. */
export function roundAll(context: Context, dtype: DType, data: Float64Array): void {
  switch (dtype) {
    case 'float64': case 'int64': case 'uint64': return;
    case 'float32':
      if (!context.exact) for (let k = 0; k < data.length; k++) data[k] = Math.fround(data[k]);
      return;
    case 'float16':
      if (context.exact) return;
      break;
    default: break;
  }
  for (let k = 0; k < data.length; k++) data[k] = fit(dtype, data[k]);
}

/** {@link roundAll} for one number. */
export function roundOne(context: Context, dtype: DType, value: number): number {
  if (dtype === 'float64' || dtype === 'int64') return value;
  return context.exact && isFloat(dtype) ? value : fit(dtype, value);
}

/** The value that `from` becomes as `to`; a float that loses its fraction is a decision. */
export function castValue(context: Context, value: number, from: DType, to: DType): number {
  if (from === to) return value;
  if (isFloat(to)) return roundOne(context, to, value);
  const result = fit(to, value);
  if (context.guards !== null && isFloat(from)) {
    context.guards.decide(result, to === 'bool' ? Math.abs(value) : Math.min(value - Math.floor(value), Math.ceil(value) - value));
  }
  return result;
}

/** Whether a cast keeps the derivative: a float that becomes an integer does not. */
export function keepsGradient(from: DType, to: DType): boolean {
  return to !== 'bool' && (isFloat(to) || !isFloat(from));
}

/** A copy in C order with tape entries of its own. */
export function copy(context: Context, a: NDArray): NDArray {
  return astype(context, a, a.dtype);
}

/** `a.astype(dtype)`: always a copy, in C order. */
export function astype(context: Context, a: NDArray, dtype: DType): NDArray {
  const out = allocate(context, a.shape, dtype);
  context.budget.spend(a.size);
  const from = a.buffer.data;
  const to = out.buffer.data;
  const places = a.contiguous ? null : positions(a);
  if (places === null) {
    const {offset} = a;
    for (let k = 0; k < to.length; k++) to[k] = from[offset + k];
  } else {
    for (let k = 0; k < to.length; k++) to[k] = from[places[k]];
  }
  if (dtype !== a.dtype) for (let k = 0; k < to.length; k++) to[k] = castValue(context, to[k], a.dtype, dtype);
  const {ids} = a.buffer;
  const {tape} = context;
  if (ids !== null && tape !== null && keepsGradient(a.dtype, dtype)) {
    const own = out.buffer.idsForWrite();
    for (let k = 0; k < to.length; k++) {
      const id = ids[places === null ? a.offset + k : places[k]];
      if (id !== 0) own[k] = tape.identity(id, to[k]);
    }
  }
  return out;
}

/** NumPy's `can_cast(from, to, 'same_kind')`. */
export function sameKind(from: DType, to: DType): boolean {
  const order = ['bool', 'uint', 'int', 'float'];
  return order.indexOf(kindOf(from)) <= order.indexOf(kindOf(to));
}

/** Raises NumPy's error when a ufunc's result may not be written into an array of this dtype. */
export function checkOutput(ufunc: string, from: DType, out: NDArray): void {
  if (!sameKind(from, out.dtype)) {
    throw new PyError('TypeError', `Cannot cast ufunc '${ufunc}' output from dtype('${from}') to dtype('${out.dtype}') ` +
      `with casting rule 'same_kind'`);
  }
  checkWriteable(out, 'output array');
}

export function checkWriteable(target: NDArray, what: string): void {
  if (!target.writeable) throw new PyError('ValueError', `${what} is read-only`);
}

/**
 * Moves a fresh result into `out` (its ids move too: no copy was made that Python could see), where `where` allows.
 * Raises ValueError when the result does not fit the shape of `out`.
 */
export function writeOut(context: Context, ufunc: string, result: NDArray, out: NDArray, where: NDArray | null): NDArray {
  checkOutput(ufunc, result.dtype, out);
  if (!sameShape(result.shape, out.shape)) {
    const common = broadcastTwo(result.shape, out.shape);
    if (common === null || !sameShape(common, out.shape)) {
      throw new PyError('ValueError', `non-broadcastable output operand with shape ${shapeText(out.shape)} doesn't match ` +
        `the broadcast shape ${shapeText(common ?? result.shape)}`);
    }
  }
  moveInto(context, result, out, where);
  return out;
}

/** Overwrites `out` with the values and ids of `result`, which broadcasts to it. */
export function moveInto(context: Context, result: NDArray, out: NDArray, where: NDArray | null): void {
  const places = positions(out);
  const sources = broadcastPositions(result, out.shape);
  const mask = where === null ? null : broadcastPositions(where, out.shape);
  out.buffer.beforeWrite();
  const {ids} = result.buffer;
  const keep = ids !== null && keepsGradient(result.dtype, out.dtype);
  const own = keep ? out.buffer.idsForWrite() : out.buffer.ids;
  const from = result.buffer.data;
  const to = out.buffer.data;
  for (let k = 0; k < places.length; k++) {
    if (mask !== null && where!.buffer.data[mask[k]] === 0) continue;
    to[places[k]] = castValue(context, from[sources[k]], result.dtype, out.dtype);
    if (own !== null) own[places[k]] = keep ? ids[sources[k]] : 0;
  }
}

/** The only element of a 0-d result as a NumPy scalar; larger arrays as they are. */
export function scalarIfZeroD(a: NDArray): NDArray | Scalar {
  if (a.shape.length !== 0) return a;
  const {data, ids} = a.buffer;
  return numpyScalar(data[a.offset], a.dtype, ids === null ? 0 : ids[a.offset]);
}

/** The shape and dtype that NumPy finds in nested lists. */
interface Found {
  readonly shape: readonly number[];
  readonly dtype: DType | null;
  readonly ragged: boolean;
}

function itemsOf(value: Value): readonly Value[] | null {
  return value instanceof List || value instanceof Tuple ? value.items : null;
}

function find(value: Value): Found {
  const items = itemsOf(value);
  if (items === null) {
    if (value instanceof NDArray) return {shape: value.shape, dtype: value.dtype, ragged: false};
    if (!isOperand(value)) {
      throw new UnsupportedError(typeof value === 'string' ? 'an array of strings' : `an array of ${typeName(value)} objects`);
    }
    return {shape: [], dtype: dtypeOf(value), ragged: false};
  }
  let dtype: DType | null = null;
  let inner: readonly number[] | null = null;
  let ragged = false;
  for (const item of items) {
    const found = find(item);
    if (found.dtype !== null) dtype = dtype === null ? found.dtype : promote(dtype, found.dtype);
    if (found.ragged) ragged = true;
    if (inner === null) inner = found.shape;
    else if (!sameShape(inner, found.shape)) {
      ragged = true;
      let same = 0;
      while (same < inner.length && same < found.shape.length && inner[same] === found.shape[same]) same++;
      inner = inner.slice(0, same);
    }
  }
  return {shape: [items.length, ...(inner ?? [])], dtype, ragged};
}

/**
 * `np.asarray(value, dtype)`: the array itself when it has the dtype already, else a new one whose elements have tape
 * entries of their own. Raises NumPy's ValueError for ragged lists.
 */
export function asArray(context: Context, value: Value, dtype: DType | null = null): NDArray {
  if (value instanceof NDArray) return dtype === null || dtype === value.dtype ? value : astype(context, value, dtype);
  if (isOperand(value)) return zeroD(context, value, dtype ?? dtypeOf(value));
  const found = find(value);
  if (found.ragged) {
    throw new PyError('ValueError', 'setting an array element with a sequence. The requested array has an inhomogeneous ' +
      `shape after ${found.shape.length} dimensions. The detected shape was ${tupleText(found.shape)} + inhomogeneous part.`);
  }
  const out = allocate(context, found.shape, dtype ?? found.dtype ?? 'float64');
  context.budget.spend(sizeOf(found.shape));
  fill(context, value, out, 0);
  return out;
}

function zeroD(context: Context, value: Scalar | number | bigint | boolean, dtype: DType): NDArray {
  const from = dtypeOf(value);
  const data = Float64Array.of(castValue(context, numberOf(value), from, dtype));
  const id = context.tape === null || !keepsGradient(from, dtype) ? 0 : idOf(value);
  return fromData(data, [], dtype, id === 0 ? null : Int32Array.of(context.tape!.identity(id, data[0])));
}

/** Writes nested items from place `at` on and returns the place after them. */
function fill(context: Context, value: Value, out: NDArray, at: number): number {
  const items = itemsOf(value);
  if (items !== null) {
    for (const item of items) at = fill(context, item, out, at);
    return at;
  }
  if (value instanceof NDArray) {
    const part = astype(context, value, out.dtype);
    out.buffer.data.set(part.buffer.data, at);
    if (part.buffer.ids !== null) out.buffer.idsForWrite().set(part.buffer.ids, at);
    return at + part.size;
  }
  if (!isOperand(value) || value instanceof NDArray) return at;
  const from = dtypeOf(value);
  const number = castValue(context, numberOf(value), from, out.dtype);
  out.buffer.data[at] = number;
  const id = idOf(value);
  if (id !== 0 && context.tape !== null && keepsGradient(from, out.dtype)) {
    out.buffer.idsForWrite()[at] = context.tape.identity(id, number);
  }
  return at + 1;
}

/** A fresh C-ordered array around `data`, rounded to its dtype, with `ids` beside it. */
export function freshArray(shape: readonly number[], dtype: DType, data: Float64Array, ids: Int32Array | null): NDArray {
  return new NDArray(new Buffer(data, ids), dtype, shape, contiguousStrides(shape), 0, null);
}
