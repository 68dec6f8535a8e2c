/**
 * Statements that the grammar finds an error in, taken apart line by line: a broken opening line is mended as far as
 * it can be read, and the blocks below it are lowered for themselves.
 */
import type {Expr, If, Stmt, Try, With} from './ast.ts';
import {lowerLines, MAX_LEVELS} from './blocks.ts';
import {lowerParsed} from './grammar.ts';
import {MATCH} from './lower-statements.ts';
import {recoverClass, recoverFunction} from './recover-definitions.ts';
import {expressionOf, isComma, recoverSimple, spanOfTokens, splitAt, targetOf} from './recover-simple.ts';
import type {Reading} from './reading.ts';
import {splitLine, type LogicalLine} from './scan.ts';
import {tokensIn, type Token} from './tokens.ts';

/** One opening line and the block below it. */
export interface Clause {
  readonly keyword: string;
  readonly start: number;
  readonly end: number;
  /** What stands between the keyword and the colon. */
  readonly head: readonly Token[];
  readonly body: readonly Stmt[];
}

/** More `elif` than that would nest too deeply. */
const MAX_CLAUSES = 300;
const COMPOUND = new Set(['if', 'elif', 'else', 'for', 'while', 'with', 'def', 'class', 'try', 'except', 'finally', 'async']);

/** Lowers one statement: its first line, what is indented below it, and its further clauses. */
export function recoverGroup(r: Reading, group: readonly LogicalLine[], level: number, into: Stmt[]): void {
  const span = {start: group[0].start, end: group.at(-1)!.end};
  if (level > MAX_LEVELS) {
    into.push({kind: 'Invalid', span, message: 'too many levels of indentation'});
    return;
  }
  const split = splitMultiline(r, group);
  if (split !== null) {
    into.push(...lowerLines(r, split, level));
    return;
  }
  const decorators: Expr[] = [];
  let at = 0;
  for (; at < group.length && r.text[group[at].start] === '@' && !group[at].deep; at++) {
    const tokens = tokensIn(r.text, group[at].start, group[at].end);
    decorators.push(expressionOf(r, tokens.slice(1), group[at].end));
  }
  if (at === group.length) {
    into.push({kind: 'Invalid', span, message: 'a definition is missing'});
    return;
  }
  const rest = group.slice(at);
  const line = rest[0];
  const keyword = line.deep ? '' : keywordOf(r, line);
  if (keyword === 'match' || keyword === 'case') into.push({kind: 'Invalid', span, message: MATCH});
  else if (COMPOUND.has(keyword)) recoverCompound(r, rest, level, decorators, span.start, into);
  else recoverLine(r, rest, level, into);
}

/** A statement over several lines whose brackets close only by chance may be several statements. */
function splitMultiline(r: Reading, group: readonly LogicalLine[]): readonly LogicalLine[] | null {
  const first = group[0];
  if (first.open || first.deep || !/[\n\r]/.test(r.text.slice(first.start, first.end))) return null;
  const split = splitLine(r.text, first);
  if (split.length < 2) return null;
  if (group.length > 1 && lowerParsed(r, `${r.readable.slice(first.start, first.end)} pass`, first.start) !== null) return null;
  return [...split, ...group.slice(1)];
}

function keywordOf(r: Reading, line: LogicalLine): string {
  const tokens = tokensIn(r.text, line.start, line.end);
  const first = tokens[0]?.type === 'word' ? tokens[0].text : '';
  if ((first === 'match' || first === 'case') && (tokens.at(-1)!.text !== ':' || ['=', '.', '(', '['].includes(tokens[1]?.text ?? '='))) return '';
  return first;
}

/** A line that opens no block. What is indented below it may still be read. */
function recoverLine(r: Reading, group: readonly LogicalLine[], level: number, into: Stmt[]): void {
  const line = group[0];
  const below = group.slice(1);
  const body = below.length > 0 ? lowerLines(r, below, level + 1) : [];
  if (body.length > 0 && r.text[line.end - 1] === ':') {
    into.push(unknownBranch(line.start, line.end, body));
    return;
  }
  if (line.deep) into.push({kind: 'Invalid', span: {start: line.start, end: line.end}, message: 'too many nested brackets'});
  else recoverSimple(r, line.start, line.end, group.length === 1 && !line.open, into);
  if (body.length > 0) into.push({kind: 'Invalid', span: {start: below[0].lineStart, end: below[0].start}, message: 'unexpected indent'}, ...body);
}

