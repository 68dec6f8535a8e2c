/** Rows that call Python functions: `np.apply_along_axis`, `np.piecewise`; and objects that are indexed: `np.c_`, `np.r_`. */
import assert from 'node:assert/strict';
import {getAttribute} from '../../../engine/interpreter/interpreter.ts';
import {NDArray, elementIds, elements, fromData} from '../../../engine/ndarray/array.ts';
import {bindArguments} from '../../../engine/numpy/bind.ts';
import {lookup} from '../../../engine/numpy/table.ts';
import {reverseSweep} from '../../../engine/tape/sweep.ts';
import {Tape} from '../../../engine/tape/tape.ts';
import {runText} from '../../support/run-text.ts';

/** What `x` is after the text has run. */
function valueOf(text: string): {readonly shape: readonly number[]; readonly numbers: readonly number[]} {
  const run = runText(`import numpy as np\n${text}\n`);
  assert.deepEqual(run.raised.map((each) => each.message), []);
  const x = getAttribute(run, run.modules.get('main.py')!, 'x');
  assert.ok(x instanceof NDArray);
  return {shape: x.shape, numbers: [...elements(x)]};
}

describe('rows that call Python', () => {
  it('apply_along_axis puts what the function gives in the place of the line', () => {
    assert.deepEqual(valueOf('x = np.apply_along_axis(lambda r: r.sum(), 0, np.arange(6).reshape(2, 3))'), {shape: [3], numbers: [3, 5, 7]});
    assert.deepEqual(valueOf('x = np.apply_along_axis(lambda r: r[::-1], 1, np.arange(6).reshape(2, 3))'), {shape: [2, 3], numbers: [2, 1, 0, 5, 4, 3]});
    assert.deepEqual(valueOf('x = np.apply_along_axis(lambda r, k: r[:2] * k, 0, np.arange(6).reshape(3, 2), 10)'), {shape: [2, 2], numbers: [0, 10, 20, 30]});
    assert.deepEqual(valueOf('x = np.apply_along_axis(np.outer, 1, np.arange(4).reshape(2, 2), [1, 2])'), {shape: [2, 2, 2], numbers: [0, 0, 1, 2, 2, 4, 3, 6]});
  });

  it('piecewise calls each function on the elements that are its own', () => {
    assert.deepEqual(valueOf('a = np.array([-2.0, 0.5, 3.0])\nx = np.piecewise(a, [a < 0, a > 1], [lambda t: -t, lambda t: t * t, 7])'),
      {shape: [3], numbers: [2, 7, 9]});
  });

  it('both carry the gradient of what the function computed', () => {
    const tape = new Tape();
    const run = runText('import numpy as np\nf = lambda t: t * t\n', {tape});
    const f = getAttribute(run, run.modules.get('main.py')!, 'f');
    const data = Float64Array.of(1, 2, 3, 4);
    const a = fromData(data, [2, 2], 'float64', Int32Array.from(data, (value) => tape.leaf(value)));
    const row = lookup('np.apply_along_axis')!;
    const out = row.call(run, bindArguments(row, [f, 1, a], null));
    assert.ok(out instanceof NDArray);
    const {bar} = reverseSweep(tape, elementIds(out), [1, 1, 1, 1]);
    assert.deepEqual([...elementIds(a)].map((id) => bar[id]), [2, 4, 6, 8]);
  });
});

describe('objects that are indexed', () => {
  it('c_ and r_ join what stands between the brackets', () => {
    assert.deepEqual(valueOf('x = np.c_[np.ones(2), np.arange(2)]'), {shape: [2, 2], numbers: [1, 0, 1, 1]});
    assert.deepEqual(valueOf('x = np.r_[1:4, 0, np.ones(1)]'), {shape: [5], numbers: [1, 2, 3, 0, 1]});
    assert.deepEqual(valueOf('x = np.arange(6)[np.s_[1:5:2]]'), {shape: [2], numbers: [1, 3]});
  });
});
