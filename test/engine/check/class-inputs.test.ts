/** What classes are made with and handed: layers in layers, arguments that hold several arrays, sizes that fit nothing else. Each text is right, and wrong after one edit. */
import assert from 'node:assert/strict';
import type {PairReport} from '../../../engine/check/report.ts';
import {check, checkPair, told} from './checking.ts';

/** The text agrees, and after the edit it does not. */
function judges(text: string, from: string, to: string): PairReport {
  assert.ok(text.includes(from), from);
  const pair = checkPair(text);
  assert.equal(pair.verdict, 'agrees', told(pair));
  const wrong = checkPair(text.replace(from, to));
  assert.equal(wrong.verdict, 'disagrees', told(wrong));
  return pair;
}

describe('a constructor that asks for a layer', () => {
  it('gets one where the class calls it and its backward', () => {
    judges(`import numpy as np

class Residual:
    def __init__(self, inner):
        self.inner = inner
    def forward(self, x):
        return x + 2 * self.inner(x)
    def backward(self, dout):
        return dout + 2 * self.inner.backward(dout)
`, 'return dout + 2 * self.inner', 'return dout + self.inner');
  });

  it('gets one that a base class keeps, called by its forward with more than the data', () => {
    judges(`import numpy as np

class Wrapper:
    def __init__(self, wrapped):
        self.base = wrapped

class Scaled(Wrapper):
    def __init__(self, wrapped, scale):
        super().__init__(wrapped)
        self.scale = scale
    def forward(self, x, keep=True):
        return self.base.forward(self.scale * x, keep)
    def backward(self, dout):
        return self.scale * self.base.backward(dout)
`, 'return self.scale * self.base.backward', 'return self.base.backward');
  });

  it('gets none where what it is given only takes the gradient on: it belongs to another forward', () => {
    const pair = checkPair(`import numpy as np

class Loss:
    def __init__(self, model):
        self.model = model
    def forward(self, x, t):
        self.x, self.t = x, t
        return np.sum((x - t) ** 2)
    def backward(self):
        dx = 2 * (self.x - self.t)
        return self.model.backward(dx)
`);
    assert.equal(pair.verdict, 'inconclusive', told(pair));
  });
});

describe('a layer that takes its inputs as one argument', () => {
  it('is judged for each of them', () => {
    const pair = judges(`import numpy as np

class Product:
    def forward(self, pair):
        self.left, self.right = pair
        return self.left * self.right
    def backward(self, dout):
        return dout * self.right, dout * self.left
`, 'dout * self.right, dout * self.left', 'dout * self.left, dout * self.right');
    assert.deepEqual(pair.gradients.map(({of}) => of), ['pair[0]', 'pair[1]']);
  });

  it('is found out where one array was tried first', () => {
    judges(`import numpy as np

class Mix:
    def __call__(self, pair):
        memory, x = pair
        return x + np.sin(memory)

class Chain:
    def __init__(self, n_blocks):
        self.blocks = [Mix() for _ in range(n_blocks)]
    def forward(self, inputs):
        memory, x = inputs
        self.memory = memory
        for block in self.blocks:
            x = block([memory, x])
        return x
    def backward(self, dout):
        return len(self.blocks) * dout * np.cos(self.memory), dout
`, 'len(self.blocks) * dout', 'dout');
  });
});

