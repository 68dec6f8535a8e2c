import assert from 'node:assert/strict';
import {inputsOf, shorts} from './reading.ts';

const np = 'import numpy as np\n';

/** The inputs of `f` in a body of code. */
function read(params: string, ...body: readonly string[]): readonly string[] {
  return shorts(inputsOf(`${np}def f(${params}):\n${body.map((line) => `    ${line}\n`).join('')}`, 'f'));
}

describe('use: ranks and letters', () => {
  it('an unpacked shape names the axes', () => {
    assert.deepEqual(read('x, w', 'N, C, H, W = x.shape', 'F, _, HH, WW = w.shape', 'return x'), ['x (N, C, H, W)', 'w (F, C, HH, WW)']);
  });

  it('an item of a shape names its axis', () => {
    assert.deepEqual(read('x', 'm = x.shape[1]', 'n = len(x)', 'return x / m'), ['x (n, m)']);
    assert.deepEqual(read('x', 'H, W = x.shape[-2:]', 'return x[:, :, 0, 0]'), ['x (N, C, H, W)']);
  });

  it('a short name from another file is NumPy by what is asked of it', () => {
    const text = (use: string): string => `from backend import xp\ndef f(x, w):\n    ${use}\n    return xp.dot(x, w)\n`;
    assert.deepEqual(shorts(inputsOf(text('s = xp.sum(x, axis=2)'), 'f')), ['x (N, T, D)', 'w (D, M)']);
    assert.deepEqual(shorts(inputsOf(text('s = xp.sum(x, axis=2)').replaceAll('dot', 'blend'), 'f')), ['x (N, D)', 'w (M, K)']);
  });

  it('convolutions of torch know images and filters, and its other functions say nothing yet', () => {
    const text = 'import torch\nimport torch.nn.functional as F\ndef f(x, taps):\n    return F.conv2d(x.to("cpu"), taps)\ndef g(x):\n    return torch.max(x, 1)\n';
    assert.deepEqual(shorts(inputsOf(text, 'f')), ['x (N, C, H, W)', 'taps (F, C, HH, WW)']);
    assert.deepEqual(shorts(inputsOf(text, 'g')), ['x (N, D)']);
  });

  it('the shape of a filter is small numbers', () => {
    const inputs = inputsOf('class C:\n    def __init__(self, kernel_shape):\n        self.k = kernel_shape[0] * kernel_shape[1]\n    def forward(self, x):\n        return x * self.k\n', 'C.forward');
    assert.deepEqual(inputs.construct[0].entries?.map(({literal}) => literal), [3, 3]);
  });

  it('products tie sizes, from either side', () => {
    assert.deepEqual(read('x, w, b', 'return x.dot(w) + b'), ['x (N, D)', 'w (D, M)', 'b (M)']);
    assert.deepEqual(read('x, w, b', 'return x @ w + b'), ['x (N, D)', 'w (D, M)', 'b (M)']);
    assert.deepEqual(read('A, W, b', 'return np.dot(W, A) + b'), ['A (N, D)', 'W (M, N)', 'b (M, 1)']);
    assert.deepEqual(read('x, w', 'return np.matmul(x, w.T)'), ['x (N, D)', 'w (M, D)']);
  });

  it('a flattened batch makes a size the product of others', () => {
    const inputs = inputsOf(`${np}def f(x, w, b):\n    N, C, H, W = x.shape\n    return x.reshape(N, -1).dot(w) + b\n`, 'f');
    assert.deepEqual(shorts(inputs), ['x (N, C, H, W)', 'w (C*H*W, M)', 'b (M)']);
  });

  it('a collapsed reshape tells the rank', () => {
    assert.deepEqual(read('xs, ts', 'N, T, V = xs.shape', 'ts = ts.reshape(N * T)', 'xs = xs.reshape(N * T, V)', 'return xs[np.arange(N * T), ts]'),
      ['xs (N, T, V)', 'ts (N, T) label below V']);
  });

  it('slices of four gates make a size four times another', () => {
    assert.deepEqual(read('x, h, Wx, Wh, b', 'N, H = h.shape', 'a = x.dot(Wx) + h.dot(Wh) + b', 'i = a[:, :H]', 'f = a[:, H:2*H]', 'o = a[:, 2*H:3*H]', 'g = a[:, 3*H:]', 'return i * f * o * g')
      .slice(2), ['Wx (D, 4*H)', 'Wh (H, 4*H)', 'b (4*H)']);
  });

  it('a loop over time goes over the axis that it indexes', () => {
    const inputs = read('x, T, Wx', 'h = 0', 'for t in range(T):', '    h = h + np.tanh(x[:, t].dot(Wx))', 'return h');
    assert.deepEqual(inputs, ['x (N, T, D)', 'T int size T', 'Wx (D, M)']);
  });

  it('asserted shapes are believed', () => {
    assert.deepEqual(read('x, w', 'z = w.dot(x)', 'assert z.shape == (1, x.shape[1])', 'return z'), ['x (N, D)', 'w (1, N)']);
  });

  it('a test of the rank is decided by what is known', () => {
    assert.deepEqual(read('x', 'if x.ndim != 2:', '    N, C, H, W = x.shape', '    x = x.reshape(N, -1)', 'return x.mean(axis=0)'), ['x (N, D)']);
  });

  it('an image is no smaller than its filters, at every stride', () => {
    const {ties} = inputsOf(`${np}def f(x, w, p):
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    s, pad = p['stride'], p['pad']
    return np.zeros((N, F, 1 + (H + 2 * pad - HH) // s, 1 + (W + 2 * pad - WW) // s))
`, 'f');
    assert.ok(ties.some((tie) => tie.type === 'at-least' && tie.letter === 'H' && tie.than === 'HH'));
    assert.equal(ties.filter((tie) => tie.type === 'divisible').length, 2);
  });
});

