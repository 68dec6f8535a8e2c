/** Right code that was blamed because of a reading of its inputs that no caller has. */
import assert from 'node:assert/strict';
import {analyse, checkPair, emptyProject, told} from './checking.ts';
import type {PairReport} from '../../../engine/check/report.ts';

describe('readings of inputs that nobody has', () => {
  it('a dropout is judged in training, though its flag says no when nothing is said, and what is wrong without it is told beside', () => {
    const text = `import numpy as np

class Dropout:
    def __init__(self, ratio=0.5):
        self.ratio = ratio
        self.mask = None
    def forward(self, x, train_flg=False):
        if train_flg:
            self.mask = np.random.rand(*x.shape) > self.ratio
            return x * self.mask
        return x * (1.0 - self.ratio)
    def backward(self, dout):
        return dout * self.mask
`;
    const pair = checkPair(text);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.ok((pair.exceptions ?? []).length > 0);
    assert.equal(checkPair(text.replace('return dout * self.mask', 'return dout * (1 - self.mask)')).verdict, 'disagrees');
  });

  it('numbers for each channel that meet images as they are stand on the axis of the channels', () => {
    const text = `import numpy as np

def channel_scale_forward(x, gamma, beta):
    """
    - x: images of shape (N, C, H, W)
    - gamma: of shape (C,)
    - beta: of shape (C,)
    """
    out = gamma * x ** 2 + beta
    return out, (x, gamma)

def channel_scale_backward(dout, cache):
    x, gamma = cache
    dx = dout * gamma * 2 * x
    dgamma = np.sum(dout * x ** 2, axis=(0, 2, 3), keepdims=True)
    dbeta = np.sum(dout, axis=(0, 2, 3), keepdims=True)
    return dx, dgamma, dbeta
`;
    const pair = checkPair(text);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.inputs.map(({shape}) => shape), [['N', 'C', 'H', 'W'], [1, 'C', 1, 1], [1, 'C', 1, 1]]);
    assert.equal(checkPair(text.replace('dgamma = np.sum(dout * x ** 2', 'dgamma = np.sum(dout * x')).verdict, 'disagrees');
  });

  it('the two directions of a bidirectional layer are of one size', () => {
    const text = `import numpy as np

class BiDense:
    def __init__(self, W1, b1, W2, b2):
        self.params = [W1, b1, W2, b2]
        self.grads = [np.zeros_like(W1), np.zeros_like(b1), np.zeros_like(W2), np.zeros_like(b2)]
    def forward(self, x):
        W1, b1, W2, b2 = self.params
        self.x = x
        return np.concatenate((np.dot(x, W1) + b1, np.dot(x[::-1], W2) + b2), axis=1)
    def backward(self, dout):
        W1, b1, W2, b2 = self.params
        H = dout.shape[1] // 2
        d1, d2 = dout[:, :H], dout[:, H:]
        self.grads[0][...] = np.dot(self.x.T, d1)
        self.grads[1][...] = d1.sum(axis=0)
        self.grads[2][...] = np.dot(self.x[::-1].T, d2)
        self.grads[3][...] = d2.sum(axis=0)
        dx = np.dot(d1, W1.T) + np.dot(d2, W2.T)[::-1]
        return dx
`;
    const pair = checkPair(text);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(checkPair(text.replace('np.dot(d2, W2.T)[::-1]', 'np.dot(d2, W2.T)')).verdict, 'disagrees');
  });

  it('labels of a score for each example are 0 and 1, in a vector as the scores', () => {
    const picked = `import numpy as np

def picked(p, t):
    if t.size == p.size:
        t = t.argmax(axis=1)
    batch_size = p.shape[0]
    return -np.sum(np.log(p[np.arange(batch_size), t])) / batch_size
`;
    const checked = (step: string): PairReport => {
      const project = emptyProject({'costs.py': picked});
      project.update('layers.py', `import numpy as np
from costs import picked

class SigmoidLoss:
    def forward(self, x, t):
        self.t = t
        self.y = 1 / (1 + np.exp(-x))
        return picked(np.c_[1 - self.y, self.y], self.t)

    def backward(self, dout=1):
        batch_size = self.t.shape[0]
        dx = ${step} * dout / batch_size
        return dx
`);
      return analyse(project, 'layers.py').analysis.report.pairs[0];
    };
    const pair = checked('(self.y - self.t)');
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.inputs.map(({size}) => size.length), [1, 1]);
    const wrong = checked('(self.y + self.t)');
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
  });

  it('a backward for one example at a time is not blamed for a batch, and one that is right for none is', () => {
    const text = `import numpy as np

def dense_forward(x, W):
    return x.dot(W), (x, W)

def dense_backward(dout, cache):
    x, W = cache
    dx = dout.dot(W.T)
    dW = np.outer(x, dout)
    return dx, dW * np.ones(W.shape)
`;
    const pair = checkPair(text);
    assert.equal(pair.verdict, 'inconclusive', told(pair));
    assert.match(pair.reason, /for several examples at once.*for one all its gradients are right/);
    assert.equal(checkPair(text.replace('np.outer(x, dout)', 'np.outer(x, -dout)')).verdict, 'disagrees');
    assert.equal(checkPair(text.replace('def dense_backward', '# backprop: x (1, D)\ndef dense_backward').replace('def dense_forward', '# backprop: x (1, D), W (D, M)\ndef dense_forward')).verdict, 'agrees');
    const layer = `import numpy as np

class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out)
    def forward(self, x):
        self.x = x
        return x.dot(self.W)
    def backward(self, dout):
        self.dW = np.outer(self.x, dout).reshape(self.W.shape)
        return dout.dot(self.W.T)
`;
    const alone = checkPair(layer);
    assert.notEqual(alone.verdict, 'disagrees', told(alone));
    assert.equal(checkPair(layer.replace('np.outer(self.x, dout)', 'np.outer(self.x, -dout)')).verdict, 'disagrees');
  });

  it('a backward that returns no gradient is not blamed for what it raises', () => {
    const pair = checkPair(`import numpy as np

def matmul_forward(a, b):
    return np.matmul(a, b)

def matmul_backward_b(out_grad, buffer, a):
    k, n = buffer.shape
    buffer.reshape(1, n, n)[0] += a.T.dot(out_grad)
`);
    assert.equal(pair.verdict, 'inconclusive', told(pair));
    assert.match(pair.reason, /no gradient is found/);
  });

  it('self of a function that is put into a class later is no input', () => {
    const pair = checkPair(`import numpy as np

def sigmoid(self, x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(self, x):
    return sigmoid(self, x) * (1 - sigmoid(self, x))
`);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.inputs.map(({name}) => name), ['x']);
  });

  it('an argument that is handed back beside the output is no output', () => {
    const text = `import numpy as np

class Sigmoid:
    @staticmethod
    def forward(Z):
        A = 1 / (1 + np.exp(-Z))
        return A, Z

    @staticmethod
    def backward(dA, Z):
        A, _ = Sigmoid.forward(Z)
        return dA * A * (1 - A)
`;
    const pair = checkPair(text);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(checkPair(text.replace('(1 - A)', '(1 + A)')).verdict, 'disagrees');
    assert.equal(checkPair(text.replace('return A, Z', 'return Z, Z').replace('dA * A * (1 - A)', 'dA * 1')).verdict, 'agrees');
  });

  it('a constructor computes no gradients', () => {
    const pair = checkPair(`import numpy as np

class L2:
    def __init__(self, l2=0.01):
        self.l2 = l2
    def forward(self, w):
        return self.l2 * np.sum(np.square(w))
    def backward(self, w):
        dw = self.l2 * 2 * w
        return dw
`);
    assert.deepEqual(pair.gradients.map(({of}) => of), ['w']);
    assert.ok(!told(pair).includes('np.sum'), told(pair));
  });
});

