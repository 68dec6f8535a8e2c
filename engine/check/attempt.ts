/**
 * What one run of a pair is given, and what is asked of those who make such inputs. Shapes and words only: nothing is made or run here.
 */
import type {InputProblem, Origin, Role} from '../inputs/spec.ts';
import type {Value} from '../ndarray/values.ts';
import type {Span} from '../python/span.ts';
import type {Target} from './subjects/target.ts';

/** One input as it was made for an attempt. */
export interface MadeFact {
  readonly name: string;
  readonly role: Role;
  readonly origin: Origin;
  readonly span: Span | null;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** Everything that one run is given; equal at each call of its functions. */
export interface Attempt {
  /** How it is named under "what was checked": `set 1`, `pad = 0`. */
  readonly label: string;
  readonly inputs: () => ReadonlyMap<string, Value>;
  readonly constructed: () => ReadonlyMap<string, Value>;
  readonly seed: number;
  /** Whether these are the first inputs of a reading, on which the tape is confirmed most thoroughly. */
  readonly first: boolean;
  /** How many times larger than order one the upstream gradient is. */
  readonly upstreamFactor: number;
  /** Whether the text states every shape: then nothing else is tried. */
  readonly stated: boolean;
  /** What differs from the base setting. */
  readonly setting: Readonly<Record<string, unknown>>;
  /** The size of every letter. */
  readonly letters: ReadonlyMap<string, number>;
  readonly made: readonly MadeFact[];
  /** For a network: what it is trained towards. */
  readonly target?: Target;
  /** Why there is nothing to judge in a gradient of this input, or null. */
  readonly skipped: (of: string) => string | null;
}

export interface Prepared {
  /** The best guess, whether or not its forward runs; null for a script. */
  readonly first: Attempt | null;
  readonly problems: readonly InputProblem[];
  /** The next inputs to try; null when there are no more. */
  readonly next: () => Attempt | null;
  /** What the last attempt raised. */
  readonly failed: (type: string, message: string) => void;
  /** Which gradient of the last attempt had another shape than its input, and which. */
  readonly shaped: (of: string, shape: readonly number[]) => void;
  /** Other sizes and numbers for the same reading. */
  readonly moreSets: (attempt: Attempt) => readonly Attempt[];
  /** Sizes and numbers that no verdict has looked at, to prove a fix on. */
  readonly unseen: (attempt: Attempt) => readonly Attempt[];
  /** The same reading in other settings. */
  readonly settings: (attempt: Attempt) => readonly Attempt[];
}
