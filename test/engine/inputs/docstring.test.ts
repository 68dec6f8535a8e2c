import assert from 'node:assert/strict';
import fc from 'fast-check';
import {docstringFacts} from '../../../engine/inputs/docstring.ts';
import type {Fact} from '../../../engine/inputs/spec.ts';
import {axisText, inputsOf, shorts} from './reading.ts';

function facts(doc: string, ...params: string[]): ReadonlyMap<string, Fact> {
  return new Map(docstringFacts(`"""${doc}"""`, 0, params).params.map((fact) => [fact.name, fact]));
}

function shape(fact: Fact | undefined): string | undefined {
  return fact?.shape?.map(axisText).join(', ');
}

describe('docstrings: how shapes are written', () => {
  const forms: readonly (readonly [title: string, doc: string, expected: string])[] = [
    ['a bullet with "of shape"', '\n  Inputs:\n  - x: Input data of shape (N, D)\n', 'N, D'],
    ['a name with a dash', '\n  Inputs:\n  x - Input data, of shape (N, C, H, W)\n', 'N, C, H, W'],
    ['any number of axes', '\n  Inputs:\n  - x: A numpy array containing input data, of shape (N, d_1, ..., d_k)\n', 'N, ...'],
    ['two dashes', '\n  Arguments:\n  x -- data, numpy array of shape (n_x, m)\n', 'n_x, m'],
    ['words for sizes', '\n  Arguments:\n  x -- activations from previous layer (or input data): (size of previous layer, number of examples)\n', 'n_prev, m'],
    ['words for the current layer', '\n  x -- weights matrix: numpy array of shape (size of current layer, size of previous layer)\n', 'n, n_prev'],
    ['a vector', '\n  - x: Biases, of shape (M,)\n', 'M'],
    ['NumPy style', '\n  Parameters\n  ----------\n  x : ndarray, shape (N, D)\n      The input.\n', 'N, D'],
    ['NumPy style with the shape on the next line', '\n  Parameters\n  ----------\n  x : np.ndarray\n      Scores of shape (N, C).\n', 'N, C'],
    ['Google style', '\n  Args:\n      x (np.ndarray): input of shape (batch_size, in_features)\n', 'batch_size, in_features'],
    ['Google style, the shape alone', '\n  Args:\n      x (np.array): (batch_size, in_channels, input_width)\n', 'batch_size, in_channels, input_width'],
    ['Sphinx', '\n  :param x: weights, shape (D, M)\n  :return: nothing\n', 'D, M'],
    ['Sphinx with a bare shape', '\n  :param x: (N, D)\n', 'N, D'],
    ['shape with a colon', '\n  x: the input, shape: (N, T, D)\n', 'N, T, D'],
    ['shape with an equals sign', '\n  x: the input (shape=(N, T))\n', 'N, T'],
    ['N x D', '\n  x: an N x D matrix of data\n', 'N, D'],
    ['a multiple', '\n  - x: Input-to-hidden weights, of shape (D, 4H)\n', 'D, 4*H'],
    ['primes', "\n  - x: Output data, of shape (N, C, H', W')\n", "N, C, H', W'"],
    ['a number', '\n  x -- bias vector, numpy array of shape (n_h, 1)\n', 'n_h, 1'],
    ['a continuation line', '\n  - x: A numpy array of data, which is\n    of shape (N, D)\n', 'N, D'],
    ['a sentence', '\n  The input x has shape (N, T) and holds a minibatch.\n', 'N, T'],
    ['Chinese', '\n  参数：\n      x - 数据，numpy数组，维度为（输入节点数量，示例数）\n', 'n_x, m'],
    ['CRLF', '\r\n  Argument:\r\n      x (np.array): (batch, width)\r\n', 'batch, width'],
  ];
  for (const [title, doc, expected] of forms) {
    it(title, () => { assert.equal(shape(facts(doc, 'x').get('x')), expected); });
  }

  it('reads several inputs from one line', () => {
    const found = facts('x: (N, D), b: (M,)', 'x', 'b');
    assert.equal(shape(found.get('x')), 'N, D');
    assert.equal(shape(found.get('b')), 'M');
  });

  it('tells a tuple of inputs from a shape', () => {
    const found = facts('\n  - cache: Tuple of (x, w, b)\n  - x: values, see (x, w, b)\n', 'cache', 'x', 'w', 'b');
    assert.equal(found.get('cache')?.shape, undefined);
    assert.equal(found.get('x')?.shape, undefined);
  });

  it('does not read prose in parentheses as a shape', () => {
    const found = facts('\n  y -- true "label" vector (containing 0 if cat, 1 if non-cat), of shape (1, number of examples)\n', 'y');
    assert.equal(shape(found.get('y')), '1, m');
    assert.equal(found.get('y')?.role, 'label');
    assert.equal(found.get('y')?.domain, 'mask');
  });

  it('reads several names together and leaves their shapes open', () => {
    const found = facts('\n  - w, b: Weights for the affine layer, of shape (D, M)\n', 'w', 'b');
    assert.equal(shape(found.get('w')), 'D, M');
    assert.equal(shape(found.get('b')), 'D, M');
  });

  it('reads the returns apart', () => {
    const {params, returns} = docstringFacts('"""\n  Inputs:\n  - x: data of shape (N, D)\n\n  Returns a tuple of:\n  - out: output, of shape (N, M)\n  - cache: (x, w, b)\n"""', 0, ['x', 'w', 'b']);
    assert.deepEqual(params.map(({name}) => name), ['x']);
    assert.equal(shape(returns.find(({name}) => name === 'out')), 'N, M');
  });

  it('knows where the text says so', () => {
    const text = '"""\n  - x: data of shape (N, D)\n"""';
    const [fact] = docstringFacts(text, 0, ['x']).params;
    assert.equal(text.slice(fact.span!.start, fact.span!.end), '- x: data of shape (N, D)');
  });

  it('reads any text', () => {
    fc.assert(fc.property(fc.string({unit: 'grapheme'}), fc.string(), (a, b) => {
      const {params} = docstringFacts(`"""${a}\n - x: ${b}\n:param y: (${a}"""`, 0, ['x', 'y']);
      assert.ok(params.every(({name}) => name === 'x' || name === 'y'));
    }));
  });
});

