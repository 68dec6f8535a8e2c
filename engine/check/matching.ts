/**
 * What a value of the backward is: the gradient of a forward value of any name and version, or the part of one that comes
 * through a single operation. A match holds in two independent draws and only ever awards; what matches nothing may be a
 * partial sum and stays unmarked.
 */
import type {AssignEvent, Event, OperationEvent} from '../interpreter/events.ts';
import {gradientsThroughEdges} from '../tape/edges.ts';
import {compare, largestOf} from './compare.ts';
import type {Truth} from './compare.ts';
import {arrayQuantity, quantityOf} from './quantity.ts';
import type {Quantity} from './quantity.ts';
import {truthAt} from './trial.ts';
import type {Trial} from './trial.ts';

/** The gradient of one forward value, or of one edge out of it. */
export interface NamedTruth {
  /** The forward value as written: `scores`, `self.W`. */
  readonly of: string;
  /** The operation through which this part comes, or null for the whole gradient. */
  readonly through: OperationEvent | null;
  /** The operation that computed the value, where it has no name: then `of` is empty. */
  readonly computedBy: OperationEvent | null;
  /** Tape nodes of the forward value. */
  readonly ids: Int32Array;
  readonly truth: Truth;
}

/** A backward value that equals a truth. */
export interface Match {
  /** Empty for a value without a name. */
  readonly of: string;
  readonly through: OperationEvent | null;
  readonly computedBy: OperationEvent | null;
}

/** Finds what the assignments of the backward are, in the first trial; a second one, where there is one, has to confirm it. */
export function matchBackward(trials: readonly Trial[]): ReadonlyMap<AssignEvent, Match> {
  const matches = new Map<AssignEvent, Match>();
  if (trials.length === 0) return matches;
  const [first] = trials;
  const second = trials.at(1);
  const events = backwardAssignments(first);
  const others = second === undefined ? null : backwardAssignments(second);
  if (others !== null && events.length !== others.length) return matches;
  const truths = byShape(truthIndex(first));
  const otherTruths = second === undefined ? null : byShape(truthIndex(second));
  events.forEach((event, i) => {
    const value = quantityOfAssignment(event);
    if (value === null || isConstant(value)) return;
    const found = bestMatch(event, value, truths.get(value.shape.join()) ?? []);
    if (found === null) return;
    if (others !== null && !isConfirmed(found, others[i], otherTruths!)) return;
    matches.set(event, {of: found.of, through: found.through, computedBy: found.computedBy});
  });
  return matches;
}

function isConfirmed(found: NamedTruth, event: AssignEvent, truths: ReadonlyMap<string, readonly NamedTruth[]>): boolean {
  const value = quantityOfAssignment(event);
  if (value === null) return false;
  return (truths.get(value.shape.join()) ?? []).some((candidate) => candidate.of === found.of && (candidate.through === null) === (found.through === null)
    && candidate.computedBy?.span.start === found.computedBy?.span.start && agrees(candidate.truth, value));
}

/** Assignments that may hold gradients: those of the backward, or all but a constructor's where one function does both. */
export function backwardAssignments(trial: Trial): AssignEvent[] {
  return trial.events.slice(trial.interleaved ? 0 : trial.forwardEnd.events).filter(isAssignment);
}

function isAssignment(event: Event): event is AssignEvent {
  return event.type === 'assign' && event.how !== 'parameter' && event.activation.definition?.name !== '__init__';
}

/** The numbers of what was assigned, as they were then. */
export function quantityOfAssignment(event: AssignEvent): Quantity | null {
  return event.snapshot === null ? quantityOf(event.value) : arrayQuantity(event.snapshot);
}

