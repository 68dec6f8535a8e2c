/**
 * Simple statements that the grammar finds an error in: Python 2's forms are understood, and of what is unfinished
 * the sound part is kept (`dx = ` has a target). The rest becomes `Invalid` or `InvalidExpr`.
 */
import type {Argument, BinaryOperator, Expr, Stmt} from './ast.ts';
import {expressionIn, lowerRange} from './grammar.ts';
import {isTarget} from './targets.ts';
import type {Reading} from './reading.ts';
import type {Span} from './span.ts';
import {tokensIn, type Token} from './tokens.ts';

const AUGMENTED = /^(?:[+\-*/%@&|^]|\*\*|\/\/|<<|>>)=$/;
/** A line with more than that is no unfinished assignment. */
const MAX_TARGETS = 30;
const CANNOT_READ = 'invalid syntax';

/** Lowers the statements of one line between two offsets, semicolons included. `tried` says that the grammar refused the whole. */
export function recoverSimple(r: Reading, start: number, end: number, tried: boolean, into: Stmt[]): void {
  const tokens = tokensIn(r.text, start, end);
  const pieces = splitAt(tokens, (token) => token.text === ';' && token.depth === 0);
  if (pieces.every((piece) => piece.length === 0)) into.push({kind: 'Invalid', span: {start, end}, message: CANNOT_READ});
  for (const piece of pieces) {
    if (piece.length === 0) continue;
    const span = spanOfTokens(piece);
    const whole = !tried || pieces.length > 1 ? lowerRange(r, span.start, span.end) : null;
    if (whole === null) into.push(recoverPiece(r, piece, span));
    else into.push(...whole);
  }
}

/** The expression that tokens make, or an InvalidExpr in its place; `at` is where it should be when there are no tokens. */
export function expressionOf(r: Reading, tokens: readonly Token[], at: number): Expr {
  if (tokens.length === 0) return {kind: 'InvalidExpr', span: {start: at, end: at}, message: 'an expression is missing'};
  const span = spanOfTokens(tokens);
  return expressionIn(r, span.start, span.end) ?? {kind: 'InvalidExpr', span, message: CANNOT_READ};
}

export function spanOfTokens(tokens: readonly Token[]): Span {
  return {start: tokens[0].start, end: tokens.at(-1)!.end};
}

/** The runs of tokens between those that separate; the separators are left out. */
export function splitAt(tokens: readonly Token[], separates: (token: Token) => boolean): Token[][] {
  const runs: Token[][] = [[]];
  for (const token of tokens) {
    if (separates(token)) runs.push([]);
    else runs.at(-1)!.push(token);
  }
  return runs;
}

function recoverPiece(r: Reading, tokens: readonly Token[], span: Span): Stmt {
  const [first, second] = tokens;
  const rest = tokens.slice(1);
  if (first.type === 'word') {
    switch (first.text) {
      case 'print':
        if (isPython2Call(second)) return printCall(r, first, rest, span);
        break;
      case 'exec':
        if (isPython2Call(second)) return call(first, [positional(expressionOf(r, splitAt(rest, isWord('in'))[0], span.end))], span);
        break;
      case 'return':
        return {kind: 'Return', span, value: expressionOf(r, rest, span.end)};
      case 'raise':
        return {kind: 'Raise', span, exception: expressionOf(r, rest, span.end), cause: null};
      case 'assert':
        return {kind: 'Assert', span, test: expressionOf(r, splitAt(rest, isComma)[0], span.end), message: null};
    }
  }
  return recoverAssignment(r, tokens, span) ?? {kind: 'Invalid', span, message: CANNOT_READ};
}

/** Keeps the targets of an assignment whose value cannot be read. */
function recoverAssignment(r: Reading, tokens: readonly Token[], span: Span): Stmt | null {
  const lambda = tokens.findIndex((token) => token.text === 'lambda' && token.depth === 0);
  const outside = (token: Token, i: number): boolean => token.depth === 0 && token.type === 'operator' && (lambda < 0 || i < lambda);
  const augmented = tokens.findIndex((token, i) => outside(token, i) && AUGMENTED.test(token.text));
  if (augmented > 0) {
    const target = targetOf(r, tokens.slice(0, augmented));
    if (target === null) return null;
    const operator = tokens[augmented].text.slice(0, -1) as BinaryOperator;
    return {kind: 'AugAssign', span, target, operator, value: expressionOf(r, tokens.slice(augmented + 1), span.end)};
  }
  const equals = tokens.flatMap((token, i) => (outside(token, i) && token.text === '=' ? [i] : []));
  const colon = tokens.findIndex((token, i) => outside(token, i) && token.text === ':');
  const last = equals.at(-1);
  if (equals.length > MAX_TARGETS) return null;
  if (colon > 0 && (last === undefined || colon < equals[0])) return recoverAnnotated(r, tokens, colon, last, span);
  if (last === undefined) return null;
  const targets: Expr[] = [];
  for (const [i, equal] of equals.entries()) {
    const target = targetOf(r, tokens.slice(i === 0 ? 0 : equals[i - 1] + 1, equal));
    if (target === null) return null;
    targets.push(target);
  }
  return {kind: 'Assign', span, targets, value: expressionOf(r, tokens.slice(last + 1), span.end)};
}

function recoverAnnotated(r: Reading, tokens: readonly Token[], colon: number, equal: number | undefined, span: Span): Stmt | null {
  const target = targetOf(r, tokens.slice(0, colon));
  if (target === null || target.kind === 'Tuple' || target.kind === 'List') return null;
  const annotation = expressionOf(r, tokens.slice(colon + 1, equal), tokens[colon].end);
  const value = equal === undefined ? null : expressionOf(r, tokens.slice(equal + 1), span.end);
  return {kind: 'AnnAssign', span, target, annotation, value};
}

/** What tokens name, if it can be assigned to. */
export function targetOf(r: Reading, tokens: readonly Token[]): Expr | null {
  if (tokens.length === 0) return null;
  const value = expressionOf(r, tokens, tokens[0].start);
  return isTarget(value) ? value : null;
}

/** Whether `print` or `exec` is followed by what Python 2 took for an operand. */
function isPython2Call(next: Token | undefined): boolean {
  return next !== undefined && (next.type !== 'operator' || ['(', '[', '{', '-', '~', '`', '>>'].includes(next.text));
}

/** `print >>file, a, b` is `print(a, b, file=file)`. */
function printCall(r: Reading, word: Token, rest: readonly Token[], span: Span): Stmt {
  const redirected = rest[0]?.text === '>>';
  const values = splitAt(redirected ? rest.slice(1) : rest, isComma);
  if (values.length > 1 && values.at(-1)!.length === 0) values.pop();
  const args = values.map((tokens) => positional(expressionOf(r, tokens, span.end)));
  if (redirected) args.push({...args.shift()!, name: 'file'});
  return call(word, args, span);
}

function call(word: Token, args: Argument[], span: Span): Stmt {
  const callee: Expr = {kind: 'Name', span: {start: word.start, end: word.end}, id: word.text};
  return {kind: 'ExprStmt', span, value: {kind: 'Call', span, callee, args}};
}

function positional(value: Expr): Argument {
  return {span: value.span, name: null, star: '', value};
}

export function isComma(token: Token): boolean {
  return token.text === ',' && token.depth === 0;
}

function isWord(text: string): (token: Token) => boolean {
  return (token) => token.type === 'word' && token.text === text && token.depth === 0;
}
