/** Runs Python texts for tests, with budgets that no test needs to think of. */
import {Budget} from '../../engine/ndarray/context.ts';
import {createRun, loadModule} from '../../engine/interpreter/interpreter.ts';
import type {RunOptions} from '../../engine/interpreter/interpreter.ts';
import type {Run} from '../../engine/interpreter/run.ts';
import {parse} from '../../engine/python/parse.ts';

/** A fresh run; `options` replaces what it names. */
export function freshRun(options: Partial<RunOptions> = {}): Run {
  return createRun({
    budget: new Budget(20_000_000, 1e9), tape: null, guards: null, listener: null, source: {resolve: () => null}, exact: false,
    seed: 0, statements: () => null, topLevelIterations: null, floorDivision: false, ...options,
  });
}

/** Runs a text as the module `main.py` and gives the run. */
export function runText(text: string, options: Partial<RunOptions> = {}): Run {
  const run = freshRun(options);
  loadModule(run, 'main.py', parse(text).module);
  return run;
}
