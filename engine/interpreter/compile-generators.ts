/**
 * The bodies of generator functions. Statements that hold a `yield` become JavaScript generators over the same frame;
 * all others are the ordinary closures.
 */
import type {Expr, Stmt, Yield} from '../python/ast.ts';
import {walk} from '../python/walk.ts';
import type {Value} from '../ndarray/values.ts';
import {call} from './calls.ts';
import {Completion} from './code.ts';
import type {Frame, GeneratorCode, StoreCode} from './code.ts';
import {resume} from './compile-blocks.ts';
import {compileExpr} from './compile-expressions.ts';
import {truthOf} from './compile-operators.ts';
import {compileStmt} from './compile-statements.ts';
import {compileTarget} from './compile-targets.ts';
import {enter} from './compile-with.ts';
import {DONE} from './containers.ts';
import {asPythonException} from './exceptions.ts';
import {delegate} from './generators.ts';
import {iterator} from './iteration.ts';
import {Unsupported} from './objects.ts';
import type {Scope} from './scopes.ts';

/** A value that may take a `yield` to get: `x = yield y`. */
type LazyExpr = (frame: Frame) => Generator<Value, Value, Value>;

/** Statements in order, some of which may yield. */
export function compileLazyBlock(scope: Scope, statements: readonly Stmt[]): GeneratorCode {
  const codes = statements.map((statement) => compileLazy(scope, statement));
  return function* (frame) {
    for (const code of codes) {
      frame.run.step();
      const completion = yield* code(frame);
      if (completion !== Completion.Normal) return completion;
    }
    return Completion.Normal;
  };
}

function yields(statement: Stmt): boolean {
  let found = false as boolean;
  walk(statement, (node) => {
    if (node.kind === 'Yield') found = true;
    return node === statement || (node.kind !== 'FunctionDef' && node.kind !== 'Lambda' && node.kind !== 'ClassDef');
  });
  return found && statement.kind !== 'FunctionDef' && statement.kind !== 'ClassDef';
}

function compileLazy(scope: Scope, node: Stmt): GeneratorCode {
  if (!yields(node)) {
    const code = compileStmt(scope, node);
    return function* (frame) { return code(frame); };
  }
  switch (node.kind) {
    case 'ExprStmt': return lazyStore(lazyValue(scope, node.value), []);
    case 'Assign': return lazyStore(lazyValue(scope, node.value), node.targets.map((target) => compileTarget(scope, target, node)));
    case 'Return': {
      const value = node.value === null ? null : lazyValue(scope, node.value);
      return function* (frame) {
        frame.result = value === null ? null : yield* value(frame);
        return Completion.Return;
      };
    }
    case 'If': {
      const test = lazyValue(scope, node.test);
      const body = compileLazyBlock(scope, node.body);
      const otherwise = compileLazyBlock(scope, node.otherwise);
      return function* (frame) {
        const outcome = truthOf(frame.run, yield* test(frame));
        return yield* outcome === false ? otherwise(frame) : body(frame);
      };
    }
    case 'For': return lazyFor(scope, node);
    case 'While': return lazyWhile(scope, node);
    case 'Try': return lazyTry(scope, node);
    case 'With': return lazyWith(scope, node);
    default: {
      const code = compileStmt(scope, node);
      return function* (frame) { return code(frame); };
    }
  }
}

function lazyStore(value: LazyExpr, stores: readonly StoreCode[]): GeneratorCode {
  return function* (frame) {
    const given = yield* value(frame);
    for (const store of stores) store(frame, given);
    return Completion.Normal;
  };
}

function lazyValue(scope: Scope, node: Expr): LazyExpr {
  if (node.kind === 'Yield') return node.from ? lazyFrom(scope, node) : lazyYield(scope, node);
  const code = compileExpr(scope, node);
  return function* (frame) { return code(frame); };
}

function lazyYield(scope: Scope, node: Yield): LazyExpr {
  const value = node.value === null ? null : compileExpr(scope, node.value);
  return function* (frame) { return yield value === null ? null : value(frame); };
}

