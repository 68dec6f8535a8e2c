import assert from 'node:assert/strict';
import fc from 'fast-check';
import {draw, labels, signed} from '../../../engine/inputs/draw.ts';
import {makeInputs, sizesFor} from '../../../engine/inputs/make.ts';
import {createRandom, shuffled} from '../../../engine/inputs/random.ts';
import type {Candidate} from '../../../engine/inputs/candidate.ts';
import {createSearch} from '../../../engine/inputs/search.ts';
import {settingsOf} from '../../../engine/inputs/settings.ts';
import {Dict} from '../../../engine/interpreter/containers.ts';
import {NDArray, elements} from '../../../engine/ndarray/array.ts';
import {Scalar} from '../../../engine/ndarray/scalar.ts';
import type {Value} from '../../../engine/ndarray/values.ts';
import {List, Tuple} from '../../../engine/ndarray/values.ts';
import {inputsOf} from './reading.ts';

function first(text: string, name = 'f'): Candidate {
  return createSearch(inputsOf(`import numpy as np\n${text}`, name)).next()!;
}

function made(candidate: Candidate, run = 0, seed = 1): ReadonlyMap<string, Value> {
  return new Map(makeInputs(candidate, run, seed).map(({name, value}) => [name, value]));
}

function numbers(value: Value | undefined): number[] {
  assert.ok(value instanceof NDArray);
  return [...elements(value)];
}

const affine = 'def f(x, w, b):\n    return x.dot(w) + b\n';
const loss = 'def f(x, y):\n    N, C = x.shape\n    return x[np.arange(N), y]\n';

describe('made inputs', () => {
  it('fit together and differ between runs', () => {
    const shapes = [0, 1, 2].map((run) => [...made(first(affine), run).values()].map((value) => (value as NDArray).shape));
    for (const [x, w, b] of shapes) {
      assert.equal(x[1], w[0]);
      assert.equal(w[1], b[0]);
    }
    assert.equal(new Set(shapes.map((shape) => JSON.stringify(shape))).size, 3);
  });

  it('are the same for the same seed and others for another', () => {
    const [a, b, c] = [made(first(affine)), made(first(affine)), made(first(affine), 0, 2)].map((values) => numbers(values.get('x')));
    assert.deepEqual(a, b);
    assert.notDeepEqual(a, c);
  });

  it('are signed, of order 1, away from 0 and pairwise different', () => {
    fc.assert(fc.property(fc.integer(), fc.integer({min: 2, max: 60}), (seed, count) => {
      const values = signed(createRandom(seed), count);
      assert.ok(values.every((value) => Math.abs(value) > 0.05 && Math.abs(value) < 2));
      assert.ok(values.some((value) => value > 0) && values.some((value) => value < 0));
      assert.equal(new Set(values).size, count);
    }));
  });

  it('labels are whole numbers of several classes, one of them twice', () => {
    fc.assert(fc.property(fc.integer(), fc.integer({min: 3, max: 12}), fc.integer({min: 2, max: 8}), (seed, count, classes) => {
      const drawn = labels(createRandom(seed), count, classes);
      assert.ok(drawn.every((label) => Number.isInteger(label) && label >= 0 && label < classes));
      assert.ok(new Set(drawn).size > 1 && new Set(drawn).size < count);
    }));
    const values = made(first(loss));
    const {dtype, shape} = values.get('y') as NDArray;
    assert.equal(dtype, 'int64');
    assert.deepEqual(shape, [(values.get('x') as NDArray).shape[0]]);
    assert.ok(Math.max(...numbers(values.get('y'))) < (values.get('x') as NDArray).shape[1]);
  });

  it('keep the domain that is promised', () => {
    fc.assert(fc.property(fc.integer(), fc.integer({min: 2, max: 5}), fc.integer({min: 2, max: 5}), (seed, rows, columns) => {
      const random = createRandom(seed);
      const row = (data: Float64Array, i: number): number[] => [...data.slice(i * columns, (i + 1) * columns)];
      const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
      const probabilities = draw(random, [rows, columns], 'probabilities', 1).data;
      const oneHot = draw(random, [rows, columns], 'one-hot', 1).data;
      for (let i = 0; i < rows; i++) {
        assert.ok(Math.abs(sum(row(probabilities, i)) - 1) < 1e-12);
        assert.equal(sum(row(oneHot, i)), 1);
      }
      assert.ok(draw(random, [rows], 'positive', 0).data.every((value) => value > 0));
      assert.ok(draw(random, [rows], 'unit-interval', 0).data.every((value) => value > 0 && value < 1));
      assert.deepEqual([...draw(random, [rows], 'permutation', 0).data].toSorted(), Array.from({length: rows}, (_, i) => i));
      assert.equal(new Set(draw(random, [rows, columns], 'mask', 1).data).size, 2);
    }));
  });

  it('a column layout has one-hot columns', () => {
    const {data} = draw(createRandom(3), [3, 4], 'one-hot', 0);
    for (let j = 0; j < 4; j++) assert.equal(data[j] + data[4 + j] + data[8 + j], 1);
  });

  it('include dictionaries, sizes, tuples and scalars', () => {
    const candidate = first(`class Net:
    def __init__(self, input_dim, layer_dims, eps=1e-5, pad=(1, 1)):
        self.w = np.zeros((input_dim, 3))
        self.pad = pad
    def forward(self, x, p, a):
        return x.dot(self.w) * p['alpha'] + p['stride']
`, 'Net.forward');
    const values = made(candidate);
    assert.equal(values.get('input_dim'), (values.get('x') as NDArray).shape[1]);
    assert.ok(values.get('layer_dims') instanceof List);
    assert.ok(values.get('pad') instanceof Tuple);
    assert.ok(values.get('eps') instanceof Scalar);
    const dict = values.get('p');
    assert.ok(dict instanceof Dict && dict.get('stride') === 1 && dict.get('alpha') instanceof Scalar);
  });

  it('leave an axis and a tuple of sizes that nobody states to the default of the code that asks for them', () => {
    const candidate = first(`def f(x, p):
    N, D = x.shape
    axis = p.get('axis', 0)
    rows, columns = p.get('shape', (N, D))
    stride = p.get('stride', 2)
    return x.reshape(rows, columns)[::stride].sum(axis=axis)
`, 'f');
    const dict = made(candidate).get('p');
    assert.ok(dict instanceof Dict);
    assert.deepEqual(['axis', 'shape', 'stride'].map((key) => dict.has(key)), [false, false, true]);
  });

  it('have sizes that a convolution can use in every setting', () => {
    const candidate = first(`def f(x, w, b, p):
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    s, pad = p['stride'], p['pad']
    return np.zeros((N, F, 1 + (H + 2 * pad - HH) // s, 1 + (W + 2 * pad - WW) // s))
`);
    const settings = settingsOf(candidate.inputs);
    assert.deepEqual(settings.map(({differs}) => differs), [{}, {stride: 2}, {pad: 0}, {N: 1}]);
    for (const setting of settings) {
      const sizes = sizesFor(candidate, 0, setting);
      const at = (name: string): number => sizes.get(name)!;
      assert.equal((at('H') + 2 * at('p.pad') - at('HH')) % at('p.stride'), 0);
      assert.ok(at('H') >= at('HH') && at('W') >= at('WW'));
    }
    assert.equal(sizesFor(candidate, 0, settings[3]).get('N'), 1);
  });
});

