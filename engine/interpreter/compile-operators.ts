/**
 * Operators as closures: arithmetic, comparisons, `and`, `or`, `not` and conditional expressions.
 * Two whole numbers take a path of their own; array operations are numbered and announced.
 */
import type {Span} from '../python/span.ts';
import type {BinaryOperator, Compare, Expr} from '../python/ast.ts';
import {NDArray} from '../ndarray/array.ts';
import type {Value} from '../ndarray/values.ts';
import {unknownCause} from './calls.ts';
import type {ExprCode, Frame} from './code.ts';
import {compare} from './comparison.ts';
import {compileExpr} from './compile-expressions.ts';
import type {Unsupported} from './objects.ts';
import {announceOperation, beginOperation} from './operations.ts';
import {binary, isArrayOperation, unary} from './operators.ts';
import type {Run} from './run.ts';
import type {Scope} from './scopes.ts';
import {truth} from './truth.ts';

/** An operator on values that are not both whole numbers. */
export function operate(frame: Frame, span: Span, operator: BinaryOperator, a: Value, b: Value): Value {
  const {run} = frame;
  run.span = span;
  try {
    if (!isArrayOperation(a, b)) return binary(run, operator, a, b);
    const first = beginOperation(run);
    const number = run.operations;
    const result = binary(run, operator, a, b);
    if (run.listener !== null) announceOperation(run, number, span, operator, first, [a, b], result);
    return result;
  } catch (error) {
    return unknownCause(run, error, [a, b]);
  }
}

export function compileBinary(scope: Scope, operator: BinaryOperator, leftNode: Expr, rightNode: Expr, span: Span): ExprCode {
  const left = compileExpr(scope, leftNode);
  const right = compileExpr(scope, rightNode);
  switch (operator) {
    case '+': return (frame) => {
      const a = left(frame);
      const b = right(frame);
      if (typeof a === 'number' && typeof b === 'number') {
        const sum = a + b;
        if (sum <= 9007199254740991 && sum >= -9007199254740991) return sum;
      }
      return operate(frame, span, '+', a, b);
    };
    case '-': return (frame) => {
      const a = left(frame);
      const b = right(frame);
      if (typeof a === 'number' && typeof b === 'number') {
        const difference = a - b;
        if (difference <= 9007199254740991 && difference >= -9007199254740991) return difference;
      }
      return operate(frame, span, '-', a, b);
    };
    case '*': return (frame) => {
      const a = left(frame);
      const b = right(frame);
      if (typeof a === 'number' && typeof b === 'number') {
        const product = a * b;
        if (product <= 9007199254740991 && product >= -9007199254740991) return product + 0;
      }
      return operate(frame, span, '*', a, b);
    };
    default: return (frame) => {
      const a = left(frame);
      return operate(frame, span, operator, a, right(frame));
    };
  }
}

export function compileUnary(scope: Scope, node: Extract<Expr, {kind: 'Unary'}>): ExprCode {
  const operand = compileExpr(scope, node.operand);
  const {operator, span} = node;
  if (operator === 'not') {
    return (frame) => {
      const value = operand(frame);
      if (typeof value === 'boolean') return !value;
      frame.run.span = span;
      const test = truthOf(frame.run, value);
      return typeof test === 'boolean' ? !test : test;
    };
  }
  return (frame) => {
    const value = operand(frame);
    if (typeof value === 'number' && operator === '-') return 0 - value;
    const {run} = frame;
    run.span = span;
    try {
      if (!isArrayOperation(value, null)) return unary(run, operator, value);
      const first = beginOperation(run);
      const number = run.operations;
      const result = unary(run, operator, value);
      if (run.listener !== null) announceOperation(run, number, span, operator === '-' ? 'negative' : operator, first, [value], result);
      return result;
    } catch (error) {
      return unknownCause(run, error, []);
    }
  };
}

/** Whether a value counts as true; what is unknown in it when that cannot be told. */
export function truthOf(run: Run, value: Value): boolean | Unsupported {
  if (typeof value === 'boolean') return value;
  const by = run.poisonBy(value);
  if (by !== null) return by;
  try {
    return truth(run, value);
  } catch (error) {
    return unknownCause(run, error, []);
  }
}

export function compileBoolOp(scope: Scope, node: Extract<Expr, {kind: 'BoolOp'}>): ExprCode {
  const codes = node.values.map((value) => compileExpr(scope, value));
  const spans = node.values.map((value) => value.span);
  const last = codes.length - 1;
  const stopsAt = node.operator === 'or';
  return (frame) => {
    for (let i = 0; i < last; i++) {
      const value = codes[i](frame);
      frame.run.span = spans[i];
      const test = truthOf(frame.run, value);
      if (test === stopsAt) return value;
      if (typeof test !== 'boolean') return test;
    }
    return codes[last](frame);
  };
}

export function compileConditional(scope: Scope, node: Extract<Expr, {kind: 'Conditional'}>): ExprCode {
  const test = compileExpr(scope, node.test);
  const then = compileExpr(scope, node.then);
  const otherwise = compileExpr(scope, node.otherwise);
  const {span} = node.test;
  return (frame) => {
    const value = test(frame);
    frame.run.span = span;
    const outcome = truthOf(frame.run, value);
    if (outcome === true) return then(frame);
    return outcome === false ? otherwise(frame) : outcome;
  };
}

export function compileCompare(scope: Scope, node: Compare): ExprCode {
  if (node.operators.length > 1) return compileChain(scope, node);
  const left = compileExpr(scope, node.left);
  const right = compileExpr(scope, node.comparators[0]);
  const [operator] = node.operators;
  const {span} = node;
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    if (typeof a === 'number' && typeof b === 'number') {
      switch (operator) {
        case '==': case 'is': return a === b;
        case '!=': case 'is not': return a !== b;
        case '<': return a < b;
        case '<=': return a <= b;
        case '>': return a > b;
        case '>=': return a >= b;
        default: break;
      }
    }
    if (operator === 'is' || operator === 'is not') return compare(frame.run, operator, a, b);
    const {run} = frame;
    run.span = span;
    try {
      const first = a instanceof NDArray || b instanceof NDArray ? beginOperation(run) : -1;
      const number = run.operations;
      const result = compare(run, operator, a, b);
      if (first >= 0 && run.listener !== null) announceOperation(run, number, span, operator, first, [a, b], result);
      return result;
    } catch (error) {
      return unknownCause(run, error, [a, b]);
    }
  };
}

function compileChain(scope: Scope, node: Compare): ExprCode {
  const codes = [node.left, ...node.comparators].map((part) => compileExpr(scope, part));
  const {operators, span} = node;
  return (frame) => {
    let left = codes[0](frame);
    for (let i = 0; i < operators.length; i++) {
      const right = codes[i + 1](frame);
      frame.run.span = span;
      const result = compare(frame.run, operators[i], left, right);
      if (i === operators.length - 1) return result;
      const test = truthOf(frame.run, result);
      if (test !== true) return test === false ? result : test;
      left = right;
    }
    return true;
  };
}
