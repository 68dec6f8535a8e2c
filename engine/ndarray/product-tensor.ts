/**
 * Products that are not one matrix product: outer, kron, cross, tensordot, multi_dot, trace, and diagonals.
 */
import type {Context} from './context.ts';
import {NDArray, allocate, viewOf} from './array.ts';
import {broadcastTwo, normalizeAxis} from './broadcast.ts';
import {scalarIfZeroD} from './cast.ts';
import {contract} from './einsum.ts';
import {binary} from './elementwise.ts';
import {PyError} from './errors.ts';
import {assign} from './index-write.ts';
import {matmul} from './product.ts';
import type {Scalar} from './scalar.ts';
import {broadcastTo, moveAxis, ravel, reshape} from './shape.ts';

function multiply(context: Context, a: NDArray, b: NDArray): NDArray {
  return arrayOf(context, binary(context, 'multiply', a, b));
}

/** A result that must be an array: a NumPy scalar becomes 0-d under the same node. */
export function arrayOf(context: Context, result: NDArray | Scalar): NDArray {
  if (result instanceof NDArray) return result;
  const out = allocate(context, [], result.dtype);
  out.buffer.data[0] = result.value;
  if (result.id !== 0) out.buffer.idsForWrite()[0] = result.id;
  return out;
}

/** `np.outer`: both flattened, shape (n, m). */
export function outer(context: Context, a: NDArray, b: NDArray): NDArray {
  const rows = reshape(context, ravel(context, a), [a.size, 1]);
  return multiply(context, rows, reshape(context, ravel(context, b), [1, b.size]));
}

/** `np.kron`. */
export function kron(context: Context, a: NDArray, b: NDArray): NDArray {
  const ndim = Math.max(a.ndim, b.ndim);
  const shapeA = [...new Array<number>(ndim - a.ndim).fill(1), ...a.shape];
  const shapeB = [...new Array<number>(ndim - b.ndim).fill(1), ...b.shape];
  const left = reshape(context, a, shapeA.flatMap((n) => [n, 1]));
  const right = reshape(context, b, shapeB.flatMap((n) => [1, n]));
  return reshape(context, multiply(context, left, right), shapeA.map((n, axis) => n * shapeB[axis]));
}

/** `np.tensordot` over the axes `axesA` of `a` and `axesB` of `b`, pairwise. */
export function tensordot(context: Context, a: NDArray, b: NDArray, axesA: readonly number[], axesB: readonly number[]): NDArray {
  const fail = (): PyError => new PyError('ValueError', 'shape-mismatch for sum');
  if (axesA.length !== axesB.length) throw fail();
  const from = axesA.map((axis) => normalTensorAxis(axis, a));
  const to = axesB.map((axis) => normalTensorAxis(axis, b));
  from.forEach((axis, k) => {
    if (a.shape[axis] !== b.shape[to[k]]) throw fail();
  });
  const labelsA = a.shape.map((_, axis) => `a${axis}`);
  const labelsB = b.shape.map((_, axis) => to.includes(axis) ? labelsA[from[to.indexOf(axis)]] : `b${axis}`);
  const output = [
    ...labelsA.filter((_, axis) => !from.includes(axis)),
    ...labelsB.filter((_, axis) => !to.includes(axis)),
  ];
  return contract(context, [{array: a, labels: labelsA}, {array: b, labels: labelsB}], output);
}

function normalTensorAxis(axis: number, array: NDArray): number {
  if (axis < -array.ndim || axis >= array.ndim) throw new PyError('IndexError', 'tuple index out of range');
  return axis < 0 ? axis + array.ndim : axis;
}

