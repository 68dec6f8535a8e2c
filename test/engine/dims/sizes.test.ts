import assert from 'node:assert/strict';
import fc from 'fast-check';
import {parseDimension} from '../../../engine/dims/expression.ts';
import {chooseSizes} from '../../../engine/dims/sizes.ts';
import type {SizeConstraint} from '../../../engine/dims/sizes.ts';

const dimension = (text: string) => parseDimension(text)!;
const kernel: readonly SizeConstraint[] = [
  {type: 'at-least', letter: 'H', than: 'HH'}, {type: 'at-least', letter: 'W', than: 'WW'},
  {type: 'divisible', value: dimension('H + 2*pad - HH'), by: 'stride'},
  {type: 'divisible', value: dimension('W + 2*pad - WW'), by: 'stride'},
];

describe('sizes', () => {
  it('are distinct in a run, differ between runs and are never 1', () => {
    fc.assert(fc.property(fc.integer({min: 1, max: 5}), (count) => {
      const letters = ['N', 'D', 'M', 'H', 'C'].slice(0, count);
      const runs = [0, 1, 2].map((run) => chooseSizes(letters, [], run));
      for (const sizes of runs) {
        assert.equal(new Set(sizes.values()).size, count);
        assert.ok([...sizes.values()].every((size) => size >= 2 && size <= 12));
      }
      for (const letter of letters) assert.equal(new Set(runs.map((sizes) => sizes.get(letter))).size, 3);
    }));
  });

  it('are no product of two others when few letters are needed', () => {
    for (const run of [0, 1, 2]) {
      const sizes = [...chooseSizes(['N', 'T', 'D', 'H', 'V'], [], run).values()];
      for (const a of sizes) for (const b of sizes) if (a !== b) assert.ok(!sizes.includes(a * b));
    }
  });

  it('fit a convolution at every stride and padding', () => {
    for (const stride of [1, 2, 3]) {
      for (const pad of [0, 1]) {
        for (const run of [0, 1]) {
          const known = new Map([['stride', stride], ['pad', pad]]);
          const sizes = chooseSizes(['N', 'C', 'H', 'W', 'F', 'HH', 'WW'], kernel, run, known);
          const size = (letter: string): number => sizes.get(letter)!;
          assert.equal((size('H') + 2 * pad - size('HH')) % stride, 0);
          assert.equal((size('W') + 2 * pad - size('WW')) % stride, 0);
          assert.ok(size('H') >= size('HH') && size('W') >= size('WW'));
          assert.notEqual(size('H'), size('W'));
          assert.notEqual(size('HH'), size('WW'));
          const outputs = size('N') * size('F') * (size('H') - size('HH') + 3) * (size('W') - size('WW') + 3);
          assert.ok(outputs < 1500, `${outputs} windows`);
        }
      }
    }
  });

  it('honour fixed sizes and equations', () => {
    const constraints: readonly SizeConstraint[] = [
      {type: 'equal', letter: 'N', to: 5}, {type: 'equal', letter: 'D', to: dimension('d_1*d_2')},
      {type: 'equal', letter: 'G', to: dimension('4*H')},
    ];
    for (const run of [0, 1, 2]) {
      const sizes = chooseSizes(['N', 'D', 'd_1', 'd_2', 'H', 'G'], constraints, run);
      assert.equal(sizes.get('N'), 5);
      assert.equal(sizes.get('D'), sizes.get('d_1')! * sizes.get('d_2')!);
      assert.equal(sizes.get('G'), 4 * sizes.get('H')!);
    }
  });

  it('make a dimension divisible by heads or groups', () => {
    const sizes = chooseSizes(['N', 'T', 'E', 'heads'], [{type: 'divisible', value: 'E', by: 'heads'}], 0);
    assert.equal(sizes.get('E')! % sizes.get('heads')!, 0);
    assert.notEqual(sizes.get('E'), sizes.get('heads'));
  });

  it('are none of the sizes that heads get each', () => {
    for (const run of [0, 1, 2]) {
      const sizes = chooseSizes(['B', 'T', 'D'], [{type: 'divisible', value: 'D', by: 'heads'}], run, new Map([['heads', 2]]));
      assert.ok(![sizes.get('B'), sizes.get('T')].includes(sizes.get('D')! / 2), JSON.stringify([...sizes]));
    }
  });

  it('ignore what names nothing known and never fail', () => {
    const impossible: readonly SizeConstraint[] = [
      {type: 'equal', letter: 'N', to: 3}, {type: 'equal', letter: 'N', to: 4}, {type: 'divisible', value: 'N', by: 'unknown'},
    ];
    assert.equal(chooseSizes(['N', 'D'], impossible, 1).size, 2);
  });

  it('are not all equal when there are more letters than small numbers', () => {
    const letters = Array.from({length: 16}, (_, i) => `n_${i}`);
    for (const run of [0, 1]) {
      const sizes = chooseSizes(letters, [], run);
      assert.ok(new Set(sizes.values()).size >= 5);
      assert.ok(letters.every((letter, i) => i === 0 || sizes.get(letter) !== sizes.get(letters[i - 1])));
    }
  });

  it('are the same every time', () => {
    assert.deepEqual(chooseSizes(['N', 'C', 'H', 'W'], [], 1), chooseSizes(['N', 'C', 'H', 'W'], [], 1));
  });
});
