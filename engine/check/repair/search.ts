/**
 * Looks for the smallest edit of a backward that makes wrong gradients right and breaks none, and proves it on inputs that
 * the search has not seen. Bounded by a number of evaluations, so that the answer is the same on every machine.
 */
import {Budget, BudgetExceeded} from '../../ndarray/context.ts';
import {UnsupportedError} from '../../ndarray/errors.ts';
import {parse} from '../../python/parse.ts';
import {findPairs} from '../../program/find-pairs.ts';
import type {Pair} from '../../program/pair.ts';
import {reachableStatements} from '../../program/reach.ts';
import {compare} from '../compare.ts';
import type {PairFile} from '../file.ts';
import type {Attempt} from '../prepare.ts';
import {quantityOf} from '../quantity.ts';
import {CannotRun} from '../subjects/subject.ts';
import {startSubject} from '../subjects/table.ts';
import {recordTrial, runOnValues} from '../trial.ts';
import type {Experiment, Trial} from '../trial.ts';
import {candidateEdits} from './candidates.ts';
import type {Edit} from './edit.ts';
import {withReplaced} from './rewrite.ts';
import {scopesOf} from './scopes.ts';
import {spliced} from './splice.ts';
import type {LineEdit} from './splice.ts';

/** An edit that has been proved. */
export interface Repair {
  readonly edit: Edit;
  readonly lines: LineEdit;
  /** The gradients that it makes right. */
  readonly mends: ReadonlySet<string>;
}

/** What a repair has to live up to. */
export interface Patient {
  readonly pair: Pair;
  readonly file: PairFile;
  /** The trial that shows the mistake. */
  readonly trial: Trial;
  readonly attempt: Attempt;
  /** Inputs that the search does not look at, to prove an edit on. */
  readonly unseen: readonly Attempt[];
  /** Names of the gradients that are wrong now. */
  readonly wrong: ReadonlySet<string>;
}

/** Evaluations of edited programs in one search. */
const MOST_EVALUATIONS = 2500;
/** Steps that all evaluations may take together. */
const MOST_STEPS = 40_000_000;
const EVALUATIONS_BETWEEN_YIELDS = 25;

/** Yields now and then, so that the search can be stopped; returns null when nothing was found. */
export function* searchRepair(patient: Patient): Generator<string, Repair | null> {
  const {pair, file, trial, wrong} = patient;
  const script = pair.pattern === 'script' ? pair.backward : null;
  const edits = candidateEdits(scopesOf(file, trial, script));
  const baseline = startOf(pair, file, patient.attempt);
  const budget = {steps: MOST_STEPS};
  let best: Repair | null = null;
  let evaluations = 0;
  for (const edit of edits) {
    if (++evaluations > MOST_EVALUATIONS || budget.steps < 0) break;
    if (evaluations % EVALUATIONS_BETWEEN_YIELDS === 0) yield 'looking for a fix';
    const mends = mendedBy(patient, {...baseline, ...withReplaced(file, edit.old, edit.now)}, budget);
    if (mends === null || mends.size <= (best?.mends.size ?? 0)) continue;
    const lines = proved(patient, edit, mends);
    if (lines === null) continue;
    best = {edit, lines, mends};
    if (mends.size === wrong.size) break;
  }
  return best;
}

/** The wrong gradients that are right in the edited program; null if it breaks another or raises. */
function mendedBy({trial, wrong, attempt}: Patient, experiment: Experiment, budget: {steps: number}): Set<string> | null {
  const run = new Budget(Math.min(3_000_000, budget.steps), 64e6);
  const before = run.steps;
  const found = attempted(() => runOnValues({...experiment, budget: () => run}, {seed: attempt.seed + 101, factor: 1}));
  budget.steps -= before - run.steps + 2000;
  if (found === null) return null;
  if (trial.interleaved && Math.abs(found.loss - trial.loss) > 1e-9 * Math.abs(trial.loss)) return null;
  const mended = new Set<string>();
  for (const {name, of, value} of found.gradients) {
    const truth = trial.truths.get(of);
    if (truth === undefined) continue;
    const actual = quantityOf(value);
    const right = actual !== null && compare(truth, actual).difference === 'none';
    if (right && wrong.has(name)) mended.add(name);
    if (!right && !wrong.has(name)) return null;
  }
  return mended.size > 0 ? mended : null;
}

/** The text of the edit if the text itself, read again, mends the same gradients on unseen inputs. */
function proved(patient: Patient, edit: Edit, mends: ReadonlySet<string>): LineEdit | null {
  const {file, pair, unseen, wrong} = patient;
  for (const lines of spliced(file.text, file.lines, edit)) {
    const parsed = parse(lines.text);
    const again = findPairs(file.path, lines.text, parsed.module).find(({name}) => name === pair.name);
    if (again?.pattern !== pair.pattern) continue;
    const roots = again.pattern === 'script' ? [...again.forward, ...again.backward] : [...('owner' in again && again.owner !== null ? [again.owner] : []), again.forward, again.backward];
    const edited: PairFile = {...file, text: lines.text, module: parsed.module, lines: parsed.lines, statements: reachableStatements(parsed.module, roots)};
    const holds = unseen.every((attempt) => attempted(() => {
      const trial = recordTrial(startOf(again, edited, attempt), {seed: attempt.seed + 31, factor: 1}, false);
      if ('phase' in trial) return null;
      return (trial.found ?? []).every(({name, of, value}) => {
        const truth = trial.truths.get(of);
        const actual = quantityOf(value);
        const right = truth === undefined || (actual !== null && compare(truth, actual).difference === 'none');
        return right || (wrong.has(name) && !mends.has(name));
      });
    }) === true);
    if (holds) return lines;
  }
  return null;
}

function startOf(pair: Pair, file: PairFile, attempt: Attempt): Experiment {
  return {
    path: file.path, module: file.module, statements: file.statements, source: file.source, start: startSubject(pair),
    inputs: attempt.inputs, constructed: attempt.constructed, seed: attempt.seed, budget: () => new Budget(3_000_000, 64e6),
  };
}

/** Null for everything that an edited program may run into. */
function attempted<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof BudgetExceeded || error instanceof CannotRun || error instanceof UnsupportedError || error instanceof RangeError) return null;
    throw error;
  }
}
