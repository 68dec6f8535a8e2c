/** Right code that was blamed, each with a twin that is wrong: what keeps state, what calls a layer, what a derivative is of. */
import assert from 'node:assert/strict';
import {analyse, check, checkPair, emptyProject, gradientOf, told} from './checking.ts';

function agrees(text: string): void {
  const pair = checkPair(text);
  assert.equal(pair.verdict, 'agrees', told(pair));
}

function disagrees(text: string): void {
  const pair = checkPair(text);
  assert.equal(pair.verdict, 'disagrees', told(pair));
}

describe('switches without which nothing is kept', () => {
  const layer = (backward: string): string => `import numpy as np

class Cube:
    def __init__(self):
        self.kept = {}
    def run(self, v, remember=False):
        if remember:
            self.kept['v'] = v
        return v ** 3
    def backward(self, dout):
        return ${backward}
`;
  it('are on when a backward follows, and nothing is said of what cannot be run without them', () => {
    const pair = checkPair(layer("dout * 3 * self.kept['v'] ** 2").replace('def run', 'def forward'));
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.exceptions ?? [], []);
    disagrees(layer("dout * 2 * self.kept['v'] ** 2").replace('def run', 'def forward'));
  });

  it('are left alone where the attribute is written in another branch, too', () => {
    const text = (factor: string): string => `import numpy as np

class Norm:
    def __init__(self, n):
        self.mean = np.zeros(n)
    def forward(self, x, evaluate=False):
        if evaluate:
            self.c = x - self.mean
            return self.c ** 2
        self.c = x - np.mean(x, axis=0)
        return self.c ** 2
    def backward(self, dout):
        d = dout * 2 * self.c
        return d - ${factor} * np.mean(d, axis=0)
`;
    agrees(text('1'));
    disagrees(text('2'));
  });
});

describe('a backward whose only parameter is called like the forward\'s', () => {
  const flatten = (backward: string): string => `import numpy as np

class Unroll:
    def forward(self, Z):
        self.shape = Z.shape
        return Z.reshape(Z.shape[0], -1).T
    def backward(self, Z):
        return ${backward}
`;
  it('takes the upstream where that reading is right', () => {
    agrees(flatten('Z.T.reshape(self.shape)'));
  });
  it('is still wrong where neither is', () => {
    disagrees(flatten('2 * Z.T.reshape(self.shape)'));
  });
});

describe('a library whose __call__ keeps what a backward in another file reads', () => {
  const core = `import weakref
import numpy as np

class Variable:
    def __init__(self, data):
        self.data = data
        self.grad = None
    def __mul__(self, other):
        return Variable(self.data * (other.data if isinstance(other, Variable) else other))
    __rmul__ = __mul__

class Function:
    def __call__(self, *inputs):
        inputs = [x if isinstance(x, Variable) else Variable(x) for x in inputs]
        y = self.forward(*[x.data for x in inputs])
        self.inputs = inputs
        self.outputs = [weakref.ref(Variable(y))]
        return Variable(y)
`;
  const functions = (gradient: string): string => `import numpy as np
from core import Function

class Square(Function):
    def forward(self, x):
        return x ** 2
    def backward(self, gy):
        x = self.inputs[0].data
        return ${gradient}
`;
  const pairOf = (gradient: string) => {
    const project = emptyProject({'core.py': core});
    project.update('functions.py', functions(gradient));
    return analyse(project, 'functions.py').analysis.report.pairs[0];
  };
  it('is called as its users call it', () => {
    const pair = pairOf('gy * 2 * x');
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(pairOf('gy * x').verdict, 'disagrees');
  });
  it('and has operators that are given to its objects in another file: what they raise is not blamed', () => {
    const pair = pairOf('gy * self.inputs[0] ** 2');
    assert.equal(pair.verdict, 'inconclusive', told(pair));
    assert.match(pair.reason, /the operators of Variable/);
  });
  it('asks whether two names of NumPy are one module', () => {
    const project = emptyProject({'backend.py': 'import numpy as np\n\ndef module_of(x):\n    return np\n'});
    project.update('layer.py', `import numpy as np
import backend

class Row:
    def forward(self, x):
        self.shape = x.shape
        return x[0]
    def backward(self, dout):
        xp = backend.module_of(dout)
        dx = xp.zeros(self.shape)
        if xp is np:
            np.add.at(dx, 0, dout)
        else:
            xp.scatter_add(dx, 0, dout)
        return dx
`);
    const [pair] = analyse(project, 'layer.py').analysis.report.pairs;
    assert.equal(pair.verdict, 'agrees', told(pair));
  });
});

