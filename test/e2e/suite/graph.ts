/** The graph panel in the real editor: it follows the cursor and an edit, and a node leads to its line. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {photograph} from './control.ts';
import {api, closeAll, eventually, open, pause, select} from './editor.ts';

describe('the graph panel', () => {
  afterEach(closeAll);

  it('shows the graph of the pair at the cursor, and follows the cursor and an edit', async () => {
    const {graph, states} = await api();
    const editor = await open('examples/circuit.py');
    const {document} = editor;
    await eventually('the file is judged', () => states.get(document.uri)?.checking === false && states.get(document.uri)?.pairs.length === 1);
    select(editor, 'q = x + y');
    await vscode.commands.executeCommand('backpropTutor.showGraph');
    const value = (name: string): number | undefined => graph.shown?.nodes.find(({names}) => names[0] === name)?.first[0];
    await eventually('the graph is shown', () => value('f') === -12);
    await eventually('the graph is drawn', () => graph.drawn?.value === '−12.00', 40_000);
    await pause(500);
    await photograph('graph-panel');
    await editor.edit((edit) => { edit.replace(select(editor, 'y = 5'), 'y = 6'); });
    await eventually('the drawing follows the edit', () => graph.drawn?.value === '−16.00');
    await editor.edit((edit) => { edit.replace(select(editor, 'y = 6'), 'y = 5'); });
    await document.save();
    const other = await open('examples/affine_wrong.py');
    select(other, 'def affine_backward');
    await eventually('the graph follows the cursor', () => graph.drawn?.pair === 'affine' && graph.shown?.verdict === 'disagrees');
    assert.ok(graph.shown!.nodes.some(({user}) => user?.status === 'disagrees'));
    await pause(500);
    await photograph('graph-panel-wrong');
  });
});
