/** What a value of the backward is recognised as: by whatever name, whole or through one operation, and never by chance. */
import assert from 'node:assert/strict';
import {matchBackward, speaksOf} from '../../../engine/check/matching.ts';
import {analyse, emptyProject} from './checking.ts';
import {tried} from './outcome.ts';

const layer = (backward: string): string => `import numpy as np


# backprop: x (N, D), w (D, M)
def layer_forward(x, w):
    mu = x.mean(axis=0)
    a = np.tanh((x - mu) @ w)
    return a, (x, mu, w, a)


def layer_backward(dout, cache):
    x, mu, w, a = cache
${backward}    return dx, dw
`;

/** What each target of the backward is recognised as; `?` for what is not. */
function recognised(text: string): Record<string, string> {
  const {outcome, file} = tried(text);
  const matches = matchBackward([outcome.trial]);
  const written = (span: {start: number; end: number}): string => file.text.slice(span.start, span.end);
  return Object.fromEntries([...matches].map(([event, {of, through, computedBy}]) => [event.target, `${of !== '' ? of : computedBy === null ? '?' : written(computedBy.span)}${through === null ? '' : ` through ${written(through.span)}`}`]));
}

const right = layer(`    tmp1 = dout * (1 - a ** 2)
    dw = (x - mu).T @ tmp1
    tmp2 = tmp1 @ w.T
    dx = tmp2 - tmp2.mean(axis=0)
`);

describe('matching', () => {
  it('names gradients whatever they are called, also of values without a name', () => {
    assert.deepEqual(recognised(right), {tmp1: '(x - mu) @ w', dw: 'w', tmp2: 'x - mu', dx: 'x'});
  });

  it('leaves wrong values and constants unmarked', () => {
    const found = recognised(right.replace('tmp1 @ w.T', '3 * tmp1 @ w.T').replace('    tmp1 =', '    one = np.ones_like(x)\n    tmp1 ='));
    assert.equal(found.tmp2, undefined);
    assert.equal(found.dx, undefined);
    assert.equal(found.one, undefined);
    assert.equal(found.dw, 'w');
  });

  it('tells the part of a gradient that comes through one operation', () => {
    const text = 'import numpy as np\n\n\n# backprop: x (N, D)\ndef gate_forward(x):\n    h = np.tanh(x)\n    out = h * x\n    return out, (x, h)\n\n\ndef gate_backward(dout, cache):\n    x, h = cache\n    direct = dout * h\n    dx = direct + dout * x * (1 - h ** 2)\n    return dx\n';
    assert.deepEqual(recognised(text), {direct: 'x through h * x', dx: 'x'});
  });

  it('needs a second draw to say the same', () => {
    const {outcome} = tried(right);
    const {outcome: other} = tried(right.replace('tmp2 = tmp1 @ w.T', 'tmp2 = 2 * tmp1 @ w.T'));
    const targets = [...matchBackward([outcome.trial, other.trial]).keys()].map(({target}) => target);
    assert.ok(targets.includes('dw'));
    assert.ok(!targets.includes('tmp2'));
  });

  it('knows how people call gradients', () => {
    for (const [gradient, of] of [['dscores', 'scores'], ['d_x', 'x'], ["grads['W1']", "params['W1']"], ['self.dW', 'self.W'], ['x_grad', 'x'], ['grad_b', 'b']]) assert.ok(speaksOf(gradient, of), gradient);
    for (const [gradient, of] of [['dx', 'y'], ['delta', 'x'], ['dot', 't']]) assert.ok(!speaksOf(gradient, of), gradient);
  });

  it('shows no text of this file for what stands in another', () => {
    const other = `import numpy as np

class Inner:
    def forward(self, x):
        self.x = x
        self.y = np.tanh(2 * x) + np.sin(x)
        return self.y
    def inside(self, d):
        return d * (1 - np.tanh(2 * self.x) ** 2)
    def part(self, d):
        return d * np.cos(self.x)
`;
    const text = `import numpy as np
from other import Inner

class Outer:
    def __init__(self):
        self.inner = Inner()
    def forward(self, x):
        return self.inner.forward(x)
    def backward(self, dout):
        inside = self.inner.inside(dout)
        part = self.inner.part(dout)
        dx = 2 * inside + part
        return dx
`;
    const project = emptyProject({'other.py': other, 'layers.py': text});
    const [{values}] = analyse(project, 'layers.py').analysis.pairs;
    const notes = new Map(values.map(({name, gradient}) => [name, gradient?.note]));
    assert.equal(notes.get('inside'), undefined);
    assert.match(notes.get('part') ?? '', /comes through np\.sin in other\.py$/);
    assert.equal(notes.get('dx'), 'this is ∂L/∂x, equal to the true gradient');
  });
});
