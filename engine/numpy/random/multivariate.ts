/**
 * Distributions whose draws are vectors: multinomial, dirichlet, multivariate normal.
 */
import {elements, fromData, sizeOf} from '../../ndarray/array.ts';
import type {NDArray} from '../../ndarray/array.ts';
import {asArray} from '../../ndarray/cast.ts';
import type {Context} from '../../ndarray/context.ts';
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import type {Value} from '../../ndarray/values.ts';
import type {Source} from './bits.ts';
import {compensatedSum} from './choice.ts';
import {beta, standardGamma} from './continuous.ts';
import {binomial} from './discrete.ts';
import {numbers, shapeOf, wholeNumber} from './draw.ts';

/** Calls `fillRow` for each row of an array of shape (*size, width). */
function rows(
  context: Context, size: Value, width: number, dtype: 'float64' | 'int64', fillRow: (row: Float64Array) => void,
): NDArray {
  const shape = [...shapeOf(context, size) ?? [], width];
  const data = new Float64Array(sizeOf(shape));
  context.budget.allocate(data.length);
  for (let start = 0; start < data.length; start += width) fillRow(data.subarray(start, start + width));
  return fromData(data, shape, dtype);
}

export function multinomial(context: Context, source: Source, n: Value, pvals: Value, size: Value): NDArray {
  const trials = wholeNumber(n);
  const chances = numbers(context, pvals);
  if (trials < 0) throw new PyError('ValueError', 'n < 0');
  if (chances.some((p) => !(p >= 0 && p <= 1))) throw new PyError('ValueError', 'pvals < 0, pvals > 1 or pvals contains NaNs');
  if (compensatedSum(chances, 1) > 1 + 1e-12) throw new PyError('ValueError', 'sum(pvals[:-1]) > 1.0');
  const lastPlace = chances.length - 1;
  return rows(context, size, chances.length, 'int64', (row) => {
    let left = trials;
    let chanceLeft = 1;
    for (let j = 0; j < lastPlace && left > 0; j++) {
      row[j] = binomial(source, left, chances[j] / chanceLeft, 0);
      left -= row[j];
      chanceLeft -= chances[j];
    }
    if (left > 0) row[lastPlace] = left;
  });
}

export function dirichlet(context: Context, source: Source, alpha: Value, size: Value): NDArray {
  const weights = numbers(context, alpha);
  if (weights.some((weight) => source.legacy ? weight <= 0 : weight < 0)) {
    throw new PyError('ValueError', source.legacy ? 'alpha <= 0' : 'alpha < 0');
  }
  const sticks = !source.legacy && weights.every((weight) => weight < 0.1);
  return rows(context, size, weights.length, 'float64', (row) => {
    if (sticks) breakStick(source, weights, row);
    else normaliseGammas(source, weights, row);
  });
}

function normaliseGammas(source: Source, weights: Float64Array, row: Float64Array): void {
  let sum = 0;
  for (let j = 0; j < weights.length; j++) {
    row[j] = standardGamma(source, weights[j]);
    sum += row[j];
  }
  const factor = 1 / sum;
  for (let j = 0; j < row.length; j++) row[j] *= factor;
}

function breakStick(source: Source, weights: Float64Array, row: Float64Array): void {
  const after = weights.slice();
  for (let j = after.length - 2; j >= 0; j--) after[j] += after[j + 1];
  if (after[0] === 0) return;
  let left = 1;
  for (let j = 0; j < weights.length - 1; j++) {
    const part = beta(source, weights[j], after[j + 1], 0);
    row[j] = left * part;
    left *= 1 - part;
    if (after[j + 1] === 0) break;
  }
  row[weights.length - 1] = left;
}

/** A covariance that is diagonal needs no decomposition beyond sorting; others are not supported. */
export function multivariateNormal(context: Context, source: Source, mean: Value, cov: Value, size: Value): NDArray {
  const centre = asArray(context, mean, 'float64');
  const spread = asArray(context, cov, 'float64');
  const n = centre.size;
  if (centre.ndim !== 1) throw new PyError('ValueError', 'mean must be 1 dimensional');
  if (spread.ndim !== 2 || spread.shape[0] !== spread.shape[1]) {
    throw new PyError('ValueError', 'cov must be 2 dimensional and square');
  }
  if (spread.shape[0] !== n) throw new PyError('ValueError', 'mean and cov must have same length');
  const entries = elements(spread);
  const variances = Array.from({length: n}, (_, i) => entries[i * n + i]);
  if (entries.some((value, k) => value !== 0 && k % (n + 1) !== 0)) {
    throw new UnsupportedError('np.random.multivariate_normal with correlations');
  }
  const order = variances.map((_, i) => i).sort((i, j) => variances[j] - variances[i] || i - j);
  const at = elements(centre);
  return rows(context, size, n, 'float64', (row) => {
    const draws = order.map(() => source.normal());
    order.forEach((place, k) => { row[place] = at[place] + draws[k] * Math.sqrt(variances[place]); });
  });
}
