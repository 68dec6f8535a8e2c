/** The event stream: what listeners are told, and what happens when they put another value in place of one. */
import assert from 'node:assert/strict';
import {NDArray, elements, fromData} from '../../../engine/ndarray/array.ts';
import {Scalar, float} from '../../../engine/ndarray/scalar.ts';
import {Tuple} from '../../../engine/ndarray/values.ts';
import type {Value} from '../../../engine/ndarray/values.ts';
import {GuardLog} from '../../../engine/tape/guards.ts';
import {reverseSweep} from '../../../engine/tape/sweep.ts';
import {Tape} from '../../../engine/tape/tape.ts';
import type {AssignEvent, Event} from '../../../engine/interpreter/events.ts';
import {callFunction, loadModule} from '../../../engine/interpreter/interpreter.ts';
import {parse} from '../../../engine/python/parse.ts';
import {freshRun, runText} from '../../support/run-text.ts';

function eventsOf(text: string, replace?: (event: AssignEvent) => Value): Event[] {
  const events: Event[] = [];
  const listener = {event: (event: Event) => { events.push(event); }};
  runText(text, {listener: replace === undefined ? listener : {...listener, replace}});
  return events;
}

function assigns(events: readonly Event[]): AssignEvent[] {
  return events.filter((event) => event.type === 'assign');
}

function numbers(value: Value | undefined): number[] {
  assert.ok(value instanceof NDArray);
  return [...elements(value)];
}

describe('assign events', () => {
  it('name every kind of target as its author wrote it, with keys resolved', () => {
    const text = [
      'import numpy as np', 'class C: pass', 'c = C()', 'c.W = 1', 'g = {}', 'i = 2', "g['W' + str(i)] = 3", 'x = np.zeros((2, 3))',
      'x[i - 1, 0:2] = 4', 'a, (b, c.z) = 1, (2, 3)', 'l = [0]', 'l[0] = 5',
    ].join('\n');
    assert.deepEqual(assigns(eventsOf(text)).map((event) => [event.target, event.how]), [
      ['c', 'name'], ['c.W', 'attribute'], ['g', 'name'], ['i', 'name'], ["g['W2']", 'item'], ['x', 'name'], ['x[i - 1, 0:2]', 'item'],
      ['a', 'name'], ['b', 'name'], ['c.z', 'attribute'], ['l', 'name'], ['l[0]', 'item'],
    ]);
  });

  it('count up from 0 and carry the span of the target', () => {
    const text = 'abc = 1\nx = y = 2\n';
    const found = assigns(eventsOf(text));
    assert.deepEqual(found.map((event) => event.index), [0, 1, 2]);
    assert.deepEqual(found.map((event) => text.slice(event.span.start, event.span.end)), ['abc', 'x', 'y']);
  });

  it('tell of parameters, in the activation of the call, after the call', () => {
    const events = eventsOf('def f(x, *args, k=3):\n    return x\nf(1, 2)\n');
    assert.deepEqual(events.map((event) => event.type), ['call', 'assign', 'assign', 'assign', 'return']);
    assert.deepEqual(assigns(events).map((event) => [event.target, event.how, event.activation.definition?.name]), [
      ['x', 'parameter', 'f'], ['args', 'parameter', 'f'], ['k', 'parameter', 'f'],
    ]);
  });

  it('carry the iterations of the loops around them', () => {
    const found = assigns(eventsOf('for i in range(2):\n    a = i\n    for j in [5, 6]:\n        b = j\nc = 1\n'));
    assert.deepEqual(found.filter((event) => event.target === 'b').map((event) => event.iterations), [[0, 0], [0, 1], [1, 0], [1, 1]]);
    assert.deepEqual(found.filter((event) => event.target === 'a').map((event) => event.iterations), [[0], [1]]);
    assert.deepEqual(found.find((event) => event.target === 'c')?.iterations, []);
  });

  it('keep a snapshot that later writes do not reach', () => {
    const [first] = assigns(eventsOf('import numpy as np\nx = np.array([1.0, 2.0])\nx[0] = 9\n'));
    assert.deepEqual([...elements(first.snapshot!)], [1, 2]);
    assert.deepEqual(numbers(first.value), [9, 2]);
  });

  it('offer the region of an augmented item, and the right-hand side of a plain one', () => {
    const found = assigns(eventsOf('import numpy as np\nx = np.ones(3)\nx[1:] += 2\nx[0] = 7\n'));
    assert.deepEqual(numbers(found[1].value), [3, 3]);
    assert.equal(found[1].augmented, true);
    assert.equal(found[2].value, 7);
    assert.equal(found[2].container, found[0].value);
  });

  it('tell of an array that is changed in place as the whole array', () => {
    const found = assigns(eventsOf('import numpy as np\nx = np.ones(2)\nx += 1\n'));
    assert.equal(found[1].value, found[0].value);
    assert.equal(found[1].augmented, true);
    assert.equal(found[1].how, 'name');
  });
});

