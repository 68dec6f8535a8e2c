/** What the engine does not know: it spreads, it poisons what it may have changed, and everything else goes on. */
import assert from 'node:assert/strict';
import type {Value} from '../../../engine/ndarray/values.ts';
import type {Event} from '../../../engine/interpreter/events.ts';
import {Unsupported} from '../../../engine/interpreter/objects.ts';
import {runText} from '../../support/run-text.ts';

interface Result {
  readonly values: ReadonlyMap<string, Value>;
  readonly isPoisoned: (name: string) => boolean;
  readonly constructs: readonly string[];
  readonly raised: readonly string[];
}

function run(...lines: readonly string[]): Result {
  const constructs: string[] = [];
  const event = (each: Event): void => { if (each.type === 'unsupported') constructs.push(each.construct); };
  const done = runText(lines.join('\n'), {listener: {event}});
  const values = done.modules.get('main.py')!.attributes;
  return {
    values, constructs, isPoisoned: (name) => done.isPoisoned(values.get(name)!), raised: done.raised.map((each) => `${each.type}: ${each.message}`),
  };
}

describe('unknown values', () => {
  it('spread through operators, calls, attributes, items and formatting', () => {
    const {values, raised} = run(
      'import somewhere', 'u = somewhere.thing(3)', 'a = u + 1', 'b = -u', 'c = u.x.y', 'd = u[0:2]', 'e = [i for i in u]', 'f = f"{u:.2f}"',
      'g = u if u else 1', 'h = u > 3 and 5', 'i, j = u', 'k = len(u)', 'l = "%d" % u', 'm = not u', 'n = max(u, 1)',
    );
    for (const name of 'abcdefghijklmn') assert.ok(values.get(name) instanceof Unsupported, name);
    assert.deepEqual(raised, []);
  });

  it('name the construct, once for each place', () => {
    const {constructs} = run('import numpy as np', 'for i in range(3):', '    x = np.busday_count(i)', 'import elsewhere');
    assert.deepEqual(constructs, ['numpy.busday_count', 'elsewhere']);
  });

  it('leave the rest of the text alone', () => {
    const {values} = run('import numpy as np', 'x = np.ones(2)', 'u = np.busday_count()', 'y = x + 1', 's = float(y.sum())');
    assert.equal((values.get('s') as {value: number}).value, 4);
  });

  it('are what an unknown method gives, and a mistyped one raises', () => {
    const {values, raised} = run('import numpy as np', 'x = np.ones(2)', 'a = x.newbyteorder()', 'b = x.summ()');
    assert.ok(values.get('a') instanceof Unsupported);
    assert.deepEqual(raised, ["AttributeError: 'numpy.ndarray' object has no attribute 'summ'"]);
  });

  it('go into functions of the text as arguments', () => {
    const {values} = run('import somewhere', 'def f(x, n):', '    y = x + 1', '    return n * 2', 'z = f(somewhere.q, 4)');
    assert.equal(values.get('z'), 8);
  });

  it('are stored in containers', () => {
    const {values, isPoisoned} = run('import somewhere', 'l = [1]', 'l.append(somewhere.q)', 'd = {"a": somewhere.q, "b": 2}', 'n = len(l)', 'b = d["b"]');
    assert.equal(values.get('n'), 2);
    assert.equal(values.get('b'), 2);
    assert.ok(isPoisoned('l'));
  });

  it('make a class with an unknown base work as far as it goes', () => {
    const {values, raised} = run(
      'import gadgets', 'class F(gadgets.autograd.Function):', '    @staticmethod', '    def forward(ctx, x):', '        return x * 2',
      'class M(gadgets.nn.Module):', '    def __init__(self):', '        super().__init__()', '        self.k = 3',
      'y = F.forward(None, 4)', 'k = M().k', 'u = M().missing', 'v = F.apply(1)',
    );
    assert.equal(values.get('y'), 8);
    assert.equal(values.get('k'), 3);
    assert.ok(values.get('u') instanceof Unsupported);
    assert.ok(values.get('v') instanceof Unsupported);
    assert.deepEqual(raised, []);
  });

  it('may be any name after a star import of something unknown', () => {
    const {values, raised} = run('from nowhere import *', 'y = helper(3)');
    assert.ok(values.get('y') instanceof Unsupported);
    assert.deepEqual(raised, []);
  });
});

