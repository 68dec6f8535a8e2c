/**
 * Factorisations without a gradient: QR (Householder), SVD (one-sided Jacobi), eigenvalues of symmetric matrices (Jacobi),
 * and what is made of them: pinv, lstsq, matrix_rank. Differentiable arguments are unsupported, never silently constant.
 */
import type {Context} from './context.ts';
import type {NDArray} from './array.ts';
import {allocate, fromData, viewOf} from './array.ts';
import type {DType} from './dtype.ts';
import {PyError, UnsupportedError} from './errors.ts';
import {linearDType, matricesOf, requireMatrix, requireSquare, stacked} from './linalg.ts';
import type {Recorded} from './linalg.ts';
import {arrayOf} from './product-tensor.ts';
import {matmul} from './product.ts';
import {reduce} from './reduce.ts';
import {transpose} from './shape.ts';

/** Raises UnsupportedError when a gradient would be lost. */
export function requireConstant(context: Context, array: NDArray, construct: string): void {
  if (context.tape === null || array.buffer.ids === null) return;
  if (matricesOf(array.ndim < 2 ? viewOf(array, [1, array.size], [0, array.strides[0] ?? 0], array.offset) : array)
    .some(({ids}) => ids.some((id) => id !== 0))) throw new UnsupportedError(construct);
}

function constants(data: Float64Array): Recorded {
  return {data, ids: new Int32Array(data.length)};
}

/** The stack of results of `one` on every matrix; each result has `shape`. */
function each(
  context: Context, a: NDArray, shapes: readonly (readonly number[])[], dtype: DType, one: (data: Float64Array) => readonly Float64Array[],
): NDArray[] {
  const frame = a.shape.slice(0, -2);
  const results = matricesOf(a).map(({data}) => one(data));
  context.budget.spend(a.size * Math.min(a.shape[a.ndim - 1], a.shape[a.ndim - 2]) * 8);
  return shapes.map((shape, part) => stacked(context, results.map((result) => constants(result[part])), [...frame, ...shape], dtype));
}

/** `np.linalg.qr`: reduced factors q (m, k) and r (k, n) with LAPACK's signs, or (`complete`) q (m, m) and r (m, n). */
export function qr(context: Context, a: NDArray, complete: boolean): [NDArray, NDArray] {
  requireMatrix(a);
  requireConstant(context, a, 'np.linalg.qr');
  const m = a.shape[a.ndim - 2];
  const n = a.shape[a.ndim - 1];
  const k = complete ? m : Math.min(m, n);
  const [q, r] = each(context, a, [[m, k], [k, n]], linearDType(a.dtype), (data) => householder(data, m, n, k));
  return [q, r];
}

function householder(source: Float64Array, m: number, n: number, k: number): [Float64Array, Float64Array] {
  const r = source.slice();
  const reflections: {readonly v: Float64Array; readonly tau: number}[] = [];
  for (let j = 0; j < Math.min(m, n); j++) {
    let rest = 0;
    for (let i = j + 1; i < m; i++) rest += r[i * n + j] ** 2;
    const alpha = r[j * n + j];
    const v = new Float64Array(m);
    v[j] = 1;
    let tau = 0;
    if (rest > 0) {
      const beta = -Math.sign(alpha || 1) * Math.sqrt(alpha * alpha + rest);
      tau = (beta - alpha) / beta;
      for (let i = j + 1; i < m; i++) v[i] = r[i * n + j] / (alpha - beta);
    }
    reflections.push({v, tau});
    reflect(r, m, n, v, tau, j);
    for (let i = j + 1; i < m; i++) r[i * n + j] = 0;
  }
  const q = new Float64Array(m * k);
  for (let i = 0; i < k; i++) q[i * k + i] = 1;
  for (let j = reflections.length - 1; j >= 0; j--) reflect(q, m, k, reflections[j].v, reflections[j].tau, j);
  return [q, r.slice(0, k * n)];
}

/** matrix -= tau v (v' matrix), from row `from` on. */
function reflect(matrix: Float64Array, m: number, n: number, v: Float64Array, tau: number, from: number): void {
  if (tau === 0) return;
  for (let c = 0; c < n; c++) {
    let sum = 0;
    for (let i = from; i < m; i++) sum += v[i] * matrix[i * n + c];
    for (let i = from; i < m; i++) matrix[i * n + c] -= tau * v[i] * sum;
  }
}

