/**
 * What becomes unknown when statements were not run as they should: every name, attribute and item that they assign, and
 * every object that they change by a method.
 */
import type {Expr, Stmt} from '../python/ast.ts';
import {UnsupportedError} from '../ndarray/errors.ts';
import type {Value} from '../ndarray/values.ts';
import {setAttribute} from './attributes.ts';
import {Completion} from './code.ts';
import type {ExprCode, Frame} from './code.ts';
import {compileExpr} from './compile-expressions.ts';
import {storeName} from './compile-targets.ts';
import {Dict} from './containers.ts';
import {asPythonException} from './exceptions.ts';
import type {Unsupported} from './objects.ts';
import type {Scope} from './scopes.ts';

/** Poisons; gives Return when the statements could have returned (then the frame's result is what is unknown). */
export type Poison = (frame: Frame, by: Unsupported) => Completion;

type Part = (frame: Frame, by: Unsupported) => void;

/** The poison of statements, those inside them included. */
export function compilePoison(scope: Scope, statements: readonly Stmt[], loops = scope.loops): Poison {
  const parts: Part[] = [];
  const kept = scope.loops;
  scope.loops = loops;
  const returns = gather(scope, statements, parts);
  scope.loops = kept;
  return (frame, by) => {
    for (const part of parts) part(frame, by);
    if (!returns) return Completion.Normal;
    frame.result = by;
    return Completion.Return;
  };
}

/** Adds a part for each target; tells whether a `return` is among the statements. */
function gather(scope: Scope, statements: readonly Stmt[], parts: Part[]): boolean {
  let returns = false;
  for (const statement of statements) if (gatherOne(scope, statement, parts)) returns = true;
  return returns;
}

function gatherOne(scope: Scope, statement: Stmt, parts: Part[]): boolean {
  switch (statement.kind) {
    case 'Assign':
      for (const target of statement.targets) gatherTarget(scope, target, parts);
      return false;
    case 'AugAssign':
      if (statement.target.kind === 'Name') parts.push(poisonObject(compileExpr(scope, statement.target)));
      gatherTarget(scope, statement.target, parts);
      return false;
    case 'AnnAssign':
      if (statement.value !== null) gatherTarget(scope, statement.target, parts);
      return false;
    case 'FunctionDef': case 'ClassDef':
      parts.push(storeName(scope, statement.name));
      return false;
    case 'Import':
      for (const name of statement.names) parts.push(storeName(scope, name.as ?? name.module.split('.')[0]));
      return false;
    case 'ImportFrom':
      for (const name of statement.names) if (name.name !== '*') parts.push(storeName(scope, name.as ?? name.name));
      return false;
    case 'ExprStmt':
      if (statement.value.kind === 'Call' && statement.value.callee.kind === 'Attribute') {
        parts.push(poisonObject(compileExpr(scope, statement.value.callee.object)));
      }
      return false;
    case 'If': {
      const body = gather(scope, statement.body, parts);
      return gather(scope, statement.otherwise, parts) || body;
    }
    case 'For': case 'While': {
      if (statement.kind === 'For') gatherTarget(scope, statement.target, parts);
      scope.loops++;
      const body = gather(scope, statement.body, parts);
      scope.loops--;
      return gather(scope, statement.otherwise, parts) || body;
    }
    case 'With': {
      for (const item of statement.items) if (item.target !== null) gatherTarget(scope, item.target, parts);
      return gather(scope, statement.body, parts);
    }
    case 'Try': {
      const blocks = [statement.body, ...statement.handlers.map((handler) => handler.body), statement.otherwise, statement.finally];
      return blocks.map((block) => gather(scope, block, parts)).includes(true);
    }
    case 'Return': return true;
    default: return false;
  }
}

function gatherTarget(scope: Scope, target: Expr, parts: Part[]): void {
  switch (target.kind) {
    case 'Name':
      parts.push(storeName(scope, target.id));
      return;
    case 'Tuple': case 'List':
      for (const item of target.items) gatherTarget(scope, item, parts);
      return;
    case 'Star':
      gatherTarget(scope, target.value, parts);
      return;
    case 'Attribute': {
      const object = compileExpr(scope, target.object);
      const {name} = target;
      parts.push((frame, by) => { use(frame, object, (value) => { setAttribute(frame.run, value, name, by); }); });
      return;
    }
    case 'Subscript': {
      const object = compileExpr(scope, target.object);
      const index = compileExpr(scope, target.index);
      parts.push((frame, by) => {
        use(frame, object, (value) => {
          if (!(value instanceof Dict)) frame.run.poison(value, by);
          else use(frame, index, (key) => { value.set(key, by); });
        });
      });
      return;
    }
    default:
  }
}

function poisonObject(object: ExprCode): Part {
  return (frame, by) => { use(frame, object, (value) => { frame.run.poison(value, by); }); };
}

/** Does something with the value of an expression, or nothing where it has none. */
function use(frame: Frame, code: ExprCode, action: (value: Value) => void): void {
  const {run} = frame;
  const {activation, depth, span} = run;
  try {
    action(code(frame));
  } catch (error) {
    if (!(error instanceof UnsupportedError) && asPythonException(run, error) === null) throw error;
  }
  run.activation = activation;
  run.depth = depth;
  run.span = span;
}
