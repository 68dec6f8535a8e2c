/** What asks for too much ends in a budget or in Python's own error, quickly. */
import assert from 'node:assert/strict';
import {Budget, BudgetExceeded} from '../../../../engine/ndarray/context.ts';
import {runText} from '../../../support/run-text.ts';

const greedy = [
  "'{:1000000000d}'.format(1)", "'%.900000000f' % 1.0", "'%1000000000s' % 'a'", "f'{1.5:.200000000f}'", "'a'.ljust(10 ** 9)", "'a'.zfill(10 ** 10)",
  "'a'.center(10 ** 9)", "'\\t'.expandtabs(10 ** 9)", 'list(range(10 ** 9))', 'sum(range(10 ** 10))', 'math.factorial(10 ** 6)', 'math.comb(10 ** 7, 5 * 10 ** 6)',
  'list(itertools.count())', "list(itertools.cycle('ab'))", 'list(itertools.repeat(1))', 'list(itertools.product(range(1000), repeat=5))', 'list(itertools.permutations(range(50)))',
  'random.getrandbits(10 ** 9)', 'random.choices([1], k=10 ** 9)', 'np.random.rand(10 ** 9)', 'np.random.permutation(10 ** 9)', 'np.random.default_rng(0).integers(5, size=(10 ** 5, 10 ** 5))',
  'max(itertools.count())', 'set(itertools.count())', 'functools.reduce(max, itertools.count())', '2 ** (10 ** 9)', "'a' * 10 ** 11", '[0] * 10 ** 10',
];

describe('what asks for too much', () => {
  for (const expression of greedy) {
    it(expression, () => {
      const text = `import math, itertools, functools, random\nimport numpy as np\n${expression}\n`;
      try {
        const run = runText(text, {budget: new Budget(300_000, 1e8)});
        assert.equal(run.raised.at(-1)?.type, 'MemoryError');
      } catch (error) {
        assert(error instanceof BudgetExceeded, String(error));
      }
    });
  }

  it('reads no endless int', () => {
    const run = runText("int('9' * 100000)\n");
    assert.match(run.raised.at(-1)?.message ?? '', /^Exceeds the limit \(4300 digits\)/);
  });

  it('takes roots of large ints', () => {
    const run = runText('import math\nn = 3 ** 2001\nr = math.isqrt(n)\nprint(r * r <= n < (r + 1) * (r + 1), math.isqrt(0), math.isqrt(1), math.isqrt(2 ** 200), math.isqrt(24), math.isqrt(25))\n');
    assert.equal(run.stdout, `True 0 1 ${2n ** 100n} 4 5\n`);
  });
});
