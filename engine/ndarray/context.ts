/**
 * What every array operation is given: where to record, which decisions were taken, and how much may still be used.
 * Knows nothing of Python.
 */
import type {GuardLog} from '../tape/guards.ts';
import type {Tape} from '../tape/tape.ts';

/** A run used up one of its budgets; ends the run with a clear message and is never a Python exception. */
export class BudgetExceeded extends Error {
  constructor(readonly resource: 'steps' | 'entries' | 'bytes' | 'time' | 'depth', message: string) {
    super(message);
  }
}

/** What one run may still use. Steps and bytes decide, so that a verdict is the same on every machine; time only aborts. */
export class Budget {
  constructor(
    /** Interpreter steps and array elements touched, together. */
    public steps: number,
    /** Bytes of array data that may still be allocated. */
    public bytes: number,
    /** Called now and then; true aborts the run. */
    public readonly shouldStop: () => boolean = () => false,
  ) {}

  /** Charges `count` steps. */
  spend(count: number): void {
    this.steps -= count;
    if (this.steps < 0) throw new BudgetExceeded('steps', 'the run took too many steps');
  }

  /** Charges an array of `elements` elements. */
  allocate(elements: number): void {
    this.bytes -= elements * 8;
    if (this.bytes < 0) throw new BudgetExceeded('bytes', 'the arrays of this run need too much memory');
    this.spend(elements >> 2);
  }
}

/** The first parameter of every operation. One per run. */
export interface Context {
  /** Records differentiable arithmetic, or null in a run of values only (a replay). */
  tape: Tape | null;
  /** Notes decisions on floats, or null where nobody asks. */
  guards: GuardLog | null;
  readonly budget: Budget;
  /** In a judged run arithmetic is in float64 and float dtypes are labels only: nothing is rounded to float32. */
  readonly exact: boolean;
}