describe('sizes that fit nothing else', () => {
  it('an image is made square for code that takes its height for its width', () => {
    judges(`import numpy as np

class Upsample:
    def __init__(self, factor):
        self.factor = factor
    def forward(self, A):
        N, C, H, W = A.shape
        Z = np.zeros((N, C, 2 * (W - 1) + 1, 2 * (H - 1) + 1))
        for h in range(H):
            for w in range(W):
                Z[:, :, 2 * h, 2 * w] = A[:, :, h, w]
        return Z
    def backward(self, dLdZ):
        N, C, H, W = dLdZ.shape
        dLdA = np.zeros((N, C, (H - 1) // 2 + 1, (W - 1) // 2 + 1))
        for h in range(dLdA.shape[2]):
            for w in range(dLdA.shape[3]):
                dLdA[:, :, h, w] = dLdZ[:, :, 2 * h, 2 * w]
        return dLdA
`, 'dLdZ[:, :, 2 * h, 2 * w]', 'dLdZ[:, :, 2 * w, 2 * h]');
  });

  it('a batch and channels of one are tried where NumPy can drop no others', () => {
    const pair = judges(`import numpy as np

class Pool:
    def __init__(self, kernel):
        self.kernel = kernel
    def forward(self, A):
        self.A = A
        N, C, H, W = A.shape
        Z = np.zeros((N, C, H - self.kernel + 1, W - self.kernel + 1))
        self.rows, self.columns = np.zeros(Z.shape, dtype=int), np.zeros(Z.shape, dtype=int)
        for i in range(Z.shape[2]):
            for j in range(Z.shape[3]):
                window = A[:, :, i:i + self.kernel, j:j + self.kernel]
                at = np.argmax(window.reshape(N, C, -1), axis=2)
                row, column = np.unravel_index(at, (self.kernel, self.kernel))
                self.rows[:, :, i, j], self.columns[:, :, i, j] = row, column
                Z[:, :, i, j] = window[:, :, row, column]
        return Z
    def backward(self, dLdZ):
        dLdA = np.zeros_like(self.A)
        for i in range(dLdZ.shape[2]):
            for j in range(dLdZ.shape[3]):
                dLdA[0, 0, i + self.rows[0, 0, i, j], j + self.columns[0, 0, i, j]] += dLdZ[0, 0, i, j]
        return dLdA
`, 'j + self.columns[0, 0, i, j]]', 'j + self.rows[0, 0, i, j]]');
    assert.deepEqual(pair.inputs[0].size.slice(0, 2), [1, 1]);
  });

  it("the constructor's sizes are those of the data where the user's own check says no", () => {
    judges(`import numpy as np

def checked(x, w):
    if x.shape[1] != w.shape[0]:
        raise ValueError('x and w do not fit')
    return x

class Dense:
    def __init__(self, rows, columns):
        rng = np.random.default_rng(0)
        self.p = {'W': rng.normal(size=(rows, columns))}
    def forward(self, x):
        self.x = checked(np.asarray(x), self.p['W'])
        return self.x.dot(self.p['W'])
    def backward(self, dout):
        self.dW = self.x.T.dot(dout)
        return dout.dot(self.p['W'].T)
`, 'dout.dot(self.p[\'W\'].T)', '2 * dout.dot(self.p[\'W\'].T)');
  });
});

describe('arguments that are no arrays', () => {
  const normed = `import numpy as np

class Net:
    def __init__(self, sizes):
        self.seen = {f'mean{l}': 0.0 for l, _ in enumerate(sizes)}
    def norm_forward(self, Z, l):
        mu = np.mean(Z, axis=1, keepdims=True)
        self.seen[f'mean{l}'] = 0.9 * self.seen[f'mean{l}'] + 0.1 * np.mean(Z)
        cache = (Z, mu)
        return (Z - mu) ** 2, cache
    def norm_backward(self, dout, cache):
        Z, mu = cache
        g = 2 * (Z - mu) * dout
        dZ = g - np.mean(g, axis=1, keepdims=True)
        return dZ
`;

  it('a number that is written into a key is a number', () => {
    judges(normed, 'g - np.mean', 'g + np.mean');
    judges(normed.replaceAll("f'mean{l}'", "'mean' + str(l)"), 'g - np.mean', 'g + np.mean');
  });

  it('a weight decay may be spelt lamda', () => {
    const pair = checkPair(`import numpy as np

def linear_forward(A, W):
    Z = np.dot(W, A)
    cache = (A, W)
    return Z, cache

def linear_backward(dZ, cache, lamda):
    A, W = cache
    dW = np.dot(dZ, A.T) + lamda * W
    dA = np.dot(W.T, dZ)
    return dA, dW
`);
    assert.equal(pair.verdict, 'agrees', told(pair));
  });
});

