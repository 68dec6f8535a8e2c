/** Rule 9: what was changed in place, and by which line. Right values that harm the caller are a warning, not a mistake. */
import {NDArray} from '../ndarray/array.ts';
import {lineAt} from '../python/lines.ts';
import type {AssignEvent} from '../interpreter/events.ts';
import type {PairFile} from './file.ts';
import type {Evidence} from './evidence.ts';
import {placesOf} from './places.ts';
import type {ProblemReport} from './report.ts';
import type {Mutation, Trial} from './trial.ts';

/** One warning for each array that the forward or the backward changes under its caller's hands. */
export function mutationProblems({base, pair}: Evidence, file: PairFile): ProblemReport[] {
  const first = base.at(0);
  if (first === undefined) return [];
  const places = placesOf(pair, file.lines);
  return first.trial.mutations.map((mutation): ProblemReport => {
    const place = places[mutation.by];
    const event = writerOf(first.trial, mutation);
    const line = event === null ? place.line : lineAt(file.lines, event.span.start);
    const what = mutation.name.startsWith('upstream') ? upstreamName(first.trial, mutation) : mutation.name;
    return {
      code: 'input-mutated', severity: 'warning', line, column: 1,
      message: `${place.name} changes ${what} in place: the caller's array is not what it was. Work on a copy (${what}.copy())`,
    };
  });
}

/** The first assignment that wrote into the array's buffer. */
function writerOf({events, forwardEnd}: Trial, {array, by}: Mutation): AssignEvent | null {
  const range = by === 'forward' ? events.slice(0, forwardEnd.events) : events.slice(forwardEnd.events);
  for (const event of range) {
    if (event.type !== 'assign' || event.how === 'parameter') continue;
    const written = event.how === 'item' ? event.container : event.augmented ? event.value : null;
    if (written instanceof NDArray && written.buffer === array.buffer) return event;
  }
  return null;
}

/** The parameter that the upstream arrived in. */
function upstreamName({events, forwardEnd}: Trial, {array}: Mutation): string {
  for (const event of events.slice(forwardEnd.events)) {
    if (event.type === 'assign' && event.how === 'parameter' && event.value === array) return event.target;
  }
  return 'the upstream gradient';
}
