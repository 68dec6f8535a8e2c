/** Expressions as values: building, reading, replacing names, and the few rules of algebra that make a pullback readable. */
import type {BinaryOperator, Expr} from '../python/ast.ts';
import {parse} from '../python/parse.ts';

const span = {start: 0, end: 0};

/** Reads an expression; the text is ours and can be read. */
export function formula(text: string): Expr {
  const [statement] = parse(`(${text})`).module.body;
  if (statement.kind !== 'ExprStmt') throw new Error(`${text} is no expression`);
  return statement.value;
}

export function name(id: string): Expr {
  return {kind: 'Name', span, id};
}

export function binary(left: Expr, operator: BinaryOperator, right: Expr): Expr {
  return {kind: 'Binary', span, operatorSpan: span, operator, left, right};
}

export function number(value: number): Expr {
  const literal: Expr = {kind: 'Number', span, value: Math.abs(value), type: Number.isInteger(value) ? 'int' : 'float'};
  return value < 0 ? {kind: 'Unary', span, operator: '-', operand: literal} : literal;
}

export function call(callee: string, args: readonly Expr[], keywords: Readonly<Record<string, Expr>> = {}): Expr {
  const positional = args.map((value) => ({span, name: null, star: '' as const, value}));
  const named = Object.entries(keywords).map(([key, value]) => ({span, name: key, star: '' as const, value}));
  return {kind: 'Call', span, callee: formula(callee), args: [...positional, ...named]};
}

export function transpose(expr: Expr): Expr {
  return {kind: 'Attribute', span, nameSpan: span, object: expr, name: 'T'};
}

export function subscript(object: Expr, index: Expr): Expr {
  return {kind: 'Subscript', span, object, index};
}

/** Every name of `from` replaced, from the inside out; other parts are rebuilt and offered to `change`. */
export function rewrite(expr: Expr, change: (expr: Expr) => Expr): Expr {
  const inner = (part: Expr): Expr => rewrite(part, change);
  switch (expr.kind) {
    case 'Unary': return change({...expr, operand: inner(expr.operand)});
    case 'Binary': return change({...expr, left: inner(expr.left), right: inner(expr.right)});
    case 'BoolOp': return change({...expr, values: expr.values.map(inner)});
    case 'Compare': return change({...expr, left: inner(expr.left), comparators: expr.comparators.map(inner)});
    case 'Call': return change({...expr, callee: inner(expr.callee), args: expr.args.map((arg) => ({...arg, value: inner(arg.value)}))});
    case 'Attribute': return change({...expr, object: inner(expr.object)});
    case 'Subscript': return change({...expr, object: inner(expr.object), index: inner(expr.index)});
    case 'Slice': return change({...expr, start: expr.start && inner(expr.start), stop: expr.stop && inner(expr.stop), step: expr.step && inner(expr.step)});
    case 'Tuple': case 'List': return change({...expr, items: expr.items.map(inner)});
    case 'Conditional': return change({...expr, test: inner(expr.test), then: inner(expr.then), otherwise: inner(expr.otherwise)});
    default: return change(expr);
  }
}

/** The number of a literal, also a negative one; null for anything else. */
export function literal(expr: Expr): number | null {
  if (expr.kind === 'Number') return Number(expr.value);
  if (expr.kind !== 'Unary' || expr.operator !== '-') return null;
  const value = literal(expr.operand);
  return value === null ? null : -value;
}

/** `-1 ** 1` and the like worked out, `x.T.T` and `-(-x)` undone, products with one left out. */
export function tidy(expr: Expr): Expr {
  return rewrite(expr, (part) => {
    if (part.kind === 'Binary') return tidyBinary(part);
    if (part.kind === 'Unary' && part.operator === '-' && part.operand.kind === 'Unary' && part.operand.operator === '-') return part.operand.operand;
    if (part.kind === 'Attribute' && part.name === 'T') return tidyTranspose(part.object);
    return part;
  });
}

function tidyBinary(expr: Extract<Expr, {kind: 'Binary'}>): Expr {
  const {left, right, operator} = expr;
  const [a, b] = [literal(left), literal(right)];
  if (a !== null && b !== null && (operator === '-' || operator === '+')) return number(operator === '-' ? a - b : a + b);
  if (b === 0 && operator === '-') return left;
  if (b === 1 && (operator === '**' || operator === '*' || operator === '/')) return left;
  if (a === 1 && operator === '*') return right;
  // A constant comes first: `2 * dout * x`.
  if (operator === '*' && b !== null && a === null) return left.kind === 'Binary' && left.operator === '*' && literal(left.left) !== null
    ? binary(number(literal(left.left)! * b), '*', left.right) : binary(right, '*', left);
  return expr;
}

/** `x.T.T` is x, `(a @ b).T` is `b.T @ a.T`. */
function tidyTranspose(of: Expr): Expr {
  if (of.kind === 'Attribute' && of.name === 'T') return of.object;
  if (of.kind === 'Binary' && of.operator === '@') return binary(tidyTranspose(of.right), '@', tidyTranspose(of.left));
  return transpose(of);
}
