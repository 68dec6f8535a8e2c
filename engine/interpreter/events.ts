/**
 * The event stream of one traced run: what was assigned, computed, called and raised, with source spans.
 * Hints, graph, matching and diagnosis all read this one stream. A run without a listener pays nothing for it.
 */
import type {Span} from '../python/span.ts';
import type {Snapshot} from '../ndarray/array.ts';
import type {Value} from '../ndarray/values.ts';
import type {FunctionDef, Module, Stmt} from '../python/ast.ts';

/** One activation of a function (or of a module's top level). */
export interface Activation {
  /** 0 for the first activation of the run, counted in call order. */
  readonly number: number;
  readonly caller: Activation | null;
  /** Where in the caller the call stands, or null for the outermost. */
  readonly callSpan: Span | null;
  /** Null for a module's top level. */
  readonly definition: FunctionDef | null;
  readonly module: Module;
  /** The path of the file that holds the code. */
  readonly path: string;
}

/** `value` was bound to, or written into, a target. */
export interface AssignEvent {
  readonly type: 'assign';
  /** Counts assign events of the run from 0: the place of an intervention. */
  readonly index: number;
  readonly activation: Activation;
  readonly statement: Stmt;
  /** The span of the target: `dW` or `grads['W1']`. */
  readonly span: Span;
  /** The target as written, keys resolved: `dW`, `self.W`, `grads['W1']`, `dx[i, j]`. */
  readonly target: string;
  readonly how: 'name' | 'attribute' | 'item' | 'parameter';
  /** True for `+=` and the like. */
  readonly augmented: boolean;
  readonly value: Value;
  /** The value as it was at this moment when it is an array. */
  readonly snapshot: Snapshot | null;
  /** For `how: 'item'` on an array: the array that was written into. */
  readonly container: Value;
  /** Iteration numbers of the enclosing loops of this activation, outermost first. */
  readonly iterations: readonly number[];
}

/** One array-level operation. `number` is what the tape's entries of it carry. */
export interface OperationEvent {
  readonly type: 'operation';
  readonly number: number;
  readonly activation: Activation;
  readonly span: Span;
  /** The operator or the row's first name: `*`, `np.sum`, `getitem`, `setitem`. */
  readonly name: string;
  readonly operands: readonly Value[];
  readonly result: Value;
  /** First and past-the-end tape entries made by it. */
  readonly firstEntry: number;
  readonly endEntry: number;
}

export interface CallEvent {
  readonly type: 'call';
  readonly activation: Activation;
  /** Where the call stands, or null for the outermost. */
  readonly span: Span | null;
  readonly args: readonly Value[];
}

export interface ReturnEvent {
  readonly type: 'return';
  readonly activation: Activation;
  readonly span: Span | null;
  readonly value: Value;
}

export interface RaiseEvent {
  readonly type: 'raise';
  readonly activation: Activation;
  readonly span: Span;
  readonly errorType: string;
  readonly message: string;
}

/** Something the engine does not know was met: what, and where. */
export interface UnsupportedEvent {
  readonly type: 'unsupported';
  readonly activation: Activation;
  readonly span: Span;
  readonly construct: string;
}

export type Event = AssignEvent | OperationEvent | CallEvent | ReturnEvent | RaiseEvent | UnsupportedEvent;

/** Who listens to a run. */
export interface Listener {
  event(event: Event): void;
  /**
   * Asked before every assignment takes effect, with the event as it would be told; may give another value in place of
   * `event.value` (an intervention, or the leaf of a script). `event()` then tells the value that was taken.
   * Only called when present; `event.snapshot` may be null here.
   */
  replace?(event: AssignEvent): Value;
}