function lazyFrom(scope: Scope, node: Yield): LazyExpr {
  const value = compileExpr(scope, node.value!);
  return function* (frame) { return yield* delegate(frame.run, iterator(frame.run, value(frame))); };
}

function lazyFor(scope: Scope, node: Extract<Stmt, {kind: 'For'}>): GeneratorCode {
  const {loops} = scope;
  const iterable = compileExpr(scope, node.iterable);
  scope.loops++;
  const store = compileTarget(scope, node.target, node);
  const body = compileLazyBlock(scope, node.body);
  scope.loops--;
  const otherwise = compileLazyBlock(scope, node.otherwise);
  return function* (frame) {
    const {run, iterations} = frame;
    const {next} = iterator(run, iterable(frame));
    let iteration = 0;
    for (let item = next(); item !== DONE; item = next()) {
      run.step();
      iterations[loops] = iteration++;
      store(frame, item);
      const completion = yield* body(frame);
      if (completion === Completion.Break) return Completion.Normal;
      if (completion === Completion.Return) return completion;
    }
    return yield* otherwise(frame);
  };
}

function lazyWhile(scope: Scope, node: Extract<Stmt, {kind: 'While'}>): GeneratorCode {
  const {loops} = scope;
  const test = lazyValue(scope, node.test);
  scope.loops++;
  const body = compileLazyBlock(scope, node.body);
  scope.loops--;
  const otherwise = compileLazyBlock(scope, node.otherwise);
  return function* (frame) {
    const {run, iterations} = frame;
    let iteration = 0;
    while (truthOf(run, yield* test(frame)) === true) {
      run.step();
      iterations[loops] = iteration++;
      const completion = yield* body(frame);
      if (completion === Completion.Break) return Completion.Normal;
      if (completion === Completion.Return) return completion;
    }
    return yield* otherwise(frame);
  };
}

/** `with` around a `yield`: left when the generator goes on past it, is closed, or raises. */
function lazyWith(scope: Scope, node: Extract<Stmt, {kind: 'With'}>): GeneratorCode {
  const items = node.items.map(({context, target}) => ({
    context: compileExpr(scope, context), store: target === null ? null : compileTarget(scope, target, node),
  }));
  const body = compileLazyBlock(scope, node.body);
  return function* (frame) {
    const exits: Value[] = [];
    for (const {context, store} of items) {
      const manager = context(frame);
      frame.run.span = node.span;
      if (manager instanceof Unsupported) store?.(frame, manager);
      else exits.push(enter(frame, manager, store));
    }
    try {
      return yield* body(frame);
    } finally {
      for (const exit of exits.reverse()) call(frame.run, exit, [null, null, null], null);
    }
  };
}

/** `try` around a `yield`: `finally` runs when the generator goes on or is closed; a handler takes any exception of its type. */
function lazyTry(scope: Scope, node: Extract<Stmt, {kind: 'Try'}>): GeneratorCode {
  const body = compileLazyBlock(scope, node.body);
  const handled = compileStmt(scope, {...node, body: [{kind: 'Raise', span: node.span, exception: null, cause: null}], finally: []});
  const otherwise = compileLazyBlock(scope, node.otherwise);
  const last = compileLazyBlock(scope, node.finally);
  const guarded: GeneratorCode = function* (frame) {
    let completion: Completion;
    try {
      completion = yield* body(frame);
    } catch (error) {
      const exception = asPythonException(frame.run, error);
      if (exception === null) throw error;
      resume(frame);
      (frame.handling ??= []).push(exception);
      try {
        return handled(frame);
      } finally {
        frame.handling.pop();
      }
    }
    return completion === Completion.Normal ? yield* otherwise(frame) : completion;
  };
  return function* (frame) {
    let completion: Completion = Completion.Return;
    try {
      completion = yield* guarded(frame);
    } finally {
      const ending = yield* last(frame);
      if (ending !== Completion.Normal) completion = ending;
    }
    return completion;
  };
}
