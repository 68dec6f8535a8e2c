/**
 * Runs the mocha suite inside the extension host: started by VS Code as an extension of its own (the headless host), or
 * through `run` by @vscode/test-electron. Writes what happened as JSON to the path in BACKPROP_E2E_RESULT.
 */
import {createRequire} from 'node:module';
import {appendFileSync, existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type Mocha from 'mocha';

declare const __dirname: string;

export interface SuiteResult {
  readonly passes: number;
  readonly failures: readonly {readonly title: string; readonly message: string; readonly stack: string}[];
  readonly tests: readonly {readonly title: string; readonly milliseconds: number}[];
}

/** The extension's entry in the headless host: never rejects, since the result file is the answer. */
export async function activate(): Promise<void> {
  const path = process.env.BACKPROP_E2E_RESULT;
  // The suite runs once, also when the window is loaded again.
  if (path === undefined || existsSync(path)) return;
  let result: SuiteResult;
  try {
    result = await runSuite();
  } catch (error) {
    const {message, stack} = error as Error;
    result = {passes: 0, failures: [{title: 'the suite could not be loaded', message, stack: stack ?? ''}], tests: []};
  }
  writeFileSync(path, JSON.stringify(result));
}

/** The entry for @vscode/test-electron: rejects when a test fails. */
export async function run(): Promise<void> {
  const result = await runSuite();
  for (const failure of result.failures) console.error(`${failure.title}\n${failure.stack}`);
  if (result.failures.length > 0) throw new Error(`${result.failures.length} tests failed`);
}

function runSuite(): Promise<SuiteResult> {
  const load = createRequire(join(process.env.BACKPROP_E2E_ROOT ?? __dirname, 'package.json'));
  const MochaRunner = load('mocha') as typeof Mocha;
  const mocha = new MochaRunner({ui: 'bdd', timeout: 180_000, reporter: SilentReporter as unknown as Mocha.ReporterConstructor, grep: process.env.BACKPROP_E2E_GREP});
  mocha.addFile(join(__dirname, 'suite.cjs'));
  const tests: {title: string; milliseconds: number}[] = [];
  const failures: {title: string; message: string; stack: string}[] = [];
  return new Promise((resolve) => {
    const runner = mocha.run(() => { resolve({passes: tests.length, failures, tests}); });
    runner.on('pass', (test) => {
      tests.push({title: test.fullTitle(), milliseconds: test.duration ?? 0});
      tell(`  ✔ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on('fail', (test, error: Error) => {
      failures.push({title: test.fullTitle(), message: error.message, stack: error.stack ?? ''});
      tell(`  ✘ ${test.fullTitle()}\n      ${error.stack ?? error.message}`);
    });
  });
}

/** Tells the runner outside what has happened so far, for the case that the end is never reached. */
function tell(line: string): void {
  const path = process.env.BACKPROP_E2E_RESULT;
  if (path !== undefined) appendFileSync(`${path}.log`, `${line}\n`);
}

/** The runner outside prints; nothing is printed here. */
class SilentReporter {
  done(failures: number, finish?: (failures: number) => void): void {
    finish?.(failures);
  }
}
