/** The ladder of hints: what is told before anybody asks, one step at a time, how long it is remembered, and what a teacher forbids. */
import assert from 'node:assert/strict';
import type {CodeAction, Diagnostic} from 'vscode-languageserver-protocol';
import {createProject} from '../../../engine/project.ts';
import {fix, nextHint, whatWasChecked} from '../../../extension/protocol.ts';
import type {FixResult, HintResult, MistakeParams} from '../../../extension/protocol.ts';
import {Editor} from './editor.ts';

const uri = 'file:///work/layers.py';
const source = `import numpy as np

def affine_forward(x, w, b):
    """ x: (N, D), w: (D, M), b: (M,) """
    out = x.dot(w) + b
    return out, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    dx = dout.dot(w.T)
    dw = dout.T.dot(x)
    db = dout.sum(axis=0)
    return dx, dw, db
`;
/** The line at fault is not the one where the gradient is given its value. */
const chained = `import numpy as np

def net_forward(x, w):
    """ x: (N, D), w: (D, M) """
    z = x.dot(w)
    out = np.tanh(z)
    return out, (x, w, out)

def net_backward(dout, cache):
    x, w, out = cache
    dz = dout * (1 - out)
    dw = x.T.dot(dz)
    return dw
`;

describe('the ladder of hints', () => {
  let editor: Editor;
  afterEach(() => { editor.stop(); });

  async function open(text: string, hints: object = {}): Promise<void> {
    editor = await Editor.start({createProject, settings: {hints}});
    await editor.idle();
    await editor.open(uri, text);
    await editor.settled(uri);
  }

  function only(): Diagnostic {
    const [diagnostic, ...others] = editor.diagnostics.get(uri) ?? [];
    assert.equal(others.length, 0, JSON.stringify(others));
    return diagnostic;
  }

  const message = (): string => JSON.stringify(only().message);

  /** Does what the editor does when the code action with this title is chosen. */
  async function choose(on: string, title: RegExp): Promise<HintResult> {
    const action = (await editor.actions(uri, on)).find((candidate) => title.test(candidate.title));
    assert.ok(action?.command !== undefined, `${String(title)} is not offered`);
    const [params] = action.command.arguments as [MistakeParams];
    const result = await editor.connection.sendRequest<HintResult>(nextHint, params);
    await editor.idle();
    return result;
  }

  const titles = (actions: readonly CodeAction[]): readonly string[] => actions.map(({title}) => title);

  it('names the line and the numbers before anybody asks, and nothing that gives the answer away', async () => {
    await open(source);
    assert.equal(only().code, 'wrong-gradient');
    assert.equal(only().range.start.line, 10);
    assert.match(message(), /dw becomes wrong here/);
    assert.match(message(), /dw has the shape \(M, D\), but w has \(D, M\)/);
    assert.doesNotMatch(message(), /transpose|x\.T/);
    const lenses = await editor.lenses(uri);
    assert.ok(lenses.some(({command}) => command?.title === 'Next Hint'));
  });

  it('tells one step at a time: the kind, why, and the fix', async () => {
    await open(source);
    assert.deepEqual(titles(await editor.actions(uri, 'dw = ')), ['Hint on dw: What kind of mistake is it?']);
    const kind = await choose('dw = ', /What kind/);
    assert.equal(kind.step, 'kind');
    assert.match(kind.text, /transpose/);
    assert.equal(only().code, 'missing-transpose');
    assert.deepEqual(titles(await editor.actions(uri, 'dw = ')), ['Hint on dw: Why is it wrong?']);
    const why = await choose('dw = ', /Why/);
    assert.match(why.text, /sums over the batch/);
    assert.match(message(), /transpose.*sums over the batch/);
    assert.doesNotMatch(message(), /x\.T/);
    assert.deepEqual(titles(await editor.actions(uri, 'dw = ')), ['Hint on dw: Show the fix']);
    const shown = await choose('dw = ', /Show the fix/);
    assert.equal(shown.next, null);
    assert.match(shown.text, /x\.T\.dot\(dout\)/);
    assert.match(message(), /x\.T\.dot\(dout\)/);
  });

  it('offers the fix as an ordinary edit once it has been shown, and forgets the mistake when it is mended', async () => {
    await open(source);
    for (const step of [/What kind/, /Why/, /Show the fix/]) await choose('dw = ', step);
    const [mend, ...others] = await editor.actions(uri, 'dw = ');
    assert.equal(others.length, 0);
    assert.equal(mend.isPreferred, true);
    const [edit] = mend.edit!.changes![uri];
    assert.deepEqual(edit.range, {start: {line: 10, character: 0}, end: {line: 10, character: 22}});
    assert.equal(edit.newText, '    dw = x.T.dot(dout)');
    await editor.replace(uri, '    dw = dout.T.dot(x)', edit.newText);
    await editor.settled(uri);
    await editor.advance(500);
    assert.deepEqual(editor.diagnostics.get(uri), []);
    assert.deepEqual(await editor.actions(uri, 'dw = '), []);
    await editor.replace(uri, 'x.T.dot(dout)', 'dout.T.dot(x)');
    await editor.settled(uri);
    await editor.advance(500);
    assert.deepEqual(titles(await editor.actions(uri, 'dw = ')), ['Hint on dw: What kind of mistake is it?']);
  });

  it('remembers how far it has told while lines are added above and the line is being edited', async () => {
    await open(source);
    await choose('dw = ', /What kind/);
    await editor.edit(uri, 0, 0, '# my layers\n\n');
    await editor.settled(uri);
    assert.deepEqual(titles(await editor.actions(uri, 'dw = ')), ['Hint on dw: Why is it wrong?']);
    assert.equal(only().range.start.line, 12);
    await editor.replace(uri, 'dout.T.dot(x)', 'dout.T.dot(');
    await editor.advance(500);
    await editor.replace(uri, 'dout.T.dot(', 'dout.T.dot(x)');
    await editor.advance(500);
    assert.deepEqual(titles(await editor.actions(uri, 'dw = ')), ['Hint on dw: Why is it wrong?']);
  });

  it('can start with no more than which gradient is wrong', async () => {
    await open(chained, {start: 'verdict'});
    assert.equal(only().range.start.line, 11);
    assert.match(message(), /^"dw is not ∂L\/∂w\./);
    const where = await choose('dw = ', /Where is it/);
    assert.equal(where.site.range.start.line, 10);
    assert.equal(only().range.start.line, 10);
    assert.match(where.text, /dz becomes wrong here, and dw with it/);
    assert.deepEqual(titles(await editor.actions(uri, 'dz = ')), ['Hint on dw: What kind of mistake is it?']);
  });

  it('can start higher', async () => {
    await open(source, {start: 'why'});
    assert.match(message(), /transpose.*sums over the batch/);
    assert.deepEqual(titles(await editor.actions(uri, 'dw = ')), ['Hint on dw: Show the fix']);
  });

  it('never shows or applies what a teacher forbids, whatever is asked for', async () => {
    await open(source, {start: 'fix', last: 'why'});
    assert.doesNotMatch(message(), /x\.T\.dot/);
    assert.deepEqual(await editor.actions(uri, 'dw = '), []);
    const asked = await editor.connection.sendRequest<HintResult>(nextHint, {uri, position: editor.position(uri, 'dw = ')});
    assert.equal(asked.step, null);
    assert.doesNotMatch(asked.text, /x\.T\.dot/);
    assert.equal(await editor.connection.sendRequest<FixResult | null>(fix, {uri, mistake: asked.mistake} satisfies MistakeParams), null);
    assert.doesNotMatch((await editor.connection.sendRequest<string>(whatWasChecked, {uri})), /x\.T\.dot/);
  });

  it('obeys a teacher who changes the settings later', async () => {
    await open(source, {start: 'fix'});
    assert.match(message(), /x\.T\.dot/);
    editor.settings = {hints: {start: 'fix', last: 'where'}};
    await editor.connection.sendNotification('workspace/didChangeConfiguration', {settings: null});
    await editor.idle();
    assert.doesNotMatch(message(), /x\.T\.dot|transpose/);
    assert.equal(editor.states.get(uri)!.pairs[0].gradients[1].message, 'dw becomes wrong here. dw has the shape (M, D), but w has (D, M).');
  });

  it('obeys a teacher from the first moment on, and takes no notice of settings that make no sense', async () => {
    editor = await Editor.start({createProject, initializationOptions: {hints: {start: 'fix', last: 'verdict', maximumLength: 'long'}, check: {seed: 'x'}}, capabilities: {}});
    await editor.open(uri, chained);
    await editor.settled(uri);
    assert.match(message(), /^"dw is not ∂L\/∂w\./);
    assert.ok((await editor.hints(uri)).some(({label}) => label === ': (N, M)'));
  });

  it('gives no edit before it has been asked for', async () => {
    await open(source);
    const kind = await choose('dw = ', /What kind/);
    assert.equal(await editor.connection.sendRequest<FixResult | null>(fix, {uri, mistake: kind.mistake}), null);
  });

  it('keeps the ladders of two mistakes apart', async () => {
    await open(source.replace('axis=0', 'axis=0) * 2').replace('* 2)', '* 2'));
    assert.equal(editor.diagnostics.get(uri)!.length, 2);
    await choose('dw = ', /What kind/);
    assert.deepEqual(editor.diagnostics.get(uri)!.map(({code}) => code).sort(), ['missing-transpose', 'wrong-gradient']);
  });

  it('says at once what Python would say', async () => {
    await open(source.replace('dout.T.dot(x)', 'dout.dot(x)'));
    assert.match(JSON.stringify(editor.diagnostics.get(uri)!.map(({message: text}) => text)), /dw is not computed: the backward raises ValueError: shapes/);
  });

  it('says so when nothing is wrong', async () => {
    await open(source.replace('dout.T.dot(x)', 'x.T.dot(dout)'));
    assert.equal(await editor.connection.sendRequest<HintResult | null>(nextHint, {uri, position: {line: 10, character: 5}}), null);
  });
});
