/** Hints as an editor shows them while the user types. */
import assert from 'node:assert/strict';
import type {InlayHint} from 'vscode-languageserver-protocol';
import {createProject} from '../../../engine/project.ts';
import {Editor} from './editor.ts';
import {fakeProject} from './fake-project.ts';
import type {FakeControl} from './fake-project.ts';

const uri = 'file:///work/layers.py';
const source = `def affine_forward(x, w):
    out = x.dot(w)
    return out

def affine_backward(dout, w):
    dx = dout.dot(w.T)
    dwx = dout.T  # WRONG
    return dx, dwx
`;

describe('inlay hints', () => {
  let editor: Editor;
  let control: FakeControl;
  beforeEach(async () => {
    control = {begun: 0};
    editor = await Editor.start({createProject: fakeProject(control)});
    await editor.open(uri, source);
  });
  afterEach(() => { editor.stop(); });

  it('show shapes after names and verdicts at the end of backward lines', async () => {
    assert.equal(await editor.shown(uri), `def affine_forward(x, w):
    out«: (N, 3)» = x.dot(w)
    return out

def affine_backward(dout, w):
    dx«: (N, 2)» = dout.dot(w.T)«✓ ∂L/∂x»
    dwx«: (N, 3)» = dout.T  # WRONG«✗ ∂L/∂wx»
    return dx, dwx
`);
  });

  it('stay on their lines while the engine is still busy with something else', async () => {
    editor.holdEngine();
    await editor.edit(uri, source.indexOf('    return out'), 0, '    aux = w\n');
    assert.equal(await editor.shown(uri), `def affine_forward(x, w):
    out«: (N, 3)» = x.dot(w)
    aux = w
    return out

def affine_backward(dout, w):
    dx«: (N, 2)» = dout.dot(w.T)«✓ ∂L/∂x»
    dwx«: (N, 3)» = dout.T  # WRONG«✗ ∂L/∂wx»
    return dx, dwx
`);
    editor.releaseEngine();
    assert.match(await editor.shown(uri), /aux«: \(N, 3\)» = w/);
  });

  it('keep the last good hint of a line that cannot be read in the middle of an edit', async () => {
    await editor.replace(uri, 'x.dot(w)', 'x.dot(');
    assert.match(await editor.shown(uri), /out«: \(N, 3\)» = x\.dot\(\n/);
    await editor.advance(600);
    assert.match(await editor.shown(uri), /out«: \(N, 3\)» = x\.dot\(\n/);
  });

  it('move with lines that are inserted above', async () => {
    await editor.edit(uri, 0, 0, '# a\n# b\n');
    assert.match(await editor.shown(uri), /dx«: \(N, 2\)» = dout\.dot\(w\.T\)«✓ ∂L\/∂x»\n/);
  });

  it('are asked for again when a line that they speak of has moved while the engine was busy', async () => {
    await editor.replace(uri, 'dout.dot(w.T)', 'dout.dot(w.T)  # SPOILED');
    assert.match(await editor.shown(uri), /because of line 7/);
    editor.holdEngine();
    await editor.edit(uri, 0, 0, '\n');
    assert.match(await editor.shown(uri), /because of line 7/);
    const asked = editor.refreshes.hints;
    editor.releaseEngine();
    await editor.settled(uri);
    assert.ok(editor.refreshes.hints > asked);
    assert.match(await editor.shown(uri), /because of line 8/);
  });

  it('disappear with their line, and with their name', async () => {
    await editor.replace(uri, '    dx = dout.dot(w.T)\n', '');
    assert.doesNotMatch(await editor.shown(uri), /∂x/);
    await editor.replace(uri, 'out = x', 'scores = x');
    assert.match(await editor.shown(uri), / {4}scores«: \(N, 6\)» = x/);
  });

  it('below a string that is being typed stay where they are', async () => {
    const real = await Editor.start({createProject});
    const pairs = ['first', 'second'].map((name) => source.replaceAll('affine', name).replace('  # WRONG', '').replace('dout.T', 'w + w')).join('\n');
    await real.open(uri, pairs);
    await real.settled(uri);
    const last = (await real.shown(uri)).split('\n').slice(-8);
    assert.match(last.join('\n'), /dx«[^»]+» = dout\.dot\(w\.T\)«✓ ∂L\/∂x»/);
    await real.replace(uri, '    return out', '    """\n    return out');
    assert.deepEqual((await real.shown(uri)).split('\n').slice(-8), last);
    real.stop();
  });

  it('show what the text says where nothing was run, and say that they are inferred', async () => {
    const real = await Editor.start({createProject});
    const text = 'import numpy as np\nimport warehouse\n\ndef features(images):\n    N, H, W = images.shape\n    table = warehouse.open()\n    flat = images.reshape(N, -1)\n    return table(flat)\n';
    await real.open(uri, text);
    await real.settled(uri);
    assert.match(await real.shown(uri), /flat«: \(N, H\*W\) \(inferred\)» = /);
    const [hint] = await real.hints(uri);
    assert.match(JSON.stringify(hint.tooltip), /flat.*\(N, H\*W\).*\(inferred\).*was not run/);
    assert.match(JSON.stringify(await real.hover(uri, 'table(flat)', 6)), /flat.*\(N, H\*W\).*\(inferred\)/);
    await real.edit(uri, text.indexOf('    return'), 0, '    more = flat * 2\n');
    assert.match(await real.shown(uri), /flat«: \(N, H\*W\) \(inferred\)» = /);
    real.stop();
  });

  it('keep the shapes of the last run while a function cannot be run', async () => {
    const real = await Editor.start({createProject});
    const pair = 'def twice_forward(x):\n    """x: of shape (N, D)"""\n    out = 2 * x\n    return out, x\n\ndef twice_backward(dout, cache):\n    dx = 2 * dout\n    return dx\n';
    await real.open(uri, pair);
    await real.settled(uri);
    await real.replace(uri, '    return out, x', '    nothing()\n    return out, x');
    assert.match(await real.shown(uri), /out«: \(N, D\)» = /);
    real.stop();
  });

  it('say more when they are pointed at', async () => {
    const [shape] = await editor.hints(uri);
    const resolved = await editor.connection.sendRequest<InlayHint>('inlayHint/resolve', {...shape, tooltip: undefined});
    assert.match(JSON.stringify(resolved.tooltip), /out.*\(N, 3\) = \(3, 3\), float64.*1, 2, 3/);
    assert.match(JSON.stringify((await editor.hints(uri)).at(-1)!.tooltip), /dwx.*should be ∂L\/∂wx\. Half of it is missing/);
  });

  it('are what the settings say', async () => {
    editor.settings = {hints: {show: 'verdicts'}};
    await editor.connection.sendNotification('workspace/didChangeConfiguration', {settings: null});
    await editor.idle();
    assert.equal((await editor.hints(uri)).length, 2);
    editor.settings = {hints: {show: 'none'}};
    await editor.connection.sendNotification('workspace/didChangeConfiguration', {settings: null});
    await editor.idle();
    assert.equal((await editor.hints(uri)).length, 0);
  });

  it('are cut when they are long', async () => {
    editor.settings = {hints: {maximumLength: 5}};
    await editor.connection.sendNotification('workspace/didChangeConfiguration', {settings: null});
    await editor.idle();
    assert.match(await editor.shown(uri), /out«: \(N…» = x/);
  });
});
