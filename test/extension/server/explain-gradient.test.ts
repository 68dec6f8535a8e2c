/** Which gradient is explained for a place, what is sent of it, what a teacher closes, and the page that is made of it. */
import assert from 'node:assert/strict';
import {createProject} from '../../../engine/project.ts';
import {explanationPage, formula} from '../../../extension/client/explanation-page.ts';
import {explainGradient} from '../../../extension/protocol.ts';
import type {ExplainGradientParams, ExplainedGradient} from '../../../extension/protocol.ts';
import {Editor} from './editor.ts';

const uri = 'file:///work/layers.py';
const source = `import numpy as np

def affine_forward(x, w, b):
    """ x: (N, D), w: (D, M), b: (M,) """
    z = x.dot(w)
    out = z + b
    return out, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    dx = dout.dot(w.T)
    dw = x.T.dot(dout)
    db = dout.sum(axis=0)
    return dx, dw, db
`;

describe('explaining a gradient', () => {
  let editor: Editor;
  afterEach(() => { editor.stop(); });

  async function open(text: string, settings: object = {}): Promise<void> {
    editor = await Editor.start({createProject, settings});
    await editor.idle();
    await editor.open(uri, text);
    await editor.settled(uri);
  }

  const ask = (params: ExplainGradientParams): Promise<ExplainedGradient | null> => editor.connection.sendRequest<ExplainedGradient | null>(explainGradient, params);
  const at = (on: string): Promise<ExplainedGradient | null> => ask({uri, position: editor.position(uri, on)});

  it('takes the gradient at the cursor, or the value of the forward', async () => {
    await open(source);
    assert.equal((await at('dw = '))?.of, 'w');
    assert.equal((await at('db = '))?.of, 'b');
    assert.equal((await at('z = '))?.of, 'z');
    assert.equal((await at('w, b):'))?.of, 'w');
  });

  it('takes the first wrong gradient elsewhere in a pair, else the first', async () => {
    await open(source);
    assert.equal((await at('def affine_backward'))?.of, 'x');
    await editor.replace(uri, 'axis=0)', 'axis=0) * 2');
    await editor.settled(uri);
    assert.equal((await at('def affine_backward'))?.of, 'b');
  });

  it('says where each step stands, also when lines were added', async () => {
    await open(source);
    await editor.edit(uri, 0, 0, '# my layers\n');
    await editor.settled(uri);
    const found = await at('dw = ');
    assert.deepEqual(found!.forward.map(({name, site}) => [name, site?.range.start.line]), [['w', undefined], ['z', 5], ['out', 6]]);
    assert.equal(found!.backward.at(-1)!.terms[0].code, 'x.T @ dz');
    assert.equal(found!.verdict, 'agrees');
  });

  it('is offered by the hover over a gradient', async () => {
    await open(source);
    const hover = JSON.stringify(await editor.hover(uri, 'dw = '));
    const link = /command:backpropTutor\.explainGradient\?([^)]+)\)/.exec(hover);
    assert.ok(link !== null, hover);
    const [params] = JSON.parse(decodeURIComponent(link[1])) as [ExplainGradientParams];
    assert.equal((await ask(params))?.of, 'w');
  });

  it('keeps the formulas back where a teacher forbids the fix, until everything is right', async () => {
    await open(source.replace('x.T.dot(dout)', 'x.T.dot(dout) * 2'), {hints: {last: 'why'}});
    const closed = await at('dw = ');
    assert.equal(closed!.isOpen, false);
    assert.deepEqual(closed!.backward, []);
    assert.doesNotMatch(explanationPage(closed!, 'n'), /x\.T @/);
    await editor.replace(uri, ' * 2', '');
    await editor.settled(uri);
    assert.equal((await at('dw = '))!.isOpen, true);
  });

  it('has nothing to say of what is no pair', async () => {
    await open('x = 1\n');
    assert.equal(await at('x = '), null);
    assert.equal(await ask({uri, pair: 'nobody', of: 'x'}), null);
  });

  it('makes a page of formulas that runs nothing and loads nothing', async () => {
    await open(source);
    const page = explanationPage((await at('dw = '))!, 'abc');
    assert.match(page, /default-src 'none'; style-src 'nonce-abc'/);
    assert.doesNotMatch(page, /<script|https?:\/\/(?!www\.w3\.org)| style="|src=/);
    assert.equal(page.match(/<math/g)!.length, 6);
    assert.match(page, /dw = x\.T @ dz/);
    assert.match(page, /command:backpropTutor\.showPlace\?[^"]*">line 5</);
    assert.match(page, /vector-Jacobian product/);
  });

  it('reads every kind of formula, and shows text as text', async () => {
    await open(source.replaceAll('z', 'a_b_1').replace('= x.dot(w)', '= np.where(x.dot(w) > 0, x.dot(w) ** 2, np.exp(-x.dot(w)) / (1 + np.sqrt(np.abs(x.dot(w)))))'));
    const page = explanationPage((await at('dw = '))!, 'n');
    assert.doesNotMatch(page, /temml-error|ParseError/);
    assert.doesNotMatch(formula('\\frac{\\partial L}{\\partial \\mathit{a\\_b}}'), /temml-error/);
    const evil = explanationPage({...(await at('dw = '))!, pair: '<img src=x>'}, 'n');
    assert.doesNotMatch(evil, /<img/);
  });
});
