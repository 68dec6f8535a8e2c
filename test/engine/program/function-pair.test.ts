import assert from 'node:assert/strict';
import {described, onlyPair, pairsOf, roles} from './described.ts';

const AFFINE = `
import numpy as np

def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1).dot(w) + b
    cache = (x, w, b)
    return out, cache

def affine_backward(dout, cache):
    x, w, b = cache
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T.dot(dout)
    db = dout.sum(axis=0)
    return dx, dw, db
`;

describe('function pairs', () => {
  it('takes forward and backward by their names, with upstream, cache and results', () => {
    const pair = onlyPair(AFFINE, 'function-pair');
    assert.deepEqual(described(AFFINE), ['function-pair affine: dx of x, dw of w, db of b']);
    assert.equal(pair.upstream, 'dout');
    assert.equal(pair.cache, 'cache');
    assert.equal(pair.owner, null);
    assert.equal(roles(pair.parameters), 'dout=upstream(out), cache=cache(cache)');
    assert.deepEqual(pair.results, [{name: 'out', position: 0, role: 'output'}, {name: 'cache', position: 1, role: 'cache'}]);
  });

  it('takes a misspelt forward that no other backward has', () => {
    const projection = AFFINE.replaceAll('affine', 'projection');
    const misspelt = projection.replace('projection_forward', 'projecton_forward');
    assert.deepEqual(described(misspelt), described(projection));
    const taken = `${misspelt}\ndef projecton_backward(dout, cache):\n    x, w, b = cache\n    dx = dout.dot(w.T)\n    return dx\n`;
    assert.deepEqual(described(taken), ['function-pair projecton: dx of x']);
  });

  it('points each gradient at the last place that assigns it', () => {
    const pair = onlyPair(AFFINE, 'function-pair');
    assert.deepEqual(pair.gradients.map(({span}) => AFFINE.slice(span.start, span.end)), ['dx', 'dw', 'db']);
    assert.deepEqual(pair.gradients.map(({span}) => AFFINE.slice(0, span.start).split('\n').length), [11, 12, 13]);
  });

  for (const [forward, backward, name] of [
    ['conv_forward_naive', 'conv_backward_naive', 'conv_naive'],
    ['conv_forward_naive', 'conv_backward_im2col', 'conv_im2col'],
    ['forward_conv', 'backward_conv', 'conv'],
    ['conv_fwd', 'conv_bwd', 'conv'],
    ['fwd_conv', 'bwd_conv', 'conv'],
    ['convForward', 'convBackward', 'conv'],
    ['conv', 'conv_backward', 'conv'],
    ['conv', 'conv_grad', 'conv'],
    ['Conv', 'ConvGrad', 'Conv'],
    ['conv_function', 'conv_backward', 'conv'],
    ['_conv_forward', '_conv_backward', 'conv'],
    ['forward', 'backward', 'forward'],
    ['forward_pass', 'backward_pass', 'forward_pass'],
  ] as const) {
    it(`matches ${forward} with ${backward}`, () => {
      const text = `
def ${forward}(x, w):
    out = x.dot(w)
    return out, (x, w)

def ${backward}(dout, cache):
    x, w = cache
    return dout.dot(w.T), x.T.dot(dout)
`;
      const pair = onlyPair(text, 'function-pair');
      assert.equal(pair.forward.name, forward);
      assert.equal(pair.backward.name, backward);
      assert.equal(pair.name, name);
    });
  }

  it('lets several backwards share a forward and prefers the same suffix', () => {
    const bodies = ['batchnorm_forward', 'batchnorm_forward_alt'].map(name => `
def ${name}(x, gamma, beta):
    out = gamma * x + beta
    return out, (x, gamma)
`);
    const backwards = ['batchnorm_backward', 'batchnorm_backward_alt', 'batchnorm_backward_fast'].map(name => `
def ${name}(dout, cache):
    x, gamma = cache
    dgamma = (dout * x).sum(axis=0)
    dbeta = dout.sum(axis=0)
    return dout * gamma, dgamma, dbeta
`);
    const pairs = pairsOf([...bodies, ...backwards].join('\n'));
    assert.deepEqual(pairs.map(pair => pair.pattern === 'function-pair' ? [pair.name, pair.forward.name] : []), [
      ['batchnorm', 'batchnorm_forward'], ['batchnorm_fast', 'batchnorm_forward'], ['batchnorm_alt', 'batchnorm_forward_alt'],
    ]);
  });

  it('finds pairs of methods within a class', () => {
    const text = `
class Net:
    def affine_forward(self, x, w):
        self.last = x
        return x @ w, (x, w)

    def affine_backward(self, dout, cache):
        x, w = cache
        dx = dout @ w.T
        dw = x.T @ dout
        return dx, dw
`;
    const pair = onlyPair(text, 'function-pair');
    assert.equal(pair.owner?.name, 'Net');
    assert.equal(pair.name, 'Net.affine');
    assert.equal(roles(pair.parameters), 'self=self, dout=upstream, cache=cache');
  });

  it('tells forward arguments, outputs and hyperparameters among the parameters of a backward', () => {
    const direct = onlyPair(`
def linear_forward(X, W, b):
    out = X @ W + b
    return out

def linear_backward(dout, X, W, b, learning_rate):
    return dout @ W.T, X.T @ dout, dout.sum(0)
`, 'function-pair');
    assert.equal(roles(direct.parameters),
      'dout=upstream(out), X=forward-argument(X), W=forward-argument(W), b=forward-argument(b), learning_rate=hyperparameter');
    const mask = onlyPair(`
def dropout_forward(x, p):
    mask = np.random.rand(*x.shape) < p
    out = x * mask
    return out, mask

def dropout_backward(dout, mask):
    return dout * mask
`, 'function-pair');
    assert.equal(roles(mask.parameters), 'dout=upstream(out), mask=forward-output(mask)');
    const other = onlyPair(`
def relu(x):
    return np.maximum(0, x)

def relu_backward(dA, Z):
    return dA * (Z > 0)
`, 'function-pair');
    assert.equal(roles(other.parameters), 'dA=upstream, Z=forward-argument(x)');
  });

  it('gives each of several upstream gradients the output that it is of', () => {
    const pair = onlyPair(`
def lstm_step_forward(x, prev_h, prev_c, Wx):
    next_c = prev_c + x @ Wx
    next_h = np.tanh(next_c) + prev_h
    cache = (x, next_c, Wx)
    return next_h, next_c, cache

def lstm_step_backward(dnext_h, dnext_c, cache):
    x, next_c, Wx = cache
    dprev_c = dnext_c + dnext_h * (1 - np.tanh(next_c) ** 2)
    dx = dprev_c @ Wx.T
    dWx = x.T @ dprev_c
    return dx, dnext_h, dprev_c, dWx
`, 'function-pair');
    assert.equal(roles(pair.parameters), 'dnext_h=upstream(next_h), dnext_c=upstream(next_c), cache=cache(cache)');
    assert.deepEqual(pair.gradients.map(({of}) => of), ['x', 'prev_h', 'prev_c', 'Wx']);
  });

  it('follows the names that a backward gives to the cache', () => {
    assert.deepEqual(described(`
def linear_forward(A, W, b):
    Z = np.dot(W, A) + b
    cache = (A, W, b)
    return Z, cache

def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
`), ['function-pair linear: dA_prev of A, dW of W, db of b']);
  });

  it('claims activation functions that return their input as cache, whatever the derivative is called', () => {
    assert.deepEqual(described(`
def sigmoid(Z):
    A = 1 / (1 + np.exp(-Z))
    cache = Z
    return A, cache

def sigmoid_backward(dA, cache):
    Z = cache
    s = 1 / (1 + np.exp(-Z))
    dZ = dA * s * (1 - s)
    return dZ
`), ['function-pair sigmoid: dZ of Z']);
  });

  it('finds backwards that are still to be written', () => {
    const stub = (body: string): string => `
def affine_forward(x, w, b):
    out = x.dot(w) + b
    return out, (x, w, b)

def affine_backward(dout, cache):
${body}
`;
    const blank = `    """Computes the gradients."""
    x, w, b = cache
    dx, dw, db = None, None, None
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    pass
    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return dx, dw, db`;
    for (const body of ['    pass', '    ...', '    return None', '    raise NotImplementedError', '    # TODO', blank]) {
      assert.deepEqual(pairsOf(stub(body)).map(pair => pair.name), ['affine'], body);
    }
    assert.deepEqual(described(stub(blank)), ['function-pair affine: dx of x, dw of w, db of b']);
  });

  it('keeps a pair whose backward is being typed', () => {
    const text = `${AFFINE.slice(0, AFFINE.indexOf('    db ='))}    db = dout.sum(axis=\n`;
    assert.deepEqual(pairsOf(text).map(pair => pair.name), ['affine']);
  });

  it('hands a backward that calls another backward the other one\'s gradients', () => {
    assert.deepEqual(described(`${AFFINE}
def affine_relu_forward(x, w, b):
    a, fc_cache = affine_forward(x, w, b)
    return np.maximum(0, a), (fc_cache, a)

def affine_relu_backward(dout, cache):
    fc_cache, a = cache
    return affine_backward(dout * (a > 0), fc_cache)
`).at(1), 'function-pair affine_relu: return[0] of x, return[1] of w, return[2] of b');
  });
});

