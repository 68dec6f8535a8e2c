/**
 * Expressions as closures. Whole numbers take a path of their own; everything else goes to the operators, where array
 * operations are numbered and announced.
 */
import type {Span} from '../python/span.ts';
import type {BinaryOperator, Compare, Expr, NumberLiteral} from '../python/ast.ts';
import {PyError} from '../ndarray/errors.ts';
import {Scalar, float} from '../ndarray/scalar.ts';
import {ELLIPSIS, List, Slice, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {NDArray} from '../ndarray/array.ts';
import {getAttribute} from './attributes.ts';
import {builtinScope} from './builtin-scope.ts';
import {unknownCause} from './calls.ts';
import type {ExprCode, Frame} from './code.ts';
import {compare} from './comparison.ts';
import {compileCall} from './compile-calls.ts';
import {compileComprehension} from './compile-comprehensions.ts';
import {compileLambda} from './compile-functions.ts';
import {compileFString} from './compile-strings.ts';
import {storeName} from './compile-targets.ts';
import {bindToName} from './assignment.ts';
import {Dict, PySet} from './containers.ts';
import {listOf} from './iteration.ts';
import {ModuleValue, UnknownOperand, Unsupported} from './objects.ts';
import {announceOperation, beginOperation} from './operations.ts';
import {binary, isArrayOperation, unary} from './operators.ts';
import type {Run} from './run.ts';
import type {Scope} from './scopes.ts';
import {getItem} from './subscripts.ts';
import {truth} from './truth.ts';

/** An expression as a closure over frames. */
export function compileExpr(scope: Scope, node: Expr): ExprCode {
  switch (node.kind) {
    case 'Name': return loadName(scope, node.id, node.span);
    case 'Number': return compileNumber(node);
    case 'String': return node.bytes ? unknown('bytes', node.span) : constant(node.value);
    case 'FString': return compileFString(scope, node);
    case 'Constant': return constant(node.value === 'Ellipsis' ? ELLIPSIS : node.value);
    case 'Tuple': return compileItems(scope, node.items, (items) => new Tuple(items));
    case 'List': return compileItems(scope, node.items, (items) => new List(items));
    case 'Set': return compileItems(scope, node.items, (items) => new PySet(items));
    case 'Dict': return compileDict(scope, node);
    case 'Unary': return compileUnary(scope, node);
    case 'Binary': return compileBinary(scope, node.operator, node.left, node.right, node.span);
    case 'BoolOp': return compileBoolOp(scope, node);
    case 'Compare': return compileCompare(scope, node);
    case 'Call': return compileCall(scope, node);
    case 'Attribute': return compileAttribute(scope, node);
    case 'Subscript': return compileSubscript(scope, node);
    case 'Slice': return compileSlice(scope, node);
    case 'Star': return unknown('a star expression', node.span);
    case 'Lambda': return compileLambda(scope, node);
    case 'Conditional': return compileConditional(scope, node);
    case 'Comprehension': return compileComprehension(scope, node);
    case 'Yield': return unknown('yield inside an expression', node.span);
    case 'Await': return unknown('await', node.span);
    case 'NamedExpr': return compileNamed(scope, node);
    case 'InvalidExpr': return unknown('an expression that cannot be read', node.span);
  }
}

function constant(value: Value): ExprCode {
  return () => value;
}

function unknown(construct: string, span: Span): ExprCode {
  return (frame) => frame.run.unsupported(construct, span);
}

function compileNumber(node: NumberLiteral): ExprCode {
  if (node.type === 'imaginary') return unknown('complex numbers', node.span);
  const value = node.type === 'float' ? float(Number(node.value)) : node.value;
  return ({run}) => (run.traceLiteral === null ? value : traced(run, node, value));
}

/** A literal that is an input of a script: a leaf of the tape. */
function traced(run: Run, node: NumberLiteral, value: Value): Value {
  if (run.tape === null || run.traceLiteral?.(node) !== true) return value;
  run.tape.operation = ++run.operations;
  const number = Number(node.value);
  return new Scalar(number, run.tape.leaf(number), node.type === 'float' ? 'float64' : 'int64', true);
}

/** Reads a name. Raises NameError and UnboundLocalError. */
export function loadName(scope: Scope, name: string, span: Span): ExprCode {
  const place = scope.place(name);
  switch (place.kind) {
    case 'slot': {
      const {index} = place;
      return (frame) => {
        const value = frame.slots[index];
        return value === undefined ? unbound(frame, name, span) : value;
      };
    }
    case 'cell': {
      const {index, free} = place;
      return (frame) => {
        const {value} = frame.cells[index];
        return value === undefined ? (free ? unboundFree(frame, name, span) : unbound(frame, name, span)) : value;
      };
    }
    case 'global': return (frame) => {
      const value = frame.globals.get(name);
      return value === undefined ? loadBuiltin(frame, name, span) : value;
    };
    case 'class': {
      const {cell} = place;
      return (frame) => {
        const value = frame.names!.get(name);
        if (value !== undefined) return value;
        const outer = cell === null ? frame.globals.get(name) : frame.cells[cell].value;
        return outer === undefined ? loadBuiltin(frame, name, span) : outer;
      };
    }
  }
}

function loadBuiltin(frame: Frame, name: string, span: Span): Value {
  const value = builtinScope.get(name);
  if (value !== undefined) return value;
  if (frame.module.unknownNames !== null) return frame.module.unknownNames;
  frame.run.span = span;
  throw new PyError('NameError', `name '${name}' is not defined`);
}

function unbound({run}: Frame, name: string, span: Span): never {
  run.span = span;
  throw new PyError('UnboundLocalError', `cannot access local variable '${name}' where it is not associated with a value`);
}

function unboundFree({run}: Frame, name: string, span: Span): never {
  run.span = span;
  throw new PyError('NameError', `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`);
}

/** Several expressions, `*items` spread among them. */
export function compileList(scope: Scope, nodes: readonly Expr[]): (frame: Frame) => Value[] {
  const codes = nodes.map((node) => compileExpr(scope, node.kind === 'Star' ? node.value : node));
  if (!nodes.some((node) => node.kind === 'Star')) {
    return (frame) => {
      const items = new Array<Value>(codes.length);
      for (let i = 0; i < codes.length; i++) items[i] = codes[i](frame);
      return items;
    };
  }
  const stars = nodes.map((node) => node.kind === 'Star');
  return (frame) => {
    const items: Value[] = [];
    codes.forEach((code, i) => {
      const value = code(frame);
      if (!stars[i]) items.push(value);
      else for (const item of listOf(frame.run, value)) items.push(item);
    });
    return items;
  };
}

function compileItems(scope: Scope, nodes: readonly Expr[], make: (items: Value[]) => Value): ExprCode {
  const items = compileList(scope, nodes);
  return (frame) => make(items(frame));
}

function compileDict(scope: Scope, node: Extract<Expr, {kind: 'Dict'}>): ExprCode {
  const entries = node.entries.map(({key, value}) => ({
    key: key === null ? null : compileExpr(scope, key), value: compileExpr(scope, value),
  }));
  return (frame) => {
    const dict = new Dict();
    for (const {key, value} of entries) {
      if (key !== null) {
        const name = key(frame);
        dict.set(name, value(frame));
        continue;
      }
      const merged = value(frame);
      if (merged instanceof Unsupported) throw new UnknownOperand(merged);
      if (!(merged instanceof Dict)) throw new PyError('TypeError', 'argument after ** must be a mapping');
      for (const [name, item] of merged.entries()) dict.set(name, item);
    }
    return dict;
  };
}

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

function compileBinary(scope: Scope, operator: BinaryOperator, leftNode: Expr, rightNode: Expr, span: Span): ExprCode {
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

function compileUnary(scope: Scope, node: Extract<Expr, {kind: 'Unary'}>): ExprCode {
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

function compileBoolOp(scope: Scope, node: Extract<Expr, {kind: 'BoolOp'}>): ExprCode {
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

function compileConditional(scope: Scope, node: Extract<Expr, {kind: 'Conditional'}>): ExprCode {
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

function compileCompare(scope: Scope, node: Compare): ExprCode {
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

function compileAttribute(scope: Scope, node: Extract<Expr, {kind: 'Attribute'}>): ExprCode {
  const object = compileExpr(scope, node.object);
  const {name, span} = node;
  return (frame) => {
    const holder = object(frame);
    if (holder instanceof ModuleValue) {
      const value = holder.attributes.get(name);
      if (value !== undefined) return value;
    }
    frame.run.span = span;
    try {
      return getAttribute(frame.run, holder, name);
    } catch (error) {
      return unknownCause(frame.run, error, []);
    }
  };
}

function compileSubscript(scope: Scope, node: Extract<Expr, {kind: 'Subscript'}>): ExprCode {
  const object = compileExpr(scope, node.object);
  const index = compileExpr(scope, node.index);
  const {span} = node;
  return (frame) => {
    const container = object(frame);
    const key = index(frame);
    const {run} = frame;
    run.span = span;
    try {
      if (!(container instanceof NDArray)) return getItem(run, container, key);
      const first = beginOperation(run);
      const number = run.operations;
      const result = getItem(run, container, key);
      if (run.listener !== null) announceOperation(run, number, span, 'getitem', first, [container, key], result);
      return result;
    } catch (error) {
      return unknownCause(run, error, [key]);
    }
  };
}

function compileSlice(scope: Scope, node: Extract<Expr, {kind: 'Slice'}>): ExprCode {
  const bound = (expr: Expr | null): ExprCode => (expr === null ? constant(null) : compileExpr(scope, expr));
  const start = bound(node.start);
  const stop = bound(node.stop);
  const step = bound(node.step);
  return (frame) => {
    const first = start(frame);
    const last = stop(frame);
    return new Slice(first, last, step(frame));
  };
}

function compileNamed(scope: Scope, node: Extract<Expr, {kind: 'NamedExpr'}>): ExprCode {
  const value = compileExpr(scope, node.value);
  const store = storeName(scope, node.target.id);
  const statement = {kind: 'ExprStmt', span: node.span, value: node} as const;
  const site = {statement, target: node.target, span: node.target.span, loops: scope.loops, augmented: false};
  return (frame) => {
    const given = value(frame);
    const bound = frame.run.tape !== null || frame.run.listener !== null ? bindToName(frame, site, given) : given;
    store(frame, bound);
    return bound;
  };
}
