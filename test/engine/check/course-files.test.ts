/** Files as courses have them written, each in a way of its own: what is right agrees, and what one edit makes wrong does not. */
import assert from 'node:assert/strict';
import {analyse, check, checkPair, emptyProject, told} from './checking.ts';

/** The text agrees, and after the edit it does not. */
function judges(text: string, from: string, to: string): void {
  assert.ok(text.includes(from), from);
  const pair = checkPair(text);
  assert.equal(pair.verdict, 'agrees', told(pair));
  const wrong = checkPair(text.replace(from, to));
  assert.equal(wrong.verdict, 'disagrees', told(wrong));
}

describe('layers with gradients that are added up', () => {
  const cell = `import numpy as np

class Mixer:
    def __init__(self, size):
        self.W = np.random.randn(size, size)
        self.bm = np.random.randn(size)
        self.dW = np.zeros((size, size))
        self.dbm = np.zeros(size)
    def forward(self, x):
        self.x = x
        self.h = np.tanh(self.W @ x + self.bm)
        return self.h
    def backward(self, delta):
        dz = delta * (1 - self.h ** 2)
        self.dW += np.outer(dz, self.x)
        self.dbm += dz
        return dz @ self.W
`;

  it('are judged by them, and what is added up is no weight', () => {
    judges(cell, 'self.dbm += dz', 'self.dbm += delta');
    assert.deepEqual(checkPair(cell).gradients.map(({of}) => of).toSorted(), ['self.W', 'self.bm', 'x']);
  });
});

describe('a backward with an argument that may be left out', () => {
  it('is called without it', () => {
    judges(`import numpy as np

class Tanh:
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a
    def backward(self, dout, state=None):
        a = self.a if state is None else state
        return dout * (1 - a * a)
`, '(1 - a * a)', '(1 - a)');
  });
});

describe('a gradient that is a slice of the upstream', () => {
  it('is read as it is returned', () => {
    judges(`import numpy as np

class Spread:
    def __init__(self, factor):
        self.factor = factor
    def forward(self, x):
        out = np.zeros((x.shape[0], self.factor * (x.shape[1] - 1) + 1))
        out[:, ::self.factor] = x
        return out
    def backward(self, dout):
        return dout[:, ::self.factor]
`, 'return dout[:, ::self.factor]', 'return 2 * dout[:, ::self.factor]');
  });
});

describe('a gradient that is left under the name of the upstream', () => {
  it('is of the input', () => {
    judges(`import numpy as np

class Softsign:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = inputs / (1 + np.abs(inputs))
    def backward(self, dvalues):
        self.dvalues = dvalues.copy()
        self.dvalues /= (1 + np.abs(self.inputs)) ** 2
`, '** 2', '** 3');
  });

  it('is none where only the upstream is kept', () => {
    const pair = checkPair(`import numpy as np

class Recorder:
    def forward(self, inputs):
        self.output = np.tanh(inputs)
    def backward(self, dvalues):
        self.dvalues = dvalues
`);
    assert.notEqual(pair.verdict, 'disagrees', told(pair));
  });
});

describe('methods that a base class calls', () => {
  const base = `import numpy as np

class Layer:
    def __init__(self):
        self._is_training = False
    def forward(self, data):
        self.data = data
        self._forward(data)
        return self.out
    def _forward(self, data):
        raise NotImplementedError
    def backward(self, upstream_gradient, y_true=None):
        self.count = upstream_gradient.shape[0]
        self._backward(upstream_gradient, y_true)
        return self.handed_back
    def _backward(self, upstream_gradient, y_true):
        raise NotImplementedError
`;
  const layer = `from . import Layer
import numpy as np

class Cubed(Layer):
    def _forward(self, data):
        self.out = data ** 3 if self._is_training else data
    def _backward(self, upstream_gradient, y_true):
        self.handed_back = 3 * upstream_gradient * self.data ** 2
`;
  const verdictOf = (text: string): {verdict: string; reason: string} => {
    const project = emptyProject({'nets/__init__.py': 'from .base import Layer\nfrom .cubed import Cubed\n', 'nets/base.py': base});
    project.update('nets/cubed.py', text);
    const {pairs} = analyse(project, 'nets/cubed.py').analysis.report;
    assert.equal(pairs.length, 1);
    return {verdict: pairs[0].verdict, reason: pairs[0].reason};
  };

  it('are run through its public ones, as if in training, also where the base is in the package', () => {
    assert.equal(verdictOf(layer).verdict, 'agrees', verdictOf(layer).reason);
    assert.equal(verdictOf(layer.replace('3 * upstream', '2 * upstream')).verdict, 'disagrees');
  });

  it('make no pair of the base class', () => {
    assert.deepEqual(check(base).report.pairs.map(({name}) => name), []);
  });

  it('are not guessed where the base is not there', () => {
    const project = emptyProject();
    project.update('cubed.py', layer.replace('from . import', 'from elsewhere import'));
    const {pairs} = analyse(project, 'cubed.py').analysis.report;
    assert.ok(!['agrees', 'disagrees'].includes(pairs[0].verdict), pairs[0].reason);
  });
});

