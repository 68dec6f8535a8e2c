/** Functions and classes, with their decorators: from the grammar's tree to ours. */
import type {TreeCursor} from '@lezer/common';
import type {Argument, Expr, Parameter, Stmt, StringLiteral} from './ast.ts';
import {lowerArguments} from './lower-calls.ts';
import {lowerName} from './lower-expressions.ts';
import {lowerParams, lowerTypeDef} from './lower-params.ts';
import {lowerBody, spanThrough, unknownStatement} from './lower-statements.ts';
import {firstChild, nextSibling, normalized, spanOf, textOf, type Reading, is} from './reading.ts';

/** Lowers a DecoratedStatement, whose span begins at its first decorator. */
export function lowerDecorated(r: Reading, c: TreeCursor): Stmt {
  const span = spanOf(r, c);
  const decorators: Expr[] = [];
  let definition: Stmt | null = null;
  firstChild(c);
  do {
    if (is(c, 'Decorator')) decorators.push(lowerDecorator(r, c));
    else definition = lowerDefinition(r, c, decorators, span.start);
  } while (nextSibling(c));
  c.parent();
  return definition ?? unknownStatement(r, span, 'a definition is missing');
}

/** Lowers a FunctionDefinition or a ClassDefinition; the cursor stays on it. */
export function lowerDefinition(r: Reading, c: TreeCursor, decorators: readonly Expr[], start: number): Stmt {
  if (is(c, 'FunctionDefinition')) return lowerFunction(r, c, decorators, start);
  if (is(c, 'ClassDefinition')) return lowerClass(r, c, decorators, start);
  return unknownStatement(r, spanOf(r, c), 'not a definition');
}

/** The docstring of a block: its first statement when that is a text. */
export function docstringOf(body: readonly Stmt[]): StringLiteral | null {
  const first = body.at(0);
  return first?.kind === 'ExprStmt' && first.value.kind === 'String' && !first.value.bytes ? first.value : null;
}

function lowerFunction(r: Reading, c: TreeCursor, decorators: readonly Expr[], start: number): Stmt {
  const span = spanOf(r, c);
  const {yields} = r;
  let async = false;
  let name = '';
  let nameSpan = span;
  let params: Parameter[] = [];
  let returns: Expr | null = null;
  let body: Stmt[] = [];
  let generator = false;
  firstChild(c);
  do {
    if (is(c, 'async')) {
      async = true;
    } else if (is(c, 'VariableName')) {
      name = normalized(textOf(r, c));
      nameSpan = spanOf(r, c);
    } else if (is(c, 'ParamList')) {
      params = lowerParams(r, c);
    } else if (is(c, 'TypeDef')) {
      returns = lowerTypeDef(r, c);
    } else if (is(c, 'Body')) {
      r.yields = false;
      body = lowerBody(r, c);
      generator = r.yields;
    }
  } while (nextSibling(c));
  c.parent();
  r.yields = yields;
  return {
    kind: 'FunctionDef', span: spanThrough(start, body, span.end), name, nameSpan, params, returns, decorators, body,
    docstring: docstringOf(body), generator, async,
  };
}

function lowerClass(r: Reading, c: TreeCursor, decorators: readonly Expr[], start: number): Stmt {
  const span = spanOf(r, c);
  let name = '';
  let nameSpan = span;
  let bases: Argument[] = [];
  let body: Stmt[] = [];
  firstChild(c);
  while (nextSibling(c)) {
    if (is(c, 'VariableName')) {
      name = normalized(textOf(r, c));
      nameSpan = spanOf(r, c);
    } else if (is(c, 'ArgList')) {
      bases = lowerArguments(r, c);
    } else if (is(c, 'Body')) {
      body = lowerBody(r, c);
    }
  }
  c.parent();
  return {kind: 'ClassDef', span: spanThrough(start, body, span.end), name, nameSpan, bases, decorators, body, docstring: docstringOf(body)};
}

/** `@a.b(c)`; the grammar gives its names, dots and arguments side by side. */
function lowerDecorator(r: Reading, c: TreeCursor): Expr {
  firstChild(c);
  nextSibling(c);
  let value: Expr = lowerName(r, c);
  const {start} = value.span;
  while (nextSibling(c)) {
    const span = {start, end: c.to + r.base};
    if (is(c, 'VariableName')) value = {kind: 'Attribute', span, object: value, name: normalized(textOf(r, c)), nameSpan: spanOf(r, c)};
    else if (is(c, 'ArgList')) value = {kind: 'Call', span, callee: value, args: lowerArguments(r, c)};
  }
  c.parent();
  return value;
}
