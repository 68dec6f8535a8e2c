/** What reductions leave on the tape and in the guards. Values are judged by the differential tests. */
import assert from 'node:assert/strict';
import {NDArray, elementIds, fromData} from '../../../engine/ndarray/array.ts';
import {Budget} from '../../../engine/ndarray/context.ts';
import {reduce} from '../../../engine/ndarray/reduce.ts';
import type {ReduceName, ReduceOptions} from '../../../engine/ndarray/reduce.ts';
import {scan} from '../../../engine/ndarray/reduce-scan.ts';
import {float} from '../../../engine/ndarray/scalar.ts';
import {GuardLog} from '../../../engine/tape/guards.ts';
import {reverseSweep} from '../../../engine/tape/sweep.ts';
import {Op, Tape} from '../../../engine/tape/tape.ts';

function setup(values: readonly number[], shape: readonly number[]) {
  const tape = new Tape();
  const context = {tape, guards: new GuardLog(), budget: new Budget(1e6, 1e6), exact: true};
  const x = fromData(Float64Array.from(values), shape, 'float64', Int32Array.from(values, (value) => tape.leaf(value)));
  return {context, tape, x};
}

/** The gradient of the sum of a reduction. */
function gradient(kind: ReduceName, values: readonly number[], shape: readonly number[], options: ReduceOptions): number[] {
  const {context, tape, x} = setup(values, shape);
  const result = reduce(context, kind, x, options);
  const ids = result instanceof NDArray ? elementIds(result) : [result.id];
  const {bar} = reverseSweep(tape, ids, Array.from(ids, () => 1));
  return Array.from(elementIds(x), (id) => bar[id]);
}

describe('what reductions record', () => {
  it('one n-ary entry for each sum', () => {
    const {context, tape, x} = setup([1, 2, 3, 4, 5, 6], [2, 3]);
    const before = tape.length;
    const sums = reduce(context, 'sum', x, {axis: 1});
    assert.ok(sums instanceof NDArray);
    assert.equal(tape.length, before + 2);
    assert.equal(tape.op[before], Op.Sum);
    assert.deepEqual([...tape.pool.subarray(0, 6)], [...elementIds(x)]);
  });

  it('no places for constants, and no entry for constants alone', () => {
    const {context, tape, x} = setup([1, 2, 3], [3]);
    x.buffer.ids![1] = 0;
    reduce(context, 'sum', x);
    assert.equal(tape.poolLength, 2);
    x.buffer.ids!.fill(0);
    assert.equal((reduce(context, 'sum', x) as {id: number}).id, 0);
  });

  const gradients: readonly (readonly [ReduceName, readonly number[], ReduceOptions, readonly number[]])[] = [
    ['sum', [1, 2, 3, 4], {}, [1, 1, 1, 1]],
    ['mean', [1, 2, 3, 4], {axis: 0}, [0.5, 0.5, 0.5, 0.5]],
    ['max', [1, 5, 7, 2], {axis: 1}, [0, 1, 1, 0]],
    ['max', [5, 5, 7, 7], {axis: 1}, [1, 0, 1, 0]],
    ['min', [1, 5, 7, 2], {axis: 0}, [1, 0, 0, 1]],
    ['prod', [2, 0, 3, 4], {}, [0, 24, 0, 0]],
    ['prod', [2, 0, 3, 0], {axis: 1}, [0, 2, 0, 3]],
    ['var', [1, 3, 5, 9], {axis: 1}, [-1, 1, -2, 2]],
    ['std', [1, 3, 5, 9], {axis: 1}, [-0.5, 0.5, -0.5, 0.5]],
    ['median', [1, 3, 5, 9], {}, [0, 0.5, 0.5, 0]],
    ['sum', [1, 2, 3, 4], {initial: float(3)}, [1, 1, 1, 1]],
    ['max', [1, 5, 7, 2], {axis: 1, initial: float(6)}, [0, 0, 1, 0]],
  ];
  for (const [kind, values, options, expected] of gradients) {
    it(`the gradient of ${kind} of ${values.join(' ')} ${JSON.stringify(options)}`, () => {
      assert.deepEqual(gradient(kind, values, [2, 2], options), expected);
    });
  }

  it('sums only what a mask lets through', () => {
    const mask = fromData(Float64Array.of(1, 0), [2], 'bool');
    assert.deepEqual(gradient('sum', [1, 2, 3, 4], [2, 2], {where: mask}), [1, 0, 1, 0]);
  });

  it('running sums chain', () => {
    const {context, tape, x} = setup([1, 2, 3], [3]);
    const {bar} = reverseSweep(tape, elementIds(scan(context, 'cumsum', x, 0)), [1, 10, 100]);
    assert.deepEqual(Array.from(elementIds(x), (id) => bar[id]), [111, 110, 100]);
  });
});

describe('what the guards hear of reductions', () => {
  it('the winner and how far the next one is behind', () => {
    for (const kind of ['max', 'argmax', 'min', 'argmin'] as const) {
      const {context, x} = setup([1, 4, 3.5, 1.25], [4]);
      reduce(context, kind, x);
      assert.equal(context.guards.count, 1);
      assert.equal(context.guards.margin, kind.endsWith('max') ? 0.5 : 0.25);
    }
  });

  it('every element of any and all', () => {
    const {context, x} = setup([1, 0.25], [2]);
    reduce(context, 'any', x);
    assert.equal(context.guards.count, 2);
    assert.equal(context.guards.margin, 0.25);
  });

  it('nothing of sums', () => {
    const {context, x} = setup([1, 0.25], [2]);
    reduce(context, 'sum', x);
    reduce(context, 'var', x);
    assert.equal(context.guards.count, 0);
  });
});
