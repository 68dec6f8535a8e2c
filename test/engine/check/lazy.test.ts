/** Layers that make their parameters when they first go forward, and take words and shapes that nothing in the file explains. */
import assert from 'node:assert/strict';
import {analyse, checkPair, emptyProject, gradientOf, told} from './checking.ts';
import type {PairReport} from '../../../engine/check/report.ts';

const dense = `import numpy as np

class Dense:
    def __init__(self, units):
        self.units = units
        self.parameters = {}
        self.gradients = {}

    def build(self, width):
        if 'W' not in self.parameters:
            self.parameters['W'] = 0.01 * np.random.randn(width, self.units)
            self.parameters['b'] = np.zeros(self.units)

    def forward(self, x):
        self.build(x.shape[-1])
        self.x = x
        return x.dot(self.parameters['W']) + self.parameters['b']

    def backward(self, dout):
        dx = dout.dot(self.parameters['W'].T)
        self.gradients['input'] = dx
        self.gradients['W'] = self.x.T.dot(dout)
        self.gradients['b'] = dout.sum(axis=0)
        return dx
`;

const activations = `def activate(z, name='relu'):
    if name == 'relu':
        return z * (z > 0)
    elif name == 'tanh':
        return 1 - 2 / (1 + 2.718281828459045 ** (2 * z))
    raise ValueError('no such activation')

def derivative(z, name='relu'):
    if name == 'relu':
        return 1.0 * (z > 0)
    elif name == 'tanh':
        return 1 - activate(z, 'tanh') ** 2
    raise ValueError('no such activation')
`;

const activated = `from backend import xp
from activations import activate, derivative

class Activated:
    def __init__(self, activation=None, keep=1.):
        self.activation = activation
        self.keep = keep

    def forward(self, x, w):
        N, T, D = x.shape
        self.z = xp.zeros((N, T, w.shape[1]))
        for t in range(T):
            self.z[:, t, :] = x[:, t, :].dot(w)
        self.x, self.w = x, w
        if self.keep < 1:
            self.mask = keep_it
        return activate(self.z, self.activation)

    def backward(self, dout):
        dz = dout * derivative(self.z, self.activation)
        dx = dz.dot(self.w.T)
        dw = xp.zeros(self.w.shape)
        for t in range(self.x.shape[1]):
            dw = dw + self.x[:, t, :].T.dot(dz[:, t, :])
        return dx, dw
`;

const sliding = `import numpy as np

class Windows:
    def __init__(self, filters, kernel_shape):
        self.filters = filters
        self.kernel_shape = kernel_shape
        self.W = 0.1 * np.random.randn(filters, kernel_shape[0] * kernel_shape[1])

    def forward(self, x):
        N, H, W = x.shape
        kh, kw = self.kernel_shape
        self.x = x
        out = np.zeros((N, self.filters, max(H - kh + 1, 0), max(W - kw + 1, 0)))
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[:, :, i, j] = x[:, i:i + kh, j:j + kw].reshape(N, -1) @ self.W.T
        return out

    def backward(self, dout):
        N, H, W = self.x.shape
        kh, kw = self.kernel_shape
        dx = np.zeros_like(self.x)
        self.dW = np.zeros_like(self.W)
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                seen = self.x[:, i:i + kh, j:j + kw].reshape(N, -1)
                self.dW += dout[:, :, i, j].T @ seen / N
                dx[:, i:i + kh, j:j + kw] += (dout[:, :, i, j] @ self.W).reshape(N, kh, kw)
        return dx
`;

function checkActivated(own: string): PairReport {
  const project = emptyProject({'backend.py': 'try:\n    import cupy as xp\nexcept ImportError:\n    import numpy as xp\n', 'activations.py': activations});
  project.update('layer.py', own);
  return analyse(project, 'layer.py').analysis.report.pairs[0];
}

describe('a layer that makes its parameters late', () => {
  it('is judged with them, also where they lie in a dictionary', () => {
    const pair = checkPair(dense);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.gradients.map(({of}) => of).toSorted(), ["self.parameters['W']", "self.parameters['b']", 'x']);
  });

  it('is wrong where one of them is', () => {
    const pair = checkPair(dense.replace('self.x.T.dot(dout)', '2 * self.x.T.dot(dout)'));
    assert.equal(pair.verdict, 'disagrees', told(pair));
    assert.equal(gradientOf(pair, "self.parameters['W']").verdict, 'disagrees');
  });

  it('keeps a gradient of nothing that is known open, unless it is one that is judged', () => {
    const pair = checkPair(dense.replace("self.gradients['input'] = dx", "self.gradients['input'] = 2 * dx"));
    assert.equal(pair.verdict, 'inconclusive', told(pair));
  });
});

describe('a layer whose text says little', () => {
  it('is given a word where it refuses None, takes another name for NumPy, and keeps the default of a branch that cannot run', () => {
    const pair = checkActivated(activated);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.inputs.map(({shape}) => shape), [['N', 'T', 'D'], ['D', 'M']]);
    const wrong = checkActivated(activated.replace('dz = dout * derivative(self.z, self.activation)', 'dz = dout'));
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
  });

  it('is given a name where it joins one to another word', () => {
    const named = `import numpy as np

class Part:
    def __init__(self, name, shape):
        self.name = name
        self.W = np.random.randn(shape[0], shape[0])

class Whole:
    def __init__(self, name, shape):
        self.part = Part(name + '_part', shape)

    def forward(self, m):
        self.out = np.tanh(m.dot(self.part.W))
        return self.out

    def backward(self, dout):
        return (dout * (1 - self.out ** 2)).dot(self.part.W.T)
`;
    const pair = checkPair(named);
    assert.equal(pair.verdict, 'agrees', told(pair));
    const wrong = checkPair(named.replace('self.part.W.T', 'self.part.W'));
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
  });

  it('has filters that fit into its images', () => {
    const pair = checkPair(sliding);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.gradients.map(({of, convention}) => `${of} ${convention ?? 'exact'}`).toSorted(), ['self.W mean-folded', 'x exact']);
  });
});