describe('interventions', () => {
  function replacing(target: string, value: Value): (event: AssignEvent) => Value {
    return (event) => (event.target === target && event.activation.definition === null ? value : event.value);
  }

  it('bind the value that was put in place', () => {
    const run = runText('x = 1\ny = x + 1\n', {listener: {event: () => undefined, replace: replacing('x', 41)}});
    assert.equal(run.modules.get('main.py')?.attributes.get('y'), 42);
  });

  it('overwrite an array that was changed in place', () => {
    const given = fromData(Float64Array.of(7, 8), [2], 'float64');
    const replace = (event: AssignEvent): Value => (event.augmented ? given : event.value);
    const run = runText('import numpy as np\nx = np.ones(2)\nalias = x\nx += 1\n', {listener: {event: () => undefined, replace}});
    assert.deepEqual(numbers(run.modules.get('main.py')?.attributes.get('alias')), [7, 8]);
  });

  it('write the region that was put in place', () => {
    const replace = (event: AssignEvent): Value => (event.how === 'item' ? float(5) : event.value);
    const text = 'import numpy as np\nx = np.zeros(3)\nx[0] = 1\nx[2] += 1\n';
    const run = runText(text, {listener: {event: () => undefined, replace}});
    assert.deepEqual(numbers(run.modules.get('main.py')?.attributes.get('x')), [5, 0, 5]);
  });

  it('replace parameters and attributes', () => {
    const replace = (event: AssignEvent): Value => (event.how === 'parameter' || event.how === 'attribute' ? 10 : event.value);
    const run = runText('class C: pass\nc = C()\ndef f(x):\n    c.v = x\n    return x\ny = f(1)\n', {listener: {event: () => undefined, replace}});
    assert.equal(run.modules.get('main.py')?.attributes.get('y'), 10);
  });
});

describe('operation events', () => {
  it('name operators, NumPy functions and methods, with operands and result', () => {
    const events = eventsOf('import numpy as np\nx = np.ones((2, 3))\ny = np.exp(-x).sum(axis=0) @ x.T[:, 0]\nz = x > 3\n');
    const names = events.filter((event) => event.type === 'operation').map((event) => event.name);
    assert.deepEqual(names, ['np.ones', 'negative', 'np.exp', 'np.sum', 'getitem', '@', '>']);
  });

  it('carry the range of tape entries that each made', () => {
    const tape = new Tape();
    const events: Event[] = [];
    const run = freshRun({tape, listener: {event: (event) => { events.push(event); }}});
    const module = loadModule(run, 'main.py', parse('def f(x):\n    y = x * x\n    return y.sum()\n').module);
    const x = fromData(Float64Array.of(1, 2), [2], 'float64', Int32Array.of(tape.leaf(1), tape.leaf(2)));
    callFunction(run, module.attributes.get('f')!, [x]);
    const operations = events.filter((event) => event.type === 'operation');
    assert.deepEqual(operations.map(({name, firstEntry, endEntry}) => [name, endEntry - firstEntry]), [['*', 2], ['np.sum', 1]]);
    for (const {number, firstEntry, endEntry} of operations) {
      for (let id = firstEntry; id < endEntry; id++) assert.equal(tape.operationOf[id], number);
    }
  });
});

