/**
 * The Testing view: files, their pairs, and the gradients of each. Items follow what the server says of open documents;
 * a run asks it to check, and turns verdicts into results with expected and actual values.
 */
import * as vscode from 'vscode';
import type {BaseLanguageClient} from 'vscode-languageclient';
import {check} from '../protocol.ts';
import type {CheckParams, CheckResult, FileState, GradientState, PairState, Site} from '../protocol.ts';
import {readText} from './files.ts';
import type {States} from './states.ts';

/** What came of a check, in pairs. */
export interface Outcome {
  readonly files: number;
  readonly pairs: number;
  readonly agree: number;
  readonly disagree: number;
  readonly cancelled: boolean;
}

const notOurs = '**/{node_modules,.venv,venv,env,site-packages,.git,__pycache__,.tox,.ipynb_checkpoints}/**';
const mostFiles = 2000;
/** Texts without any of these words have no hand-written gradient, and needn't be looked at. */
const worthALook = /backward|backprop|bprop|grad|deriv|prime|\bd[A-Zxwb_]|loss/;

export class GradientTests implements vscode.Disposable {
  readonly controller = vscode.tests.createTestController('backpropTutor', 'Backprop Tutor');
  private readonly profile: vscode.TestRunProfile;
  private readonly registrations: readonly vscode.Disposable[];

  constructor(private readonly client: BaseLanguageClient, states: States) {
    const {controller} = this;
    controller.resolveHandler = async (item) => {
      if (item === undefined) await this.discover();
      else if (item.uri !== undefined && item.parent === undefined) await this.look(item.uri);
    };
    controller.refreshHandler = () => this.discover();
    this.profile = controller.createRunProfile('Check gradients', vscode.TestRunProfileKind.Run, (request, token) => this.run(request, token), true);
    this.profile.supportsContinuousRun = true;
    this.registrations = [
      states.onDidChange(({uri, state}) => {
        if (state === null) void this.closed(vscode.Uri.parse(uri));
        else if (!state.checking) this.follow(state);
      }),
      vscode.workspace.onDidSaveTextDocument((document) => void this.saved(document)),
      vscode.workspace.onDidDeleteFiles(({files}) => { for (const uri of files) this.forget(uri); }),
      vscode.workspace.onDidRenameFiles(({files}) => { for (const {oldUri} of files) this.forget(oldUri); }),
    ];
  }

  dispose(): void {
    for (const registration of this.registrations) registration.dispose();
    this.profile.dispose();
    this.controller.dispose();
  }

  /** Shows results that are known already as a run. */
  record(state: FileState, pairs: readonly PairState[]): Outcome {
    const file = this.follow(state);
    const items = file === null ? [] : pairs.map((pair) => file.children.get(pair.id)).filter((item) => item !== undefined);
    const run = this.controller.createTestRun(new vscode.TestRunRequest(items), undefined, false);
    report(run, file, pairs);
    run.end();
    return count([state], pairs, false);
  }

  async checkWorkspace(token: vscode.CancellationToken, progress: (file: string, share: number) => void): Promise<Outcome> {
    const uris = await vscode.workspace.findFiles('**/*.py', notOurs, mostFiles, token);
    const run = this.controller.createTestRun(new vscode.TestRunRequest(), 'Workspace', false);
    const states: FileState[] = [];
    try {
      for (const uri of uris) {
        if (token.isCancellationRequested) break;
        progress(vscode.workspace.asRelativePath(uri), 1 / uris.length);
        const state = await this.check(uri, token);
        if (state === null || state.pairs.length === 0) continue;
        states.push(state);
        report(run, this.follow(state), state.pairs);
      }
    } finally {
      run.end();
    }
    return count(states, states.flatMap((state) => state.pairs), token.isCancellationRequested);
  }

