/** What a user sees beside the code: hints, hover, lenses and diagnostics, also while typing. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {pointAt, photograph} from './control.ts';
import {api, closeAll, complaints, eventually, hints, hoverText, lensTitles, open, select, type, workspaceUri} from './editor.ts';

describe('beside the code', () => {
  let editor: vscode.TextEditor;
  let uri: vscode.Uri;
  before(async () => { await api(); });
  beforeEach(async () => {
    editor = await open('layers.py');
    uri = editor.document.uri;
    await eventually('hints', async () => (await hints(uri, editor.document)).length > 0);
  });
  afterEach(closeAll);

  async function shown(line: string): Promise<readonly string[]> {
    const all = await hints(uri, editor.document);
    return all.filter((hint) => editor.document.lineAt(hint.line).text.includes(line)).map(({label}) => label);
  }

  it('hints tell shapes and verdicts', async () => {
    assert.deepEqual(await shown('out = x.dot(w)'), [': (N, M)']);
    assert.deepEqual(await shown('dw = x.T.dot(dout)'), [': (D, M)', '✓ ∂L/∂w']);
    assert.deepEqual(await shown('db = np.sum'), [': (M,)', '✓ ∂L/∂b']);
  });

  it('hover tells shape, numbers and what a value is', async () => {
    const range = select(editor, 'dw = ');
    const text = await hoverText(uri, range.start);
    assert.match(text, /\(D, M\)/);
    assert.match(text, /∂L\/∂w/);
    assert.match(text, /float64/);
  });

  it('lenses tell the verdict over each pair', async () => {
    const titles = await lensTitles(uri);
    assert.ok(titles.includes('✓ 3 of 3 gradients agree'), titles.join());
    assert.ok(titles.includes('Check'));
  });

  it('diagnostics name the line at fault', async () => {
    const [wrong] = await eventually('the wrong gradient', () => {
      const found = complaints(uri);
      return found.length > 0 ? found : undefined;
    });
    assert.match(wrong.message, /dx|∂L\/∂x/);
    assert.ok(editor.document.lineAt(wrong.range.start.line).text.includes('dx'));
  });

  it('diagnostics appear and disappear as text is typed key by key, and hints stay', async () => {
    const start = await eventually('a settled file', () => complaints(uri).length > 0 && complaints(uri));
    assert.equal(start.length, 1);
    select(editor, 'x.T.dot(dout)');
    const before = await hints(uri, editor.document);
    const untouched = before.filter(({line}) => line < 15).map(({label}) => label);
    for (const character of 'dout.T.dot(x)') {
      await type(character);
      const now = await hints(uri, editor.document);
      assert.deepEqual(now.filter(({line}) => line < 15).map(({label}) => label), untouched);
    }
    await eventually('a wrong dw', () => complaints(uri).length > 1);
    await eventually('a lens that says so', async () => (await lensTitles(uri)).includes('✗ 2 of 3 gradients agree'));
    await photograph('typing');
    select(editor, 'dout.T.dot(x)');
    await type('x.T.dot(dout)');
    await eventually('the mended dw', () => complaints(uri).length === 1);
    assert.deepEqual(await eventually('the tick', async () => {
      const labels = await shown('dw = x.T.dot(dout)');
      return labels.length === 2 && labels;
    }), [': (D, M)', '✓ ∂L/∂w']);
  });

  it('a changed import is seen, saved or not', async () => {
    const net = await open('net.py');
    await eventually('an agreeing net', async () => (await lensTitles(net.document.uri)).includes('✓ 2 of 2 gradients agree'));
    const helper = await open('helper.py');
    select(helper, 'return ');
    await type('return 2 * ');
    await eventually('a wrong net', () => complaints(workspaceUri('net.py')).length > 0);
    select(helper, '2 * ');
    await vscode.commands.executeCommand('deleteLeft');
    await eventually('a right net', () => complaints(workspaceUri('net.py')).length === 0);
  });

  for (const [theme, name] of [['Default Dark Modern', 'dark'], ['Default Light Modern', 'light']] as const) {
    it(`looks right in a ${name} theme`, async () => {
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, vscode.ConfigurationTarget.Global);
      await eventually('the theme', () => (vscode.window.activeColorTheme.kind === vscode.ColorThemeKind.Dark) === (name === 'dark'));
      await vscode.commands.executeCommand('workbench.action.closeSidebar');
      select(editor, 'cache = (x, w, b)');
      await vscode.commands.executeCommand('cancelSelection');
      await eventually('diagnostics', () => complaints(uri).length > 0);
      await photograph(`editor-${name}`);
      await pointAt('dw');
      await photograph(`hover-${name}`);
      assert.ok((await hints(uri, editor.document)).length > 5);
    });
  }
});
