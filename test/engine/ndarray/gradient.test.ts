/**
 * Tape gradients of random compositions of elementwise operations and reductions equal central differences.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {Budget} from '../../../engine/ndarray/context.ts';
import type {Context} from '../../../engine/ndarray/context.ts';
import {NDArray, elements, fromData} from '../../../engine/ndarray/array.ts';
import {astype, copy} from '../../../engine/ndarray/cast.ts';
import type {BinaryName} from '../../../engine/ndarray/elementwise-rules.ts';
import {binary, binaryInPlace} from '../../../engine/ndarray/elementwise.ts';
import {reduce} from '../../../engine/ndarray/reduce.ts';
import type {ReduceName} from '../../../engine/ndarray/reduce.ts';
import {scan} from '../../../engine/ndarray/reduce-scan.ts';
import {Scalar, float} from '../../../engine/ndarray/scalar.ts';
import {clip, where} from '../../../engine/ndarray/select.ts';
import type {UnaryName} from '../../../engine/ndarray/unary-rules.ts';
import {unary} from '../../../engine/ndarray/unary.ts';
import {compare} from '../../../engine/ndarray/compare.ts';
import {GuardLog} from '../../../engine/tape/guards.ts';
import {reverseSweep} from '../../../engine/tape/sweep.ts';
import {Tape} from '../../../engine/tape/tape.ts';

const rows = 3;
const columns = 4;

/** One step takes the current (3, 4) array and the inputs to a new (3, 4) array. */
type Step = (context: Context, current: NDArray, x: NDArray, y: NDArray) => NDArray;

function array(value: NDArray | Scalar): NDArray {
  assert.ok(value instanceof NDArray);
  return value;
}

/** Functions of any float, smooth or with kinks. */
const unarySteps: readonly UnaryName[] = [
  'negative', 'positive', 'absolute', 'sin', 'cos', 'tanh', 'arctan', 'square', 'arcsinh', 'erf', 'expit', 'deg2rad', 'cbrt', 'erfc',
];
/** Functions of what is brought into (0.5, 1.5) first. */
const tameSteps: readonly UnaryName[] = [
  'exp', 'exp2', 'expm1', 'log', 'log2', 'log10', 'log1p', 'sqrt', 'reciprocal', 'tan', 'sinh', 'cosh', 'rad2deg',
];
const binarySteps: readonly BinaryName[] = ['add', 'subtract', 'multiply', 'maximum', 'minimum', 'logaddexp', 'hypot', 'fmax', 'fmin'];
const divideSteps: readonly BinaryName[] = ['divide', 'power', 'arctan2', 'remainder', 'fmod', 'logaddexp2', 'float_power'];
const reduceSteps: readonly ReduceName[] = ['sum', 'mean', 'max', 'min', 'var', 'std', 'prod', 'median', 'logsumexp'];

function tamed(context: Context, a: NDArray): NDArray {
  return array(binary(context, 'add', binary(context, 'multiply', unary(context, 'tanh', a), float(0.5)), float(1)));
}

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom(...unarySteps).map((name): Step => (context, a) => array(unary(context, name, a))),
  fc.constantFrom(...tameSteps).map((name): Step => (context, a) => array(unary(context, name, tamed(context, a)))),
  fc.tuple(fc.constantFrom(...binarySteps), fc.boolean()).map(([name, swap]): Step => (context, a, x, y) =>
    array(swap ? binary(context, name, y, a) : binary(context, name, a, x))),
  fc.constantFrom(...divideSteps).map((name): Step => (context, a, x) => array(binary(context, name, tamed(context, a), tamed(context, x)))),
  fc.tuple(fc.constantFrom(...reduceSteps), fc.constantFrom(0, 1, null)).map(([name, axis]): Step => (context, a, x) =>
    array(binary(context, 'subtract', x, reduce(context, name, tamed(context, a), {axis, keepdims: true})))),
  fc.constantFrom('cumsum' as const, 'cumprod' as const).map((name): Step => (context, a) => scan(context, name, tamed(context, a), 1)),
  fc.constant<Step>((context, a, x) => where(context, compare(context, '>', x, float(0.1)), a, x)),
  fc.constant<Step>((context, a) => array(clip(context, a, float(-0.8), float(0.9)))),
  fc.constant<Step>((context, a, x) => {
    const own = copy(context, a);
    binaryInPlace(context, 'multiply', own, x);
    binaryInPlace(context, 'add', own, float(0.25));
    return own;
  }),
  fc.constant<Step>((context, a) => astype(context, astype(context, a, 'float32'), 'float64')),
);

const values = fc.array(fc.double({min: -2, max: 2, noNaN: true}).map((v) => Math.round(v * 1000) / 1000 + 0.0007),
  {minLength: rows * columns + columns, maxLength: rows * columns + columns});

function run(context: Context, steps: readonly Step[], input: Float64Array, ids: Int32Array | null): Scalar {
  const at = rows * columns;
  const x = fromData(input.slice(0, at), [rows, columns], 'float64', ids === null ? null : ids.slice(0, at));
  const y = fromData(input.slice(at), [columns], 'float64', ids === null ? null : ids.slice(at));
  let current = x;
  for (const step of steps) current = step(context, current, x, y);
  const weights = fromData(Float64Array.from(elements(current), (_, k) => 1 + k / 7), [rows, columns], 'float64');
  const result = reduce(context, 'sum', binary(context, 'multiply', current, weights));
  assert.ok(result instanceof Scalar);
  return result;
}

function plainContext(guards: GuardLog): Context {
  return {tape: null, guards, budget: new Budget(1e8, 1e8), exact: true};
}

describe('tape gradients of array operations', () => {
  it('equal central differences on random compositions', () => {
    let judged = 0;
    fc.assert(fc.property(fc.array(anyStep, {minLength: 1, maxLength: 5}), values, (steps, drawn) => {
      const input = Float64Array.from(drawn);
      const tape = new Tape();
      const ids = Int32Array.from(input, (value) => tape.leaf(value));
      const recorded = run({tape, guards: new GuardLog(), budget: new Budget(1e8, 1e8), exact: true}, steps, input, ids);
      const plain = run(plainContext(new GuardLog()), steps, input, null);
      assert.equal(plain.value, recorded.value);
      if (!Number.isFinite(recorded.value)) return;
      const {bar} = reverseSweep(tape, [recorded.id], [1]);
      const h = 1e-6;
      for (let k = 0; k < input.length; k++) {
        const sides = [-h, h].map((shift) => {
          const moved = input.slice();
          moved[k] += shift;
          const guards = new GuardLog();
          return {value: run(plainContext(guards), steps, moved, null).value, guards};
        });
        if (!sides[0].guards.sameAs(sides[1].guards) || sides.some((side) => side.guards.margin < 1e-3)) continue;
        const slope = (sides[1].value - sides[0].value) / (2 * h);
        const gradient = bar[ids[k]];
        const noise = 1e-7 * Math.max(1, Math.abs(recorded.value));
        if (!(Math.abs(gradient) < 1e4)) continue;
        assert.ok(Math.abs(slope - gradient) <= 1e-5 * Math.abs(gradient) + noise, `input ${k}: tape ${gradient}, slope ${slope}`);
        judged++;
      }
    }), {numRuns: 1000, seed: 7});
    assert.ok(judged > 1000, `only ${judged} gradients were compared`);
  });
});
