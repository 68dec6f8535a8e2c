/**
 * Factorisations give back the matrix they were made of, and refuse arguments whose gradient they would lose.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type {NDArray} from '../../../engine/ndarray/array.ts';
import {elements, fromData} from '../../../engine/ndarray/array.ts';
import {Budget} from '../../../engine/ndarray/context.ts';
import type {Context} from '../../../engine/ndarray/context.ts';
import {UnsupportedError} from '../../../engine/ndarray/errors.ts';
import {eigh, leastSquares, pseudoInverse, qr, svd} from '../../../engine/ndarray/linalg-factor.ts';
import {norm} from '../../../engine/ndarray/linalg-norm.ts';
import {arrayOf} from '../../../engine/ndarray/product-tensor.ts';
import {matmul} from '../../../engine/ndarray/product.ts';
import {transpose} from '../../../engine/ndarray/shape.ts';
import {Tape} from '../../../engine/tape/tape.ts';

const context: Context = {tape: null, guards: null, budget: new Budget(1e12, 1e12), exact: true};

const matrices = fc.record({m: fc.integer({min: 1, max: 6}), n: fc.integer({min: 1, max: 6}), seed: fc.integer({min: 0, max: 1000})})
  .map(({m, n, seed}) => fromData(Float64Array.from({length: m * n}, (_, k) => Math.sin((seed + 1) * 1.3 + k * (1.7 + seed / 100)) * 3), [m, n], 'float64'));

function product(...factors: NDArray[]): NDArray {
  return factors.reduce((a, b) => arrayOf(context, matmul(context, a, b)));
}

function close(actual: NDArray, expected: NDArray): void {
  assert.deepEqual(actual.shape, expected.shape);
  const right = elements(expected);
  elements(actual).forEach((value, k) => {
    assert.ok(Math.abs(value - right[k]) < 1e-11, `element ${k}: ${value} is not ${right[k]}`);
  });
}

function identity(n: number): NDArray {
  return fromData(Float64Array.from({length: n * n}, (_, k) => k % (n + 1) === 0 ? 1 : 0), [n, n], 'float64');
}

function diagonal(values: ArrayLike<number>, rows: number, columns: number): NDArray {
  return fromData(Float64Array.from({length: rows * columns}, (_, k) => Math.floor(k / columns) === k % columns ? values[k % columns] : 0), [rows, columns], 'float64');
}

describe('factorisations', () => {
  it('qr: q is orthonormal, r triangular, and q r the matrix', () => {
    fc.assert(fc.property(matrices, fc.boolean(), (a, complete) => {
      const [q, r] = qr(context, a, complete);
      close(product(q, r), a);
      close(product(transpose(q), q), identity(q.shape[1]));
      elements(r).forEach((value, k) => { assert.ok(value === 0 || Math.floor(k / r.shape[1]) <= k % r.shape[1]); });
    }), {seed: 1});
  });

  it('svd: u and vh are orthonormal, s falls, and u s vh is the matrix', () => {
    fc.assert(fc.property(matrices, fc.boolean(), (a, full) => {
      const {u, s, vh} = svd(context, a, full);
      const values = elements(s);
      values.forEach((value, k) => { assert.ok(value >= 0 && (k === 0 || value <= values[k - 1])); });
      close(product(u, diagonal(values, u.shape[1], vh.shape[0]), vh), a);
      close(product(transpose(u), u), identity(u.shape[1]));
      close(product(vh, transpose(vh)), identity(vh.shape[0]));
    }), {seed: 2});
  });

  it('svd of a matrix of low rank still has orthonormal factors', () => {
    const a = fromData(Float64Array.of(1, 2, 3, 2, 4, 6, 0, 0, 0, 3, 6, 9), [4, 3], 'float64');
    const {u, s, vh} = svd(context, a, true);
    close(product(u, diagonal(elements(s), 4, 3), vh), a);
    close(product(transpose(u), u), identity(4));
  });

  it('eigh: eigenvalues rise and the vectors bring back the matrix', () => {
    fc.assert(fc.property(matrices, (a) => {
      const s = product(transpose(a), a);
      const [values, vectors] = eigh(context, s, false);
      const sizes = elements(values);
      sizes.forEach((value, k) => { assert.ok(k === 0 || value >= sizes[k - 1]); });
      const back = product(vectors, diagonal(sizes, sizes.length, sizes.length), transpose(vectors));
      const scale = Math.max(1, ...elements(s).map(Math.abs));
      elements(back).forEach((value, k) => { assert.ok(Math.abs(value - elements(s)[k]) < 1e-12 * scale); });
    }), {seed: 3});
  });

  it('the pseudo-inverse solves least squares', () => {
    const a = fromData(Float64Array.of(1, 1, 1, 2, 1, 3, 1, 4), [4, 2], 'float64');
    const b = fromData(Float64Array.of(6, 5, 7, 10), [4], 'float64');
    const [x, residuals, rank] = leastSquares(context, a, b, null);
    close(x, fromData(Float64Array.of(3.5, 1.4), [2], 'float64'));
    close(residuals, fromData(Float64Array.of(4.2), [1], 'float64'));
    assert.equal(rank, 2);
    close(product(pseudoInverse(context, a, 1e-15), a), identity(2));
  });

  it('refuse a differentiable matrix instead of losing its gradient', () => {
    const tape = new Tape();
    const recording = {...context, tape};
    const data = Float64Array.of(2, 1, 1, 3);
    const a = fromData(data, [2, 2], 'float64', Int32Array.from(data, (value) => tape.leaf(value)));
    for (const [construct, run] of [
      ['np.linalg.svd', () => svd(recording, a, true)],
      ['np.linalg.qr', () => qr(recording, a, false)],
      ['np.linalg.eigh', () => eigh(recording, a, false)],
      ['np.linalg.pinv', () => pseudoInverse(recording, a, 1e-15)],
      ['np.linalg.norm by singular values', () => norm(recording, a, 2, null, false)],
    ] as const) {
      assert.throws(run, (error) => error instanceof UnsupportedError && error.construct === construct);
    }
  });
});
