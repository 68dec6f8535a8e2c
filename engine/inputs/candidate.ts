/**
 * What the search for inputs tries, and what it hears of it. Types only.
 */
import type {SizeConstraint} from '../dims/sizes.ts';
import type {Choice, FunctionInputs} from './spec.ts';

/** One complete decision on all inputs. */
export interface Candidate {
  readonly inputs: FunctionInputs;
  readonly choices: readonly Choice[];
  /** What trials found to be equal, beside the inputs' own ties. */
  readonly ties: readonly SizeConstraint[];
  readonly cost: number;
}

/** A Python exception as its type's name and its message. */
export interface TrialError {
  readonly type: string;
  readonly message: string;
}
