/** The tape through builtins and modules: its gradients against central differences, and guards where values jump. */
import assert from 'node:assert/strict';
import {GuardLog} from '../../../../engine/tape/guards.ts';
import {reverseSweep} from '../../../../engine/tape/sweep.ts';
import {Tape} from '../../../../engine/tape/tape.ts';
import {NDArray, elementIds, elements, fromData} from '../../../../engine/ndarray/array.ts';
import {Scalar, float} from '../../../../engine/ndarray/scalar.ts';
import type {Value} from '../../../../engine/ndarray/values.ts';
import {callFunction, getAttribute, loadModule} from '../../../../engine/interpreter/interpreter.ts';
import type {Run} from '../../../../engine/interpreter/run.ts';
import {parse} from '../../../../engine/python/parse.ts';
import {freshRun} from '../../../support/run-text.ts';

const preamble = `
import math, copy, functools, itertools, operator, random
import numpy as np
from collections import defaultdict, OrderedDict, namedtuple
from scipy import signal, special
`;

interface Outcome {
  readonly value: number;
  readonly result: Value;
  readonly guards: GuardLog;
  readonly tape: Tape;
  readonly ids: Int32Array;
}

/** Runs `f(x)` of a text; `x` is a float for one number, else an array of shape `shape`. The result is one number. */
function evaluate(text: string, at: readonly number[], shape: readonly number[]): Outcome {
  const tape = new Tape();
  const guards = new GuardLog();
  const run: Run = freshRun({tape, guards, exact: true});
  const module = loadModule(run, 'main.py', parse(preamble + text).module);
  const ids = Int32Array.from(at, (value) => tape.leaf(value));
  const x = shape.length === 0 ? float(at[0], ids[0]) : fromData(Float64Array.from(at), shape, 'float64', ids);
  const result = callFunction(run, getAttribute(run, module, 'f'), [x]);
  const value = result instanceof Scalar ? result.value : result instanceof NDArray ? elements(result)[0] : Number(result);
  return {value, result, guards, tape, ids};
}

function gradient({tape, result, ids}: Outcome): number[] {
  const id = result instanceof Scalar ? result.id : result instanceof NDArray ? elementIds(result)[0] : 0;
  const {bar} = reverseSweep(tape, [id], [1]);
  return Array.from(ids, (leaf) => id === 0 ? 0 : bar[leaf]);
}

function slope(text: string, at: readonly number[], shape: readonly number[], place: number): number {
  const h = 1e-6;
  const moved = (step: number): number => evaluate(text, at.map((value, i) => i === place ? value + step : value), shape).value;
  return (moved(h) - moved(-h)) / (2 * h);
}

const ofNumber: readonly string[] = [
  'math.exp(x)', 'math.log(x)', 'math.log(x, 3)', 'math.log2(x)', 'math.log10(x)', 'math.log1p(x)', 'math.expm1(x)', 'math.sqrt(x)', 'math.sin(x)', 'math.cos(x)',
  'math.tan(x)', 'math.asin(x / 2)', 'math.acos(x / 2)', 'math.atan(x)', 'math.sinh(x)', 'math.cosh(x)', 'math.tanh(x)',
  'math.asinh(x)', 'math.acosh(x + 1)', 'math.atanh(x / 2)', 'math.pow(x, 3)', 'math.pow(2, x)', 'math.atan2(x, 2)', 'math.hypot(x, 2)', 'math.hypot(x, x, 1)', 'math.erf(x)',
  'math.erfc(x)', 'math.gamma(x)', 'math.lgamma(x)', 'math.fabs(-x)', 'math.degrees(x)', 'math.radians(x)', 'math.fsum([x, x * x, 1])', 'math.prod([x, x, 2])',
  'math.dist([x, 1], [0, 3])', 'math.fmod(x, 0.3)', 'math.copysign(x, -1)',
  'sum([x, x * x, 3])', 'sum((x * i for i in range(4)), x)', 'max(x, 0.1) * x', 'min([5, x, 3])', 'abs(-x) * x', 'float(x) ** 2', 'pow(x, 2)', 'divmod(x, 0.3)[1]',
  'functools.reduce(lambda a, b: a * b, [x, x, 2])', 'functools.partial(math.pow, x)(2)', 'operator.mul(x, x)', 'operator.itemgetter(0)([x * x])',
  'list(itertools.accumulate([x, x, x]))[-1]', 'sum(a * b for a, b in zip([x, 2], [x, x]))', 'sorted([x, 5, -1])[1] ** 2', 'copy.deepcopy([x])[0] * x',
  'sum(map(lambda v: v * v, [x, 2 * x]))', 'dict(a=x)["a"] * x', 'defaultdict(float, k=x)["k"] * 3', 'namedtuple("P", "v")(x).v * x', 'max([x, 2 * x], key=lambda v: -v) * x',
  'next(iter([x])) * x', 'list(reversed([x, 1]))[1] * x', 'float(np.float64(x)) * x', 'sum(np.array([x, x * x]))', 'sum([np.array([x, 1.0]), np.array([x, x])])[0]',
];

