import assert from 'node:assert/strict';
import fc from 'fast-check';
import {readAnnotation} from '../../../engine/inputs/annotation.ts';
import {parseLiteral} from '../../../engine/inputs/literal.ts';
import {inputsOf, shorts} from './reading.ts';

const affine = (above: string, inside = ''): string => `import numpy as np
${above}
def affine_forward(x, w, b):${inside}
    return x.dot(w) + b
`;

describe('pragmas', () => {
  it('state shapes in letters or numbers', () => {
    assert.deepEqual(shorts(inputsOf(affine('# backprop: x (N, D), w (D, M), b (M)'), 'affine_forward')), ['x (N, D)', 'w (D, M)', 'b (M)']);
    assert.deepEqual(shorts(inputsOf(affine('# backprop: x (3, 4), w (4, 5), b (5)'), 'affine_forward')), ['x (3, 4)', 'w (4, 5)', 'b (5)']);
  });

  it('state labels, values and dictionaries', () => {
    const inputs = inputsOf(`
# backprop: x (N, C), y labels(C), reg 0.05, conv_param {'stride': 1, 'pad': 1}, mode 'test'
def f(x, y, reg, conv_param, mode):
    return x
`, 'f');
    const [, y, reg, conv, mode] = inputs.specs;
    assert.equal(y.role, 'label');
    assert.deepEqual(y.below, {letter: 'C'});
    assert.deepEqual(reg.literal, {float: 0.05});
    assert.deepEqual(conv.literal, {dict: [['stride', 1], ['pad', 1]]});
    assert.equal(mode.literal, 'test');
  });

  it('state domains', () => {
    const inputs = inputsOf(`
# backprop: a (N) positive, b (N, C) probabilities, c (N, C) one-hot, d (N) mask, e index(V), f (N) permutation, g scalar
def f(a, b, c, d, e, f, g):
    return a
`, 'f');
    assert.deepEqual(inputs.specs.map(({domain}) => domain), ['positive', 'probabilities', 'one-hot', 'mask', 'any', 'permutation', 'any']);
    assert.deepEqual(inputs.specs.map(({role}) => role), ['differentiable', 'differentiable', 'label', 'config', 'index', 'index', 'differentiable']);
  });

  it('hold for the next definition, or for the whole file above all of them', () => {
    const text = `
# backprop: x (N, D)
def f(x):
    return x * 2

# backprop: x (N, T, D)
def g(x):
    return x * 2

def h(x):
    return x * 2
`;
    assert.deepEqual(['f', 'g', 'h'].map((name) => shorts(inputsOf(text, name))[0]), ['x (N, D)', 'x (N, T, D)', 'x (N, D)']);
  });

  it('inside a definition hold for it', () => {
    assert.deepEqual(shorts(inputsOf(affine('', '\n    # backprop: x (N, T), w (T, M)'), 'affine_forward')).slice(0, 2), ['x (N, T)', 'w (T, M)']);
  });

  it('above a class hold for its methods', () => {
    const text = `
class Before:
    pass

# backprop: x (N, T, D)
class Gate:
    def forward(self, x):
        return x * 2
`;
    assert.deepEqual(shorts(inputsOf(text, 'Gate.forward')), ['x (N, T, D)']);
  });

  it('win over everything else', () => {
    const text = `
# backprop: x (N, T, D)
def f(x):
    """ - x: data of shape (N, D) """
    return x * 2
`;
    assert.deepEqual(shorts(inputsOf(text, 'f')), ['x (N, T, D)']);
  });

  for (const [title, pragma, said] of [
    ['a bad shape', 'x (N, "D")', 'is no shape'], ['a word that means nothing', 'x sometimes', 'labels(C)'], ['a name alone', 'x', 'not followed by'],
  ]) {
    it(`explain ${title} and leave the rest`, () => {
      const text = affine(`# backprop: ${pragma}, w (D, M)`);
      const {problems, specs} = inputsOf(text, 'affine_forward');
      assert.equal(problems.length, 1);
      assert.ok(problems[0].message.includes(said), problems[0].message);
      assert.equal(text.slice(problems[0].span.start, problems[0].span.end), pragma);
      assert.equal(specs[1].origin, 'pragma');
    });
  }

  it('that pair or ignore definitions say nothing of inputs', () => {
    assert.deepEqual(inputsOf(affine('# backprop: pair affine_forward other\n# backprop: ignore'), 'affine_forward').problems, []);
  });

  it('of any text are read', () => {
    fc.assert(fc.property(fc.string(), (words) => {
      const text = affine(`# backprop: x ${words.replace(/[\r\n\u2028\u2029]/g, ' ')}`);
      assert.equal(inputsOf(text, 'affine_forward').specs.length, 3);
    }));
  });
});