describe('gates that are split', () => {
  it('have as many sizes as there are parts, without a word in the text', () => {
    judges(`import numpy as np

def gated_forward(x, c, W):
    a = x.dot(W)
    i, f = np.split(a, 2, axis=1)
    out = f * c + np.tanh(i)
    return out, (x, c, W, i, f)

def gated_backward(dout, cache):
    x, c, W, i, f = cache
    df, dc = dout * c, dout * f
    di = dout * (1 - np.tanh(i) ** 2)
    da = np.hstack((di, df))
    return da.dot(W.T), dc, x.T.dot(da)
`, 'np.hstack((di, df))', 'np.hstack((df, di))');
  });
});

describe('sizes in a constructor', () => {
  it('are sizes where they are joined to a list of sizes', () => {
    judges(`import numpy as np

class Net:
    def __init__(self, hidden_dims, input_dim=3 * 8 * 8, num_classes=10):
        self.params = {}
        dims = np.hstack((input_dim, hidden_dims, num_classes))
        self.num_layers = len(dims) - 1
        for i in range(self.num_layers):
            self.params['W%d' % (i + 1)] = np.random.randn(dims[i], dims[i + 1])
    def loss(self, X, y=None):
        hs = [X]
        for i in range(self.num_layers):
            hs.append(np.tanh(hs[-1].dot(self.params['W%d' % (i + 1)])))
        if y is None:
            return hs[-1]
        rows = np.arange(len(X))
        loss = np.sum(hs[-1] ** 2) - 3 * np.sum(hs[-1][rows, y])
        grads = {}
        dh = 2 * hs[-1]
        dh[rows, y] -= 3
        for i in reversed(range(self.num_layers)):
            dz = dh * (1 - hs[i + 1] ** 2)
            grads['W%d' % (i + 1)] = hs[i].T.dot(dz)
            dh = dz.dot(self.params['W%d' % (i + 1)].T)
        return loss, grads
`, 'dh[rows, y] -= 3', 'dh[rows, y] -= 2');
  });

  it('come from the weights that are made where no initialiser is given', () => {
    judges(`import numpy as np

class Filter:
    def __init__(self, in_channels, out_channels, width, init=None):
        if init is None:
            self.W = np.random.randn(out_channels, in_channels, width)
        else:
            self.W = init(out_channels, in_channels, width)
        self.width = width
    def forward(self, A):
        """
        A: (batch_size, in_channels, input_size)
        """
        self.A = A
        n = A.shape[2] - self.width + 1
        return np.stack([np.tensordot(A[:, :, i:i + self.width], self.W, axes=([1, 2], [1, 2])) for i in range(n)], axis=2)
    def backward(self, dout):
        n = dout.shape[2]
        self.dW = np.zeros_like(self.W)
        dA = np.zeros_like(self.A)
        for i in range(n):
            self.dW += np.tensordot(dout[:, :, i], self.A[:, :, i:i + self.width], axes=([0], [0]))
            dA[:, :, i:i + self.width] += np.tensordot(dout[:, :, i], self.W, axes=([1], [0]))
        return dA
`, 'dA[:, :, i:i + self.width] +=', 'dA[:, :, i:i + self.width] =');
  });
});

