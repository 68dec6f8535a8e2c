/** What arithmetic leaves on the tape, in the guards and in shared buffers. Values are judged by the differential tests. */
import assert from 'node:assert/strict';
import {NDArray, elementIds, elements, fromData, viewOf} from '../../../engine/ndarray/array.ts';
import {asArray, astype, copy} from '../../../engine/ndarray/cast.ts';
import {compare, logical} from '../../../engine/ndarray/compare.ts';
import {Budget, BudgetExceeded} from '../../../engine/ndarray/context.ts';
import type {Context} from '../../../engine/ndarray/context.ts';
import {full} from '../../../engine/ndarray/create.ts';
import {scalarBinary} from '../../../engine/ndarray/elementwise-scalars.ts';
import {binary, binaryInPlace} from '../../../engine/ndarray/elementwise.ts';
import {PyError, UnsupportedError} from '../../../engine/ndarray/errors.ts';
import {Scalar, float, numpyScalar} from '../../../engine/ndarray/scalar.ts';
import {clip, roundTo, where} from '../../../engine/ndarray/select.ts';
import {scalarUnary, unary} from '../../../engine/ndarray/unary.ts';
import {List} from '../../../engine/ndarray/values.ts';
import {GuardLog} from '../../../engine/tape/guards.ts';
import {reverseSweep} from '../../../engine/tape/sweep.ts';
import {Op, Tape} from '../../../engine/tape/tape.ts';

interface Recorded extends Context {
  readonly tape: Tape;
  readonly guards: GuardLog;
}

function recorded(exact = true): Recorded {
  return {tape: new Tape(), guards: new GuardLog(), budget: new Budget(1e6, 1e6), exact};
}

function leaves(context: Recorded, values: readonly number[], shape = [values.length]): NDArray {
  return fromData(Float64Array.from(values), shape, 'float64', Int32Array.from(values, (value) => context.tape.leaf(value)));
}

function constants(values: readonly number[]): NDArray {
  return fromData(Float64Array.from(values), [values.length], 'float64');
}

function asNDArray(value: NDArray | Scalar): NDArray {
  assert.ok(value instanceof NDArray);
  return value;
}

describe('what arithmetic records', () => {
  it('appends one entry for each result that depends on a leaf', () => {
    const context = recorded();
    const x = leaves(context, [2, 3]);
    const before = context.tape.length;
    const product = asNDArray(binary(context, 'multiply', x, constants([5, 7])));
    assert.equal(context.tape.length, before + 2);
    assert.deepEqual([...elements(product)], [10, 21]);
    assert.equal(context.tape.op[before], Op.Mul);
    assert.deepEqual([context.tape.da[before], context.tape.da[before + 1]], [5, 7]);
  });

  it('leaves constants off the tape', () => {
    const context = recorded();
    const sum = asNDArray(binary(context, 'add', constants([1, 2]), 3));
    assert.equal(context.tape.length, 1);
    assert.equal(sum.buffer.ids, null);
  });

  it('gives an element that mixes constants id 0 and its neighbour an entry', () => {
    const context = recorded();
    const mixed = fromData(Float64Array.of(1, 2), [2], 'float64', Int32Array.of(0, context.tape.leaf(2)));
    const [first, second] = elementIds(asNDArray(unary(context, 'exp', mixed)));
    assert.equal(first, 0);
    assert.notEqual(second, 0);
  });

  it('carries the number of the operation that the caller set', () => {
    const context = recorded();
    const x = leaves(context, [2, 3]);
    context.tape.operation = 17;
    for (const id of elementIds(asNDArray(binary(context, 'divide', x, x)))) assert.equal(context.tape.operationOf[id], 17);
  });

  it('routes a maximum to its winner, and a tie to the first', () => {
    const context = recorded();
    const a = leaves(context, [1, 5, 2]);
    const b = leaves(context, [4, 3, 2]);
    const top = asNDArray(binary(context, 'maximum', a, b));
    const {bar} = reverseSweep(context.tape, elementIds(top), [1, 1, 1]);
    assert.deepEqual(Array.from(elementIds(a), (id) => bar[id]), [0, 1, 1]);
    assert.deepEqual(Array.from(elementIds(b), (id) => bar[id]), [1, 0, 0]);
    assert.equal(context.guards.ties, 1);
    assert.equal(context.guards.margin, 2);
  });

  it('gives a copy ids of its own that lead back to the source', () => {
    const context = recorded();
    const x = leaves(context, [1, 2]);
    for (const made of [copy(context, x), astype(context, x, 'float32'), asArray(context, new List([x])), full(context, [2], x)]) {
      const ids = elementIds(made);
      assert.ok(ids.every((id) => id !== 0 && !elementIds(x).includes(id)));
      const {bar} = reverseSweep(context.tape, ids, [3, 4]);
      assert.deepEqual(Array.from(elementIds(x), (id) => bar[id]), [3, 4]);
    }
  });

  it('drops the derivative of what becomes an integer, and tells the guards', () => {
    const context = recorded();
    const whole = astype(context, leaves(context, [1.75, 2.5]), 'int64');
    assert.equal(whole.buffer.ids, null);
    assert.deepEqual([...elements(whole)], [1, 2]);
    assert.equal(context.guards.count, 2);
    assert.equal(context.guards.margin, 0.25);
  });

  it('gives one entry to what was chosen by where', () => {
    const context = recorded();
    const x = leaves(context, [1, 2]);
    const y = leaves(context, [3, 4]);
    const chosen = where(context, compare(context, '>', x, float(1.5)), x, y);
    const {bar} = reverseSweep(context.tape, elementIds(chosen), [10, 20]);
    assert.deepEqual(Array.from(elementIds(x), (id) => bar[id]), [0, 20]);
    assert.deepEqual(Array.from(elementIds(y), (id) => bar[id]), [10, 0]);
  });
});

