/**
 * Linear algebra that has a gradient: solve, inv, det, slogdet, cholesky, matrix_power.
 * Each is run in scalar arithmetic that records every step, so that none needs a derivative rule of its own.
 */
import {Op} from '../tape/tape.ts';
import type {Tape} from '../tape/tape.ts';
import type {Context} from './context.ts';
import type {NDArray} from './array.ts';
import {allocate, elementIds, elements, viewOf} from './array.ts';
import {broadcastTwo, shapeText} from './broadcast.ts';
import {copy, roundAll, scalarIfZeroD} from './cast.ts';
import {isFloat, promote} from './dtype.ts';
import type {DType} from './dtype.ts';
import {PyError} from './errors.ts';
import {arrayOf} from './product-tensor.ts';
import {matmul} from './product.ts';
import type {Scalar} from './scalar.ts';
import {broadcastTo} from './shape.ts';

/** Numbers of one matrix (row after row) with their nodes. */
export interface Recorded {
  readonly data: Float64Array;
  readonly ids: Int32Array;
}

/** Scalar arithmetic that records: each operation returns the value and leaves its node in {@link id}. */
class Arithmetic {
  id = 0;
  constructor(private readonly tape: Tape | null) {}

  multiply(x: number, a: number, y: number, b: number): number {
    return this.record(Op.Mul, a, b, x * y, y, x);
  }

  divide(x: number, a: number, y: number, b: number): number {
    const r = x / y;
    return this.record(Op.Div, a, b, r, 1 / y, -r / y);
  }

  subtract(x: number, a: number, y: number, b: number): number {
    return this.record(Op.Sub, a, b, x - y, 1, -1);
  }

  add(x: number, a: number, y: number, b: number): number {
    return this.record(Op.Add, a, b, x + y, 1, 1);
  }

  squareRoot(x: number, a: number): number {
    const r = Math.sqrt(x);
    return this.record(Op.Sqrt, a, 0, r, 0.5 / r, 0);
  }

  /** log |x| */
  logarithm(x: number, a: number): number {
    return this.record(Op.Log, a, 0, Math.log(Math.abs(x)), 1 / x, 0);
  }

  negate(x: number, a: number): number {
    return this.record(Op.Neg, a, 0, -x, -1, 0);
  }

  private record(op: Op, a: number, b: number, value: number, da: number, db: number): number {
    this.id = this.tape === null || (a | b) === 0 ? 0 : this.tape.binary(op, a, b, value, da, db);
    return value;
  }
}

/** The dtype of a result of linear algebra: at least float32. */
export function linearDType(dtype: DType): DType {
  return dtype === 'float32' ? 'float32' : isFloat(dtype) && dtype === 'float16' ? 'float32' : 'float64';
}

/** Raises LinAlgError unless `array` is a (stack of) square matrices. */
export function requireSquare(array: NDArray): void {
  requireMatrix(array);
  if (array.shape[array.ndim - 1] !== array.shape[array.ndim - 2]) {
    throw new PyError('LinAlgError', 'Last 2 dimensions of the array must be square');
  }
}

export function requireMatrix(array: NDArray): void {
  if (array.ndim < 2) {
    throw new PyError('LinAlgError', `${array.ndim}-dimensional array given. Array must be at least two-dimensional`);
  }
}

/** The matrices of a stack, in C order of the leading axes. */
export function matricesOf(array: NDArray): Recorded[] {
  const size = array.shape[array.ndim - 1] * array.shape[array.ndim - 2];
  const data = elements(array);
  const ids = elementIds(array);
  const count = size === 0 ? 0 : data.length / size;
  return Array.from({length: count}, (_, k) => ({data: data.slice(k * size, (k + 1) * size), ids: ids.slice(k * size, (k + 1) * size)}));
}

/** Writes the numbers of stacked results side by side into a new array. */
export function stacked(context: Context, parts: readonly Recorded[], shape: readonly number[], dtype: DType): NDArray {
  const out = allocate(context, shape, dtype);
  let at = 0;
  for (const {data, ids} of parts) {
    out.buffer.data.set(data, at);
    if (ids.some((id) => id !== 0)) out.buffer.idsForWrite().set(ids, at);
    at += data.length;
  }
  roundAll(context, dtype, out.buffer.data);
  return out;
}

