/**
 * What arithmetic takes: arrays, NumPy scalars and Python numbers, and the dtype that NumPy 2 gives to a mixture of them.
 */
import type {DType, Kind} from './dtype.ts';
import {isFloat, kindOf, promote, promoteWeak} from './dtype.ts';
import type {Context} from './context.ts';
import {Buffer, NDArray} from './array.ts';
import {PyError} from './errors.ts';
import {Scalar} from './scalar.ts';
import type {Value} from './values.ts';
import {freshIds, freshNumbers} from './memory.ts';

const ZERO_D: readonly number[] = [];

/**
 * An operand of arithmetic. A plain number or bigint is a Python int, a boolean a Python bool, a weak Scalar a Python float
 * (or an int that a script treats as an input): these are "weak" and bend to the other operand's dtype.
 */
export type Operand = NDArray | Scalar | number | bigint | boolean;

export function isOperand(value: Value): value is Operand {
  return value instanceof NDArray || value instanceof Scalar || typeof value === 'number' || typeof value === 'boolean'
    || typeof value === 'bigint';
}

/** The dtype of an operand on its own: int64 for a Python int, float64 for a Python float, bool for a Python bool. */
export function dtypeOf(operand: Operand): DType {
  if (operand instanceof NDArray || operand instanceof Scalar) return operand.dtype;
  return typeof operand === 'boolean' ? 'bool' : 'int64';
}

/**
 * Whether a decision on an operand is one that the guards are told: floats, and ints that a script treats as inputs
 * (other Python ints are never wrapped in a Scalar).
 */
export function isContinuous(operand: Operand): boolean {
  return isFloat(dtypeOf(operand)) || (operand instanceof Scalar && operand.weak);
}

/** The kind of a weak operand, or null for an array, a NumPy scalar and a bool (which has a dtype of its own). */
export function weakKind(operand: Operand): Kind | null {
  if (operand instanceof NDArray) return null;
  if (operand instanceof Scalar) return operand.weak ? kindOf(operand.dtype) : null;
  return typeof operand === 'boolean' ? null : 'int';
}

/** The dtype in which two operands meet. */
export function commonDType(a: Operand, b: Operand): DType {
  const weakA = weakKind(a);
  const weakB = weakKind(b);
  if (weakA === null) return weakB === null ? promote(dtypeOf(a), dtypeOf(b)) : promoteWeak(dtypeOf(a), weakB);
  if (weakB === null) return promoteWeak(dtypeOf(b), weakA);
  return promote(dtypeOf(a), dtypeOf(b));
}

/** The value of an operand that is not an array. */
export function numberOf(operand: Scalar | number | bigint | boolean): number {
  return operand instanceof Scalar ? operand.value : Number(operand);
}

export function idOf(operand: Scalar | number | bigint | boolean): number {
  return operand instanceof Scalar ? operand.id : 0;
}

const limits: Readonly<Partial<Record<DType, readonly [number, number]>>> = {
  int8: [-128, 127], uint8: [0, 255], int16: [-32768, 32767], uint16: [0, 65535],
  int32: [-2147483648, 2147483647], uint32: [0, 4294967295], uint64: [0, 18446744073709551615],
};

/** Raises the OverflowError of NumPy 2 when a Python int does not fit the integer dtype that it has to bend to. */
export function checkPythonInt(operand: Operand, dtype: DType): void {
  if (typeof operand !== 'number' && typeof operand !== 'bigint') return;
  const range = limits[dtype];
  if (range !== undefined && (operand < range[0] || operand > range[1])) {
    throw new PyError('OverflowError', `Python integer ${operand} out of bounds for ${dtype}`);
  }
}

/**
 * An operand as an array; a number becomes a 0-d array of `dtype` that shares its tape node.
 * In runs that round, a Python float is rounded to `dtype` first, as NumPy does.
 */
export function operandArray(context: Context, operand: Operand, dtype: DType): NDArray {
  if (operand instanceof NDArray) return operand;
  checkPythonInt(operand, dtype);
  let value = numberOf(operand);
  if (dtype === 'float32' && !context.exact) value = Math.fround(value);
  const id = idOf(operand);
  const data = freshNumbers(1);
  data[0] = value;
  let ids: Int32Array | null = null;
  if (id !== 0) {
    ids = freshIds(1);
    ids[0] = id;
  }
  return new NDArray(new Buffer(data, ids), dtype, ZERO_D, ZERO_D, 0, null);
}