  private async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    if (request.continuous === true) {
      const listener = vscode.workspace.onDidSaveTextDocument((document) => {
        const chosen = (request.include ?? []).filter((item) => item.uri?.toString() === document.uri.toString());
        if (request.include === undefined || chosen.length > 0) void this.runOnce(new vscode.TestRunRequest(request.include === undefined ? this.itemsOf(document.uri) : chosen, request.exclude, request.profile), token);
      });
      token.onCancellationRequested(() => { listener.dispose(); });
      return;
    }
    await this.runOnce(request, token);
  }

  private async runOnce(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    if (request.include === undefined) await this.discover();
    const run = this.controller.createTestRun(request);
    const chosen = request.include ?? [...this.controller.items].map(([, item]) => item);
    const files = new Map<string, vscode.TestItem[]>();
    for (const item of chosen) {
      const file = fileOf(item);
      files.set(file.id, [...files.get(file.id) ?? [], item]);
    }
    try {
      for (const [id, items] of files) {
        if (token.isCancellationRequested) break;
        for (const item of items) run.started(item);
        await this.runFile(run, vscode.Uri.parse(id), items, request.exclude, token);
      }
    } finally {
      run.end();
    }
  }

  private async runFile(run: vscode.TestRun, uri: vscode.Uri, items: readonly vscode.TestItem[], exclude: readonly vscode.TestItem[] | undefined, token: vscode.CancellationToken): Promise<void> {
    const state = await this.check(uri, token);
    if (state === null) {
      for (const item of items) run.errored(item, new vscode.TestMessage('The file is not there any more, or cannot be read.'));
      return;
    }
    const file = this.follow(state);
    const pairs = items.some((item) => item.parent === undefined)
      ? state.pairs
      : state.pairs.filter((pair) => items.some((item) => item.id === pair.id || item.parent?.id === pair.id));
    report(run, file, pairs, exclude);
  }

  private itemsOf(uri: vscode.Uri): vscode.TestItem[] {
    const item = this.controller.items.get(uri.toString());
    return item === undefined ? [] : [item];
  }

  private async saved(document: vscode.TextDocument): Promise<void> {
    if (document.languageId !== 'python') return;
    if (!vscode.workspace.getConfiguration('backpropTutor', document).get<boolean>('testing.runOnSave', false)) return;
    const items = this.itemsOf(document.uri);
    if (items.length > 0) await this.runOnce(new vscode.TestRunRequest(items), new vscode.CancellationTokenSource().token);
  }

  /** Files of the workspace that may have gradients in them; what they have is found out when they are looked into. */
  private async discover(): Promise<void> {
    const found = await vscode.workspace.findFiles('**/*.py', notOurs, mostFiles);
    for (const [id, item] of [...this.controller.items]) if (item.uri !== undefined && !isThere(item.uri, found)) this.controller.items.delete(id);
    for (const uri of found) {
      if (this.controller.items.get(uri.toString()) !== undefined) continue;
      const text = await readText(uri);
      if (text !== null && worthALook.test(text)) await this.look(uri);
    }
  }

  /** What is no Python file of the workspace, or none any more, leaves with its editor: nothing can be run of it then. */
  private async closed(uri: vscode.Uri): Promise<void> {
    const stays = vscode.workspace.getWorkspaceFolder(uri) !== undefined && uri.path.endsWith('.py') && await readText(uri) !== null;
    if (!stays) this.forget(uri);
  }

  /** A file, or a folder with everything in it. */
  private forget(uri: vscode.Uri): void {
    const gone = uri.toString();
    for (const [id] of [...this.controller.items]) if (id === gone || id.startsWith(`${gone}/`)) this.controller.items.delete(id);
  }

  private async look(uri: vscode.Uri): Promise<void> {
    const state = await this.check(uri);
    if (state !== null) this.follow(state);
  }

  private async check(uri: vscode.Uri, token?: vscode.CancellationToken): Promise<FileState | null> {
    const text = await readText(uri);
    const params: CheckParams = text === null ? {uri: uri.toString()} : {uri: uri.toString(), text};
    return await this.client.sendRequest<CheckResult>(check, params, token);
  }

  /** Brings the items of one file up to date, and returns the file's; null when it has no pair. */
  private follow(state: FileState): vscode.TestItem | null {
    const {controller} = this;
    const uri = vscode.Uri.parse(state.uri);
    const id = uri.toString();
    if (state.pairs.length === 0) {
      controller.items.delete(id);
      return null;
    }
    const file = controller.items.get(id) ?? controller.createTestItem(id, vscode.workspace.asRelativePath(uri), uri);
    if (controller.items.get(id) === undefined) controller.items.add(file);
    keepOnly(file, state.pairs.map((pair) => pair.id));
    for (const pair of state.pairs) {
      const item = this.item(file, pair.id, pair.name, pair.site);
      item.description = pair.verdict === 'agrees' ? '' : pair.reason;
      keepOnly(item, pair.gradients.map((gradient) => gradient.id));
      for (const gradient of pair.gradients) this.item(item, gradient.id, gradientLabel(gradient), gradient.site);
    }
    return file;
  }

  private item(parent: vscode.TestItem, id: string, label: string, site: Site): vscode.TestItem {
    const known = parent.children.get(id);
    const item = known?.uri?.toString() === vscode.Uri.parse(site.uri).toString() ? known : this.controller.createTestItem(id, label, vscode.Uri.parse(site.uri));
    item.label = label;
    item.range = rangeOf(site);
    item.sortText = String(site.range.start.line).padStart(6, '0');
    if (item !== known) parent.children.add(item);
    return item;
  }
}

