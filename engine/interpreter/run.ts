/**
 * The state of one run: budget, tape, guards, listener, counters, loaded modules, what was printed and what is poisoned.
 * A run is used once and thrown away; compiled code is shared between runs and holds none of this.
 */
import type {Span} from '../python/span.ts';
import type {NumberLiteral} from '../python/ast.ts';
import type {Tape} from '../tape/tape.ts';
import type {GuardLog} from '../tape/guards.ts';
import {BudgetExceeded} from '../ndarray/context.ts';
import type {Budget} from '../ndarray/context.ts';
import {NDArray} from '../ndarray/array.ts';
import {List, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import type {NumpyContext} from '../numpy/row.ts';
import {Dict} from './containers.ts';
import {call} from './calls.ts';
import type {Activation, Listener} from './events.ts';
import type {PythonException} from './exceptions.ts';
import type {RunOptions} from './interpreter.ts';
import {listOf} from './iteration.ts';
import {Instance, Unsupported} from './objects.ts';
import type {ModuleValue} from './objects.ts';

/** Characters of printed text that are kept. */
const printedLimit = 100_000;

const nowhere: Span = {start: 0, end: 0};

export class Run implements NumpyContext {
  tape: Tape | null;
  guards: GuardLog | null;
  listener: Listener | null;
  readonly budget: Budget;
  readonly exact: boolean;
  readonly randomState: {current: unknown} = {current: undefined};
  /** State that modules of ours keep in this run (the generator of `random`), by the module's name. */
  readonly moduleState = new Map<string, unknown>();
  /** Modules of the workspace that have been loaded, or are being loaded, by path. */
  readonly modules = new Map<string, ModuleValue>();
  /** Who takes names from a module of the workspace that is still being loaded, and what it does once they are there. */
  readonly awaiting = new Map<ModuleValue, (() => void)[]>();
  /** Modules that are not files: NumPy, `math`; by name. */
  readonly nativeModules = new Map<string, Value>();
  /** Files that are not there, by the names that the text has for them, and what stood in for what they hold. */
  readonly standIns = new Map<string, 'text' | 'array'>();
  /** Exceptions that ended a statement of a module's top level, or a call from outside, in order. */
  readonly raised: PythonException[] = [];
  readonly traceLiteral: ((node: NumberLiteral) => boolean) | null;

  /** What the run's arrays have beside NumPy's attributes, because it uses them as tensors; null for NumPy alone. */
  tensorAttribute: ((object: Value, name: string, kept: Value | undefined) => Value | undefined) | null = null;
  /** Attributes that the code has hung on tensors: `inp.g = out.g @ w.t()`. */
  readonly hungOn = new WeakMap<NDArray, Map<string, Value>>();
  /** Array-level operations so far: what tape entries carry. */
  operations = 0;
  /** Assign events so far. */
  assigns = 0;
  activations = 0;
  /** The innermost activation that is running, or in which an exception was raised that is on its way up. */
  activation: Activation | null = null;
  /** Where in it: the last operation that could raise. */
  span: Span = nowhere;
  /** Nested Python calls now. */
  depth = 0;

  private ticks = 0;
  /** What the listener has been told is unknown, with its place: once is enough. */
  private readonly announced = new Set<string>();
  private readonly printed: string[] = [];
  private printedLength = 0;
  /** What may have been changed by something unknown. */
  private readonly poisonOf = new WeakMap<object, Unsupported>();
  /** Whether anything is poisoned: ordinary runs pay one comparison. */
  anyPoison = false;

  constructor(readonly options: RunOptions) {
    this.tape = options.tape;
    this.guards = options.guards;
    this.listener = options.listener;
    this.budget = options.budget;
    this.exact = options.exact;
    this.traceLiteral = options.traceLiteral ?? null;
    this.randomState.current = options.seed;
  }

  readonly callPython = (callee: Value, args: readonly Value[]): Value => call(this, callee, args, null);

  readonly iterate = (value: Value): readonly Value[] => listOf(this, value);

  /** Charges one step: a statement, an iteration or a call. */
  step(): void {
    this.budget.spend(1);
    if ((++this.ticks & 4095) === 0 && this.budget.shouldStop()) throw new BudgetExceeded('time', 'the run was stopped');
  }

  /** What Python code printed, up to a limit. */
  get stdout(): string {
    return this.printed.join('');
  }

  print(text: string): void {
    if (this.printedLength >= printedLimit) return;
    this.printed.push(text);
    this.printedLength += text.length;
  }

  /** Something unknown was met: tells the listener and gives the value that stands for it. */
  unsupported(construct: string, span: Span = this.span, harmless = false): Unsupported {
    if (this.listener !== null && this.activation !== null && !harmless) {
      const place = `${construct}@${this.activation.path}:${span.start}`;
      if (!this.announced.has(place)) this.listener.event({type: 'unsupported', activation: this.activation, span, construct});
      this.announced.add(place);
    }
    return new Unsupported(construct, span, harmless);
  }

  /** Keeps an exception that nothing in the text caught, and tells the listener. */
  noteRaised(exception: PythonException): void {
    this.raised.push(exception);
    const at = exception.exception.raisedAt;
    if (this.listener === null || at === null) return;
    this.listener.event({type: 'raise', activation: at.activation, span: at.span, errorType: exception.type, message: exception.message});
  }

  /** Marks what something unknown may have changed: arrays (through their buffer), and what containers hold. */
  poison(value: Value, by: Unsupported): void {
    if (value === null || typeof value !== 'object') return;
    const object = value instanceof NDArray ? value.buffer : value;
    if (this.poisonOf.has(object)) return;
    const parts = partsOf(value);
    if (parts === null && !(value instanceof NDArray)) return;
    if (!(value instanceof Tuple)) {
      this.poisonOf.set(object, by);
      this.anyPoison = true;
    }
    for (const part of parts ?? []) this.poison(part, by);
  }

  /** What poisoned a value, it itself if it is unsupported, or null. Looks at the value only, not into containers. */
  poisonBy(value: Value): Unsupported | null {
    if (value === null || typeof value !== 'object') return null;
    if (value instanceof Unsupported) return value;
    if (!this.anyPoison) return null;
    return this.poisonOf.get(value instanceof NDArray ? value.buffer : value) ?? null;
  }

  /** Whether a result cannot be trusted: it, or anything that it holds, is unsupported or poisoned. */
  isPoisoned(value: Value): boolean {
    return this.unknownIn(value) !== null;
  }

  /** What poisoned a value or anything that a list, tuple or dictionary of at most this depth holds; or null. */
  unknownIn(value: Value, depth = 8): Unsupported | null {
    const by = this.poisonBy(value);
    if (by !== null || depth === 0 || value instanceof Instance) return by;
    for (const part of partsOf(value) ?? []) {
      const inner = this.unknownIn(part, depth - 1);
      if (inner !== null) return inner;
    }
    return null;
  }
}

/** What a mutable container or a tuple holds; null for anything else. */
function partsOf(value: Value): readonly Value[] | null {
  if (value instanceof List || value instanceof Tuple) return value.items;
  if (value instanceof Dict) return value.values();
  if (value instanceof Instance) return [...value.attributes.values()];
  return null;
}
