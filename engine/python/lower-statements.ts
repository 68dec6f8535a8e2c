/**
 * Simple statements, from the grammar's tree to ours, and the way to all others. A cursor is left where it was found.
 * An error in the tree marks the reading as broken; nothing here repairs.
 */
import type {TreeCursor} from '@lezer/common';
import type {BinaryOperator, Expr, Stmt} from './ast.ts';
import {lowerFor, lowerIf, lowerTry, lowerWhile, lowerWith} from './lower-blocks.ts';
import {lowerDecorated, lowerDefinition} from './lower-definitions.ts';
import {lowerExpression, lowerYield, noItems, oneOrTuple, readItems} from './lower-expressions.ts';
import {lowerImport} from './lower-imports.ts';
import {lowerMatch} from './lower-match.ts';
import {lowerTypeDef} from './lower-params.ts';
import {firstChild, invalid, nextSibling, normalized, spanOf, textOf, type Reading, is} from './reading.ts';
import type {Span} from './span.ts';
import {isTarget} from './targets.ts';

export const MATCH = 'this match statement is not read: an if statement is';
const TYPE = 'type statements are not read';
/** The messages of statements that are Python but not ours. */
export const UNREAD: ReadonlySet<string> = new Set([MATCH, TYPE]);

/** Lowers one statement, or the several of a line with semicolons. */
export function lowerStatement(r: Reading, c: TreeCursor, into: Stmt[]): void {
  if (!is(c, 'StatementGroup')) {
    into.push(lowerOne(r, c));
    return;
  }
  firstChild(c);
  do {
    if (!is(c, ';')) into.push(lowerOne(r, c));
  } while (nextSibling(c));
  c.parent();
}

/** Lowers the statements of a Body; the cursor stays on it. */
export function lowerBody(r: Reading, c: TreeCursor): Stmt[] {
  const body: Stmt[] = [];
  if (!is(c, 'Body')) {
    invalid(r, spanOf(r, c), 'a block is missing');
    return body;
  }
  firstChild(c);
  while (nextSibling(c)) lowerStatement(r, c, body);
  c.parent();
  return body;
}

/** From an offset to the end of the last statement of a block. */
export function spanThrough(start: number, body: readonly Stmt[], fallback: number): Span {
  return {start, end: body.at(-1)?.span.end ?? fallback};
}

export function unknownStatement(r: Reading, span: Span, message: string): Stmt {
  r.broken = true;
  return {kind: 'Invalid', span, message};
}

function lowerOne(r: Reading, c: TreeCursor): Stmt {
  const span = spanOf(r, c);
  switch (c.name) {
    case 'AssignStatement': return lowerAssign(r, c, span);
    case 'ExpressionStatement': return {kind: 'ExprStmt', span, value: lowerList(r, c)};
    case 'UpdateStatement': return lowerUpdate(r, c, span);
    case 'ReturnStatement': return {kind: 'Return', span, value: lowerAfterKeyword(r, c)};
    case 'IfStatement': return lowerIf(r, c);
    case 'ForStatement': return lowerFor(r, c, span);
    case 'WhileStatement': return lowerWhile(r, c, span);
    case 'FunctionDefinition': case 'ClassDefinition': return lowerDefinition(r, c, [], span.start);
    case 'DecoratedStatement': return lowerDecorated(r, c);
    case 'ImportStatement': return lowerImport(r, c);
    case 'PassStatement': return {kind: 'Pass', span};
    case 'BreakStatement': return {kind: 'Break', span};
    case 'ContinueStatement': return {kind: 'Continue', span};
    case 'RaiseStatement': return lowerRaise(r, c, span);
    case 'TryStatement': return lowerTry(r, c, span);
    case 'WithStatement': return lowerWith(r, c, span);
    case 'DeleteStatement': return lowerDelete(r, c, span);
    case 'AssertStatement': return lowerAssert(r, c, span);
    case 'ScopeStatement': return lowerScope(r, c, span);
    case 'YieldStatement': {
      const value = lowerYield(r, c);
      return {kind: 'ExprStmt', span: value.span, value};
    }
    case 'PrintStatement': return lowerPrint(r, c, span);
    case 'MatchStatement': return lowerMatch(r, c) ?? {kind: 'Invalid', span: {start: span.start, end: trimmedEnd(r, span)}, message: MATCH};
    case 'TypeDefinition': return {kind: 'Invalid', span, message: TYPE};
    default: return unknownStatement(r, span, 'not a statement');
  }
}

function trimmedEnd(r: Reading, span: Span): number {
  return span.start + r.text.slice(span.start, span.end).trimEnd().length;
}

/** The expressions that are all of a node's children. */
function lowerList(r: Reading, c: TreeCursor): Expr {
  const items = noItems();
  if (firstChild(c)) {
    if (readItems(r, c, items)) invalid(r, spanOf(r, c), 'not an expression');
    c.parent();
  }
  return oneOrTuple(r, items);
}

/** The expressions behind the keyword that is a node's first child, null when there are none. */
function lowerAfterKeyword(r: Reading, c: TreeCursor): Expr | null {
  const items = noItems();
  firstChild(c);
  const more = nextSibling(c);
  if (more) readItems(r, c, items);
  c.parent();
  return more ? oneOrTuple(r, items) : null;
}