/** `np.cross` over vectors of 3 (or 2) along `axisA` and `axisB`; the result's vectors lie along `axisC`. */
export function cross(context: Context, a: NDArray, b: NDArray, axisA: number, axisB: number, axisC: number): NDArray | Scalar {
  const left = moveAxis(a, [axisA], [-1]);
  const right = moveAxis(b, [axisB], [-1]);
  const n = left.shape[left.ndim - 1];
  const m = right.shape[right.ndim - 1];
  if ((n !== 2 && n !== 3) || (m !== 2 && m !== 3)) {
    throw new PyError('ValueError', 'incompatible dimensions for cross product\n(dimension must be 2 or 3)');
  }
  const x = (array: NDArray, k: number): NDArray => {
    const last = array.ndim - 1;
    return viewOf(array, array.shape.slice(0, last), array.strides.slice(0, last), array.offset + k * array.strides[last]);
  };
  const product = (i: number, j: number): NDArray => multiply(context, x(left, i), x(right, j));
  const difference = (p: NDArray, q: NDArray): NDArray => arrayOf(context, binary(context, 'subtract', p, q));
  const minor = (i: number, j: number): NDArray => difference(product(i, j), product(j, i));
  if (n === 2 && m === 2) return scalarIfZeroD(minor(0, 1));
  const negative = (p: NDArray): NDArray => arrayOf(context, binary(context, 'multiply', p, -1));
  const first = n === 3 && m === 3 ? minor(1, 2) : n === 3 ? negative(product(2, 1)) : product(1, 2);
  const second = n === 3 && m === 3 ? minor(2, 0) : n === 3 ? product(2, 0) : negative(product(0, 2));
  const parts = [first, second, minor(0, 1)];
  const stack = broadcastTwo(parts[0].shape, parts[2].shape) ?? parts[0].shape;
  const out = allocate(context, [...stack, 3], first.dtype);
  parts.forEach((part, k) => {
    assign(context, x(out, k), broadcastTo(part, stack));
  });
  return moveAxis(out, [-1], [axisC]);
}

/** `np.linalg.multi_dot`: the product of several matrices, left to right. */
export function multiDot(context: Context, arrays: readonly NDArray[]): NDArray | Scalar {
  if (arrays.length < 2) throw new PyError('ValueError', 'Expecting at least two arrays.');
  return scalarIfZeroD(arrays.reduce((product, next) => arrayOf(context, matmul(context, product, next))));
}

/** A read-only view of the diagonals of the planes of two axes, along a new last axis. */
export function diagonal(array: NDArray, shift: number, axis1: number, axis2: number): NDArray {
  if (array.ndim < 2) throw new PyError('ValueError', 'diag requires an array of at least two dimensions');
  const first = normalizeAxis(axis1, array.ndim);
  const second = normalizeAxis(axis2, array.ndim);
  if (first === second) throw new PyError('ValueError', 'axis1 and axis2 cannot be the same');
  const rows = array.shape[first];
  const columns = array.shape[second];
  const length = Math.max(0, shift >= 0 ? Math.min(rows, columns - shift) : Math.min(rows + shift, columns));
  const start = length === 0 ? 0 : shift >= 0 ? shift * array.strides[second] : -shift * array.strides[first];
  const keep = array.shape.map((_, axis) => axis).filter((axis) => axis !== first && axis !== second);
  return new NDArray(
    array.buffer, array.dtype,
    [...keep.map((axis) => array.shape[axis]), length],
    [...keep.map((axis) => array.strides[axis]), array.strides[first] + array.strides[second]],
    array.offset + start, array, false,
  );
}

/** `np.diag`: the diagonal of a matrix (a read-only view), or a matrix with `array` on a diagonal. */
export function diag(context: Context, array: NDArray, shift: number): NDArray {
  if (array.ndim === 2) return diagonal(array, shift, 0, 1);
  if (array.ndim !== 1) throw new PyError('ValueError', 'Input must be 1- or 2-d.');
  const n = array.size + Math.abs(shift);
  const out = allocate(context, [n, n], array.dtype);
  const start = shift >= 0 ? shift : -shift * n;
  assign(context, viewOf(out, [array.size], [n + 1], array.size === 0 ? 0 : start), array);
  return out;
}

/** `np.trace`: the sum of a diagonal. */
export function trace(context: Context, array: NDArray, shift: number, axis1: number, axis2: number): NDArray | Scalar {
  const line = diagonal(array, shift, axis1, axis2);
  const labels = line.shape.map((_, axis) => `t${axis}`);
  return scalarIfZeroD(contract(context, [{array: line, labels}], labels.slice(0, -1)));
}
