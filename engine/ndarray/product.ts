/**
 * Matrix products: one Dot entry per output element, computed in loops over offsets and strides.
 * `dot`, `matmul`, `inner`, `vdot`; contractions over several axes are in product-tensor.ts.
 */
import {Op} from '../tape/tape.ts';
import type {Tape} from '../tape/tape.ts';
import type {Context} from './context.ts';
import type {NDArray} from './array.ts';
import {allocate, positions, viewOf} from './array.ts';
import {broadcastStrides, broadcastTwo, shapeText} from './broadcast.ts';
import {roundAll, scalarIfZeroD} from './cast.ts';
import {promote} from './dtype.ts';
import {binary} from './elementwise.ts';
import {PyError} from './errors.ts';
import type {Scalar} from './scalar.ts';
import {ravel, swapAxes} from './shape.ts';

/** `a @ b`. Raises NumPy's ValueError when the inner dimensions differ or an operand is 0-d. */
export function matmul(context: Context, a: NDArray, b: NDArray): NDArray | Scalar {
  if (a.ndim === 2 && b.ndim === 2) {
    if (a.shape[1] !== b.shape[0]) throw coreMismatch(a.shape[1], b.shape[0]);
    return multiply2d(context, a, b);
  }
  if (a.ndim === 0 || b.ndim === 0) {
    const which = a.ndim === 0 ? 0 : 1;
    throw new PyError('ValueError', `matmul: Input operand ${which} does not have enough dimensions (has 0, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)`);
  }
  const left = a.ndim === 1 ? viewOf(a, [1, a.shape[0]], [0, a.strides[0]], a.offset) : a;
  const right = b.ndim === 1 ? viewOf(b, [b.shape[0], 1], [b.strides[0], 0], b.offset) : b;
  const n = left.shape[left.ndim - 2];
  const k = left.shape[left.ndim - 1];
  const m = right.shape[right.ndim - 1];
  if (k !== right.shape[right.ndim - 2]) throw coreMismatch(k, right.shape[right.ndim - 2]);
  const leftStack = outer(left);
  const rightStack = outer(right);
  const stack = broadcastTwo(leftStack.shape, rightStack.shape);
  if (stack === null) {
    throw new PyError('ValueError', `operands could not be broadcast together with remapped shapes [original->remapped]: ${shapeText(a.shape)}->${remapped(a)} ${shapeText(b.shape)}->${remapped(b)}  and requested shape ${shapeText([n, m])}`);
  }
  const core = [...(a.ndim === 1 ? [] : [n]), ...(b.ndim === 1 ? [] : [m])];
  const out = allocate(context, [...stack, ...core], promote(a.dtype, b.dtype));
  const startsA = positions({shape: stack, strides: broadcastStrides(leftStack, stack), offset: left.offset});
  const startsB = positions({shape: stack, strides: broadcastStrides(rightStack, stack), offset: right.offset});
  const al = left.ndim;
  const bl = right.ndim;
  for (let s = 0; s < startsA.length; s++) {
    block(context, out, s * n * m, left, startsA[s], n, left.strides[al - 2], right, startsB[s], m, right.strides[bl - 1], k,
      left.strides[al - 1], right.strides[bl - 2]);
  }
  roundAll(context, out.dtype, out.buffer.data);
  return scalarIfZeroD(out);
}

/** `np.dot(a, b)`: the sum over the last axis of `a` and the second to last of `b`; a product when one is 0-d. */
export function dot(context: Context, a: NDArray, b: NDArray): NDArray | Scalar {
  if (a.ndim === 0 || b.ndim === 0) return binary(context, 'multiply', a, b);
  if (a.ndim === 2 && b.ndim === 2) {
    if (a.shape[1] !== b.shape[0]) throw notAligned(a, b, 1, 0);
    return multiply2d(context, a, b);
  }
  const axisB = Math.max(0, b.ndim - 2);
  return contractLast(context, a, b, axisB, () => notAligned(a, b, a.ndim - 1, axisB));
}

/** `np.inner(a, b)`: the sum over both last axes. */
export function inner(context: Context, a: NDArray, b: NDArray): NDArray | Scalar {
  if (a.ndim === 0 || b.ndim === 0) return binary(context, 'multiply', a, b);
  const axisB = b.ndim - 1;
  return contractLast(context, a, b, axisB, () => {
    const turned = b.ndim < 2 ? b : swapAxes(b, -1, -2);
    return notAligned(a, turned, a.ndim - 1, Math.max(0, turned.ndim - 2));
  });
}

/** `np.vdot(a, b)`: both flattened. */
export function vdot(context: Context, a: NDArray, b: NDArray): NDArray | Scalar {
  if (a.size !== b.size) throw new PyError('ValueError', 'cannot reshape array of size ' + `${b.size} into shape ${shapeText([a.size])}`);
  return dot(context, ravel(context, a), ravel(context, b));
}

