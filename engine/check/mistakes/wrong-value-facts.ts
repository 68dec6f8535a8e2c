/**
 * A wrong value beside the truth, with the relations between them that kinds of mistakes ask for. Looks at numbers, and at the
 * text of the statement only for words.
 */
import type {Truth} from '../compare.ts';
import {isMultiple} from '../conventions/convention.ts';
import {sameShape} from '../quantity.ts';
import type {Quantity} from '../quantity.ts';

/** The part of a gradient that comes through one operation of the forward. */
export interface Part {
  readonly text: string;
  readonly data: Float64Array;
}

export interface WrongValue {
  readonly truth: Truth;
  readonly actual: Quantity;
  /** The statement that made it, as written. */
  readonly text: string;
  /** The forward value that it should be the gradient of; null when it is not known. */
  readonly leaf: Float64Array | null;
  /** What comes through each operation; empty for one way only. */
  readonly parts: readonly Part[];
  /** Forward values that could be factors. */
  readonly values: readonly Quantity[];
  /** Whether anything that it is made from reads the upstream gradient; true for a loss. */
  readonly readsUpstream: boolean;
}

const TOLERANCE = 1e-8;

function near(a: number, b: number, scale: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * (Math.abs(a) + Math.abs(b) + 1e-3 * scale);
}

function largest(data: Float64Array): number {
  return data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

export function equal(a: ArrayLike<number>, b: Float64Array): boolean {
  const scale = largest(b);
  return a.length === b.length && b.every((value, i) => near(a[i], value, scale));
}

export function hasTruthsShape({truth, actual}: WrongValue): boolean {
  return sameShape(truth.shape, actual.shape);
}

/** k where the value is k times the truth throughout, or null. */
export function factorOf({truth, actual}: WrongValue): number | null {
  const {data} = truth;
  let at = 0;
  data.forEach((value, i) => {
    if (Math.abs(value) > Math.abs(data[at])) at = i;
  });
  if (data.length === 0 || data.length !== actual.data.length || data[at] === 0 || actual.data[at] === 0) return null;
  const factor = actual.data[at] / data[at];
  if (data.length === 1 && !isSimple(factor)) return null;
  return isMultiple(actual.data, data, factor) ? Number(factor.toPrecision(12)) : null;
}

/** One number is a multiple of any other: only small whole factors, and one over them, say something. */
function isSimple(factor: number): boolean {
  return [factor, 1 / factor].some((number) => Math.abs(number) <= 8 && Math.abs(number - Math.round(number)) < 1e-9);
}

/** The elements of a matrix, columns first. */
export function transposedData({shape, data}: {readonly shape: readonly number[]; readonly data: Float64Array}): Float64Array {
  const [rows, columns] = shape;
  return data.map((_, i) => data[(i % rows) * columns + Math.floor(i / rows)]);
}

/** The parts whose absence explains the value: it is the sum of the others. Null when no set does. */
export function missingParts({actual, parts}: WrongValue): readonly Part[] | null {
  if (parts.length < 2 || parts.length > 6) return null;
  for (let mask = 1; mask < (1 << parts.length) - 1; mask++) {
    const sum = new Float64Array(actual.data.length);
    parts.forEach(({data}, k) => {
      if ((mask & (1 << k)) !== 0) data.forEach((value, i) => (sum[i] += value));
    });
    if (largest(sum) > 0 && equal(actual.data, sum)) return parts.filter((_, k) => (mask & (1 << k)) === 0);
  }
  return null;
}

/** Whether the truth is the value times `factorFrom(v)` for some forward value of the same shape. */
export function lacksFactor({truth, actual, values}: WrongValue, factorFrom: (value: number) => number): boolean {
  return values.some(({shape, data}) => sameShape(shape, truth.shape) && data.some((value) => Math.abs(factorFrom(value) - 1) > 1e-6)
    && equal(actual.data.map((value, i) => value * factorFrom(data[i])), truth.data));
}

/** How many times the leaf's own value the truth has over the value; null when the difference is no multiple of it. */
export function missingDecay({truth, actual, leaf}: WrongValue): number | null {
  if (leaf?.length !== actual.data.length || leaf.length < 2) return null;
  const difference = truth.data.map((value, i) => value - actual.data[i]);
  const at = leaf.reduce((most, value, i) => (Math.abs(value) > Math.abs(leaf[most]) ? i : most), 0);
  if (leaf[at] === 0 || difference[at] === 0) return null;
  const factor = difference[at] / leaf[at];
  return equal(leaf.map((value) => factor * value), difference) ? factor : null;
}
