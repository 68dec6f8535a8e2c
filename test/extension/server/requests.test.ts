/** What the client asks for beside the protocol's own requests, and lenses and hovers. */
import assert from 'node:assert/strict';
import {check, explainCode, proof, shapesPragma, whatWasChecked} from '../../../extension/protocol.ts';
import type {CheckResult, PragmaResult, ProofResult} from '../../../extension/protocol.ts';
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

describe('requests', () => {
  let editor: Editor;
  let control: FakeControl;
  beforeEach(async () => {
    control = {begun: 0};
    editor = await Editor.start({createProject: fakeProject(control)});
    await editor.open(uri, source);
  });
  afterEach(() => { editor.stop(); });

  it('check answers with every pair and gradient', async () => {
    const state = await editor.connection.sendRequest<CheckResult>(check, {uri});
    assert.deepEqual(state!.pairs.map(({id, verdict}) => [id, verdict]), [['affine', 'disagrees']]);
    const [dx, dwx] = state!.pairs[0].gradients;
    assert.equal(dx.verdict, 'agrees');
    assert.equal(dwx.code, 'wrong-scale');
    assert.equal(dwx.expected, '1.5');
    assert.equal(dwx.actual, 'dwx[0, 1]: 3');
    assert.equal(dwx.site.range.start.line, 6);
    assert.equal(state!.errors, 1);
    assert.deepEqual(state!.pairs[0].spans.map(({range}) => [range.start.line, range.end.line]), [[0, 2], [4, 7]]);
  });

  it('check answers for a file that is not open when its text is given', async () => {
    const state = await editor.connection.sendRequest<CheckResult>(check, {uri: 'file:///work/other.py', text: source.replaceAll('affine', 'linear')});
    assert.deepEqual(state!.pairs.map(({name}) => name), ['linear']);
    assert.equal(editor.diagnostics.has('file:///work/other.py'), false);
  });

  it('check of an unknown document answers null', async () => {
    assert.equal(await editor.connection.sendRequest<CheckResult>(check, {uri: 'file:///nowhere.py'}), null);
  });

  it('the state is sent whenever it changes, marked while it is of an older text', async () => {
    assert.equal(editor.states.get(uri)!.checking, false);
    let seen: boolean | undefined;
    control.beforePair = () => { seen ??= true; };
    await editor.replace(uri, 'dout.T  # WRONG', 'dout.T');
    assert.equal(seen, true);
    await editor.advance(150);
    assert.equal(editor.states.get(uri)!.errors, 0);
    assert.equal(editor.states.get(uri)!.checking, false);
  });

  it('what was checked is readable', async () => {
    const account = await editor.connection.sendRequest<string | null>(whatWasChecked, {uri});
    assert.match(account!, /# What was checked in layers\.py/);
    assert.match(account!, /\| `x` \| \(N, D\) = \(3, 5\) \| differentiable \| docstring \|/);
    assert.match(account!, /✗ disagrees \| dwx is not ∂L\/∂wx: look at this line/);
    assert.match(account!, /`seed 0`/);
  });

  it('the pragma is made of what is known, and the one that is there is replaced', async () => {
    const made = await editor.connection.sendRequest<PragmaResult | null>(shapesPragma, {uri, position: editor.position(uri, 'out = ')});
    assert.deepEqual(made, {
      text: 'x (N, D)', indentation: '', functionName: 'affine_forward', replaces: false,
      range: {start: {line: 0, character: 0}, end: {line: 0, character: 0}},
    });
    await editor.edit(uri, 0, 0, '# backprop: x (2, 3)\n');
    const there = await editor.connection.sendRequest<PragmaResult | null>(shapesPragma, {uri, position: editor.position(uri, 'dwx = ')});
    assert.equal(there!.text, 'x (2, 3)');
    assert.equal(there!.replaces, true);
    assert.deepEqual(there!.range, {start: {line: 0, character: 0}, end: {line: 0, character: 20}});
  });

  it('a pair is proved by a script, and a place without one says so', async () => {
    assert.deepEqual(await editor.connection.sendRequest<ProofResult>(proof, {uri, position: editor.position(uri, 'out = ')}), {name: 'affine', script: '# proof of affine', problem: ''});
    const none = await editor.connection.sendRequest<ProofResult>(proof, {uri: 'file:///nowhere.py', position: {line: 0, character: 0}});
    assert.equal(none.script, null);
    assert.match(none.problem, /Put the cursor in/);
  });

  it('a code is explained', async () => {
    assert.equal(await editor.connection.sendRequest<string>(explainCode, {code: 'wrong-scale'}), '# wrong-scale');
  });

  it('lenses stand over forward and backward, and stay while a line cannot be read', async () => {
    const lenses = await editor.lenses(uri);
    assert.deepEqual(lenses.map(({range, command}) => [range.start.line, command!.title]), [
      [0, '✗ 1 of 2 gradients agrees'], [0, 'Check'], [0, 'Graph'], [4, '✗ 1 of 2 gradients agrees'], [4, 'Check'], [4, 'Next Hint'], [4, 'Graph'],
    ]);
    await editor.replace(uri, 'dout.T  # WRONG', 'dout.T(  # WRONG');
    assert.equal((await editor.lenses(uri)).length, 6);
  });

  it('hover tells value, gradient and numbers of a name, also where it is used', async () => {
    const target = await editor.hover(uri, 'dwx = ');
    assert.match(JSON.stringify(target), /dwx.*\(N, 3\) = \(3, 3\).*float64.*✗ ∂L\/∂wx: Half of it is missing \(largest relative error 0\.5\)/);
    assert.match(JSON.stringify(target), /\| 1, 2, 3, … \| 1 \| 3 \| 2 \|/);
    const use = await editor.hover(uri, 'return dx', 8);
    assert.match(JSON.stringify(use), /✓ Equal to it, exactly/);
    assert.deepEqual(use!.range, {start: {line: 7, character: 11}, end: {line: 7, character: 13}});
    assert.match(JSON.stringify(await editor.hover(uri, 'x.dot')), /x.*\(N, D\) = \(3, 5\).*said by the docstring/);
    assert.equal(await editor.hover(uri, 'return out\n\ndef', 1), null);
  });
});

describe('a script with the engine itself', () => {
  const text = `x = -2
y = 5
z = -4

# forward
q = x + y

f = q * z

# backward
df = 1.0
dq = z * df
# through z
dz = q * df
dx = dq
dy = dq
print(dx)
`;

  it('is one pair from the first to the last of its statements, also after lines were added between them', async () => {
    const editor = await Editor.start({createProject});
    await editor.open(uri, text);
    const lines = async (): Promise<readonly (readonly [number, number])[]> => {
      const state = await editor.connection.sendRequest<CheckResult>(check, {uri});
      return state!.pairs[0].spans.map(({range}) => [range.start.line, range.end.line]);
    };
    assert.deepEqual(await lines(), [[0, 15]]);
    await editor.replace(uri, '# through z', '# through z\n# and f');
    assert.deepEqual(await lines(), [[0, 16]]);
    const {name} = await editor.connection.sendRequest<ProofResult>(proof, {uri, position: editor.position(uri, 'dz = q')});
    assert.equal(name, 'script');
    editor.stop();
  });
});

describe('a signature of several lines', () => {
  it('belongs to its function, with everything below it', async () => {
    const editor = await Editor.start({createProject});
    await editor.open(uri, `def affine_forward(
    x,
    w,
):
    out = x @ w
    return out, (x, w)

def affine_backward(
    dout,
    cache,
):
    x, w = cache
    return dout @ w.T, x.T @ dout
`);
    const state = await editor.connection.sendRequest<CheckResult>(check, {uri});
    assert.deepEqual(state!.pairs[0].spans.map(({range}) => [range.start.line, range.end.line]), [[0, 5], [7, 12]]);
    const pragma = await editor.connection.sendRequest<PragmaResult | null>(shapesPragma, {uri, position: editor.position(uri, 'out = x')});
    assert.equal(pragma?.functionName, 'affine_forward');
    assert.doesNotMatch(JSON.stringify(await editor.hover(uri, 'cache,\n):')), /\*\*cache\*\*/);
    assert.match(JSON.stringify(await editor.hover(uri, 'x @ w\n')), /where|seen|guess/);
    editor.stop();
  });
});

describe('hover with the engine itself', () => {
  it('tells shapes in the letters of the docstring', async () => {
    const editor = await Editor.start({createProject});
    await editor.open(uri, `import numpy as np

def affine_forward(x, w, b):
    """
    - x: of shape (N, D)
    - w: of shape (D, M)
    - b: of shape (M,)
    """
    out = x.dot(w) + b
    return out, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    dx = dout.dot(w.T)
    dw = x.T.dot(dout)
    db = 2 * dout.sum(axis=0)
    return dx, dw, db
`);
    await editor.connection.sendRequest(check, {uri});
    const shown = await editor.shown(uri);
    assert.match(shown, /out«: \(N, M\)» = x/);
    assert.match(shown, /dw«: \(D, M\)» = x\.T\.dot\(dout\)«✓ ∂L\/∂w»/);
    assert.match(JSON.stringify(await editor.hover(uri, 'db = 2')), /\(M,\)/);
    const problems = editor.diagnostics.get(uri)!;
    assert.equal(problems.length, 1);
    assert.equal(problems[0].range.start.line, 15);
    editor.stop();
  });
});
