import assert from 'node:assert/strict';
import fc from 'fast-check';
import {sizesFor} from '../../../engine/inputs/make.ts';
import type {Candidate, TrialError} from '../../../engine/inputs/candidate.ts';
import type {Search} from '../../../engine/inputs/search.ts';
import {createSearch} from '../../../engine/inputs/search.ts';
import {inputsOf, shorts} from './reading.ts';

const np = 'import numpy as np\n';

function search(text: string, name = 'f'): Search {
  return createSearch(inputsOf(np + text, name));
}

/** Fails every candidate as `run` says, until one is accepted; gives it and how many were tried. */
function find(of: Search, run: (candidate: Candidate) => TrialError | null): {readonly candidate: Candidate; readonly tried: number} {
  let tried = 0;
  for (let candidate = of.next(); candidate !== null; candidate = of.next()) {
    tried++;
    const error = run(candidate);
    if (error === null) return {candidate, tried};
    of.failed(error);
  }
  assert.fail('no candidate was accepted');
}

const rankOf = (candidate: Candidate, name: string): number | undefined => candidate.inputs.specs.find((spec) => spec.name === name)?.shape?.length;
const shapeOf = (candidate: Candidate, name: string): readonly (number | undefined)[] => {
  const sizes = sizesFor(candidate, 0);
  return candidate.inputs.specs.find((spec) => spec.name === name)!.shape!.map((axis) => 'letter' in axis ? sizes.get(axis.letter) : 'size' in axis ? axis.size : undefined);
};
const tuple = (shape: readonly unknown[]): string => `(${shape.join(',')}${shape.length === 1 ? ',' : ''})`;

