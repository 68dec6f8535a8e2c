/**
 * The only entrance of the engine: texts go in, analyses come out, bit by bit.
 * Incremental (what an edit cannot reach is not run again) and interruptible (the caller looks at its inbox between units).
 */
import type {FileAnalysis} from './check/analysis.ts';

/** What the engine may ask of the world. */
export interface Host {
  /** The text of a file of the workspace, or null if there is none. */
  readFile(path: string): string | null;
  /** Milliseconds, monotonic. */
  now(): number;
}

export interface AnalyzeOptions {
  /** Asked between units; true ends the analysis, what is known so far is returned. */
  readonly shouldStop?: () => boolean;
  /** UTF-16 offset of the cursor: the pair there is judged first, and errors on its line are `incomplete`. */
  readonly first?: number;
  /** Only pairs with this name, or whose forward or backward has it. */
  readonly only?: string;
  readonly seed?: number;
  readonly ignorePragmas?: boolean;
  /** Also take every gradient by central differences, coordinate by coordinate. */
  readonly numerical?: boolean;
}

/** What was done since the last one: one pair in one setting. */
export interface UnitDone {
  readonly pair: string;
  readonly setting: string;
  /** False when the result was taken over because nothing that it reaches has changed. */
  readonly ran: boolean;
  /** The state of the whole file so far: judged pairs are final. */
  readonly partial: FileAnalysis;
}

export interface Project {
  /** An edit; null for a closed file (then the host's text counts). */
  update(path: string, text: string | null): void;
  /** Yields after each unit and returns the whole. Never throws for any text. */
  analyze(path: string, options?: AnalyzeOptions): Generator<UnitDone, FileAnalysis>;
}
