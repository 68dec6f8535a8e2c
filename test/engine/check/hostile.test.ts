/** Texts that want too much: each ends with a clear message, none with a crash or a hang. */
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {mutate, seeded} from '../../support/mutate.ts';
import {check} from './checking.ts';

const folder = new URL('../../../examples/', import.meta.url);

/** A pair whose forward does something first. */
function greedy(statement: string, before = ''): string {
  return `import numpy as np\n${before}\n\ndef layer_forward(x):\n    """x: of shape (N, D)"""\n    ${statement}\n    return 2 * x, x\n\n\ndef layer_backward(dout, cache):\n    dx = 2 * dout\n    return dx\n`;
}

describe('a pair that wants too much', () => {
  const cases: readonly (readonly [title: string, text: string, verdict: RegExp, reason: RegExp])[] = [
    ['an endless loop in the forward', greedy('while True: pass'), /inconclusive/, /too many steps/],
    ['an endless loop at module level', greedy('pass', 'while True: pass\n'), /agrees/, /exact/],
    ['a huge array', greedy('np.zeros((10**9,))'), /inconclusive/, /too much memory/],
    ['a huge array that is written down', greedy('np.zeros((100000, 100000))'), /inconclusive/, /too much memory/],
    ['deep recursion', greedy('layer_forward(x)'), /inconclusive/, /deep|recursion/i],
    ['a huge range', greedy('for i in range(10**12): pass'), /inconclusive/, /too many steps/],
    ['a list of a huge range', greedy('list(range(10**12))'), /inconclusive/, /too (?:many steps|much memory)/],
    ['a huge exponent', greedy('n = 10**10**8'), /inconclusive|unsupported/, /./],
    ['a long text', greedy("s = 'a' * 10**11"), /inconclusive|unsupported/, /./],
    ['a text that doubles', greedy("s = 'a'\n    for i in range(100): s = s + s"), /inconclusive|unsupported/, /./],
    ['a list that doubles', greedy('l = [0]\n    for i in range(100): l = l + l'), /inconclusive|unsupported/, /./],
    ['a list that grows for ever', greedy('l = []\n    while True: l.append(l)'), /inconclusive/, /./],
    ['a list repeated', greedy('l = [0] * 10**12'), /inconclusive|unsupported/, /./],
    ['a shift', greedy('n = 1 << 10**10'), /inconclusive|unsupported/, /./],
    ['a large outer product', greedy('np.outer(np.ones(10**5), np.ones(10**5))'), /inconclusive/, /too (?:many steps|much memory)/],
    ['a repeat', greedy('np.repeat(np.ones(10), 10**10)'), /inconclusive/, /too (?:many steps|much memory)/],
    ...['np.tile(np.ones(10), 10**10)', 'np.pad(np.ones(10), 10**10)', 'np.arange(10**11)', 'np.linspace(0, 1, 10**11)', 'np.eye(10**6)', 'np.full((10**6, 10**6), 1.0)',
      'np.broadcast_to(np.ones(1), (10**11,)).copy()', 'np.broadcast_to(np.ones(1), (10**11,)).sum()', 'np.broadcast_to(np.ones(1), (10**11,)) + 1',
      'np.indices((10**5, 10**5))', 'np.meshgrid(np.arange(10**5), np.arange(10**5))', 'np.kron(np.ones(10**5), np.ones(10**5))', 'np.array(range(10**11))',
      'np.ones((10**4, 10**4)).dot(np.ones((10**4, 10**4)))', 'np.random.permutation(10**11)', 'np.random.choice(10**11, 5)', 'np.concatenate([np.ones(10**6)] * 10**5)',
      'np.broadcast_to(np.ones(1), (10**11,)).tolist()', 'np.ones(10).reshape(10, 1)[np.zeros(10**8, dtype=int)]', 'sorted(range(10**11))', "','.join(str(i) for i in range(10**11))",
      'dict.fromkeys(range(10**11))', 'set(range(10**11))', '[i for i in range(10**11)]', 'np.diag(np.ones(10**6))', 'np.tri(10**6)', 'np.zeros(2**40, dtype=bool)',
    ].map((call) => [call, greedy(call), /inconclusive|unsupported|agrees/, /./] as const),
    ['a large draw', greedy('np.random.randn(10**6, 10**6)'), /inconclusive/, /too (?:many steps|much memory)/],
    ['a generator that never ends', greedy('import itertools\n    sum(itertools.count())'), /inconclusive/, /./],
    ['a format that pads', greedy("s = '%999999999999d' % 1"), /inconclusive|unsupported/, /./],
    ['a class that calls itself', greedy('A()', 'class A:\n    def __init__(self):\n        A()\n'), /inconclusive/, /deep|recursion/i],
    ['an attribute that asks for itself', greedy('A().b', 'class A:\n    def __getattr__(self, name):\n        return getattr(self, name)\n'), /inconclusive/, /./],
    ['an endless loop in the backward', greedy('pass').replace('dx = 2 * dout', 'while True: pass'), /inconclusive/, /too many steps/],
  ];
  for (const [title, text, verdict, reason] of cases) {
    it(`${title} is told, not tried for ever`, () => {
      const {pairs} = check(text).report;
      assert.equal(pairs.length, 1);
      assert.match(pairs[0].verdict, verdict, pairs[0].reason);
      assert.match(pairs[0].reason, reason);
      assert.ok(pairs[0].reason.length < 500);
    });
  }
});