describe('docstrings: what values are', () => {
  it('labels below a number of classes', () => {
    const fact = facts('\n  - y: Vector of labels, of shape (N,) where y[i] is the label for x[i] and\n    0 <= y[i] < C\n', 'y').get('y');
    assert.equal(fact?.role, 'label');
    assert.deepEqual(fact.below, {letter: 'C'});
    const named = facts('\n  - y: A numpy array of shape (N,) containing training labels; y[i] = c means\n      that X[i] has label c, where 0 <= c < C.\n', 'y').get('y');
    assert.deepEqual(named?.below, {letter: 'C'});
  });

  it('indices', () => {
    const fact = facts('\n  - x: Integer array of shape (N, T) giving indices of words. Each element idx\n    of x muxt be in the range 0 <= idx < V.\n', 'x').get('x');
    assert.equal(fact?.role, 'index');
    assert.deepEqual(fact.below, {letter: 'V'});
  });

  it('one-hot rows, masks and probabilities', () => {
    assert.equal(facts('\n  y: one-hot labels of shape (N, C)\n', 'y').get('y')?.domain, 'one-hot');
    assert.equal(facts('\n  - mask: Boolean array of shape (N, T) where mask[i, t] tells\n', 'mask').get('mask')?.domain, 'mask');
    assert.equal(facts('\n  AL -- probability vector corresponding to your label predictions, shape (1, number of examples)\n', 'AL').get('AL')?.domain, 'probabilities');
  });

  it('scalars', () => {
    assert.equal(facts('\n  - reg: (float) regularization strength\n', 'reg').get('reg')?.kind, 'float');
    assert.equal(facts('\n  - n: Integer giving the number of groups\n', 'n').get('n')?.kind, 'int');
    assert.equal(facts('\n  flag (bool): whether to normalize\n', 'flag').get('flag')?.kind, 'bool');
    assert.equal(facts('\n  z {scalar or np.array} -- the input\n', 'z').get('z')?.kind, undefined);
    assert.equal(facts('\n  z -- a numpy array or a scalar\n', 'z').get('z')?.kind, undefined);
    assert.equal(facts('\n  z -- a scalar, not an array\n', 'z').get('z')?.kind, 'float');
  });

  it('switches', () => {
    const fact = facts('\n  activation -- the activation to be used in this layer, stored as a text string: "sigmoid" or "relu"\n', 'activation').get('activation');
    assert.deepEqual(fact?.choices, ['sigmoid', 'relu']);
  });

  it('keys of a dictionary', () => {
    const fact = facts(`
  - conv_param: A dictionary with the following keys:
    - 'stride': The number of pixels between adjacent receptive fields in the
      horizontal and vertical directions.
    - 'pad': The number of pixels that will be used to zero-pad the input.
`, 'conv_param').get('conv_param');
    assert.equal(fact?.kind, 'dict');
    assert.deepEqual(fact.entries?.map(({name}) => name), ['stride', 'pad']);
  });

  it('keys with shapes and choices', () => {
    const fact = facts(`
  - bn_param: Dictionary with the following keys:
    - mode: 'train' or 'test'; required
    - eps: Constant for numeric stability
    - running_mean: Array of shape (D,) giving running mean of features
`, 'bn_param').get('bn_param');
    assert.deepEqual(fact?.entries?.map(({name, kind}) => `${name} ${kind}`), ['mode string', 'eps float', 'running_mean undefined']);
    assert.equal(shape(fact.entries[2]), 'D');
  });
});