describe('use: roles', () => {
  it('labels pick columns', () => {
    assert.deepEqual(read('x, y', 'N, C = x.shape', 'p = np.exp(x)', 'return -np.log(p[np.arange(N), y]).sum() / N'), ['x (N, C)', 'y (N) label below C']);
    assert.deepEqual(read('W, X, y, reg', 'for i in range(X.shape[0]):', '    scores = X[i].dot(W)', '    c = scores[y[i]]', 'return c + reg * np.sum(W * W)'),
      ['W (D, M)', 'X (N, D)', 'y (N) label below M', 'reg float']);
  });

  it('an array that indexes rows is an index', () => {
    assert.deepEqual(read('x, W', 'N, T = x.shape', 'V, D = W.shape', 'return W[x]'), ['x (N, T) index below V', 'W (V, D)']);
  });

  it('a list of tokens that index one at a time is a vector', () => {
    assert.deepEqual(read('inputs, Wxh', 'for t in range(len(inputs)):', '    v = np.zeros((Wxh.shape[1], 1))', '    v[inputs[t]] = 1', '    h = np.dot(Wxh, v)', 'return h')[0],
      'inputs (N) index below D');
  });

  it('targets of a cross entropy are one-hot, of a squared error anything', () => {
    const loss = (body: string, name: string): string => shorts(inputsOf(`${np}def ${name}(y_pred, y_true):\n    return ${body}\n`, name))[1];
    assert.equal(loss('-np.sum(y_true * np.log(y_pred))', 'cross_entropy'), 'y_true (N, D) label one-hot');
    assert.equal(loss('np.mean((y_pred - y_true) ** 2)', 'mse'), 'y_true (N, D) label');
  });

  it('what is logged is positive, with its complement between 0 and 1', () => {
    assert.equal(read('a', 'return np.log(a)')[0], 'a (N, D) positive');
    assert.equal(read('AL, Y', 'return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))')[0], 'AL (N, D) unit-interval');
  });

  it('what is transposed has two axes, however that is written', () => {
    for (const turned of ['b.T', 'b.transpose()', 'np.transpose(b)']) assert.equal(read('a, b', `return np.matmul(a, ${turned})`)[1], 'b (M, D)', turned);
  });

  it('what a forward leaves in its context comes back in the backward', () => {
    const text = `${np}class Product:
    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a)
        ctx.b = b
        return np.matmul(a, b)
    @staticmethod
    def backward(ctx, grad_output):
        (first,) = ctx.saved_tensors
        return grad_output @ np.transpose(ctx.b), first.T @ grad_output
`;
    assert.deepEqual(shorts(inputsOf(text, 'Product.forward', 'Product.backward')).slice(-2), ['a (N, D)', 'b (D, M)']);
  });

  it('the numbers in a tensor are the tensor', () => {
    assert.equal(read('a', 'return np.log(a.data)')[0], 'a (N, D) positive');
    assert.deepEqual(read('a, b', 'N, D = a.data.shape', 'D, M = b.cached_data.shape', 'return np.dot(a.data, b.cached_data)').slice(0, 2), ['a (N, D)', 'b (D, M)']);
  });

  it('a gate differentiates both its inputs, whatever they are called', () => {
    const text = `${np}class Multiply:
    def forward(self, x, y):
        self.x = x
        self.y = y
        return x * y
    def backward(self, dz):
        dx = dz * self.y
        dy = dz * self.x
        return dx, dy
`;
    assert.deepEqual(shorts(inputsOf(text, 'Multiply.forward', 'Multiply.backward')), ['x (N, D)', 'y (N, D)']);
  });
});

