/**
 * One judged pair, recorded again for those who want to look at the run itself: the graph. Plain data beside tape and
 * events; what the user's backward computes is given as claims. Ordinary checks keep none of this.
 */
import {List, Tuple} from '../ndarray/values.ts';
import type {Span} from '../python/span.ts';
import type {Event} from '../interpreter/events.ts';
import type {Sweep} from '../tape/sweep.ts';
import type {Tape} from '../tape/tape.ts';
import type {Pair} from '../program/pair.ts';
import {compare} from './compare.ts';
import type {PairFile} from './file.ts';
import {experimentFor} from './judge.ts';
import {backwardAssignments, matchBackward, quantityOfAssignment, speaksOf, truthIndex} from './matching.ts';
import type {NamedTruth} from './matching.ts';
import {quantityOf} from './quantity.ts';
import type {Quantity} from './quantity.ts';
import type {PairReport} from './report.ts';
import type {Runs} from './result.ts';
import {recordTrial} from './trial.ts';
import type {Trial} from './trial.ts';

/** What the user's backward computes for one forward value. */
export interface Claim {
  /** The forward value as written; empty when `operation` says which one it is. */
  readonly of: string;
  /** The number of the operation that computed a value without a name, or null. */
  readonly operation: number | null;
  /** The user's gradient as written: `dW`. */
  readonly name: string;
  readonly span: Span;
  readonly quantity: Quantity;
  /** `unsettled`: it has the name but not the numbers, and may be a part that is still to be added to. */
  readonly status: 'agrees' | 'disagrees' | 'unsettled';
}

/** One recorded run of a pair. */
export interface Trace {
  readonly path: string;
  readonly tape: Tape;
  readonly sweep: Sweep;
  /** Those of the forward; of everything where one function or script does both. */
  readonly events: readonly Event[];
  readonly leaves: readonly {readonly of: string; readonly quantity: Quantity; readonly isList: boolean}[];
  readonly outputs: readonly Quantity[];
  readonly claims: readonly Claim[];
}

/** Records the runs that decided once more, on the text as it is now. Empty when one of them does not end well. */
export function recordAgain(pair: Pair, file: PairFile, {attempts}: Runs, report: PairReport): Trace[] {
  const options = {seed: 0, ignorePragmas: false, numerical: false, shouldStop: () => false, now: () => 0};
  const trials: Trial[] = [];
  for (const attempt of attempts) {
    const trial = recordTrial(experimentFor(pair, file, attempt, options, false), {seed: attempt.seed + 101, factor: attempt.upstreamFactor}, true);
    if ('phase' in trial) return [];
    trials.push(trial);
  }
  return tracesOf(file.path, trials, report);
}

/** The claims are of the first trial; the others are there to name sizes and to confirm. */
function tracesOf(path: string, trials: readonly Trial[], report: PairReport): Trace[] {
  return trials.map((trial, i) => ({
    path, tape: trial.tape, sweep: trial.sweep,
    events: trial.interleaved ? trial.events : trial.events.slice(0, trial.forwardEnd.events),
    leaves: leavesOf(trial), outputs: trial.outputs, claims: i === 0 ? claimsOf(trials, report) : [],
  }));
}

function leavesOf(trial: Trial): Trace['leaves'] {
  const lists = new Set<string>();
  for (const event of trial.events) {
    if (event.type === 'assign' && (event.value instanceof List || event.value instanceof Tuple)) lists.add(event.target);
  }
  return [...trial.leaves].map(([of, quantity]) => ({of, quantity, isList: lists.has(of) && quantity.shape.length === 1}));
}

function claimsOf(trials: readonly Trial[], report: PairReport): Claim[] {
  const [trial] = trials;
  const claims: Claim[] = [];
  for (const {of, name, value, source} of trial.found ?? []) {
    const verdict = report.gradients.find((gradient) => gradient.of === of && gradient.name === name)?.verdict;
    const quantity = quantityOf(value);
    if (quantity === null || (verdict !== 'agrees' && verdict !== 'disagrees')) continue;
    claims.push({of, operation: null, name, span: source.span, quantity, status: verdict});
  }
  const matches = matchBackward(trials);
  const truths = truthIndex(trial).filter(({through, of}) => through === null && of !== '');
  const forward = new Set(truths.map(({of}) => of));
  for (const event of backwardAssignments(trial)) {
    const quantity = quantityOfAssignment(event);
    // Where forward and backward are one, a forward value may equal a gradient of another: q is ∂f/∂z.
    if (quantity === null || forward.has(event.target)) continue;
    const match = matches.get(event);
    const {target: name, span} = event;
    if (match === undefined) {
      const truth = truths.find(({of}) => of !== name && speaksOf(name, of));
      if (truth !== undefined) claims.push({of: truth.of, operation: null, name, span, quantity, status: unmatched(truth, quantity, name, report)});
    } else if (match.through === null) {
      claims.push({of: match.of, operation: match.computedBy?.number ?? null, name, span, quantity, status: 'agrees'});
    }
  }
  return claims;
}

/** What has a gradient's name without being it is blamed only where the report blames it. */
function unmatched({truth}: NamedTruth, quantity: Quantity, name: string, {firstWrong, verdict}: PairReport): Claim['status'] {
  if (compare(truth, quantity).difference === 'none') return 'agrees';
  return verdict === 'disagrees' && firstWrong?.name === name ? 'disagrees' : 'unsettled';
}
