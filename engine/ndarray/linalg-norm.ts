/**
 * `np.linalg.norm`: vector and matrix norms over one axis, two axes or everything, made of recorded arithmetic.
 */
import type {Context} from './context.ts';
import type {NDArray} from './array.ts';
import {normalizeAxis} from './broadcast.ts';
import {asArray, scalarIfZeroD} from './cast.ts';
import {compare} from './compare.ts';
import {isFloat} from './dtype.ts';
import {binary} from './elementwise.ts';
import {PyError} from './errors.ts';
import {requireConstant, svd} from './linalg-factor.ts';
import {reduce} from './reduce.ts';
import type {ReduceName} from './reduce.ts';
import {float} from './scalar.ts';
import type {Scalar} from './scalar.ts';
import {arrayOf} from './product-tensor.ts';
import {expandDims, moveAxis, ravel, reshape} from './shape.ts';
import {unary} from './unary.ts';

/** Which norm: a number (also infinite), a name, or null for the 2-norm of all numbers. */
export type NormOrder = number | string | null;

/** `np.linalg.norm(x, ord, axis, keepdims)`. */
export function norm(context: Context, x: NDArray, order: NormOrder, axes: readonly number[] | null, keepdims: boolean): NDArray | Scalar {
  const array = isFloat(x.dtype) ? x : asArray(context, x, 'float64');
  if (axes === null && (order === null || (order === 'fro' && array.ndim === 2) || (order === 2 && array.ndim === 1))) {
    const flat = rootOfSquares(context, ravel(context, array), 0, false);
    return keepdims ? scalarIfZeroD(reshape(context, arrayOf(context, flat), array.shape.map(() => 1))) : flat;
  }
  const along = axes ?? array.shape.map((_, axis) => axis);
  if (axes !== null && typeof order !== 'string') for (const axis of axes) normalizeAxis(axis, array.ndim);
  if (along.length === 1) return vectorNorm(context, array, order, along[0], keepdims);
  if (along.length === 2) {
    const [row, column] = along.map((axis) => normalizeAxis(axis, array.ndim));
    if (row === column) throw new PyError('ValueError', 'Duplicate axes given.');
    return matrixNorm(context, array, order, row, column, keepdims);
  }
  throw new PyError('ValueError', 'Improper number of dimensions to norm.');
}

function rootOfSquares(context: Context, x: NDArray, axis: number | readonly number[], keepdims: boolean): NDArray | Scalar {
  const squares = binary(context, 'multiply', x, x);
  return unary(context, 'sqrt', reduce(context, 'sum', squares, {axis, keepdims}));
}

function vectorNorm(context: Context, x: NDArray, order: NormOrder, axis: number, keepdims: boolean): NDArray | Scalar {
  if (order === null || order === 2) return rootOfSquares(context, x, axis, keepdims);
  if (typeof order === 'string') throw new PyError('ValueError', `Invalid norm order '${order}' for vectors`);
  if (order === 0) {
    const nonzero = compare(context, '!=', x, float(0));
    return reduce(context, 'sum', asArray(context, nonzero, x.dtype), {axis, keepdims});
  }
  const sizes = unary(context, 'absolute', x);
  if (order === Infinity) return reduce(context, 'max', sizes, {axis, keepdims});
  if (order === -Infinity) return reduce(context, 'min', sizes, {axis, keepdims});
  if (order === 1) return reduce(context, 'sum', sizes, {axis, keepdims});
  const powers = binary(context, 'power', sizes, float(order));
  return binary(context, 'power', reduce(context, 'sum', powers, {axis, keepdims}), float(1 / order));
}

function matrixNorm(context: Context, x: NDArray, order: NormOrder, row: number, column: number, keepdims: boolean): NDArray | Scalar {
  if (order === null || order === 'fro') return rootOfSquares(context, x, [row, column], keepdims);
  const both = (first: ReduceName, axis: number, second: ReduceName, other: number): NDArray | Scalar => {
    const inner = reduce(context, first, unary(context, 'absolute', x), {axis, keepdims: true});
    const outer = reduce(context, second, inner, {axis: other, keepdims: true});
    return keepdims ? outer : reduce(context, 'sum', outer, {axis: [row, column]});
  };
  switch (order) {
    case 1: return both('sum', row, 'max', column);
    case -1: return both('sum', row, 'min', column);
    case Infinity: return both('sum', column, 'max', row);
    case -Infinity: return both('sum', column, 'min', row);
    case 2: case -2: case 'nuc': {
      requireConstant(context, x, 'np.linalg.norm by singular values');
      const {s} = svd(context, moveAxis(x, [row, column], [-2, -1]), false);
      const result = reduce(context, order === 2 ? 'max' : order === -2 ? 'min' : 'sum', s, {axis: -1});
      return keepdims ? expandDims(arrayOf(context, result), [row, column]) : result;
    }
    default: throw new PyError('ValueError', 'Invalid norm order for matrices.');
  }
}