/** A block of which nobody can say whether it runs. */
function unknownBranch(start: number, end: number, body: readonly Stmt[], otherwise: readonly Stmt[] = []): If {
  const last = otherwise.at(-1) ?? body.at(-1);
  const test: Expr = {kind: 'InvalidExpr', span: {start, end}, message: 'invalid syntax'};
  return {kind: 'If', span: {start, end: Math.max(end, last?.span.end ?? end)}, test, body, otherwise};
}

function recoverCompound(
  r: Reading, group: readonly LogicalLine[], level: number, decorators: readonly Expr[], start: number, into: Stmt[],
): void {
  const clauses = clausesOf(r, group, level);
  const [first] = clauses;
  const end = Math.max(...clauses.map((clause) => clause.body.at(-1)?.span.end ?? clause.end));
  const span = {start, end};
  switch (first.keyword) {
    case 'def': case 'async def':
      into.push(recoverFunction(r, first, decorators, span));
      break;
    case 'class':
      into.push(recoverClass(r, first, decorators, span));
      break;
    case 'for': case 'async for':
      into.push(recoverFor(r, clauses, end));
      break;
    case 'while':
      into.push({
        kind: 'While', span, test: expressionOf(r, first.head, first.end), body: first.body, otherwise: bodyOf(clauses, 'else'),
      });
      break;
    case 'with': case 'async with':
      into.push({kind: 'With', span, items: withItems(r, first), body: first.body});
      break;
    case 'try': case 'except': case 'finally':
      into.push(recoverTry(r, clauses, span));
      break;
    case 'if':
      into.push(recoverIf(r, clauses, end));
      break;
    default:
      into.push(unknownBranch(first.start, first.end, first.body, clauses.length > 1 ? [recoverIf(r, clauses.slice(1), end)] : []));
  }
}

/** Cuts a statement into its clauses. */
function clausesOf(r: Reading, group: readonly LogicalLine[], level: number): Clause[] {
  const clauses: Clause[] = [];
  for (let at = 0; at < group.length;) {
    const line = group[at];
    let next = at + 1;
    while (next < group.length && group[next].indent > line.indent) next++;
    clauses.push(clauseOf(r, line, group.slice(at + 1, next), level));
    at = next;
  }
  return clauses;
}

function clauseOf(r: Reading, line: LogicalLine, below: readonly LogicalLine[], level: number): Clause {
  const tokens = tokensIn(r.text, line.start, line.end);
  const async = tokens[0].text === 'async' && tokens.length > 1;
  const keyword = async ? `async ${tokens[1].text}` : tokens[0].text;
  const first = async ? 2 : 1;
  const colon = colonAt(tokens, first);
  const body: Stmt[] = [];
  if (line.open) r.mended.push({span: {start: line.start, end: line.end}, message: 'a bracket or a string is left open'});
  if (colon === tokens.length) r.mended.push({span: {start: line.end, end: line.end}, message: 'a colon is missing'});
  const inline = tokens.slice(colon + 1);
  if (inline.length > 0) recoverInline(r, inline, body);
  if (below.length > 0) body.push(...lowerLines(r, below, level + 1));
  const end = tokens[Math.min(colon, tokens.length - 1)].end;
  if (body.length === 0) r.mended.push({span: {start: end, end}, message: 'an indented block is missing'});
  return {keyword, start: line.start, end, head: tokens.slice(first, colon), body};
}

function recoverInline(r: Reading, tokens: readonly Token[], body: Stmt[]): void {
  const {start, end} = spanOfTokens(tokens);
  recoverSimple(r, start, end, false, body);
}

/** The colon that ends an opening line: outside of brackets and lambdas, or last; behind the last token when there is none. */
function colonAt(tokens: readonly Token[], from: number): number {
  let lambdas = 0;
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i];
    if (token.depth > 0) continue;
    if (token.type === 'word' && token.text === 'lambda') lambdas++;
    else if (token.text === ':' && lambdas-- === 0) return i;
  }
  return tokens.at(-1)!.text === ':' ? tokens.length - 1 : tokens.length;
}

