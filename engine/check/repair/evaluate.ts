/**
 * Runs the backward changed: with other values in the place of assigned ones, or with an edited text, and says which wrong
 * gradients are right then. Proves an edit on inputs that nothing has looked at.
 */
import {Budget, BudgetExceeded} from '../../ndarray/context.ts';
import {UnsupportedError} from '../../ndarray/errors.ts';
import type {Value} from '../../ndarray/values.ts';
import type {Listener} from '../../interpreter/events.ts';
import {parse} from '../../python/parse.ts';
import {findPairs} from '../../program/find-pairs.ts';
import type {Pair} from '../../program/pair.ts';
import {reachableStatements} from '../../program/reach.ts';
import {compare} from '../compare.ts';
import type {Truth} from '../compare.ts';
import type {PairFile} from '../file.ts';
import type {Attempt} from '../attempt.ts';
import {quantityOf} from '../quantity.ts';
import {CannotRun} from '../subjects/subject.ts';
import {startSubject} from '../subjects/table.ts';
import {recordTrial, runOnValues} from '../trial.ts';
import type {Experiment, Trial} from '../trial.ts';
import type {Edit} from './edit.ts';
import {spliced} from './splice.ts';
import type {LineEdit} from './splice.ts';

/** What a repair has to live up to. */
export interface Patient {
  readonly pair: Pair;
  readonly file: PairFile;
  /** The trial that shows the mistake. */
  readonly trial: Trial;
  readonly attempt: Attempt;
  /** Inputs that the search does not look at, to prove an edit on. */
  readonly unseen: readonly Attempt[];
  /** Names of the gradients that are wrong and not yet explained. */
  readonly wrong: ReadonlySet<string>;
  /** All gradients that are wrong in the text as it is: an edit need not mend those of another mistake. */
  readonly allWrong: ReadonlySet<string>;
}

/** What a search may still use; counted down. */
export interface Allowance {
  steps: number;
}

/** Steps that one run costs beyond those of the interpreter: making inputs, loading the module. */
const STEPS_OF_A_RUN = 2500;
const MOST_STEPS_OF_A_RUN = 2_000_000;

/** The wrong gradients that are right in a run of `file`; null if it breaks another, raises, or changes the loss. */
export function mendedBy(patient: Patient, file: PairFile, allowance: Allowance, listener: Listener | null = null): Set<string> | null {
  const {trial, wrong, allWrong, attempt, pair} = patient;
  const budget = new Budget(Math.min(MOST_STEPS_OF_A_RUN, allowance.steps), 64e6);
  const before = budget.steps;
  const experiment = {...startOf(pair, file, attempt), budget: () => budget};
  const found = attempted(() => runOnValues(experiment, upstreamOfAttempt(attempt), listener));
  allowance.steps -= before - budget.steps + STEPS_OF_A_RUN;
  if (found === null) return null;
  if (trial.interleaved && !(Math.abs(found.loss - trial.loss) <= 1e-9 * Math.abs(trial.loss))) return null;
  const mended = new Set<string>();
  for (const {name, of, value} of found.gradients) {
    const truth = trial.truths.get(of);
    if (truth === undefined) continue;
    const actual = quantityOf(value);
    const right = actual !== null && compare(truth, actual).difference === 'none';
    if (right && wrong.has(name)) mended.add(name);
    if (!right && !allWrong.has(name)) return null;
  }
  return mended.size > 0 ? mended : null;
}

/** The text of the edit if the text itself, read again, mends the same gradients on unseen inputs. */
export function provedEdit(patient: Patient, edit: Edit, mends: ReadonlySet<string>): LineEdit | null {
  const {file, pair} = patient;
  for (const lines of spliced(file.text, file.lines, edit)) {
    const parsed = parse(lines.text);
    const again = findPairs(file.path, lines.text, parsed.module).find(({name, pattern}) => name === pair.name && pattern === pair.pattern);
    if (again === undefined) continue;
    const roots = again.pattern === 'script' ? [...again.forward, ...again.backward] : [...('owner' in again && again.owner !== null ? [again.owner] : []), again.forward, again.backward];
    const edited: PairFile = {...file, text: lines.text, module: parsed.module, lines: parsed.lines, statements: reachableStatements(parsed.module, roots)};
    if (usable(patient).every((proof) => attempted(() => mendsOn(patient, again, edited, proof, mends)) === true)) return lines;
  }
  return null;
}