/** Brings `a` (n by n) to upper triangular form in place, with row exchanges, doing the same to `b` (n by m). Returns the sign of the exchanges. */
function eliminate(arithmetic: Arithmetic, a: Recorded, n: number, b: Recorded, m: number): number {
  let sign = 1;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a.data[i * n + k]) > Math.abs(a.data[pivot * n + k])) pivot = i;
    if (pivot !== k) {
      sign = -sign;
      exchange(a, n, k, pivot);
      exchange(b, m, k, pivot);
    }
    const p = a.data[k * n + k];
    if (p === 0) continue;
    for (let i = k + 1; i < n; i++) {
      if (a.data[i * n + k] === 0 && a.ids[i * n + k] === 0) continue;
      const factor = arithmetic.divide(a.data[i * n + k], a.ids[i * n + k], p, a.ids[k * n + k]);
      const factorId = arithmetic.id;
      subtractRow(arithmetic, a, n, i, k, factor, factorId, k + 1);
      subtractRow(arithmetic, b, m, i, k, factor, factorId, 0);
    }
  }
  return sign;
}

function exchange({data, ids}: Recorded, width: number, i: number, j: number): void {
  for (let c = 0; c < width; c++) {
    [data[i * width + c], data[j * width + c]] = [data[j * width + c], data[i * width + c]];
    [ids[i * width + c], ids[j * width + c]] = [ids[j * width + c], ids[i * width + c]];
  }
}

/** row i -= factor * row k, from column `from` on. */
function subtractRow(
  arithmetic: Arithmetic, matrix: Recorded, width: number, i: number, k: number, factor: number, factorId: number, from: number,
): void {
  const {data, ids} = matrix;
  for (let c = from; c < width; c++) {
    const at = i * width + c;
    const product = arithmetic.multiply(factor, factorId, data[k * width + c], ids[k * width + c]);
    data[at] = arithmetic.subtract(data[at], ids[at], product, arithmetic.id);
    ids[at] = arithmetic.id;
  }
}

/** Solves a x = b in place of `b`. Raises LinAlgError for a singular matrix. */
function solveOne(arithmetic: Arithmetic, a: Recorded, n: number, b: Recorded, m: number): void {
  eliminate(arithmetic, a, n, b, m);
  for (let k = n - 1; k >= 0; k--) {
    const pivot = a.data[k * n + k];
    if (pivot === 0) throw new PyError('LinAlgError', 'Singular matrix');
    for (let c = 0; c < m; c++) {
      const at = k * m + c;
      b.data[at] = arithmetic.divide(b.data[at], b.ids[at], pivot, a.ids[k * n + k]);
      b.ids[at] = arithmetic.id;
    }
    for (let i = 0; i < k; i++) subtractRow(arithmetic, b, m, i, k, a.data[i * n + k], a.ids[i * n + k], 0);
  }
}

/** `np.linalg.solve(a, b)`; `b` is a vector when it is 1-d, else a stack of matrices. */
export function solve(context: Context, a: NDArray, b: NDArray): NDArray {
  requireSquare(a);
  const n = a.shape[a.ndim - 1];
  const vector = b.ndim === 1;
  const rows = vector ? b.shape[0] : b.shape[b.ndim - 2];
  if (b.ndim === 0) throw new PyError('LinAlgError', '0-dimensional array given. Array must be at least one-dimensional');
  if (rows !== n) {
    const [name, signature] = vector ? ['solve1', '(m,m),(m)->(m)'] : ['solve', '(m,m),(m,n)->(m,n)'];
    throw new PyError('ValueError', `${name}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature ${signature} (size ${rows} is different from ${n})`);
  }
  const right = vector ? viewOf(b, [n, 1], [b.strides[0], 0], b.offset) : b;
  const m = right.shape[right.ndim - 1];
  const frame = broadcastTwo(a.shape.slice(0, -2), right.shape.slice(0, -2));
  if (frame === null) {
    throw new PyError('ValueError', `operands could not be broadcast together with shapes ${shapeText(a.shape)} ${shapeText(b.shape)} `);
  }
  const arithmetic = new Arithmetic(context.tape);
  const lefts = matricesOf(broadcastTo(a, [...frame, n, n]));
  const rights = matricesOf(broadcastTo(right, [...frame, n, m]));
  context.budget.spend(lefts.length * n * n * (n + m));
  lefts.forEach((left, k) => {
    solveOne(arithmetic, left, n, rights[k], m);
  });
  const shape = vector ? [...frame, n] : [...frame, n, m];
  return stacked(context, rights, shape, linearDType(promote(a.dtype, b.dtype)));
}

/** `np.linalg.inv` of a (stack of) matrices. */
export function inverse(context: Context, a: NDArray): NDArray {
  requireSquare(a);
  const n = a.shape[a.ndim - 1];
  const arithmetic = new Arithmetic(context.tape);
  const matrices = matricesOf(a);
  context.budget.spend(matrices.length * 2 * n * n * n);
  const results = matrices.map((matrix) => {
    const right = {data: new Float64Array(n * n), ids: new Int32Array(n * n)};
    for (let k = 0; k < n; k++) right.data[k * n + k] = 1;
    solveOne(arithmetic, matrix, n, right, n);
    return right;
  });
  return stacked(context, results, a.shape, linearDType(a.dtype));
}