describe('literals in text', () => {
  it('are read as Python has them', () => {
    assert.deepEqual(parseLiteral("{'a': 1, 'b': [1.5, -2], 'c': (True, None)}"), {
      dict: [['a', 1], ['b', {list: [{float: 1.5}, -2]}], ['c', {tuple: [true, null]}]],
    });
    assert.deepEqual(parseLiteral('1e-5'), {float: 1e-5});
    assert.deepEqual(parseLiteral('(1,)'), {tuple: [1]});
    assert.equal(parseLiteral('(1)'), 1);
    assert.deepEqual(parseLiteral('[]'), {list: []});
  });

  it('are rejected when they are none', () => {
    for (const text of ['', 'x', '{1', '[1, 2', "'a", '1 2', '{1: }', '[1 2]']) assert.equal(parseLiteral(text), undefined);
  });
});

describe('annotations', () => {
  const shapeOf = (text: string): unknown => readAnnotation(text)?.shape;
  const [N, D] = [{letter: 'N'}, {letter: 'D'}];

  it('of jaxtyping and nptyping state shapes', () => {
    assert.deepEqual(shapeOf('Float[Array, "N D"]'), [N, D]);
    assert.deepEqual(shapeOf("jt.Float64[np.ndarray, 'N 3']"), [N, {size: 3}]);
    assert.deepEqual(shapeOf('Float[np.ndarray, "N ..."]'), [N, {rest: true}]);
    assert.deepEqual(shapeOf('Float[np.ndarray, ""]'), []);
    assert.deepEqual(shapeOf('NDArray[Shape["N, D"], Float]'), [N, D]);
    assert.deepEqual(shapeOf('Annotated[np.ndarray, (N, D)]'), [N, D]);
    assert.equal(readAnnotation('Int[np.ndarray, "N"]')?.role, 'index');
    assert.equal(readAnnotation('Bool[np.ndarray, "N"]')?.domain, 'mask');
  });

  it('of plain Python state kinds', () => {
    const kinds = ['np.ndarray', 'float', 'int', 'str', 'bool', 'List[int]', 'dict[str, float]', 'Optional[np.ndarray]', 'np.ndarray | None', '"np.ndarray"', 'npt.NDArray[np.float64]'].map((text) => readAnnotation(text)?.kind);
    assert.deepEqual(kinds, ['array', 'float', 'int', 'string', 'bool', 'list', 'dict', 'array', 'array', 'array', 'array']);
    assert.equal(readAnnotation('SomethingElse'), null);
  });

  it('tell a function its inputs', () => {
    const text = `
def f(x: Float[np.ndarray, "N D"], w: np.ndarray, eps: float = 1e-5, train: bool = True):
    return x.dot(w)
`;
    assert.deepEqual(shorts(inputsOf(text, 'f')), ['x (N, D)', 'w (D, M)', 'eps float', 'train bool']);
  });
});

describe('comments', () => {
  it('beside parameters and above the function state shapes', () => {
    const text = `
# w: (D, M)
def f(
    x,  # (N, D)
    w,
    b,  # shape (M,)
):
    return x.dot(w) + b
`;
    assert.deepEqual(shorts(inputsOf(text, 'f')), ['x (N, D)', 'w (D, M)', 'b (M)']);
  });

  it('behind an assignment name the sizes of its value', () => {
    const text = `
def f(x, w):
    h = x.dot(w)  # (batch, hidden)
    return h
`;
    assert.deepEqual(shorts(inputsOf(text, 'f')), ['x (batch, D)', 'w (D, hidden)']);
  });
});
