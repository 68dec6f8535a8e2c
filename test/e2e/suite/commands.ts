/** Every command, as from the palette. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type {PairState} from '../../../extension/protocol.ts';
import type {Outcome} from '../../../extension/client/testing.ts';
import {photograph} from './control.ts';
import {api, closeAll, eventually, hints, open, select, workspaceUri} from './editor.ts';

describe('commands', () => {
  let editor: vscode.TextEditor;
  before(async () => { await api(); });
  beforeEach(async () => {
    editor = await open('layers.py');
    await eventually('hints', async () => (await hints(editor.document.uri, editor.document)).length > 0);
  });
  afterEach(closeAll);

  it('check the function at the cursor', async () => {
    select(editor, 'db = np.sum');
    const pair = await vscode.commands.executeCommand<PairState>('backpropTutor.checkFunction');
    assert.equal(pair.name, 'affine');
    assert.equal(pair.verdict, 'agrees');
    select(editor, 'probs /=');
    assert.equal((await vscode.commands.executeCommand<PairState>('backpropTutor.checkFunction')).verdict, 'disagrees');
    select(editor, 'import numpy');
    assert.equal(await vscode.commands.executeCommand('backpropTutor.checkFunction'), undefined);
  });

  it('check the file', async () => {
    const outcome = await vscode.commands.executeCommand<Outcome>('backpropTutor.checkFile');
    assert.deepEqual(outcome, {files: 1, pairs: 2, agree: 1, disagree: 1, cancelled: false});
  });

  it('check the workspace', async () => {
    const outcome = await vscode.commands.executeCommand<Outcome>('backpropTutor.checkWorkspace');
    assert.ok(outcome.files > 10, JSON.stringify(outcome));
    assert.ok(outcome.disagree > 3);
    assert.equal(outcome.cancelled, false);
  });

  it('show what was checked', async () => {
    await vscode.commands.executeCommand('backpropTutor.showWhatWasChecked');
    const document = await eventually('the account', () => vscode.workspace.textDocuments.find(({uri}) => uri.scheme === 'backprop-tutor-checked'));
    assert.match(document.getText(), /affine_forward/);
    assert.match(document.getText(), /\(N, D\)/);
    await vscode.commands.executeCommand('notifications.clearAll');
    await photograph('what-was-checked', 3000);
    const before = document.getText();
    await editor.edit((edit) => { edit.replace(select(editor, 'x.T.dot(dout)'), 'dout.T.dot(x)'); });
    await eventually('the account of the new text', () => document.getText() !== before && /dw.*disagrees/.test(document.getText()));
  });

  it('set input shapes', async () => {
    select(editor, 'dw = ');
    const done = vscode.commands.executeCommand('backpropTutor.setInputShapes');
    await eventually('the pragma', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return editor.document.getText().includes('# backprop: ');
    });
    await done;
    assert.match(editor.document.getText(), /# backprop: x \(N, D\), w \(D, M\), b \(M,\)\ndef affine_forward/);
  });

  it('prove it in NumPy', async () => {
    select(editor, 'dw = ');
    await vscode.commands.executeCommand('backpropTutor.proveInNumPy');
    const document = await eventually('the script', () => vscode.window.visibleTextEditors.find(({document: {uri}}) => uri.scheme === 'untitled')?.document);
    assert.equal(document.languageId, 'python');
    assert.match(document.getText(), /import numpy as np/);
    assert.match(document.getText(), /affine_backward/);
  });

  it('restart the server, with the documents that are open', async () => {
    const restart = (): Thenable<unknown> => vscode.commands.executeCommand('backpropTutor.restartServer');
    await Promise.all([restart(), restart()]);
    await eventually('hints of the new server', async () => (await hints(editor.document.uri, editor.document)).length > 0);
  });

  it('show the log', async () => {
    await vscode.commands.executeCommand('backpropTutor.showLog');
    assert.ok(await eventually('the log', () => vscode.workspace.textDocuments.some(({uri}) => uri.scheme === 'output')));
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  it('explain a code', async () => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('backprop-tutor-help:/wrong-scale.md'));
    assert.match(document.getText(), /^# /);
    assert.ok(workspaceUri('layers.py').path.endsWith('layers.py'));
  });
});
