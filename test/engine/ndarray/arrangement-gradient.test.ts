/**
 * Tape gradients of random chains of views, gathers, writes, joins, pads and products equal central differences,
 * and the gradient of every intermediate equals what is had by perturbing that intermediate alone.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type {NDArray} from '../../../engine/ndarray/array.ts';
import {elementIds, elements, fromData} from '../../../engine/ndarray/array.ts';
import {Budget} from '../../../engine/ndarray/context.ts';
import {copy} from '../../../engine/ndarray/cast.ts';
import type {Context} from '../../../engine/ndarray/context.ts';
import {einsum} from '../../../engine/ndarray/einsum.ts';
import {binary} from '../../../engine/ndarray/elementwise.ts';
import {augmentItem, ufuncAt} from '../../../engine/ndarray/index-augment.ts';
import {getItem, setItem} from '../../../engine/ndarray/index.ts';
import {concatenate, insertItems, splitSections, stack} from '../../../engine/ndarray/join.ts';
import {determinant, inverse, solve} from '../../../engine/ndarray/linalg.ts';
import {norm} from '../../../engine/ndarray/linalg-norm.ts';
import {padByMode, padConstant} from '../../../engine/ndarray/pad.ts';
import {arrayOf, cross, diagonal, kron, outer, tensordot, trace} from '../../../engine/ndarray/product-tensor.ts';
import {dot, inner, matmul} from '../../../engine/ndarray/product.ts';
import {flip, repeat, roll, rot90, tile} from '../../../engine/ndarray/rearrange.ts';
import {float} from '../../../engine/ndarray/scalar.ts';
import {convolve, diff, gradientAlong} from '../../../engine/ndarray/series.ts';
import {moveAxis, reshape, resize, transpose} from '../../../engine/ndarray/shape.ts';
import {sort} from '../../../engine/ndarray/sort.ts';
import {slidingWindowView} from '../../../engine/ndarray/strides.ts';
import {take, takeAlongAxis} from '../../../engine/ndarray/take.ts';
import {List, Slice, Tuple} from '../../../engine/ndarray/values.ts';
import {reverseSweep} from '../../../engine/tape/sweep.ts';
import {Tape} from '../../../engine/tape/tape.ts';

const rows = 3;
const columns = 4;

/** One step takes the current (3, 4) array and the inputs to a new array of any shape; {@link folded} brings it back. */
type Step = (context: Context, current: NDArray, x: NDArray, y: NDArray) => NDArray;

function context(tape: Tape | null): Context {
  return {tape, guards: null, budget: new Budget(1e9, 1e9), exact: true};
}

const all = new Slice(null, null, null);
const ints = (...values: number[]): List => new List(values);

function item(c: Context, a: NDArray, ...index: (number | Slice | List | NDArray | null)[]): NDArray {
  return arrayOf(c, getItem(c, a, index.length === 1 ? index[0] : new Tuple(index)));
}

/** Writes into a copy and gives the copy. */
function written(write: (c: Context, target: NDArray, a: NDArray, x: NDArray, y: NDArray) => void): Step {
  return (c, a, x, y) => {
    const target = copy(c, a);
    write(c, target, a, x, y);
    return target;
  };
}

/** A well-conditioned square matrix from the current array. */
function square(c: Context, a: NDArray): NDArray {
  const corner = item(c, a, all, new Slice(null, 3, null));
  const eye = fromData(Float64Array.of(4, 0, 0, 0, 4, 0, 0, 0, 4), [3, 3], 'float64');
  return arrayOf(c, binary(c, 'add', corner, eye));
}

const mask = fromData(Float64Array.of(1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0), [rows, columns], 'bool');
const numbers = (...values: number[]): NDArray => fromData(Float64Array.from(values), [values.length], 'int64');

