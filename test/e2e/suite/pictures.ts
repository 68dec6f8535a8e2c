/** Pictures for the README and the walkthrough, of the examples as a student meets them. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {photograph, pointAt} from './control.ts';
import {api, closeAll, complaints, eventually, open, select} from './editor.ts';

describe('pictures', () => {
  before(async () => {
    await api();
    await vscode.workspace.getConfiguration('workbench').update('colorTheme', 'Default Dark Modern', vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await vscode.commands.executeCommand('notifications.clearAll');
  });
  after(closeAll);

  it('show the graph with the first wrong gradient framed', async () => {
    const {graph, states} = await api();
    const editor = await open('examples/affine_wrong.py');
    await eventually('the file is judged', () => states.get(editor.document.uri)?.checking === false);
    select(editor, 'dw = ');
    await vscode.commands.executeCommand('backpropTutor.showGraph');
    await eventually('the graph is drawn', () => graph.drawn?.pair === 'affine', 40_000);
    await vscode.commands.executeCommand('notifications.clearAll');
    await photograph('readme-graph', 1500);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('show a wrong gradient, and what a hover says of it', async () => {
    const editor = await open('examples/affine_wrong.py');
    const [diagnostic] = await eventually('the wrong gradient', () => complaints(editor.document.uri).length > 0 && complaints(editor.document.uri));
    assert.equal(diagnostic.range.start.line, 18);
    await photograph('readme-verdicts');
    await pointAt('dw');
    await photograph('readme-hover');
  });

  it('show the Testing view', async () => {
    await vscode.commands.executeCommand('backpropTutor.checkWorkspace');
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await photograph('readme-testing');
  });
});
