/** The page that explains a gradient, in the real editor: from the cursor and from the link of a hover, and it follows an edit. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {photograph} from './control.ts';
import {api, closeAll, eventually, hoverText, open, select} from './editor.ts';

describe('the explanation of a gradient', () => {
  before(async () => { await api(); });
  afterEach(closeAll);

  it('is opened by the link of a hover, and follows an edit', async () => {
    const {explanation, states} = await api();
    const editor = await open('examples/affine.py');
    const {document} = editor;
    await eventually('the file is judged', () => states.get(document.uri)?.checking === false && states.get(document.uri)?.pairs.length === 1);
    const hover = await hoverText(document.uri, select(editor, 'dw = ').start);
    const link = /\(command:backpropTutor\.explainGradient\?([^)]+)\)/.exec(hover);
    assert.ok(link !== null, hover);
    await vscode.commands.executeCommand('backpropTutor.explainGradient', ...JSON.parse(decodeURIComponent(link[1])) as unknown[]);
    const shown = await eventually('the page', () => explanation.shown);
    assert.equal(shown.of, 'w');
    assert.equal(shown.backward.at(-1)?.terms[0].code, 'rows.T @ dout');
    await editor.edit((edit) => { edit.replace(select(editor, 'rows.dot(w) + b'), '2 * rows.dot(w) + b'); });
    await eventually('the page of the new text', () => explanation.shown?.backward.some(({terms}) => terms.some(({code}) => code === '2 * dout' || code === 'dout * 2')));
  });

  it('is the one that was asked for, also while the file is looked at again', async () => {
    const {explanation, states} = await api();
    const {document} = await open('examples/affine.py');
    await eventually('the file is judged', () => states.get(document.uri)?.checking === false);
    const explain = (of: string): Thenable<unknown> => vscode.commands.executeCommand('backpropTutor.explainGradient', {uri: document.uri.toString(), pair: 'affine', of});
    await explain('w');
    for (const of of ['x', 'b', 'w', 'x']) {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), '# more\n');
      await vscode.workspace.applyEdit(edit);
      await explain(of);
      await eventually(`the page of ${of}`, () => explanation.shown?.of === of);
    }
  });

  for (const [theme, name] of [['Default Dark Modern', 'dark'], ['Default Light Modern', 'light']] as const) {
    it(`is readable in a ${name} theme`, async () => {
      const {explanation, states} = await api();
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, vscode.ConfigurationTarget.Global);
      await vscode.commands.executeCommand('workbench.action.closeSidebar');
      for (const [file, place, of] of [['affine', 'dw = ', 'w'], ['losses', 'def softmax_loss', 'x'], ['batchnorm', 'dx = ', 'x'], ['rnn_step', 'dWh = ', 'Wh']] as const) {
        const editor = await open(`examples/${file}.py`);
        await eventually('the file is judged', () => states.get(editor.document.uri)?.checking === false);
        const {start} = select(editor, place);
        editor.selection = new vscode.Selection(start, start);
        await vscode.commands.executeCommand('backpropTutor.explainGradient');
        await eventually(`the page of ${of}`, () => explanation.shown?.of === of && explanation.shown.uri.includes(file));
        await photograph(`explanation-${file}-${name}`, 4000);
      }
      assert.ok(explanation.shown !== null);
    });
  }
});
