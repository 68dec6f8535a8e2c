/** Backwards that take a learning rate and change the weights themselves: their gradients are read from the update. */
import assert from 'node:assert/strict';
import {check, checkPair, gradientOf, told} from './checking.ts';

const dense = `import numpy as np

class Layer:
    def __init__(self):
        self.input = None
        self.output = None

    def forward(self, input):
        pass

    def backward(self, output_gradient, learning_rate):
        pass

class Dense(Layer):
    def __init__(self, input_size, output_size):
        self.weights = np.random.randn(output_size, input_size)
        self.bias = np.random.randn(output_size, 1)

    def forward(self, input):
        self.input = input
        return np.dot(self.weights, self.input) + self.bias

    def backward(self, output_gradient, learning_rate):
        weights_gradient = np.dot(output_gradient, self.input.T)
        input_gradient = np.dot(self.weights.T, output_gradient)
        self.weights -= learning_rate * weights_gradient
        self.bias -= learning_rate * np.sum(output_gradient, axis=1, keepdims=True)
        return input_gradient
`;

function dense_(from: string, to: string): string {
  assert.ok(dense.includes(from), from);
  return dense.replace(from, to);
}

describe('a layer that updates its own weights', () => {
  it('has the gradient of each weight read from its update, and says so', () => {
    const pair = checkPair(dense);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.match(pair.reason, /update/);
    assert.deepEqual(pair.gradients.map(({of}) => of), ['input', 'self.weights', 'self.bias']);
    assert.match(gradientOf(pair, 'self.bias').reason ?? '', /update/);
  });

  it('is wrong where an update is', () => {
    const pair = checkPair(dense_('np.dot(output_gradient, self.input.T)', '2 * np.dot(output_gradient, self.input.T)'));
    assert.equal(pair.verdict, 'disagrees', told(pair));
    assert.equal(gradientOf(pair, 'self.weights').verdict, 'disagrees');
    assert.match(gradientOf(pair, 'self.weights').reason ?? '', /update/);
    const sign = checkPair(dense_('self.bias -=', 'self.bias +='));
    assert.equal(gradientOf(sign, 'self.bias').verdict, 'disagrees', told(sign));
  });

  it('is wrong where it hands on a gradient of weights that it has changed already', () => {
    const stale = dense.replace('        input_gradient = np.dot(self.weights.T, output_gradient)\n', '')
      .replace('return input_gradient', 'return np.dot(self.weights.T, output_gradient)');
    const pair = checkPair(stale);
    assert.equal(gradientOf(pair, 'input').verdict, 'disagrees', told(pair));
    assert.equal(gradientOf(pair, 'self.weights').verdict, 'agrees', told(pair));
  });

  it('may take one example at a time, as a row or as a column', () => {
    for (const text of [dense_('np.sum(output_gradient, axis=1, keepdims=True)', 'output_gradient'), `import numpy as np

class FCLayer:
    def __init__(self, input_size, output_size):
        self.weights = np.random.rand(input_size, output_size) - 0.5
        self.bias = np.random.rand(1, output_size) - 0.5

    def forward_propagation(self, input_data):
        self.input = input_data
        self.output = np.dot(self.input, self.weights) + self.bias
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        input_error = np.dot(output_error, self.weights.T)
        weights_error = np.dot(self.input.T, output_error)
        self.weights -= learning_rate * weights_error
        self.bias -= learning_rate * output_error
        return input_error
`]) {
      const pair = checkPair(text);
      assert.equal(pair.verdict, 'agrees', told(pair));
      assert.equal(pair.gradients.length, 3, told(pair));
    }
  });

  it('may keep its rate in an attribute, go through a velocity, and write the difference out', () => {
    const text = `import numpy as np

class Momentum:
    def __init__(self, n, m):
        self.W = np.random.randn(n, m)
        self.b = np.zeros(m)
        self.v = np.zeros((n, m))
        self.lr = 0.05

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        dx = dout @ self.W.T
        self.v = 0.9 * self.v - self.lr * self.x.T @ dout
        self.W += self.v
        self.b = self.b - 0.1 * dout.sum(axis=0)
        return dx
`;
    const pair = checkPair(text);
    assert.equal(pair.verdict, 'agrees', told(pair));
    const wrong = checkPair(text.replace('0.1 * dout.sum(axis=0)', '0.1 * dout[0]'));
    assert.equal(gradientOf(wrong, 'self.b').verdict, 'disagrees', told(wrong));
  });

  it('is judged by its input alone where an optimizer takes the step', () => {
    const pair = checkPair(`import numpy as np

class Adaptive:
    def __init__(self, n, m):
        self.W = np.random.randn(n, m)
        self.cache = np.zeros((n, m))

    def forward(self, x):
        self.x = x
        return x @ self.W

    def backward(self, dout, lr):
        dW = self.x.T @ dout
        dx = dout @ self.W.T
        self.cache = 0.9 * self.cache + 0.1 * dW ** 2
        self.W -= lr * dW / (np.sqrt(self.cache) + 1e-8)
        return dx
`);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.gradients.map(({of}) => of), ['x']);
  });
});

describe('a layer that is given its functions', () => {
  it('gets an activation and its derivative', () => {
    const text = `import numpy as np

class Activation:
    def __init__(self, activation, activation_prime):
        self.activation = activation
        self.activation_prime = activation_prime

    def forward(self, input):
        self.input = input
        return self.activation(self.input)

    def backward(self, output_gradient, learning_rate):
        return np.multiply(output_gradient, self.activation_prime(self.input))
`;
    const pair = checkPair(text);
    assert.equal(pair.verdict, 'agrees', told(pair));
    const wrong = checkPair(text.replace('self.activation_prime(self.input)', 'self.activation(self.input)'));
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
  });
});

describe('examples in columns', () => {
  it('are not as many as the inputs are wide, so that a missing transpose shows', () => {
    const analysis = check(dense).report.pairs[0];
    const [input] = analysis.inputs;
    assert.notEqual(input.size[0], input.size[1]);
    const pair = checkPair(dense_('np.dot(output_gradient, self.input.T)', 'np.dot(output_gradient, self.input)'));
    assert.equal(pair.verdict, 'disagrees', told(pair));
  });
});
