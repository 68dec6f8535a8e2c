/**
 * Interventions: the truth is put in the place of what a statement assigns, and the backward runs on. The first statement for
 * which that makes a wrong gradient right is its culprit.
 */
import {NDArray, fromData} from '../../ndarray/array.ts';
import {float} from '../../ndarray/scalar.ts';
import type {Value} from '../../ndarray/values.ts';
import type {AssignEvent, Listener} from '../../interpreter/events.ts';
import type {Truth} from '../compare.ts';
import {quantityOfAssignment, speaksOf} from '../matching.ts';
import type {NamedTruth} from '../matching.ts';
import {mendedBy} from './evaluate.ts';
import type {Allowance, Patient} from './evaluate.ts';
import type {Step} from './steps.ts';

/** A statement whose value is wrong, with what it should be. */
export interface Culprit {
  readonly step: Step;
  /** The assignment of it that is compared with the truth. */
  readonly event: AssignEvent;
  readonly truth: NamedTruth;
  /** The gradients that are right with the truth in its place. */
  readonly mends: ReadonlySet<string>;
}

/** Values tried in the place of one target. */
const MOST_TRUTHS = 12;
/** The same for a target that is assigned once and has no name that tells. */
const MOST_TRUTHS_ONCE = 40;

/** Culprits among the suspects, in execution order: the first for each wrong gradient. */
export function* culpritsAmong(patient: Patient, suspects: readonly Step[], truths: readonly NamedTruth[], allowance: Allowance): Generator<string, Culprit[]> {
  const found: Culprit[] = [];
  const explained = new Set<string>();
  for (const step of suspects) {
    if (explained.size === patient.wrong.size || allowance.steps < 0) break;
    const culprit = culpritAt(patient, step, truths, allowance);
    yield 'looking for the first wrong line';
    if (culprit === null || [...culprit.mends].every((name) => explained.has(name))) continue;
    found.push(culprit);
    for (const name of culprit.mends) explained.add(name);
  }
  return found;
}

function culpritAt(patient: Patient, step: Step, truths: readonly NamedTruth[], allowance: Allowance): Culprit | null {
  const targets = new Map<number, AssignEvent[]>();
  for (const event of step.events) {
    const known = targets.get(event.span.start);
    if (known === undefined) targets.set(event.span.start, [event]);
    else known.push(event);
  }
  for (const events of targets.values()) {
    for (const versions of plausible(patient, events, truths)) {
      const mends = mendedBy(patient, patient.file, allowance, placing(events, versions));
      if (mends !== null) return {step, event: events.at(-1)!, truth: versions.at(-1)!, mends};
      if (allowance.steps < 0) return null;
    }
  }
  return null;
}

/** What the assignments should have given, one truth for each in order: by name first, then whatever has the shape. */
function plausible(patient: Patient, events: readonly AssignEvent[], truths: readonly NamedTruth[]): readonly (readonly NamedTruth[])[] {
  const [event] = events;
  if (event.how === 'item' && event.container instanceof NDArray) return [];
  const whole = truths.filter(({through}) => through === null);
  const named = whole.filter(({of}) => of !== '' && speaksOf(event.target, of));
  const final = patient.trial.found?.find(({name}) => name === event.target);
  const own = final === undefined ? [] : whole.filter(({of}) => of === final.of);
  const candidates = named.length > 0 ? named : own;
  if (candidates.length > 0) return versionsFor(events, candidates);
  const shape = quantityOfAssignment(event)?.shape.join();
  const fitting = whole.filter(({truth}) => truth.shape.join() === shape);
  if (events.length === 1) return fitting.slice(0, MOST_TRUTHS_ONCE).map((truth) => [truth]);
  const groups = new Map<string, NamedTruth[]>();
  for (const truth of fitting) {
    const key = truth.computedBy === null ? truth.of : `${truth.computedBy.span.start}-${truth.computedBy.span.end}`;
    groups.set(key, [...groups.get(key) ?? [], truth]);
  }
  return [...groups.values()].filter(({length}) => length >= events.length).slice(0, MOST_TRUTHS).flatMap((group) => versionsFor(events, group).slice(0, 2));
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
