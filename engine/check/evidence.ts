/**
 * What was tried for one pair and what came of it, as it is handed from the judge to those who describe it. Types only.
 */
import type {Pair} from '../program/pair.ts';
import type {Attempt, Prepared} from './attempt.ts';
import type {Judged} from './conventions/convention.ts';
import type {Repair} from './repair/search.ts';
import type {Convention} from './report.ts';
import type {FoundGradient} from './subjects/subject.ts';
import type {Raised, Trial} from './trial.ts';
import type {Finding} from './verdicts.ts';

export interface JudgeOptions {
  readonly seed: number;
  readonly ignorePragmas: boolean;
  /** Also takes every gradient by central differences, coordinate by coordinate. */
  readonly numerical: boolean;
  /** Asked by long runs; true aborts them as inconclusive. */
  readonly shouldStop: () => boolean;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** One trial with its verdicts and what it was run on. */
export interface Outcome extends Judged {
  readonly trial: Trial;
  readonly findings: readonly Finding[];
  readonly kinks: number;
  /** Why the tape is not believed in this trial, or null. */
  readonly doubt: string | null;
  /** Gradients of leaves by central differences, when they were asked for. */
  readonly numerical: ReadonlyMap<string, Float64Array> | null;
}

/** Everything that was tried for a pair, for the summary. */
export interface Evidence {
  readonly pair: Pair;
  readonly prepared: Prepared;
  /** The input sets that decide, first one first. Empty when no inputs were found. */
  readonly base: readonly Outcome[];
  /** One trial for each other setting. */
  readonly settings: readonly Outcome[];
  /** The last thing that went wrong when no input set worked. */
  readonly failure: Failure | null;
  /** A convention by gradient name. */
  readonly conventions: ReadonlyMap<string, Convention>;
  /** Proved edits that make wrong gradients right. */
  readonly repairs: readonly Repair[];
  /** The same for what is wrong in a setting only, with the run that showed it. */
  readonly inSettings: ReadonlyMap<Outcome, {readonly outcome: Outcome; readonly repairs: readonly Repair[]}>;
  /** What a script's gradients are when its ints stay ints; null where it has none. */
  readonly asWritten: readonly FoundGradient[] | null;
}

export type Failure =
  /** `isEarly` where no other inputs were tried, because floor division helps these. */
  | {readonly kind: 'raised'; readonly raised: Raised; readonly attempt: Attempt; readonly isEarly?: true}
  | {readonly kind: 'cannot-run'; readonly why: string}
  | {readonly kind: 'budget'; readonly why: string}
  | {readonly kind: 'unsupported'; readonly construct: string};
