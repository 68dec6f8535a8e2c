/** An exercise in the real editor: opened from nothing, written key by key, solved, and remembered in the tree. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {photograph, rows} from './control.ts';
import {api, closeAll, complaints, eventually, select, type} from './editor.ts';

describe('exercises', () => {
  before(async () => { await api(); });
  afterEach(closeAll);

  it('are opened, give hints, and are solved by writing', async () => {
    const {exercises, states} = await api();
    const document = await vscode.commands.executeCommand<vscode.TextDocument>('backpropTutor.startExercise', 'relu');
    assert.match(document.getText(), /^# Exercise relu/);
    const editor = vscode.window.activeTextEditor!;
    await eventually('an unfinished pair', () => states.get(document.uri)?.pairs[0]?.verdict === 'incomplete');
    assert.deepEqual(complaints(document.uri).filter(({severity}) => severity === vscode.DiagnosticSeverity.Error), []);
    await eventually('progress', () => exercises.progress('relu')?.status === 'in progress');
    assert.match((await vscode.commands.executeCommand<string>('backpropTutor.exerciseHint')), /Where x was positive/);
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.view.explorer');
    await vscode.commands.executeCommand('backpropTutor.exercises.focus');
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await photograph('exercise-begun', 1000);
    select(editor, 'None');
    await type('dout * (dout > 0)');
    await eventually('a wrong gradient', () => complaints(document.uri).some(({severity}) => severity === vscode.DiagnosticSeverity.Error));
    await photograph('exercise-wrong', 300);
    select(editor, 'dout > 0');
    await type('x > 0');
    await eventually('the solved exercise', () => exercises.progress('relu')?.status === 'solved');
    await photograph('exercise-solved', 500);
    const shown = await rows('.pane:has([aria-label*="Backprop Exercises"])');
    if (shown !== null) assert.ok(shown.some((label) => label.includes('the rectifier, solved')), shown.join('\n'));
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('are opened again as they were left', async () => {
    const {exercises, states} = await api();
    const document = await vscode.commands.executeCommand<vscode.TextDocument>('backpropTutor.startExercise', 'multiply-gate');
    await eventually('progress', () => exercises.progress('multiply-gate') !== undefined);
    select(vscode.window.activeTextEditor!, 'dx = None');
    await type('dx = dout * y');
    await eventually('one right gradient', () => exercises.progress('multiply-gate')?.text.includes('dout * y') === true && states.get(document.uri)?.pairs[0]?.gradients[0]?.verdict === 'agrees');
    await closeAll();
    const again = await vscode.commands.executeCommand<vscode.TextDocument>('backpropTutor.startExercise', 'multiply-gate');
    assert.match(again.getText(), /dx = dout \* y/);
  });
});
