/** One small change of a backward, and what kind of mistake it mends. */
import type {Expr, Stmt} from '../../python/ast.ts';
import type {DiagnosisCode} from '../report.ts';

export interface Edit {
  /** The node that is replaced; by identity. */
  readonly old: Expr | Stmt;
  readonly now: Expr | Stmt;
  /** The statement that it stands in. */
  readonly statement: Stmt;
  readonly code: DiagnosisCode;
  /** Smaller is tried, and offered, first. */
  readonly cost: number;
}

/** A name that the backward could use at a place, with what is known of its value. */
export interface ScopeName {
  readonly id: string;
  /** Null for what is no number. */
  readonly shape: readonly number[] | null;
  readonly isInt: boolean;
  readonly isBool: boolean;
  /** The upstream gradient or elements of it, what is made from it, or neither. */
  readonly role: 'upstream' | 'gradient' | 'other';
}

/** What edits of one statement may draw on. */
export interface EditScope {
  readonly statement: Stmt;
  /** Names that are bound when the statement runs. */
  readonly names: readonly ScopeName[];
  /** The text's name for NumPy. */
  readonly numpy: string;
  /** The shape of what the statement assigns, where it is one array; null when it is not known. */
  readonly shape: readonly number[] | null;
  /** Whether it assigns a whole number: then what is wrong with it is an index or a size. */
  readonly isInt: boolean;
  /** The shape of the forward value that the statement's target is the gradient of; null when that is not known. */
  readonly wantedShape: readonly number[] | null;
  /** Whether it raised: then nothing is known of its value. */
  readonly raised: boolean;
  /** Whether it makes a gradient of something, but of nothing that comes from above. */
  readonly lacksUpstream: boolean;
  /** Whether the forward found two equal values where one had to win. */
  readonly ties: boolean;
  /** The variables of the loops around it. */
  readonly counters: readonly string[];
}

/** A family of edits: all that it knows for one expression inside a statement. */
export type ExpressionEdits = (expression: Expr, scope: EditScope) => Iterable<Change>;

/** A family of edits of whole statements. */
export type StatementEdits = (scope: EditScope) => Iterable<Change & {readonly old?: Expr | Stmt}>;

export interface Change {
  readonly now: Expr | Stmt;
  readonly code: DiagnosisCode;
  readonly cost: number;
}