describe('attributes of which nobody is a parameter', () => {
  const norm = (mean: string): string => `import numpy as np

class Center:
    def __init__(self, n):
        self.mean = np.zeros((1, n))
        self.dmean = np.zeros((1, n))
    def forward(self, x):
        """
        x: (N, n)
        """
        self.x = x
        self.mean = np.mean(x, axis=0)
        return (x - self.mean) ** 2
    def backward(self, delta):
        d = delta * 2 * (self.x - self.mean)
        self.dmean = -np.sum(d, axis=0)
        return d + self.dmean / ${mean}
`;
  it('are those that the forward computes anew, in another shape', () => {
    agrees(norm('len(self.x)'));
    disagrees(norm('(2 * len(self.x))'));
  });

  it('a parameter that the forward spreads to another shape is judged by nobody', () => {
    const pair = checkPair(`import numpy as np

class Scale:
    def __init__(self, gamma):
        self.gamma = gamma
    def forward(self, x):
        """
        x: (N, D)
        """
        if x.shape[1] != self.gamma.shape[0]:
            self.gamma = np.dot(np.ones((x.shape[1] * 2, 1)), self.gamma.reshape(1, -1))[:x.shape[1], 0]
        self.x = x
        return x * self.gamma
    def backward(self, dout):
        self.dgamma = np.sum(dout * self.x, axis=0)
        return dout * self.gamma
`);
    assert.equal(pair.verdict, 'inconclusive', told(pair));
    assert.match(pair.reason, /replaces self\.gamma/);
  });

  it('an attribute that only another method sets is not held against the backward, a forgotten one is', () => {
    const layer = (setter: string): string => `import numpy as np

class Shaper:
    def __init__(self):
        self.before = None
    def ${setter}(self, before):
        self.before = before
    @property
    def input_shape(self):
        return self.before.shape if self.before is not None else None
    def forward(self, x):
        return x.reshape(-1)
    def backward(self, dout):
        return dout.reshape(*self.input_shape)
`;
    const pair = checkPair(layer('connect'));
    assert.equal(pair.verdict, 'inconclusive', told(pair));
    assert.match(pair.reason, /self\.before is set by connect/);
    disagrees(layer('connect').replace('    def connect(self, before):\n        self.before = before\n', ''));
  });
});

describe('a gradient that is added to, element by element', () => {
  it('is of its parameter, and no update of itself', () => {
    const layer = (factor: string): string => `import numpy as np

class Line:
    def __init__(self, n, m):
        self.W = np.random.randn(n, m)
        self.b = np.zeros(m)
        self.dW = np.zeros((n, m))
        self.db = np.zeros(m)
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, delta):
        for i in range(len(delta)):
            for k in range(delta.shape[1]):
                self.db[k] += ${factor} * delta[i, k]
        self.dW += self.x.T @ delta
        return delta @ self.W.T
`;
    agrees(layer('1'));
    disagrees(layer('2'));
  });
});

