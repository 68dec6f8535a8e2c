/**
 * Statements with blocks that the grammar finds an error in: a broken opening line is mended as far as it can be read,
 * and the blocks are lowered for themselves.
 */
import type {Expr, If, Stmt, Try, With} from './ast.ts';
import {lowerLines} from './blocks.ts';
import {withoutParentheses} from './lower-blocks.ts';
import {recoverClass, recoverFunction} from './recover-definitions.ts';
import {expressionOf, isComma, recoverSimple, spanOfTokens, splitAt, targetOf} from './recover-simple.ts';
import type {Reading} from './reading.ts';
import type {LogicalLine} from './scan.ts';
import type {Span} from './span.ts';
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
/** Which clauses may follow a clause, by the first of their statement. */
const FOLLOWING: Readonly<Partial<Record<string, Readonly<Partial<Record<string, readonly string[]>>>>>> = {
  if: {if: ['elif', 'else'], elif: ['elif', 'else']},
  for: {for: ['else']},
  while: {while: ['else']},
  try: {try: ['except', 'finally'], except: ['except', 'else', 'finally'], else: ['finally']},
  except: {except: ['except', 'else', 'finally'], else: ['finally']},
};

/** Lowers a statement that begins with a keyword of a block, and clauses behind it that do not belong to it. */
export function recoverCompound(
  r: Reading, group: readonly LogicalLine[], level: number, decorators: readonly Expr[], start: number, into: Stmt[],
): void {
  let from = start;
  for (let clauses = clausesOf(r, group, level); clauses.length > 0;) {
    const count = ownClauses(clauses);
    into.push(recoverOwn(r, clauses.slice(0, count), decorators, from));
    clauses = clauses.slice(count);
    from = clauses.at(0)?.start ?? from;
  }
}

/** A block of which nobody can say whether it runs. */
export function unknownBranch(start: number, end: number, body: readonly Stmt[], otherwise: readonly Stmt[] = []): If {
  const last = otherwise.at(-1) ?? body.at(-1);
  const test: Expr = {kind: 'InvalidExpr', span: {start, end}, message: 'invalid syntax'};
  return {kind: 'If', span: {start, end: Math.max(end, last?.span.end ?? end)}, test, body, otherwise};
}

/** How many of the clauses make one statement with the first. */
function ownClauses(clauses: readonly Clause[]): number {
  const following = FOLLOWING[clauses[0].keyword.replace('async ', '')] ?? {};
  let count = 1;
  while (count < clauses.length && (following[clauses[count - 1].keyword.replace('async ', '')] ?? []).includes(clauses[count].keyword)) count++;
  return count;
}

function recoverOwn(r: Reading, clauses: readonly Clause[], decorators: readonly Expr[], start: number): Stmt {
  const [first] = clauses;
  const last = clauses.at(-1)!;
  const span = {start, end: last.body.at(-1)?.span.end ?? last.end};
  switch (first.keyword) {
    case 'def': case 'async def':
      return recoverFunction(r, first, decorators, span);
    case 'class':
      return recoverClass(r, first, decorators, span);
    case 'for': case 'async for':
      return recoverFor(r, clauses, span);
    case 'while':
      return {kind: 'While', span, test: expressionOf(r, first.head, first.end), body: first.body, otherwise: bodyOf(clauses, 'else')};
    case 'with': case 'async with':
      return {kind: 'With', span, items: withItems(r, first), body: first.body};
    case 'try': case 'except': case 'finally':
      return recoverTry(r, clauses, span);
    case 'if':
      return recoverIf(r, clauses, span.end);
    default:
      return unknownBranch(first.start, first.end, first.body);
  }
}

/** Cuts a statement into its clauses. */
function clausesOf(r: Reading, group: readonly LogicalLine[], level: number): readonly Clause[] {
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
  const word = tokens.at(0)?.text ?? '';
  const async = word === 'async' && tokens.length > 1;
  const keyword = async ? `async ${tokens[1].text}` : word;
  const first = async ? 2 : 1;
  const colon = colonAt(tokens, first);
  const body: Stmt[] = [];
  if (line.open) r.mended.push({span: {start: line.start, end: line.end}, message: 'a bracket or a string is left open'});
  if (colon === tokens.length) r.mended.push({span: {start: line.end, end: line.end}, message: 'a colon is missing'});
  const inline = tokens.slice(colon + 1);
  if (inline.length > 0) recoverInline(r, inline, body);
  if (below.length > 0) body.push(...lowerLines(r, below, level + 1));
  const end = tokens.at(Math.min(colon, tokens.length - 1))?.end ?? line.end;
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
  return tokens.at(-1)?.text === ':' ? tokens.length - 1 : tokens.length;
}

function recoverIf(r: Reading, clauses: readonly Clause[], end: number): If {
  const beyond = clauses.at(MAX_CLAUSES);
  let otherwise: readonly Stmt[] = beyond === undefined ? [] : [{kind: 'Invalid', span: {start: beyond.start, end}, message: 'too many clauses'}];
  for (const clause of clauses.slice(1, MAX_CLAUSES).reverse()) {
    otherwise = clause.keyword === 'else' ? clause.body : [branch(r, clause, otherwise, end)];
  }
  return branch(r, clauses[0], otherwise, end);
}

function branch(r: Reading, clause: Clause, otherwise: readonly Stmt[], end: number): If {
  return {kind: 'If', span: {start: clause.start, end}, test: expressionOf(r, clause.head, clause.end), body: clause.body, otherwise};
}

function recoverFor(r: Reading, clauses: readonly Clause[], span: Span): Stmt {
  const [clause] = clauses;
  const {head, start} = clause;
  const at = head.findIndex((token) => token.type === 'word' && token.text === 'in' && token.depth === 0);
  const target = targetOf(r, at < 0 ? head : head.slice(0, at))
    ?? {kind: 'InvalidExpr', span: {start, end: clause.end}, message: 'a target is missing'} satisfies Expr;
  const iterable = expressionOf(r, at < 0 ? [] : head.slice(at + 1), clause.end);
  return {kind: 'For', span, target, iterable, body: clause.body, otherwise: bodyOf(clauses, 'else')};
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
  return runs.flatMap((tokens) => {
    const at = tokens.findIndex((token) => token.type === 'word' && token.text === 'as' && token.depth === 0);
    if (at < 0) return withoutParentheses(expressionOf(r, tokens, clause.end), null);
    return [{context: expressionOf(r, tokens.slice(0, at), clause.end), target: expressionOf(r, tokens.slice(at + 1), clause.end)}];
  });
}

function recoverTry(r: Reading, clauses: readonly Clause[], span: Span): Stmt {
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
