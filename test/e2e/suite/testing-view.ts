/** The Testing view: pairs as items, gradients as children, results with expected and actual. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {photograph, rows} from './control.ts';
import {api, closeAll, eventually, isTrusted, open} from './editor.ts';

describe('the Testing view', () => {
  before(async () => {
    await api();
    await open('layers.py');
  });
  after(closeAll);

  async function item(): Promise<vscode.TestItem> {
    const {tests} = await api();
    return eventually('the file', () => [...tests.controller.items].map(([, found]) => found).find(({label}) => label.endsWith('layers.py') && !label.includes('/')));
  }

  it('has the pairs of a file with their gradients', async () => {
    const file = await item();
    await eventually('pairs', () => file.children.size === 2);
    const affine = file.children.get('affine')!;
    assert.deepEqual([...affine.children].map(([, {label}]) => label), ['dx = ∂L/∂x', 'dw = ∂L/∂w', 'db = ∂L/∂b']);
    assert.equal(affine.range!.start.line, 15);
  });

  it('finds the pairs of files that are not open', async () => {
    const {tests} = await api();
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await vscode.commands.executeCommand('testing.refreshTests');
    await eventually('the examples', () => [...tests.controller.items].some(([id]) => id.endsWith('examples/affine_wrong.py')), 60_000);
  });

  // In an untrusted window VS Code itself asks before it runs any test.
  if (isTrusted) it('runs, and re-runs what failed', async () => {
    await vscode.commands.executeCommand('testing.runCurrentFile');
    await vscode.commands.executeCommand('testing.reRunFailTests');
    await vscode.commands.executeCommand('testing.runAll');
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    const seen = await rows('.test-explorer');
    if (seen !== null) {
      await eventually('a failed test', async () => (await rows('.test-explorer'))!.some((row) => /layers\.py.*failed/i.test(row)));
      assert.ok((await rows('.test-explorer'))!.some((row) => /passed/i.test(row)));
    }
    await photograph('testing-view');
  });
});
