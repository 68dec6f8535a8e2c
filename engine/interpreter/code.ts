/**
 * What compiling gives: closures over the syntax tree that hold no state of any run, and the frame that each activation
 * hands them. Types only, and the frame.
 */
import type {Span} from '../python/span.ts';
import type {FunctionDef, Lambda, Module} from '../python/ast.ts';
import type {Value} from '../ndarray/values.ts';
import type {Activation} from './events.ts';
import type {Cell, Func, ModuleValue} from './objects.ts';
import type {Run} from './run.ts';

/** How a statement ended. */
export const Completion = {Normal: 0, Break: 1, Continue: 2, Return: 3} as const;
export type Completion = (typeof Completion)[keyof typeof Completion];

/** The variables of one activation. */
export class Frame {
  /** What `return` gives, and where it stands. */
  result: Value = null;
  returned: Span | null = null;
  /** Iteration numbers of the loops that are being run, by their depth in the text. */
  readonly iterations: number[] = [];
  /** The exceptions that are being handled, innermost last: what a bare `raise` raises again. */
  handling: Error[] | null = null;

  constructor(
    readonly run: Run,
    /** Local variables by slot; undefined is unbound. */
    readonly slots: (Value | undefined)[],
    /** Variables shared with inner functions, then those of outer functions. */
    readonly cells: readonly Cell[],
    readonly module: ModuleValue,
    readonly globals: Map<string, Value>,
    readonly activation: Activation,
    /** The function that runs, or null at a module's top level and in a class body. */
    readonly func: Func | null,
    /** The names of a class body while it runs, else null. */
    readonly names: Map<string, Value> | null,
    /** Nesting of Python calls. */
    readonly depth: number,
  ) {}
}

export type ExprCode = (frame: Frame) => Value;
export type StmtCode = (frame: Frame) => Completion;
/** Stores a value into a target. */
export type StoreCode = (frame: Frame, value: Value) => void;
/** A statement that may yield. What it is sent comes back from `yield`. */
export type GeneratorCode = (frame: Frame) => Generator<Value, Completion, Value>;

export interface ParameterCode {
  readonly name: string;
  readonly star: '' | '*' | '**';
  readonly passing: 'any' | 'keyword' | 'position';
  readonly nameSpan: Span;
  /** Its place in the slots, or in the cells if an inner function uses it. */
  readonly slot: number;
  readonly cell: boolean;
}

/** A compiled function, shared by all runs. */
export interface FunctionCode {
  readonly name: string;
  readonly qualifiedName: string;
  readonly definition: FunctionDef | Lambda;
  /** The definition, or null for a lambda. */
  readonly function: FunctionDef | null;
  readonly module: Module;
  readonly params: readonly ParameterCode[];
  /** Whether the parameters are held in the first slots, without stars, so that arguments can be copied over. */
  readonly plain: boolean;
  /** Where the cells of outer functions are among the enclosing frame's cells. They come first in a frame's cells. */
  readonly free: readonly number[];
  /** The body, compiled at the first call. */
  readonly compiled: () => CompiledBody;
}

export interface CompiledBody {
  /** The slots of a fresh frame. */
  readonly blank: readonly undefined[];
  /** How many cells it makes of its own. */
  readonly cellCount: number;
  /** Runs the body in a frame whose parameters are bound. */
  readonly body: ExprCode;
  /** The body of a generator function, else null. */
  readonly lazyBody: GeneratorCode | null;
}