describe('functions that are no pair', () => {
  it('leaves the forward and backward algorithms of a hidden Markov model alone', () => {
    assert.deepEqual(described(`
import numpy as np

def forward(V, a, b, initial_distribution):
    alpha = np.zeros((V.shape[0], a.shape[0]))
    alpha[0, :] = initial_distribution * b[:, V[0]]
    for t in range(1, V.shape[0]):
        for j in range(a.shape[0]):
            alpha[t, j] = alpha[t - 1].dot(a[:, j]) * b[j, V[t]]
    return alpha

def backward(V, a, b):
    beta = np.zeros((V.shape[0], a.shape[0]))
    beta[V.shape[0] - 1] = np.ones((a.shape[0]))
    for t in range(V.shape[0] - 2, -1, -1):
        for j in range(a.shape[0]):
            beta[t, j] = (beta[t + 1] * b[:, V[t + 1]]).dot(a[j, :])
    return beta
`), []);
  });

  it('leaves walking, browsing and selection alone', () => {
    assert.deepEqual(described(`
import math

def move_forward(position, heading, distance):
    return position + distance * math.cos(heading)

def move_backward(position, heading, distance):
    return position - distance * math.cos(heading)

def step_forward(steps):
    return steps + 1

def step_backward(steps):
    return steps - 1

def forward_selection(X, y):
    return X.mean(axis=0)

def backward_elimination(X, y):
    return X.std(axis=0)
`), []);
  });

  it('leaves tests, checkers and numerical gradients alone', () => {
    assert.deepEqual(described(`
import numpy as np

def test_affine_forward():
    x = np.ones(3)
    assert x.sum() == 3

def test_affine_backward():
    dx = np.ones(3)
    assert dx.sum() == 3

def f(x):
    return (x ** 2).sum()

def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    return grad

def eval_numerical_gradient(f, x):
    grad = np.zeros_like(x)
    return grad
`), []);
  });

  it('does not take another layer\'s forward', () => {
    assert.deepEqual(described(`
def forward_propagation_with_dropout(X, parameters, keep_prob):
    A3 = X @ parameters['W1']
    cache = (X, A3)
    return A3, cache

def backward_propagation_with_regularization(X, Y, cache, lambd):
    X, A3 = cache
    dW1 = X.T @ (A3 - Y)
    return {'dW1': dW1}

def conv_forward(x, w):
    return x * w, (x, w)

def pool_backward(dout, cache):
    x, w = cache
    return dout * w
`), []);
  });
});