describe('what the guards hear', () => {
  const decisions: readonly (readonly [string, (context: Recorded, x: NDArray) => unknown, number])[] = [
    ['a comparison', (context, x) => compare(context, '<', x, 1), 0.5],
    ['a logical operation', (context, x) => logical(context, 'and', x, true), 0.5],
    ['abs', (context, x) => unary(context, 'absolute', x), 0.5],
    ['sign', (context, x) => unary(context, 'sign', x), 0.5],
    ['clip', (context, x) => clip(context, x, null, 1), 0.5],
    ['floor', (context, x) => unary(context, 'floor', x), 0.5],
    ['rounding', (context, x) => roundTo(context, x, 0), 0.25],
  ];
  for (const [name, decide, margin] of decisions) {
    it(`${name}: the margin of 0.5 and 2.25`, () => {
      const context = recorded();
      decide(context, constants(name === 'floor' ? [0.5, 2.5] : [0.5, 2.25]));
      assert.equal(context.guards.count, 2);
      assert.equal(context.guards.margin, margin);
    });
  }

  it('nothing of integers', () => {
    const context = recorded();
    compare(context, '<', asArray(context, new List([1, 2])), 1);
    assert.equal(context.guards.count, 0);
  });

  it('an int that a script treats as an input', () => {
    const context = recorded();
    compare(context, '>', new Scalar(3, 0, 'int64', true), 1);
    scalarUnary(context, 'absolute', new Scalar(-3, 0, 'int64', true));
    assert.equal(context.guards.count, 2);
    assert.equal(context.guards.margin, 2);
  });

  it('other decisions have another hash', () => {
    const a = recorded();
    const b = recorded();
    compare(a, '>', constants([1, -1]), 0);
    compare(b, '>', constants([-1, 1]), 0);
    assert.equal(a.guards.sameAs(b.guards), false);
  });
});

describe('updates in place', () => {
  it('write through a view and keep the gradient of both operands', () => {
    const context = recorded();
    const x = leaves(context, [1, 2, 3, 4], [2, 2]);
    const base = copy(context, x);
    binaryInPlace(context, 'multiply', viewOf(base, [2], [2], 0), constants([10, 20]));
    assert.deepEqual([...elements(base)], [10, 2, 60, 4]);
    const {bar} = reverseSweep(context.tape, elementIds(base), [1, 1, 1, 1]);
    assert.deepEqual(Array.from(elementIds(x), (id) => bar[id]), [10, 1, 20, 1]);
  });

  it('leave a snapshot as it was', () => {
    const context = recorded();
    const x = copy(context, leaves(context, [1, 2]));
    const seen = x.snapshot();
    binaryInPlace(context, 'add', x, 1);
    binary(context, 'add', constants([4]), 5, viewOf(x, [1], [1], 0));
    assert.deepEqual([...elements(seen)], [1, 2]);
    assert.deepEqual([...elements(x)], [9, 3]);
    assert.equal(elementIds(x)[0], 0);
    assert.notEqual(elementIds(seen)[0], 0);
  });

  it('read their operand before they write, when the two overlap', () => {
    const context = recorded();
    const x = constants([1, 2, 3, 4]);
    binaryInPlace(context, 'add', x, viewOf(x, [4], [-1], 3));
    assert.deepEqual([...elements(x)], [5, 5, 5, 5]);
  });

  it('refuse a result of another kind, a wider shape and a read-only target', () => {
    const context = recorded();
    const whole = asArray(context, new List([1, 2]));
    assert.throws(() => { binaryInPlace(context, 'divide', whole, 2); }, {
      message: `Cannot cast ufunc 'divide' output from dtype('float64') to dtype('int64') with casting rule 'same_kind'`,
    });
    assert.throws(() => { binaryInPlace(context, 'add', whole, fromData(new Float64Array(4), [2, 2], 'int64')); }, {
      message: `non-broadcastable output operand with shape (2,) doesn't match the broadcast shape (2,2)`,
    });
    const fixed = new NDArray(whole.buffer, 'int64', [2], [1], 0, whole, false);
    assert.throws(() => { binaryInPlace(context, 'add', fixed, 1); }, {message: 'output array is read-only'});
  });
});

