/** The opening lines of functions and classes that the grammar finds an error in, mended as far as they can be read. */
import type {Argument, Expr, Parameter, Stmt} from './ast.ts';
import {lowerParsed} from './grammar.ts';
import {docstringOf} from './lower-definitions.ts';
import type {Clause} from './recover-clauses.ts';
import {expressionOf, spanOfTokens, splitAt} from './recover-simple.ts';
import {normalized, type Reading} from './reading.ts';
import type {Span} from './span.ts';
import type {Token} from './tokens.ts';
import {walk} from './walk.ts';

/** A function whose name can be read, with those of its parameters that can. */
export function recoverFunction(r: Reading, clause: Clause, decorators: readonly Expr[], span: Span): Stmt {
  const name = nameOf(clause.head);
  if (name === null) return {kind: 'Invalid', span, message: 'a name is missing'};
  const {body} = clause;
  const {inner, behind} = bracketed(clause.head, '(');
  const arrow = behind.findIndex((token) => token.text === '->');
  return {
    kind: 'FunctionDef', span, name: name.text, nameSpan: name.span, params: recoverParams(r, inner),
    returns: arrow < 0 ? null : expressionOf(r, behind.slice(arrow + 1), clause.end), decorators, body,
    docstring: docstringOf(body), generator: yieldsIn(body), async: clause.keyword.startsWith('async'),
  };
}

/** A class whose name can be read, with those of its bases that can. */
export function recoverClass(r: Reading, clause: Clause, decorators: readonly Expr[], span: Span): Stmt {
  const name = nameOf(clause.head);
  if (name === null) return {kind: 'Invalid', span, message: 'a name is missing'};
  const {inner} = bracketed(clause.head, '(');
  return {
    kind: 'ClassDef', span, name: name.text, nameSpan: name.span, bases: recoverArguments(r, inner), decorators,
    body: clause.body, docstring: docstringOf(clause.body),
  };
}

function nameOf(head: readonly Token[]): {text: string; span: Span} | null {
  const token = head.at(0);
  return token?.type === 'word' ? {text: normalized(token.text), span: {start: token.start, end: token.end}} : null;
}

/** The tokens inside the first bracket outside of others, and those behind its closing one if there is one. */
function bracketed(head: readonly Token[], bracket: string): {inner: readonly Token[]; behind: readonly Token[]} {
  const open = head.findIndex((token) => token.text === bracket && token.depth === 0);
  if (open < 0) return {inner: [], behind: head};
  const length = head.slice(open + 1).findIndex((token) => token.depth === 0);
  if (length < 0) return {inner: head.slice(open + 1), behind: []};
  return {inner: head.slice(open + 1, open + 1 + length), behind: head.slice(open + 2 + length)};
}

function recoverParams(r: Reading, tokens: readonly Token[]): readonly Parameter[] {
  const whole = paramsFrom(r, tokens);
  if (whole !== null) return whole;
  const params: Parameter[] = [];
  let keywordOnly = false;
  for (const piece of splitAt(tokens, isInnerComma)) {
    for (const param of paramsFrom(r, piece) ?? dropped(r, piece)) params.push(keywordOnly && param.star === '' ? {...param, passing: 'keyword'} : param);
    if (piece[0]?.text === '*') keywordOnly = true;
  }
  return params;
}

function paramsFrom(r: Reading, tokens: readonly Token[]): readonly Parameter[] | null {
  if (tokens.length === 0) return [];
  const prefix = 'def _(';
  const {start} = tokens[0];
  const body = lowerParsed(r, `${prefix}${r.readable.slice(start, tokens.at(-1)!.end)}\n): pass`, start - prefix.length);
  return body?.length === 1 && body[0].kind === 'FunctionDef' ? body[0].params : null;
}

function recoverArguments(r: Reading, tokens: readonly Token[]): readonly Argument[] {
  return splitAt(tokens, isInnerComma).flatMap((piece) => {
    if (piece.length === 0) return [];
    const prefix = '_(';
    const {start} = piece[0];
    const body = lowerParsed(r, `${prefix}${r.readable.slice(start, piece.at(-1)!.end)}\n)`, start - prefix.length);
    const only = body?.length === 1 ? body[0] : null;
    return only?.kind === 'ExprStmt' && only.value.kind === 'Call' ? only.value.args : dropped(r, piece);
  });
}

function dropped(r: Reading, tokens: readonly Token[]): [] {
  r.mended.push({span: spanOfTokens(tokens), message: 'invalid syntax'});
  return [];
}

function isInnerComma(token: Token): boolean {
  return token.text === ',' && token.depth === 1;
}

/** Whether a block yields itself, not through a function inside it. */
function yieldsIn(body: readonly Stmt[]): boolean {
  let found = false;
  for (const statement of body) {
    walk(statement, (node) => {
      if (node.kind === 'Yield') found = true;
      return node.kind !== 'FunctionDef' && node.kind !== 'Lambda' && node.kind !== 'ClassDef';
    });
  }
  return found;
}
