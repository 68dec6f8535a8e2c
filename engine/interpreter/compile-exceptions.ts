/**
 * `raise`, `try` and `assert` as closures. Budgets and errors of the engine pass through every handler.
 */
import type {Assert, Raise, Stmt, Try} from '../python/ast.ts';
import {PyError} from '../ndarray/errors.ts';
import {Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {Completion} from './code.ts';
import type {ExprCode, Frame, StmtCode, StoreCode} from './code.ts';
import {compileBlock, resume} from './compile-blocks.ts';
import {compileExpr} from './compile-expressions.ts';
import {truthOf} from './compile-operators.ts';
import {storeName} from './compile-targets.ts';
import {asPythonException, exceptionOf, makeException, raised} from './exceptions.ts';
import type {PythonException} from './exceptions.ts';
import type { ExceptionInstance} from './objects.ts';
import {Class, Unsupported} from './objects.ts';
import type {Scope} from './scopes.ts';
import {baseExceptionType} from './types.ts';

export function compileRaise(scope: Scope, node: Raise): StmtCode {
  const value = node.exception === null ? null : compileExpr(scope, node.exception);
  const cause = node.cause === null ? null : compileExpr(scope, node.cause);
  const {span} = node;
  return (frame) => {
    const {run} = frame;
    if (value === null) {
      const current = frame.handling?.at(-1);
      if (current !== undefined) throw current;
      run.span = span;
      throw new PyError('RuntimeError', 'No active exception to reraise');
    }
    const given = value(frame);
    if (cause !== null) cause(frame);
    run.span = span;
    if (given instanceof Unsupported) throw raised(run, makeException('Exception', given.construct));
    const exception = exceptionOf(run, given);
    run.span = span;
    throw raised(run, exception);
  };
}

interface Handler {
  readonly type: ExprCode | null;
  readonly store: StoreCode | null;
  readonly clear: ((frame: Frame) => void) | null;
  readonly body: StmtCode;
}

export function compileTry(scope: Scope, node: Try): StmtCode {
  const kept = scope.strictImports;
  scope.strictImports ||= hasFallback(node);
  const body = compileBlock(scope, node.body);
  scope.strictImports = kept;
  const handlers = node.handlers.map((handler): Handler => ({
    type: handler.type === null ? null : compileExpr(scope, handler.type),
    store: handler.name === null ? null : storeName(scope, handler.name),
    clear: handler.name === null ? null : clearName(scope, handler.name),
    body: compileBlock(scope, handler.body),
  }));
  const otherwise = node.otherwise.length === 0 ? null : compileBlock(scope, node.otherwise);
  const guarded = (frame: Frame): Completion => {
    let completion: Completion;
    try {
      completion = body(frame);
    } catch (error) {
      const exception = asPythonException(frame.run, error);
      if (exception === null) throw error;
      resume(frame);
      return handle(frame, handlers, exception);
    }
    return completion === Completion.Normal && otherwise !== null ? otherwise(frame) : completion;
  };
  if (node.finally.length === 0) return guarded;
  const last = compileBlock(scope, node.finally);
  return (frame) => {
    let completion: Completion;
    try {
      completion = guarded(frame);
    } catch (error) {
      const exception = asPythonException(frame.run, error);
      if (exception === null) throw error;
      resume(frame);
      const ending = last(frame);
      if (ending !== Completion.Normal) return ending;
      throw exception;
    }
    const {result} = frame;
    const ending = last(frame);
    if (ending !== Completion.Normal) return ending;
    frame.result = result;
    return completion;
  };
}

/** Whether a handler gets the names that the body imports from somewhere else: `except ImportError: import numpy as np`. */
function hasFallback(node: Try): boolean {
  const imported = new Set(node.body.flatMap((statement) =>
    statement.kind === 'Import' ? statement.names.map(({module, as}) => as ?? module.split('.')[0])
      : statement.kind === 'ImportFrom' ? statement.names.map(({name, as}) => as ?? name) : []));
  return imported.size > 0 && node.handlers.some(({body}) => body.some((statement) => bindsOneOf(statement, imported)));
}

function bindsOneOf(statement: Stmt, names: ReadonlySet<string>): boolean {
  switch (statement.kind) {
    case 'Import': return statement.names.some(({module, as}) => names.has(as ?? module.split('.')[0]));
    case 'ImportFrom': return statement.names.some(({name, as}) => names.has(as ?? name));
    case 'Assign': return statement.targets.some((target) => target.kind === 'Name' && names.has(target.id));
    case 'FunctionDef': case 'ClassDef': return names.has(statement.name);
    default: return false;
  }
}

/** Runs the first handler whose type fits; raises again when there is none. */
function handle(frame: Frame, handlers: readonly Handler[], raisedNow: PythonException): Completion {
  for (const {type, store, clear, body} of handlers) {
    if (type !== null && !matches(raisedNow.exception, type(frame))) continue;
    store?.(frame, raisedNow.exception);
    (frame.handling ??= []).push(raisedNow);
    try {
      return body(frame);
    } finally {
      frame.handling.pop();
      clear?.(frame);
    }
  }
  throw raisedNow;
}

/** Whether a handler for `type` takes the exception. An unknown type takes everything. */
function matches(exception: ExceptionInstance, type: Value): boolean {
  if (type instanceof Unsupported) return true;
  if (type instanceof Tuple) return type.items.some((item) => matches(exception, item));
  if (type instanceof Class && type.isSubclass(baseExceptionType)) return exception.cls.isSubclass(type);
  throw new PyError('TypeError', 'catching classes that do not inherit from BaseException is not allowed');
}

/** The name of a handled exception is unbound after its handler. */
function clearName(scope: Scope, name: string): (frame: Frame) => void {
  const place = scope.place(name);
  if (place.kind === 'slot') return (frame) => { frame.slots[place.index] = undefined; };
  if (place.kind === 'cell') return (frame) => { frame.cells[place.index].value = undefined; };
  return (frame) => { (frame.names ?? frame.globals).delete(name); };
}

export function compileAssert(scope: Scope, node: Assert): StmtCode {
  const test = compileExpr(scope, node.test);
  const message = node.message === null ? null : compileExpr(scope, node.message);
  const {span} = node;
  return (frame) => {
    const {run} = frame;
    const value = test(frame);
    run.span = node.test.span;
    if (truthOf(run, value) !== false) return Completion.Normal;
    const text = message === null ? [] : [message(frame)];
    run.span = span;
    throw raised(run, makeException('AssertionError', ...text));
  };
}
