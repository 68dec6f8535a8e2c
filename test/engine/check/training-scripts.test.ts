/** Scripts that train: weights made before the loop, and moved in it by the gradients that are judged. */
import assert from 'node:assert/strict';
import type {PairReport} from '../../../engine/check/report.ts';
import {check, gradientOf, told} from './checking.ts';

function scriptOf(text: string): PairReport {
  const pair = check(text).report.pairs.find(({pattern}) => pattern === 'script');
  assert.ok(pair);
  return pair;
}

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
      const pair = scriptOf(script(update));
      assert.equal(pair.verdict, 'agrees', told(pair));
      for (const of of ['a2', 'w2', 'b1', 'w1']) assert.equal(gradientOf(pair, of).verdict, 'agrees', of);
    });

    it(`is wrong where a gradient is: ${update.split('\n')[0].trim()}`, () => {
      const pair = scriptOf(script(update).replace('da1 = dz2 @ w2.T', 'da1 = 2 * dz2 @ w2.T'));
      assert.equal(pair.verdict, 'disagrees', told(pair));
      assert.equal(gradientOf(pair, 'w2').verdict, 'agrees');
      assert.equal(gradientOf(pair, 'w1').verdict, 'disagrees');
    });
  }

  it('may add up the gradients of its examples in the step', () => {
    const text = script('    w1 = w1 - 0.1 * np.sum(dw1, axis=0)\n    b1 = b1 - 0.1 * np.mean(db1, axis=0)\n    w2 = w2 - 0.1 * dw2.sum(axis=0)')
      .replace('inputs[i % 2]', 'inputs').replace('targets[i % 2]', 'targets')
      .replace('a1.T @ dz2', 'np.reshape(a1, (2, 4, 1)) * dz2').replace('a0.T @ db1', 'np.reshape(a0, (2, 3, 1)) * db1');
    const pair = scriptOf(text);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.gradients.map(({of}) => of), ['a2', 'a1']);
  });

  it('may drop an axis of one element on the way, and not of what it trains', () => {
    const dropped = script('    w1 -= 0.1 * dw1').replace('da1 = dz2 @ w2.T', 'da1 = np.sum(w2 * dz2, axis=1)');
    assert.equal(scriptOf(dropped).verdict, 'agrees', told(scriptOf(dropped)));
    const trained = script('    w1 -= 0.1 * dw1').replace('db1 = dact(a0 @ w1 + b1) * da1', 'db1 = (dact(a0 @ w1 + b1) * da1)[0]').replace('a0.T @ db1', 'a0.T * db1');
    assert.equal(gradientOf(scriptOf(trained), 'b1').verdict, 'disagrees', told(scriptOf(trained)));
  });

  it('with two costs is judged by the last one, for the gradients that come from it', () => {
    const pair = scriptOf(script(`    a1all = act(inputs @ w1 + b1)
    a2all = act(a1all @ w2)
    total = np.sum((targets - a2all) ** 2)
    da2 = -2 * (y - a2)
    dw2 = a1.T @ (dact(a1 @ w2) * da2)
    da2all = -2 * (targets - a2all)
    da1all = (dact(a1all @ w2) * da2all) @ w2.T
    w2 -= 0.1 * dw2`).replace(/    da2 = -2[^]*?(?=    a1all)/, ''));
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.gradients.map(({name}) => name), ['da2all', 'da1all']);
  });

  it('that has forgotten a path in its forward is judged for the values on that path all the same', () => {
    const text = (sum: string): string => `import numpy as np
x = np.random.randn(3)
y = np.random.randn(3)
p = x * y
q = p ** 2
e = np.exp(x)
f = ${sum}
out = np.sum(f ** 2)
df = 2 * f
de = df
dq = df
dp = 2 * p * dq
dx = np.exp(x) * de + y * dp
dy = x * dp
`;
    assert.equal(scriptOf(text('e + q')).verdict, 'agrees');
    assert.equal(scriptOf(text('e')).verdict, 'disagrees', told(scriptOf(text('e'))));
  });
});
