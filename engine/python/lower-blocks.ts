/**
 * Statements with blocks that define nothing: if, for, while, try, with. From the grammar's tree to ours; a cursor is left
 * where it was found. An error in the tree marks the reading as broken; nothing here repairs.
 */
import type {TreeCursor} from '@lezer/common';
import type {Expr, If, Stmt, Try, With} from './ast.ts';
import {lowerExpression, noItems, oneOrTuple, readItems} from './lower-expressions.ts';
import {lowerBody, spanThrough} from './lower-statements.ts';
import {firstChild, invalid, is, MAX_DEPTH, nextSibling, normalized, spanOf, textOf, type Reading} from './reading.ts';
import type {Span} from './span.ts';
import {isTarget} from './targets.ts';

export function lowerIf(r: Reading, c: TreeCursor): Stmt {
  const clauses: {start: number; test: Expr; body: Stmt[]}[] = [];
  let otherwise: Stmt[] = [];
  const whole = spanOf(r, c);
  const {depth} = r;
  firstChild(c);
  do {
    const start = c.from + r.base;
    if (is(c, 'else')) {
      nextSibling(c);
      otherwise = lowerBody(r, c);
    } else {
      nextSibling(c);
      const test = lowerExpression(r, c);
      nextSibling(c);
      clauses.push({start, test, body: lowerBody(r, c)});
      if (++r.depth > MAX_DEPTH) r.broken = true;
    }
  } while (!r.broken && nextSibling(c));
  c.parent();
  r.depth = depth;
  const last = otherwise.length > 0 ? otherwise : clauses.at(-1)!.body;
  const {end} = spanThrough(whole.start, last, whole.end);
  for (const {start, test, body} of clauses.reverse()) {
    otherwise = [{kind: 'If', span: {start, end}, test, body, otherwise} satisfies If];
  }
  return otherwise[0];
}

export function lowerFor(r: Reading, c: TreeCursor, span: Span): Stmt {
  firstChild(c);
  if (is(c, 'async')) nextSibling(c);
  nextSibling(c);
  const targets = noItems();
  readItems(r, c, targets);
  if (!is(c, 'in') || !targets.items.every(isTarget)) invalid(r, spanOf(r, c), 'not a target');
  nextSibling(c);
  const values = noItems();
  readItems(r, c, values);
  const target = oneOrTuple(r, targets);
  const iterable = oneOrTuple(r, values);
  const body = lowerBody(r, c);
  const otherwise = lowerElse(r, c);
  c.parent();
  const last = otherwise.length > 0 ? otherwise : body;
  return {kind: 'For', span: spanThrough(span.start, last, span.end), target, iterable, body, otherwise};
}

export function lowerWhile(r: Reading, c: TreeCursor, span: Span): Stmt {
  firstChild(c);
  nextSibling(c);
  const test = lowerExpression(r, c);
  nextSibling(c);
  const body = lowerBody(r, c);
  const otherwise = lowerElse(r, c);
  c.parent();
  const last = otherwise.length > 0 ? otherwise : body;
  return {kind: 'While', span: spanThrough(span.start, last, span.end), test, body, otherwise};
}

/** Reads `else` and its block if they are next. */
function lowerElse(r: Reading, c: TreeCursor): Stmt[] {
  if (!nextSibling(c)) return [];
  if (is(c, 'else') && nextSibling(c)) return lowerBody(r, c);
  invalid(r, spanOf(r, c), 'not a clause of this statement');
  return [];
}

export function lowerTry(r: Reading, c: TreeCursor, span: Span): Stmt {
  firstChild(c);
  nextSibling(c);
  const body = lowerBody(r, c);
  const handlers: Try['handlers'][number][] = [];
  let otherwise: Stmt[] = [];
  let last: Stmt[] = [];
  let lastly = body;
  while (nextSibling(c)) {
    const start = c.from + r.base;
    const clause = c.name;
    nextSibling(c);
    if (clause === 'except') {
      const handler = readHandler(r, c, start);
      handlers.push(handler);
      lastly = handler.body;
    } else if (clause === 'else') {
      lastly = otherwise = lowerBody(r, c);
    } else if (clause === 'finally') {
      lastly = last = lowerBody(r, c);
    } else {
      invalid(r, spanOf(r, c), 'not a clause of this statement');
    }
  }
  c.parent();
  return {kind: 'Try', span: spanThrough(span.start, lastly, span.end), body, handlers, otherwise, finally: last};
}

function readHandler(r: Reading, c: TreeCursor, start: number): {span: Span; type: Expr | null; name: string | null; body: Stmt[]} {
  let type: Expr | null = null;
  let name: string | null = null;
  if (is(c, '*')) nextSibling(c);
  if (!is(c, 'Body')) {
    type = lowerExpression(r, c);
    nextSibling(c);
    if ((is(c, 'as') || is(c, ',')) && nextSibling(c)) {
      name = normalized(textOf(r, c));
      nextSibling(c);
    }
  }
  const end = c.to + r.base;
  const body = lowerBody(r, c);
  return {span: spanThrough(start, body, end), type, name, body};
}

export function lowerWith(r: Reading, c: TreeCursor, span: Span): Stmt {
  const items: With['items'][number][] = [];
  let context: Expr | null = null;
  let target: Expr | null = null;
  firstChild(c);
  if (is(c, 'async')) nextSibling(c);
  let more = nextSibling(c);
  for (; more && !is(c, 'Body'); more = nextSibling(c)) {
    if (is(c, ',')) {
      if (context !== null) items.push({context, target});
      context = target = null;
    } else if (is(c, 'as')) {
      if (nextSibling(c)) target = lowerExpression(r, c);
    } else {
      context = lowerExpression(r, c);
    }
  }
  if (context !== null) items.push(...withoutParentheses(context, target));
  const body = lowerBody(r, c);
  c.parent();
  return {kind: 'With', span: spanThrough(span.start, body, span.end), items, body};
}

/** `with (a, b):` has two items, not a tuple. */
export function withoutParentheses(context: Expr, target: Expr | null): With['items'] {
  if (context.kind !== 'Tuple' || target !== null || context.items.length === 0) return [{context, target}];
  return context.items.map((item) => ({context: item, target: null}));
}
