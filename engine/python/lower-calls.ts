/** Calls and their arguments: from the grammar's tree to ours. A cursor is left where it was found. */
import type {TreeCursor} from '@lezer/common';
import type {Argument, Expr} from './ast.ts';
import {readClauses} from './lower-collections.ts';
import {lowerExpression} from './lower-expressions.ts';
import {firstChild, invalid, is, nextSibling, spanOf, type Reading} from './reading.ts';

export function lowerCall(r: Reading, c: TreeCursor): Expr {
  const span = spanOf(r, c);
  if (!firstChild(c)) return invalid(r, span, 'not an expression');
  const callee = lowerExpression(r, c);
  const args = nextSibling(c) && is(c, 'ArgList') ? lowerArguments(r, c) : [];
  c.parent();
  return {kind: 'Call', span, callee, args};
}

/** Lowers an ArgList; the cursor stays on it. */
export function lowerArguments(r: Reading, c: TreeCursor): Argument[] {
  const args: Argument[] = [];
  const span = spanOf(r, c);
  if (!firstChild(c)) return args;
  while (nextSibling(c)) {
    if (is(c, ',') || is(c, ')')) continue;
    args.push(lowerArgument(r, c, span));
    if (is(c, ')')) break;
  }
  c.parent();
  return args;
}

function lowerArgument(r: Reading, c: TreeCursor, list: {start: number; end: number}): Argument {
  const start = c.from + r.base;
  const star = is(c, '*') ? '*' : is(c, '**') ? '**' : '';
  if (star !== '') {
    nextSibling(c);
    return {span: {start, end: c.to + r.base}, name: null, star, value: lowerExpression(r, c)};
  }
  let end = c.to + r.base;
  let value = lowerExpression(r, c);
  if (!nextSibling(c)) return {span: {start, end}, name: null, star: '', value};
  if (is(c, 'AssignOp') && value.kind === 'Name') {
    const named = c.to - c.from === 2;
    const target = value;
    nextSibling(c);
    end = c.to + r.base;
    value = lowerExpression(r, c);
    nextSibling(c);
    if (!named) return {span: {start, end}, name: target.id, star: '', value};
    value = {kind: 'NamedExpr', span: {start, end}, target, value};
  } else if (is(c, 'for') || is(c, 'async')) {
    value = {kind: 'Comprehension', span: list, type: 'generator', key: null, element: value, clauses: readClauses(r, c)};
    return {span: list, name: null, star: '', value};
  } else if (!is(c, ',') && !is(c, ')')) {
    invalid(r, spanOf(r, c), 'not an argument');
  }
  return {span: {start, end}, name: null, star: '', value};
}