/** Sums over the last axis of `a` and `axisB` of `b`; the result has the other axes of `a`, then those of `b`. */
function contractLast(context: Context, a: NDArray, b: NDArray, axisB: number, mismatch: () => PyError): NDArray | Scalar {
  const axisA = a.ndim - 1;
  const k = a.shape[axisA];
  if (k !== b.shape[axisB]) throw mismatch();
  const without = (list: readonly number[], axis: number): number[] => list.filter((_, each) => each !== axis);
  const shapeA = without(a.shape, axisA);
  const shapeB = without(b.shape, axisB);
  const startsA = positions({shape: shapeA, strides: without(a.strides, axisA), offset: a.offset});
  const startsB = positions({shape: shapeB, strides: without(b.strides, axisB), offset: b.offset});
  const out = allocate(context, [...shapeA, ...shapeB], promote(a.dtype, b.dtype));
  sumProducts(context, out, a, startsA, b, startsB, k, a.strides[axisA], b.strides[axisB]);
  return scalarIfZeroD(out);
}

/**
 * out[i, j] = sum over k of a[startsA[i] + k * stepA] * b[startsB[j] + k * stepB], rounded to the dtype of `out`,
 * which must be fresh and in C order.
 */
export function sumProducts(
  context: Context, out: NDArray, a: NDArray, startsA: Int32Array, b: NDArray, startsB: Int32Array,
  n: number, stepA: number, stepB: number,
): void {
  let at = 0;
  for (const startA of startsA) {
    for (const startB of startsB) {
      block(context, out, at, a, startA, 1, 0, b, startB, 1, 0, n, stepA, stepB);
      at++;
    }
  }
  roundAll(context, out.dtype, out.buffer.data);
}

/** The product of two matrices whose inner dimensions agree. */
function multiply2d(context: Context, a: NDArray, b: NDArray): NDArray {
  const [n, k] = a.shape;
  const m = b.shape[1];
  const out = allocate(context, [n, m], promote(a.dtype, b.dtype));
  block(context, out, 0, a, a.offset, n, a.strides[0], b, b.offset, m, b.strides[1], k, a.strides[1], b.strides[0]);
  roundAll(context, out.dtype, out.buffer.data);
  return out;
}

/** out[at + i * m + j] = sum over k of a[startA + i * rowA + k * stepA] * b[startB + j * columnB + k * stepB]. */
function block(
  context: Context, out: NDArray, at: number,
  a: NDArray, startA: number, n: number, rowA: number,
  b: NDArray, startB: number, m: number, columnB: number,
  k: number, stepA: number, stepB: number,
): void {
  context.budget.spend(n * m + ((n * m * k) >> 2));
  const x = a.buffer.data;
  const y = b.buffer.data;
  const to = out.buffer.data;
  let place = at;
  for (let i = 0, p = startA; i < n; i++, p += rowA) {
    for (let j = 0, q = startB; j < m; j++, q += columnB) {
      let sum = 0;
      for (let s = 0, u = p, v = q; s < k; s++, u += stepA, v += stepB) sum += x[u] * y[v];
      to[place++] = sum;
    }
  }
  const {tape} = context;
  if (tape === null || (a.buffer.ids === null && b.buffer.ids === null)) return;
  const ids = out.buffer.idsForWrite();
  const start = tape.reserve(2 * k * n * m);
  tape.poolLength = start;
  place = at;
  for (let i = 0, p = startA; i < n; i++, p += rowA) {
    for (let j = 0, q = startB; j < m; j++, q += columnB, place++) {
      ids[place] = dotEntry(tape, to[place], a, p, stepA, b, q, stepB, k);
    }
  }
}

/** Appends the entry of one dot product; 0 when all of it is constant. The pool must have room already. */
function dotEntry(
  tape: Tape, value: number, a: NDArray, p: number, stepA: number, b: NDArray, q: number, stepB: number, k: number,
): number {
  const x = a.buffer.data;
  const y = b.buffer.data;
  const xs = a.buffer.ids;
  const ys = b.buffer.ids;
  const {pool, poolPartial} = tape;
  const start = tape.poolLength;
  let any = 0;
  for (let s = 0, at = start; s < k; s++, p += stepA, q += stepB, at += 2) {
    const u = xs === null ? 0 : xs[p];
    const v = ys === null ? 0 : ys[q];
    any |= u | v;
    pool[at] = u;
    poolPartial[at] = y[q];
    pool[at + 1] = v;
    poolPartial[at + 1] = x[p];
  }
  if (any === 0) return 0;
  tape.poolLength = start + 2 * k;
  return tape.nary(Op.Dot, start, value);
}

/** The axes before the last two. */
function outer(array: NDArray): NDArray {
  return viewOf(array, array.shape.slice(0, -2), array.strides.slice(0, -2), array.offset);
}

function remapped(array: NDArray): string {
  const stack = array.shape.slice(0, -2).map(String);
  return `(${[...stack, 'newaxis', 'newaxis'].join(',')})`;
}

function coreMismatch(left: number, right: number): PyError {
  return new PyError('ValueError', `matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size ${right} is different from ${left})`);
}

function notAligned(a: NDArray, b: NDArray, axisA: number, axisB: number): PyError {
  return new PyError('ValueError', `shapes ${shapeText(a.shape)} and ${shapeText(b.shape)} not aligned: ${a.shape[axisA]} (dim ${axisA}) != ${b.shape[axisB]} (dim ${axisB})`);
}
