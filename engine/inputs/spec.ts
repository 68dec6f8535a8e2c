/**
 * What is known of the inputs of one function before anything is run, and where it is known from.
 * Facts only: making numbers of them is make.ts's business.
 */
import type {DimExpression} from '../dims/expression.ts';
import type {SizeConstraint} from '../dims/sizes.ts';
import type {Span} from '../python/span.ts';

/**
 * One axis: the user's letter, a number, an expression in letters (`4*H`), or unknown.
 * `rest` stands for any number of axes (`(N, d_1, ..., d_k)`).
 */
export type AxisSpec =
  | {readonly letter: string} | {readonly size: number} | {readonly expression: DimExpression}
  | {readonly rest: true} | {readonly unknown: true};

/** What the text promises about the values. */
export type Domain =
  | 'any' | 'positive' | 'unit-interval' | 'probabilities' | 'one-hot' | 'permutation' | 'mask' | 'non-negative';

export type Role = 'differentiable' | 'label' | 'index' | 'hyperparameter' | 'config' | 'upstream' | 'cache';

/** Where a fact comes from, best first; a better source wins over a worse one. */
export type Origin = 'pragma' | 'annotation' | 'docstring' | 'comment' | 'call' | 'use' | 'trial' | 'default' | 'guess';

/** What Python value it is. A scalar that is differentiated is a `float`; a size or a count is an `int`. */
export type InputKind =
  | 'array' | 'float' | 'int' | 'bool' | 'string' | 'dict' | 'list' | 'tuple' | 'none' | 'callable' | 'object';

export interface InputSpec {
  readonly name: string;
  readonly role: Role;
  /** Null when nothing is known; [] for a scalar. */
  readonly shape: readonly AxisSpec[] | null;
  /** A Python literal's value for hyperparameters and configuration (`{'stride': 1}`), else undefined. */
  readonly literal?: Literal;
  /** For labels and indices: the letter or size of the axis that they index (`y labels(C)`). */
  readonly below?: AxisSpec;
  readonly domain: Domain;
  readonly origin: Origin;
  /** Where the text says so. */
  readonly span: Span | null;
  /** Absent when it is an array or nothing is known. */
  readonly kind?: InputKind;
  /** Dictionary: its entries, named by their keys. List or tuple: its items, in order. */
  readonly entries?: readonly InputSpec[];
  /** The values that the text compares it with (`mode == 'train'`), or promises. */
  readonly choices?: readonly Literal[];
  /** For an int that is a size (`input_dim`): the axis that it is the size of. */
  readonly dimension?: AxisSpec;
  /** The default in the signature or in `d.get(key, default)`; the argument may be left out. */
  readonly default?: Literal;
}

/** A Python literal as plain data. */
export type Literal = null | boolean | number | string | {readonly float: number} | {readonly tuple: readonly Literal[]} | {readonly list: readonly Literal[]} | {readonly dict: readonly (readonly [Literal, Literal])[]};

/** What one source says about one input: whatever it does not say is absent. */
export type Fact = Partial<Omit<InputSpec, 'entries'>> & Pick<InputSpec, 'name' | 'origin' | 'span'> & {
  /** What is said of the keys of a dictionary. */
  readonly entries?: readonly Fact[];
  /** `same shape as x`: the name of the other input, resolved when facts are merged. */
  readonly shapeOf?: string;
};

/** Something in the text that was meant for this engine and cannot be read. */
export interface InputProblem {
  readonly code: 'bad-pragma';
  readonly span: Span;
  /** What is wrong, where, and how to write it. */
  readonly message: string;
}

/** A decision about one input that overrides what was found: made by a search that tries, or by an alternative. */
export interface Choice {
  /** The input's name; `__init__.W` for a parameter of the constructor, `params.W1` for an entry. */
  readonly name: string;
  readonly rank?: number;
  /** The axes, where more than their number is decided. */
  readonly axes?: readonly AxisSpec[];
  readonly kind?: InputKind;
  readonly role?: Role;
  readonly domain?: Domain;
  readonly below?: AxisSpec;
  readonly literal?: Literal;
}

/** Another consistent reading of the inputs, tried when better ones fail. Smaller cost first. */
export interface Alternative {
  readonly choices: readonly Choice[];
  readonly cost: number;
}

/** Everything static about the inputs of one function. */
export interface FunctionInputs {
  /** One for each parameter, in order, without `self`; the best reading of each. */
  readonly specs: readonly InputSpec[];
  /** For a method: the parameters of the class's `__init__`, sharing letters with `specs`; else empty. */
  readonly construct: readonly InputSpec[];
  /** Letters in order of preference: those that text gave before those that were made up. */
  readonly letters: readonly string[];
  /** What is known between letters, and between letters and named integers (`conv_param.stride`). */
  readonly ties: readonly SizeConstraint[];
  readonly alternatives: readonly Alternative[];
  readonly problems: readonly InputProblem[];
  /** The same function read again under other decisions. */
  readonly reread: (choices: readonly Choice[]) => FunctionInputs;
}
