/** The ladder of hints in the real editor: one step at a time through the light bulb, and a fix that can be undone. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type {HintResult} from '../../../extension/protocol.ts';
import {photograph} from './control.ts';
import {api, closeAll, complaints, eventually, open, pause} from './editor.ts';

describe('the ladder of hints', () => {
  before(async () => { await api(); });
  afterEach(closeAll);

  it('tells one step at a time, and mends with an edit that can be undone', async () => {
    const {states} = await api();
    const {document} = await open('examples/affine_wrong.py');
    const line = 18;
    const complaint = (): vscode.Diagnostic | undefined => complaints(document.uri).find(({range}) => range.start.line === line);
    const code = (): unknown => (complaint()?.code as {readonly value: unknown} | undefined)?.value;
    const actions = (): Thenable<vscode.CodeAction[]> => vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, new vscode.Range(line, 4, line, 4));
    const choose = async (title: string): Promise<HintResult> => {
      const action = await eventually(title, async () => (await actions()).find((candidate) => candidate.title.includes(title)));
      return vscode.commands.executeCommand<HintResult>(action.command!.command, ...action.command!.arguments as unknown[]);
    };
    await eventually('a complaint that does not tell the kind', () => code() === 'wrong-gradient');
    assert.equal((await choose('What kind of mistake is it?')).step, 'kind');
    await eventually('the kind', () => code() === 'missing-transpose');
    await photograph('hint-kind', 500);
    assert.equal((await choose('Why is it wrong?')).step, 'why');
    assert.equal((await choose('Show the fix')).step, 'fix');
    const mend = await eventually('the fix', async () => (await actions()).find(({edit}) => edit !== undefined));
    await photograph('hint-fix');
    const before = document.getText();
    assert.equal(await vscode.workspace.applyEdit(mend.edit!), true);
    await eventually('the mended line', () => complaint() === undefined);
    assert.match(document.lineAt(line).text, /dw = x\.T\.dot\(dout\)/);
    // A mistake is forgotten when it stays away for as long as the user is quiet; who is answered after that knows that it was.
    await eventually('the mended file', () => states.get(document.uri)?.checking === false);
    await pause(1500);
    await vscode.commands.executeCommand('backpropTutor.checkFile');
    await vscode.commands.executeCommand('undo');
    await eventually('the undone edit', () => document.getText() === before);
    await eventually('the complaint from its first step', () => code() === 'wrong-gradient');
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});
