/** Cost classes whose `delta(z, a, y)` is the error of a sigmoid layer: judged by the weighted input z, of which a is the sigmoid. */
import assert from 'node:assert/strict';
import {check, checkPair, gradientOf, told} from './checking.ts';

function cost(value: string, error: string, order = 'z, a, y'): string {
  return `import numpy as np

class Cost:
    @staticmethod
    def fn(a, y):
        return ${value}

    @staticmethod
    def delta(${order}):
        return ${error}

def slope(z):
    s = 1.0 / (1.0 + np.exp(-z))
    return s * (1 - s)
`;
}

const squared = '0.5 * np.sum((a - y) ** 2)';
const entropy = 'np.sum(np.nan_to_num(-y * np.log(a) - (1 - y) * np.log(1 - a)))';

describe('a cost with the error of its layer', () => {
  for (const [name, value, error, order] of [
    ['squared', squared, '(a - y) * slope(z)', 'z, a, y'], ['cross entropy', entropy, 'a - y', 'z, a, y'], ['another order', entropy, 'a - y', 'a, y, z=None'],
  ]) {
    it(`agrees: ${name}`, () => {
      const pair = check(cost(value, error, order)).report.pairs.find(({pattern, backward}) => pattern === 'derivative-pair' && backward.name === 'delta');
      assert.ok(pair);
      assert.equal(pair.verdict, 'agrees', told(pair));
      assert.deepEqual(pair.gradients.map(({of}) => of), ['z']);
    });
  }

  it('disagrees where the slope of the sigmoid is missing, or is there twice over', () => {
    const missing = checkPair(cost(squared, 'a - y'));
    assert.equal(gradientOf(missing, 'z').verdict, 'disagrees', told(missing));
    const twice = check(cost(entropy, '(a - y) * slope(z)')).report.pairs.find(({backward}) => backward.name === 'delta')!;
    assert.equal(gradientOf(twice, 'z').verdict, 'disagrees', told(twice));
  });

  it('is none where the error takes no weighted input', () => {
    assert.equal(check(cost(squared, 'a - y', 'a, y')).report.pairs.some(({gradients}) => gradients.some(({of}) => of === 'z')), false);
  });
});