describe('use: settings', () => {
  it('keys make a dictionary', () => {
    const [, param] = inputsOf(`${np}def f(x, p):\n    s = p['stride']\n    e = p.get('eps', 1e-5)\n    if p['mode'] == 'train':\n        return x[:, ::s] + e\n    elif p['mode'] == 'test':\n        return x\n`, 'f').specs;
    assert.equal(param.kind, 'dict');
    assert.deepEqual(param.entries?.map(({name, kind}) => `${name} ${kind}`), ['stride int', 'eps float', 'mode string']);
    assert.deepEqual(param.entries[2].choices, ['train', 'test']);
  });

  it('parameters by key are arrays like others', () => {
    const [, params] = inputsOf(`${np}def forward(X, parameters):\n    W1 = parameters['W1']\n    b1 = parameters['b1']\n    return np.tanh(np.dot(W1, X) + b1)\n`, 'forward').specs;
    assert.deepEqual(params.entries?.map(({name, shape}) => `${name} ${shape?.length}`), ['W1 2', 'b1 2']);
  });

  it('layers by computed keys are chained', () => {
    const [, params] = inputsOf(`${np}def forward(X, parameters):
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A = np.tanh(np.dot(parameters['W' + str(l)], A) + parameters['b' + str(l)])
    return np.dot(parameters['W' + str(L)], A) + parameters['b' + str(L)]
`, 'forward').specs;
    assert.deepEqual(params.entries?.map(({name}) => name).toSorted(), ['W1', 'W2', 'b1', 'b2']);
    const axes = new Map(params.entries.map(({name, shape}) => [name, shape]));
    assert.deepEqual(axes.get('W2')?.[1], axes.get('W1')?.[0]);
    assert.notDeepEqual(axes.get('W1')?.[0], axes.get('W1')?.[1]);
  });

  it('defaults tell kinds', () => {
    assert.deepEqual(read('x, reg=0.0, train=True, name=None, stride=2', 'return x[::stride] * reg'), ['x (N, D)', 'reg float', 'train bool', 'name none', 'stride int']);
  });
});

describe('use: classes', () => {
  const dense = `${np}class Dense:
    def __init__(self, n_in, n_out, activation='relu'):
        self.W = np.random.randn(n_in, n_out)
        self.b = np.zeros(n_out)
    def forward(self, x):
        self.x = x
        return x.dot(self.W) + self.b
`;
  it('sizes of the constructor are sizes of the inputs', () => {
    assert.deepEqual(shorts(inputsOf(dense, 'Dense.forward')), ['init n_in int size n_in', 'init n_out int size n_out', 'init activation string', 'x (N, n_in)']);
  });

  it('arrays of the constructor are tied to the inputs', () => {
    const text = `${np}class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b
    def forward(self, x):
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b
    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T)
`;
    assert.deepEqual(shorts(inputsOf(text, 'Affine.forward', 'Affine.backward')), ['init W (D, M)', 'init b (M)', 'x (N, D)']);
  });

  it('a base class in the same file is followed', () => {
    const text = `${np}class Base:
    def __init__(self, size):
        self.w = np.zeros((size, 3))
class Layer(Base):
    def forward(self, x):
        return x.dot(self.w)
`;
    assert.deepEqual(shorts(inputsOf(text, 'Layer.forward')), ['init size int size size', 'x (N, size)']);
  });
});

describe('use: what a backward may tell', () => {
  const pair = (db: string): string => `${np}def linear_forward(A, W, b):
    Z = np.dot(A, W) + b
    return Z, (A, W, b)
def linear_backward(dZ, cache):
    A, W, b = cache
    m = A.shape[0]
    dW = np.dot(A.T, dZ)
    db = ${db}
    dA = np.dot(dZ, W)
    return dA, dW, db
`;
  it('the rank of a bias, by the shape of its gradient', () => {
    assert.equal(shorts(inputsOf(pair('np.sum(dZ, axis=0, keepdims=True)'), 'linear_forward', 'linear_backward'))[2], 'b (1, M)');
    assert.equal(shorts(inputsOf(pair('np.sum(dZ, axis=0)'), 'linear_forward', 'linear_backward'))[2], 'b (M)');
  });

  it('names of sizes, but never that two sizes are one: its missing transpose must not hide', () => {
    assert.deepEqual(shorts(inputsOf(pair('np.sum(dZ, axis=0)'), 'linear_forward', 'linear_backward')), ['A (m, D)', 'W (D, M)', 'b (M)']);
  });
});

