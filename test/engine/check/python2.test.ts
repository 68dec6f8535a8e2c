/** Texts in which / of two integers was floored: read again as Python 2, and said so. */
import assert from 'node:assert/strict';
import {analyse, checkPair, emptyProject, told} from './checking.ts';

const halves = `import numpy as np

def halves_forward(x):
    N, D = x.shape
    H = (D + D) / 2
    out = np.zeros((N, H))
    for i in range(H / 1):
        out[:, i] = x[:, i] * x[:, 0]
    return out, x

def halves_backward(dout, cache):
    x = cache
    H = (x.shape[1] + x.shape[1]) / 2
    dx = np.zeros_like(x)
    for i in range(H):
        dx[:, i] += dout[:, i] * x[:, 0]
        dx[:, 0] += dout[:, i] * x[:, i]
    return dx
`;

const backwardOnly = `import numpy as np

def half_forward(x):
    return x * x, x

def half_backward(dout, cache):
    x = cache
    dx = np.zeros_like(x)
    half = x.shape[0] / 2
    for i in xrange(half, x.shape[0]):
        dx[i] = 2 * x[i] * dout[i]
    dx[:half] = 2 * x[:half] * dout[:half]
    return dx
`;

describe('a text of Python 2', () => {
  it('is run again with floored division where a size became a float, and the reason says so', () => {
    const pair = checkPair(halves);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.match(pair.reason, /Python 2/);
  });

  it('is wrong where it is wrong', () => {
    const pair = checkPair(halves.replace('dx[:, 0] += dout[:, i] * x[:, i]', 'dx[:, 0] += dout[:, i] * x[:, 0]'));
    assert.equal(pair.verdict, 'disagrees', told(pair));
    assert.match(pair.reason, /Python 2/);
  });

  it('is recognised by its words where only the backward divides', () => {
    const pair = checkPair(backwardOnly);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.match(pair.reason, /Python 2/);
    const three = checkPair(backwardOnly.replace('xrange', 'range'));
    assert.equal(three.verdict, 'disagrees', told(three));
    assert.match(three.reason, /float/);
  });

  it('divides whole arrays of integers the same way', () => {
    const pair = checkPair(`import numpy as np

def pick_forward(x):
    n = x.shape[0]
    out = x[np.arange(2 * n) / 2] * np.ones((2 * n / 1, 1))
    return out, x

def pick_backward(dout, cache):
    x = cache
    dx = np.zeros_like(x)
    for i in range(2 * x.shape[0] / 1):
        dx[i / 2] += dout[i]
    return dx
`);
    assert.equal(pair.verdict, 'agrees', told(pair));
  });

  it('is not one where the text asks for true division', () => {
    const pair = checkPair(`from __future__ import division\n${halves}`);
    assert.equal(pair.verdict, 'inconclusive', told(pair));
  });

  describe('and another file divides', () => {
    const sandwich = `from layers import halves_forward, halves_backward

def halves_twice_forward(x):
    out, first = halves_forward(x)
    out, second = halves_forward(out)
    return out, (first, second)

def halves_twice_backward(dout, cache):
    first, second = cache
    dx = halves_backward(dout, second)
    dx = halves_backward(dx, first)
    return dx
`;
    const checked = (own: string, layers: string): ReturnType<typeof checkPair> => {
      const project = emptyProject({'layers.py': layers});
      project.update('twice.py', own);
      return analyse(project, 'twice.py').analysis.report.pairs[0];
    };

    it('is read as Python 2 though it holds no division itself', () => {
      const pair = checked(sandwich, halves);
      assert.equal(pair.verdict, 'agrees', told(pair));
      assert.match(pair.reason, /Python 2/);
    });

    it('is not where that file asks for true division', () => {
      assert.equal(checked(sandwich, `from __future__ import division\n${halves}`).verdict, 'inconclusive');
    });

    it('floors in the files alone that do not ask for true division', () => {
      const scaled = sandwich.replace('import halves_forward, halves_backward', 'import halves_forward, halves_backward\nfrom ratio import half')
        .replace('return out, (first, second)', 'return out * half(1), (first, second)').replace('dx = halves_backward(dout, second)', 'dx = halves_backward(dout * half(1), second)');
      const project = emptyProject({'layers.py': halves, 'ratio.py': 'from __future__ import division\n\ndef half(n):\n    return n / 2\n'});
      project.update('twice.py', scaled);
      const [pair] = analyse(project, 'twice.py').analysis.report.pairs;
      assert.equal(pair.verdict, 'agrees', told(pair));
      assert.ok(pair.gradients.every(({maxRelativeError}) => maxRelativeError !== null), told(pair));
      project.update('twice.py', scaled.replace('dout * half(1)', 'dout * (1 / 2)'));
      assert.equal(analyse(project, 'twice.py').analysis.report.pairs[0].verdict, 'disagrees');
    });
  });
});