/** Files that are open count as well: they may be new, or notebooks, or stand outside of the workspace. */
function isThere(uri: vscode.Uri, found: readonly vscode.Uri[]): boolean {
  const key = uri.toString();
  return found.length === mostFiles || found.some((file) => file.toString() === key)
    || vscode.workspace.textDocuments.some((document) => document.uri.toString() === key) || vscode.workspace.notebookDocuments.some((notebook) => notebook.uri.toString() === key);
}

function gradientLabel({name, of}: GradientState): string {
  return `${name} = ∂L/∂${of}`;
}

function keepOnly(item: vscode.TestItem, ids: readonly string[]): void {
  const gone = [...item.children].map(([id]) => id).filter((id) => !ids.includes(id));
  for (const id of gone) item.children.delete(id);
}

function fileOf(item: vscode.TestItem): vscode.TestItem {
  let file = item;
  while (file.parent !== undefined) file = file.parent;
  return file;
}

function report(run: vscode.TestRun, file: vscode.TestItem | null, pairs: readonly PairState[], exclude: readonly vscode.TestItem[] = []): void {
  for (const pair of pairs) {
    const item = file?.children.get(pair.id);
    if (item === undefined || exclude.includes(item)) continue;
    for (const gradient of pair.gradients) {
      const child = item.children.get(gradient.id);
      if (child !== undefined && !exclude.includes(child)) reportGradient(run, child, gradient);
    }
    // A pair's result is that of its gradients, unless it is wrong in a way that no gradient shows.
    const wrong = pair.gradients.some(isWrong);
    if (pair.verdict === 'disagrees' && !wrong) run.failed(item, messageAt(pair.reason, pair.site));
    else if (pair.gradients.length === 0) result(run, item, pair.verdict, pair.reason, pair.site);
  }
}

function reportGradient(run: vscode.TestRun, item: vscode.TestItem, gradient: GradientState): void {
  if (!isWrong(gradient)) {
    result(run, item, gradient.verdict, gradient.message, gradient.site);
    return;
  }
  const message = gradient.expected === null || gradient.actual === null
    ? new vscode.TestMessage(gradient.message)
    : vscode.TestMessage.diff(gradient.message, gradient.expected, gradient.actual);
  message.location = new vscode.Location(vscode.Uri.parse(gradient.site.uri), rangeOf(gradient.site));
  run.failed(item, message);
}

function result(run: vscode.TestRun, item: vscode.TestItem, verdict: PairState['verdict'] | 'missing', reason: string, site: Site): void {
  if (verdict === 'agrees') run.passed(item);
  else if (verdict === 'disagrees') run.failed(item, messageAt(reason, site));
  else run.skipped(item);
}

function messageAt(text: string, site: Site): vscode.TestMessage {
  const message = new vscode.TestMessage(text);
  message.location = new vscode.Location(vscode.Uri.parse(site.uri), rangeOf(site));
  return message;
}

function isWrong(gradient: GradientState): boolean {
  return gradient.verdict === 'disagrees';
}

function rangeOf({range: {start, end}}: Site): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function count(states: readonly FileState[], pairs: readonly PairState[], cancelled: boolean): Outcome {
  return {
    files: states.length, pairs: pairs.length, cancelled,
    agree: pairs.filter((pair) => pair.verdict === 'agrees').length,
    disagree: pairs.filter((pair) => pair.verdict === 'disagrees').length,
  };
}
