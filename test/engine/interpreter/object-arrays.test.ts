/** Arrays of Python objects: filled and read one item at a time. */
import assert from 'node:assert/strict';
import {Unsupported} from '../../../engine/interpreter/objects.ts';
import {runText} from '../../support/run-text.ts';

function run(...lines: readonly string[]) {
  const done = runText(['import numpy as np', ...lines].join('\n'));
  return {values: done.modules.get('main.py')!.attributes, raised: done.raised.map((each) => `${each.type}: ${each.message}`)};
}

describe('arrays of objects', () => {
  for (const dtype of ['object', 'tuple', 'list', '"object"', '"O"']) {
    it(`are made with the dtype ${dtype}`, () => {
      const {values, raised} = run(`a = np.empty((2, 3), dtype=${dtype})`, 'a[1, 2] = 4, 5', 'i, j = a[1, -1]', 'none = a[0, 0] is None', 's = a.shape == (2, 3)', 'n = len(a)');
      assert.deepEqual(raised, []);
      assert.deepEqual([values.get('i'), values.get('j'), values.get('none'), values.get('s'), values.get('n')], [4, 5, true, true, 2]);
    });
  }

  it('have rows that are views, and are walked over', () => {
    const {values, raised} = run('a = np.full((2, 2), "x", dtype=object)', 'a[0][1] = "y"', 'b = [len(row) for row in a]', 'c = a[0, 1]', 'd = [each for each in np.zeros(2, dtype=object)] == [0, 0]', 'same = b == [2, 2]');
    assert.deepEqual(raised, []);
    assert.deepEqual([values.get('c'), values.get('d'), values.get('same')], ['y', true, true]);
  });

  it('raise what NumPy raises outside of their axes', () => {
    const {raised} = run('a = np.empty((2, 3), dtype=tuple)', 'a[2, 0]', 'a[0, 0, 0]');
    assert.deepEqual(raised, [
      'IndexError: index 2 is out of bounds for axis 0 with size 2',
      'IndexError: too many indices for array: array is 2-dimensional, but 3 were indexed',
    ]);
  });

  it('are unknown where more than one item is meant, and in arithmetic', () => {
    const {values, raised} = run('a = np.empty((2, 3), dtype=object)', 'b = a[:, 0]', 'c = np.sum(a)', 'd = np.array([1, (2, 3)], dtype=object)');
    assert.deepEqual(raised, []);
    for (const name of 'bcd') assert.ok(values.get(name) instanceof Unsupported, name);
  });
});