function recoverIf(r: Reading, clauses: readonly Clause[], end: number): If {
  let otherwise: readonly Stmt[] = [];
  const beyond = clauses.at(MAX_CLAUSES);
  if (beyond !== undefined) otherwise = [{kind: 'Invalid', span: {start: beyond.start, end}, message: 'too many clauses'}];
  for (let i = Math.min(clauses.length, MAX_CLAUSES) - 1; i > 0; i--) {
    const clause = clauses[i];
    if (clause.keyword === 'elif') otherwise = [branch(r, clause, otherwise, end)];
    else if (clause.keyword === 'else' && otherwise.length === 0) otherwise = clause.body;
    else otherwise = [unknownBranch(clause.start, clause.end, clause.body, otherwise)];
  }
  const first = clauses[0];
  return first.keyword === 'if' || first.keyword === 'elif' ? branch(r, first, otherwise, end) : unknownBranch(first.start, first.end, first.body, otherwise);
}

function branch(r: Reading, clause: Clause, otherwise: readonly Stmt[], end: number): If {
  return {kind: 'If', span: {start: clause.start, end}, test: expressionOf(r, clause.head, clause.end), body: clause.body, otherwise};
}

function recoverFor(r: Reading, clauses: readonly Clause[], end: number): Stmt {
  const [clause] = clauses;
  const {head, start} = clause;
  const at = head.findIndex((token) => token.type === 'word' && token.text === 'in' && token.depth === 0);
  const target = targetOf(r, at < 0 ? head : head.slice(0, at))
    ?? {kind: 'InvalidExpr', span: {start, end: clause.end}, message: 'a target is missing'} satisfies Expr;
  const iterable = expressionOf(r, at < 0 ? [] : head.slice(at + 1), clause.end);
  return {kind: 'For', span: {start, end}, target, iterable, body: clause.body, otherwise: bodyOf(clauses, 'else')};
}

function bodyOf(clauses: readonly Clause[], keyword: string): readonly Stmt[] {
  return clauses.find((clause) => clause.keyword === keyword)?.body ?? [];
}

/** `a as b, c`, in parentheses or not; the grammar does not know all of its forms. */
function withItems(r: Reading, clause: Clause): With['items'][number][] {
  const {head} = clause;
  const wrapped = head[0]?.text === '(' && head.at(-1)?.text === ')' && head.at(-1)!.depth === 0
    && head.slice(1, -1).every((token) => token.depth > 0)
    && head.some((token) => token.text === 'as' && token.depth === 1);
  const inner = wrapped ? head.slice(1, -1).map((token) => ({...token, depth: token.depth - 1})) : head;
  const runs = splitAt(inner, isComma);
  if (runs.length > 1 && runs.at(-1)!.length === 0) runs.pop();
  return runs.map((tokens) => {
    const at = tokens.findIndex((token) => token.type === 'word' && token.text === 'as' && token.depth === 0);
    if (at < 0) return {context: expressionOf(r, tokens, clause.end), target: null};
    return {context: expressionOf(r, tokens.slice(0, at), clause.end), target: expressionOf(r, tokens.slice(at + 1), clause.end)};
  });
}

function recoverTry(r: Reading, clauses: readonly Clause[], span: {start: number; end: number}): Stmt {
  const handlers = clauses.filter(({keyword}) => keyword === 'except').map((clause): Try['handlers'][number] => {
    const starred = clause.head[0]?.text === '*' ? clause.head.slice(1) : clause.head;
    const at = starred.findIndex((token) => (token.text === 'as' || token.text === ',') && token.depth === 0);
    const type = at < 0 ? starred : starred.slice(0, at);
    const name = at < 0 ? [] : starred.slice(at + 1);
    return {
      span: {start: clause.start, end: clause.body.at(-1)?.span.end ?? clause.end},
      type: starred.length === 0 ? null : expressionOf(r, type, clause.end),
      name: name.length === 1 && name[0].type === 'word' ? name[0].text : null,
      body: clause.body,
    };
  });
  return {kind: 'Try', span, body: bodyOf(clauses, 'try'), handlers, otherwise: bodyOf(clauses, 'else'), finally: bodyOf(clauses, 'finally')};
}
