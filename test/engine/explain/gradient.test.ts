/**
 * What an explanation says is run: its lines, put behind the forward as a backward, have to agree with the exact gradient.
 * Loops are not written out as lines; there the terms are read.
 */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import type {BackwardStep, GradientExplanation} from '../../../engine/explain/gradient.ts';
import {createProject} from '../../../engine/project.ts';
import type {PairReport} from '../../../engine/check/report.ts';
import type {Project} from '../../../engine/project.ts';

function projectOf(text: string): {readonly project: Project; readonly pairs: readonly PairReport[]} {
  const project = createProject({readFile: () => null, now: () => 0});
  project.update('a.py', text);
  const units = project.analyze('a.py');
  let step = units.next();
  while (step.done !== true) step = units.next();
  return {project, pairs: step.value.pairs.map(({report}) => report)};
}

/** A forward with its inputs, and a backward that is still zero. */
function layer(inputs: string, args: string, body: string): string {
  const lines = body.trim().split('\n').map((line) => `    ${line}`).join('\n');
  return `import numpy as np\n\n# backprop: ${inputs}\ndef layer_forward(${args}):\n${lines}\n    return out, (${args},)\n\n`
    + `def layer_backward(dout, cache):\n    ${args}, = cache\n    return ${args.split(', ').map((arg) => `np.zeros_like(${arg})`).join(', ')}\n`;
}

function explained(text: string, of: string): GradientExplanation {
  const {project, pairs} = projectOf(text);
  const found = project.explainGradientOf('a.py', pairs[0].name, of);
  assert.ok(found !== null, `nothing is said of ${of}`);
  return found;
}

/** The explanation's own lines as the backward of the same forward. */
function asBackward(text: string, args: string, {of, code, gradient, upstream}: GradientExplanation): string {
  assert.ok(code !== null, 'something is not written out');
  const forward = text.slice(0, text.indexOf('def layer_backward'));
  const body = forward.slice(forward.indexOf('):\n') + 3, forward.indexOf('    return'));
  return `${forward}def layer_backward(${upstream ?? 'dout'}, cache):\n    ${args}, = cache\n${body}${[...code.forward, ...code.backward].map((line) => `    ${line}\n`).join('')}    return ${args.split(', ').map((arg) => (arg === of ? gradient : `np.zeros_like(${arg})`)).join(', ')}\n`;
}