describe('a forward that returns more than its output', () => {
  const layer = `import numpy as np

class Dense:
    def __init__(self, units, name='relu'):
        self.units, self.name = units, name
    def forward(self, X):
        self.X = X
        if not hasattr(self, 'weights'):
            self.weights = np.random.randn(self.units, X.shape[0])
            self.bias = np.random.randn(self.units, 1)
        self.z = np.dot(self.weights, X) + self.bias
        self.a = np.tanh(self.z)
        return self.weights, self.z, self.a, self.name
    def backward(self, dz):
        self.dw = np.dot(dz, self.X.T)
        self.db = np.sum(dz, axis=1, keepdims=True)
`;

  it('has the upstream at the output that its name speaks of', () => {
    const pair = judges(layer, 'np.dot(dz, self.X.T)', 'np.dot(dz ** 2, self.X.T)');
    assert.deepEqual(pair.gradients.map(({of}) => of), ['self.weights', 'self.bias']);
  });

  it('may fold the mean over its examples into all that it gives', () => {
    const folded = layer.replace('self.X.T)', 'self.X.T) / self.X.shape[1]').replace('keepdims=True)\n', 'keepdims=True) / self.X.shape[1]\n');
    const pair = checkPair(folded);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.gradients.map(({convention}) => convention), ['mean-folded', 'mean-folded']);
    assert.equal(checkPair(folded.replace('keepdims=True) / self.X.shape[1]', 'keepdims=True)')).verdict, 'disagrees');
  });

  it('keeps both where the backward takes both', () => {
    assert.deepEqual(check(`import numpy as np

class Cell:
    def forward(self, h, c):
        self.c = c * np.tanh(h)
        self.h, self.c0 = h, c
        h_next, c_next = np.sin(self.c), self.c
        return h_next, c_next
    def backward(self, dh_next, dc_next):
        d = dc_next + dh_next * np.cos(self.c)
        dh = d * self.c0 * (1 - np.tanh(self.h) ** 2)
        dc = d * np.tanh(self.h)
        return dh, dc
`).report.pairs.map(({verdict}) => verdict), ['agrees']);
  });
});

describe('an operation that leaves gradients in its arguments', () => {
  it("is handed tensors of the file's own class", () => {
    const text = `import numpy as np

class Tensor:
    def __init__(self, data):
        self.data = np.array(data)
        self.grad = 0.0

class Mul:
    @staticmethod
    def apply(*args):
        return Tensor(Mul.forward(*args))
    @staticmethod
    def forward(a, b):
        return a.data * b.data
    @staticmethod
    def backward(a, b, grad_output):
        a.grad += grad_output * b.data
        b.grad += grad_output * a.data
`;
    const {pairs} = check(text).report;
    const mul = pairs.find(({name}) => name === 'Mul')!;
    assert.equal(mul.verdict, 'agrees', told(mul));
    assert.deepEqual(mul.gradients.map(({of}) => of), ['a', 'b']);
    assert.equal(check(text.replace('b.grad += grad_output * a.data', 'b.grad += grad_output * b.data')).report.pairs.find(({name}) => name === 'Mul')!.verdict, 'disagrees');
  });
});

describe('a derivative that reads what a method around the value keeps', () => {
  const unit = `import numpy as np
from numpy.matlib import repmat

class Unit:
    def __init__(self, size, bias=None, droprate=0):
        self.size, self.droprate = size, droprate
        self.bias = bias if bias is not None else np.zeros((1, size))
        self.y = np.zeros((1, size))
    def process(self, z):
        self.y = drop(self.act(z), self.droprate)
    def act(self, z):
        raise NotImplementedError

class Tanh(Unit):
    def act(self, z):
        return np.tanh(z + repmat(self.bias, z.shape[0], 1))
    def gradient(self):
        return 1 - self.y ** 2

def drop(data, rate):
    return data * (np.random.rand(*data.shape) >= rate)
`;

  it('is judged after that method has run, with nothing dropped', () => {
    judges(unit, 'return 1 - self.y ** 2', 'return 1 - self.y');
  });

  it('may be a number', () => {
    judges(unit.replace('np.tanh(z + repmat', '(z + repmat').replace('return 1 - self.y ** 2', 'return 1'), 'return 1\n', 'return 2\n');
  });

  it('is no pair where no method keeps the value', () => {
    assert.deepEqual(check(unit.replace('self.y = drop(self.act(z), self.droprate)', 'return drop(self.act(z), self.droprate)')).report.pairs, []);
  });
});

describe('a parameter that is annotated with a class of the user', () => {
  const dense = `import numpy as np

class Activation:
    def value(self, z):
        raise NotImplementedError
    def slope(self, z):
        raise NotImplementedError

class Tanh(Activation):
    def value(self, z):
        return np.tanh(z)
    def slope(self, z):
        return 1 - np.tanh(z) ** 2

class Scaled:
    other = Tanh
    def __init__(self, activation: Activation, factor: float = 2.0):
        self.activation = activation
        self.factor = factor
    def forward(self, x):
        self.x = x
        return self.factor * self.activation.value(x)
    def backward(self, dout):
        return self.factor * dout * self.activation.slope(self.x)
`;

  it('gets an object of a class below it', () => {
    judges(dense, 'self.factor * dout', 'dout');
  });

  it('gets one where its default is a module by mistake', () => {
    judges(dense.replace('import numpy as np', 'import numpy as np\nimport math').replace('activation: Activation,', 'activation: Activation = math,'), 'self.factor * dout', 'dout');
  });
});

