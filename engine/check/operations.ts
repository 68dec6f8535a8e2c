/** The array-level operations of the runs with their places and shapes, for whoever points at one. Reads the event stream only. */
import {NDArray} from '../ndarray/array.ts';
import {Scalar} from '../ndarray/scalar.ts';
import type {Value} from '../ndarray/values.ts';
import type {Event, OperationEvent} from '../interpreter/events.ts';
import type {OperationInfo} from './analysis.ts';
import type {PairFile} from './file.ts';
import type {Letters} from './result.ts';

/** Each operation at its place once, as it was the last time in each run, in text order. */
export function operationsOf(path: string, runs: readonly (readonly Event[])[], letters: Letters): OperationInfo[] {
  const perRun = runs.map((events) => lastOperations(path, events));
  const found: OperationInfo[] = [];
  for (const [place, event] of perRun[0] ?? []) {
    const same = perRun.map((operations) => operations.get(place)).filter((other) => other !== undefined);
    const operands = event.operands.map((_, i) => shapeOver(same.map((other) => other.operands.at(i) ?? null), letters));
    const result = shapeOver(same.map((other) => other.result), letters);
    if (result === null) continue;
    found.push({span: event.span, name: event.name, operands: operands.filter((shape) => shape !== null), result});
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** An operation as the user wrote it; its name where it stands in another file, whose text is not at hand. */
export function operationText({span, name, activation}: OperationEvent, {path, text}: Pick<PairFile, 'path' | 'text'>): string {
  return activation.path === path ? text.slice(span.start, span.end) : `${name} in ${activation.path.slice(activation.path.search(/[^\\/]*$/))}`;
}

function lastOperations(path: string, events: readonly Event[]): Map<string, OperationEvent> {
  const last = new Map<string, OperationEvent>();
  for (const event of events) {
    if (event.type === 'operation' && event.activation.path === path) last.set(`${event.span.start} ${event.span.end} ${event.name}`, event);
  }
  return last;
}

/** Null for what is no number and no array; sizes that differ in their count of axes are those of the first run. */
function shapeOver(values: readonly Value[], letters: Letters): OperationInfo['result'] | null {
  const shapes = values.map(shapeOf);
  const first = shapes.at(0) ?? null;
  if (first === null) return null;
  return letters.shape(shapes.filter((shape) => shape?.length === first.length).map((shape) => shape!));
}

function shapeOf(value: Value): readonly number[] | null {
  if (value instanceof NDArray) return value.shape;
  return value instanceof Scalar || typeof value === 'number' ? [] : null;
}
