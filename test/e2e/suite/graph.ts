/** The graph panel in the real editor: it follows the cursor and an edit, and a node leads to its line. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {acceptPath, clickInPanel, photograph} from './control.ts';
import {api, closeAll, eventually, open, pause, select, workspaceUri} from './editor.ts';

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
    await photograph('graph-panel', 500);
    await editor.edit((edit) => { edit.replace(select(editor, 'y = 5'), 'y = 6'); });
    await eventually('the drawing follows the edit', () => graph.drawn?.value === '−16.00');
    await editor.edit((edit) => { edit.replace(select(editor, 'y = 6'), 'y = 5'); });
    await document.save();
    const other = await open('examples/affine_wrong.py');
    select(other, 'def affine_backward');
    await eventually('the graph follows the cursor', () => graph.drawn?.pair === 'affine' && graph.shown?.verdict === 'disagrees');
    assert.ok(graph.shown!.nodes.some(({user}) => user?.status === 'disagrees'));
    await photograph('graph-panel-wrong', 500);
  });

  it('follows the cursor into a file that is not judged yet', async () => {
    const {graph, states} = await api();
    await shown('examples/circuit.py', 'q = x + y');
    const affine = (await vscode.workspace.openTextDocument(workspaceUri('examples/affine.py'))).getText();
    // So long a file that the cursor is there first, also where the editor is kept from its work and the engine is not.
    let layers = 80;
    let isJudged = true;
    for (; isJudged && layers < 1000; layers *= 2) {
      const content = Array.from({length: layers}, (_, layer) => affine.replaceAll('affine_', `layer${layer}_`)).join('\n');
      const other = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({language: 'python', content}));
      select(other, `def layer${layers - 1}_backward`);
      isJudged = states.get(other.document.uri)?.checking === false;
    }
    assert.equal(isJudged, false, 'every file is judged too soon for this test');
    await eventually('the graph follows the cursor', () => graph.drawn?.pair === `layer${layers / 2 - 1}`, 40_000);
  });

  it('keeps the last good graph of code that is broken, and says that it is old', async () => {
    const {graph} = await api();
    const editor = await shown('examples/circuit.py', 'q = x + y');
    await editor.edit((edit) => { edit.replace(select(editor, 'q = x + y'), 'q = x + (y'); });
    await eventually('the graph is marked as old', () => graph.drawn?.stale === true);
    assert.equal(graph.drawn?.value, '−12.00');
    await editor.edit((edit) => { edit.replace(select(editor, 'q = x + (y'), 'q = x + y'); });
    await eventually('the graph is of the text again', () => graph.drawn?.stale === false);
  });

  it('stays with a pair that is pinned', async () => {
    const {graph} = await api();
    await shown('examples/circuit.py', 'q = x + y');
    if (!await clickInPanel('vscode-checkbox[title^="Keep showing"]')) return;
    // Beside the panel, which has the focus: what opens in its place would hide it.
    const other = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(workspaceUri('examples/affine_wrong.py')), vscode.ViewColumn.One);
    select(other, 'def affine_backward');
    await pause(1500);
    assert.equal(graph.drawn?.pair, 'script');
    await clickInPanel('vscode-checkbox[title^="Keep showing"]');
    await eventually('the graph follows again', () => graph.drawn?.pair === 'affine');
  });

  it('exports the graph to a file', async () => {
    await shown('examples/circuit.py', 'q = x + y');
    for (const [entry, ending, start] of [['SVG', 'svg', '<svg'], ['PNG', 'png', '\u0089PNG'], ['Mermaid', 'mmd', 'flowchart LR'], ['Graphviz DOT', 'dot', 'digraph']]) {
      if (!await clickInPanel('vscode-dropdown[aria-label="Export"]', entry)) return;
      await acceptPath();
      const uri = workspaceUri(`graph.${ending}`);
      const bytes = await eventually(`graph.${ending} is written`, () => vscode.workspace.fs.readFile(uri).then((read) => read, () => null));
      assert.ok(Buffer.from(bytes).toString('latin1').startsWith(start), ending);
    }
  });

  it('answers what the other tabs ask', async () => {
    await shown('examples/affine.py', 'def affine_forward');
    for (const tab of ['jacobian', 'cost', 'step', 'curvature']) {
      if (!await clickInPanel(`#tab-${tab}`)) return;
      await clickInPanel(`#${tab} .study-body :is(svg, table)`);
      await photograph(`graph-${tab}`);
    }
  });

  it('is one panel, however often it is asked for', async () => {
    await shown('examples/circuit.py', 'q = x + y');
    await vscode.commands.executeCommand('backpropTutor.showGraph');
    const panels = vscode.window.tabGroups.all.flatMap(({tabs}) => tabs).filter(({input}) => input instanceof vscode.TabInputWebview);
    assert.equal(panels.length, 1);
  });
});

/** The panel with the graph of the pair at a text. */
async function shown(path: string, text: string): Promise<vscode.TextEditor> {
  const {graph, states} = await api();
  const editor = await open(path);
  await eventually('the file is judged', () => states.get(editor.document.uri)?.checking === false);
  select(editor, text);
  await vscode.commands.executeCommand('backpropTutor.showGraph');
  const pair = states.get(editor.document.uri)!.pairs[0].name;
  await eventually('the graph is drawn', () => graph.drawn?.pair === pair && !graph.drawn.stale, 40_000);
  return editor;
}