describe('a backward that runs on square images only', () => {
  it('is judged on those', () => {
    judges(`import numpy as np

class Corner:
    def forward(self, x):
        self.x = x
        return x * np.sum(x, axis=(1, 2), keepdims=True)
    def backward(self, dout):
        N, H, W, C = dout.shape
        own = dout[:, :H, :H, :]
        total = np.tensordot(own.reshape(N, H * own.shape[2], C), np.ones((W * W, 1)), axes=((1,), (0,)))
        inner = np.sum(dout * self.x, axis=(1, 2), keepdims=True) + 0 * np.sum(total)
        return dout * np.sum(self.x, axis=(1, 2), keepdims=True) + inner
`, '+ inner', '- inner');
  });
});

describe('a dataclass', () => {
  const dense = `import math
from dataclasses import dataclass, field, InitVar
from typing import ClassVar
import numpy as np

@dataclass
class Dense:
    count: ClassVar[int] = 0
    n_in: int
    n_out: int
    gain: InitVar[float] = 1.0
    lr: float = field(default=0.01)
    seen: list = field(default_factory=list, init=False)
    W: np.ndarray = field(init=False)
    b: np.ndarray = field(init=False)

    def __post_init__(self, gain):
        self.W = gain * np.random.randn(self.n_in, self.n_out) / math.sqrt(self.n_in)
        self.b = np.zeros(self.n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.W.T
`;

  it('is made with what its fields ask for', () => {
    const pair = judges(dense, 'self.x.T @ grad', 'self.x.T @ grad / 2');
    assert.deepEqual(pair.gradients.map(({of, shape}) => [of, shape.join()]), [['x', 'N,n_in'], ['self.W', 'n_in,n_out'], ['self.b', 'n_out']]);
  });

  it('is made by name where its fields are to be named', () => {
    judges(dense.replace('@dataclass', '@dataclass(kw_only=True)'), 'grad.sum(axis=0)', 'grad.mean(axis=0)');
  });

  it('that writes its own constructor is made with that', () => {
    judges(`import numpy as np
from dataclasses import dataclass

@dataclass(init=False)
class Scale:
    w: np.ndarray

    def __init__(self, size):
        self.w = np.ones(size)

    def forward(self, x):
        self.x = x
        return x * self.w

    def backward(self, dout):
        self.dw = (dout * self.x).sum(axis=0)
        return dout * self.w
`, 'return dout * self.w', 'return dout');
  });

  it('that cannot be run has the shapes of its fields inferred', () => {
    const {inferred} = check(dense.replace('self.x = x', 'self.x = unknown(x)')).report;
    assert.deepEqual(inferred.find(({name}) => name === 'self.b')?.shape, ['n_out']);
  });
});

describe('a size that is called dim', () => {
  it('is one where arrays are made with it, and an axis where it is used as one', () => {
    judges(`import numpy as np

class LayerNorm:
    def __init__(self, dim):
        self.gamma = np.ones(dim)
    def forward(self, x):
        self.x = x
        return self.gamma * x
    def backward(self, dout):
        self.dgamma = (dout * self.x).sum(0)
        return dout * self.gamma
`, 'return dout * self.gamma', 'return dout');
    judges(`import numpy as np

class Sum:
    def __init__(self, dim):
        self.dim = dim
    def forward(self, x):
        self.shape = x.shape
        return np.sum(x, axis=self.dim)
    def backward(self, dout):
        return np.broadcast_to(np.expand_dims(dout, self.dim), self.shape)
`, 'return np.broadcast_to(', 'return 2 * np.broadcast_to(');
  });
});

describe('an object that may be left out', () => {
  it('is left out', () => {
    judges(`import numpy as np

class Linear:
    def __init__(self, n_in, n_out, rng=None):
        rng = rng or np.random.default_rng(0)
        self.W = rng.uniform(-1, 1, size=(n_in, n_out))
    def forward(self, x):
        self.x = x
        return x @ self.W
    def backward(self, dout):
        self.dW = self.x.T @ dout
        return dout @ self.W.T
`, 'self.x.T @ dout', '-self.x.T @ dout');
  });
});