/** The gradients of all forward values, latest version first, whole gradients before parts. */
export function truthIndex(trial: Trial): NamedTruth[] {
  const whole: NamedTruth[] = [];
  const parts: NamedTruth[] = [];
  const operations = new Map<number, OperationEvent>();
  const limit = trial.interleaved ? trial.events.length : trial.forwardEnd.events;
  const assigned: {readonly of: string; readonly quantity: Quantity}[] = [...trial.leaves].map(([of, quantity]) => ({of, quantity}));
  for (const event of trial.events.slice(0, limit)) {
    if (event.type === 'operation') operations.set(event.number, event);
    if (event.type !== 'assign') continue;
    const quantity = quantityOfAssignment(event);
    if (quantity?.ids.some((id) => id !== 0) === true) assigned.push({of: event.target, quantity});
  }
  for (const {of, quantity} of assigned.reverse()) {
    const truth = truthAt(trial.sweep, quantity.shape, quantity.ids);
    if (largestOf(truth.data.map(Math.abs)) === 0) continue;
    whole.push({of, through: null, computedBy: null, ids: quantity.ids, truth});
    if (assigned.length * trial.tape.length > MOST_WORK_FOR_PARTS) continue;
    const edges = gradientsThroughEdges(trial.tape, trial.sweep, quantity.ids);
    if (edges.size < 2) continue;
    for (const [number, data] of edges) {
      const through = operations.get(number);
      if (through !== undefined) parts.push({of, through, computedBy: null, ids: quantity.ids, truth: {shape: quantity.shape, data, scale: truth.scale}});
    }
  }
  return [...whole, ...parts, ...unnamed(trial, operations)];
}

/** The gradients of what operations computed: most have no name of their own. */
function unnamed(trial: Trial, operations: ReadonlyMap<number, OperationEvent>): NamedTruth[] {
  if (operations.size > MOST_OPERATIONS) return [];
  const found: NamedTruth[] = [];
  for (const computedBy of [...operations.values()].reverse()) {
    const quantity = quantityOf(computedBy.result);
    if (quantity?.ids.some((id) => id !== 0) !== true) continue;
    const truth = truthAt(trial.sweep, quantity.shape, quantity.ids);
    if (truth.data.some((value) => value !== 0)) found.push({of: '', through: null, computedBy, ids: quantity.ids, truth});
  }
  return found;
}

const MOST_OPERATIONS = 400;

/** Values times tape entries: in long loops parts would be many, mean little, and take long to find. */
const MOST_WORK_FOR_PARTS = 200_000;

function byShape(truths: readonly NamedTruth[]): Map<string, NamedTruth[]> {
  const groups = new Map<string, NamedTruth[]>();
  for (const truth of truths) {
    const shape = truth.truth.shape.join();
    const group = groups.get(shape);
    if (group === undefined) groups.set(shape, [truth]);
    else group.push(truth);
  }
  return groups;
}

function bestMatch(event: AssignEvent, value: Quantity, truths: readonly NamedTruth[]): NamedTruth | null {
  let found: NamedTruth | null = null;
  for (const candidate of truths) {
    if (!agrees(candidate.truth, value)) continue;
    if (speaksOf(event.target, candidate.of)) return candidate;
    if (found === null || (found.through !== null && candidate.through === null)) found = candidate;
  }
  return found;
}

function agrees(truth: Truth, value: Quantity): boolean {
  if (truth.data.length > 0 && Math.abs(truth.data[0] - value.data[0]) > 1e-3 * (truth.scale[0] + Math.abs(truth.data[0]))) return false;
  const comparison = compare(truth, value);
  return comparison.difference === 'none' && !comparison.vacuous;
}

/** Whether a name is how people call the gradient of another: `dscores`, `d_scores`, `scores_grad`, `grads['W1']` for W1. */
export function speaksOf(gradient: string, of: string): boolean {
  const name = plainName(gradient);
  const value = plainName(of);
  return name === value || name === `d${value}` || name === `d_${value}` || name === `${value}_grad` || name === `grad_${value}` || name === `d${value.replace(/^_+/, '')}`;
}

function plainName(written: string): string {
  return /\['([^']*)'\]$/.exec(written)?.[1] ?? written.replace(/^self\./, '').replace(/\[.*$/, '');
}

/** All elements equal: zeros, ones, a number. */
function isConstant({data}: Quantity): boolean {
  return data.length > 1 && data.every((value) => value === data[0]);
}
