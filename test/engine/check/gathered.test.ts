/** Where the gradients of a network lie: in tuples of arrays, in a list that is made on return, in dictionaries with entries that go again. */
import assert from 'node:assert/strict';
import {check, checkPair, gradientOf, told} from './checking.ts';

const unrolled = `import numpy as np

class Cell:
    def __init__(self, Wx, Wh):
        self.params = (Wx, Wh)
        self.grads = (np.zeros_like(Wx), np.zeros_like(Wh))

    def step(self, x, h):
        Wx, Wh = self.params
        self.cache = x, h, np.tanh(x @ Wx + h @ Wh)
        return self.cache[2]

    def back(self, dh):
        x, h, out = self.cache
        da = dh * (1 - out ** 2)
        self.grads[0][...] = x.T @ da
        self.grads[1][...] = h.T @ da
        return da @ self.params[0].T, da @ self.params[1].T

class Unrolled:
    def __init__(self, Wx, Wh):
        self.params = (Wx, Wh)
        self.grads = (np.zeros_like(Wx), np.zeros_like(Wh))

    def forward(self, xs):
        N, T, D = xs.shape
        H = self.params[1].shape[0]
        h = np.zeros((N, H))
        hs = np.zeros((N, T, H))
        self.cells = []
        for t in range(T):
            cell = Cell(*self.params)
            h = cell.step(xs[:, t, :], h)
            hs[:, t, :] = h
            self.cells.append(cell)
        return hs

    def backward(self, dhs):
        N, T, H = dhs.shape
        dxs = np.zeros((N, T, self.params[0].shape[0]))
        dh = 0
        total = [0, 0]
        for t in reversed(range(T)):
            dx, dh = self.cells[t].back(dhs[:, t, :] + dh)
            dxs[:, t, :] = dx
            for i, grad in enumerate(self.cells[t].grads):
                total[i] += grad
        for i, grad in enumerate(total):
            self.grads[i][...] = grad
        return dxs
`;

const stack = `import numpy as np

class Dense:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        self.x = x
        return x @ self.w + self.b

    def backward(self, dout):
        self.dw = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.w.T

class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, dout):
        return dout * (1 - self.out ** 2)

class Net:
    def __init__(self, input_size, hidden_size, output_size):
        sizes = [input_size, hidden_size, output_size]
        self.params = []
        for i in range(1, 3):
            self.params.append(0.1 * np.random.randn(sizes[i - 1], sizes[i]))
            self.params.append(np.zeros(sizes[i]))
        self.layers = [Dense(self.params[0], self.params[1]), Tanh(), Dense(self.params[2], self.params[3])]

    def loss(self, x, t):
        for layer in self.layers:
            x = layer.forward(x)
        self.rest = x - t
        return 0.5 * np.sum(self.rest ** 2)

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.rest
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return [g for i, layer in enumerate(self.layers) if i % 2 == 0 for g in (layer.dw, layer.db)]
`;

const cleared = `import numpy as np

class Net:
    def __init__(self, input_dim=12, num_classes=5, weight_scale=1e-3):
        self.params = {}
        self.params.update({'W1': weight_scale * np.random.randn(input_dim, num_classes), 'b1': np.zeros(num_classes)})

    def loss(self, X, y):
        scores = X @ self.params['W1'] + self.params['b1']
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        loss = -np.mean(np.log(p[np.arange(len(y)), y]))
        grads = {}
        grads['scores'] = p.copy()
        grads['scores'][np.arange(len(y)), y] -= 1
        grads['W1'] = X.T @ grads['scores'] / len(y)
        grads['b1'] = grads['scores'].sum(axis=0) / len(y)
        del grads['scores']
        return loss, grads
`;

describe('gradients', () => {
  it('may be written into a tuple of arrays, one place after the other', () => {
    const pair = checkPair(unrolled);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.gradients.map(({of}) => of), ['xs', 'self.params[0]', 'self.params[1]']);
    const wrong = checkPair(unrolled.replace('total[i] += grad', 'total[i] += (2 - i) * grad'));
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
    assert.equal(gradientOf(wrong, 'self.params[1]').verdict, 'agrees');
  });

  it('may be a list that is made where it is returned, in the order of the parameters', () => {
    const pair = checkNet(stack);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.gradients.map(({of}) => of), ['self.params[0]', 'self.params[1]', 'self.params[2]', 'self.params[3]']);
    const wrong = checkNet(stack.replace('for g in (layer.dw, layer.db)', 'for g in (layer.dw, 2 * layer.db)'));
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
    assert.deepEqual(wrong.gradients.map(({verdict}) => verdict), ['agrees', 'disagrees', 'agrees', 'disagrees']);
  });

  it('are not those that are deleted before the dictionary is returned, and a dictionary may be filled by update', () => {
    const pair = checkPair(cleared);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.gradients.map(({name}) => name), ["grads['W1']", "grads['b1']"]);
  });
});

function checkNet(text: string): ReturnType<typeof checkPair> {
  const {report} = check(text);
  const pair = report.pairs.find(({name}) => name === 'Net.loss');
  assert.ok(pair, report.pairs.map(({name}) => name).join());
  return pair;
}
