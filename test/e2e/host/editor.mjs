/**
 * Starts and stops a code-server with a folder of its own, and opens pages of it in a headless Chromium.
 * Knows nothing of tests: what runs inside is said by the extensions that the caller installs.
 */
import {spawn, spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {findChromium, host, setUp} from './setup.mjs';

const settings = {
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'git.enabled': false,
  'window.confirmBeforeClose': 'never',
  // In a browser VS Code saves by itself; tests want to leave files as they are.
  'files.autoSave': 'off',
  'editor.minimap.enabled': false,
};

/**
 * A VS Code server.
 * `folder` is where it keeps everything; `vsix` are installed as a user would, `extensions` are folders copied in place
 * under their identifier. Returns `{url, port, log, stop}`.
 */
export async function startEditor({folder, vsix = [], extensions = {}, env = {}, userSettings = {}, trusted = true, port}) {
  setUp();
  const data = join(folder, 'data');
  const installed = join(folder, 'extensions');
  mkdirSync(join(data, 'User'), {recursive: true});
  mkdirSync(installed, {recursive: true});
  writeFileSync(join(data, 'User', 'settings.json'), JSON.stringify({...settings, ...userSettings}));
  writeFileSync(join(folder, 'config.yaml'), '');
  const common = ['--config', join(folder, 'config.yaml'), '--user-data-dir', data, '--extensions-dir', installed];
  // Folders count only if they are there before VS Code has written its list of extensions, so they come first.
  for (const [name, path] of Object.entries(extensions)) cpSync(path, join(installed, name), {recursive: true});
  for (const file of vsix) {
    const result = spawnSync(host.node, [host.entry, ...common, '--install-extension', file], {encoding: 'utf8'});
    if (result.status !== 0) throw new Error(`${file} could not be installed: ${result.stdout}${result.stderr}`);
  }
  const chosen = port ?? await freePort();
  const args = [...common, '--auth', 'none', '--bind-addr', `127.0.0.1:${chosen}`, '--disable-telemetry', '--disable-update-check'];
  if (trusted) args.push('--disable-workspace-trust');
  const child = spawn(host.node, [host.entry, ...args], {env: {...process.env, ...env}, detached: true, stdio: ['ignore', 'pipe', 'pipe']});
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => lines.push(text));
  const url = `http://127.0.0.1:${chosen}`;
  await answers(`${url}/healthz`, child);
  return {
    url,
    port: chosen,
    data,
    log: () => lines.join(''),
    stop: () => stopGroup(child),
  };
}

/** A headless Chromium with the switches that keep it quiet and offline. */
export async function startBrowser() {
  const {chromium} = createRequire(import.meta.url)('playwright-core');
  return chromium.launch({
    executablePath: findChromium(),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** The address that opens a folder, and a file in it when one is given. */
export function pageAddress(editor, workspace, file) {
  const query = new URLSearchParams({folder: workspace});
  if (file !== undefined) query.set('payload', JSON.stringify([['openFile', `vscode-remote://127.0.0.1:${editor.port}${file}`]]));
  return `${editor.url}/?${query}`;
}

/** A port of 127.0.0.1 that nobody listens at. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const {port} = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answers(url, child) {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`The editor's server ended with code ${child.exitCode}.`);
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  stopGroup(child);
  throw new Error(`The editor's server did not answer at ${url}.`);
}

/** code-server starts processes of its own; the whole group ends with it. */
function stopGroup(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', resolve);
    try {
      process.kill(-child.pid, 'SIGTERM');
    } catch {
      resolve();
    }
    setTimeout(() => {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Already gone.
      }
    }, 5000).unref();
  });
}
