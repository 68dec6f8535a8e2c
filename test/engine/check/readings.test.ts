/** Right code that was blamed because of a reading of its inputs that no caller has. */
import assert from 'node:assert/strict';
import {analyse, checkPair, emptyProject, told} from './checking.ts';
import type {PairReport} from '../../../engine/check/report.ts';

describe('readings of inputs that nobody has', () => {
  it('a dropout is judged in training, though its flag says no when nothing is said, and what is wrong without it is told beside', () => {
    const text = `import numpy as np

class Dropout:
    def __init__(self, ratio=0.5):
        self.ratio = ratio
        self.mask = None
    def forward(self, x, train_flg=False):
        if train_flg:
            self.mask = np.random.rand(*x.shape) > self.ratio
            return x * self.mask
        return x * (1.0 - self.ratio)
    def backward(self, dout):
        return dout * self.mask
`;
    const pair = checkPair(text);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.ok((pair.exceptions ?? []).length > 0);
    assert.equal(checkPair(text.replace('return dout * self.mask', 'return dout * (1 - self.mask)')).verdict, 'disagrees');
  });

  it('the two directions of a bidirectional layer are of one size', () => {
    const text = `import numpy as np

class BiDense:
    def __init__(self, W1, b1, W2, b2):
        self.params = [W1, b1, W2, b2]
        self.grads = [np.zeros_like(W1), np.zeros_like(b1), np.zeros_like(W2), np.zeros_like(b2)]
    def forward(self, x):
        W1, b1, W2, b2 = self.params
        self.x = x
        return np.concatenate((np.dot(x, W1) + b1, np.dot(x[::-1], W2) + b2), axis=1)
    def backward(self, dout):
        W1, b1, W2, b2 = self.params
        H = dout.shape[1] // 2
        d1, d2 = dout[:, :H], dout[:, H:]
        self.grads[0][...] = np.dot(self.x.T, d1)
        self.grads[1][...] = d1.sum(axis=0)
        self.grads[2][...] = np.dot(self.x[::-1].T, d2)
        self.grads[3][...] = d2.sum(axis=0)
        dx = np.dot(d1, W1.T) + np.dot(d2, W2.T)[::-1]
        return dx
`;
    const pair = checkPair(text);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(checkPair(text.replace('np.dot(d2, W2.T)[::-1]', 'np.dot(d2, W2.T)')).verdict, 'disagrees');
  });

  it('labels of a score for each example are 0 and 1, in a vector as the scores', () => {
    const picked = `import numpy as np

def picked(p, t):
    if t.size == p.size:
        t = t.argmax(axis=1)
    batch_size = p.shape[0]
    return -np.sum(np.log(p[np.arange(batch_size), t])) / batch_size
`;
    const checked = (step: string): PairReport => {
      const project = emptyProject({'costs.py': picked});
      project.update('layers.py', `import numpy as np
from costs import picked

class SigmoidLoss:
    def forward(self, x, t):
        self.t = t
        self.y = 1 / (1 + np.exp(-x))
        return picked(np.c_[1 - self.y, self.y], self.t)

    def backward(self, dout=1):
        batch_size = self.t.shape[0]
        dx = ${step} * dout / batch_size
        return dx
`);
      return analyse(project, 'layers.py').analysis.report.pairs[0];
    };
    const pair = checked('(self.y - self.t)');
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.inputs.map(({size}) => size.length), [1, 1]);
    const wrong = checked('(self.y + self.t)');
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
  });
});
