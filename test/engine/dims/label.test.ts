import assert from 'node:assert/strict';
import fc from 'fast-check';
import {evaluate, parseDimension, print} from '../../../engine/dims/expression.ts';
import {makeLabeller} from '../../../engine/dims/label.ts';

const letters = new Map([['N', [3, 4]], ['C', [2, 3]], ['HH', [4, 2]], ['WW', [5, 6]], ['H', [7, 8]]]);
const named = new Map([['H_out', [9, 13]], ['n', [3, 4]]]);
const {label} = makeLabeller(letters, named);

describe('labels', () => {
  it('prefer a letter, then a name of the user, then a number', () => {
    assert.equal(label([3, 4]), 'N');
    assert.equal(label([9, 13]), 'H_out');
    assert.equal(label([6, 6]), 6);
    assert.equal(label([1, 1]), 1);
  });

  it('find products, multiples, sums, differences and quotients', () => {
    assert.equal(label([2 * 4 * 5, 3 * 2 * 6]), 'C*HH*WW');
    assert.equal(label([28, 32]), '4*H');
    assert.equal(label([4 * 3 * 7, 4 * 4 * 8]), '4*N*H');
    assert.equal(label([8, 9]), 'H+1');
    assert.equal(label([2, 1]), 'HH/2');
    assert.equal(label([3 * 9, 4 * 13]), 'N*H_out');
    assert.equal(label([7 - 4 + 1, 8 - 2 + 1]), 'H-HH+1');
  });

  it('give the number of the first run when nothing fits', () => {
    assert.equal(label([997, 1009]), 997);
  });

  it('tell a fixed letter from a number', () => {
    assert.equal(makeLabeller(new Map([['N', [5, 5]]]), new Map()).label([5, 5]), 'N');
  });

  it('make no compound guess from a single run', () => {
    assert.equal(makeLabeller(new Map([['N', [3]], ['D', [4]]]), new Map()).label([12]), 12);
  });

  it('are confirmed by every run', () => {
    fc.assert(fc.property(fc.array(fc.integer({min: 1, max: 300}), {minLength: 2, maxLength: 2}), (sizes) => {
      const found = label(sizes);
      const text = String(found);
      const values = (run: number) => new Map([...letters, ...named].map(([name, all]) => [name, all[run]]));
      assert.equal(evaluate(parseDimension(text)!, values(0)), sizes[0]);
      if (typeof found === 'string') assert.equal(evaluate(parseDimension(text)!, values(1)), sizes[1]);
    }));
  });
});

describe('dimension expressions', () => {
  it('read what people write', () => {
    for (const [text, printed] of [
      ['4H', '4*H'], ['C * HH*WW', 'C*HH*WW'], ["H'", "H'"], ['1 + (H - HH)/stride', '1+(H-HH)/stride'], ['d_1', 'd_1'],
      ['(H + 2*pad - HH) // stride + 1', '(H+2*pad-HH)/stride+1'], ['2*3', '6'],
    ]) assert.equal(print(parseDimension(text)!), printed);
  });

  it('reject what is no dimension', () => {
    for (const text of ['', 'size of', '4 *', ')', 'a,b', '...']) assert.equal(parseDimension(text), null);
  });

  it('print and read back to the same value', () => {
    const expression = fc.letrec((tie) => ({
      node: fc.oneof({maxDepth: 4}, fc.integer({min: 1, max: 9}), fc.constantFrom('a', 'b'), fc.record({
        operator: fc.constantFrom('+', '-', '*', '//'), left: tie('node'), right: tie('node'),
      })),
    })).node;
    const sizes = new Map([['a', 7], ['b', 3]]);
    fc.assert(fc.property(expression, (value) => {
      const tree = value as Parameters<typeof print>[0];
      const text = print(tree);
      if (text.includes('--')) return;
      assert.equal(evaluate(parseDimension(text)!, sizes), evaluate(tree, sizes));
    }));
  });
});
