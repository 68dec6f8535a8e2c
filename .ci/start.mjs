/** `npm start`: installs, builds, and checks the examples. Exit code 1 of the check is expected: some examples are wrong on purpose. */
import {install, run} from './install.mjs';

install();
run(process.execPath, ['esbuild.mjs']);
run(process.execPath, ['dist/cli.js', 'check', 'examples'], [0, 1]);