const ofArray: readonly (readonly [string, readonly number[]])[] = [
  ['special.softmax(x)[1] + special.softmax(x)[0] * 2', [3]], ['special.log_softmax(x)[2]', [3]], ['np.sum(special.softmax(x, axis=1)[:, 0])', [2, 3]],
  ['special.logsumexp(x)', [4]], ['np.sum(special.expit(x) * special.erf(x))', [3]], ['np.sum(special.xlogy(x, x + 3))', [3]],
  ['np.sum(signal.convolve(x, np.array([1.0, -2.0, 0.5]), "same") ** 2)', [5]], ['np.sum(signal.correlate(x, x[:2], "valid") ** 2)', [4]],
  ['np.sum(signal.convolve2d(x, x[:2, :2], "full") ** 2)', [3, 3]], ['np.sum(signal.correlate2d(x, x[:2, :3], "valid") ** 2)', [3, 4]],
  ['np.sum(signal.convolve2d(x, np.ones((2, 2)), "same", boundary="symm") ** 3)', [3, 3]],
  ['np.sum(copy.deepcopy({"x": x})["x"] ** 2)', [3]], ['np.sum(copy.copy(x) * x)', [3]], ['sum(x) ** 2', [3]], ['max(x) * min(x)', [4]], ['sum(abs(x))', [4]],
  ['sum(row.sum() ** 2 for row in x)', [2, 3]], ['math.exp(x[0]) + math.tanh(x[1].sum())', [2]], ['np.sum(np.random.rand(3) * x)', [3]],
  ['functools.reduce(np.dot, [x, x, x])[0, 1]', [2, 2]],
];

const numbers = [0.83, -0.41, 1.37, 0.29, -1.13, 0.57, 1.91, -0.73, 0.11, -1.61, 0.97, 1.23];

describe('the tape through builtins and modules', () => {
  for (const expression of ofNumber) {
    it(expression, () => {
      const text = `def f(x):\n    return ${expression}\n`;
      const at = [0.83];
      const outcome = evaluate(text, at, []);
      const expected = slope(text, at, [], 0);
      const [actual] = gradient(outcome);
      assert(Math.abs(actual - expected) <= 1e-6 * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);
      assert.notEqual(actual, 0);
    });
  }
  for (const [expression, shape] of ofArray) {
    it(`${expression} of shape (${shape.join(', ')})`, () => {
      const text = `def f(x):\n    np.random.seed(0)\n    return ${expression}\n`;
      const at = numbers.slice(0, shape.reduce((size, n) => size * n, 1));
      const actual = gradient(evaluate(text, at, shape));
      at.forEach((_, place) => {
        const expected = slope(text, at, shape, place);
        assert(Math.abs(actual[place] - expected) <= 1e-5 * Math.max(1, Math.abs(expected)), `${place}: ${actual[place]} is not ${expected}`);
      });
      assert(actual.some((value) => value !== 0));
    });
  }
});

describe('values that jump', () => {
  for (const expression of ['int(x)', 'round(x)', 'round(x, 1)', 'math.floor(x)', 'math.ceil(x)', 'math.trunc(x)', 'x // 1', 'bool(x)', '1 if x > 1 else 0', 'max(x, 1)', 'sorted([x, 1])[0]']) {
    it(`${expression} is noted as a decision that differs across the jump`, () => {
      const text = `def f(x):\n    return ${expression}\n`;
      const edge = expression.startsWith('bool') ? 0 : expression === 'round(x)' ? 1.5 : expression === 'round(x, 1)' ? 1.25 : 1;
      const below = evaluate(text, [edge - 1e-6], []);
      const above = evaluate(text, [edge + 1e-6], []);
      const far = evaluate(text, [edge + 2e-6], []);
      assert(below.guards.count > 0);
      assert(above.guards.margin <= 2e-6 || above.guards.ties > 0, `margin ${above.guards.margin}`);
      assert(above.guards.sameAs(far.guards));
      if (!expression.startsWith('bool')) assert(!below.guards.sameAs(above.guards));
    });
  }

  for (const expression of ['int(x)', 'round(x)', 'math.floor(x)', 'round(x, 2)']) {
    it(`${expression} has no gradient`, () => {
      const outcome = evaluate(`def f(x):\n    return ${expression}\n`, [0.83], []);
      assert.deepEqual(gradient(outcome), [0]);
    });
  }
});
