/**
 * The computational graph of one run, as plain data for people to look at: a node for each input and each array-level
 * operation, iterations folded into one, with values, true gradients, and what the user's backward computes for them.
 * Holds no verdicts but those it is given.
 */
import type {Span} from '../python/span.ts';

/** Letters, numbers or products, one for each axis. */
export type ShapeText = readonly (string | number)[];

/** What the user's backward computes for a value. */
export interface UserGradient {
  /** As written: `dW`. */
  readonly name: string;
  readonly span: Span;
  readonly size: readonly number[];
  /** The first elements, C order. */
  readonly first: readonly number[];
  /** `unsettled`: it has the name but not the numbers, and may be a part that is still to be added to. */
  readonly status: 'agrees' | 'disagrees' | 'unsettled';
}

/** How an operation passes gradients on. */
export interface Explanation {
  /** `add distributes`, `multiply switches`, ... */
  readonly pattern: string;
  readonly why: string;
}

export interface GraphNode {
  /** Stays the same while other lines are edited. */
  readonly id: string;
  readonly kind: 'input' | 'operation';
  /** What stands in the node: `x`, `×`, `exp`, `+ 1`. */
  readonly label: string;
  /** The operation as the engine names it: `np.dot`; empty for an input. */
  readonly operation: string;
  /** The user's names of the value, best first. */
  readonly names: readonly string[];
  /** The innermost group that it is in. */
  readonly group: string | null;
  /** Where it is written; null for an input that is not. */
  readonly span: Span | null;
  /** The file that `span` is in. */
  readonly path: string;
  readonly shape: ShapeText;
  readonly size: readonly number[];
  /** The first elements of the value and of its true gradient, C order; of the last iteration. */
  readonly first: readonly number[];
  readonly gradient: readonly number[];
  readonly user: UserGradient | null;
  /** How many times the run came here; in letters where the sizes say it. */
  readonly count: ShapeText[number];
  /** Its value must be kept for the backward pass. */
  readonly saved: boolean;
  readonly isOutput: boolean;
  readonly explanation: Explanation | null;
}

/** One value going into one operation. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** It comes from an earlier iteration of a loop. */
  readonly carried: boolean;
  /** The part of the gradient that comes back along it, element by element as in the node `from`. */
  readonly contribution: readonly number[];
  /** For single numbers: the derivative of `to` with respect to `from`. */
  readonly local: number | null;
}

/** What belongs together: a call of one of the user's functions, a loop, or one iteration of it. */
export interface GraphGroup {
  readonly id: string;
  /** `affine`, `Affine.forward`, `for t`, `t = 3`. */
  readonly label: string;
  readonly kind: 'call' | 'loop' | 'iteration';
  readonly parent: string | null;
  readonly span: Span | null;
  /** Of a loop: how many iterations it had. */
  readonly count: ShapeText[number];
}

export interface Graph {
  /** Inputs where they are first used, operations in program order: what an edge comes from stands before it, `carried` ones aside. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly groups: readonly GraphGroup[];
}

/** So many elements of a value are sent along. */
export const mostElements = 36;
