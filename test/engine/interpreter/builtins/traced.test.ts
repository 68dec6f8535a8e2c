/** Ints of a script are inputs: they have tape nodes, and in a replay they are a little off. Builtins take them as ints all the same. */
import assert from 'node:assert/strict';
import {Tape} from '../../../../engine/tape/tape.ts';
import {Scalar} from '../../../../engine/ndarray/scalar.ts';
import {callFunction, getAttribute, loadModule} from '../../../../engine/interpreter/interpreter.ts';
import {parse} from '../../../../engine/python/parse.ts';
import {freshRun, runText} from '../../../support/run-text.ts';

const body = `
    import math, random, copy
    random.seed(x)
    return [
        x, '%d|%s|%x|%05d' % (x, x, x, x), f'{x} {x:d} {x:5}', repr(x), str(x), [x], {x: 1}, (x,), range(x), list(range(x)), 'a' * x, [0] * x,
        round(x), round(x, -1), int(x), bin(x), hex(x), chr(x + 60), math.floor(x), math.ceil(x), math.factorial(x), math.comb(5, x), max(x, 1),
        [1, 2, 3, 4][x], [1, 2, 3, 4][:x], isinstance(x, int), hash(x), type(x).__name__, x.bit_length(), random.randint(1, x),
        list(enumerate('ab', x)), 'abc'.center(x + 4), divmod(7, x), copy.deepcopy([x]), sorted([x, 1]), sum([x, 1]), ' '.join(map(str, [x, x])),
        '{:>4}|{:,}'.format(x, x), abs(x), bool(x), x in [3], dict(a=x),
    ]
`;

describe('ints that are inputs', () => {
  it('print and count as ints do', () => {
    const text = `def f(x):${body}\nprint(f(3))\n`;
    const plain = runText(text);
    const traced = runText(text, {tape: new Tape(), traceLiteral: () => true});
    assert.equal(plain.raised.length, 0);
    assert.deepEqual(traced.raised.map((error) => error.message), []);
    assert.equal(traced.stdout, plain.stdout);
  });

  for (const shift of [1e-6, -1e-6]) {
    it(`stay ints where Python needs one when they are ${shift} off`, () => {
      const run = freshRun({exact: true});
      const module = loadModule(run, 'main.py', parse(`def f(x):${body}\ndef g(x):\n    return str(f(x))\n`).module);
      const shown = callFunction(run, getAttribute(run, module, 'g'), [new Scalar(3 + shift, 0, 'int64', true)]);
      assert.equal(typeof shown, 'string');
      assert.deepEqual(run.raised.map((error) => error.message), []);
    });
  }
});
