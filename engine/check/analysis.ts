/**
 * What an editor shows beside the report: every value and operation of the judged runs with its place in the text.
 * Plain data that can be sent between threads.
 */
import type {Span} from '../python/span.ts';
import type {Role} from '../inputs/spec.ts';
import type {FileReport, PairReport, SymbolicShape} from './report.ts';

/** One assignment as it was in the first run: the last value that its target had on that line. */
export interface ValueInfo {
  /** The target: `dW`, `self.W`, `grads['W1']`. */
  readonly span: Span;
  /** The whole statement: verdict hints stand at its end. */
  readonly statement: Span;
  readonly name: string;
  readonly shape: SymbolicShape;
  readonly size: readonly number[];
  readonly dtype: string;
  readonly preview: Preview;
  /** What the value is, when it was recognised as a gradient; null in forward functions and for partial results. */
  readonly gradient: GradientInfo | null;
}

export interface Preview {
  /** Up to 12 elements in C order. */
  readonly first: readonly number[];
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly nans: number;
}

export interface GradientInfo {
  /** Of what: `x`, `scores`, `x - mu`. */
  readonly of: string;
  readonly status: 'agrees' | 'disagrees' | 'spoiled';
  /** The largest relative error; null when shapes differ. */
  readonly error: number | null;
  /** One sentence for a hover. */
  readonly note: string;
}

/** One array-level operation in the text. */
export interface OperationInfo {
  readonly span: Span;
  /** `np.dot`, `*`, `np.sum`. */
  readonly name: string;
  readonly operands: readonly SymbolicShape[];
  readonly result: SymbolicShape;
}

/** Where an input came from. */
export interface InputInfo {
  readonly name: string;
  readonly shape: SymbolicShape;
  readonly size: readonly number[];
  readonly role: Role;
  /** `docstring`, `use`, `pragma`, ... */
  readonly origin: string;
  /** Where the text says so, or null. */
  readonly span: Span | null;
}

/** Everything about one pair. */
export interface PairAnalysis {
  readonly report: PairReport;
  /** From the name of each definition to its end, or from the first statement of a script to its last. */
  readonly forwardSpan: Span;
  readonly backwardSpan: Span;
  readonly inputs: readonly InputInfo[];
  readonly values: readonly ValueInfo[];
  readonly operations: readonly OperationInfo[];
  /** Settings and seeds that were tried, readable: `stride=2, pad=0`. */
  readonly tried: readonly string[];
}

/** The shape of an assignment that was not run, seen from the text alone; `?` for a size of which nothing is known. */
export interface InferredInfo {
  /** The target. */
  readonly span: Span;
  readonly statement: Span;
  readonly name: string;
  readonly shape: SymbolicShape;
}

/** What was judged, and where it stands now: an edit elsewhere moves it, and it stays the same judgement. */
export interface JudgedPair extends PairAnalysis {
  /** A number that no other judgement of the same project has. */
  readonly judgement: number;
  readonly anchors: Anchors;
}

/** The top-level statements that a pair reaches, in text order, with their place: offsets and 1-based lines. */
export type Anchors = readonly {readonly start: number; readonly end: number; readonly line: number; readonly lastLine: number}[];

/** Everything about one file. */
export interface FileAnalysis {
  readonly report: FileReport;
  readonly pairs: readonly JudgedPair[];
  /** In functions that no pair has run, in text order. */
  readonly inferred: readonly InferredInfo[];
}