const NOTHING: Recorded = {data: new Float64Array(0), ids: new Int32Array(0)};

/** `np.linalg.det` of a (stack of) matrices; a Scalar for one. */
export function determinant(context: Context, a: NDArray): NDArray | Scalar {
  requireSquare(a);
  const n = a.shape[a.ndim - 1];
  const arithmetic = new Arithmetic(context.tape);
  const results = squares(a, n).map((matrix) => {
    const sign = eliminate(arithmetic, matrix, n, NOTHING, 0);
    let value = sign;
    let id = 0;
    for (let k = 0; k < n; k++) {
      value = arithmetic.multiply(value, id, matrix.data[k * n + k], matrix.ids[k * n + k]);
      id = arithmetic.id;
    }
    return {data: Float64Array.of(value), ids: Int32Array.of(id)};
  });
  return scalarIfZeroD(stacked(context, results, a.shape.slice(0, -2), linearDType(a.dtype)));
}

/** `np.linalg.slogdet`: the sign (without a gradient) and the logarithm of the absolute determinant. */
export function signLogDeterminant(context: Context, a: NDArray): [NDArray | Scalar, NDArray | Scalar] {
  requireSquare(a);
  const n = a.shape[a.ndim - 1];
  const arithmetic = new Arithmetic(context.tape);
  const signs: Recorded[] = [];
  const logs = squares(a, n).map((matrix) => {
    let sign = eliminate(arithmetic, matrix, n, NOTHING, 0);
    let value = 0;
    let id = 0;
    for (let k = 0; k < n; k++) {
      const pivot = matrix.data[k * n + k];
      sign *= Math.sign(pivot);
      const logarithm = arithmetic.logarithm(pivot, matrix.ids[k * n + k]);
      value = arithmetic.add(value, id, logarithm, arithmetic.id);
      id = arithmetic.id;
    }
    signs.push({data: Float64Array.of(sign), ids: new Int32Array(1)});
    return {data: Float64Array.of(value), ids: Int32Array.of(id)};
  });
  const frame = a.shape.slice(0, -2);
  const dtype = linearDType(a.dtype);
  return [scalarIfZeroD(stacked(context, signs, frame, dtype)), scalarIfZeroD(stacked(context, logs, frame, dtype))];
}

/** The matrices of a stack, one empty matrix when they are 0 by 0. */
function squares(a: NDArray, n: number): Recorded[] {
  return n === 0 && a.ndim === 2 ? [NOTHING] : matricesOf(a);
}

/** `np.linalg.cholesky`: the lower triangular factor. Reads the lower triangle only. */
export function cholesky(context: Context, a: NDArray, upper: boolean): NDArray {
  requireSquare(a);
  const n = a.shape[a.ndim - 1];
  const arithmetic = new Arithmetic(context.tape);
  const results = matricesOf(a).map(({data, ids}) => {
    const to = {data: new Float64Array(n * n), ids: new Int32Array(n * n)};
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const source = upper ? j * n + i : i * n + j;
        let value = data[source];
        let id = ids[source];
        for (let k = 0; k < j; k++) {
          const product = arithmetic.multiply(to.data[i * n + k], to.ids[i * n + k], to.data[j * n + k], to.ids[j * n + k]);
          value = arithmetic.subtract(value, id, product, arithmetic.id);
          id = arithmetic.id;
        }
        if (i === j && !(value > 0)) throw new PyError('LinAlgError', 'Matrix is not positive definite');
        to.data[i * n + j] = i === j
          ? arithmetic.squareRoot(value, id)
          : arithmetic.divide(value, id, to.data[j * n + j], to.ids[j * n + j]);
        to.ids[i * n + j] = arithmetic.id;
      }
    }
    return upper ? transposed(to, n) : to;
  });
  return stacked(context, results, a.shape, linearDType(a.dtype));
}

function transposed({data, ids}: Recorded, n: number): Recorded {
  const turned = (_: number, at: number): number => (at % n) * n + Math.floor(at / n);
  return {data: data.map((_, at) => data[turned(0, at)]), ids: ids.map((_, at) => ids[turned(0, at)])};
}

/** `np.linalg.matrix_power`; negative powers invert first, the first power is `a` itself. */
export function matrixPower(context: Context, a: NDArray, power: number): NDArray {
  requireSquare(a);
  if (power === 1) return a;
  const n = a.shape[a.ndim - 1];
  if (power === 0) {
    const one = allocate(context, [n, n], a.dtype);
    for (let k = 0; k < n; k++) one.buffer.data[k * (n + 1)] = 1;
    return copy(context, broadcastTo(one, a.shape));
  }
  const base = power < 0 ? inverse(context, a) : a;
  let result = base;
  for (let k = 1; k < Math.abs(power); k++) result = arrayOf(context, matmul(context, result, base));
  return result;
}
