/** `npm test`: installs, then lint, types, and all tests. Stops at the first step that fails. */
import {withDisplay} from '../test/e2e/host/display.mjs';
import {install, run} from './install.mjs';

install();
run('npx', ['eslint', '.']);
run('npx', ['tsc', '-b']);
run(process.execPath, ['esbuild.mjs']);
// The browser of the editor host also shows the panel to the tests of the page; a desktop has a downloaded editor instead.
if (!withDisplay) run(process.execPath, ['test/e2e/host/setup.mjs']);
run('npx', ['mocha', 'test/{engine,extension,webview}/**/*.test.ts']);
run(process.execPath, ['test/e2e/run.mjs']);
