/**
 * `with` statements as closures. An unknown context manager changes nothing: its body runs.
 */
import type {With} from '../python/ast.ts';
import {PyError} from '../ndarray/errors.ts';
import {typeName} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {findAttribute} from './attributes.ts';
import {call, callMethod} from './calls.ts';
import {Completion} from './code.ts';
import type {ExprCode, Frame, StmtCode, StoreCode} from './code.ts';
import {compileBlock, resume} from './compile-blocks.ts';
import {compileExpr} from './compile-expressions.ts';
import {truthOf} from './compile-operators.ts';
import {compileTarget} from './compile-targets.ts';
import {asPythonException} from './exceptions.ts';
import {Unsupported} from './objects.ts';
import type {Scope} from './scopes.ts';

interface Item {
  readonly context: ExprCode;
  readonly store: StoreCode | null;
}

export function compileWith(scope: Scope, node: With): StmtCode {
  const items = node.items.map(({context, target}): Item => ({
    context: compileExpr(scope, context),
    store: target === null ? null : compileTarget(scope, target, node),
  }));
  const body = compileBlock(scope, node.body);
  const {span} = node;
  const run = (frame: Frame, depth: number): Completion => {
    if (depth === items.length) return body(frame);
    const {context, store} = items[depth];
    const manager = context(frame);
    frame.run.span = span;
    if (manager instanceof Unsupported) {
      store?.(frame, manager);
      return run(frame, depth + 1);
    }
    const exit = enter(frame, manager, store);
    let completion: Completion;
    try {
      completion = run(frame, depth + 1);
    } catch (error) {
      const exception = asPythonException(frame.run, error);
      if (exception === null) throw error;
      resume(frame);
      const swallowed = call(frame.run, exit, [exception.exception.cls, exception.exception, null], null);
      if (truthOf(frame.run, swallowed) !== true) throw exception;
      return Completion.Normal;
    }
    call(frame.run, exit, [null, null, null], null);
    return completion;
  };
  return (frame) => run(frame, 0);
}

/** Enters a context and gives what leaves it. Raises TypeError for what is no context manager. */
export function enter(frame: Frame, manager: Value, store: StoreCode | null): Value {
  const exit = findAttribute(frame.run, manager, '__exit__');
  if (exit === undefined) {
    throw new PyError('TypeError', `'${typeName(manager)}' object does not support the context manager protocol`);
  }
  const value = callMethod(frame.run, manager, '__enter__', [], null);
  store?.(frame, value);
  return exit;
}
