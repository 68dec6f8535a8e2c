/** The extension starts on Python files, quickly, and says nothing about any other. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {api, complaints, extensionId, hints, lensTitles, open, workspaceUri} from './editor.ts';

describe('activation', () => {
  it('does nothing for files that are not Python', async () => {
    const editor = await open('notes.txt');
    const {uri} = editor.document;
    assert.equal(vscode.extensions.getExtension(extensionId)!.isActive, false);
    assert.deepEqual(await hints(uri, editor.document), []);
    assert.deepEqual(await lensTitles(uri), []);
    assert.deepEqual(complaints(uri), []);
  });

  it('is over as soon as it is asked for', async () => {
    const extension = vscode.extensions.getExtension(extensionId)!;
    assert.equal(extension.isActive, false);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('has every command that it contributes', async () => {
    await api();
    const {commands} = (vscode.extensions.getExtension(extensionId)!.packageJSON as {contributes: {commands: {command: string}[]}}).contributes;
    const known = await vscode.commands.getCommands(true);
    for (const {command} of commands) assert.ok(known.includes(command), command);
  });

  it('still says nothing about files that are not Python', async () => {
    await open('notes.txt');
    const uri = workspaceUri('notes.txt');
    assert.deepEqual(complaints(uri), []);
    assert.deepEqual(await lensTitles(uri), []);
  });
});
