/**
 * The verdict on each gradient of one trial: shape before value, kinks given their due, zero against zero noted.
 * One trial only: joining several is judge.ts's business.
 */
import {Scalar} from '../ndarray/scalar.ts';
import {NDArray} from '../ndarray/array.ts';
import {ELLIPSIS} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {compare, largestOf} from './compare.ts';
import type {Comparison, Truth} from './compare.ts';
import {agreesAtKink} from './kinks.ts';
import type {LookAlong} from './kinks.ts';
import {quantityOf, sameShape} from './quantity.ts';
import type {Quantity} from './quantity.ts';
import type {FoundGradient} from './subjects/subject.ts';
import type {Trial} from './trial.ts';

/** What one trial says about one gradient. */
export type Finding =
  | {readonly kind: 'agrees'; readonly gradient: FoundGradient; readonly truth: Truth; readonly actual: Quantity; readonly comparison: Comparison; readonly atKink: boolean}
  | {readonly kind: 'disagrees'; readonly gradient: FoundGradient; readonly truth: Truth; readonly actual: Quantity; readonly comparison: Comparison}
  /** None, or not returned. */
  | {readonly kind: 'missing'; readonly gradient: FoundGradient; readonly truth: Truth | null}
  /** Not a number, or of nothing that the forward has. */
  | {readonly kind: 'unknown'; readonly gradient: FoundGradient; readonly why: string}
  /** Of a label, an index or a setting: nothing to judge. */
  | {readonly kind: 'skipped'; readonly gradient: FoundGradient; readonly why: string};

/**
 * Findings in the order in which the backward gave the gradients. Only for trials whose backward ran. `isBlank` says of a
 * gradient's name whether the text leaves it as it was made.
 */
export function findingsOf(trial: Trial, isSkipped: (of: string) => string | null, lookAlong: LookAlong, isBlank: (name: string) => boolean): Finding[] {
  return (trial.found ?? []).map((gradient) => findingOf(trial, gradient, isSkipped, lookAlong, isBlank));
}

function findingOf(
  trial: Trial, gradient: FoundGradient, isSkipped: (of: string) => string | null, lookAlong: LookAlong, isBlank: (name: string) => boolean,
): Finding {
  const {value, of} = gradient;
  const truth = trial.truths.get(of) ?? null;
  const isExpected = gradient.source.by === 'position' && (value === undefined || value === null);
  if (isExpected && (truth === null || largestOf(truth.data.map(Math.abs)) === 0)) return {kind: 'skipped', gradient, why: isSkipped(of) ?? `${of} has no gradient to give`};
  if (value === undefined || value === null || value === ELLIPSIS) return {kind: 'missing', gradient, truth};
  if (truth === null) {
    const why = isSkipped(of);
    if (why !== null) return {kind: 'skipped', gradient, why};
    return {kind: 'unknown', gradient, why: of === '' ? `it is not known what ${gradient.name} is the gradient of` : `the forward has no value named ${of}`};
  }
  const actual = quantityOf(value);
  if (actual === null) return {kind: 'unknown', gradient, why: `${gradient.name} holds no numbers`};
  if (isStub(value, actual, truth) && isBlank(gradient.name)) return {kind: 'missing', gradient, truth};
  const comparison = compare(truth, trial.leaves.has(of) ? scalarLike(actual, truth) : withAxesOf(actual, truth));
  if (comparison.difference === 'none') return {kind: 'agrees', gradient, truth, actual, comparison, atKink: false};
  if (comparison.difference === 'value' && trial.guards.ties > 0 && agreesAtKink(of, truth, actual, lookAlong)) {
    return {kind: 'agrees', gradient, truth, actual, comparison, atKink: true};
  }
  return {kind: 'disagrees', gradient, truth, actual, comparison};
}

/** A Python scalar and an array of no dimensions are one shape; a 0-d value against a one-element loss parameter is not. */
function scalarLike(actual: Quantity, truth: Truth): Quantity {
  return truth.shape.length === 0 && actual.shape.length === 0 ? {...actual, shape: truth.shape} : actual;
}

/** The gradient of a value on the way is handed to nobody: an axis of one element that it lacks shows in what is made of it, or harms nothing. */
function withAxesOf(actual: Quantity, truth: Truth): Quantity {
  const long = (shape: readonly number[]): readonly number[] => shape.filter((size) => size !== 1);
  return sameShape(long(actual.shape), long(truth.shape)) ? {...actual, shape: truth.shape} : actual;
}

/** Zero everywhere where the truth is not: the template of an exercise, if the text leaves it so. */
function isStub(value: Value, actual: Quantity, truth: Truth): boolean {
  if (!sameShape(actual.shape, truth.shape) || largestOf(truth.data.map(Math.abs)) === 0) return false;
  if (actual.data.some((number) => number !== 0)) return false;
  return value instanceof NDArray || value instanceof Scalar || typeof value === 'number';
}