describe('settings', () => {
  const differs = (text: string, name = 'f'): unknown => settingsOf(inputsOf(`import numpy as np\n${text}`, name)).map((setting) => setting.differs);

  it('pools do not overlap at first, then do', () => {
    const inputs = inputsOf('def f(x, p):\n    N, C, H, W = x.shape\n    h, w, s = p["pool_height"], p["pool_width"], p["stride"]\n    return x[:, :, ::s, ::s] * h * w\n', 'f');
    const [base, ...rest] = settingsOf(inputs);
    assert.equal(base.values.get('p.stride'), 2);
    assert.ok(rest.some((setting) => setting.differs.pool_height === 3 && setting.values.get('p.stride') === 2));
    assert.ok(rest.some((setting) => setting.differs.stride === 1));
  });

  it('explore modes, flags and a regularisation of zero', () => {
    assert.deepEqual(differs("def f(x, mode, reg, train=True):\n    if mode == 'train':\n        return x * reg\n    elif mode == 'test':\n        return x\n"),
      [{}, {mode: 'test'}, {reg: {float: 0}}, {train: false}, {N: 1}]);
  });

  it('leave out an optional array, but not labels', () => {
    assert.deepEqual(differs('def f(x, bias=None, y=None):\n    if bias is not None:\n        x = x + bias.T\n    if y is None:\n        return x\n    return x[np.arange(len(x)), y]\n'),
      [{}, {bias: null}, {N: 1}]);
  });

  it('keep what a pragma states for numbers', () => {
    assert.deepEqual(differs('# backprop: reg 0.05\ndef f(x, reg):\n    return x * reg\n'), [{}, {N: 1}]);
  });

  it('vary what the constructor sets', () => {
    assert.deepEqual(differs('class C:\n    def __init__(self, stride=1):\n        self.stride = stride\n    def forward(self, x):\n        return x[::self.stride]\n', 'C.forward'),
      [{}, {stride: 2}, {N: 1}]);
  });
});

describe('random numbers', () => {
  it('are spread evenly and depend on the seed', () => {
    const random = createRandom(7);
    const values = Array.from({length: 4000}, random);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    assert.ok(Math.abs(mean - 0.5) < 0.02 && values.every((value) => value >= 0 && value < 1));
    assert.notEqual(createRandom(1)(), createRandom(2)());
  });

  it('shuffle everything once', () => {
    fc.assert(fc.property(fc.integer(), fc.integer({min: 0, max: 30}), (seed, count) => {
      assert.deepEqual(shuffled(createRandom(seed), count).toSorted((a, b) => a - b), Array.from({length: count}, (_, i) => i));
    }));
  });
});
