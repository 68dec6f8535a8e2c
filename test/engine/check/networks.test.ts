/** Networks as classes: forward, cost and backward are methods, and the loss may stand nowhere. */
import assert from 'node:assert/strict';
import {checkPair, check, gradientOf, told} from './checking.ts';
import type {PairReport} from '../../../engine/check/report.ts';

const helpers = `import numpy as np

def squash(x):
    return 1 / (1 + np.exp(-x))

def normalised(x):
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

`;

const perceptron = `${helpers}class Network:
    def __init__(self, input_size, hidden_size, output_size, lr=0.1):
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.lr = lr

    def forward(self, X):
        self.a1 = squash(np.dot(X, self.W1) + self.b1)
        self.output = squash(np.dot(self.a1, self.W2) + self.b2)
        return self.output

    def backward(self, X, y, output):
        output_delta = (y - output) * output * (1 - output)
        hidden_delta = output_delta.dot(self.W2.T) * self.a1 * (1 - self.a1)
        self.W1 += self.lr * X.T.dot(hidden_delta)
        self.b1 += self.lr * np.sum(hidden_delta, axis=0, keepdims=True)
        self.W2 += self.lr * self.a1.T.dot(output_delta)
        self.b2 += self.lr * np.sum(output_delta, axis=0, keepdims=True)
`;

const classifier = `${helpers}class Classifier:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1 = np.random.randn(n_in, n_hidden)
        self.b1 = np.zeros(n_hidden)
        self.W2 = np.random.randn(n_hidden, n_out)
        self.b2 = np.zeros(n_out)

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = np.maximum(0, self.z1)
        self.probs = normalised(self.a1 @ self.W2 + self.b2)
        return self.probs

    def backward(self, X, y, learning_rate=0.1):
        m = len(y)
        d = self.probs.copy()
        d[np.arange(m), y] -= 1
        d /= m
        dW2 = self.a1.T @ d
        db2 = d.sum(axis=0)
        d1 = (d @ self.W2.T) * (self.z1 > 0)
        dW1 = X.T @ d1
        db1 = d1.sum(axis=0)
        self.W2 -= learning_rate * dW2
        self.b2 -= learning_rate * db2
        self.W1 -= learning_rate * dW1
        self.b1 -= learning_rate * db1
`;

const stochastic = `${helpers}class Net:
    def __init__(self, sizes):
        self.count = len(sizes)
        self.biases = [np.random.randn(n, 1) for n in sizes[1:]]
        self.weights = [np.random.randn(n, m) for m, n in zip(sizes[:-1], sizes[1:])]

    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = squash(np.dot(w, a) + b)
        return a

    def step(self, batch, eta):
        for x, y in batch:
            more_b, more_w = self.backprop(x, y)

    def backprop(self, x, y):
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        kept = [x]
        for b, w in zip(self.biases, self.weights):
            kept.append(squash(np.dot(w, kept[-1]) + b))
        delta = (kept[-1] - y) * kept[-1] * (1 - kept[-1])
        nabla_b[-1] = delta
        nabla_w[-1] = np.dot(delta, kept[-2].T)
        for l in range(2, self.count):
            delta = np.dot(self.weights[-l + 1].T, delta) * kept[-l] * (1 - kept[-l])
            nabla_b[-l] = delta
            nabla_w[-l] = np.dot(delta, kept[-l - 1].T)
        return nabla_b, nabla_w
`;

function networkIn(text: string): PairReport {
  const pair = check(text).report.pairs.find(({pattern}) => pattern === 'step-functions');
  assert.ok(pair, 'no network found');
  return pair;
}

/** Right as it is, and wrong after each change. */
function twins(text: string, loss: RegExp, ...changes: readonly (readonly [from: string, to: string])[]): void {
  const right = networkIn(text);
  assert.equal(right.verdict, 'agrees', told(right));
  assert.match(right.reason, loss);
  for (const [from, to] of changes) {
    assert.ok(text.includes(from), from);
    const wrong = networkIn(text.replace(from, to));
    assert.equal(wrong.verdict, 'disagrees', `${to}\n${told(wrong)}`);
  }
}

