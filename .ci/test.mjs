/** `npm test`: installs, then lint, types, and all tests. Stops at the first step that fails. */
import {install, run} from './install.mjs';

install();
run('npx', ['eslint', '.']);
run('npx', ['tsc', '-b']);
run(process.execPath, ['esbuild.mjs']);
run('npx', ['mocha', 'test/{engine,extension,webview}/**/*.test.ts']);
run(process.execPath, ['test/e2e/run.mjs']);
