/** The server ends by itself, and an untrusted workspace. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {State} from 'vscode-languageclient';
import {crash} from '../../../extension/protocol.ts';
import {photograph} from './control.ts';
import {api, closeAll, eventually, hints, isTrusted, open} from './editor.ts';

describe('when the server crashes', () => {
  after(closeAll);

  it('it is started again with the documents that are open', async () => {
    const {client, states} = await api();
    const editor = await open('layers.py');
    await eventually('the file is judged', () => states.get(editor.document.uri)?.checking === false);
    await eventually('hints', async () => (await hints(editor.document.uri, editor.document)).length > 0);
    const stopped = new Promise<void>((resolve) => {
      const listener = client.onDidChangeState(({newState}) => {
        if (newState === State.Running) return;
        listener.dispose();
        resolve();
      });
    });
    await client.sendNotification(crash);
    await stopped;
    assert.equal(states.get(editor.document.uri), undefined, 'what the server said is forgotten with it');
    await eventually('the server again', () => client.isRunning());
    await eventually('the file is judged again', () => states.get(editor.document.uri)?.checking === false);
    await eventually('hints again', async () => (await hints(editor.document.uri, editor.document)).length > 0);
    await photograph('after-a-crash');
  });
});

describe('trust', () => {
  it('is not needed', () => {
    assert.equal(vscode.workspace.isTrusted, isTrusted);
  });
});
