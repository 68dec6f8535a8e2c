/**
 * Attributes of arrays and NumPy scalars: `x.shape`, `x.T`, `x.dtype`; their methods are rows of NumPy's tables.
 */
import {NDArray, positions} from '../ndarray/array.ts';
import {asArray} from '../ndarray/cast.ts';
import {isFloat, itemSize} from '../ndarray/dtype.ts';
import type {DType} from '../ndarray/dtype.ts';
import {PyError} from '../ndarray/errors.ts';
import {elementAt, getItem, setItem} from '../ndarray/index.ts';
import {Scalar, float, numpyScalar} from '../ndarray/scalar.ts';
import {setShape, transpose} from '../ndarray/shape.ts';
import {DTypeValue, ELLIPSIS, List, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {lookup} from '../numpy/table.ts';
import {toShape} from '../numpy/arguments.ts';
import {callRow} from './calls.ts';
import {intOfFloat} from './integers.ts';
import {listIterator} from './iteration.ts';
import {Builtin} from './objects.ts';
import type {Run} from './run.ts';
import {classOf} from './types.ts';

/** What real arrays have and the tables may not: such an attribute is unknown, any other is the user's mistake. */
const real = new Set(
  ('all any argmax argmin argpartition argsort astype base byteswap choose clip compress conj conjugate copy ctypes cumprod cumsum data ' +
    'diagonal dot dump dumps fill flags flat flatten getfield imag item itemsize max mean min nbytes newbyteorder nonzero partition prod ' +
    'ptp put ravel real repeat reshape resize round searchsorted setfield setflags size sort squeeze std strides sum swapaxes take tobytes ' +
    'tofile tolist tostring trace transpose var view mT __array__ __array_interface__').split(' '),
);

/** What arrays have and NumPy scalars have not. */
const arraysOnly: ReadonlySet<string> = new Set(['argpartition', 'ctypes', 'dot', 'mT', 'partition']);

/** The attribute of an array or NumPy scalar; undefined when real ones have none of this name. */
export function arrayAttribute(run: Run, object: NDArray | Scalar, name: string): Value | undefined {
  if (object instanceof Scalar && arraysOnly.has(name)) return undefined;
  const {shape} = object instanceof NDArray ? object : {shape: []};
  switch (name) {
    case 'shape': return new Tuple(shape);
    case 'ndim': return shape.length;
    case 'size': return object instanceof NDArray ? object.size : 1;
    case 'dtype': return new DTypeValue(object.dtype);
    case 'itemsize': return itemSize(object.dtype);
    case 'nbytes': return itemSize(object.dtype) * (object instanceof NDArray ? object.size : 1);
    case 'T': return object instanceof NDArray ? transpose(object) : object;
    case 'strides': return new Tuple(object instanceof NDArray ? object.strides.map((stride) => stride * itemSize(object.dtype)) : []);
    case 'base': return object instanceof NDArray ? object.base : null;
    case 'real': return object;
    case 'imag': return object instanceof NDArray ? asArray(run, numpyScalar(0, 'float64')) : numpyScalar(0, object.dtype);
    case 'flat': return object instanceof NDArray ? listIterator(flatItems(run, object), 'numpy.flatiter') : undefined;
    case '__class__': return classOf(object);
    case '__len__': return new Builtin(name, () => shape[0]);
    default: break;
  }
  if (name === 'tolist') return new Builtin(name, () => plain(object));
  if (name === 'item') return new Builtin(name, (inner, index) => plainItem(inner, object, index));
  const row = lookup(`ndarray.${name}`);
  if (row !== undefined) return new Builtin(name, (inner, args, keywords) => callRow(inner, row, [object, ...args], keywords));
  return real.has(name) ? run.unsupported(`ndarray.${name}`) : undefined;
}

/** `x.tolist()`: Python numbers in lists; differentiable ones keep their tape nodes. */
function plain(object: NDArray | Scalar): Value {
  if (object instanceof Scalar) return pythonNumber(object.value, object.id, object.dtype);
  const {buffer: {data, ids}, dtype, shape, strides} = object;
  const level = (axis: number, offset: number): Value => {
    if (axis === shape.length) return pythonNumber(data[offset], ids === null ? 0 : ids[offset], dtype);
    return new List(Array.from({length: shape[axis]}, (_, i) => level(axis + 1, offset + i * strides[axis])));
  };
  return level(0, object.offset);
}

function pythonNumber(value: number, id: number, dtype: DType): Value {
  if (dtype === 'bool') return value !== 0;
  return isFloat(dtype) ? float(value, id) : intOfFloat(value);
}

/** `x.item()` and `x.item(i, j)`. Raises ValueError for an array of several elements without an index. */
function plainItem(run: Run, object: NDArray | Scalar, index: readonly Value[]): Value {
  if (object instanceof Scalar) return plain(object);
  if (index.length > 0) {
    const flat = index.length === 1 && typeof index[0] === 'number' ? elementAt(run, object, positions(object)[index[0]]) : null;
    const element = flat ?? getItem(run, object, index.length === 1 ? index[0] : new Tuple(index));
    return element instanceof Scalar ? plain(element) : element;
  }
  if (object.size !== 1) throw new PyError('ValueError', 'can only convert an array of size 1 to a Python scalar');
  return plain(elementAt(run, object, positions(object)[0]));
}

function flatItems(run: Run, array: NDArray): readonly Value[] {
  const row = lookup('ndarray.ravel');
  return row === undefined ? [] : run.iterate(callRow(run, row, [array], null));
}

/** `x.shape = (2, 3)` and `x.flat = 0`. Raises AttributeError for anything else. */
export function setArrayAttribute(run: Run, array: NDArray, name: string, value: Value): void {
  if (name === 'shape') setShape(array, toShape(value));
  else if (name === 'flat') setItem(run, array, ELLIPSIS, value);
  else throw new PyError('AttributeError', `'numpy.ndarray' object has no attribute '${name}'`);
}