describe('call, return and raise events', () => {
  it('chain activations to their callers, with the place of each call', () => {
    const text = 'def g(x):\n    return x + 1\ndef f(x):\n    return g(x) * 2\ny = f(3)\n';
    const events = eventsOf(text);
    const calls = events.filter((event) => event.type === 'call');
    assert.deepEqual(calls.map((event) => event.activation.definition?.name), ['f', 'g']);
    assert.deepEqual(calls.map((event) => text.slice(event.span!.start, event.span!.end)), ['f(3)', 'g(x)']);
    assert.equal(calls[1].activation.caller, calls[0].activation);
    const returns = events.filter((event) => event.type === 'return');
    assert.deepEqual(returns.map((event) => event.value), [4, 8]);
    assert.equal(text.slice(returns[0].span!.start, returns[0].span!.end), 'return x + 1');
  });

  it('tell where an exception was raised and who called', () => {
    const text = "def f(d):\n    return 1 + d['k']\nx = f({})\ny = 5\n";
    const events = eventsOf(text);
    const raise = events.find((event) => event.type === 'raise');
    assert.ok(raise !== undefined);
    assert.equal(raise.errorType, 'KeyError');
    assert.equal(text.slice(raise.span.start, raise.span.end), "d['k']");
    assert.equal(raise.activation.definition?.name, 'f');
    const at = raise.activation.callSpan!;
    assert.equal(text.slice(at.start, at.end), 'f({})');
    assert.equal(assigns(events).at(-1)?.target, 'y');
  });
});

describe('the tape', () => {
  function traced(text: string, ...inputs: readonly number[]): {tape: Tape; result: Scalar; ids: number[]} {
    const tape = new Tape();
    const run = freshRun({tape});
    const module = loadModule(run, 'main.py', parse(text).module);
    const ids = inputs.map((value) => tape.leaf(value));
    const result = callFunction(run, module.attributes.get('f')!, inputs.map((value, i) => float(value, ids[i])));
    assert.ok(result instanceof Scalar);
    return {tape, result, ids};
  }

  it('gives exact gradients through Python floats, closures, containers and attributes', () => {
    const text = [
      'import math', 'class C: pass', 'def f(x, y):', '    c = C()', '    c.v = x * y', '    d = {"k": [c.v, y]}',
      '    g = lambda t: t ** 2 + c.v', '    a, b = d["k"]', '    for i in range(3):', '        a = a + b / 2',
      '    return g(a) - math.exp(x)',
    ].join('\n');
    const {tape, result, ids} = traced(text, 1.5, -0.5);
    const a = 1.5 * -0.5 + 3 * -0.25;
    const {bar} = reverseSweep(tape, [result.id], [1]);
    assert.ok(Math.abs(result.value - (a * a - 0.75 - Math.exp(1.5))) < 1e-14);
    assert.ok(Math.abs(bar[ids[0]] - (2 * a * -0.5 - 0.5 - Math.exp(1.5))) < 1e-13);
    assert.ok(Math.abs(bar[ids[1]] - (2 * a * (1.5 + 1.5) + 1.5)) < 1e-13);
  });

  it('gives every binding of a number an entry of its own', () => {
    const {result, ids} = traced('def f(x):\n    y = x\n    return y\n', 2);
    assert.notEqual(result.id, ids[0]);
  });

  it('makes leaves of the literals that a script treats as inputs', () => {
    const tape = new Tape();
    const run = runText('x = -2\ny = 5\nz = -4\nq = x + y\nf = q * z\n', {tape, traceLiteral: () => true});
    const names = run.modules.get('main.py')!.attributes;
    const [x, y, q, f] = ['x', 'y', 'q', 'f'].map((name) => names.get(name));
    assert.ok(x instanceof Scalar && y instanceof Scalar && q instanceof Scalar && f instanceof Scalar);
    assert.equal(f.value, -12);
    const {bar} = reverseSweep(tape, [f.id], [1]);
    assert.deepEqual([bar[x.id], bar[y.id], bar[q.id]], [-4, -4, -4]);
  });

  it('notes every decision on a float', () => {
    const log = (value: number): GuardLog => {
      const guards = new GuardLog();
      const run = freshRun({guards});
      const module = loadModule(run, 'main.py', parse(
        'def f(x):\n    if x > 1:\n        x = x * 2\n    n = int(x)\n    m = max(x, 3.0)\n    return m if x else n\n').module);
      callFunction(run, module.attributes.get('f')!, [float(value)]);
      return guards;
    };
    assert.ok(log(0.5).count >= 4);
    assert.ok(log(0.5).sameAs(log(0.6)));
    assert.ok(!log(0.5).sameAs(log(1.5)));
    assert.equal(log(1).ties > 0, true);
  });
});

describe('calling from outside', () => {
  it('gives tuples, binds keywords and reads attributes', () => {
    const run = freshRun();
    const module = loadModule(run, 'm.py', parse('def f(a, b=2):\n    return a, b\n').module);
    const result = callFunction(run, module.attributes.get('f')!, [1], new Map([['b', 5]]));
    assert.ok(result instanceof Tuple);
    assert.deepEqual(result.items, [1, 5]);
  });
});
