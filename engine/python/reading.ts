/**
 * The state of one lowering, and steps through a grammar's tree that leave comments out.
 * Holds no rule of Python.
 */
import type {TreeCursor} from '@lezer/common';
import type {Expr, InvalidExpr} from './ast.ts';
import type {Span} from './span.ts';

/** A mistake in the text that the tree does not show, since its meaning was plain. */
export interface Mend {
  readonly span: Span;
  readonly message: string;
}

export interface Reading {
  /** The whole text. */
  readonly text: string;
  /** What is given to the grammar, as long as the text. */
  readonly readable: string;
  /** Added to a tree's offsets to get offsets in the text. */
  base: number;
  /** Something in the tree being lowered is not Python; what was made from it must not be used. */
  broken: boolean;
  /** A `yield` was met since this was last cleared. */
  yields: boolean;
  /** What was put right where no invalid node tells of it. */
  readonly mended: Mend[];
  /** How deep the lowering is in expressions and `elif` chains. */
  depth: number;
}

/** Beyond this depth a construct becomes invalid, so that no later recursion over the tree can overflow. */
export const MAX_DEPTH = 400;

export function spanOf(r: Reading, c: TreeCursor): Span {
  return {start: c.from + r.base, end: c.to + r.base};
}

export function textOf(r: Reading, c: TreeCursor): string {
  return r.text.slice(c.from + r.base, c.to + r.base);
}

/** Moves to the first child that is no comment; false, without moving, when there is none. */
export function firstChild(c: TreeCursor): boolean {
  if (!c.firstChild()) return false;
  if (c.name !== 'Comment' || nextSibling(c)) return true;
  c.parent();
  return false;
}

/** Moves to the next sibling that is no comment. */
export function nextSibling(c: TreeCursor): boolean {
  while (c.nextSibling()) if (c.name !== 'Comment') return true;
  return false;
}

/** Marks the tree as unusable and stands in for the expression that could not be made. */
export function invalid(r: Reading, span: Span, message: string): InvalidExpr {
  r.broken = true;
  return {kind: 'InvalidExpr', span, message};
}

/** An identifier as Python compares it. */
export function normalized(name: string): string {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) > 127) return name.normalize('NFKC');
  return name;
}

/** A list of expressions as it stands, with what decides whether it is a tuple and where that tuple lies. */
export interface Items {
  readonly items: Expr[];
  comma: boolean;
  start: number;
  end: number;
}

/** Whether the cursor is on a node of this name; asked anew after each step, which comparing `c.name` would let the compiler forget. */
export function is(c: TreeCursor, name: string): boolean {
  return c.name === name;
}
