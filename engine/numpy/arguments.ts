/**
 * Python values as what array functions take: operands, dtypes, axes, shapes, flags. Raises NumPy's errors for others.
 */
import type {Context} from '../ndarray/context.ts';
import type {DType} from '../ndarray/dtype.ts';
import {isFloat} from '../ndarray/dtype.ts';
import {NDArray} from '../ndarray/array.ts';
import {asArray} from '../ndarray/cast.ts';
import {PyError, UnsupportedError, ObjectDType} from '../ndarray/errors.ts';
import {isOperand} from '../ndarray/operands.ts';
import type {Operand} from '../ndarray/operands.ts';
import type {Axes} from '../ndarray/reduce-groups.ts';
import {Scalar} from '../ndarray/scalar.ts';
import {DTypeValue, List, PyObject, Tuple, typeName} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';

/** A number or an array as it is, a list as the array it becomes. */
export function toOperand(context: Context, value: Value): Operand {
  return isOperand(value) ? value : asArray(context, value);
}

/** Any array-like as an array. */
export function toArray(context: Context, value: Value): NDArray {
  return value instanceof NDArray ? value : asArray(context, value);
}

const dtypeNames: Readonly<Record<string, DType>> = {
  bool: 'bool', int8: 'int8', uint8: 'uint8', int16: 'int16', uint16: 'uint16', int32: 'int32', uint32: 'uint32', int64: 'int64',
  uint64: 'uint64', float16: 'float16', float32: 'float32', float64: 'float64', int: 'int64', float: 'float64', double: 'float64',
  single: 'float32', half: 'float16', intp: 'int64', uint: 'uint64', byte: 'int8', ubyte: 'uint8', short: 'int16', long: 'int64',
  '?': 'bool', b: 'int8', B: 'uint8', h: 'int16', H: 'uint16', i: 'int32', I: 'uint32', l: 'int64', L: 'uint64', q: 'int64', Q: 'uint64',
  e: 'float16', f: 'float32', d: 'float64',
  b1: 'bool', i1: 'int8', u1: 'uint8', i2: 'int16', u2: 'uint16', i4: 'int32', u4: 'uint32', i8: 'int64', u8: 'uint64', f2: 'float16',
  f4: 'float32', f8: 'float64',
};

/** A dtype by any of its spellings: `np.float32`, `x.dtype`, `'float32'`, `'f4'`, Python's `float`; null for None. */
export function toDType(value: Value): DType | null {
  if (value === null) return null;
  if (value instanceof DTypeValue) return value.name;
  const name = typeof value === 'string' ? value.replace(/^[<=|]/, '')
    : value instanceof PyObject && value.typeName === 'type' && 'name' in value ? String(value.name) : null;
  if (name === null) throw new PyError('TypeError', `Cannot interpret '${typeName(value)}' as a data type`);
  if (Object.hasOwn(dtypeNames, name)) return dtypeNames[name];
  if (/^(complex|str|bytes|[cSUmMV]\d*$)/.test(name)) throw new UnsupportedError(`dtype ${name}`);
  if (typeof value !== 'string' || /^(?:object|O\d*$)/.test(name)) throw new ObjectDType(`dtype ${name}`);
  throw new PyError('TypeError', `data type '${name}' not understood`);
}

/** A whole number; a 0-d integer array counts. Raises TypeError for floats, as Python's `__index__` does. */
export function toInt(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  if (value instanceof Scalar && !isFloat(value.dtype)) return value.value;
  if (value instanceof NDArray && value.size === 1 && value.ndim === 0 && !isFloat(value.dtype)) return value.buffer.data[value.offset];
  if (value instanceof NDArray) throw new PyError('TypeError', 'only integer scalar arrays can be converted to a scalar index');
  throw new PyError('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`);
}

/** Any real number as a float. */
export function toFloat(value: Value): number {
  if (value instanceof Scalar) return value.value;
  if (value instanceof NDArray && value.size === 1) return value.buffer.data[value.offset];
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  throw new PyError('TypeError', `must be real number, not ${typeName(value)}`);
}

/** An `axis` argument: None, an int, or a tuple of ints. */
export function toAxes(value: Value): Axes {
  if (value === null) return null;
  if (value instanceof Tuple || value instanceof List) return value.items.map(toInt);
  return toInt(value);
}

/** An `axis` argument that is one axis or None. */
export function toAxis(value: Value): number | null {
  return value === null ? null : toInt(value);
}

/** A `shape` argument: an int or a sequence of them. Raises ValueError for negative sizes, TypeError for floats. */
export function toShape(value: Value): number[] {
  if (value instanceof NDArray && value.ndim === 1 && isFloat(value.dtype) && value.size > 0) {
    throw new PyError('TypeError', `'numpy.${value.dtype}' object cannot be interpreted as an integer`);
  }
  const shape = value instanceof Tuple || value instanceof List ? value.items.map(toInt)
    : value instanceof NDArray && value.ndim === 1 ? Array.from({length: value.size}, (_, i) => value.buffer.data[value.offset + i * value.strides[0]])
    : [toInt(value)];
  for (const n of shape) if (n < 0) throw new PyError('ValueError', 'negative dimensions are not allowed');
  return shape;
}

/** A flag such as `keepdims`. Raises TypeError for an object of a class, which is no number. */
export function toFlag(value: Value): boolean {
  if (value === null) return false;
  if (value instanceof Scalar) return value.value !== 0;
  if (value instanceof PyObject) throw new PyError('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`);
  return typeof value === 'object' ? true : Boolean(value);
}

/** An `out` argument: None, an array, or a tuple of one. */
export function toOut(value: Value): NDArray | null {
  const out = value instanceof Tuple && value.items.length === 1 ? value.items[0] : value;
  if (out === null || out instanceof NDArray) return out;
  throw new PyError('TypeError', 'return arrays must be of ArrayType');
}

/** A `where` argument: true means everywhere. */
export function toMask(context: Context, value: Value): NDArray | null {
  return value === true ? null : asArray(context, value, 'bool');
}

/** A number that takes part in a reduction, or null for none. */
export function toInitial(value: Value): Scalar | number | bigint | boolean | null {
  if (value === null || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return value;
  return value instanceof Scalar ? value : toFloat(value);
}
