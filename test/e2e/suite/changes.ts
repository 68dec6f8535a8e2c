/** Files that are renamed, deleted, closed and opened in crowds: nothing of what is gone is shown, and nobody waits for it. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {clickInPanel} from './control.ts';
import {api, closeAll, eventually, open, select, workspaceUri} from './editor.ts';

describe('when files come and go', () => {
  before(async () => { await api(); });
  afterEach(closeAll);

  /** A copy of a file of the workspace under another name, in the editor. */
  async function copied(path: string, name: string): Promise<vscode.TextEditor> {
    await vscode.workspace.fs.copy(workspaceUri(path), workspaceUri(name), {overwrite: true});
    return open(name);
  }

  async function change(make: (edit: vscode.WorkspaceEdit) => void): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    make(edit);
    assert.equal(await vscode.workspace.applyEdit(edit), true);
  }

  async function hasItem(uri: vscode.Uri): Promise<boolean> {
    return (await api()).tests.controller.items.get(uri.toString()) !== undefined;
  }

  it('the Testing view follows a file that is renamed and deleted', async () => {
    const [from, to] = [workspaceUri('before.py'), workspaceUri('after.py')];
    await copied('layers.py', 'before.py');
    await eventually('the file', () => hasItem(from));
    await change((edit) => { edit.renameFile(from, to); });
    await eventually('its new name', () => hasItem(to));
    await eventually('that the old one is gone', async () => !await hasItem(from));
    await change((edit) => { edit.deleteFile(to); });
    await eventually('that it is gone', async () => !await hasItem(to));
  });

  it('the Testing view forgets a document that was never saved with its editor', async () => {
    const content = (await vscode.workspace.openTextDocument(workspaceUri('layers.py'))).getText();
    const {document} = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({language: 'python', content}));
    await eventually('the document', () => hasItem(document.uri));
    await closeAll();
    await eventually('that it is gone', async () => !await hasItem(document.uri));
  });

  it('the graph stays with a file that is renamed, pinned or not', async () => {
    const {graph, states} = await api();
    const editor = await copied('examples/circuit.py', 'wires.py');
    await eventually('the file is judged', () => states.get(editor.document.uri)?.checking === false);
    select(editor, 'q = x + y');
    await vscode.commands.executeCommand('backpropTutor.showGraph');
    await eventually('the graph is drawn', () => graph.drawn?.pair === 'script' && graph.shown?.uri.endsWith('wires.py') === true, 40_000);
    await clickInPanel('vscode-checkbox[title^="Keep showing"]');
    await change((edit) => { edit.renameFile(editor.document.uri, workspaceUri('cables.py')); });
    await eventually('the graph of the new name', () => graph.shown?.uri.endsWith('cables.py'));
    await change((edit) => { edit.deleteFile(workspaceUri('cables.py')); });
  });

  it('the version of a file that it is compared with is not looked at', async () => {
    const {states} = await api();
    const content = (await vscode.workspace.openTextDocument(workspaceUri('layers.py'))).getText();
    const provider = vscode.workspace.registerTextDocumentContentProvider('older', {provideTextDocumentContent: () => content});
    const older = await vscode.window.showTextDocument(vscode.Uri.parse('older:/layers.py?ref=HEAD'));
    assert.equal(older.document.languageId, 'python');
    const {document} = await open('layers.py');
    await eventually('the file is judged', () => states.get(document.uri)?.checking === false);
    assert.equal(states.get(older.document.uri), undefined);
    assert.equal(await hasItem(older.document.uri), false);
    provider.dispose();
  });

  it('thirty of them are all judged, and one that is typed into first', async () => {
    const {states} = await api();
    const text = (await vscode.workspace.openTextDocument(workspaceUri('examples/affine.py'))).getText();
    const documents = await Promise.all(Array.from({length: 30}, (_, index) => vscode.workspace.openTextDocument({language: 'python', content: text.replaceAll('affine_', `layer${index}_`)})));
    const {document} = await vscode.window.showTextDocument(documents[0]);
    await change((edit) => { edit.insert(document.uri, new vscode.Position(0, 0), '# typed\n'); });
    const verdict = (of: vscode.TextDocument): unknown => {
      const state = states.get(of.uri);
      return state?.checking === false ? state.pairs.map((pair) => pair.verdict).join() : undefined;
    };
    await eventually('the one that was typed into', () => verdict(document) === 'agrees');
    await eventually('all of them', () => documents.every((one) => verdict(one) === 'agrees'));
  });
});
