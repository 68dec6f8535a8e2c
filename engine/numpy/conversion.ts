/**
 * From arrays to Python's own numbers and lists, and the names that mean nothing for real numbers (`np.conj`, `np.real`).
 */
import type {Context} from '../ndarray/context.ts';
import type {DType} from '../ndarray/dtype.ts';
import {isFloat} from '../ndarray/dtype.ts';
import type {NDArray} from '../ndarray/array.ts';
import {allocate, elementIds, elements, positions, viewOf} from '../ndarray/array.ts';
import {scalarIfZeroD} from '../ndarray/cast.ts';
import {binary} from '../ndarray/elementwise.ts';
import {PyError, UnsupportedError} from '../ndarray/errors.ts';
import {unary} from '../ndarray/unary.ts';
import {float, Scalar} from '../ndarray/scalar.ts';
import {List, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toArray, toDType, toInt, toOperand, toOut} from './arguments.ts';
import type {Row} from './row.ts';

/** An element as a Python number. A whole number with a tape node stays traceable. */
export function pythonNumber(value: number, id: number, dtype: DType): Value {
  if (dtype === 'bool') return value !== 0;
  if (isFloat(dtype)) return float(value, id);
  if (id !== 0) return new Scalar(value, id, 'int64', true);
  return Number.isSafeInteger(value) ? value : BigInt(value);
}

/** `a.tolist()`: nested lists of Python numbers with tape entries of their own; a 0-d array gives its number. */
function toList(context: Context, array: NDArray): Value {
  context.budget.spend(array.size);
  const values = elements(array);
  const ids = elementIds(array);
  let next = 0;
  const nested = (axis: number): Value => {
    if (axis === array.ndim) {
      const id = ids[next] !== 0 && context.tape !== null ? context.tape.identity(ids[next], values[next]) : 0;
      return pythonNumber(values[next++], id, array.dtype);
    }
    return new List(Array.from({length: array.shape[axis]}, () => nested(axis + 1)));
  };
  return nested(0);
}

/** The buffer position of `a.item(*index)`. */
function placeOf(array: NDArray, index: readonly Value[]): number {
  const given = index.length === 1 && index[0] instanceof Tuple ? index[0].items : index;
  if (given.length === 0) {
    if (array.size !== 1) throw new PyError('ValueError', 'can only convert an array of size 1 to a Python scalar');
    return array.offset;
  }
  const wanted = given.map(toInt);
  if (wanted.length === 1) {
    const [at] = wanted;
    const flat = at < 0 ? at + array.size : at;
    if (flat < 0 || flat >= array.size) throw new PyError('IndexError', `index ${at} is out of bounds for size ${array.size}`);
    return positions(array)[flat];
  }
  if (wanted.length !== array.ndim) throw new PyError('ValueError', 'incorrect number of indices for array');
  let place = array.offset;
  wanted.forEach((at, axis) => {
    const n = array.shape[axis];
    if (at < -n || at >= n) throw new PyError('IndexError', `index ${at} is out of bounds for axis ${axis} with size ${n}`);
    place += (at < 0 ? at + n : at) * array.strides[axis];
  });
  return place;
}

/** The rows of this file. */
export const conversion: readonly Row[] = [
  {
    names: ['ndarray.item'],
    signature: 'a, /, *args',
    call: (context, [a, args]) => {
      const array = toArray(context, a);
      const at = placeOf(array, (args as Tuple).items);
      return pythonNumber(array.buffer.data[at], a instanceof Scalar ? a.id : array.buffer.ids?.[at] ?? 0, array.dtype);
    },
  },
  {
    names: ['ndarray.tolist'],
    signature: 'a, /',
    call: (context, [a]) => (a instanceof Scalar ? pythonNumber(a.value, a.id, a.dtype) : toList(context, toArray(context, a))),
  },
  {
    names: ['ndarray.view'],
    signature: 'a, dtype=None, type=None',
    call: (context, [a, dtype]) => {
      const array = toArray(context, a);
      const to = toDType(dtype);
      if (to !== null && to !== array.dtype) throw new UnsupportedError('ndarray.view with another dtype');
      return viewOf(array, array.shape, array.strides, array.offset);
    },
  },
  {
    names: ['np.conj', 'np.conjugate'],
    signature: 'x, /, out=None',
    call: (context, [x, out]) => unary(context, 'positive', toOperand(context, x), toOut(out)),
  },
  {names: ['ndarray.conj', 'ndarray.conjugate'], signature: 'a, /', call: (_context, [a]) => a},
  {names: ['np.real'], signature: 'val', call: (context, [value]) => (value instanceof Scalar ? value : toArray(context, value))},
  {
    names: ['np.imag'],
    signature: 'val',
    call: (context, [value]) => {
      const array = toArray(context, value);
      const zeros = allocate(context, array.shape, array.dtype);
      return value instanceof Scalar ? scalarIfZeroD(zeros) : zeros;
    },
  },
  {
    names: ['np.divmod'],
    signature: 'x1, x2, /',
    call: (context, [x1, x2]) => {
      const a = toOperand(context, x1);
      const b = toOperand(context, x2);
      return new Tuple([binary(context, 'floor_divide', a, b), binary(context, 'remainder', a, b)]);
    },
  },
];