const layers: readonly (readonly [title: string, inputs: string, args: string, body: string])[] = [
  ['a product with a bias', 'x (N, D), w (D, M), b (M,)', 'x, w, b', 'out = x.dot(w) + b'],
  ['a transposed factor on the right', 'x (N, D), w (M, D)', 'x, w', 'out = x @ w.T'],
  ['a transposed factor on the left', 'x (D, N), w (D, M)', 'x, w', 'out = np.dot(x.T, w)'],
  ['a matrix and a vector', 'x (N, D), w (D,)', 'x, w', 'out = np.tanh(x @ w)'],
  ['a vector and a matrix', 'x (D,), w (D, M)', 'x, w', 'out = x.dot(w) ** 2'],
  ['an inner product', 'x (D,), w (D,)', 'x, w', 'out = np.dot(x, w)'],
  ['columns of bias', 'W (n, k), A (k, m), b (n, 1)', 'W, A, b', 'Z = np.dot(W, A) + b\nout = 1 / (1 + np.exp(-Z))'],
  ['a batch of sequences times a matrix', 'x (N, T, D), w (D, M)', 'x, w', 'out = x.dot(w)'],
  ['flattening', 'x (N, C, H), w (K, M)', 'x, w', 'rows = x.reshape(x.shape[0], -1)\nout = rows[:, :w.shape[0]] @ w if w.shape[0] <= rows.shape[1] else rows @ w[:rows.shape[1]]'],
  ['sums over axes', 'x (N, D)', 'x', 's = np.sum(x, axis=1)\nr = x.sum(axis=0)\nq = np.sum(x ** 2, axis=1, keepdims=True)\nout = s[:, None] * r * q + np.sum(x)'],
  ['means', 'x (N, C, H, W)', 'x', 'm = x.mean(axis=(0, 2, 3), keepdims=True)\nout = (x - m) * np.mean(x) + np.mean(x, axis=1, keepdims=True)'],
  ['batch normalisation', 'x (N, D), gamma (D,), beta (D,)', 'x, gamma, beta', 'mu = np.mean(x, axis=0)\nvar = np.var(x, axis=0)\nxhat = (x - mu) / np.sqrt(var + 1e-5)\nout = gamma * xhat + beta'],
  ['layer normalisation with std', 'x (N, D)', 'x', 'out = (x - x.mean(axis=1, keepdims=True)) / (x.std(axis=1, keepdims=True) + 1e-5)'],
  ['softmax', 'x (N, C)', 'x', 'e = np.exp(x - np.max(x, axis=1, keepdims=True))\nout = e / e.sum(axis=1, keepdims=True)'],
  ['exp, log and powers', 'x (N, D) positive', 'x', 'out = np.log(x) * np.exp(-x) + x ** 3 - np.sqrt(x) / 2 + 2.0 ** x'],
  ['max, where and abs', 'x (N, D), y (N, D)', 'x, y', 'out = np.maximum(x, 0.1) + np.where(x > y, x * y, y ** 2) + np.abs(x) + np.minimum(x, y)'],
  ['a leaky unit by mask', 'x (N, D)', 'x', 'mask = x > 0\nout = x * mask + 0.01 * x * ~mask'],
  ['clipping', 'x (N, D)', 'x', 'out = np.clip(x, -0.5, 0.5) * 2'],
  ['picked rows, some of them twice', 'x (V, D)', 'x', 'out = x[np.array([0, 1, 0])] * 2'],
  ['one number of each row', 'x (N, C)', 'x', 'N, C = x.shape\nout = np.sum(-np.log(np.exp(x[np.arange(N), np.arange(N) % C]))) / N'],
  ['slices', 'x (N, D)', 'x', 'out = x[:, 1:] * x[:, :-1] + x[0, 1:]'],
  ['axes exchanged', 'x (N, C, H)', 'x', 'out = np.transpose(x, (1, 0, 2)) * 2 + x.swapaxes(0, 1)'],
  ['axes in another order', 'x (N, C, H, W)', 'x', 'out = x.transpose(2, 0, 3, 1) ** 2'],
  ['rows put together', 'a (N, D), b (N, D)', 'a, b', 'out = np.stack([a, b, a * b])'],
  ['a value written over', 'x (N, D)', 'x', 'out = x * 2\nout[0] = x[1]'],
  ['a unit cut by a mask', 'x (N, D)', 'x', 'out = x.copy()\nout[x < 0] = 0'],
  ['a value added into a part', 'x (N, D)', 'x', 'out = x * 2\nout[0] += x[1]\nout[:, 0] -= x[:, 1]'],
  ['a name that is used again', 'x (N, D)', 'x', 'h = x * 2\nh = h * x\nh += x\nout = np.tanh(h)'],
  ['a number that scales', 'x (N, D), s scalar', 'x, s', 'out = s * x + s ** 2'],
  ['division both ways', 'x (N, D), y (D,) positive', 'x, y', 'out = x / y + y / (2 + x ** 2)'],
  ['an outer product', 'a (N,), b (M,)', 'a, b', 'out = np.outer(a, b) + a[:, None] * b[None, :]'],
];

