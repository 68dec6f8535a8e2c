/**
 * What can be asked about a recorded run beside its graph, and how it is answered: plain data. Each answer says what it is
 * about, as its question does.
 */
import type {ShapeText} from './graph.ts';

export type Question =
  /** All numbers of a value, its gradient, and the user's gradient of it. */
  | {readonly about: 'values'; readonly node: string}
  /** The derivative of every element of one value by every element of another before it. */
  | {readonly about: 'jacobian'; readonly from: string; readonly to: string}
  /** What each node costs: numbers to keep, multiplications to make. */
  | {readonly about: 'cost'}
  /** How wrong a central difference is for steps of many sizes; element -1 is the one with the largest gradient. */
  | {readonly about: 'step'; readonly of: string; readonly element: number}
  /** A Hessian times a direction in one input, and how the graph of a gradient grows. */
  | {readonly about: 'curvature'; readonly of: string};

export type Answer = ValuesAnswer | JacobianAnswer | CostAnswer | StepAnswer | CurvatureAnswer;

/** Numbers laid out in rows, C order; where there are too many, each stands for a block, of which it is the largest. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly numbers: readonly number[];
  /** So many rows, and columns, of the value are one here. */
  readonly block: readonly [number, number];
}

export interface ValuesAnswer {
  readonly about: 'values';
  readonly node: string;
  readonly value: Grid;
  readonly gradient: Grid;
  /** Null when the user's is not there, or has another number of elements. */
  readonly user: Grid | null;
  /** The largest difference between the user's gradient and the true one. */
  readonly off: number | null;
  /** For each operand of the operation what it gets back, in the user's names. */
  readonly formulas: readonly Formula[];
}

export interface Formula {
  /** The node of the operand. */
  readonly node: string;
  /** The gradient of the operand, and what it gets along this way, as TeX. */
  readonly left: string;
  readonly right: string;
  /** What letters in it stand for, where the code has no name for it; or empty. */
  readonly where: string;
}

export interface JacobianAnswer {
  readonly about: 'jacobian';
  readonly from: string;
  readonly to: string;
  /** Elements of `to`, and of `from`. */
  readonly rows: number;
  readonly columns: number;
  /** Entries that the run's own operations connect, in all rows and columns. */
  readonly connected: number;
  /** The first rows and columns, at most {@link mostAcross} of each; null where nothing connects the two elements. */
  readonly shownRows: number;
  readonly shownColumns: number;
  readonly entries: readonly (number | null)[];
  readonly structure: 'diagonal' | 'blocks' | 'dense' | 'sparse' | 'none';
}

/** A number of things as the sizes give it: letters, a product of them, or the number that it was in the run. */
export type Amount = ShapeText[number];

export interface NodeCost {
  readonly node: string;
  /** Multiplications (and divisions) of the forward pass: the factors of a product. */
  readonly forward: readonly Amount[];
  /** Products of a local derivative and an upstream gradient, of those that are not 1 or -1: factors again. */
  readonly backward: readonly Amount[];
}

export interface CostAnswer {
  readonly about: 'cost';
  readonly nodes: readonly NodeCost[];
}

export interface StepAnswer {
  readonly about: 'step';
  readonly of: string;
  readonly element: number;
  /** Elements that could be chosen. */
  readonly elements: number;
  readonly value: number;
  /** The exact derivative, by the reverse sweep. */
  readonly exact: number;
  readonly points: readonly StepPoint[];
}

export interface StepPoint {
  readonly h: number;
  readonly estimate: number;
  /** The run decided otherwise on one of the sides: the step crossed a kink. */
  readonly kink: boolean;
}

export interface CurvatureAnswer {
  readonly about: 'curvature';
  readonly of: string;
  readonly elements: number;
  /** The direction, and the Hessian times it, by the tape and by differences of the gradient: the first elements. */
  readonly direction: readonly number[];
  readonly product: readonly number[];
  readonly differences: readonly number[] | null;
  /** The largest difference of all elements, relative to the largest of them; null when either is missing. */
  readonly error: number | null;
  /** Why the product is not exact, or empty. */
  readonly problem: string;
  /** Scalar operations of the forward pass, of forward and gradient, and of those with the Hessian's product. */
  readonly operations: {readonly forward: number; readonly gradient: number; readonly product: number};
}

/** So many rows and columns of a Jacobian are sent. */
export const mostAcross = 64;