describe('the search for inputs', () => {
  it('begins with the best reading', () => {
    assert.deepEqual(shorts(search('def f(x, w):\n    return x.dot(w)\n').next()!.inputs), ['x (N, D)', 'w (D, M)']);
  });

  it('merges letters of a product that does not fit', () => {
    const {candidate, tried} = find(search('def f(x, w):\n    return g(x, w)\n'), (one) => {
      const [x, w] = [shapeOf(one, 'x'), shapeOf(one, 'w')];
      if (x.length !== 2 || w.length !== 2) return {type: 'ValueError', message: 'no'};
      return x[1] === w[0] ? null : {type: 'ValueError', message: `shapes ${tuple(x)} and ${tuple(w)} not aligned: ${x[1]} (dim 1) != ${w[0]} (dim 0)`};
    });
    assert.equal(tried, 2);
    assert.equal(shapeOf(candidate, 'x')[1], shapeOf(candidate, 'w')[0]);
  });

  it('merges letters of a mismatch in matmul', () => {
    const {tried} = find(search('def f(x, w):\n    return g(x, w)\n'), (one) => {
      const [x, w] = [shapeOf(one, 'x'), shapeOf(one, 'w')];
      return x[1] === w[0] ? null : {type: 'ValueError', message: `matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size ${w[0]} is different from ${x[1]})`};
    });
    assert.equal(tried, 2);
  });

  it('merges letters of shapes that cannot be broadcast', () => {
    const {candidate} = find(search('def f(x, z):\n    return g(x, z)\n'), (one) => {
      const [x, z] = [shapeOf(one, 'x'), shapeOf(one, 'z')];
      return tuple(x) === tuple(z) ? null : {type: 'ValueError', message: `operands could not be broadcast together with shapes ${tuple(x)} ${tuple(z)} `};
    });
    assert.deepEqual(shapeOf(candidate, 'x'), shapeOf(candidate, 'z'));
  });

  it('turns a vector into a column', () => {
    const {candidate} = find(search('def f(x, b):\n    return g(x, b)\n'), (one) => {
      const [x, b] = [shapeOf(one, 'x'), shapeOf(one, 'b')];
      return b.length === 2 && b[1] === 1 && b[0] === x[0] ? null : {type: 'ValueError', message: `operands could not be broadcast together with shapes ${tuple(x)} ${tuple(b)} `};
    });
    assert.equal(rankOf(candidate, 'b'), 2);
  });

  for (const [title, error, rank] of [
    ['unpacking', 'not enough values to unpack (expected 4, got 2)', 4], ['unpacking fewer', 'too many values to unpack (expected 3)', 3],
    ['indexing', 'too many indices for array: array is 2-dimensional, but 3 were indexed', 3],
    ['an axis', 'axis 2 is out of bounds for array of dimension 2', 3], ['a truth value', 'The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()', 0],
  ] as const) {
    it(`changes a rank after ${title}`, () => {
      const {candidate, tried} = find(search('def f(x):\n    return g(x)\n'), (one) => (one.inputs.specs[0].shape?.length ?? 0) === rank ? null : {type: 'ValueError', message: error});
      assert.equal(candidate.inputs.specs[0].shape?.length, rank);
      assert.equal(tried, 2);
    });
  }

  it('adds a key that was asked for', () => {
    const {candidate} = find(search('def f(x, conv_param):\n    return g(x, conv_param)\n'), ({inputs}) =>
      inputs.specs[1].entries?.some(({name}) => name === 'stride') === true ? null : {type: 'KeyError', message: "'stride'"});
    assert.equal(candidate.inputs.specs[1].entries?.[0].literal, 1);
  });

  it('makes labels of what is used as an index', () => {
    const {candidate} = find(search('def f(x, y):\n    return g(x, y)\n'), ({inputs}) =>
      inputs.specs[1].below !== undefined ? null : {type: 'IndexError', message: 'arrays used as indices must be of integer (or boolean) type'});
    assert.equal(candidate.inputs.specs[1].role, 'label');
    assert.equal(rankOf(candidate, 'y'), 1);
  });

  it('keeps labels below the axis that they index', () => {
    const {candidate} = find(search("def f(x, y):\n    ''' y: labels of shape (N,) with 0 <= y < K '''\n    N, C = x.shape\n    return g(x, y)\n"), (one) => {
      const {below} = one.inputs.specs[1];
      return below !== undefined && 'letter' in below && below.letter === 'C' ? null
        : {type: 'IndexError', message: `index 9 is out of bounds for axis 1 with size ${shapeOf(one, 'x')[1]}`};
    });
    assert.deepEqual(candidate.inputs.specs[1].below, {letter: 'C'});
  });

  it('makes an array of what was None', () => {
    const {candidate} = find(search('def f(x, extra=None):\n    return g(x, extra)\n'), ({inputs}) =>
      inputs.specs[1].kind === 'array' ? null : {type: 'AttributeError', message: "'NoneType' object has no attribute 'shape'"});
    assert.equal(rankOf(candidate, 'extra'), 2);
  });

  it('tries other readings when an error says nothing, and ends', () => {
    const of = search('def f(x, y, b):\n    return g(x, y, b)\n');
    const seen = new Set<string>();
    let count = 0;
    for (let one = of.next(); one !== null; one = of.next()) {
      seen.add(shorts(one.inputs).join());
      count++;
      of.failed({type: 'AssertionError', message: ''});
    }
    assert.ok(count <= 60 && seen.size > 5, `${count} candidates, ${seen.size} readings`);
    assert.equal(of.next(), null);
  });

  it('takes any message, and gives at most 60 candidates', () => {
    const message = fc.oneof(fc.string(), fc.constantFrom(
      'shapes (3,4) and (5,6) not aligned: 4 (dim 1) != 5 (dim 0)', 'operands could not be broadcast together with shapes (3,4) (5,) ',
      'not enough values to unpack (expected 4, got 2)', 'tuple index out of range', "'int' object is not iterable", "unhashable type: 'numpy.ndarray'",
      'could not broadcast input array from shape (3,4) into shape (3,5)', 'index 5 is out of bounds for axis 0 with size 3',
    ));
    fc.assert(fc.property(fc.array(message, {minLength: 1, maxLength: 70}), fc.constantFrom('ValueError', 'TypeError', 'KeyError'), (messages, type) => {
      const of = search('def f(x, w, b, p, y):\n    return x.dot(w) + b + p["eps"] + y\n');
      let count = 0;
      for (let one = of.next(); one !== null; one = of.next()) {
        of.failed({type, message: messages[count % messages.length]});
        count++;
      }
      assert.ok(count <= 60);
    }), {numRuns: 30});
  });

  it('takes an array that is unpacked into fewer than it has for several arrays in one argument', () => {
    const {candidate} = find(search('def f(x):\n    return np.dot(x, x.T)'), ({inputs}) => (inputs.specs[0].kind === 'tuple' ? null
      : {type: 'ValueError', message: 'too many values to unpack (expected 2)'}));
    assert.equal(candidate.inputs.specs[0].kind, 'tuple');
  });
});