/** Eigenvalues (rising) and eigenvectors (columns) of a symmetric matrix, by Jacobi rotations. Reads the lower triangle. */
export function eigh(context: Context, a: NDArray, upper: boolean): [NDArray, NDArray] {
  requireSquare(a);
  requireConstant(context, a, 'np.linalg.eigh');
  const n = a.shape[a.ndim - 1];
  const [values, vectors] = each(context, a, [[n], [n, n]], linearDType(a.dtype), (data) => jacobi(symmetric(data, n, upper), n));
  return [values, vectors];
}

function symmetric(data: Float64Array, n: number, upper: boolean): Float64Array {
  return data.map((_, at) => {
    const i = Math.floor(at / n);
    const j = at % n;
    return (upper ? j >= i : j <= i) ? data[at] : data[j * n + i];
  });
}

function jacobi(a: Float64Array, n: number): [Float64Array, Float64Array] {
  const v = new Float64Array(n * n);
  for (let k = 0; k < n; k++) v[k * n + k] = 1;
  for (let round = 0; round < 60; round++) {
    let off = 0;
    let total = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
      total += a[i * n + j] ** 2;
      if (i !== j) off += a[i * n + j] ** 2;
    }
    if (off <= 1e-34 * total) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  const order = Array.from({length: n}, (_, k) => k).sort((i, j) => a[i * n + i] - a[j * n + j]);
  return [
    Float64Array.from(order, (k) => a[k * n + k]),
    Float64Array.from({length: n * n}, (_, at) => v[Math.floor(at / n) * n + order[at % n]]),
  ];
}

/** One Jacobi rotation that makes a[p, q] zero. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const off = a[p * n + q];
  if (off === 0) return;
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * off);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, c, s);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, c, s);
  for (let k = 0; k < n; k++) turn(v, k * n + p, k * n + q, c, s);
}

function turn(data: Float64Array, i: number, j: number, c: number, s: number): void {
  const x = data[i];
  const y = data[j];
  data[i] = c * x - s * y;
  data[j] = s * x + c * y;
}

/** Singular values (falling) and, when asked for, u (m, m or k) and vh (n or k, n). */
export function svd(context: Context, a: NDArray, full: boolean): {u: NDArray; s: NDArray; vh: NDArray} {
  requireMatrix(a);
  requireConstant(context, a, 'np.linalg.svd');
  const m = a.shape[a.ndim - 2];
  const n = a.shape[a.ndim - 1];
  const k = Math.min(m, n);
  const shapes = [[m, full ? m : k], [k], [full ? n : k, n]];
  const [u, s, vh] = each(context, a, shapes, linearDType(a.dtype), (data) => {
    if (m >= n) return factors(data, m, n, full);
    const [left, values, right] = factors(turned(data, m, n), n, m, full);
    return [turned(right, k, m), values, turned(left, n, full ? n : k)];
  });
  return {u, s, vh};
}

/** The transpose of a matrix of `rows` by `columns`. */
function turned(data: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from({length: rows * columns}, (_, at) => data[(at % rows) * columns + Math.floor(at / rows)]);
}

/** u, s and vh of a tall matrix (m at least n), by one-sided Jacobi rotations of its columns. */
function factors(source: Float64Array, m: number, n: number, full: boolean): Float64Array[] {
  const a = source.slice();
  const v = new Float64Array(n * n);
  for (let k = 0; k < n; k++) v[k * n + k] = 1;
  for (let round = 0; round < 60; round++) {
    let rotated = false;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) if (orthogonalize(a, v, m, n, p, q)) rotated = true;
    if (!rotated) break;
  }
  const norms = Array.from({length: n}, (_, c) => {
    let sum = 0;
    for (let i = 0; i < m; i++) sum += a[i * n + c] ** 2;
    return Math.sqrt(sum);
  });
  const order = norms.map((_, c) => c).sort((i, j) => norms[j] - norms[i]);
  const width = full ? m : n;
  const u = new Float64Array(m * width);
  order.forEach((c, to) => {
    for (let i = 0; i < m; i++) u[i * width + to] = norms[c] === 0 ? 0 : a[i * n + c] / norms[c];
  });
  const rank = norms.filter((norm) => norm > 0).length;
  complete(u, m, width, rank);
  const vh = Float64Array.from({length: n * n}, (_, at) => v[(at % n) * n + order[Math.floor(at / n)]]);
  return [u, Float64Array.from(order, (c) => norms[c]), vh];
}

