/** A recurrent network over indices that goes forward itself in its backward, and clips what it has found. */
import assert from 'node:assert/strict';
import {check, gradientOf, told} from './checking.ts';
import type {PairReport} from '../../../engine/check/report.ts';

const recurrent = `import numpy as np

def softmax(x):
    return np.exp(x) / np.sum(np.exp(x))

class Words:
    def __init__(self, state=100, words=100):
        self.state = state
        self.words = words
        bound = np.sqrt(1. / words)
        self.w_x = np.random.uniform(-bound, bound, (state, words))
        self.w_h = np.random.uniform(-bound, bound, (state, state))
        self.w_y = np.random.uniform(-bound, bound, (words, state))

    def forward(self, x):
        T = len(x)
        o = np.zeros((T, self.state, 1))
        h = np.zeros((T + 1, self.state, 1))
        y = np.zeros((T, self.words, 1))
        for t in np.arange(T):
            x_t = np.zeros((self.words, 1))
            x_t[x[t]] = 1
            o[t] = np.dot(self.w_h, h[t - 1]) + np.dot(self.w_x, x_t)
            h[t] = np.tanh(o[t])
            y[t] = softmax(np.dot(self.w_y, h[t]))
        return o, h, y

    def bptt(self, x, y):
        T = len(x)
        o, h, y_ = self.forward(x)
        self.dw_x, self.dw_h, self.dw_y = np.zeros(self.w_x.shape), np.zeros(self.w_h.shape), np.zeros(self.w_y.shape)
        y_[np.arange(len(y)), y] -= 1.
        dh = np.zeros((self.state, 1))
        for t in np.arange(T)[::-1]:
            x_t = np.zeros((self.words, 1))
            x_t[x[t]] = 1
            dh = dh + np.dot(self.w_y.T, y_[t])
            do = dh * (1 - h[t] ** 2)
            self.dw_x += np.dot(do, x_t.T)
            self.dw_h += np.dot(do, h[t - 1].T)
            self.dw_y += np.dot(y_[t], h[t].T)
            dh = np.dot(self.w_h.T, do)

    def total(self, x, y):
        return sum(self.forward(x[i])[2][0, y[i], 0] for i in range(len(y)))
`;

function checked(text: string): PairReport {
  const {report} = check(text);
  const pair = report.pairs.find(({backward}) => backward.name === 'bptt');
  assert.ok(pair, report.pairs.map(({name}) => name).join());
  return pair;
}

describe('a recurrent network that goes forward in its backward', () => {
  it('takes labels there, and its sizes are made small where they are whole numbers by use', () => {
    const pair = checked(recurrent);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.gradients.map(({of}) => of), ['self.w_x', 'self.w_h', 'self.w_y']);
    assert.ok(pair.gradients.every(({size}) => size.every((one) => one < 12)), told(pair));
    assert.deepEqual(pair.inputs.map(({shape}) => shape), [['T']]);
  });

  it('is wrong where a step is left out', () => {
    const pair = checked(recurrent.replace('dh = np.dot(self.w_h.T, do)', 'dh = 0 * do'));
    assert.equal(pair.verdict, 'disagrees', told(pair));
    assert.equal(gradientOf(pair, 'self.w_y').verdict, 'agrees');
  });

  it('is clipped in one gradient and wrong in another', () => {
    const clip = 'dh = np.dot(self.w_h.T, do)\n        np.clip(self.dw_h, -0.01, 0.01, out=self.dw_h)';
    const pair = checked(recurrent.replace('dh = np.dot(self.w_h.T, do)', clip).replace('self.dw_x += np.dot', 'self.dw_x += 2 * np.dot'));
    assert.equal(pair.verdict, 'disagrees', told(pair));
    assert.equal(gradientOf(pair, 'self.w_h').convention, 'clipped');
    assert.equal(gradientOf(pair, 'self.w_x').verdict, 'disagrees');
  });

  it('is not judged where no labels are found that it accepts', () => {
    const pair = checked(recurrent.replace('y_[np.arange(len(y)), y] -= 1.', 'y_[np.arange(len(y)), y + 1000] -= 1.'));
    assert.equal(pair.verdict, 'inconclusive', told(pair));
    assert.match(pair.reason, /no labels were found/);
  });
});
