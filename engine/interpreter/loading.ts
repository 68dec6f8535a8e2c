/**
 * Running a module's top level. A statement that raises poisons its targets, and the run goes on after it.
 */
import type {Module, Stmt} from '../python/ast.ts';
import {UnsupportedError} from '../ndarray/errors.ts';
import {Completion, Frame} from './code.ts';
import type {StmtCode} from './code.ts';
import {resume} from './compile-blocks.ts';
import {compileStmt} from './compile-statements.ts';
import type {Activation} from './events.ts';
import {asPythonException} from './exceptions.ts';
import {ModuleValue, Unsupported, unknownOf} from './objects.ts';
import {compilePoison} from './poison.ts';
import type {Poison} from './poison.ts';
import type {Run} from './run.ts';
import {Scope} from './scopes.ts';

interface TopLevel {
  readonly code: StmtCode;
  readonly poison: () => Poison;
}

const remembered = new WeakMap<Stmt, TopLevel>();

/** A statement at a module's top level, compiled once. It knows its module only by the frame. */
function topLevel(module: Module, statement: Stmt): TopLevel {
  let known = remembered.get(statement);
  if (known === undefined) {
    const scope = new Scope('module', module, '', null, null);
    let poison: Poison | null = null;
    known = {code: compileStmt(scope, statement), poison: () => (poison ??= compilePoison(scope, [statement]))};
    remembered.set(statement, known);
  }
  return known;
}

/** The module of a file: loaded now, or already. Raises nothing of Python's; budgets pass through. */
export function loadModule(run: Run, path: string, module: Module, name = nameOf(path)): ModuleValue {
  const loaded = run.modules.get(path);
  if (loaded !== undefined) return loaded;
  const main = run.options.main === true && run.modules.size === 0;
  const value = new ModuleValue(name, new Map([['__name__', main ? '__main__' : name], ['__file__', path]]), null, path, module);
  value.isLoading = true;
  run.modules.set(path, value);
  const caller = run.activation;
  const {depth, span} = run;
  const activation: Activation = {
    number: run.activations++, caller, callSpan: caller === null ? null : span, definition: null, module, path,
  };
  run.activation = activation;
  const frame = new Frame(run, [], [], value, value.attributes, activation, null, null, depth);
  const chosen = run.options.statements(path, module);
  for (const statement of module.body) {
    if (chosen !== null && !chosen.has(statement)) continue;
    if (!runStatement(frame, module, statement)) break;
  }
  run.activation = caller;
  run.depth = depth;
  run.span = span;
  value.isLoading = false;
  hasNewNames(run, value);
  return value;
}

/** Tells those that took names from a module before it had them all; packages whose files import each other do. */
export function hasNewNames(run: Run, module: ModuleValue): void {
  if (module.isLoading) return;
  const waiting = run.awaiting.get(module) ?? [];
  run.awaiting.delete(module);
  for (const take of waiting) take();
}

/** Runs one statement; false when the program ended itself. */
function runStatement(frame: Frame, module: Module, statement: Stmt): boolean {
  const {run} = frame;
  const {code, poison} = topLevel(module, statement);
  run.step();
  try {
    return code(frame) === Completion.Normal;
  } catch (error) {
    if (error instanceof UnsupportedError) {
      resume(frame);
      poison()(frame, unknownOf(run, error));
      return true;
    }
    const exception = asPythonException(run, error);
    if (exception === null) throw error;
    resume(frame);
    if (exception.type === 'SystemExit') return false;
    run.noteRaised(exception);
    poison()(frame, new Unsupported(`what ${exception.type} left out`, statement.span));
    return true;
  }
}

/** `layers` for `/work/cs231n/layers.py`. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
}
