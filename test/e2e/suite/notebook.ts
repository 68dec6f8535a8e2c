/** A notebook: its Python cells are one program. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {photograph} from './control.ts';
import {api, closeAll, complaints, eventually, hints, lensTitles, workspaceUri} from './editor.ts';

describe('a notebook', () => {
  let notebook: vscode.NotebookDocument;
  before(async () => {
    await api();
    notebook = await vscode.workspace.openNotebookDocument(workspaceUri('lesson.ipynb'));
    // Only cells that are seen have a text that features can be asked about.
    await vscode.commands.executeCommand('workbench.action.closePanel');
    const editor = await vscode.window.showNotebookDocument(notebook);
    editor.revealRange(new vscode.NotebookRange(2, 4));
  });
  after(closeAll);

  it('has hints, lenses and diagnostics in its cells', async () => {
    const [, , forward, backward] = notebook.getCells().map((cell) => cell.document);
    const found = await eventually('hints in the forward', async () => {
      const labels = await hints(forward.uri, forward);
      return labels.length > 0 && labels;
    });
    assert.deepEqual(found.map(({line, label}) => [line, label]), [[5, ': (N, D)']]);
    await eventually('a verdict in the backward', async () => (await hints(backward.uri, backward)).some(({label}) => label === '✓ ∂L/∂x'));
    const [wrong] = await eventually('the wrong dgamma', () => complaints(backward.uri).length > 0 && complaints(backward.uri));
    assert.equal(wrong.range.start.line, 3);
    await eventually('a lens', async () => (await lensTitles(backward.uri)).includes('✗ 1 of 2 gradients agrees'));
    await photograph('notebook');
  });
});
