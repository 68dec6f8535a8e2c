/**
 * Expressions as closures: names, literals, displays, attributes and items. Operators are in compile-operators.ts, calls in
 * compile-calls.ts.
 */
import type {Span} from '../python/span.ts';
import type {Expr, NumberLiteral} from '../python/ast.ts';
import {PyError} from '../ndarray/errors.ts';
import {Scalar, float} from '../ndarray/scalar.ts';
import {ELLIPSIS, List, Slice, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {NDArray} from '../ndarray/array.ts';
import {getAttribute} from './attributes.ts';
import {builtinScope} from './builtin-scope.ts';
import {unknownCause} from './calls.ts';
import type {ExprCode, Frame} from './code.ts';
import {compileCall} from './compile-calls.ts';
import {compileComprehension} from './compile-comprehensions.ts';
import {compileLambda} from './compile-functions.ts';
import {compileBinary, compileBoolOp, compileCompare, compileConditional, compileUnary} from './compile-operators.ts';
import {compileFString} from './compile-strings.ts';
import {storeName} from './compile-targets.ts';
import {bindToName} from './assignment.ts';
import {Dict, PySet} from './containers.ts';
import {listOf} from './iteration.ts';
import {ModuleValue, UnknownOperand, Unsupported} from './objects.ts';
import {announceOperation, beginOperation} from './operations.ts';
import type {Run} from './run.ts';
import type {Scope} from './scopes.ts';
import {getItem} from './subscripts.ts';

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
