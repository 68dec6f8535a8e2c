/** Budgets end every run, whatever the text does, and no handler of Python's can catch them. */
import assert from 'node:assert/strict';
import {Budget, BudgetExceeded} from '../../../engine/ndarray/context.ts';
import {fromData} from '../../../engine/ndarray/array.ts';
import {Tape} from '../../../engine/tape/tape.ts';
import {callFunction, loadModule} from '../../../engine/interpreter/interpreter.ts';
import {parse} from '../../../engine/python/parse.ts';
import {freshRun, runText} from '../../support/run-text.ts';

function exceeds(resource: BudgetExceeded['resource'], text: string, budget = new Budget(100_000, 10_000_000)): void {
  assert.throws(() => runText(text, {budget}), (error: unknown) => error instanceof BudgetExceeded && error.resource === resource);
}

describe('budgets', () => {
  it('end endless loops', () => {
    exceeds('steps', 'while True: pass\n');
    exceeds('steps', 'while True:\n    try:\n        x = 1\n    except:\n        pass\n    finally:\n        y = 2\n');
    exceeds('steps', 'for i in iter(int, 1): pass\n');
    exceeds('steps', 'def g():\n    while True:\n        yield 1\nfor x in g(): pass\n');
    exceeds('steps', 'l = [1]\nfor x in l: l.append(x)\n');
    exceeds('steps', '[i for i in range(10**12)]\n');
    exceeds('steps', 'sum(range(10**12))\n');
    exceeds('steps', 'def f(): f2()\ndef f2():\n    try:\n        f()\n    except RecursionError:\n        while 1: pass\nf()\n');
  });

  it('end memory hunger', () => {
    exceeds('bytes', 'import numpy as np\nx = np.zeros((10**9,))\n');
    exceeds('bytes', 'x = 2 ** (10 ** 9)\n');
    exceeds('bytes', 'x = 3\nwhile True: x = x * x\n');
    assert.throws(() => runText('x = [0] * 10 ** 7\nwhile True: x = x + x\n', {budget: new Budget(10_000_000, 1e7)}), BudgetExceeded);
  });

  it('end when the caller says so', () => {
    exceeds('time', 'while True: pass\n', new Budget(1e9, 1e9, () => true));
  });

  it('end a tape that is full', () => {
    const tape = new Tape(1000);
    const run = freshRun({tape});
    const module = loadModule(run, 'm.py', parse('def f(x):\n    while True:\n        x = x * 2\n').module);
    const x = fromData(Float64Array.of(1), [1], 'float64', Int32Array.of(tape.leaf(1)));
    assert.throws(() => callFunction(run, module.attributes.get('f')!, [x]), (error: unknown) =>
      error instanceof BudgetExceeded && error.resource === 'entries');
  });

  it('turn deep nesting into RecursionError or a budget, never a crash', () => {
    const run = runText('def f(n):\n    return f(n + 1)\ntry:\n    f(0)\nexcept RecursionError:\n    caught = True\n');
    assert.equal(run.modules.get('main.py')?.attributes.get('caught'), true);
    const nested = `x = ${'('.repeat(50)}1${')'.repeat(50)}\ndef f(n):\n    return ${'[f(n + 1)'.repeat(1)}${']'.repeat(1)}\nf(0)\n`;
    try {
      runText(nested);
    } catch (error) {
      assert.ok(error instanceof BudgetExceeded && error.resource === 'depth');
    }
  });

  it('limit loops at the top level only', () => {
    const text = 'n = m = 0\nfor epoch in range(1000):\n    for i in range(3):\n        n += 1\nwhile True:\n    m += 1\ndef f():\n    k = 0\n    for i in range(50): k += 1\n    return k\nk = f()\n';
    const names = runText(text, {topLevelIterations: 2}).modules.get('main.py')!.attributes;
    assert.deepEqual([names.get('n'), names.get('m'), names.get('k')], [6, 2, 50]);
  });

  it('keep what is printed within bounds', () => {
    const run = runText('for i in range(100000): print("x" * 100)\n');
    assert.ok(run.stdout.length < 200_000);
  });
});

describe('running again', () => {
  it('gives the same results from the same tree, with fresh state', () => {
    const {module} = parse('import numpy as np\nseen = []\ndef f(x):\n    seen.append(x)\n    return len(seen) + np.random.rand()\ny = f(1)\n');
    const results = [1, 2].map(() => {
      const run = freshRun({seed: 5});
      return (loadModule(run, 'm.py', module).attributes.get('y') as {value: number}).value;
    });
    assert.equal(results[0], results[1]);
  });
});
