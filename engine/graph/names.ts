/** What the user calls the results of steps: the targets that they were bound to, the outermost call first. */
import {elementIds} from '../ndarray/array.ts';
import {Scalar} from '../ndarray/scalar.ts';
import type {Activation, AssignEvent, Event} from '../interpreter/events.ts';
import type {Owners} from './owners.ts';

export interface StepNames {
  /** The names of the result of a step, best first. */
  readonly of: (step: number) => readonly string[];
  /** The target of the statement that a step is part of; `return` where it has none. */
  readonly target: (step: number) => string;
}

export function nameSteps(events: readonly Event[], owners: Owners): StepNames {
  const names = new Map<number, {readonly name: string; readonly depth: number}[]>();
  const targets = new Map<number, string>();
  const waiting = new Map<Activation, number[]>();
  const stepOf = new Map(owners.steps.flatMap((step, number) => (step.kind === 'operation' ? [[step.event, number] as const] : [])));
  for (const event of events) {
    if (event.type === 'operation') {
      const step = stepOf.get(event);
      const list = waiting.get(event.activation);
      if (step === undefined) continue;
      if (list === undefined) waiting.set(event.activation, [step]);
      else list.push(step);
    }
    if (event.type !== 'assign') continue;
    for (const step of waiting.get(event.activation) ?? []) if (!targets.has(step)) targets.set(step, event.target.replace(/\[.*$/, ''));
    waiting.delete(event.activation);
    const step = stepOfValue(event, owners);
    if (step < 0) continue;
    const list = names.get(step) ?? [];
    const name = event.how === 'item' ? event.target.replace(/\[[^'"]*\]$/, '') : event.target;
    if (!list.some((known) => known.name === name)) list.push({name, depth: depthOf(event.activation)});
    names.set(step, list);
  }
  return {
    of: (step) => (names.get(step) ?? []).sort((a, b) => a.depth - b.depth).map(({name}) => name),
    target: (step) => targets.get(step) ?? 'return',
  };
}

/** The step that made all of what was bound; -1 when there is none, or when it made something larger. */
function stepOfValue({snapshot, value}: AssignEvent, {of, steps}: Owners): number {
  const ids = snapshot !== null ? elementIds(snapshot) : value instanceof Scalar ? [value.id] : [];
  if (ids.length === 0 || ids[0] === 0) return -1;
  const step = of[ids[0]];
  if (step < 0 || ids.some((id) => id !== 0 && of[id] !== step)) return -1;
  const made = steps[step];
  return made.kind === 'input' && made.numbers.ids.length !== ids.length ? -1 : step;
}

function depthOf(activation: Activation): number {
  let depth = 0;
  for (let caller = activation.caller; caller !== null; caller = caller.caller) depth++;
  return depth;
}