describe('what one example is', () => {
  it('one loss for each example goes with all numbers of that example', () => {
    const loss = (gradient: string): string => `import numpy as np

def squared(t, p, derivative=False):
    """
    t: targets, of shape (N, C)
    p: predictions, of shape (N, C)
    """
    if derivative:
        return ${gradient}
    return np.mean((p - t) ** 2, axis=-1)
`;
    agrees(loss('2 * (p - t) / t.shape[-1]'));
    disagrees(loss('2 * (p - t) / t.shape[0]'));
  });

  it('the Jacobian of a column is one', () => {
    const softmax = (entry: string): string => `import numpy as np

def softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)

def softmax_derivative(z):
    s = softmax(z)
    g = np.zeros((len(z), len(z)))
    for i in range(len(z)):
        for j in range(len(z)):
            g[i][j] = s[i][0] * (${entry})
    return g
`;
    agrees(softmax('(i == j) - s[j][0]'));
    disagrees(softmax('(i == j) + s[j][0]'));
  });

  it('a loss that gives a matrix for a batch is meant for vectors, whatever its text says', () => {
    const loss = (gradient: string): string => `import numpy as np

def squared_error(prediction, target):
    """
    prediction: array of shape (n, m)
    target: array of shape (n, m)
    """
    return np.dot(target - prediction, target - prediction) / 2

def squared_error_derivative(prediction, target):
    return ${gradient}
`;
    agrees(loss('prediction - target'));
    disagrees(loss('target - prediction'));
  });

  it('a target in which the derivative looks for the one is one-hot', () => {
    const loss = (sign: string): string => `import numpy as np

class Loss:
    def call(self, prediction, target):
        p = np.exp(prediction - np.max(prediction))
        return -np.log(p / np.sum(p)) @ target
    def deriv(self, prediction, target):
        p = np.exp(prediction - np.max(prediction))
        p = p / np.sum(p)
        place = np.where(target == 1)[0][0]
        p[place] = p[place] ${sign} 1
        return p
`;
    agrees(loss('-'));
    disagrees(loss('+'));
  });

  it('a gradient that the text returns as a row of one example is that of a vector', () => {
    const cell = (sign: string): string => `import numpy as np

class Cell:
    def __init__(self, d, h):
        self.W = np.random.randn(h, d)
        self.d = d
    def forward(self, x):
        """
        x: (d,)
        """
        self.x = x
        return self.W @ x
    def backward(self, delta):
        """
        Returns
        -------
        dx: (1, d)
            the gradient of x
        """
        dx = np.zeros((1, self.d))
        dx ${sign}= delta @ self.W
        return dx
`;
    agrees(cell('+'));
    disagrees(cell('-'));
    disagrees(cell('+').replace('dx: (1, d)', 'dx: (d,)'));
  });
});

describe('what is handed back and what is listed', () => {
  it('a second name of the input that is returned for the backward is no output', () => {
    const layer = (gradient: string): string => `import numpy as np

class Line:
    def __init__(self, n, m):
        self.W = np.random.randn(n, m)
    def forward(self, x):
        fwd_x = x
        return np.tanh(x @ self.W), fwd_x
    def backward(self, deltas, fwd_x):
        d = deltas * (1 - np.tanh(fwd_x @ self.W) ** 2)
        dW = fwd_x.T @ d
        dx = ${gradient}
        return dx, dW
`;
    agrees(layer('d @ self.W.T'));
    disagrees(layer('deltas @ self.W.T'));
  });

  it('a list with a part for each example is the gradient of the one input', () => {
    const layer = (factor: string): string => `import numpy as np

class Squares:
    def forward(self, xs):
        """
        xs: (N, D)
        """
        self.xs = xs
        out = []
        for i in range(len(xs)):
            out.append(xs[i] ** 2)
        return out
    def backward(self, dout):
        parts = []
        for i in range(len(dout)):
            parts.append(dout[i] * ${factor} * self.xs[i])
        return parts
`;
    agrees(layer('2'));
    disagrees(layer('3'));
  });

  it('a comment that lists what a pair of inputs holds gives no shape', () => {
    const {report} = check(`import numpy as np

class Both:
    def forward(self, inputs):  # inputs: [memory, x]
        memory, x = inputs
        self.memory, self.x = memory, x
        return memory * x
    def backward(self, dout):
        return dout * self.x, dout * self.memory
`);
    const [pair] = report.pairs;
    assert.notEqual(pair.verdict, 'disagrees', told(pair));
    assert.ok(pair.inputs.every(({shape}) => !shape.includes('memory')));
  });
});

