/** The one place where text is given to the grammar: a piece of text to statements, or to nothing when there is an error in it. */
import type {TreeCursor} from '@lezer/common';
import {parser} from '@lezer/python';
import type {Expr, Stmt} from './ast.ts';
import {lowerStatement} from './lower-statements.ts';
import type {Reading} from './reading.ts';

/** Parses what stands between two offsets, both on one level; null unless it is without error. */
export function lowerRange(r: Reading, start: number, end: number): Stmt[] | null {
  return lowerParsed(r, r.readable.slice(start, end), start);
}

/** Parses one expression, or a tuple without parentheses; null unless the range holds just that. */
export function expressionIn(r: Reading, start: number, end: number): Expr | null {
  const body = lowerRange(r, start, end);
  const only = body?.length === 1 ? body[0] : null;
  return only?.kind === 'ExprStmt' ? only.value : null;
}

/** Parses a text made for the grammar whose offset 0 is at `base` in the whole text. */
export function lowerParsed(r: Reading, source: string, base: number): Stmt[] | null {
  const tree = parser.parse(`${source}\n`);
  if (hasError(tree.cursor())) return null;
  const c = tree.cursor();
  const body: Stmt[] = [];
  const {yields} = r;
  r.base = base;
  r.broken = false;
  r.depth = 0;
  if (c.firstChild()) {
    do {
      if (c.name !== 'Comment') lowerStatement(r, c, body);
    } while (isSound(r) && c.nextSibling());
  }
  if (isSound(r)) return body;
  r.yields = yields;
  return null;
}

/** Whether nothing that was lowered since the flag was cleared has been refused. */
function isSound(r: Reading): boolean {
  return !r.broken;
}

/** An error of no width below a `yield` is the value that it may go without. */
function hasError(c: TreeCursor): boolean {
  do {
    if (!c.type.isError) continue;
    if (c.from !== c.to) return true;
    const {parent} = c.node;
    if (parent?.name !== 'YieldExpression' && parent?.name !== 'YieldStatement') return true;
  } while (c.next());
  return false;
}
