/** When diagnostics come and go, and what they say. */
import assert from 'node:assert/strict';
import {Editor} from './editor.ts';
import {fakeProject} from './fake-project.ts';

const uri = 'file:///work/layers.py';
const right = `def affine_forward(x, w):
    out = x.dot(w)
    return out

def affine_backward(dout, w):
    dx = dout.dot(w.T)
    return dx
`;
const wrong = right.replace('dout.dot(w.T)', 'dout.dot(w.T)  # WRONG');

describe('diagnostics', () => {
  let editor: Editor;
  beforeEach(async () => { editor = await Editor.start({createProject: fakeProject({begun: 0})}); });
  afterEach(() => { editor.stop(); });

  it('are there as soon as a wrong file is opened', async () => {
    await editor.open(uri, wrong);
    const [diagnostic, ...others] = editor.diagnostics.get(uri)!;
    assert.equal(others.length, 0);
    assert.equal(diagnostic.code, 'wrong-gradient');
    assert.equal(diagnostic.severity, 1);
    assert.deepEqual(diagnostic.range, {start: {line: 5, character: 4}, end: {line: 5, character: 22}});
    assert.match(JSON.stringify(diagnostic.message), /dx is not ∂L\/∂x: look at this line\./);
    assert.match(JSON.stringify(diagnostic.message), /At \[0, 1\] it is 3, and should be 1\.5/);
    assert.match(diagnostic.codeDescription!.href, /wrong-gradient/);
  });

  it('wait until the user has been quiet for half a second', async () => {
    await editor.open(uri, right);
    await editor.replace(uri, 'w.T)', 'w.T)  # WRONG');
    await editor.advance(400);
    assert.deepEqual(editor.diagnostics.get(uri) ?? [], []);
    await editor.replace(uri, 'WRONG', 'WRONG!');
    await editor.advance(400);
    assert.deepEqual(editor.diagnostics.get(uri) ?? [], []);
    await editor.advance(100);
    assert.equal(editor.diagnostics.get(uri)!.length, 1);
  });

  it('go at once when the mistake is mended', async () => {
    await editor.open(uri, wrong);
    assert.equal(editor.diagnostics.get(uri)!.length, 1);
    await editor.replace(uri, '  # WRONG', '');
    assert.deepEqual(editor.diagnostics.get(uri), []);
  });

  it('move with their line while the user types above it', async () => {
    await editor.open(uri, wrong);
    await editor.edit(uri, 0, 0, 'import numpy as np\n');
    await editor.idle();
    assert.equal(editor.diagnostics.get(uri)![0].range.start.line, 6);
  });

  it('leave with the document', async () => {
    await editor.open(uri, wrong);
    await editor.connection.sendNotification('textDocument/didClose', {textDocument: {uri}});
    await editor.idle();
    assert.deepEqual(editor.diagnostics.get(uri), []);
    assert.equal(editor.states.get(uri), null);
  });

  it('can be switched off and on', async () => {
    editor.settings = {diagnostics: {enabled: false}};
    await editor.open(uri, wrong);
    await editor.connection.sendNotification('workspace/didChangeConfiguration', {settings: null});
    await editor.idle();
    assert.deepEqual(editor.diagnostics.get(uri) ?? [], []);
    editor.settings = {diagnostics: {enabled: true}};
    await editor.connection.sendNotification('workspace/didChangeConfiguration', {settings: null});
    await editor.idle();
    assert.equal(editor.diagnostics.get(uri)!.length, 1);
  });

  it('say where a line cannot be read', async () => {
    await editor.open(uri, right.replace('x.dot(w)', 'x.dot('));
    const [diagnostic] = editor.diagnostics.get(uri)!;
    assert.equal(diagnostic.code, 'syntax');
    assert.equal(diagnostic.range.start.line, 1);
  });
});