describe('what a text says of its inputs', () => {
  it('a size that a docstring gives an axis is the parameter of that name', () => {
    const layer = (axes: string): string => `import numpy as np

class Conv:
    def __init__(self, in_channels, out_channels, width, weight_init_fn=None):
        self.out_channels = out_channels
        self.width = width
        if weight_init_fn is None:
            self.W = np.random.normal(0, 1.0, (out_channels, in_channels, width))
        else:
            self.W = weight_init_fn(out_channels, in_channels, width)
        self.dW = np.zeros(self.W.shape)
    def forward(self, A):
        """
        A: (batch_size, in_channels, length)
        """
        self.A = A
        n = A.shape[2] - self.width + 1
        Z = np.zeros((len(A), self.out_channels, n))
        for s in range(n):
            Z[:, :, s] = np.tensordot(A[:, :, s:s + self.width], self.W, axes=((1, 2), (1, 2)))
        return Z
    def backward(self, dZ):
        for k in range(self.width):
            self.dW[:, :, k] = np.tensordot(dZ, self.A[:, :, k:k + dZ.shape[2]], axes=${axes})
        return None
`;
    const right = check(layer('((0, 2), (0, 2))')).report.pairs[0];
    assert.equal(gradientOf(right, 'self.W').verdict, 'agrees', told(right));
    const wrong = check(layer('((0, 2), (0, 2))').replace('k:k + dZ.shape[2]', '0:dZ.shape[2]')).report.pairs[0];
    assert.equal(gradientOf(wrong, 'self.W').verdict, 'disagrees', told(wrong));
  });

  it('words are made for no array: a function of words and dictionaries that raises on made ones is not blamed', () => {
    const [pair] = check(`import numpy as np

def skipgram(word, word2Ind, vectors):
    """
    word -- a string of the current center word
    word2Ind -- a dictionary that maps words to their indices
    vectors -- word vectors, of shape (V, D)
    """
    loss = 0.0
    grad = np.zeros(vectors.shape)
    at = word2Ind[word]
    loss += np.sum(vectors[at] ** 2)
    grad[at] += 2 * vectors[at]
    return loss, grad
`).report.pairs;
    assert.equal(pair.verdict, 'inconclusive', told(pair));
  });

  it('a backward through time that is cut off goes back far enough to be exact', () => {
    const cell = (carry: string): string => `import numpy as np

class Chain:
    def __init__(self, size, bptt_truncate):
        self.w = np.random.randn(size)
        self.bptt_truncate = bptt_truncate
    def forward(self, xs):
        """
        xs: (T, size)
        """
        self.s = np.zeros((len(xs) + 1, len(self.w)))
        for t in range(len(xs)):
            self.s[t] = xs[t] + self.w * self.s[t - 1]
        return self.s[:-1]
    def backward(self, dout):
        dw = np.zeros_like(self.w)
        for t in range(len(dout)):
            d = dout[t]
            for k in range(max(0, t - self.bptt_truncate), t + 1)[::-1]:
                dw += d * self.s[k - 1]
                d = ${carry}
        self.dw = dw
`;
    agrees(cell('d * self.w'));
    disagrees(cell('d'));
  });
});

