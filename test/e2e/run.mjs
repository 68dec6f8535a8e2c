/**
 * `npm run e2e`: the mocha suite of suite/ inside the extension host of a real VS Code that has the packaged extension.
 * With a display, a downloaded desktop VS Code; otherwise code-server in a headless Chromium, which also takes pictures.
 * Then the same suite in a web extension host. Exit code 0 when every test passed. `npm run e2e -- --grep TEXT` runs some
 * of them, `--vsix PATH` takes a package that was made before, and `--only trusted|untrusted|web|desktop` one of the hosts.
 * `npm run bench:activation` also fails when the activation takes longer than its bar: `--activation-bar MILLISECONDS`.
 */
import {spawnSync} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {build} from 'esbuild';
import {withDisplay} from './host/display.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const screenshots = join(root, 'test/e2e/screenshots');
const {grep, vsix: given, only, 'activation-bar': activationBar} = parseArgs({
  options: {grep: {type: 'string'}, vsix: {type: 'string'}, only: {type: 'string'}, 'activation-bar': {type: 'string'}},
}).values;
const reloadTest = 'the graph panel comes back after the window is loaded again';

const vsix = given === undefined ? packageExtension() : resolve(given);
const driver = await buildDriver();
const folder = mkdtempSync(join(tmpdir(), 'backprop-e2e-'));
try {
  const hosts = withDisplay ? {desktop: onDesktop} : {
    trusted: () => headlessRun(true),
    untrusted: () => headlessRun(false),
    web: () => inWeb(),
  };
  for (const [name, runSuite] of Object.entries(hosts)) {
    if ((only ?? name) === name && await runSuite() > 0) process.exitCode = 1;
  }
} finally {
  rmSync(folder, {recursive: true, force: true, maxRetries: 5});
}

