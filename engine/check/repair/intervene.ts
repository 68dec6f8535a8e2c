/**
 * Interventions: the truth is put in the place of what a statement assigns, and the backward runs on. The first statement for
 * which that makes a wrong gradient right is its culprit.
 */
import {NDArray, fromData} from '../../ndarray/array.ts';
import {float} from '../../ndarray/scalar.ts';
import type {Value} from '../../ndarray/values.ts';
import type {AssignEvent, Listener} from '../../interpreter/events.ts';
import type {Expr} from '../../python/ast.ts';
import {compare} from '../compare.ts';
import type {Truth} from '../compare.ts';
import {quantityOfAssignment, speaksOf} from '../matching.ts';
import type {NamedTruth} from '../matching.ts';
import {mendedBy} from './evaluate.ts';
import type {Allowance, Patient} from './evaluate.ts';
import type {Quantity} from '../quantity.ts';
import {keyOf} from './steps.ts';
import type {Step} from './steps.ts';

/** A statement whose value is wrong, with what it should be. */
export interface Culprit {
  readonly step: Step;
  /** The first assignment of it that is wrong. */
  readonly event: AssignEvent;
  /** Which of the assignments to this target that is, from 0. */
  readonly occurrence: number;
  /** How many there are. */
  readonly occurrences: number;
  /** How many of them are wrong. */
  readonly wrongOnes: number;
  readonly truth: NamedTruth;
  /** The gradients that are right with the truth in its place. */
  readonly mends: ReadonlySet<string>;
}

/** Values tried in the place of one target, those that are most like what it holds first. */
const MOST_TRUTHS = 24;
/** The same for a target that is assigned once and has no name that tells. */
const MOST_TRUTHS_ONCE = 40;

/** Culprits among the suspects, in execution order: the first for each wrong gradient. */
export function* culpritsAmong(patient: Patient, suspects: readonly Step[], truths: readonly NamedTruth[], allowance: Allowance): Generator<string, Culprit[]> {
  const found: Culprit[] = [];
  const explained = new Set<string>();
  for (const step of suspects) {
    if (explained.size === patient.wrong.size || allowance.steps < 0) break;
    if (isPartialSum(step, suspects)) continue;
    const culprit = culpritAt(patient, step, truths, allowance, false);
    yield 'looking for the first wrong line';
    if (culprit === null || [...culprit.mends].every((name) => explained.has(name))) continue;
    found.push(culprit);
    for (const name of culprit.mends) explained.add(name);
  }
  return found;
}

/** The first of the steps whose value, made right, mends every wrong gradient; null where none does. */
export function* culpritOfAll(patient: Patient, steps: readonly Step[], truths: readonly NamedTruth[], allowance: Allowance): Generator<string, Culprit | null> {
  for (const step of steps) {
    if (allowance.steps < 0) break;
    const culprit = culpritAt(patient, step, truths, allowance, true);
    yield 'looking for what the wrong gradients have in common';
    if (culprit?.mends.size === patient.wrong.size) return culprit;
  }
  return null;
}

/** Whether something is added to the value further on: then the truth in its place proves nothing. */
function isPartialSum(step: Step, steps: readonly Step[]): boolean {
  return steps.some((other) => other.place > step.place && other.definition === step.definition && other.writes.some((key) => step.writes.includes(key) && addsTo(other, key)));
}

function addsTo({statement}: Step, key: string): boolean {
  if (statement.kind === 'AugAssign') return statement.operator === '+' || statement.operator === '-';
  return statement.kind === 'Assign' && isTermOf(statement.value, key);
}

function isTermOf(expression: Expr, key: string): boolean {
  if (expression.kind !== 'Binary' || (expression.operator !== '+' && expression.operator !== '-')) return keyOf(expression) === key && expression.kind === 'Name';
  return isTermOf(expression.left, key) || isTermOf(expression.right, key);
}

/** `whateverItsName`: a value with the name of one gradient may have to be another. */
function culpritAt(patient: Patient, step: Step, truths: readonly NamedTruth[], allowance: Allowance, whateverItsName: boolean): Culprit | null {
  const targets = new Map<number, AssignEvent[]>();
  for (const event of step.events) {
    const known = targets.get(event.span.start);
    if (known === undefined) targets.set(event.span.start, [event]);
    else known.push(event);
  }
  for (const events of targets.values()) {
    for (const versions of plausible(patient, events, truths, whateverItsName)) {
      const mends = mendedBy(patient, patient.file, allowance, placing(events, versions));
      if (mends !== null) return {step, ...firstWrong(events, versions), occurrences: events.length, mends};
      if (allowance.steps < 0) return null;
    }
  }
  return null;
}

