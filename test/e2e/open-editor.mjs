/**
 * `npm run editor`: a real VS Code with the extension and the examples. The desktop's `code` where there is one;
 * otherwise the headless host's, to be opened in a browser at the printed address, until it is stopped with Ctrl-C.
 */
import {spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {withDisplay} from './host/display.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const shell = process.platform === 'win32';
const folder = mkdtempSync(join(tmpdir(), 'backprop-editor-'));
const examples = join(folder, 'examples');
cpSync(join(root, 'examples'), examples, {recursive: true});

run('npm', ['run', '--silent', 'package']);
const vsix = join(root, 'backprop-tutor.vsix');
if (withDisplay && spawnSync('code', ['--version'], {shell}).status === 0) {
  run('code', ['--install-extension', vsix, '--force']);
  run('code', ['--new-window', examples, join(examples, 'affine_wrong.py')]);
  console.log(`VS Code shows a copy of the examples in ${examples}`);
} else {
  const {pageAddress, startEditor} = await import('./host/editor.mjs');
  const editor = await startEditor({folder, vsix: [vsix]});
  console.log(`\nOpen this address in a browser:\n\n  ${pageAddress(editor, examples, join(examples, 'affine_wrong.py'))}\n\nCtrl-C ends it.`);
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await editor.stop();
  rmSync(folder, {recursive: true, force: true, maxRetries: 5});
}

function run(command, args) {
  const {status, error} = spawnSync(command, args, {cwd: root, stdio: 'inherit', shell});
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed${error === undefined ? '' : `: ${error.message}`}`);
}