describe('a file of a graph library without the library', () => {
  const text = `from .autograd import Tensor, TensorOp
import numpy as array_api

class Exp(TensorOp):
    def compute(self, a):
        return array_api.exp(a)
    def gradient(self, out_grad, node):
        return out_grad * exp(node.inputs[0])

def exp(a):
    return Exp()(a)

class Gate(TensorOp):
    def compute(self, a):
        return array_api.maximum(a, 0)
    def gradient(self, out_grad, node):
        mask = node.inputs[0].realize_cached_data() > 0
        return out_grad * Tensor(mask)
`;

  it('is run with what the library is documented to be', () => {
    const verdicts = (code: string): string[] => check(code).report.pairs.map(({name, verdict}) => `${name} ${verdict}`);
    assert.deepEqual(verdicts(text), ['Exp agrees', 'Gate agrees']);
    assert.deepEqual(verdicts(text.replace('out_grad * exp(', 'out_grad + exp(').replace('() > 0', '() < 0')), ['Exp disagrees', 'Gate disagrees']);
  });

  it('is not blamed for what plain arrays lack where the library is another one', () => {
    const other = text.replaceAll('.autograd', '.graph');
    for (const {verdict, name, reason} of check(other).report.pairs) assert.notEqual(verdict, 'disagrees', `${name}: ${reason}`);
  });
});

describe('what a course puts beside the file', () => {
  it('is NumPy where its own NumPy is imported', () => {
    judges(`from common.np import *

class Recurrent:
    def __init__(self, Wx, Wh):
        self.params = [Wx, Wh]
        self.grads = [np.zeros_like(Wx), np.zeros_like(Wh)]
    def forward(self, x, h_prev):
        Wx, Wh = self.params
        h = np.tanh(np.dot(h_prev, Wh) + np.dot(x, Wx))
        self.cache = (x, h_prev, h)
        return h
    def backward(self, dh):
        Wx, Wh = self.params
        x, h_prev, h = self.cache
        dt = dh * (1 - h ** 2)
        self.grads[0][...] = np.dot(x.T, dt)
        self.grads[1][...] = np.dot(h_prev.T, dt)
        return np.dot(dt, Wx.T), np.dot(dt, Wh.T)
`, 'np.dot(h_prev.T, dt)', 'np.dot(h_prev.T, dh)');
  });

  it('has the softmax of a vector of scores', () => {
    judges(`import numpy as np
from utils.utils import normalizeRows, softmax

def naiveLossAndGradient(centerVec, outsideIdx, outsideVectors, dataset):
    """
    centerVec -- in shape (length, )
    outsideIdx -- integer
    outsideVectors -- in shape (num words, length)
    """
    scores = softmax(np.dot(outsideVectors, centerVec))
    loss = -np.log(scores[outsideIdx])
    d = scores.copy()
    d[outsideIdx] -= 1
    gradCenterVec = np.dot(outsideVectors.T, d)
    gradOutsideVectors = np.outer(d, centerVec)
    return loss, gradCenterVec, gradOutsideVectors
`, 'np.outer(d, centerVec)', 'np.outer(scores, centerVec)');
  });

  it('is not guessed where places are looked up in places', () => {
    const pair = check(`import numpy as np

def skipLossAndGradient(current, outside, lookup, centerVectors, outsideVectors):
    gradCenter = np.zeros(centerVectors.shape)
    gradOutside = np.zeros(outsideVectors.shape)
    c = lookup[current]
    loss = 0.0
    for w in outside:
        o = lookup[w]
        loss += np.sum(np.dot(outsideVectors[o], centerVectors[c]) ** 2)
        gradCenter[c] += 2 * np.dot(outsideVectors[o], centerVectors[c]) * outsideVectors[o]
        gradOutside += np.outer(np.ones(len(outsideVectors)), centerVectors[c])
    return loss, gradCenter, gradOutside
`).report.pairs.at(0);
    assert.ok(pair === undefined || !/raises/.test(pair.reason) || pair.verdict !== 'disagrees', pair?.reason);
  });
});