describe('numbers', () => {
  it('of Python raise where NumPy scalars give infinity', () => {
    const context = recorded();
    assert.throws(() => scalarBinary(context, 'divide', float(1), 0), {type: 'ZeroDivisionError', message: 'float division by zero'});
    assert.throws(() => scalarBinary(context, 'remainder', float(1), float(0)), {type: 'ZeroDivisionError', message: 'float modulo'});
    assert.throws(() => scalarBinary(context, 'power', float(10), 400), {type: 'OverflowError'});
    assert.throws(() => scalarBinary(context, 'power', float(-8), float(0.5)), (error) => error instanceof UnsupportedError);
    assert.equal(scalarBinary(context, 'divide', numpyScalar(1, 'float64'), 0).value, Infinity);
  });

  it('stay Python numbers only among themselves', () => {
    const context = recorded();
    const kinds = (a: Scalar | number, b: Scalar | number): string => {
      const {weak, dtype} = scalarBinary(context, 'add', a, b);
      return `${weak ? 'Python' : 'NumPy'} ${dtype}`;
    };
    assert.equal(kinds(float(1), 2), 'Python float64');
    assert.equal(kinds(new Scalar(1, context.tape.leaf(1), 'int64', true), 2), 'Python int64');
    assert.equal(kinds(float(1), numpyScalar(2, 'float32')), 'NumPy float32');
    assert.equal(kinds(3, numpyScalar(2, 'int64')), 'NumPy int64');
    assert.equal(scalarUnary(context, 'negative', float(2)).weak, true);
  });

  it('record like arrays', () => {
    const context = recorded();
    const x = float(3, context.tape.leaf(3));
    const y = scalarBinary(context, 'power', x, 2);
    const {bar} = reverseSweep(context.tape, [y.id], [1]);
    assert.equal(bar[x.id], 6);
  });

  it('keep their gradient when a script perturbs an int', () => {
    const context = recorded();
    const x = new Scalar(-2 + 1e-6, context.tape.leaf(-2), 'int64', true);
    assert.equal(scalarBinary(context, 'multiply', x, 3).value, (-2 + 1e-6) * 3);
  });
});

describe('a judged run', () => {
  it('computes in float64 whatever the float dtype says', () => {
    const x = fromData(Float64Array.of(0.1), [1], 'float32');
    const third = (exact: boolean): number => elements(asNDArray(binary(recorded(exact), 'divide', x, 3)))[0];
    assert.equal(third(true), 0.1 / 3);
    assert.equal(third(false), Math.fround(0.1 / 3));
  });

  it('ends when its budget is used up', () => {
    const context: Context = {tape: null, guards: null, budget: new Budget(10, 1e6), exact: true};
    assert.throws(() => binary(context, 'add', fromData(new Float64Array(100), [100], 'float64'), 1), (error) => error instanceof BudgetExceeded);
    const narrow: Context = {tape: null, guards: null, budget: new Budget(1e9, 100), exact: true};
    assert.throws(() => full(narrow, [1000], 1), (error) => error instanceof BudgetExceeded);
  });

  it('tells what does not broadcast in the words of NumPy', () => {
    assert.throws(() => binary(recorded(), 'add', constants([1, 2, 3]), constants([1, 2])), (error) =>
      error instanceof PyError && error.message === 'operands could not be broadcast together with shapes (3,) (2,) ');
  });
});
