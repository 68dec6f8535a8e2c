/**
 * Saved values that the forward changes in place afterwards: the backward gets another array than the one that was saved.
 * Shown by an intervention, like every culprit: the value as it was saved is put in the place of what the backward unpacks.
 */
import {NDArray, elements, fromData} from '../../ndarray/array.ts';
import type {AssignEvent} from '../../interpreter/events.ts';
import type {Value} from '../../ndarray/values.ts';
import {quantityOfAssignment} from '../matching.ts';
import type {Trial} from '../trial.ts';
import {binary} from './build.ts';
import type {Edit} from './edit.ts';
import {mendedBy, provedEdit} from './evaluate.ts';
import type {Allowance, Patient} from './evaluate.ts';
import type {LineEdit} from './splice.ts';

/** A value that was saved and changed. */
export interface Stale {
  /** Its name in the forward. */
  readonly name: string;
  /** The assignment that changes it in place. */
  readonly changed: AssignEvent;
  readonly mends: ReadonlySet<string>;
  readonly fix: {readonly edit: Edit; readonly lines: LineEdit} | null;
}

/** The first change in place that explains wrong gradients; null where none does. */
export function staleAmong(patient: Patient, allowance: Allowance): Stale | null {
  const {trial} = patient;
  if (trial.interleaved) return null;
  for (const {saved, changed} of changesInPlace(trial)) {
    const mends = mendedBy(patient, patient.file, allowance, asSaved(saved, bufferOf(changed), trial));
    if (mends === null) continue;
    const edit = withoutChange(changed);
    const lines = edit === null ? null : provedEdit(patient, edit, mends);
    return {name: saved.target, changed, mends, fix: edit === null || lines === null ? null : {edit, lines}};
  }
  return null;
}

interface Change {
  readonly saved: AssignEvent;
  readonly changed: AssignEvent;
}

/** Arrays of the forward that are written into after they got a name, and that the backward sees. */
function changesInPlace({events, forwardEnd}: Trial): readonly Change[] {
  const forward = events.slice(0, forwardEnd.events).filter((event) => event.type === 'assign');
  const seen = new Set<unknown>();
  for (const event of events.slice(forwardEnd.events)) if (event.type === 'assign' && event.how !== 'item' && event.value instanceof NDArray) seen.add(event.value.buffer);
  const found: Change[] = [];
  forward.forEach((changed, i) => {
    const buffer = bufferOf(changed);
    if (!(changed.how === 'item' || changed.augmented) || buffer === null || !seen.has(buffer)) return;
    const saved = forward.slice(0, i).findLast((event) => event.how !== 'item' && event.how !== 'parameter' && bufferOf(event) === buffer);
    if (saved?.snapshot != null && !found.some((other) => other.changed.statement === changed.statement)) found.push({saved, changed});
  });
  return found;
}

function bufferOf({how, container, value}: AssignEvent): unknown {
  const array = how === 'item' ? container : value;
  return array instanceof NDArray ? array.buffer : null;
}

/** Puts the saved value in the place of what the backward gets; the edited run makes other arrays, so that names tell which. */
function asSaved(saved: AssignEvent, buffer: unknown, {events, forwardEnd}: Trial): {event: () => undefined; replace: (event: AssignEvent) => Value} {
  const places = new Set<number>();
  for (const event of events.slice(forwardEnd.events)) if (event.type === 'assign' && event.how !== 'item' && bufferOf(event) === buffer) places.add(event.span.start);
  const quantity = quantityOfAssignment(saved)!;
  return {
    event: () => undefined,
    replace: (event) => (places.has(event.span.start) && event.value instanceof NDArray && elements(event.value).length === quantity.data.length ? fromData(Float64Array.from(quantity.data), quantity.shape, 'float64') : event.value),
  };
}

/** `z = z * w` for `z *= w`. */
function withoutChange({statement}: AssignEvent): Edit | null {
  if (statement.kind !== 'AugAssign' || statement.target.kind === 'Subscript') return null;
  const {target, operator, value, span} = statement;
  return {old: statement, now: {kind: 'Assign', span, targets: [target], value: binary(target, operator, value, span)}, statement, code: 'stale-cache', cost: 2};
}
