/**
 * The entrance of the interpreter: modules are loaded and run, functions are called, under a budget and with or
 * without a tape and a listener. Compiled closures are cached on the syntax tree and hold no run state, so that the
 * same function can be run again and again cheaply.
 */
import type {Module, NumberLiteral, Stmt} from '../python/ast.ts';
import type {Tape} from '../tape/tape.ts';
import type {GuardLog} from '../tape/guards.ts';
import type {Budget} from '../ndarray/context.ts';
import type {Listener} from './events.ts';

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
}
