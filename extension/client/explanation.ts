/** The page beside the editor that explains a gradient: one at most, of the gradient that was asked for last; it follows edits. */
import * as vscode from 'vscode';
import type {BaseLanguageClient} from 'vscode-languageclient';
import {commands, explainGradient} from '../protocol.ts';
import type {ExplainGradientParams, ExplainedGradient, Place} from '../protocol.ts';
import {emptyPage, explanationPage} from './explanation-page.ts';
import {createNonce} from './nonce.ts';
import type {States} from './states.ts';

export class GradientExplanation implements vscode.Disposable {
  /** What is shown; null when there is no page, or nothing to explain on it. */
  shown: ExplainedGradient | null = null;
  private panel: vscode.WebviewPanel | null = null;
  private round = 0;
  /** An explanation that the user has asked for is on its way: it is of the newest text, and nothing may come before it. */
  private asked = 0;
  private readonly registrations: vscode.Disposable;

  constructor(private readonly client: BaseLanguageClient, states: States) {
    this.registrations = vscode.Disposable.from(
      vscode.commands.registerCommand(commands.explainGradient, (target?: ExplainGradientParams | string, position?: Place) => this.show(target, position)),
      vscode.commands.registerCommand(commands.showPlace, async (uri: string, {line, character}: Place) => {
        const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
        const at = new vscode.Position(line, character);
        await vscode.window.showTextDocument(document, {selection: new vscode.Range(at, at), viewColumn: vscode.ViewColumn.One});
      }),
      states.onDidChange(({uri, state}) => {
        if (this.shown === null || this.asked > 0 || state === null || state.checking || uri !== vscode.Uri.parse(this.shown.uri).toString()) return;
        const {pair, of} = this.shown;
        void this.load({uri, pair, of}, true).catch(() => undefined);
      }),
    );
  }

  dispose(): void {
    this.panel?.dispose();
    this.registrations.dispose();
  }

  /** Of the gradient that a link names, or of the one at a place or at the cursor. */
  private async show(target?: ExplainGradientParams | string, position?: Place): Promise<void> {
    const params = typeof target === 'object' ? target : typeof target === 'string' && position !== undefined ? {uri: target, position} : atCursor();
    if (params === null) {
      void vscode.window.showInformationMessage('Put the cursor on a gradient, such as dw, or on a value of the forward.');
      return;
    }
    this.asked++;
    try {
      await this.load(params, false);
    } finally {
      this.asked--;
    }
  }

  /** What is shown stays while the code cannot be run. */
  private async load(params: ExplainGradientParams, isUpdate: boolean): Promise<void> {
    const mine = ++this.round;
    const explained = await this.client.sendRequest<ExplainedGradient | null>(explainGradient, params);
    if (mine !== this.round || (isUpdate && (explained === null || this.panel === null))) return;
    this.shown = explained;
    const nonce = createNonce();
    const panel = this.open(isUpdate);
    panel.title = explained === null ? 'Gradient' : `∂L/∂${explained.of}`;
    panel.webview.html = explained === null
      ? emptyPage('There is nothing to explain here. Put the cursor on a gradient, such as dw, or on a value of the forward that the output depends on, in code that can be run.', nonce)
      : explanationPage(explained, nonce);
  }

  private open(isUpdate: boolean): vscode.WebviewPanel {
    if (this.panel !== null) {
      if (!isUpdate) this.panel.reveal(undefined, true);
      return this.panel;
    }
    const options = {enableScripts: false, enableCommandUris: [commands.showPlace], localResourceRoots: []};
    const panel = vscode.window.createWebviewPanel('backpropTutor.explanation', 'Gradient', {viewColumn: vscode.ViewColumn.Beside, preserveFocus: true}, options);
    panel.onDidDispose(() => {
      this.panel = null;
      this.shown = null;
    });
    this.panel = panel;
    return panel;
  }
}

function atCursor(): ExplainGradientParams | null {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'python') return null;
  const {line, character} = editor.selection.active;
  return {uri: editor.document.uri.toString(), position: {line, character}};
}