describe('an explained gradient', () => {
  for (const [title, inputs, args, body] of layers) {
    for (const of of args.split(', ')) {
      it(`agrees when its lines are run: ${title}, ${of}`, () => {
        const text = layer(inputs, args, body);
        const explanation = explained(text, of);
        const backward = asBackward(text, args, explanation);
        const [pair] = projectOf(backward).pairs;
        const gradient = pair.gradients.find((each) => each.of === of);
        assert.equal(gradient?.verdict, 'agrees', `${pair.verdict} ${pair.reason} ${gradient?.reason ?? ''}\n${backward}`);
      });
    }
  }

  it('writes the gradient of a weight as a product, and says why the transpose stands where it stands', () => {
    const found = explained(layer('x (N, D), w (D, M), b (M,)', 'x, w, b', 'out = x.dot(w) + b'), 'w');
    const last = found.backward.at(-1)!;
    assert.deepEqual([last.of, last.gradient, last.shape], ['w', 'dw', ['D', 'M']]);
    assert.equal(last.terms[0].code, 'x.T @ dout');
    assert.equal(last.tex, '\\frac{\\partial L}{\\partial w} = x^{\\top}\\, \\frac{\\partial L}{\\partial \\mathit{out}}');
    const [why] = last.terms[0].remarks;
    assert.match(why, /w is \(D, M\).*dout \(N, M\) and x \(N, D\), so that N, which w does not have, meets in the middle/);
    assert.match(why, /a table of \(N·M\) × \(D·M\) numbers.*vector-Jacobian product.*never formed/);
  });

  it('says which axis is summed where something was broadcast', () => {
    const found = explained(layer('x (N, D), w (D, M), b (M,)', 'x, w, b', 'out = x.dot(w) + b'), 'b');
    const [term] = found.backward.at(-1)!.terms;
    assert.equal(term.code, 'np.sum(dout, axis=0)');
    assert.match(term.remarks[0], /b is \(M,\) and was used for every one of the N/);
  });

  it('says that what comes back from several places is added up', () => {
    const found = explained(layer('x (N, D)', 'x', 'mu = x.mean(axis=0)\nout = x - mu'), 'x');
    const last = found.backward.at(-1)!;
    assert.equal(last.terms.length, 2);
    assert.match(last.remarks[0], /x is used in 2 places/);
  });

  it('uses the names of the user for values and gradients', () => {
    const text = readFileSync(new URL('../../../examples/batchnorm.py', import.meta.url), 'utf8');
    const found = explained(text, 'x');
    assert.equal(found.upstream, 'dout');
    assert.ok(found.forward.some(({name, code}) => name === 'xhat' && code === 'xhat = xc / std'));
    const dxhat = found.backward.find(({of}) => of === 'xhat')!;
    assert.equal(dxhat.gradient, 'dxhat');
    assert.equal(dxhat.terms[0].code, 'dout * gamma');
  });

  it('of a value between, as well', () => {
    const text = readFileSync(new URL('../../../examples/batchnorm.py', import.meta.url), 'utf8');
    assert.deepEqual(explained(text, 'xhat').backward.map(({of}) => of).slice(-1), ['xhat']);
  });

  it('begins a loss with one', () => {
    const text = readFileSync(new URL('../../../examples/losses.py', import.meta.url), 'utf8');
    const {project} = projectOf(text);
    const found = project.explainGradientOf('a.py', 'softmax_loss', 'x')!;
    assert.equal(found.upstream, null);
    assert.equal(found.backward[0].terms[0].code, '1.0 / N');
    assert.ok(found.code !== null);
  });

  describe('of a loop', () => {
    const scan = `import numpy as np

# backprop: x (N, T, D), Wx (D, H), Wh (H, H), b (H,)
def rnn_forward(x, Wx, Wh, b):
    N, T, D = x.shape
    h = np.zeros((N, Wh.shape[0]))
    hs = np.zeros((N, T, Wh.shape[0]))
    for t in range(T):
        h = np.tanh(x[:, t] @ Wx + h @ Wh + b)
        hs[:, t] = h
    return hs, (x, Wx, Wh, b)

def rnn_backward(dhs, cache):
    x, Wx, Wh, b = cache
    return np.zeros_like(x), np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)
`;
    const stepOf = (found: GradientExplanation, of: string): BackwardStep => {
      const step = found.backward.find((each) => each.of === of);
      assert.ok(step !== undefined, `no ${of} among ${found.backward.map((each) => each.of).join()}`);
      return step;
    };

    it('tells one round of it in the names of the user', () => {
      const found = explained(scan, 'Wh');
      assert.equal(found.code, null);
      assert.ok(found.forward.some(({code, count}) => code.includes('h_prev @ Wh') && count > 1));
      const [term] = stepOf(found, 'Wh').terms;
      assert.match(term.code!, /^h_prev\.T @ d\w+$/);
      assert.match(stepOf(found, 'Wh').remarks.join(' '), /one round of the loop.*dWh is the sum over them/);
    });

    it('tells what comes back from the next round', () => {
      const {terms} = stepOf(explained(scan, 'Wh'), 'h');
      assert.deepEqual(terms.map(({carried}) => carried).sort(), [false, true]);
      assert.ok(terms.some(({carried, code}) => carried && /@ Wh\.T$/.test(code!)));
      assert.ok(terms.some(({carried, code}) => !carried && /^dh\w*\[:, t\]$/.test(code!)));
    });
  });

  it('is not given for what the output does not depend on', () => {
    const {project, pairs} = projectOf(layer('x (N, D), y (N, D)', 'x, y', 'z = y * 2\nout = x * 2'));
    assert.equal(project.explainGradientOf('a.py', pairs[0].name, 'nothing'), null);
    assert.equal(project.explainGradientOf('a.py', 'nobody', 'x'), null);
  });
});