describe('a script that gives its output a gradient', () => {
  const text = `import numpy as np

W = np.random.randn(5, 10)
X = np.random.randn(10, 3)
D = W.dot(X)

dD = np.random.randn(*D.shape)
dW = dD.dot(X.T)
dX = W.T.dot(dD)
`;

  it('has the others judged relative to it', () => {
    const pair = checkPair(text);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(checkPair(text.replace('dD.dot(X.T)', 'dD.dot(X.T) * 2')).verdict, 'disagrees');
  });

  it('may compute it for a loss that it does not write out', () => {
    const loss = text.replace('np.random.randn(*D.shape)', '-2 * (np.ones(D.shape) - D)');
    const pair = checkPair(loss);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(checkPair(loss.replace('W.T.dot(dD)', 'W.T.dot(-dD)')).verdict, 'disagrees');
  });

  it('is not blamed for rounding where its numbers saturate', () => {
    const pair = checkPair(`import numpy as np

x = np.array([4.0, 9.0])
w = np.array([2.0, 1.5])
s = 1 / (1 + np.exp(-w * x))
y = s * 3

dy = s - 2
ds = 3 * dy
dw = s * (1 - s) * ds * x
`);
    assert.notEqual(pair.verdict, 'disagrees', told(pair));
  });
});

describe('a loss that looks up one word', () => {
  const loss = `import numpy as np

def naive_softmax(center, outside_idx, outside_vectors, dataset=None):
    scores = outside_vectors @ center
    e = np.exp(scores - scores.max())
    y_hat = e / e.sum()
    loss = -np.log(y_hat[outside_idx])
    d = y_hat.copy()
    d[outside_idx] -= 1
    grad_center = outside_vectors.T @ d
    grad_outside = np.outer(d, center)
    return loss, grad_center, grad_outside
`;

  it('is not handed several: its loss is one number', () => {
    const pair = checkPair(loss);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.inputs.find(({name}) => name === 'center')?.shape.length, 1);
  });

  it('is blamed on the line that is wrong, for that reading', () => {
    const pair = checkPair(loss.replace('outside_vectors.T @ d', 'outside_vectors.T @ d * 2'));
    assert.deepEqual(pair.gradients.map(({of, verdict, diagnosis}) => [of, verdict, diagnosis?.code]), [['center', 'disagrees', 'wrong-scale'], ['outside_vectors', 'agrees', undefined]]);
  });
});

describe('a part of an array that is returned as it is', () => {
  it('is the gradient, and no entry of a dictionary', () => {
    const text = `import numpy as np

class Padded:
    def __init__(self, padding=1):
        self.padding = padding
    def forward(self, x):
        p = self.padding
        self.xp = np.pad(x, ((0, 0), (p, p)))
        return 2 * self.xp
    def backward(self, dout):
        dxp = 2 * dout
        p = self.padding
        return dxp[:, p:-p] if p else dxp
`;
    const pair = checkPair(text);
    assert.equal(pair.verdict, 'agrees', told(pair));
    const wrong = checkPair(text.replace('dxp = 2 * dout', 'dxp = dout'));
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
  });
});
