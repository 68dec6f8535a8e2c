/** Derivatives that are told from their function by a flag, and those that are Jacobians. */
import assert from 'node:assert/strict';
import {check, checkPair, gradientOf, told} from './checking.ts';

describe('a derivative that is a Jacobian', () => {
  const vector = `import numpy as np

def softmax(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()

def softmax_prime(x):
    s = softmax(x)
    return np.diag(s) - np.outer(s, s)
`;
  const rows = `import numpy as np

def softmax(x, axis=-1, prime=False):
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    s = e / np.sum(e, axis=axis, keepdims=True)
    if prime:
        return np.einsum('ij,jk->ijk', s, np.eye(s.shape[-1])) - np.einsum('ij,ik->ijk', s, s)
    return s
`;

  it('of a vector is multiplied with the upstream', () => {
    const pair = checkPair(vector);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(gradientOf(pair, 'x').shape, ['D']);
    assert.equal(checkPair(vector.replace('np.diag(s) - np.outer(s, s)', 'np.diag(s) + np.outer(s, s)')).verdict, 'disagrees');
  });

  it('of each row is multiplied with that row of the upstream', () => {
    const pair = checkPair(rows);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(checkPair(rows.replace("'ij,ik->ijk', s, s)", "'ij,ik->ijk', s, s) * 2")).verdict, 'disagrees');
  });

  it('is by what its columns are of', () => {
    const text = `import numpy as np

W = np.array([[1.0, 2.0, 0.5], [-1.0, 0.3, 2.0]])

# backprop: x (3,)
def project(x):
    return np.tanh(W.dot(x))

def project_derivative(x):
    return (1 - np.tanh(W.dot(x)) ** 2)[:, None] * W
`;
    const pair = checkPair(text);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(checkPair(text.replace(' ** 2)', ')')).verdict, 'disagrees');
  });
});

describe('one function with a flag for its derivative', () => {
  const loss = `import numpy as np

def bce(y_true, y_pred, prime=False):
    if prime:
        return (y_pred - y_true) / (y_pred * (1 - y_pred)) / y_pred.shape[0]
    return -np.sum(y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred)) / y_pred.shape[0]
`;

  it('is of the prediction, whichever of prediction and target comes first', () => {
    const pair = checkPair(loss);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(pair.gradients[0].of, 'y_pred');
    assert.equal(checkPair(loss.replace('(y_pred - y_true) /', '(y_true - y_pred) /')).verdict, 'disagrees');
  });

  it('is not of a setting that has a value of its own', () => {
    const pair = checkPair(`import numpy as np

def sigmoid(x, a=1):
    return 1 / (1 + np.exp(-a * x))

def sigmoid_d(x, a=1):
    return a * sigmoid(x, a) * (1 - sigmoid(x, a))
`);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(pair.gradients[0].of, 'x');
  });

  it('has its verdict where the derivative is returned', () => {
    assert.equal(checkPair(loss).gradients[0].line, 5);
    assert.equal(checkPair(loss.replace('if prime:', 'if prime == True:')).gradients[0].line, 5);
  });
});

describe('a step', () => {
  it('has a backward that is chosen, and not judged', () => {
    const pair = checkPair(`import numpy as np

def step(x, derivative=False):
    if derivative:
        return np.ones_like(x)
    return np.heaviside(x, 0)
`);
    assert.equal(pair.verdict, 'inconclusive', told(pair));
    assert.match(pair.reason, /constant between its steps/);
  });
});

describe('a layer that keeps its input when it is called', () => {
  const layers = `import numpy as np

class Layer:
    def __call__(self, *args):
        self.inputs = args
        return self.forward(*args)

class Scale(Layer):
    def __init__(self, size):
        self.w = np.random.randn(size)

    def forward(self, x):
        return x * self.w

    def backward(self, dout):
        x, = self.inputs
        self.dw = np.sum(dout * x, axis=0)
        return dout * self.w
`;

  it('is called, and its forward is not called past it', () => {
    const {pairs: [pair]} = check(layers).report;
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.gradients.map(({of}) => of).sort(), ['self.w', 'x']);
    assert.equal(check(layers.replace('np.sum(dout * x, axis=0)', 'np.sum(dout, axis=0)')).report.pairs[0].verdict, 'disagrees');
  });
});

describe('a derivative that takes more axes than its function needs', () => {
  const entropy = `import numpy as np

def cross_entropy(y_true, y_pred):
    loss = 0
    for b in range(y_true.shape[0]):
        for i in range(len(y_true[b])):
            loss -= y_true[b, i] * np.log(y_pred[b, i])
    return loss

def cross_entropy_derivative(y_true, y_pred):
    out = np.zeros(y_pred.shape)
    for b in range(y_true.shape[0]):
        for i in range(len(y_true[b])):
            out[b][i][0] = -y_true[b][i][0] / y_pred[b][i][0]
    return out
`;

  it('is not blamed for inputs that nobody stated', () => {
    const pair = checkPair(entropy);
    assert.equal(pair.verdict, 'inconclusive', told(pair));
    assert.match(pair.reason, /more axes than those that were made/);
  });
});
