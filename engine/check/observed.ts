/**
 * What the assignments of several runs have in common: for each target its last value in the first run, and its sizes in
 * every run, from which letters are found. Reads the event stream only.
 */
import type {AssignEvent, Event} from '../interpreter/events.ts';
import type {Value} from '../ndarray/values.ts';
import {arrayQuantity, quantityOf} from './quantity.ts';
import type {Quantity} from './quantity.ts';
import {List, Tuple} from '../ndarray/values.ts';

/** One target at one place in the text. */
export interface Observed {
  /** The last assignment in the first run. */
  readonly event: AssignEvent;
  readonly quantity: Quantity;
  /** Its sizes in each run that reached it with the same number of axes; the first run's first. */
  readonly sizes: readonly (readonly number[])[];
}

/** Every target on its line, in text order, of the file at `path`. Parameters are left out. */
export function observe(path: string, runs: readonly (readonly Event[])[]): Observed[] {
  const perRun = runs.map((events) => lastAssignments(path, events));
  const observed: Observed[] = [];
  for (const [place, event] of perRun[0] ?? []) {
    const quantity = quantityOfEvent(event);
    if (quantity === null) continue;
    const sizes: (readonly number[])[] = [];
    for (const assignments of perRun) {
      const same = assignments.get(place);
      const other = same === undefined ? null : quantityOfEvent(same);
      if (other?.shape.length === quantity.shape.length) sizes.push(other.shape);
    }
    observed.push({event, quantity, sizes});
  }
  return observed.sort((a, b) => a.event.span.start - b.event.span.start);
}

function lastAssignments(path: string, events: readonly Event[]): Map<string, AssignEvent> {
  const last = new Map<string, AssignEvent>();
  for (const event of events) {
    if (event.type === 'assign' && event.how !== 'parameter' && event.activation.path === path) last.set(`${event.span.start} ${event.span.end}`, event);
  }
  return last;
}

function quantityOfEvent(event: AssignEvent): Quantity | null {
  if (event.snapshot !== null) return arrayQuantity(event.snapshot);
  if (event.value instanceof List || event.value instanceof Tuple) return null;
  return quantityOf(event.value);
}

/** Names bound to whole numbers in every run, with the number of each run: the user's names for sizes. */
export function namedIntegers(path: string, runs: readonly (readonly Event[])[]): Map<string, number[]> {
  const perRun = runs.map((events) => {
    const names = new Map<string, number>();
    for (const event of events) {
      if (event.type !== 'assign' || event.how !== 'name' || event.activation.path !== path) continue;
      const number = wholeNumber(event.value);
      if (number !== null && event.iterations.length === 0) names.set(event.target, number);
    }
    return names;
  });
  const named = new Map<string, number[]>();
  for (const [name, first] of perRun[0] ?? []) {
    const numbers = perRun.map((names) => names.get(name));
    if (first > 1 && numbers.every((number) => number !== undefined)) named.set(name, numbers);
  }
  return named;
}

function wholeNumber(value: Value): number | null {
  return typeof value === 'number' ? value : null;
}