function packageExtension() {
  const result = spawnSync('npm', ['run', '--silent', 'package'], {cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32'});
  if (result.status !== 0) throw new Error('The extension could not be packaged.');
  return join(root, 'backprop-tutor.vsix');
}

async function buildDriver() {
  const outdir = join(root, 'out/e2e/driver');
  rmSync(outdir, {recursive: true, force: true});
  mkdirSync(outdir, {recursive: true});
  await build({
    absWorkingDir: root,
    entryPoints: {driver: 'test/e2e/suite/driver.ts', suite: 'test/e2e/suite/suite.ts'},
    outdir,
    outExtension: {'.js': '.cjs'},
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  writeFileSync(join(outdir, 'package.json'), JSON.stringify({
    name: 'driver', publisher: 'backprop-e2e', version: '0.0.0', engines: {vscode: '^1.91.0'},
    activationEvents: ['onStartupFinished'], main: './driver.cjs', contributes: {},
    capabilities: {untrustedWorkspaces: {supported: true}},
  }));
  return outdir;
}

/** Each run has a copy of the workspace, so that tests may write into it. */
function copyWorkspace(name) {
  const path = join(folder, name, 'workspace');
  cpSync(join(root, 'test/e2e/workspace'), path, {recursive: true});
  cpSync(join(root, 'examples'), join(path, 'examples'), {recursive: true});
  return path;
}

async function inWeb() {
  const {runInWeb} = await import('./web-host.mjs');
  const {unpack} = await import('./host/unpack.mjs');
  return runInWeb({root, extension: await unpack(vsix, join(folder, 'unpacked')), workspace: copyWorkspace('web'), folder: join(folder, 'web')});
}

/** Resolves to the number of failed tests. */
async function headlessRun(trusted) {
  const {startEditor, startBrowser, pageAddress} = await import('./host/editor.mjs');
  const name = trusted ? 'trusted' : 'untrusted';
  const here = join(folder, name);
  const workspace = copyWorkspace(name);
  const result = join(here, 'result.json');
  const control = await startControl();
  const editor = await startEditor({
    folder: here,
    vsix: [vsix],
    extensions: {'backprop-e2e.driver-0.0.0': driver},
    trusted,
    userSettings: {'editor.fontFamily': 'DejaVu Sans Mono', 'security.workspace.trust.startupPrompt': 'never'},
    env: {
      BACKPROP_E2E_RESULT: result,
      BACKPROP_E2E_ROOT: root,
      BACKPROP_E2E_CONTROL: control.address,
      BACKPROP_E2E_WORKSPACE: name,
      ...(grep === undefined ? {} : {BACKPROP_E2E_GREP: grep}),
    },
  });
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({viewport: {width: 1280, height: 800}});
    control.page = page;
    await page.goto(pageAddress(editor, workspace));
    await appears(result, 1_200_000);
    const failed = print(name, JSON.parse(readFileSync(result, 'utf8')));
    return trusted ? failed + await afterReload(page, editor, workspace, pageAddress) : failed;
  } catch (error) {
    console.error(error);
    if (existsSync(`${result}.log`)) console.error(readFileSync(`${result}.log`, 'utf8'));
    console.error(editor.log().slice(-2000));
    await control.page?.screenshot({path: join(screenshots, 'failed.png')});
    return 1;
  } finally {
    await browser.close();
    await editor.stop();
    control.close();
  }
}

/** Lets the suite ask for what only the outside can do. */
async function startControl() {
  const control = {page: null, address: '', close: () => server.close()};
  const actions = {
    async photograph({name}) {
      mkdirSync(screenshots, {recursive: true});
      await control.page.screenshot({path: join(screenshots, `${name}.png`)});
    },
    rows: ({within}) => control.page.locator(`${within} [role="treeitem"], ${within} [role="listitem"]`)
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? '')),
    /** Clicks in the page of the graph panel, which is in a frame within a frame; `choose` takes an entry of a list. */
    async panel({selector, choose}) {
      const frame = await frameWith(control.page, '#drawing');
      await frame.locator(selector).first().click();
      if (choose !== undefined) await frame.locator(`${selector} vscode-option`, {hasText: choose}).first().click();
    },
    /** Says yes to a dialog that asks for a path, with the path that it proposes. */
    async accept() {
      await control.page.locator('.quick-input-widget:not(.hidden) input').first().waitFor({timeout: 20_000});
      await control.page.keyboard.press('Enter');
    },
    async point({text}) {
      const target = control.page.locator('.monaco-editor .view-line span span', {hasText: text}).last();
      await target.hover();
      await control.page.locator('.monaco-hover:not(.hidden)').first().waitFor({timeout: 10_000});
    },
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => {
      Promise.resolve(actions[request.url.slice(1)](JSON.parse(body)))
        .then((answer) => response.end(JSON.stringify(answer ?? null)), (error) => { response.statusCode = 500; response.end(String(error)); });
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  control.address = `http://127.0.0.1:${server.address().port}`;
  return control;
}

async function frameWith(page, selector) {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    for (const frame of page.frames()) if (await frame.locator(selector).count().catch(() => 0) > 0) return frame;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No frame of the window has ${selector}.`);
}

/** The graph panel after the window has been loaded again, as the user left it. Resolves to the number of failed tests. */
async function afterReload(page, editor, workspace, pageAddress) {
  if (!new RegExp(grep ?? '').test(reloadTest)) return 0;
  try {
    await page.goto(pageAddress(editor, workspace, join(workspace, 'examples/circuit.py')));
    // Hints may stand between its words already.
    await page.locator('.monaco-editor .view-line', {hasText: /^q.*=\sx\s\+\sy$/}).first().click({timeout: 40_000});
    await page.locator('.editor-actions .codicon-type-hierarchy').first().click({timeout: 40_000});
    await (await frameWith(page, '#drawing')).locator('.node').nth(4).waitFor({timeout: 40_000});
    // In a browser VS Code writes the layout of a window down every five seconds, when it has nothing else to do.
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    await page.goto(pageAddress(editor, workspace));
    await (await frameWith(page, '#drawing')).locator('.node').nth(4).waitFor({timeout: 40_000});
    await page.screenshot({path: join(screenshots, 'graph-reloaded.png')});
    console.log(`  ✔ ${reloadTest}`);
    return 0;
  } catch (error) {
    await page.screenshot({path: join(screenshots, 'failed.png')});
    console.log(`  ✘ ${reloadTest}\n${String(error.stack).replace(/^/gm, '      ')}`);
    return 1;
  }
}

async function appears(path, milliseconds) {
  for (const end = Date.now() + milliseconds; Date.now() < end;) {
    if (existsSync(path) && readFileSync(path, 'utf8').endsWith('}')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The suite gave no result in ${milliseconds / 1000} s.`);
}

function print(name, result) {
  console.log(`\nreal VS Code, ${name} workspace`);
  for (const test of result.tests) console.log(`  ✔ ${test.title} (${test.milliseconds} ms)`);
  for (const failure of result.failures) console.log(`  ✘ ${failure.title}\n${failure.stack.replace(/^/gm, '      ')}`);
  console.log(`  ${result.passes} passed, ${result.failures.length} failed`);
  return result.failures.length + (activationBar === undefined ? 0 : overBar(result));
}

/** 1 when the extension took longer to activate than it may. */
function overBar(result) {
  const {milliseconds} = result.tests.find(({title}) => title === 'activation is over as soon as it is asked for');
  console.log(`  activated in ${milliseconds} ms; the bar is ${activationBar} ms`);
  return milliseconds < Number(activationBar) ? 0 : 1;
}

async function onDesktop() {
  const {runTests, downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath} = await import('@vscode/test-electron');
  const executable = await downloadAndUnzipVSCode();
  const [cli, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable);
  const installed = spawnSync(cli, [...args, '--install-extension', vsix], {stdio: 'inherit', shell: process.platform === 'win32'});
  if (installed.status !== 0) return 1;
  const workspace = copyWorkspace('trusted');
  return runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: driver,
    extensionTestsPath: join(driver, 'driver.cjs'),
    launchArgs: [workspace, '--disable-workspace-trust'],
    extensionTestsEnv: {BACKPROP_E2E_ROOT: root, BACKPROP_E2E_WORKSPACE: 'trusted', ...(grep === undefined ? {} : {BACKPROP_E2E_GREP: grep})},
  });
}
