/** The built panel on a page of its own in a headless Chromium, with the host that VS Code would be. */
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';
import {build} from 'esbuild';
import type {BuildOptions} from 'esbuild';
import type {Answer, Question} from '../../../engine/graph/study.ts';
import type {FromPanel, ToPanel} from '../../../webview/protocol.ts';
import {contentPolicy, pageOf} from '../../../extension/client/panel-page.ts';

/** What these tests use of playwright-core, which is installed with the editor host only. */
export interface Page {
  setContent(html: string): Promise<void>;
  goto(url: string): Promise<unknown>;
  addScriptTag(options: {readonly content: string}): Promise<unknown>;
  evaluate<T>(action: string): Promise<T>;
  screenshot(options: {readonly path: string}): Promise<unknown>;
  keyboard: {press(key: string): Promise<void>};
  click(selector: string): Promise<void>;
  on(event: 'pageerror' | 'console', listener: (thing: {readonly message?: string; text?: () => string; type?: () => string}) => void): void;
  route(url: string, handler: (route: {fulfill(answer: {body: string; contentType: string}): Promise<void>}) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

interface Browser {
  newPage(options: {viewport: {width: number; height: number}; deviceScaleFactor?: number}): Promise<Page>;
  close(): Promise<void>;
}

const root = new URL('../../../', import.meta.url);

export async function startBrowser(): Promise<Browser> {
  const {startBrowser: start} = await import(new URL('test/e2e/host/editor.mjs', root).href) as {startBrowser: () => Promise<Browser>};
  return await start();
}

export async function buildPanel(): Promise<{script: string; style: string}> {
  const {panelBundle} = await import(new URL('webview/bundle.mjs', root).href) as {panelBundle: BuildOptions};
  const {outputFiles} = await build({
    ...panelBundle, absWorkingDir: new URL('.', root).pathname, write: false as const, outdir: 'out/webview',
  });
  return {script: outputFiles.find(({path}) => path.endsWith('.js'))!.text, style: outputFiles.find(({path}) => path.endsWith('.css'))!.text};
}

export type Theme = 'vscode-dark' | 'vscode-light' | 'vscode-high-contrast';

const themes: Readonly<Record<Theme, string>> = {
  'vscode-dark': '--vscode-editor-background:#1f1f1f;--vscode-foreground:#cccccc;--vscode-descriptionForeground:#9d9d9d;--vscode-editorWidget-background:#2b2b2b;--vscode-focusBorder:#3794ff;--vscode-list-activeSelectionBackground:#04395e;--vscode-list-activeSelectionForeground:#fff;--vscode-textLink-foreground:#4daafc;--vscode-button-secondaryBackground:#313131;--vscode-button-secondaryForeground:#ccc;--vscode-input-background:#313131;--vscode-input-foreground:#ccc;--vscode-dropdown-background:#313131;--vscode-dropdown-foreground:#ccc;--vscode-settings-dropdownBackground:#313131;--vscode-checkbox-background:#313131;--vscode-checkbox-border:#888;--vscode-input-placeholderForeground:#a9a9a9;--vscode-inputValidation-warningBackground:#352a05',
  'vscode-light': '--vscode-editor-background:#ffffff;--vscode-foreground:#3b3b3b;--vscode-descriptionForeground:#5c5c5c;--vscode-editorWidget-background:#f3f3f3;--vscode-focusBorder:#005fb8;--vscode-list-activeSelectionBackground:#cfe6ff;--vscode-list-activeSelectionForeground:#000;--vscode-textLink-foreground:#005fb8;--vscode-button-secondaryBackground:#e5e5e5;--vscode-button-secondaryForeground:#3b3b3b;--vscode-input-background:#fff;--vscode-input-foreground:#3b3b3b;--vscode-dropdown-background:#fff;--vscode-dropdown-foreground:#3b3b3b;--vscode-checkbox-background:#f8f8f8;--vscode-checkbox-border:#888;--vscode-input-placeholderForeground:#636363',
  'vscode-high-contrast': '--vscode-editor-background:#000;--vscode-foreground:#fff;--vscode-descriptionForeground:#fff;--vscode-editorWidget-background:#000;--vscode-focusBorder:#f38518;--vscode-contrastBorder:#6fc3df;--vscode-list-activeSelectionBackground:#000;--vscode-list-activeSelectionForeground:#fff;--vscode-textLink-foreground:#3794ff;--vscode-button-secondaryBackground:#000;--vscode-button-secondaryForeground:#fff;--vscode-input-background:#000;--vscode-input-foreground:#fff;--vscode-dropdown-background:#000;--vscode-dropdown-foreground:#fff;--vscode-checkbox-background:#000;--vscode-checkbox-border:#6fc3df;--vscode-input-placeholderForeground:#fff',
};

export interface Panel {
  readonly page: Page;
  readonly errors: string[];
  send(message: unknown): Promise<void>;
  sent(): Promise<readonly FromPanel[]>;
}

/** The page as VS Code shows it, with the same policy. `recorded` is at hand there as `window.recorded`. */
export async function openPanel(browser: Browser, built: {script: string; style: string}, theme: Theme, {size = {width: 1100, height: 640}, recorded = null}: {readonly size?: {width: number; height: number}; readonly recorded?: unknown} = {}): Promise<Panel> {
  const page = await browser.newPage({viewport: size});
  const errors: string[] = [];
  page.on('pageerror', ({message}) => { errors.push(message ?? ''); });
  page.on('console', (entry) => { if (entry.type?.() === 'error') errors.push(entry.text?.() ?? ''); });
  const origin = 'http://panel.test';
  const host = 'window.sentMessages=[];window.acquireVsCodeApi=()=>({postMessage:(m)=>{window.sentMessages.push(m)},getState(){},setState(){}});' + (recorded === null ? '' : `window.recorded=JSON.parse(${JSON.stringify(JSON.stringify(recorded))});`);
  const files: Readonly<Record<string, readonly [string, string]>> = {
    '/': ['text/html', pageOf({script: `${origin}/webview.js`, style: `${origin}/webview-style.css`, nonce: 'abc', policy: contentPolicy(origin, 'abc')})
      .replace('<body>', `<body class="${theme}">`).replace('<script', `<link rel="stylesheet" href="${origin}/theme.css"><script nonce="abc" src="${origin}/host.js"></script><script`)],
    '/webview.js': ['text/javascript', built.script], '/webview-style.css': ['text/css', built.style],
    '/host.js': ['text/javascript', host], '/theme.css': ['text/css', `:root{${themes[theme]};--vscode-font-family:DejaVu Sans;--vscode-font-size:13px;--vscode-editor-font-family:DejaVu Sans Mono}`],
  };
  for (const [path, [contentType, body]] of Object.entries(files)) await page.route(`${origin}${path}`, (route) => route.fulfill({body, contentType}));
  await page.route(`${origin}/favicon.ico`, (route) => route.fulfill({body: '', contentType: 'image/png'}));
  await page.goto(`${origin}/`);
  return {
    page, errors,
    send: async (message: unknown) => {
      await page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);
      await page.evaluate('new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 60))');
    },
    sent: () => page.evaluate<readonly FromPanel[]>('window.sentMessages'),
  };
}

/** Answers what the page asks, as the extension does, until it has asked for everything that it shows. */
export async function answerAll(panel: Panel, answer: (question: Question) => Answer | null): Promise<void> {
  const asked = async (): Promise<readonly Question[]> => (await panel.sent()).flatMap((message) => (message.type === 'ask' ? [message.question] : []));
  for (let done = await panel.page.evaluate<number>('window.answered ?? 0'); ; done++) {
    const question = (await asked()).at(done);
    await panel.page.evaluate(`window.answered = ${done}`);
    if (question === undefined) return;
    await panel.send({type: 'answer', question, answer: answer(question)});
  }
}

export function axeSource(): string {
  return readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
}

export type {ToPanel};
