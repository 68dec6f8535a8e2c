/**
 * Which statements may be what is wrong: those that a wrong gradient comes from, without those that only make values that
 * are known to be right. A value is right when it is the true gradient of a forward value, and so is all that it is made from;
 * a right gradient clears what it is made from.
 */
import type {AssignEvent} from '../../interpreter/events.ts';
import type {Expr} from '../../python/ast.ts';
import type {Match, NamedTruth} from '../matching.ts';
import type {Trial} from '../trial.ts';
import type {FoundGradient} from '../subjects/subject.ts';
import {speaksOf} from '../matching.ts';
import {readsOf, touches, upstreamOf} from './steps.ts';
import type {Step} from './steps.ts';

/** A gradient as the backward gives it. */
export interface Given {
  readonly name: string;
  readonly position: number | null;
}

/**
 * The statements that may spoil the gradients `wrong`, in the order in which they ran. A value may be known to be right by
 * the name of what it equals only, or also where that has no name: half a derivative often is the gradient of something.
 */
export function suspectsOf(steps: readonly Step[], wrong: readonly Given[], right: readonly Given[], matches: ReadonlyMap<AssignEvent, Match>, trial: Trial, truths: readonly NamedTruth[], lossPosition: number | null, trustUnnamed: boolean): Step[] {
  const spoilt = new Set(wrong.flatMap((gradient) => [...sourcesOf(steps, gradient)]));
  const innocent = new Set(right.flatMap((gradient) => [...sourcesOf(steps, gradient)]));
  const known = [...new Set([...trial.truths.keys(), ...truths.map(({of}) => of)])].filter((of) => of !== '');
  const ends = wrong.flatMap((gradient) => endKeys(steps, gradient));
  for (const step of steps) {
    if (!isRecognised(step, matches, known, ends) || (!trustUnnamed && !isNamed(step, known))) continue;
    innocent.add(step);
    if (!isNamed(step, known)) continue;
    for (const other of upstreamOf(steps, step.reads, step)) if (!isAgainstItsName(other, matches, truths)) innocent.add(other);
  }
  if (trial.interleaved && lossPosition !== null) for (const step of sourcesOf(steps, {name: '', position: lossPosition})) innocent.add(step);
  const returns = steps.filter(({statement}) => statement.kind === 'Return');
  return steps.filter((step) => (spoilt.has(step) && !innocent.has(step)) || returns.includes(step));
}

/** All that a gradient comes from, its return aside. */
export function sourcesOf(steps: readonly Step[], gradient: Given): Set<Step> {
  const keys = endKeys(steps, gradient);
  return withCalled(steps, upstreamOf(steps, keys, null));
}

/** The names that hold a gradient at the end: its own, and what is returned in its place. */
function endKeys(steps: readonly Step[], {name, position}: Given): string[] {
  const returned = steps.flatMap(({statement}): string[] => {
    if (statement.kind !== 'Return' || statement.value === null || position === null) return [];
    const {value} = statement;
    const item: Expr | undefined = value.kind === 'Tuple' || value.kind === 'List' ? value.items.at(position) : position === 0 ? value : undefined;
    return item === undefined ? [] : [...readsOf(item)];
  });
  return returned.length > 0 && !steps.some(({writes}) => writes.includes(name)) ? returned : [name, ...returned];
}

/** Statements of functions that the steps call are behind them; which values pass is not followed. */
function withCalled(steps: readonly Step[], found: Set<Step>): Set<Step> {
  const definitions = new Set([...found].map(({definition}) => definition));
  const main = steps.find(({statement}) => statement.kind === 'Return')?.definition ?? null;
  for (const step of steps) if (!definitions.has(step.definition) && step.definition !== main) found.add(step);
  return found;
}

/**
 * Whether the name says what the value is, too. A value without such a name can equal a truth because of the mistake: with a
 * sign flipped, ∂L/∂q is ∂L/∂(-q).
 */
function isNamed({events}: Step, known: readonly string[]): boolean {
  return events.every(({target}) => known.some((of) => speaksOf(target, of)));
}

/**
 * Whether a value has the name of a gradient that it does not equal. A sum of it may be right all the same: what the path
 * through a variance adds sums to zero.
 */
function isAgainstItsName({events}: Step, matches: ReadonlyMap<AssignEvent, Match>, truths: readonly NamedTruth[]): boolean {
  if (events.length !== 1) return false;
  const [event] = events;
  const own = truths.filter(({of, through}) => of !== '' && through === null && speaksOf(event.target, of));
  const match = matches.get(event);
  return own.length > 0 && !(match?.through === null && speaksOf(event.target, match.of));
}

function isRecognised(step: Step, matches: ReadonlyMap<AssignEvent, Match>, known: readonly string[], ends: readonly string[]): boolean {
  const {events} = step;
  const {statement} = step;
  if (events.length === 0 || statement.kind === 'For') return false;
  const isCopy = statement.kind === 'Assign' && statement.value.kind === 'Name';
  return events.every((event) => {
    const match = matches.get(event);
    if (match?.through !== null || event.how === 'item' && event.snapshot === null && !event.target.endsWith("']")) return false;
    const named = known.find((of) => speaksOf(event.target, of));
    if (named !== undefined) return speaksOf(event.target, match.of);
    return !isCopy && !ends.some((key) => touches(event.target, key));
  });
}

/** Given for a found gradient. */
export function givenOf({name, source}: FoundGradient): Given {
  return {name, position: source.position};
}
