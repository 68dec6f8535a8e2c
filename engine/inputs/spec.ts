/**
 * What is known of the inputs of one function before anything is run, and where it is known from.
 * Facts only: making numbers of them is make.ts's business.
 */
import type {Span} from '../python/span.ts';

/** One axis: the user's letter, a number, or unknown. `...` stands for any number of axes (`(N, d_1, ..., d_k)`). */
export type AxisSpec = {readonly letter: string} | {readonly size: number} | {readonly rest: true} | {readonly unknown: true};

/** What the text promises about the values. */
export type Domain =
  | 'any' | 'positive' | 'unit-interval' | 'probabilities' | 'one-hot' | 'permutation' | 'mask' | 'non-negative';

export type Role = 'differentiable' | 'label' | 'index' | 'hyperparameter' | 'config' | 'upstream' | 'cache';

/** Where a fact comes from, best first; a better source wins over a worse one. */
export type Origin = 'pragma' | 'annotation' | 'docstring' | 'comment' | 'call' | 'use' | 'trial' | 'default' | 'guess';

export interface InputSpec {
  readonly name: string;
  readonly role: Role;
  /** Null when nothing is known; [] for a scalar. */
  readonly shape: readonly AxisSpec[] | null;
  /** A Python literal's value for hyperparameters and configuration (`{'stride': 1}`), else undefined. */
  readonly literal?: Literal;
  /** For labels: the letter or size of the axis that they index (`y labels(C)`). */
  readonly below?: AxisSpec;
  readonly domain: Domain;
  readonly origin: Origin;
  /** Where the text says so. */
  readonly span: Span | null;
}

/** A Python literal as plain data. */
export type Literal = null | boolean | number | string | {readonly float: number} | {readonly tuple: readonly Literal[]} | {readonly list: readonly Literal[]} | {readonly dict: readonly (readonly [Literal, Literal])[]};