describe('poison', () => {
  it('reaches arrays, through their views too, that an unknown call was given', () => {
    const {values, isPoisoned} = run(
      'import somewhere', 'import numpy as np', 'x = np.ones((2, 2))', 'v = x[0]', 'y = np.ones(2)', 'somewhere.change(x)', 'z = v + y', 'w = y + 1',
    );
    assert.ok(isPoisoned('x'));
    assert.ok(isPoisoned('v'));
    assert.ok(values.get('z') instanceof Unsupported);
    assert.ok(!isPoisoned('w'));
  });

  it('reaches lists, dictionaries and objects', () => {
    const {values} = run(
      'import somewhere', 'class C: pass', 'c = C()', 'c.v = [1]', 'l = [1]', 'd = {"a": 1}', 'somewhere.change(l, d, obj=c)', 'a = l[0]', 'b = d["a"]', 'e = c.v[0]',
    );
    for (const name of 'abe') assert.ok(values.get(name) instanceof Unsupported, name);
  });

  it('does not come from plots and progress bars', () => {
    const {values, isPoisoned} = run(
      'import numpy as np', 'import matplotlib.pyplot as plt', 'from tqdm import tqdm', 'x = np.ones(2)', 'plt.plot(x)', 'plt.show()',
      'n = 0', 'for i in tqdm(range(4)):', '    n += i',
    );
    assert.ok(!isPoisoned('x'));
    assert.equal(values.get('n'), 6);
  });

  it('takes what either branch of an unknown condition assigns, and runs neither', () => {
    const {values, isPoisoned} = run(
      'import somewhere', 'import numpy as np', 'a = b = c = 1', 'x = np.ones(2)', 'l = []', 'if somewhere.flag:', '    a = 2', '    x[0] = 5',
      'elif a:', '    b = 3', 'else:', '    l.append(1)', 'd = c + 1',
    );
    assert.ok(values.get('a') instanceof Unsupported);
    assert.ok(values.get('b') instanceof Unsupported);
    assert.ok(isPoisoned('x'));
    assert.ok(isPoisoned('l'));
    assert.equal(values.get('d'), 2);
  });

  it('takes what the body of a loop over something unknown assigns', () => {
    const {values} = run('import somewhere', 'n = 0', 'm = 1', 'for q in somewhere.items():', '    n += q', 'while somewhere.go():', '    m = 2');
    for (const name of 'nmq') assert.ok(values.get(name) instanceof Unsupported, name);
  });

  it('takes the result of a function that may have returned in an unknown branch', () => {
    const {values} = run('import somewhere', 'def f(x):', '    if somewhere.flag:', '        return 1', '    return 2', 'y = f(0)');
    assert.ok(values.get('y') instanceof Unsupported);
  });
});

describe('statements that raise at a module\'s top level', () => {
  it('poison their targets, and the run goes on', () => {
    const {values, raised} = run('a = 1', 'b = a / 0', 'c, d = [1, 2, 3]', 'e = a + 1', 'def f():', '    return b', 'g = f()');
    assert.deepEqual(raised, ['ZeroDivisionError: division by zero', 'ValueError: too many values to unpack (expected 2)']);
    for (const name of 'bcdg') assert.ok(values.get(name) instanceof Unsupported, name);
    assert.equal(values.get('e'), 2);
  });

  it('do not do so inside functions', () => {
    const {values, raised} = run('n = 0', 'def f():', '    global n', '    x = 1 / 0', '    n = 5', 'f()', 'm = n');
    assert.equal(values.get('m'), 0);
    assert.deepEqual(raised, ['ZeroDivisionError: division by zero']);
  });
});