describe('use: a loss with its gradients', () => {
  it('gradient statements make no two sizes one, though they stand in the same function', () => {
    const text = `${np}def loss(W, X, y):
    N, D = X.shape
    scores = X.dot(W)
    p = np.exp(scores)
    dscores = p.copy()
    dscores[np.arange(N), y] -= 1
    dW = X.dot(dscores)
    return np.sum(p[np.arange(N), y]), dW
`;
    assert.deepEqual(shorts(inputsOf(text, 'loss')), ['W (D, M)', 'X (N, D)', 'y (N) label below M']);
  });
});

describe('habits', () => {
  it('labels are as many as examples, and one-hot rows as wide as the output', () => {
    const text = `${np}from layers import *
class Net:
    def __init__(self, input_size, hidden_size, output_size):
        self.params = {'W1': np.random.randn(input_size, hidden_size), 'W2': np.random.randn(hidden_size, output_size)}
        self.last = SoftmaxWithLoss()
    def loss(self, x, t):
        return self.last.forward(self.predict(x), t)
    def predict(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x
`;
    assert.deepEqual(shorts(inputsOf(text, 'Net.loss')).slice(-2), ['x (N, input_size)', 't (N, output_size) label one-hot']);
  });

  it('filters have the channels of the image, and a bias for each filter', () => {
    assert.deepEqual(read('x, w, b', 'N, C, H, W = x.shape', 'F, _, HH, WW = w.shape', 'cols = im2col(x, HH, WW)', 'return cols, w, b.reshape(-1, 1)'),
      ['x (N, C, H, W)', 'w (F, C, HH, WW)', 'b (F)']);
  });

  it('the axes that a tensordot sums over are the same in both', () => {
    assert.deepEqual(read('x, w', 'N, C, L = x.shape', 'F, _, K = w.shape', 'window = x[:, :, 0:K]', 'return np.tensordot(window, w, axes=((1, 2), (1, 2)))'),
      ['x (N, C, L)', 'w (F, C, K)']);
  });

  it('the size of an image tells its axes', () => {
    const text = `${np}from layers import *
class Net:
    def __init__(self, input_dim=(3, 32, 32), num_filters=8):
        """ - input_dim: Tuple (C, H, W) giving size of input data """
        self.W = np.random.randn(num_filters, input_dim[0], 3, 3)
        self.b = np.zeros(num_filters)
    def forward(self, X):
        return conv_relu_forward(X, self.W, self.b, {'stride': 1, 'pad': 1})
`;
    const {construct, specs} = inputsOf(text, 'Net.forward');
    assert.deepEqual(construct[0].entries?.map(({dimension}) => dimension), specs[0].shape?.slice(1));
  });

  it('what is written into a key is a number, unless its default says that it is a text', () => {
    const layer = (param: string): string => `def f(x, ${param}):\n    cells = {}\n    cells[f'mean{l}'] = x\n    return cells[f'mean{l}'] * 2\n`;
    assert.deepEqual(inputsOf(np + layer('l'), 'f').specs.map(({kind, literal}) => [kind, literal]), [['array', undefined], ['int', 1]]);
    assert.equal(inputsOf(np + layer("l='first'"), 'f').specs[1].kind, 'string');
  });

  it('layers of the well-known course are known by name', () => {
    assert.deepEqual(read('x, w, b, conv_param, pool_param', 'a, c = conv_forward_fast(x, w, b, conv_param)', 's, r = relu_forward(a)', 'out, p = max_pool_forward_fast(s, pool_param)', 'return out, (c, r, p)').slice(0, 3),
      ['x (N, C, H, W)', 'w (F, C, HH, WW)', 'b (F)']);
  });
});

describe('call sites', () => {
  it('tell ranks and settings', () => {
    const text = `${np}def f(x, scale, mode):
    return x * scale

if __name__ == '__main__':
    N, D = 4, 5
    x = np.random.randn(N, D, 2)
    f(x, 0.3, 'fast')
`;
    const {specs} = inputsOf(text, 'f');
    assert.deepEqual(specs.map(({shape}) => shape?.length), [3, 0, undefined]);
    assert.deepEqual(specs[1].literal, {float: 0.3});
    assert.equal(specs[2].literal, 'fast');
  });

  it('of a class tell its constructor', () => {
    const text = `${np}class Layer:
    def __init__(self, w):
        self.w = w
    def forward(self, x):
        return x * self.w

def test_layer():
    layer = Layer(np.zeros((3, 4, 2)))
`;
    assert.deepEqual(inputsOf(text, 'Layer.forward').construct.map(({shape}) => shape?.length), [3]);
  });
});
