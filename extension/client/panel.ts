/**
 * The graph panel in the editor: one at most, which shows the pair at the cursor, follows the cursor and every edit, marks
 * the text of what is pointed at, and comes back after a reload. Draws nothing itself.
 */
import * as vscode from 'vscode';
import {State} from 'vscode-languageclient';
import type {BaseLanguageClient} from 'vscode-languageclient';
import {asFromPanel, messagesOf} from '../../webview/protocol.ts';
import type {FromPanel, Picture, ToPanel} from '../../webview/protocol.ts';
import type {Answer, Question} from '../../engine/graph/study.ts';
import {commands, graph, study} from '../protocol.ts';
import type {GraphParams, MistakeParams, PairState, Place, Site, StudyParams} from '../protocol.ts';
import {pairAt} from './commands.ts';
import {createNonce} from './nonce.ts';
import {saveGraph} from './panel-export.ts';
import {contentPolicy, pageOf} from './panel-page.ts';
import {programOf} from './states.ts';
import type {States} from './states.ts';

const viewType = 'backpropTutor.graph';

/** Which pair is shown; `uri` is the program's: a notebook counts as one. */
interface Target {
  readonly uri: string;
  readonly pair: string;
}

export class GraphPanel implements vscode.Disposable {
  /** What was shown last; null when there is no panel. */
  shown: Picture | null = null;
  /** What the page said that it has drawn: the pair, and the value of its last node. */
  drawn: Extract<FromPanel, {type: 'drawn'}> | null = null;
  private panel: vscode.WebviewPanel | null = null;
  private target: Target | null = null;
  private pinned = false;
  /** The program with the cursor, when its pairs were not known as the cursor came to it. */
  private awaited: string | null = null;
  /** Loops, by their groups, of which every iteration is shown. */
  private opened: readonly string[] = [];
  /** A graph is being asked for; when something changes meanwhile it is asked for again, once. */
  private asking = false;
  private again = false;
  private readonly marked = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.wordHighlightStrongBackground'), borderRadius: '2px',
  });
  private readonly registrations: vscode.Disposable;

  constructor(private readonly client: BaseLanguageClient, private readonly states: States, private readonly extension: vscode.Uri, private readonly log: vscode.LogOutputChannel) {
    this.registrations = vscode.Disposable.from(
      this.marked,
      vscode.commands.registerCommand(commands.showGraph, (uri?: string, position?: Place) => this.show(uri, position)),
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, state: unknown) => {
          this.adopt(panel);
          this.target = asTarget(state);
          await this.refresh();
        },
      }),
      // At once, and not when the state of the file is told, which takes its time: the server answers when it has judged this text.
      vscode.workspace.onDidChangeTextDocument(({document}) => { if (this.isOfTarget(document)) void this.refresh(); }),
      vscode.workspace.onDidRenameFiles(({files}) => { for (const {oldUri, newUri} of files) this.renamed(oldUri, newUri); }),
      vscode.window.onDidChangeTextEditorSelection(({textEditor}) => { this.follow(textEditor); }),
      vscode.window.onDidChangeActiveTextEditor((editor) => { if (editor !== undefined) this.follow(editor); }),
      states.onDidChange(({uri, state}) => {
        if (state?.checking === true || this.panel === null) return;
        if (this.target === null || this.awaited === uri) this.followActive();
        if (this.target?.uri === uri) void this.refresh();
      }),
    );
  }

  dispose(): void {
    this.panel?.dispose();
    this.registrations.dispose();
  }

  /** Opens the panel beside the editor, or brings it to the front, for the pair at a place or at the cursor. */
  async show(uri?: string, position?: Place): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (this.panel === null) {
      this.adopt(vscode.window.createWebviewPanel(viewType, 'Graph', {viewColumn: vscode.ViewColumn.Beside, preserveFocus: true}, {retainContextWhenHidden: true}));
    } else this.panel.reveal(undefined, true);
    if (uri !== undefined && position !== undefined) {
      this.target = this.targetAt(uri, position) ?? this.target;
      this.awaited = null;
    } else if (editor !== undefined) this.target = this.targetAt(editor.document.uri.toString(), editor.selection.active) ?? this.target;
    await this.refresh();
    if (editor !== undefined) this.tellCursor(editor);
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    const {webview} = panel;
    const dist = vscode.Uri.joinPath(this.extension, 'dist');
    const address = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
    const nonce = createNonce();
    webview.options = {enableScripts: true, localResourceRoots: [dist]};
    webview.onDidReceiveMessage((message: unknown) => {
      const understood = asFromPanel(message);
      if (understood === null) this.log.warn('The graph panel sent a message that is not understood.');
      else this.receive(understood).catch((error: unknown) => { this.log.warn(`The graph panel asked for ${understood.type}: ${String(error)}`); });
    });
    panel.onDidDispose(() => {
      if (this.panel !== panel) return;
      this.panel = null;
      this.target = null;
      this.awaited = null;
      this.pinned = false;
      this.opened = [];
      this.shown = null;
      this.drawn = null;
      this.unmark();
    });
    webview.html = pageOf({script: address('webview.js'), style: address('webview-style.css'), nonce, policy: contentPolicy(webview.cspSource, nonce)});
  }

  private async receive(message: FromPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        await this.refresh();
        if (vscode.window.activeTextEditor?.document.languageId === 'python') this.tellCursor(vscode.window.activeTextEditor);
        break;
      case 'drawn': this.drawn = message; break;
      case 'reveal': await this.reveal(message.site, message.go); break;
      case 'unmark': this.unmark(); break;
      case 'hint':
        if (this.target !== null) await vscode.commands.executeCommand(commands.nextHint, {uri: this.target.uri, mistake: message.mistake} satisfies MistakeParams);
        break;
      case 'unroll':
        this.opened = message.loops;
        await this.refresh();
        break;
      case 'pin':
        this.pinned = message.on;
        if (!message.on) this.followActive();
        break;
      case 'ask': await this.answer(message.question); break;
      case 'save': await saveGraph(message.format, message.content); break;
      case 'log': this.log.warn(message.message);
    }
  }

  /** Asks for the graph of the target and shows it; what is shown stays until the new one is there. */
  private async refresh(): Promise<void> {
    this.again = true;
    if (this.asking) return;
    this.asking = true;
    try {
      while (this.again) {
        this.again = false;
        await this.refreshOnce();
      }
    } finally {
      this.asking = false;
    }
  }

  private async refreshOnce(): Promise<void> {
    if (this.panel === null) return;
    const {target} = this;
    if (target === null) {
      this.post({type: 'nothing', message: 'Put the cursor in a forward or a backward function.'});
      return;
    }
    const isShown = this.shown?.uri === target.uri && this.shown.pair === target.pair;
    if (this.client.state === State.Stopped || this.states.get(vscode.Uri.parse(target.uri)) === undefined) {
      // As at the start of a window; a file that is looked at tells its state.
      const name = decodeURIComponent(target.uri.split('/').at(-1) ?? '');
      this.post(isShown ? {type: 'stale', message: `This is the graph of an earlier text: ${name} is not being checked now.`} : {type: 'nothing', message: `The graph of ${target.pair} comes when ${name} is open and checked.`});
      return;
    }
    // A server that ends meanwhile is followed by another, which tells the state of the file.
    const picture = await this.client.sendRequest<Picture | null>(graph, {...target, opened: this.opened} satisfies GraphParams).catch(() => undefined);
    if (target !== this.target || picture === undefined) return;
    if (picture !== null) {
      this.shown = picture;
      for (const message of messagesOf(picture)) this.post(message);
    } else if (isShown) {
      this.post({type: 'stale', message: 'This is the graph of an earlier text: the code cannot be run as it is now.'});
    } else this.post({type: 'nothing', message: `There is no graph of ${target.pair}: its forward pass could not be run.`});
  }

  /** What the page wants to know of the graph that it shows; of another one it asks again. */
  private async answer(question: Question): Promise<void> {
    const {shown, opened} = this;
    if (shown === null) return;
    const {uri, pair} = shown;
    const answer = await this.client.sendRequest<Answer | null>(study, {uri, pair, opened, question} satisfies StudyParams).catch(() => null);
    if (this.shown === shown) this.post({type: 'answer', question, answer});
  }

  private isOfTarget({uri}: vscode.TextDocument): boolean {
    return this.panel !== null && this.target !== null && programOf(uri).toString() === this.target.uri;
  }

  /** What is shown stays with its file, or with the folder of it. */
  private renamed(from: vscode.Uri, to: vscode.Uri): void {
    if (this.target === null) return;
    const {uri, pair} = this.target;
    if (uri !== from.toString() && !uri.startsWith(`${from.toString()}/`)) return;
    this.target = {uri: `${to.toString()}${uri.slice(from.toString().length)}`, pair};
    void this.refresh();
  }

  private followActive(): void {
    const editor = vscode.window.activeTextEditor;
    if (editor !== undefined) this.follow(editor);
  }

  private follow(editor: vscode.TextEditor): void {
    if (this.panel === null || editor.document.languageId !== 'python') return;
    const target = this.pinned ? null : this.targetAt(editor.document.uri.toString(), editor.selection.active);
    if (target !== null && (target.uri !== this.target?.uri || target.pair !== this.target.pair)) {
      this.target = target;
      void this.refresh().then(() => { this.tellCursor(editor); });
    } else this.tellCursor(editor);
  }

  private tellCursor({document, selection}: vscode.TextEditor): void {
    this.post({type: 'cursor', uri: document.uri.toString(), line: selection.active.line});
  }

  /** The pair at a place; elsewhere in a document, the first of it, unless one of it is shown already. Awaits the document where its pairs are not known. */
  private targetAt(uri: string, position: Place): Target | null {
    const key = vscode.Uri.parse(uri);
    const program = programOf(key);
    const state = this.states.get(program);
    const pairs: readonly PairState[] = state?.pairs ?? [];
    this.awaited = state?.checking === false ? null : program.toString();
    const pair = pairAt(pairs, {uri: key.toString(), position}) ?? (this.target?.uri === program.toString() ? undefined : pairs.at(0));
    return pair === undefined ? null : {uri: program.toString(), pair: pair.name};
  }

  private async reveal({uri, range: {start, end}}: Site, go: boolean): Promise<void> {
    const key = vscode.Uri.parse(uri);
    const range = new vscode.Range(start.line, start.character, end.line, end.character);
    const visible = vscode.window.visibleTextEditors.find(({document}) => document.uri.toString() === key.toString());
    this.unmark();
    visible?.setDecorations(this.marked, [range]);
    if (!go) {
      visible?.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      return;
    }
    const document = await vscode.workspace.openTextDocument(key);
    await vscode.window.showTextDocument(document, {selection: new vscode.Range(range.start, range.start), viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One});
  }

  private unmark(): void {
    for (const editor of vscode.window.visibleTextEditors) editor.setDecorations(this.marked, []);
  }

  private post(message: ToPanel): void {
    void this.panel?.webview.postMessage(message);
  }
}

/** What the page remembered of the last session. */
function asTarget(state: unknown): Target | null {
  const {uri, pair} = (state ?? {}) as {readonly uri?: unknown; readonly pair?: unknown};
  return typeof uri === 'string' && typeof pair === 'string' ? {uri, pair} : null;
}