function lowerAssign(r: Reading, c: TreeCursor, span: Span): Stmt {
  const parts: Expr[] = [];
  let annotation: Expr | null = null;
  let assigned = false;
  firstChild(c);
  let more = true;
  while (more) {
    const items = noItems();
    more = readItems(r, c, items);
    parts.push(oneOrTuple(r, items));
    if (more && is(c, 'TypeDef')) {
      annotation = lowerTypeDef(r, c);
      more = nextSibling(c);
    }
    if (!more) break;
    assigned = true;
    if (!is(c, 'AssignOp') || !nextSibling(c)) {
      invalid(r, spanOf(r, c), 'a value is missing');
      break;
    }
  }
  c.parent();
  if (annotation !== null) {
    const [target, value = null] = parts;
    if (parts.length > 2 || !isTarget(parts[0])) invalid(r, span, 'an annotation allows one target');
    return {kind: 'AnnAssign', span: value === null ? span : closed(r, span, value), target, annotation, value};
  }
  const targets = parts.slice(0, -1);
  if (!assigned || targets.length === 0) return unknownStatement(r, span, 'a value is missing');
  if (!targets.every(isTarget)) return unknownStatement(r, span, 'cannot be assigned to');
  const value = parts.at(-1)!;
  return {kind: 'Assign', span: closed(r, span, value), targets, value};
}

/** The grammar gives a `yield` without value the blanks and comments behind it. */
function closed(r: Reading, span: Span, value: Expr): Span {
  if (value.kind !== 'Yield' || value.value !== null) return span;
  const behind = r.text.slice(value.span.end, span.end).replace(/#[^\n\r]*/g, '');
  return behind.includes(')') ? span : {start: span.start, end: value.span.end};
}

function lowerUpdate(r: Reading, c: TreeCursor, span: Span): Stmt {
  firstChild(c);
  const targets = noItems();
  readItems(r, c, targets);
  const operator = textOf(r, c).slice(0, -1) as BinaryOperator;
  const isUpdate = is(c, 'UpdateOp');
  const values = noItems();
  if (nextSibling(c)) readItems(r, c, values);
  c.parent();
  const target = oneOrTuple(r, targets);
  if (!isUpdate || targets.comma || !isTarget(target)) return unknownStatement(r, span, 'cannot be assigned to');
  const value = oneOrTuple(r, values);
  return {kind: 'AugAssign', span: closed(r, span, value), target, operator, value};
}

function lowerRaise(r: Reading, c: TreeCursor, span: Span): Stmt {
  let exception: Expr | null = null;
  let cause: Expr | null = null;
  firstChild(c);
  if (nextSibling(c)) {
    exception = lowerExpression(r, c);
    if (nextSibling(c)) {
      const chained = is(c, 'from');
      nextSibling(c);
      const value = lowerExpression(r, c);
      if (chained) cause = value;
      else exception = raised(exception, value);
    }
  }
  c.parent();
  return {kind: 'Raise', span, exception, cause};
}

/** Python 2's `raise E, message` raises `E(message)`. */
export function raised(exception: Expr, message: Expr): Expr {
  const span = {start: exception.span.start, end: message.span.end};
  return {kind: 'Call', span, callee: exception, args: [{span: message.span, name: null, star: '', value: message}]};
}

function lowerDelete(r: Reading, c: TreeCursor, span: Span): Stmt {
  const items = noItems();
  firstChild(c);
  if (nextSibling(c)) readItems(r, c, items);
  c.parent();
  if (!items.items.every(isTarget)) return unknownStatement(r, span, 'cannot be deleted');
  return {kind: 'Delete', span, targets: items.items};
}

function lowerAssert(r: Reading, c: TreeCursor, span: Span): Stmt {
  const items = noItems();
  firstChild(c);
  if (nextSibling(c)) readItems(r, c, items);
  c.parent();
  const {length} = items.items;
  const [test, message = null] = items.items;
  if (length === 0 || length > 2) return unknownStatement(r, span, 'not an assertion');
  return {kind: 'Assert', span, test, message};
}

function lowerScope(r: Reading, c: TreeCursor, span: Span): Stmt {
  const names: string[] = [];
  firstChild(c);
  const kind = is(c, 'global') ? 'Global' : 'Nonlocal';
  while (nextSibling(c)) if (is(c, 'VariableName')) names.push(normalized(textOf(r, c)));
  c.parent();
  return {kind, span, names};
}

/** Python 2's `print value` is the call `print(value)`. */
function lowerPrint(r: Reading, c: TreeCursor, span: Span): Stmt {
  firstChild(c);
  const callee: Expr = {kind: 'Name', span: spanOf(r, c), id: 'print'};
  const missing = !nextSibling(c);
  const value = missing ? invalid(r, span, 'an expression is missing') : lowerExpression(r, c);
  c.parent();
  return {kind: 'ExprStmt', span, value: {kind: 'Call', span, callee, args: [{span: value.span, name: null, star: '', value}]}};
}