describe('what is not known', () => {
  it('spreads to an array of which an unknown row is written', () => {
    const [pair] = check(`import numpy as np

class Pick:
    def forward(self, x):
        self.at = np.zeros(len(x), dtype='<U8')
        out = np.zeros(len(x))
        for i in range(len(x)):
            k = int(np.argmax(x[i]))
            self.at[i] = str(i) + ',' + str(k)
            out[i] = x[i, k]
        self.shape = x.shape
        return out
    def backward(self, dout):
        dx = np.zeros(self.shape)
        for i in range(len(dout)):
            c = self.at[i]
            dx[int(c[:c.find(',')])][int(c[c.find(',') + 1:])] += dout[i]
        return dx
`).report.pairs;
    assert.equal(pair.verdict, 'unsupported', told(pair));
  });

  it('a softmax that a backward leaves out may be merged with the loss that is not here', () => {
    const layer = (gradient: string): string => `import numpy as np

class Decoder:
    def __init__(self, n, m):
        self.W = np.random.randn(n, m)
        self.b = np.random.randn(m)
    def forward(self, x):
        self.x = x
        e = np.exp(x @ self.W + self.b)
        return e / np.sum(e, axis=1, keepdims=True)
    def backward(self, deltas):
        self.dW = self.x.T @ deltas
        self.db = ${gradient}
        return deltas @ self.W.T
`;
    const pair = checkPair(layer('np.sum(deltas, axis=0)'));
    assert.equal(pair.verdict, 'inconclusive', told(pair));
    assert.match(pair.reason, /leaves its softmax out/);
    disagrees(layer('2 * np.sum(deltas, axis=0)'));
  });

  it('a softmax that works with its probabilities has not left them out', () => {
    disagrees(`import numpy as np

class Softmax:
    def forward(self, x):
        e = np.exp(x - np.max(x, axis=1, keepdims=True))
        self.p = e / np.sum(e, axis=1, keepdims=True)
        return self.p
    def backward(self, dout):
        return dout - self.p * np.sum(dout, axis=1, keepdims=True)
`);
  });
});

describe('what once stopped the check', () => {
  it('a tensordot with one list of axes raises as in NumPy', () => {
    const [pair] = check(`import numpy as np

class Dot:
    def forward(self, x):
        self.x = x
        return np.sum(x ** 2)
    def backward(self, dout):
        return np.tensordot(self.x, self.x, axes=((0, 1),)) * dout
`).report.pairs;
    assert.match(pair.reason, /not enough values to unpack/);
  });

  it('a list that holds itself has no numbers', () => {
    const [pair] = check(`import numpy as np

class Cycle:
    def forward(self, x):
        self.x = x
        return x ** 2
    def backward(self, dout):
        dx = []
        dx.append(dx)
        return dx
`).report.pairs;
    assert.notEqual(pair.verdict, 'agrees', told(pair));
  });
});

describe('what was not looked at', () => {
  it('a parameter and its gradient in one dictionary are judged', () => {
    const layer = (sum: string): string => `import numpy as np

class Dense:
    def __init__(self, n, m):
        w, b = np.random.randn(n, m), np.zeros(m)
        self.W = {"val": w, "grad": np.zeros_like(w)}
        self.b = {"val": b, "grad": np.zeros_like(b)}
    def forward(self, x):
        self.x = x
        return x @ self.W["val"] + self.b["val"]
    def backward(self, dout):
        self.W["grad"] = self.x.T @ dout
        self.b["grad"] = ${sum}
        return dout @ self.W["val"].T
`;
    agrees(layer('np.sum(dout, axis=0)'));
    const wrong = checkPair(layer('np.mean(dout, axis=0)'));
    assert.equal(gradientOf(wrong, "self.b['val']").verdict, 'disagrees', told(wrong));
    assert.equal(gradientOf(wrong, "self.W['val']").verdict, 'agrees', told(wrong));
  });

  it('windows that do not overlap are a setting of their own', () => {
    const pool = (factor: string): string => `import numpy as np

class Mean:
    def __init__(self, filter_dim, stride):
        self.filter_dim = filter_dim
        self.stride = stride
    def forward(self, x):
        """
        x: (N, L)
        """
        self.shape = x.shape
        n = (x.shape[1] - self.filter_dim) // self.stride + 1
        out = np.zeros((len(x), n))
        for i in range(n):
            out[:, i] = np.mean(x[:, i * self.stride:i * self.stride + self.filter_dim], axis=1)
        return out
    def backward(self, dout):
        dx = np.zeros(self.shape)
        for i in range(dout.shape[1]):
            d = dout[:, i:i + 1] / self.filter_dim
            if self.stride == self.filter_dim:
                d = d * ${factor}
            dx[:, i * self.stride:i * self.stride + self.filter_dim] += d
        return dx
`;
    assert.deepEqual(checkPair(pool('1')).exceptions ?? [], []);
    assert.match((checkPair(pool('2')).exceptions ?? []).map(({message}) => message).join(), /filter_dim = 2 and stride = 2/);
  });
});

