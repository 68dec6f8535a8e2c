/** Right code that was once blamed, each beside a wrong twin: ways of writing that need inputs read with care. */
import assert from 'node:assert/strict';
import {check, checkPair, told} from './checking.ts';
import type {PairReport} from '../../../engine/check/report.ts';

/** The right text agrees; each change makes it disagree. */
function twins(text: string, ...changes: readonly (readonly [from: string, to: string])[]): void {
  const right = checkPair(text);
  assert.equal(right.verdict, 'agrees', told(right));
  for (const [from, to] of changes) {
    assert.ok(text.includes(from), from);
    const wrong = checkPair(text.replace(from, to));
    assert.equal(wrong.verdict, 'disagrees', `${to}\n${told(wrong)}`);
  }
}

function pairNamed(text: string, name: string): PairReport {
  const pair = check(text).report.pairs.find((one) => one.name === name);
  assert.ok(pair, name);
  return pair;
}

const net = `import numpy as np

class DeepNet:
    def __init__(self, hidden, input_dim=6, num_classes=5, reg=0.0):
        self.reg = reg
        self.count = 1 + len(hidden)
        self.params = {}
        sizes = [input_dim] + list(hidden) + [num_classes]
        for i in range(self.count):
            self.params['W%d' % (i + 1)] = 0.1 * np.random.randn(sizes[i], sizes[i + 1])
            self.params['b%d' % (i + 1)] = np.zeros(sizes[i + 1])

    def loss(self, X, y=None):
        kept = []
        a = X
        for i in range(1, self.count + 1):
            w_key = 'W%d' % i
            b_key = 'b%d' % i
            kept.append(a)
            a = a.dot(self.params[w_key]) + self.params[b_key]
            if i < self.count:
                a = np.tanh(a)
        loss, grads = 0.0, {}
        shifted = a - a.max(axis=1, keepdims=True)
        p = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
        n = X.shape[0]
        loss = -np.log(p[np.arange(n), y]).mean()
        d = p.copy()
        d[np.arange(n), y] -= 1
        d /= n
        for i in range(self.count, 0, -1):
            w_key = 'W%d' % i
            b_key = 'b%d' % i
            grads[w_key] = kept[i - 1].T.dot(d)
            grads[b_key] = d.sum(axis=0)
            d = d.dot(self.params[w_key].T)
            if i > 1:
                d = d * (1 - kept[i - 1] ** 2)
        return loss, grads
`;

describe('a net whose keys have names of their own', () => {
  it('is judged parameter by parameter, with labels below the number of its classes', () => {
    twins(net, ['d.sum(axis=0)', 'd.mean(axis=0)'], ['(1 - kept[i - 1] ** 2)', '(1 - kept[i - 1])']);
  });
});

const recurrent = `import numpy as np

class Cell:
    def __init__(self, Wx, Wh, b):
        self.params = [Wx, Wh, b]
        self.grads = [np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)]

    def forward(self, x, h_prev):
        Wx, Wh, b = self.params
        h_next = np.tanh(np.dot(h_prev, Wh) + np.dot(x, Wx) + b)
        self.cache = (x, h_prev, h_next)
        return h_next

    def backward(self, dh_next):
        Wx, Wh, b = self.params
        x, h_prev, h_next = self.cache
        dt = dh_next * (1 - h_next ** 2)
        self.grads[0][...] = np.dot(x.T, dt)
        self.grads[1][...] = np.dot(h_prev.T, dt)
        self.grads[2][...] = np.sum(dt, axis=0)
        return np.dot(dt, Wx.T), np.dot(dt, Wh.T)

class Unrolled:
    def __init__(self, Wx, Wh, b):
        self.params = [Wx, Wh, b]
        self.grads = [np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)]
        self.h, self.dh = None, None

    def forward(self, xs):
        Wx, Wh, b = self.params
        N, T, D = xs.shape
        H = Wx.shape[1]
        self.layers = []
        hs = np.empty((N, T, H))
        self.h = np.zeros((N, H))
        for t in range(T):
            layer = Cell(*self.params)
            self.h = layer.forward(xs[:, t, :], self.h)
            hs[:, t, :] = self.h
            self.layers.append(layer)
        return hs

    def backward(self, dhs):
        Wx, Wh, b = self.params
        N, T, H = dhs.shape
        dxs = np.empty((N, T, Wx.shape[0]))
        dh = 0
        sums = [0, 0, 0]
        for t in reversed(range(T)):
            dx, dh = self.layers[t].backward(dhs[:, t, :] + dh)
            dxs[:, t, :] = dx
            for i, grad in enumerate(self.layers[t].grads):
                sums[i] += grad
        for i, grad in enumerate(sums):
            self.grads[i][...] = grad
        self.dh = dh
        return dxs
`;

