/**
 * The verdict on a pair: the data of the terminal contract (`--json`, schema 1) and of every editor feature.
 * Lines and columns are 1-based, columns count code points. Fields may be added, never changed.
 */
import type {Role} from '../inputs/spec.ts';
import type {Pattern} from '../program/pair.ts';

export type Verdict = 'agrees' | 'disagrees' | 'inconclusive' | 'unsupported' | 'incomplete';

export type DiagnosisCode =
  | 'missing-transpose' | 'wrong-scale' | 'wrong-sign' | 'missing-batch-sum' | 'wrong-axis' | 'missing-upstream'
  | 'missing-local-derivative' | 'missing-factor' | 'wrong-mask' | 'missing-mask' | 'missing-regularization'
  | 'wrong-regularization-factor' | 'missing-accumulation' | 'missing-path' | 'lost-duplicates' | 'input-mutated'
  | 'stale-cache' | 'wrong-shape' | 'swapped-operands' | 'wrong-operation' | 'wrong-value' | 'wrong-variable' | 'wrong-index'
  | 'off-by-one' | 'integer-truncation' | 'integer-division' | 'swapped-returns' | 'missing-gradient' | 'not-implemented'
  | 'tie' | 'unstable' | 'raises' | 'other';

export type Convention =
  | 'mean-folded' | 'numerator-layout' | 'merged-with-loss' | 'of-the-output' | 'unit-upstream' | 'descent-sign'
  | 'epsilon-neglected' | 'clipped' | 'decay-added' | 'sum-loss' | 'mean-loss' | 'half';

/** A letter, a number or a product such as `C*HH*WW`. */
export type SymbolicShape = readonly (string | number)[];

export interface InputReport {
  readonly name: string;
  readonly shape: SymbolicShape;
  readonly size: readonly number[];
  readonly dtype: string;
  readonly role: Role;
}

export interface Diagnosis {
  readonly code: DiagnosisCode;
  readonly line: number;
  readonly message: string;
  /** The principle behind it. */
  readonly why?: string;
  /** Which value the line makes wrong, for the first hint. */
  readonly where?: string;
  readonly fix?: {readonly line: number; readonly endLine?: number; readonly newText: string};
  /** Present where a fix was looked for and not found: how many edits were run. */
  readonly gaveUp?: {readonly edits: number};
}

export interface GradientReport {
  readonly of: string;
  readonly name: string;
  readonly line: number;
  readonly shape: SymbolicShape;
  readonly size: readonly number[];
  readonly expectedSize: readonly number[];
  readonly verdict: Verdict | 'missing';
  readonly reason?: string;
  readonly maxRelativeError: number | null;
  /** Largest relative error against central differences, coordinate by coordinate; only when they were asked for. */
  readonly numericalError?: number;
  /** Directions that crossed a kink. */
  readonly kinks: number;
  /** Zero against zero in every input set. */
  readonly vacuous?: boolean;
  readonly convention?: Convention;
  readonly diagnosis?: Diagnosis;
  readonly causedBy?: number;
  readonly witness?: {readonly index: readonly number[]; readonly expected: number; readonly actual: number};
}

export interface ExceptionReport {
  readonly setting: Readonly<Record<string, unknown>>;
  readonly of: string;
  readonly message: string;
  /** The line at fault and the kind of mistake, where they are known. */
  readonly diagnosis?: Diagnosis;
}

export interface PairReport {
  readonly name: string;
  readonly pattern: Pattern;
  readonly forward: {readonly name: string; readonly line: number};
  readonly backward: {readonly name: string; readonly line: number};
  readonly verdict: Verdict;
  readonly reason: string;
  /** How the code was read where that is not plain: as Python 2, or with a made text in the place of a file. */
  readonly remarks?: readonly string[];
  readonly inputs: readonly InputReport[];
  readonly gradients: readonly GradientReport[];
  readonly firstWrong?: {readonly line: number; readonly name: string};
  readonly exceptions?: readonly ExceptionReport[];
}

export interface HintReport {
  readonly line: number;
  readonly column: number;
  readonly name: string;
  readonly shape: SymbolicShape;
  readonly size: readonly number[];
  readonly dtype: string;
}

/** The shape of an assignment in a function that was not run, seen from the text alone. */
export interface InferredReport {
  readonly line: number;
  readonly column: number;
  readonly name: string;
  /** `?` for a size of which nothing is known. */
  readonly shape: SymbolicShape;
}

export interface ProblemReport {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface FileReport {
  readonly path: string;
  readonly pairs: readonly PairReport[];
  readonly hints: readonly HintReport[];
  /** Where nothing was run. */
  readonly inferred: readonly InferredReport[];
  readonly problems: readonly ProblemReport[];
  readonly timeMs: {readonly parse: number; readonly analyze: number};
}

export interface Report {
  readonly schema: 1;
  readonly files: readonly FileReport[];
}
