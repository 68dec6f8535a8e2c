/** What a user does in the editor, for tests: opening, typing key by key, waiting for what appears. */
import * as vscode from 'vscode';
import type {Api} from '../../../extension/client/extension.ts';

export const extensionId = 'backprop-tutor.backprop-tutor';

export function workspaceUri(path: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, path);
}

export async function open(path: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(workspaceUri(path));
  return vscode.window.showTextDocument(document);
}

/** The running extension, its server ready. */
export async function api(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>(extensionId)!;
  const exported = await extension.activate();
  await exported.ready;
  return exported;
}

/** The first true answer of a question that is asked again and again. */
export async function eventually<T>(what: string, ask: () => T | Thenable<T>, milliseconds = 20_000): Promise<Exclude<T, false | null | undefined>> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer as Exclude<T, false | null | undefined>;
    if (Date.now() > end) throw new Error(`${what}: not in ${milliseconds / 1000} s`);
    await pause(50);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** One key at a time, as a user types. */
export async function type(text: string): Promise<void> {
  for (const character of text) {
    await vscode.commands.executeCommand('type', {text: character});
    await pause(20);
  }
}

/** Selects the first occurrence of a text. */
export function select(editor: vscode.TextEditor, text: string): vscode.Range {
  const {document} = editor;
  const offset = document.getText().indexOf(text);
  if (offset < 0) throw new Error(`${text} is not in ${document.uri.path}`);
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + text.length));
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return range;
}

export async function hints(uri: vscode.Uri, document: vscode.TextDocument): Promise<readonly {readonly line: number; readonly label: string}[]> {
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  // A document that no editor shows yet is refused.
  const found = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', uri, whole).then((all) => all, () => []);
  return found.map(({position, label}) => ({
    line: position.line, label: typeof label === 'string' ? label : label.map((part) => part.value).join(''),
  }));
}

export async function hoverText(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers.flatMap((hover) => hover.contents).map((content) => (content instanceof vscode.MarkdownString ? content.value : JSON.stringify(content))).join('\n');
}

export async function lensTitles(uri: vscode.Uri): Promise<readonly string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100).then((all) => all, () => []);
  return lenses.map((lens) => lens.command?.title ?? '');
}

/** What this extension complains about. */
export function complaints(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === 'backprop-tutor');
}

/** Without keeping anything, and without being asked: also what was changed behind a panel that has the focus. */
export async function closeAll(): Promise<void> {
  const changed = (): vscode.TextDocument | undefined => vscode.workspace.textDocuments.find(({isDirty, uri}) => isDirty && uri.scheme !== 'vscode-notebook-cell');
  for (let document = changed(); document !== undefined; document = changed()) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** The suite runs in a trusted and in an untrusted window. */
export const isTrusted = process.env.BACKPROP_E2E_WORKSPACE !== 'untrusted';