describe('gradients kept in a list', () => {
  it('are those of the parameters at the same places; the gradient of a state is of none of them', () => {
    const right = pairNamed(recurrent, 'Unrolled');
    assert.equal(right.verdict, 'agrees', told(right));
    assert.deepEqual(right.gradients.map(({of}) => of), ['xs', 'self.params[0]', 'self.params[1]', 'self.params[2]']);
    const wrong = pairNamed(recurrent.replace('sums[i] += grad', 'sums[i] = grad'), 'Unrolled');
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
  });
});

describe('a parameter', () => {
  it('that a forward makes when it is first called is judged like any other', () => {
    twins(`import numpy as np

class Lazy:
    def __init__(self, units):
        self.units = units
        self.W = None

    def forward(self, x):
        if self.W is None:
            self.W = np.random.randn(x.shape[1], self.units)
        self.x = x
        return x @ self.W

    def backward(self, dout):
        self.dW = self.x.T @ dout
        return dout @ self.W.T
`, ['self.x.T @ dout', '2 * self.x.T @ dout']);
  });

  it('that is a number has a gradient too', () => {
    twins(`import numpy as np

class Swish:
    def __init__(self):
        self.beta = 1.0

    def forward(self, z):
        self.z = z
        self.s = 1 / (1 + np.exp(-self.beta * z))
        return z * self.s

    def backward(self, dout):
        self.dbeta = np.sum(dout * self.z ** 2 * self.s * (1 - self.s))
        return dout * (self.s + self.beta * self.z * self.s * (1 - self.s))
`, ['np.sum(dout * self.z ** 2', 'np.sum(dout * self.z']);
  });

  it('whose type stands in braces is a number', () => {
    twins(`import numpy as np

def propagate(w, b, X, Y):
    """Cost and gradient.

    Arguments:
        w {numpy array} -- weights
        b {scalar} -- bias
        X {np.array} -- data, one example a column
        Y {np.array} -- labels of size (1, number of examples)
    """
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dw = np.dot(X, (A - Y).T) / m
    db = np.sum(A - Y) / m
    grads = {"dw": dw, "db": db}
    return grads, cost
`, ['np.sum(A - Y) / m', 'np.sum(A - Y)']);
  });
});

describe('a setting of the backward alone', () => {
  const linear = `import numpy as np

def linear_forward(A_prev, W, b):
    return np.dot(W, A_prev) + b, (A_prev, W, b)

def linear_backward(dZ, cache, lambd):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m + lambd * W / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
`;
  it('is zero where it is the strength of a decay that the forward does not know', () => {
    const pair = checkPair(linear);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(pair.gradients.find(({of}) => of === 'W')?.convention, 'mean-folded');
    const wrong = checkPair(linear.replace('np.dot(dZ, A_prev.T) / m', 'np.dot(dZ, A_prev.T)'));
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
  });

  it('cannot be made up where the forward computes it and does not hand it on', () => {
    const pair = checkPair(`import numpy as np

class Gate:
    def __init__(self, n):
        self.W = np.random.randn(n, n)

    def forward(self, x):
        gate = np.tanh(x @ self.W)
        return gate * x

    def backward(self, dout, x, gate):
        d = dout * x * (1 - gate ** 2)
        self.dW = x.T @ d
        return dout * gate + d @ self.W.T
`);
    assert.equal(pair.verdict, 'inconclusive', told(pair));
    assert.match(pair.reason, /gate/);
  });
});