describe('a network without a loss', () => {
  it('is judged by the usual loss that most of its gradients are of', () => {
    twins(perceptron, /half the squared error/,
      ['self.a1 * (1 - self.a1)\n', 'self.a1\n'], ['X.T.dot(hidden_delta)', 'X.T.dot(hidden_delta) / 2'], ['np.sum(hidden_delta, axis=0', 'np.mean(hidden_delta, axis=0']);
  });

  it('may take classes as whole numbers', () => {
    twins(classifier, /cross entropy, as a mean over the examples/, ['db1 = d1.sum(axis=0)', 'db1 = d1.mean(axis=0)'], [' * (self.z1 > 0)', ' * (self.z1 < 0)']);
  });

  it('may take one example at a time and return lists of gradients', () => {
    twins(stochastic, /half the squared error/, ['nabla_w[-l] = np.dot(delta, kept[-l - 1].T)', 'nabla_w[-l] = np.dot(delta, kept[-l - 1].T) * 2'],
      ['np.dot(self.weights[-l + 1].T, delta) * kept[-l] * (1 - kept[-l])', 'np.dot(self.weights[-l + 1].T, delta) * (1 - kept[-l])']);
  });

  it('is not judged where no loss fits', () => {
    const pair = networkIn(perceptron.replace('(y - output) * output * (1 - output)', 'np.cos(y - output)'));
    assert.equal(pair.verdict, 'inconclusive', told(pair));
    assert.match(pair.reason, /loss/);
  });

  it('is wrong where a layer is left with weights that were updated before', () => {
    const text = perceptron.replace('        hidden_delta = output_delta.dot(self.W2.T) * self.a1 * (1 - self.a1)\n', '')
      .replace('        self.W1 += ', '        self.W2 += self.lr * self.a1.T.dot(output_delta)\n        hidden_delta = output_delta.dot(self.W2.T) * self.a1 * (1 - self.a1)\n        self.W1 += ')
      .replace('        self.W2 += self.lr * self.a1.T.dot(output_delta)\n        self.b2', '        self.b2');
    const pair = networkIn(text);
    assert.equal(pair.verdict, 'disagrees', told(pair));
    assert.equal(gradientOf(pair, 'self.W1').verdict, 'disagrees', told(pair));
    assert.equal(gradientOf(pair, 'self.W2').verdict, 'agrees', told(pair));
  });
});

describe('a network with a cost of its own', () => {
  const costly = classifier.replace('    def backward', `    def compute_loss(self, probs, y):
        return -np.sum(np.log(probs[np.arange(len(y)), y]))

    def backward`).replace('        d /= m\n', '');

  it('is judged by it', () => {
    const pair = networkIn(costly);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.match(pair.reason, /exact/);
    const wrong = networkIn(costly.replace('dW1 = X.T @ d1', 'dW1 = 3 * X.T @ d1'));
    assert.equal(gradientOf(wrong, 'self.W1').verdict, 'disagrees', told(wrong));
  });

  it('agrees with another factor, which is named', () => {
    const pair = networkIn(costly.replace('np.sum(np.log', 'np.mean(np.log'));
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.match(pair.reason, /those of the cross entropy/);
  });
});

describe('a class with nothing but a forward and a backward', () => {
  it('is a layer and no network', () => {
    assert.equal(checkPair(`import numpy as np

class Scale:
    def __init__(self, n):
        self.w = np.random.randn(n)

    def forward(self, x):
        self.x = x
        return x * self.w

    def backward(self, dout):
        self.dw = np.sum(dout * self.x, axis=0)
        return dout * self.w
`).pattern, 'class');
  });
});

const steps = `import numpy as np

def forward_propagation(X, parameters):
    w1, b1 = parameters['w1'], parameters['b1']
    w2, b2 = parameters['w2'], parameters['b2']
    A1 = np.tanh(np.dot(w1, X) + b1)
    E = np.exp(np.dot(w2, A1) + b2)
    A2 = E / np.sum(E, axis=0, keepdims=True)
    assert A2.shape == (4, X.shape[1])
    return A2, {'A1': A1, 'A2': A2}

def compute_cost(y_hat, Y):
    tiny_eps = pow(10.0, -9)
    return -np.sum(Y * np.log(y_hat + tiny_eps)) / Y.shape[1]

def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache['A2'] - Y
    dZ1 = np.dot(parameters['w2'].T, dZ2) * (1 - cache['A1'] ** 2)
    grads = {'dw2': np.dot(dZ2, cache['A1'].T) / m, 'db2': np.sum(dZ2, axis=1, keepdims=True) / m,
             'dw1': np.dot(dZ1, X.T) / m, 'db1': np.sum(dZ1, axis=1, keepdims=True) / m}
    return grads
`;

describe('a model in functions', () => {
  it('has the keys, the classes and the small constant that its text says', () => {
    twins(steps, /small constant/, ['np.dot(dZ1, X.T) / m', 'np.dot(dZ1, X.T)'], ['(1 - cache', '(1 + cache']);
  });
});