describe('docstrings: whose they are', () => {
  it('a function that refers to another, or is a variant of it, has its documentation', () => {
    const text = `
def loss_naive(W, X):
    """
    - W: weights of shape (D, C)
    - X: data of shape (N, D)
    """
    return X.dot(W)

def loss_vectorized(W, X):
    """ Inputs and outputs are the same as above. """
    return X.dot(W)
`;
    assert.deepEqual(shorts(inputsOf(text, 'loss_vectorized')), ['W (D, C)', 'X (N, D)']);
  });

  it('a backward tells what its forward does not', () => {
    const text = `
def f_forward(x):
    return np.exp(x), x

def f_backward(dout, cache):
    """
    - dout: upstream derivatives
    - x: Input of shape (N, T, D)
    """
    return dout * np.exp(cache)
`;
    assert.deepEqual(shorts(inputsOf(text, 'f_forward', 'f_backward')), ['x (N, T, D)']);
  });

  it('code that contradicts it wins', () => {
    const text = `
def f(x):
    """ - x: data of shape (N, D) """
    N, C, H, W = x.shape
    return x.reshape(N, -1)
`;
    assert.deepEqual(shorts(inputsOf(text, 'f')), ['x (N, C, H, W)']);
  });

  it('letters that the text keeps apart stay apart, whatever the code does', () => {
    const text = `
def f(x, gamma):
    """
    - x: data of shape (N, C, H, W)
    - gamma: scale, of shape (C,)
    """
    return gamma * x
`;
    assert.deepEqual(shorts(inputsOf(text, 'f')), ['x (N, C, H, W)', 'gamma (C)']);
  });

  it('an equation of sizes holds', () => {
    const {ties} = inputsOf(`
def affine_forward(x, w, b):
    """
    - x: data of shape (N, d_1, ..., d_k)
    - w: weights of shape (D, M), where D = d_1 * ... * d_k
    - b: biases of shape (M,)
    """
    return x.reshape(x.shape[0], -1).dot(w) + b
`, 'affine_forward');
    assert.deepEqual(ties, [{type: 'equal', letter: 'D', to: {operator: '*', left: 'd_1', right: 'd_2'}}]);
  });
});