describe('a switch that only the forward knows', () => {
  const block = `import numpy as np

def block_forward(A_prev, W, activation):
    Z = np.dot(W, A_prev)
    if activation == "exp":
        A = np.exp(Z)
    elif activation == "relu":
        A = np.maximum(0, Z)
    return A, (A_prev, W, Z)

def block_backward(dA, cache):
    A_prev, W, Z = cache
    dZ = dA * (Z > 0)
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T)
`;
  it('stands where its backward is right, and what is wrong elsewhere is told beside', () => {
    const pair = checkPair(block);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.ok((pair.exceptions ?? []).some(({setting}) => setting['activation'] === 'exp'), told(pair));
    const wrong = checkPair(block.replace('(Z > 0)', 'Z'));
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
  });
});

describe('closures that are given the upstream gradient', () => {
  const engine = `import numpy as np

class Variable:
    def __init__(self, data, backward_fun=None):
        if np.isscalar(data):
            data = np.ones(1) * data
        self.data = data
        self.backward_fun = backward_fun
        self.grad = np.zeros(self.data.shape)

def add_bias_bcast(a, b):
    def b_fun(dy):
        b.grad += dy.sum(axis=0)
        a.grad += dy
    res = Variable(a.data + b.data, backward_fun=b_fun)
    return res

def total(a):
    def b_fun(dy=1):
        a.grad += np.ones(a.data.shape) * dy
    res = Variable(np.sum(a.data), backward_fun=b_fun)
    return res

def scaled(a, c):
    def b_fun(dy=1):
        a.grad += dy * c
    res = Variable(a.data * c, backward_fun=b_fun)
    return res
`;
  const verdicts = (text: string): Record<string, string> => Object.fromEntries(check(text).report.pairs.map(({name, verdict}) => [name, verdict]));

  it('get it also where it has a default, and keep numbers as arrays of one', () => {
    assert.deepEqual(verdicts(engine), {add_bias_bcast: 'agrees', total: 'agrees', scaled: 'agrees'});
  });

  it('are wrong where they are', () => {
    assert.equal(verdicts(engine.replace('np.ones(a.data.shape) * dy', '2 * np.ones(a.data.shape) * dy'))['total'], 'disagrees');
    assert.equal(verdicts(engine.replace('dy * c', 'dy'))['scaled'], 'disagrees');
    assert.equal(verdicts(engine.replace('dy.sum(axis=0)', '2 * dy.sum(axis=0)'))['add_bias_bcast'], 'disagrees');
  });
});

describe('sizes that were guessed', () => {
  it('follow the gradient where nothing else tells them', () => {
    const text = `import numpy as np

def shift_forward(x, mask, offset):
    out = x * mask
    for i in range(x.shape[1]):
        out[:, i] = out[:, i] + offset[i]
    return out, (x, mask)

def shift_backward(dout, cache):
    x, mask = cache
    dx = dout * mask
    dmask = np.zeros(x.shape[1])
    for i in range(x.shape[1]):
        dmask[i] = np.sum(dout[:, i] * x[:, i])
    doffset = np.sum(dout, axis=0)
    return dx, dmask, doffset
`;
    twins(text, ['np.sum(dout[:, i] * x[:, i])', '2 * np.sum(dout[:, i] * x[:, i])'], ['np.sum(dout, axis=0)', 'np.sum(dout)']);
  });

  it('never become one, where a sum that is missing would not show', () => {
    const pair = checkPair(`import numpy as np

def row_forward(A_prev, W, b):
    return np.dot(W, A_prev) + b, (A_prev, W)

def row_backward(dZ, cache):
    A_prev, W = cache
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T), 3 * np.mean(dZ, axis=1, keepdims=True)
`);
    assert.equal(pair.verdict, 'disagrees', told(pair));
  });

  it('are columns where a gradient is added up in one', () => {
    twins(`import numpy as np

class Rnn:
    def __init__(self, vocab, hidden):
        self.vocab = vocab
        self.Wx = np.random.randn(hidden, vocab)
        self.Wh = np.random.randn(hidden, hidden)
        self.Wy = np.random.randn(vocab, hidden)
        self.bh = np.zeros((hidden, 1))

    def loss(self, inputs, targets, h_prev):
        xs, hs, ps = {}, {-1: np.copy(h_prev)}, {}
        loss = 0
        for t in range(len(inputs)):
            xs[t] = np.zeros((self.vocab, 1))
            xs[t][inputs[t]] = 1
            hs[t] = np.tanh(np.dot(self.Wx, xs[t]) + np.dot(self.Wh, hs[t - 1]) + self.bh)
            scores = np.dot(self.Wy, hs[t])
            ps[t] = np.exp(scores) / np.sum(np.exp(scores))
            loss += -np.log(ps[t][targets[t], 0])
        dWx, dWh, dWy, dbh = np.zeros_like(self.Wx), np.zeros_like(self.Wh), np.zeros_like(self.Wy), np.zeros_like(self.bh)
        later = np.zeros_like(hs[0])
        for t in reversed(range(len(inputs))):
            dy = np.copy(ps[t])
            dy[targets[t]] -= 1
            dWy += np.dot(dy, hs[t].T)
            raw = (1 - hs[t] ** 2) * (np.dot(self.Wy.T, dy) + later)
            dbh += raw
            dWx += np.dot(raw, xs[t].T)
            dWh += np.dot(raw, hs[t - 1].T)
            later = np.dot(self.Wh.T, raw)
        grads = {'Wx': dWx, 'Wh': dWh, 'Wy': dWy, 'bh': dbh}
        return loss, grads
`, ['np.dot(self.Wh.T, raw)', 'np.dot(self.Wh, raw)']);
  });
});