describe('a text that is no program', () => {
  const affine = greedy('pass');
  const texts: readonly (readonly [title: string, text: string])[] = [
    ['100,000 open parentheses', `x = ${'('.repeat(100_000)}`],
    ['100,000 nested parentheses', `x = ${'('.repeat(100_000)}1${')'.repeat(100_000)}\n`],
    ['10,000 nested lists', `x = ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`],
    ['10,000 nested blocks', Array.from({length: 10_000}, (_, i) => `${' '.repeat(Math.min(i, 500))}if x:\n`).join('')],
    ['a sum of 50,000 terms', `x = ${'1 + '.repeat(50_000)}1\n`],
    ['20,000 chained calls', `x = f${'()'.repeat(20_000)}\n`],
    ['2 MB of text', `"""${'lorem ipsum '.repeat(170_000)}"""\n${affine}`],
    ['50,000 short lines', 'x = 1\n'.repeat(50_000)],
    ['nothing', ''],
    ['zero bytes', '\0\0def f(\0):\n'],
    ['half a surrogate', 'x = "\ud800"\n'],
    ['only tabs', '\t\t\t\n\t\n'],
  ];
  for (const [title, text] of texts) {
    it(`${title} gives a report`, () => {
      const {pairs, problems} = check(text).report;
      assert.ok(pairs.length <= 1);
      assert.ok(problems.every(({line, column}) => line >= 1 && column >= 1));
    });
  }

  it('2 MB of text before a pair do not hide it', () => {
    assert.equal(check(`"""${'lorem ipsum '.repeat(170_000)}"""\n${affine}`).report.pairs[0].verdict, 'agrees');
  });
});

describe('random mutations of the examples', () => {
  const texts = readdirSync(folder).filter((name) => name.endsWith('.py')).sort().map((name) => readFileSync(new URL(name, folder), 'utf8'));
  for (let part = 0; part < 20; part++) {
    it(`give a report each, ${part * 15 + 1} to ${part * 15 + 15}`, () => {
      for (let seed = part * 15 + 1; seed <= part * 15 + 15; seed++) {
        const text = mutate(texts[seed % texts.length], texts, seeded(seed));
        const {report} = check(text);
        const lines = text.split(/\r\n|\r|\n/).length;
        for (const {line} of [...report.problems, ...report.hints]) assert.ok(line >= 1 && line <= lines, `mutation ${seed}: line ${line} of ${lines}`);
      }
    });
  }
});
