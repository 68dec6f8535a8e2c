/**
 * Rows of `np.linalg`. What has a gradient says how it moves; factorisations give values only.
 */
import {numpyScalar} from '../ndarray/scalar.ts';
import {UnsupportedError} from '../ndarray/errors.ts';
import {cholesky, determinant, inverse, matrixPower, signLogDeterminant, solve} from '../ndarray/linalg.ts';
import {eigh, leastSquares, matrixRank, pseudoInverse, qr, svd} from '../ndarray/linalg-factor.ts';
import {norm} from '../ndarray/linalg-norm.ts';
import type {NormOrder} from '../ndarray/linalg-norm.ts';
import {Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toArray, toFlag, toFloat, toInt} from './arguments.ts';
import type {Row} from './row.ts';
import {toIntsOrNull} from './sequences.ts';

function toOrderOfNorm(value: Value): NormOrder {
  return value === null || typeof value === 'string' ? value : toFloat(value);
}

export const linalg: readonly Row[] = [
  {
    names: ['np.linalg.norm'],
    signature: 'x, ord=None, axis=None, keepdims=False',
    call: (context, [x, order, axis, keepdims]) =>
      norm(context, toArray(context, x), toOrderOfNorm(order), toIntsOrNull(axis), toFlag(keepdims)),
    explain: {
      pullback: {x: '(g if axis is None or keepdims else np.expand_dims(g, axis)) * x / np.linalg.norm(x, None, axis, True)'},
      pattern: 'norm points',
      why: 'The length grows fastest along the vector itself, at a rate of one: the gradient is the unit vector.',
      pitfalls: ['The norm has no gradient at zero: x / np.linalg.norm(x) divides by zero there.', 'The gradient of the norm is x / norm, of the squared norm 2 * x.'],
    },
  },
  {
    names: ['np.linalg.inv'],
    signature: 'a',
    call: (context, [a]) => inverse(context, toArray(context, a)),
    explain: {
      pullback: {a: '-np.swapaxes(out, -1, -2) @ g @ np.swapaxes(out, -1, -2)'},
      pattern: 'inverse surrounds',
      why: 'A change of the matrix reaches its inverse through the inverse on both sides, with a minus sign.',
      pitfalls: ['The minus sign and the transposes: dA = -inv(A).T @ g @ inv(A).T.'],
    },
  },
  {
    names: ['np.linalg.solve'],
    signature: 'a, b',
    call: (context, [a, b]) => solve(context, toArray(context, a), toArray(context, b)),
    explain: {
      pullback: {
        a: '-np.linalg.solve(a.T, g)[:, None] * out[None, :] if b.ndim == 1 else -np.linalg.solve(a.T, g) @ out.T',
        b: 'np.linalg.solve(a.T, g)',
      },
      pattern: 'solve solves the transpose',
      why: 'The cotangent of the right side solves the transposed system, and the matrix gets its product with the solution.',
    },
  },
  {
    names: ['np.linalg.det'],
    signature: 'a',
    call: (context, [a]) => determinant(context, toArray(context, a)),
    explain: {
      pullback: {a: 'np.expand_dims(g * out, (-1, -2)) * np.swapaxes(np.linalg.inv(a), -1, -2)'},
      pattern: 'determinant and inverse',
      why: 'The derivative by an element is its cofactor, which is the determinant times the transposed inverse.',
    },
  },
  {
    names: ['np.linalg.slogdet'],
    signature: 'a',
    call: (context, [a]) => new Tuple(signLogDeterminant(context, toArray(context, a))),
    explain: {
      pullback: {a: 'np.expand_dims(g[1], (-1, -2)) * np.swapaxes(np.linalg.inv(a), -1, -2)'},
      pattern: 'determinant and inverse',
      why: 'The derivative of the determinant is the determinant times the transposed inverse, and the logarithm divides by it.',
      pitfalls: ['The sign is piecewise constant: no gradient goes through it.'],
    },
  },
  {
    names: ['np.linalg.cholesky'],
    signature: 'a, /, *, upper=False',
    call: (context, [a, upper]) => cholesky(context, toArray(context, a), toFlag(upper)),
    explain: {
      pullback: {
        a: '(lambda s: np.tril(s + s.T, -1) + np.diag(np.diag(s)))(np.linalg.inv(out).T @ (np.tril(out.T @ np.tril(g)) - np.diag(np.diag(out.T @ np.tril(g))) / 2) @ np.linalg.inv(out))',
      },
      pattern: 'inverse surrounds',
      why: 'A change of the matrix reaches its factor through the inverse factor on both sides, of which the lower triangle counts.',
      pitfalls: ['Only the lower triangle of the argument is read, so only it has a gradient.'],
    },
  },
  {
    names: ['np.linalg.matrix_power'],
    signature: 'a, n',
    call: (context, [a, n]) => matrixPower(context, toArray(context, a), toInt(n)),
    explain: {
      pullback: {a: 'sum(np.linalg.matrix_power(a.T, i) @ g @ np.linalg.matrix_power(a.T, n - 1 - i) for i in range(n))'},
      pattern: 'multiply switches',
      why: 'The matrix is a factor n times, and each of its places contributes the product of the others.',
    },
  },
  {
    names: ['np.linalg.qr'],
    signature: `a, mode='reduced'`,
    call: (context, [a, mode]) => {
      if (mode !== 'reduced' && mode !== 'complete' && mode !== 'r') throw new UnsupportedError('np.linalg.qr(mode=)');
      const [q, r] = qr(context, toArray(context, a), mode === 'complete');
      return mode === 'r' ? r : new Tuple([q, r]);
    },
  },
  {
    names: ['np.linalg.svd'],
    signature: 'a, full_matrices=True, compute_uv=True, hermitian=False',
    call: (context, [a, full, vectors]) => {
      const {u, s, vh} = svd(context, toArray(context, a), toFlag(full));
      return toFlag(vectors) ? new Tuple([u, s, vh]) : s;
    },
  },
  {
    names: ['np.linalg.svdvals'],
    signature: 'x, /',
    call: (context, [x]) => svd(context, toArray(context, x), false).s,
  },
  {
    names: ['np.linalg.eigh'],
    signature: `a, UPLO='L'`,
    call: (context, [a, part]) => new Tuple(eigh(context, toArray(context, a), part === 'U')),
  },
  {
    names: ['np.linalg.eigvalsh'],
    signature: `a, UPLO='L'`,
    call: (context, [a, part]) => eigh(context, toArray(context, a), part === 'U')[0],
  },
  {
    names: ['np.linalg.pinv'],
    signature: 'a, rcond=None, hermitian=False, *, rtol=None',
    call: (context, [a, rcond, , rtol]) => pseudoInverse(context, toArray(context, a), toFloat(rcond ?? rtol ?? numpyScalar(1e-15, 'float64'))),
  },
  {
    names: ['np.linalg.lstsq'],
    signature: 'a, b, rcond=None',
    call: (context, [a, b, rcond]) => {
      const [x, residuals, rank, s] = leastSquares(context, toArray(context, a), toArray(context, b), rcond === null ? null : toFloat(rcond));
      return new Tuple([x, residuals, numpyScalar(rank, 'int32'), s]);
    },
  },
  {
    names: ['np.linalg.matrix_rank'],
    signature: 'A, tol=None, hermitian=False, *, rtol=None',
    call: (context, [a, tol]) => numpyScalar(matrixRank(context, toArray(context, a), tol === null ? null : toFloat(tol)), 'int64'),
  },
  {
    names: ['np.linalg.cond'],
    signature: 'x, p=None',
    call: (context, [x, p]) => {
      if (p !== null && p !== 2) throw new UnsupportedError('np.linalg.cond(p=)');
      const values = svd(context, toArray(context, x), false).s.buffer.data;
      return numpyScalar(values[0] / values[values.length - 1], 'float64');
    },
  },
];