/** Inputs to prove an edit on, and the gradients that are wrong there in the text as it is. */
interface Proof {
  readonly attempt: Attempt;
  readonly wrong: ReadonlySet<string>;
}

/**
 * The unseen inputs that the forward accepts as it is: labels made for other sizes can be out of range there. The inputs of
 * the search where none is left.
 */
function usable(patient: Patient): readonly Proof[] {
  const known = usableOf.get(patient.unseen);
  if (known !== undefined) return known;
  const {pair, file, unseen, attempt} = patient;
  const accepted = unseen.flatMap((other): Proof[] => {
    const trial = attempted(() => recordTrial(startOf(pair, file, other), {seed: other.seed + 31, factor: 1}, false));
    return trial === null || 'phase' in trial ? [] : [{attempt: other, wrong: wrongIn(trial)}];
  });
  const found = accepted.length > 0 ? accepted : [{attempt, wrong: new Set<string>()}];
  usableOf.set(patient.unseen, found);
  return found;
}

const usableOf = new WeakMap<readonly Attempt[], readonly Proof[]>();

function wrongIn({found, truths}: Trial): Set<string> {
  const wrong = (found ?? []).filter(({of, value}) => {
    const truth = truths.get(of);
    return truth !== undefined && !isRight(truth, value);
  });
  return new Set(wrong.map(({name}) => name));
}

function isRight(truth: Truth, value: Value | undefined): boolean {
  const actual = quantityOf(value);
  return actual !== null && compare(truth, actual).difference === 'none';
}

/** What is wrong on these inputs for another reason, in a mode that the backward does not know of, may stay so. */
function mendsOn({allWrong, trial: first}: Patient, pair: Pair, file: PairFile, {attempt, wrong}: Proof, mends: ReadonlySet<string>): boolean {
  const trial = recordTrial(startOf(pair, file, attempt), {seed: attempt.seed + 31, factor: 1}, false);
  if ('phase' in trial || trial.found === null) return false;
  let mended = 0;
  // What is returned as `dx / N` has lost its name and kept its place.
  const names = new Map((first.found ?? []).flatMap(({source, name}): [number, string][] => (source.position === null || source.name === null || source.name.includes('[') ? [] : [[source.position, name]])));
  for (const {source, name: now, of, value} of trial.found) {
    const name = source.name === null && source.position !== null ? names.get(source.position) ?? now : now;
    const truth = trial.truths.get(of);
    if (truth === undefined) continue;
    const right = isRight(truth, value);
    if (right && mends.has(name)) mended++;
    if (!right && (mends.has(name) || !(allWrong.has(name) || wrong.has(name)))) return false;
  }
  return mended === mends.size;
}

/** The upstream that judging gave to this attempt. */
function upstreamOfAttempt(attempt: Attempt): {seed: number; factor: number} {
  return {seed: attempt.seed + 101, factor: attempt.upstreamFactor};
}

function startOf(pair: Pair, file: PairFile, attempt: Attempt): Experiment {
  return {
    path: file.path, module: file.module, statements: file.statements, source: file.source, start: startSubject(pair, attempt.target ?? null),
    inputs: attempt.inputs, constructed: attempt.constructed, seed: attempt.seed, floorDivision: file.floorDivision === true, madeArrays: pair.pattern === 'script', budget: () => new Budget(MOST_STEPS_OF_A_RUN, 64e6),
  };
}

/** Null for everything that a changed program may run into. */
function attempted<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof BudgetExceeded || error instanceof CannotRun || error instanceof UnsupportedError || error instanceof RangeError) return null;
    throw error;
  }
}