const steps: Readonly<Record<string, Step>> = {
  'row': (c, a) => item(c, a, 1),
  'slice': (c, a) => item(c, a, all, new Slice(3, 0, -2)),
  'newaxis': (c, a) => item(c, a, null, 1),
  'gather with duplicates': (c, a) => item(c, a, ints(0, 2, 0, 0)),
  'one for each row': (c, a) => item(c, a, numbers(0, 1, 2), numbers(3, 3, 0)),
  'columns by list': (c, a) => item(c, a, all, ints(1, 1, 2)),
  'mask': (c, a) => item(c, a, mask),
  'copy': (c, a) => copy(c, a),
  'reshape of transpose': (c, a) => reshape(c, transpose(a), [2, 6]),
  'flip': (_, a) => flip(a, [0]),
  'rot90': (_, a) => rot90(a, 1, [0, 1]),
  'roll': (c, a) => roll(c, a, [1, 2], [0, 1]),
  'repeat': (c, a) => repeat(c, a, [2, 0, 1], 0),
  'tile': (c, a) => tile(c, a, [2, 2]),
  'resize': (c, a) => resize(c, a, [4, 5]),
  'sliding windows': (_, a) => slidingWindowView(a, [2, 2], null, false),
  'moveaxis': (_, a) => moveAxis(a, [0], [1]),
  'concatenate': (c, a, x) => concatenate(c, [a, x, a], 0),
  'stack': (c, a, x) => stack(c, [x, a], 1),
  'split': (_, a) => splitSections(a, 2, 1, false)[1],
  'insert': (c, a, x) => insertItems(c, a, [1], item(c, x, new Slice(0, 1, null)), 0, false),
  'pad constant': (c, a) => padConstant(c, a, [[1, 0], [2, 1]], fromData(Float64Array.of(1, 2, 3, 4), [2, 2], 'float64')),
  'pad reflect': (c, a) => padByMode(c, a, [[2, 1], [1, 2]], 'reflect'),
  'pad edge': (c, a) => padByMode(c, a, [[2, 1], [0, 0]], 'edge'),
  'pad wrap': (c, a) => padByMode(c, a, [[0, 0], [5, 1]], 'wrap'),
  'take': (c, a) => arrayOf(c, take(c, a, numbers(11, 0, 0), null, 'raise')),
  'take_along_axis': (c, a) => takeAlongAxis(c, a, fromData(Float64Array.of(1, 1, 3, 0, 2, 2), [3, 2], 'int64'), 1),
  'sort': (c, a) => sort(c, a, 1),
  'diff': (c, a) => diff(c, a, 1, 1),
  'gradient': (c, a) => gradientAlong(c, a, 0.5, 1, 1),
  'matmul': (c, a, x) => arrayOf(c, matmul(c, a, transpose(x))),
  'matmul of views': (c, a, x) => arrayOf(c, matmul(c, flip(transpose(a), [0]), item(c, x, new Slice(null, null, -1)))),
  'matmul with itself': (c, a) => arrayOf(c, matmul(c, a, transpose(a))),
  'dot of vectors': (c, a, x) => arrayOf(c, dot(c, item(c, a, 0), item(c, x, 1))),
  'matrix and vector': (c, a, x) => arrayOf(c, matmul(c, a, item(c, x, 2))),
  'inner': (c, a, x) => arrayOf(c, inner(c, a, x)),
  'outer': (c, a, x) => outer(c, item(c, a, 0), item(c, x, all, 1)),
  'kron': (c, a, x) => kron(c, item(c, a, new Slice(0, 2, null)), item(c, x, 0)),
  'tensordot': (c, a, x) => tensordot(c, a, x, [1], [1]),
  'cross': (c, a, x) => arrayOf(c, cross(c, a, x, 0, 0, 0)),
  'einsum': (c, a, x, y) => einsum(c, 'ij,kj,kl->il', [a, x, y]),
  'einsum implicit': (c, a, x) => einsum(c, 'ij,ij', [a, x]),
  'einsum batch': (c, a, x) => einsum(c, '...j,...j->...', [a, x]),
  'diagonal': (_, a) => diagonal(a, 1, 0, 1),
  'trace': (c, a) => arrayOf(c, trace(c, a, 0, 0, 1)),
  'convolve': (c, a, x) => convolve(c, item(c, a, 0), item(c, x, all, 0), 'full'),
  'inverse': (c, a) => inverse(c, square(c, a)),
  'solve': (c, a, x) => solve(c, square(c, a), x),
  'determinant': (c, a) => arrayOf(c, determinant(c, square(c, a))),
  'norm': (c, a) => arrayOf(c, norm(c, a, null, [1], true)),
  'slice assignment': written((c, t, _, x) => { setItem(c, t, new Tuple([all, new Slice(1, 3, null)]), item(c, x, all, new Slice(0, 2, null))); }),
  'overlapping assignment': written((c, t) => { setItem(c, t, new Slice(1, null, null), item(c, t, new Slice(null, -1, null))); }),
  'broadcast assignment': written((c, t, _, x) => { setItem(c, t, new Slice(0, 2, null), item(c, x, 0)); }),
  'fancy assignment': written((c, t, _, x) => { setItem(c, t, ints(2, 0, 2), x); }),
  'mask assignment': written((c, t) => { setItem(c, t, mask, 0); }),
  'element assignment': written((c, t, _, x) => { setItem(c, t, new Tuple([1, 2]), getItem(c, x, new Tuple([0, 0]))); }),
  'augmented view': written((c, t, _, x) => { augmentItem(c, t, new Tuple([all, new Slice(1, 3, null)]), 'add', item(c, x, all, new Slice(0, 2, null))); }),
  'augmented product': written((c, t, _, x) => { augmentItem(c, t, 1, 'multiply', item(c, x, 0)); }),
  'augmented self': written((c, t) => { augmentItem(c, t, new Slice(1, null, null), 'subtract', item(c, t, new Slice(null, -1, null))); }),
  'augmented element': written((c, t, _, x) => { augmentItem(c, t, new Tuple([0, 1]), 'multiply', getItem(c, x, new Tuple([2, 3]))); }),
  'augmented duplicates': written((c, t, _, x) => { augmentItem(c, t, ints(0, 0, 1), 'add', x); }),
  'add.at': written((c, t, _, x) => { ufuncAt(c, 'add', t, ints(0, 0, 1), x); }),
  'multiply.at': written((c, t, _, x) => { ufuncAt(c, 'multiply', t, new Tuple([all, ints(1, 1, 2)]), item(c, x, all, new Slice(0, 3, null))); }),
};

