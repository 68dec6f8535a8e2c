/**
 * Chains of operators: from the flat run of operands and operators in the tree to Python's own precedences.
 * The grammar's nesting is not followed, since it differs from Python's (`not a == b or c`).
 */
import type {TreeCursor} from '@lezer/common';
import type {BinaryOperator, CompareOperator, Expr, UnaryOperator} from './ast.ts';
import {lowerExpression} from './lower-expressions.ts';
import {invalid, MAX_DEPTH, textOf, type Reading, is} from './reading.ts';

interface Piece {
  /** An operator's text, or null for an operand. */
  operator: string | null;
  readonly operand: Expr | null;
  readonly start: number;
  end: number;
}

interface Chain {
  readonly r: Reading;
  readonly pieces: readonly Piece[];
  at: number;
  depth: number;
}

const OR = 1, AND = 2, NOT = 3, COMPARE = 4, BITWISE_OR = 5, UNARY = 11, POWER = 12, AWAIT = 13;
const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ['or', OR], ['and', AND],
  ...['==', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'is', 'is not'].map((operator): [string, number] => [operator, COMPARE]),
  ['|', BITWISE_OR], ['^', 6], ['&', 7], ['<<', 8], ['>>', 8], ['+', 9], ['-', 9],
  ['*', 10], ['@', 10], ['/', 10], ['//', 10], ['%', 10], ['**', POWER],
]);

/** Lowers a BinaryExpression, UnaryExpression or AwaitExpression; the cursor stays on it. */
export function lowerOperators(r: Reading, c: TreeCursor): Expr {
  const span = {start: c.from + r.base, end: c.to + r.base};
  const length = c.to - c.from > MAX_DEPTH ? countOperators(c) : 0;
  if (r.depth + length > MAX_DEPTH) return invalid(r, span, 'too many operators in one expression');
  r.depth += length;
  const chain: Chain = {r, pieces: flatten(r, c), at: 0, depth: 0};
  r.depth -= length;
  const value = parse(chain, OR);
  return chain.at === chain.pieces.length ? value : invalid(r, span, 'not an expression');
}

function isChain(c: TreeCursor): boolean {
  return is(c, 'BinaryExpression') || is(c, 'UnaryExpression') || is(c, 'AwaitExpression');
}

function countOperators(c: TreeCursor): number {
  let count = 0;
  walkChain(c, (piece) => {
    if (isOperator(piece)) count++;
  });
  return count;
}

function flatten(r: Reading, c: TreeCursor): Piece[] {
  const pieces: Piece[] = [];
  walkChain(c, (piece) => {
    const start = piece.from + r.base;
    const end = piece.to + r.base;
    if (!isOperator(piece)) {
      pieces.push({operator: null, operand: lowerExpression(r, piece), start, end});
      return;
    }
    const operator = textOf(r, piece);
    const last = pieces.at(-1);
    if (operator === 'in' && last?.operator === 'not') {
      last.operator = 'not in';
      last.end = end;
    } else if (operator === 'not' && last?.operator === 'is') {
      last.operator = 'is not';
      last.end = end;
    } else {
      pieces.push({operator: operator === '<>' ? '!=' : operator, operand: null, start, end});
    }
  });
  return pieces;
}

/** Visits the operands and operators below the node in text order, without recursion. */
function walkChain(c: TreeCursor, visit: (piece: TreeCursor) => void): void {
  let depth = 0;
  for (;;) {
    if (isChain(c) && c.firstChild()) {
      depth++;
      continue;
    }
    if (!is(c, 'Comment')) visit(c);
    while (!c.nextSibling()) {
      c.parent();
      if (--depth === 0) return;
    }
  }
}

function isOperator(c: TreeCursor): boolean {
  switch (c.name) {
    case 'ArithOp': case 'BitOp': case 'CompareOp': case 'not': case 'and': case 'or': case 'in': case 'is': case 'await':
      return true;
    default:
      return false;
  }
}

/** Reads what binds at least as tightly as `least`. */
function parse(chain: Chain, least: number): Expr {
  const first = chain.at;
  let left = parsePrefix(chain, least);
  for (;;) {
    const piece = chain.pieces.at(chain.at);
    if (piece === undefined || piece.operator === null) return left;
    const precedence = PRECEDENCE.get(piece.operator);
    if (precedence === undefined || precedence < least) return left;
    if (precedence === COMPARE) left = parseCompare(chain, left, first);
    else if (precedence <= AND) left = parseBool(chain, left, first, piece.operator as 'and' | 'or', precedence);
    else {
      chain.at++;
      const right = parse(chain, precedence === POWER ? UNARY : precedence + 1);
      const operatorSpan = {start: piece.start, end: piece.end};
      left = {kind: 'Binary', span: spanFrom(chain, first), operator: piece.operator as BinaryOperator, left, right, operatorSpan};
    }
  }
}

function parsePrefix(chain: Chain, least: number): Expr {
  const first = chain.at;
  const piece = chain.pieces.at(chain.at++);
  if (piece === undefined) return invalid(chain.r, spanFrom(chain, first), 'an operand is missing');
  if (piece.operand !== null) return piece.operand;
  if (++chain.depth > MAX_DEPTH) return invalid(chain.r, {start: piece.start, end: piece.end}, 'too many operators in one expression');
  const value = parseUnary(chain, piece, least, first);
  chain.depth--;
  return value;
}

function parseUnary(chain: Chain, piece: Piece, least: number, first: number): Expr {
  switch (piece.operator) {
    case '-': case '+': case '~': case 'not': {
      const operator: UnaryOperator = piece.operator;
      if (operator === 'not' ? least > NOT : least > UNARY) return invalid(chain.r, {start: piece.start, end: piece.end}, 'misplaced operator');
      const operand = parse(chain, operator === 'not' ? NOT : UNARY);
      return {kind: 'Unary', span: spanFrom(chain, first), operator, operand};
    }
    case '*': {
      if (least > OR || first > 0) return invalid(chain.r, {start: piece.start, end: piece.end}, 'misplaced operator');
      const value = parse(chain, BITWISE_OR);
      return {kind: 'Star', span: spanFrom(chain, first), value};
    }
    case 'await': {
      const value = parse(chain, AWAIT);
      return {kind: 'Await', span: spanFrom(chain, first), value};
    }
    default:
      return invalid(chain.r, {start: piece.start, end: piece.end}, 'an operand is missing');
  }
}

function parseCompare(chain: Chain, left: Expr, first: number): Expr {
  const operators: CompareOperator[] = [];
  const comparators: Expr[] = [];
  for (;;) {
    const operator = chain.pieces[chain.at]?.operator ?? null;
    if (operator === null || PRECEDENCE.get(operator) !== COMPARE) break;
    chain.at++;
    operators.push(operator as CompareOperator);
    comparators.push(parse(chain, COMPARE + 1));
  }
  return {kind: 'Compare', span: spanFrom(chain, first), left, operators, comparators};
}

function parseBool(chain: Chain, left: Expr, first: number, operator: 'and' | 'or', precedence: number): Expr {
  const values = [left];
  while (chain.pieces[chain.at]?.operator === operator) {
    chain.at++;
    values.push(parse(chain, precedence + 1));
  }
  return {kind: 'BoolOp', span: spanFrom(chain, first), operator, values};
}

/** From the first piece to the last that was read, parentheses around operands included. */
function spanFrom(chain: Chain, first: number): {start: number; end: number} {
  const {pieces} = chain;
  const start = pieces[Math.min(first, pieces.length - 1)].start;
  const end = pieces[Math.min(chain.at, pieces.length) - 1].end;
  return {start, end};
}
