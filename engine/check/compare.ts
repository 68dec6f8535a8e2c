/**
 * One gradient against the truth: shape before value, and a tolerance that comes from the terms that were added up.
 * Knows nothing of how either was computed.
 */
import {indexAt, sameShape} from './quantity.ts';
import type {Quantity} from './quantity.ts';

/** The exact gradient of one forward value, with the scale of its rounding error per element. */
export interface Truth {
  readonly shape: readonly number[];
  readonly data: Float64Array;
  /** The sum of the absolute terms that made each element. */
  readonly scale: Float64Array;
}

export type Difference = 'none' | 'shape' | 'value' | 'nan';

export interface Comparison {
  readonly difference: Difference;
  /** The largest |a - b| / (|a| + |b|) over the elements, with what rounding explains counted as nothing; null if shapes differ. */
  readonly maxRelativeError: number | null;
  /** The element that is most wrong, when values differ. */
  readonly witness: {readonly index: readonly number[]; readonly expected: number; readonly actual: number} | null;
  /** Both sides are zero everywhere: the agreement says nothing. */
  readonly vacuous: boolean;
}

/**
 * How many units of rounding (2^-52) of the terms' scale a right gradient may be off. Right code that adds in another order
 * stays within some hundreds; the smallest mistakes in the survey (a forgotten regularisation of 1e-6) are at 1e9.
 */
const ROUNDING_UNITS = 1e5;
const EPSILON = 2 ** -52;

/** The distance that rounding may explain at element `i`; `largest` is the largest scale in the array. */
export function tolerance(truth: Truth, i: number, largest: number): number {
  return ROUNDING_UNITS * EPSILON * (truth.scale[i] + 1e-3 * largest);
}

/** Compares what the user computed with the truth. */
export function compare(truth: Truth, actual: Quantity): Comparison {
  if (!sameShape(truth.shape, actual.shape)) return {difference: 'shape', maxRelativeError: null, witness: null, vacuous: false};
  const largest = largestOf(truth.scale);
  let difference: Difference = 'none';
  let maxRelativeError = 0;
  let worst = -1;
  let worstError = -1;
  let zero = true;
  for (let i = 0; i < truth.data.length; i++) {
    const expected = truth.data[i];
    const got = actual.data[i];
    if (expected !== 0 || got !== 0) zero = false;
    const off = Math.abs(expected - got);
    if (off <= tolerance(truth, i, largest)) continue;
    const finite = Number.isFinite(got);
    const error = finite ? off / (Math.abs(expected) + Math.abs(got)) : Infinity;
    maxRelativeError = Math.max(maxRelativeError, finite ? error : 1);
    if (!finite) difference = 'nan';
    else if (difference === 'none') difference = 'value';
    const weight = finite ? off : Infinity;
    if (weight > worstError) {
      worst = i;
      worstError = weight;
    }
  }
  const witness = worst < 0 ? null : {index: indexAt(truth.shape, worst), expected: truth.data[worst], actual: actual.data[worst]};
  return {difference, maxRelativeError, witness, vacuous: zero && truth.data.length > 0};
}

export function largestOf(values: Float64Array): number {
  let largest = 0;
  for (const value of values) if (value > largest) largest = value;
  return largest;
}