/** Brings any array back to (3, 4) by recorded arithmetic: its elements repeated or cut, tamed by a factor. */
function folded(c: Context, a: NDArray): NDArray {
  return arrayOf(c, binary(c, 'multiply', resize(c, a, [rows, columns]), float(0.5)));
}

function inputs(seed: number, nudged: ArrayLike<number> | null, tape: Tape | null): NDArray[] {
  return [0, 1].map((which) => {
    const data = Float64Array.from({length: rows * columns}, (_, k) =>
      Math.sin(seed * 1.7 + which * 5.1 + k * 1.37) * 1.4 + 0.03 * k + (nudged === null ? 0 : nudged[which * rows * columns + k]));
    return fromData(data, [rows, columns], 'float64', tape === null ? null : Int32Array.from(data, (value) => tape.leaf(value)));
  });
}

/** The weighted sum of the last array. */
function total(c: Context, a: NDArray): number {
  return elements(folded(c, a)).reduce((sum, value, k) => sum + value * Math.cos(k + 1), 0);
}

describe('gradients of arrangements and products', () => {
  it('has a step for every name it lists', () => {
    assert.ok(Object.keys(steps).length > 60);
  });

  for (const [name, step] of Object.entries(steps)) {
    it(name, () => {
      checkChain([step], 3);
      checkChain([(c, a, x) => arrayOf(c, binary(c, 'multiply', a, x)), step], 5);
    });
  }

  it('chains of them', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...Object.values(steps)), {minLength: 2, maxLength: 4}), fc.integer({min: 1, max: 50}), checkChain),
      {numRuns: 150, seed: 7});
  });

  it('an intermediate has the gradient of itself alone', () => {
    fc.assert(fc.property(fc.constantFrom(...Object.values(steps)), fc.constantFrom(...Object.values(steps)), fc.integer({min: 1, max: 50}), (before, after, seed) => {
      const tape = new Tape();
      const c = context(tape);
      const [x, y] = inputs(seed, null, tape);
      const middle = copy(c, folded(c, before(c, x, y, x)));
      const ids = elementIds(middle);
      const values = elements(middle);
      const {bar} = sweepOf(c, after(c, middle, y, x));
      const plain = context(null);
      const [p, q] = inputs(seed, null, null);
      values.forEach((_, k) => {
        if (ids[k] === 0) return; // a constant that was written has no gradient
        const h = 1e-6;
        const at = (shift: number): number =>
          total(plain, after(plain, fromData(values.map((value, j) => j === k ? value + shift : value), [rows, columns], 'float64'), q, p));
        close(bar[ids[k]], (at(h) - at(-h)) / (2 * h));
      });
    }), {numRuns: 60, seed: 11});
  });
});

function sweepOf(c: Context, result: NDArray): {bar: Float64Array} {
  const out = folded(c, result);
  return reverseSweep(c.tape!, elementIds(out), Float64Array.from({length: out.size}, (_, k) => Math.cos(k + 1)));
}

function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-6 * Math.max(1, Math.abs(expected), Math.abs(actual)) + 1e-6, `${actual} is not ${expected}`);
}

function checkChain(chain: readonly Step[], seed: number): void {
  const run = (c: Context, x: NDArray, y: NDArray): NDArray => chain.reduce((current, step) => step(c, folded(c, current), y, x), x);
  const tape = new Tape();
  const c = context(tape);
  const [x, y] = inputs(seed, null, tape);
  const result = run(c, x, y);
  const {bar} = sweepOf(c, result);
  const plain = context(null);
  const [p, q] = inputs(seed, null, null);
  assert.deepEqual(elements(run(plain, p, q)), elements(result), 'the tape changes no value');
  const gradient = [...elementIds(x), ...elementIds(y)].map((id) => bar[id]);
  for (let trial = 0; trial < 3; trial++) {
    const direction = gradient.map((_, k) => Math.sin(k * 2.7 + trial * 1.9 + seed) > 0 ? 1 : -1);
    const h = 1e-6;
    const at = (shift: number): number => {
      const [u, v] = inputs(seed, direction.map((sign) => sign * shift), null);
      return total(plain, run(plain, u, v));
    };
    const slope = (at(h) - at(-h)) / (2 * h);
    close(gradient.reduce((sum, g, k) => sum + g * direction[k], 0), slope);
  }
}
