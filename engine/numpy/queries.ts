/**
 * What can be asked about arrays and dtypes without computing: shape, size, kinds of types.
 */
import {NDArray} from '../ndarray/array.ts';
import {sameKind} from '../ndarray/cast.ts';
import type {DType} from '../ndarray/dtype.ts';
import {isFloat, itemSize, kindOf, promote} from '../ndarray/dtype.ts';
import {PyError} from '../ndarray/errors.ts';
import {commonDType} from '../ndarray/operands.ts';
import {Scalar, numpyScalar} from '../ndarray/scalar.ts';
import {DTypeValue, PyObject, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toArray, toDType, toInt, toOperand} from './arguments.ts';
import type {NumpyContext, Row} from './row.ts';

/** `np.finfo(dtype)` or `np.iinfo(dtype)`: an object with attributes. */
export class TypeLimits extends PyObject {
  readonly typeName: string;
  constructor(private readonly attributes: ReadonlyMap<string, Value>, integer: boolean) {
    super();
    this.typeName = integer ? 'iinfo' : 'finfo';
  }

  attribute(name: string): Value | undefined {
    return this.attributes.get(name);
  }
}

interface FloatLimits {
  readonly digits: number;
  readonly largest: number;
  readonly tiny: number;
  readonly smallest: number;
  readonly precision: number;
}

const floats: Readonly<Partial<Record<DType, FloatLimits>>> = {
  float64: {digits: 52, largest: Number.MAX_VALUE, tiny: 2 ** -1022, smallest: 2 ** -1074, precision: 15},
  float32: {digits: 23, largest: 3.4028234663852886e38, tiny: 2 ** -126, smallest: 2 ** -149, precision: 6},
  float16: {digits: 10, largest: 65504, tiny: 2 ** -14, smallest: 2 ** -24, precision: 3},
};

function finfo(dtype: DType): TypeLimits {
  const limits = floats[dtype];
  if (limits === undefined) throw new PyError('ValueError', `data type <class 'numpy.${dtype}'> not inexact`);
  const number = (value: number): Value => numpyScalar(value, dtype);
  return new TypeLimits(new Map<string, Value>([
    ['eps', number(2 ** -limits.digits)], ['epsneg', number(2 ** -(limits.digits + 1))], ['max', number(limits.largest)],
    ['min', number(-limits.largest)], ['tiny', number(limits.tiny)], ['smallest_normal', number(limits.tiny)],
    ['smallest_subnormal', number(limits.smallest)], ['resolution', number(Number(`1e-${limits.precision}`))],
    ['bits', itemSize(dtype) * 8], ['precision', limits.precision], ['dtype', new DTypeValue(dtype)],
  ]), false);
}

function iinfo(dtype: DType): TypeLimits {
  if (isFloat(dtype) || dtype === 'bool') throw new PyError('ValueError', `Invalid integer data type '${isFloat(dtype) ? 'f' : 'b'}'.`);
  const bits = BigInt(itemSize(dtype) * 8);
  const signed = kindOf(dtype) === 'int';
  const whole = (value: bigint): Value => (bits <= 32n ? Number(value) : value);
  return new TypeLimits(new Map<string, Value>([
    ['max', whole(2n ** (signed ? bits - 1n : bits) - 1n)], ['min', whole(signed ? -(2n ** (bits - 1n)) : 0n)],
    ['bits', Number(bits)], ['dtype', new DTypeValue(dtype)],
  ]), true);
}

/** The dtype that a value has, or is. */
function typeOf(context: NumpyContext, value: Value): DType {
  if (value instanceof DTypeValue || typeof value === 'string') return toDType(value)!;
  if (value instanceof NDArray || value instanceof Scalar) return value.dtype;
  if (value instanceof PyObject && value.typeName === 'type') return toDType(value)!;
  return toArray(context, value).dtype;
}

/** NumPy's abstract types, from the bottom up, that a dtype is one of. */
function kindsOf(dtype: DType): readonly string[] {
  switch (kindOf(dtype)) {
    case 'bool': return ['bool', 'generic'];
    case 'int': return [dtype, 'signedinteger', 'integer', 'number', 'generic'];
    case 'uint': return [dtype, 'unsignedinteger', 'integer', 'number', 'generic'];
    case 'float': return [dtype, 'floating', 'inexact', 'number', 'generic'];
  }
}

function isSubtype(context: NumpyContext, dtype: Value, of: Value): boolean {
  const name = of instanceof PyObject && of.typeName === 'type' && 'name' in of && typeof of.name === 'string' ? of.name.replace('numpy.', '') : null;
  const abstract = name === null || ['int', 'float', 'bool'].includes(name) ? typeOf(context, of) : name;
  return kindsOf(typeOf(context, dtype)).includes(abstract);
}

/** The rows of this file. */
export const queries: readonly Row[] = [
  {names: ['np.shape'], signature: 'a', call: (context, [a]) => new Tuple(toArray(context, a).shape)},
  {names: ['np.ndim'], signature: 'a', call: (context, [a]) => toArray(context, a).ndim},
  {
    names: ['np.size'],
    signature: 'a, axis=None',
    call: (context, [a, axis]) => {
      const array = toArray(context, a);
      if (axis === null) return array.size;
      const at = toInt(axis);
      const size = array.shape.at(at);
      if (size === undefined) throw new PyError('IndexError', 'tuple index out of range');
      return size;
    },
  },
  {
    names: ['np.isscalar'],
    signature: 'element',
    call: (_context, [element]) => element !== null && (typeof element !== 'object' || element instanceof Scalar),
  },
  {
    names: ['np.result_type'],
    signature: '*arrays_and_dtypes',
    call: (context, [given]) => {
      const values = (given as Tuple).items;
      if (values.length === 0) throw new PyError('ValueError', 'at least one array or dtype is required');
      if (values.length === 2 && !values.some((value) => value instanceof PyObject || typeof value === 'string')) {
        return new DTypeValue(commonDType(toOperand(context, values[0]), toOperand(context, values[1])));
      }
      return new DTypeValue(values.map((value) => typeOf(context, value)).reduce(promote));
    },
  },
  {
    names: ['np.promote_types'],
    signature: 'type1, type2, /',
    call: (_context, [a, b]) => new DTypeValue(promote(toDType(a)!, toDType(b)!)),
  },
  {
    names: ['np.can_cast'],
    signature: `from_, to, casting='safe'`,
    call: (context, [from, to, casting]) => {
      const a = typeOf(context, from);
      const b = typeOf(context, to);
      if (casting === 'unsafe') return true;
      return casting === 'same_kind' ? sameKind(a, b) : promote(a, b) === b;
    },
  },
  {
    names: ['np.issubdtype'],
    signature: 'arg1, arg2',
    call: (context, [dtype, of]) => isSubtype(context, dtype, of),
  },
  {names: ['np.iscomplexobj'], signature: 'x', call: () => false},
  {names: ['np.isrealobj'], signature: 'x', call: () => true},
  {names: ['np.dtype'], signature: 'dtype, align=False, copy=False', call: (_context, [dtype]) => new DTypeValue(toDType(dtype) ?? 'float64')},
  {names: ['np.finfo'], signature: 'dtype', call: (context, [dtype]) => finfo(typeOf(context, dtype))},
  {names: ['np.iinfo'], signature: 'type', call: (context, [dtype]) => iinfo(typeOf(context, dtype))},
];