/** The first assignment that differs from its version of the truth, and how many do. */
function firstWrong(events: readonly AssignEvent[], versions: readonly NamedTruth[]): Pick<Culprit, 'event' | 'occurrence' | 'truth' | 'wrongOnes'> {
  const skipped = events.length - versions.length;
  const wrong = versions.flatMap(({truth}, i) => {
    const value = quantityOfAssignment(events[skipped + i]);
    return value === null || compare(truth, value).difference !== 'none' ? [i] : [];
  });
  const first = wrong.at(0) ?? versions.length - 1;
  return {event: events[skipped + first], occurrence: skipped + first, truth: versions[first], wrongOnes: wrong.length};
}

/** What the assignments should have given, one truth for each in order: by name first, then whatever has the shape. */
function plausible(patient: Patient, events: readonly AssignEvent[], truths: readonly NamedTruth[], whateverItsName: boolean): readonly (readonly NamedTruth[])[] {
  const [event] = events;
  if (event.how === 'item' && event.container instanceof NDArray) return [];
  const whole = truths.filter(({through}) => through === null);
  const named = whole.filter(({of}) => of !== '' && speaksOf(event.target, of));
  const final = patient.trial.found?.find(({name}) => name === event.target);
  const own = final === undefined ? [] : whole.filter(({of}) => of === final.of);
  const candidates = named.length > 0 ? named : own;
  if (candidates.length > 0 && !whateverItsName) return versionsFor(events, candidates);
  const value = quantityOfAssignment(event);
  if (value === null) return [];
  const shape = value.shape.join();
  const fitting = whole.filter(({truth}) => truth.shape.join() === shape);
  if (events.length === 1) return likest(fitting.map((truth) => [truth]), value).slice(0, MOST_TRUTHS_ONCE);
  const groups = new Map<string, NamedTruth[]>();
  for (const truth of fitting) {
    const key = truth.computedBy === null ? truth.of : `${truth.computedBy.span.start}-${truth.computedBy.span.end}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [truth]);
    else group.push(truth);
  }
  const sequences = [...groups.values()].filter(({length}) => length >= events.length).flatMap((group) => versionsFor(events, group).slice(0, 2));
  return likest(sequences, value).slice(0, MOST_TRUTHS);
}

/** Sorted by how much their first version looks like the value: a mistake often leaves the direction nearly as it was. */
function likest(sequences: readonly (readonly NamedTruth[])[], value: Quantity): readonly (readonly NamedTruth[])[] {
  const likeness = new Map(sequences.map((versions) => [versions, likenessOf(versions[0].truth.data, value.data)]));
  return [...sequences].sort((a, b) => likeness.get(b)! - likeness.get(a)!);
}

/** The cosine between two arrays, without its sign. */
function likenessOf(a: Float64Array, b: Float64Array): number {
  let product = 0;
  let lengthA = 0;
  let lengthB = 0;
  for (let i = 0; i < a.length; i++) {
    product += a[i] * b[i];
    lengthA += a[i] ** 2;
    lengthB += b[i] ** 2;
  }
  return lengthA === 0 || lengthB === 0 || !Number.isFinite(lengthB) ? 0 : Math.abs(product) / Math.sqrt(lengthA * lengthB);
}

/** In a loop the k-th assignment is of the k-th version of the forward value, or of the k-th from the end. */
function versionsFor(events: readonly AssignEvent[], latestFirst: readonly NamedTruth[]): readonly (readonly NamedTruth[])[] {
  if (events.length === 1) return latestFirst.slice(0, MOST_TRUTHS).map((truth) => [truth]);
  const oldestFirst = [...latestFirst].reverse();
  const count = events.length;
  const sequences = [latestFirst.slice(0, count), oldestFirst.slice(0, count), latestFirst.slice(-count), oldestFirst.slice(-count)];
  return [...sequences.filter(({length}) => length === count), ...latestFirst.slice(0, 2).map((truth) => [truth])];
}

/** Puts the versions in the place of the assignments; a single one in the place of the last. */
function placing(events: readonly AssignEvent[], versions: readonly NamedTruth[]): Listener {
  const [{statement, span}] = events;
  const skipped = events.length - versions.length;
  let count = 0;
  return {
    event: () => undefined,
    replace: (event) => {
      if (event.statement !== statement || event.span.start !== span.start) return event.value;
      const version = versions.at(count++ - skipped);
      return count - 1 < skipped || version === undefined ? event.value : valueOf(version.truth, event.value);
    },
  };
}

function valueOf({shape, data}: Truth, instead: Value): Value {
  return shape.length === 0 && !(instead instanceof NDArray) ? float(data[0]) : fromData(Float64Array.from(data), shape, 'float64');
}
