/** Scripts that train: weights made before the loop, and moved in it by the gradients that are judged. */
import assert from 'node:assert/strict';
import {checkPair, gradientOf, told} from './checking.ts';

const script = (update: string): string => `import numpy as np

def act(v):
    return np.maximum(0.1 * v, v)

def dact(v):
    return np.where(v > 0, 1, 0.1)

inputs = np.array([[[0, 1, 0]], [[1, 1, 1]]])
targets = np.array([[[0, 1]], [[1, 1]]])
w1 = np.random.randn(3, 4)
b1 = np.zeros((1, 4))
w2 = np.random.randn(4, 2)
for i in range(10000):
    a0 = inputs[i % 2]
    y = targets[i % 2]
    a1 = act(a0 @ w1 + b1)
    a2 = act(a1 @ w2)
    cost = np.sum((y - a2) ** 2)
    da2 = -2 * (y - a2)
    dz2 = dact(a1 @ w2) * da2
    dw2 = a1.T @ dz2
    da1 = dz2 @ w2.T
    db1 = dact(a0 @ w1 + b1) * da1
    dw1 = a0.T @ db1
${update}
`;
const updates = [
  '    w1 -= 0.1 * dw1\n    b1 -= 0.1 * db1\n    w2 -= 0.1 * dw2',
  '    w1 = w1 - 0.1 * dw1\n    b1 = b1 - 0.1 * db1\n    w2 = w2 - 0.1 * dw2',
  '    print(cost)',
];

describe('a script that trains', () => {
  for (const update of updates) {
    it(`is judged for its weights: ${update.split('\n')[0].trim()}`, () => {
      const pair = checkPair(script(update));
      assert.equal(pair.verdict, 'agrees', told(pair));
      for (const of of ['a2', 'w2', 'b1', 'w1']) assert.equal(gradientOf(pair, of).verdict, 'agrees', of);
    });

    it(`is wrong where a gradient is: ${update.split('\n')[0].trim()}`, () => {
      const pair = checkPair(script(update).replace('da1 = dz2 @ w2.T', 'da1 = 2 * dz2 @ w2.T'));
      assert.equal(pair.verdict, 'disagrees', told(pair));
      assert.equal(gradientOf(pair, 'w2').verdict, 'agrees');
      assert.equal(gradientOf(pair, 'w1').verdict, 'disagrees');
    });
  }
});