describe('helpers of a course that are not there', () => {
  it('give what the file takes from them', () => {
    const text = `import numpy as np
from dnn_utils import *

def layer_forward(A_prev, W, b):
    Z = np.dot(W, A_prev) + b
    A = relu(Z)
    return A, {"A_prev": A_prev, "W": W, "Z": Z}

def layer_backward(dA, cache):
    dZ = relu_backward(dA, cache["Z"])
    dW = np.dot(dZ, cache["A_prev"].T)
    db = np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(cache["W"].T, dZ)
    return dA_prev, {"dW": dW, "db": db}
`;
    twins(text, ['np.sum(dZ, axis=1, keepdims=True)', 'np.mean(dZ, axis=1, keepdims=True)']);
  });
});

describe('a context that a library makes of the arguments', () => {
  it('holds them as tensors', () => {
    const text = `import numpy as np

class MSELoss:
    @staticmethod
    def forward(y_pred, y_true):
        return np.mean((y_pred - y_true) ** 2)

    @staticmethod
    def backward(context, grad):
        y_pred, y_true = context.args
        grad_pred = 2 * (y_pred.data - y_true.data) / y_pred.data.size
        return grad_pred * grad, None
`;
    twins(text, ['2 * (y_pred', '(y_pred']);
  });
});

describe('an index that may be an integer', () => {
  it('is one, and types in parentheses are no shape', () => {
    twins(`import numpy as np

def slice_forward(x, indices):
    """Takes a part of x.

    Args:
        x (ndarray): what is sliced
        indices (int, list, slice): which part
    """
    return x[indices], (x, indices)

def slice_backward(dout, cache):
    x, indices = cache
    dx = np.zeros(x.shape)
    dx[indices] = dout
    return dx
`, ['dx[indices] = dout', 'dx[indices] = 2 * dout']);
  });
});

describe('a comprehension', () => {
  it('takes what it goes over from the scope around it', () => {
    twins(`import numpy as np

def wide_forward(x, w):
    return x * w, (x, w)

def wide_backward(dout, cache):
    x, w = cache
    start = np.zeros([sum(x) for x in zip(x.shape, (0, 0))])
    return start + dout * w, dout * x
`, ['dout * w,', 'dout * x,']);
  });
});

describe('a loss of several functions', () => {
  it('is read for vectors before many other readings are tried', () => {
    const text = `import numpy as np

class MSE:
    def forward(self, y_true, y_pred):
        return np.mean(np.power(y_true - y_pred, 2))

    def gradient(self, y_true, y_pred):
        n = len(y_true)
        return (2 / n) * (y_pred - y_true)

class RMSE:
    def __init__(self):
        self.mse = MSE()

    def forward(self, y_true, y_pred):
        return np.sqrt(self.mse.forward(y_true, y_pred))

    def gradient(self, y_true, y_pred):
        return self.mse.gradient(y_true, y_pred) / (2 * np.sqrt(self.mse.forward(y_true, y_pred)))
`;
    assert.equal(pairNamed(text, 'RMSE').verdict, 'agrees', told(pairNamed(text, 'RMSE')));
    const wrong = pairNamed(text.replace('(2 * np.sqrt', '(np.sqrt'), 'RMSE');
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
  });
});
