/**
 * The entrance of the interpreter: modules are loaded and run, functions are called, under a budget and with or
 * without a tape and a listener. Compiled closures are cached on the syntax tree and hold no run state, so that the
 * same function can be run again and again cheaply.
 */
import type {Module, NumberLiteral, Stmt} from '../python/ast.ts';
import {TapeFull} from '../tape/tape.ts';
import type {Tape} from '../tape/tape.ts';
import type {GuardLog} from '../tape/guards.ts';
import {BudgetExceeded} from '../ndarray/context.ts';
import type {Budget} from '../ndarray/context.ts';
import {UnsupportedError} from '../ndarray/errors.ts';
import type {Value} from '../ndarray/values.ts';
import * as attributes from './attributes.ts';
import {call} from './calls.ts';
import type {Listener} from './events.ts';
import {PythonException, asPythonException} from './exceptions.ts';
import {listOf} from './iteration.ts';
import * as loading from './loading.ts';
import {unknownOf} from './objects.ts';
import type {Keywords, ModuleValue} from './objects.ts';
import {Run} from './run.ts';

/** Where other modules come from; null when there is no such file in the workspace. */
export interface ModuleSource {
  /** The module that an import names, seen from the file at `from`. */
  resolve(name: string, level: number, from: string): {readonly path: string; readonly module: Module} | null;
}

export interface RunOptions {
  readonly budget: Budget;
  readonly tape: Tape | null;
  readonly guards: GuardLog | null;
  readonly listener: Listener | null;
  readonly source: ModuleSource;
  /** See Context.exact. */
  readonly exact: boolean;
  /** Seeds np.random and random before anything runs, as if the text did. */
  readonly seed: number;
  /**
   * Only these statements of a module's top level are run (definitions that are skipped stay unknown names);
   * null runs all. See program/reach.
   */
  readonly statements: (path: string, module: Module) => ReadonlySet<Stmt> | null;
  /** At most this many iterations of a module-level training loop; null for no limit. */
  readonly topLevelIterations: number | null;
  /** Python 2 texts divide integers with floor. */
  readonly floorDivision: boolean;
  /** Number literals that become leaves of the tape (the inputs of a script); null or absent for none. */
  readonly traceLiteral?: ((node: NumberLiteral) => boolean) | null;
  /** Whether `__name__` of the first loaded module is `'__main__'`, so that its main block is run. */
  readonly main?: boolean;
  /** Whether arrays stand in for what files hold; absent for a text whose sizes may come from elsewhere. */
  readonly madeArrays?: boolean;
}

/** A fresh run. Nothing has been executed. */
export function createRun(options: RunOptions): Run {
  return new Run(options);
}

/**
 * Runs a module's top level, as far as `options.statements` allows, and gives the module. What its statements raise is
 * in `run.raised`. Throws BudgetExceeded.
 */
export function loadModule(run: Run, path: string, module: Module): ModuleValue {
  return entered(run, () => loading.loadModule(run, path, module)) as ModuleValue;
}

/** Calls a Python callable. Throws PythonException for what nothing caught (also kept in `run.raised`), and BudgetExceeded. */
export function callFunction(run: Run, callee: Value, args: readonly Value[], keywords: Keywords = null): Value {
  return entered(run, () => call(run, callee, args, keywords));
}

/** `object.name`. Throws PythonException (AttributeError). */
export function getAttribute(run: Run, object: Value, name: string): Value {
  return entered(run, () => attributes.getAttribute(run, object, name));
}

/** `object.name = value`. */
export function setAttribute(run: Run, object: Value, name: string, value: Value): void {
  entered(run, () => {
    attributes.setAttribute(run, object, name, value);
    return null;
  });
}

/** The items of any iterable. Throws PythonException (TypeError). */
export function iterate(run: Run, value: Value): readonly Value[] {
  let items: readonly Value[] = [];
  entered(run, () => {
    items = listOf(run, value);
    return null;
  });
  return items;
}

/** Runs Python code from outside: whatever is thrown leaves as one of the errors that callers know. */
function entered(run: Run, action: () => Value): Value {
  const {activation, depth} = run;
  try {
    return action();
  } catch (error) {
    if (error instanceof UnsupportedError) return unknownOf(run, error);
    const exception = asPythonException(run, error);
    if (exception !== null) run.noteRaised(exception);
    throw exception ?? asBudget(error);
  } finally {
    run.activation = activation;
    run.depth = depth;
  }
}

/** A full tape and an exhausted stack are budgets too. */
function asBudget(error: unknown): unknown {
  if (error instanceof TapeFull) return new BudgetExceeded('entries', error.message);
  if (error instanceof RangeError && /call stack/i.test(error.message)) return new BudgetExceeded('depth', 'the calls of this run nest too deeply');
  return error;
}

export {PythonException};
