/**
 * The result of judging one pair: its analysis, and what it takes to record the runs that decided once more. Runs nothing.
 */
import type {Pair} from '../program/pair.ts';
import type {Lines} from '../python/lines.ts';
import {placesOf} from './places.ts';
import type {PairAnalysis} from './analysis.ts';
import type {Attempt} from './attempt.ts';
import type {HintReport, ProblemReport, SymbolicShape} from './report.ts';

/** The analysis of one pair with what it contributes to its file's report. */
export interface PairResult {
  readonly analysis: PairAnalysis;
  readonly hints: readonly HintReport[];
  readonly problems: readonly ProblemReport[];
  /** What it takes to record the runs that decided once more. */
  readonly runs: Runs;
}

/** The input sets that decided, and how their sizes are named. */
export interface Runs {
  readonly attempts: readonly Attempt[];
  readonly letters: Letters;
  /** Whether they were read as Python 2. */
  readonly floorDivision: boolean;
}

/** Letters for sizes over the input sets of one pair. */
export interface Letters {
  /** The symbolic shape of something that had these sizes in each input set. */
  readonly shape: (sizes: readonly (readonly number[])[]) => SymbolicShape;
}

/** Of a pair of which nothing is known but where it stands. */
export function unjudged(pair: Pair, lines: Lines, reason: string): PairResult {
  const {forward, backward, forwardSpan, backwardSpan} = placesOf(pair, lines);
  return {
    analysis: {
      report: {name: pair.name, pattern: pair.pattern, forward, backward, verdict: 'inconclusive', reason, inputs: [], gradients: []},
      forwardSpan, backwardSpan, inputs: [], values: [], operations: [], tried: [],
    },
    hints: [], problems: [], runs: {attempts: [], letters: {shape: ([first]) => first}, floorDivision: false},
  };
}
