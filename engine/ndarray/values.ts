/**
 * The Python values that array functions take and give: numbers, strings, tuples, lists, slices, and opaque objects.
 * The interpreter adds its own objects as subclasses of PyObject; this layer does not know them.
 */
import type {DType} from './dtype.ts';
import {NDArray} from './array.ts';
import {Scalar} from './scalar.ts';

/** Base of every Python object that is not a number, a string or None. */
export abstract class PyObject {
  /** The Python type's name, as in error messages. */
  abstract readonly typeName: string;
}

export class Tuple extends PyObject {
  readonly typeName = 'tuple';
  constructor(readonly items: readonly Value[]) { super(); }
}

export class List extends PyObject {
  readonly typeName = 'list';
  constructor(readonly items: Value[]) { super(); }
}

export class Slice extends PyObject {
  readonly typeName = 'slice';
  constructor(readonly start: Value, readonly stop: Value, readonly step: Value) { super(); }
}

class EllipsisType extends PyObject {
  readonly typeName = 'ellipsis';
}
export const ELLIPSIS = new EllipsisType();

/** A dtype object: `np.float32`, `x.dtype`. Callable as a constructor in the interpreter. */
export class DTypeValue extends PyObject {
  readonly typeName = 'dtype';
  constructor(readonly name: DType) { super(); }
}

/**
 * A Python value. None is null; bool is boolean; int is number (always a whole number) or bigint; str is string;
 * float and NumPy scalars are Scalar.
 */
export type Value = null | boolean | number | bigint | string | Scalar | NDArray | PyObject;

/** The Python type's name of any value, as Python prints it in error messages. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  switch (typeof value) {
    case 'boolean': return 'bool';
    case 'number': case 'bigint': return 'int';
    case 'string': return 'str';
    default: break;
  }
  if (value instanceof Scalar) return value.weak ? (value.dtype === 'int64' ? 'int' : 'float') : `numpy.${value.dtype}`;
  if (value instanceof NDArray) return 'numpy.ndarray';
  return value.typeName;
}