/** Rotates columns p and q until they are orthogonal. False when they were. */
function orthogonalize(a: Float64Array, v: Float64Array, m: number, n: number, p: number, q: number): boolean {
  let alpha = 0;
  let beta = 0;
  let gamma = 0;
  for (let i = 0; i < m; i++) {
    alpha += a[i * n + p] ** 2;
    beta += a[i * n + q] ** 2;
    gamma += a[i * n + p] * a[i * n + q];
  }
  if (gamma === 0 || Math.abs(gamma) <= 1e-16 * Math.sqrt(alpha * beta)) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = c * t;
  for (let i = 0; i < m; i++) turn(a, i * n + p, i * n + q, c, s);
  for (let i = 0; i < n; i++) turn(v, i * n + p, i * n + q, c, s);
  return true;
}

/** Fills the columns from `from` on with unit vectors orthogonal to all before them. */
function complete(u: Float64Array, m: number, width: number, from: number): void {
  for (let c = from; c < width; c++) {
    for (let trial = 0; trial < m; trial++) {
      const column = new Float64Array(m);
      column[trial] = 1;
      for (let pass = 0; pass < 2; pass++) {
        for (let before = 0; before < c; before++) {
          let sum = 0;
          for (let i = 0; i < m; i++) sum += column[i] * u[i * width + before];
          for (let i = 0; i < m; i++) column[i] -= sum * u[i * width + before];
        }
      }
      const norm = Math.sqrt(column.reduce((sum, x) => sum + x * x, 0));
      if (norm < 0.5 / Math.sqrt(m)) continue;
      for (let i = 0; i < m; i++) u[i * width + c] = column[i] / norm;
      break;
    }
  }
}

/** `np.linalg.pinv` of one matrix: singular values below `cutoff` times the largest count as 0. */
export function pseudoInverse(context: Context, a: NDArray, cutoff: number): NDArray {
  requireMatrix(a);
  requireConstant(context, a, 'np.linalg.pinv');
  if (a.ndim > 2) throw new UnsupportedError('np.linalg.pinv of a stack');
  const {u, s, vh} = svd(context, a, false);
  const values = s.buffer.data;
  const limit = cutoff * Math.max(0, ...values);
  const k = values.length;
  const scaled = allocate(context, [k, u.shape[0]], u.dtype);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < u.shape[0]; j++) scaled.buffer.data[i * u.shape[0] + j] = values[i] > limit ? u.buffer.data[j * k + i] / values[i] : 0;
  }
  return arrayOf(context, matmul(context, transpose(vh), scaled));
}

/** How many singular values are above `tolerance`, or above NumPy's own when null. */
export function matrixRank(context: Context, a: NDArray, tolerance: number | null): number {
  if (a.ndim < 2) return Array.from(a.buffer.data).some((value) => value !== 0) ? 1 : 0;
  const {s} = svd(context, a, false);
  const values = s.buffer.data;
  const eps = s.dtype === 'float32' ? 2 ** -23 : 2 ** -52;
  const limit = tolerance ?? Math.max(0, ...values) * Math.max(a.shape[0], a.shape[1]) * eps;
  return values.filter((value) => value > limit).length;
}

/** `np.linalg.lstsq(a, b)`: solution, sums of squared residuals, rank, singular values. */
export function leastSquares(context: Context, a: NDArray, b: NDArray, cutoff: number | null): [NDArray, NDArray, number, NDArray] {
  if (a.ndim !== 2) throw new PyError('LinAlgError', `${a.ndim}-dimensional array given. Array must be two-dimensional`);
  requireConstant(context, b, 'np.linalg.lstsq');
  requireConstant(context, a, 'np.linalg.lstsq');
  const [m, n] = a.shape;
  if (b.shape[0] !== m) throw new PyError('LinAlgError', 'Incompatible dimensions');
  const limit = cutoff ?? Math.max(m, n) * 2 ** -52;
  const {s} = svd(context, a, false);
  const largest = Math.max(0, ...s.buffer.data);
  const rank = s.buffer.data.filter((value) => value > limit * largest).length;
  const x = arrayOf(context, matmul(context, pseudoInverse(context, a, limit), b));
  if (rank < n || m <= n) return [x, allocate(context, [0], x.dtype), rank, s];
  const fitted = arrayOf(context, matmul(context, a, x));
  const squares = fromData(fitted.buffer.data.map((value, k) => {
    const row = Math.floor(k / (b.ndim === 1 ? 1 : b.shape[1]));
    const column = b.ndim === 1 ? 0 : k % b.shape[1];
    return (value - b.buffer.data[b.offset + row * b.strides[0] + column * (b.ndim === 1 ? 0 : b.strides[1])]) ** 2;
  }), fitted.shape, x.dtype);
  const sums = reduce(context, 'sum', squares, {axis: 0, keepdims: b.ndim === 1});
  return [x, arrayOf(context, sums), rank, s];
}
