/** The suite in a web extension host: the same tests, with the mocha that is made for browsers. */
import 'mocha/mocha';

declare const mocha: {
  setup(options: {ui: 'bdd'; timeout: number; reporter: undefined}): void;
  run(done: (failures: number) => void): {on(event: 'pass' | 'fail', listener: (test: {fullTitle(): string; duration?: number}, error?: Error) => void): void};
};

/** Called by @vscode/test-web; what it prints goes to the terminal. */
export async function run(): Promise<void> {
  mocha.setup({ui: 'bdd', timeout: 180_000, reporter: undefined});
  await import('./activation.ts');
  await import('./typing.ts');
  await import('./commands.ts');
  await import('./graph.ts');
  await import('./hints.ts');
  await import('./explanation.ts');
  await import('./exercises.ts');
  await import('./testing-view.ts');
  await import('./notebook.ts');
  await import('./changes.ts');
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      if (failures === 0) resolve();
      else reject(new Error(`${failures} tests failed`));
    });
    runner.on('pass', (test) => { console.log(`  ✔ ${test.fullTitle()} (${test.duration ?? 0} ms)`); });
    runner.on('fail', (test, error) => { console.error(`  ✘ ${test.fullTitle()}\n${error?.stack ?? ''}`); });
  });
}
