import assert from 'node:assert/strict';
import {described, onlyPair, roles} from './described.ts';

/** A class with the given names for its methods and the body of a ReLU. */
const relu = (forward: string, backward: string): string => `
import numpy as np

class Relu:
    def __init__(self):
        self.mask = None

    def ${forward}(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def ${backward}(self, dout):
        dout[self.mask] = 0
        dx = dout
        return dx
`;

describe('classes', () => {
  for (const [forward, backward] of [
    ['forward', 'backward'], ['__call__', 'backward'], ['forward_pass', 'backward_pass'], ['fprop', 'bprop'], ['forward', 'backprop'],
    ['forward_propagation', 'backward_propagation'], ['feed_forward', 'back_propagate'], ['__forward', '__backward'], ['call', 'backward'],
  ]) {
    it(`takes ${forward} with ${backward}`, () => {
      const pair = onlyPair(relu(forward, backward), 'class');
      assert.deepEqual([pair.name, pair.forward.name, pair.backward.name, pair.upstream], ['Relu', forward, backward, 'dout']);
      assert.equal(described(relu(forward, backward))[0], 'class Relu: dx of x');
    });
  }

  it('finds gradients that are left in attributes, lists and dictionaries', () => {
    const affine = (writes: string, init = ''): string => `
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b
        ${init}

    def forward(self, x):
        self.x = x
        W, b = self.W, self.b
        return np.dot(x, W) + b

    def backward(self, dout):
        W = self.W
        dx = np.dot(dout, W.T)
        dW = np.dot(self.x.T, dout)
        db = np.sum(dout, axis=0)
${writes.split('\n').map(line => `        ${line}`).join('\n')}
        return dx
`;
    assert.deepEqual(described(affine('self.dW = dW\nself.db = db')), ['class Affine: dx of x, self.dW of self.W, self.db of self.b']);
    assert.deepEqual(described(affine('self.grads[0][...] = dW\nself.grads[1][...] = db', 'self.params, self.grads = [W, b], [np.zeros_like(W), np.zeros_like(b)]')),
      ['class Affine: dx of x, self.grads[0] of self.W, self.grads[1] of self.b']);
    assert.deepEqual(described(affine('self.grads = {"W": dW, "b": db}')),
      ['class Affine: dx of x, self.grads[\'W\'] of self.W, self.grads[\'b\'] of self.b']);
    assert.deepEqual(described(affine('self.grads["dW"] += dW\nself.grads["db"] += db', 'self.grads = {}')),
      ['class Affine: dx of x, self.grads[\'dW\'] of self.W, self.grads[\'db\'] of self.b']);
    assert.deepEqual(described(affine('self.W.grad = dW\nself.b.grad = db')),
      ['class Affine: dx of x, self.W.grad of self.W, self.b.grad of self.b']);
  });

  it('finds gradients written by helper methods, and the lists that a layer unpacks', () => {
    assert.deepEqual(described(`
class BatchNorm:
    def __init__(self, gamma, beta):
        self.gamma = gamma
        self.beta = beta

    def forward(self, x):
        return self._forward(x)

    def _forward(self, x):
        self.xn = x - x.mean(axis=0)
        return self.gamma * self.xn + self.beta

    def backward(self, dout):
        return self._backward(dout)

    def _backward(self, dout):
        self.dgamma = np.sum(self.xn * dout, axis=0)
        self.dbeta = dout.sum(axis=0)
        dx = self.gamma * (dout - dout.mean(axis=0))
        return dx
`), ['class BatchNorm: return[0] of x, self.dgamma of self.gamma, self.dbeta of self.beta']);
    assert.deepEqual(described(`
class Embedding:
    def __init__(self, W):
        self.params = [W]
        self.grads = [np.zeros_like(W)]

    def forward(self, idx):
        W, = self.params
        self.idx = idx
        return W[idx]

    def backward(self, dout):
        dW, = self.grads
        dW[...] = 0
        np.add.at(dW, self.idx, dout)
        return None
`), ['class Embedding: self.grads[0] of self.params[0]']);
  });

  it('prefers the gradient of the loss to local derivatives in attributes', () => {
    assert.deepEqual(described(`
class Linear:
    def forward(self, A):
        self.A = A
        Z = A @ self.W.T + self.b
        return Z

    def backward(self, dLdZ):
        self.dZdW = self.A
        self.dZdb = self.Ones
        dLdA = dLdZ @ self.W
        self.dLdW = dLdZ.T @ self.dZdW
        self.dLdb = dLdZ.T @ self.dZdb
        return dLdA
`), ['class Linear: dLdA of A, self.dLdW of self.W, self.dLdb of self.b']);
  });

  it('knows forwards that leave their output, and gradients left for the input', () => {
    const pair = onlyPair(`
class Layer_Dense:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases

    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = np.dot(dvalues, self.weights.T)
`, 'class');
    assert.equal(pair.output, 'self.output');
    assert.deepEqual(pair.gradients.map(({name, of}) => [name, of]), [
      ['self.dweights', 'self.weights'], ['self.dbiases', 'self.biases'], ['self.dinputs', 'inputs'],
    ]);
  });

  it('takes the prediction for what it is in a loss of that style', () => {
    const pair = onlyPair(`
class Loss_CategoricalCrossentropy:
    def forward(self, y_pred, y_true):
        return -np.log(np.sum(y_pred * y_true, axis=1))

    def backward(self, dvalues, y_true):
        self.dinputs = -y_true / dvalues / len(dvalues)
`, 'class');
    assert.equal(roles(pair.parameters), 'self=self, dvalues=forward-argument(y_pred), y_true=forward-argument(y_true)');
    assert.deepEqual(pair.gradients.map(({of}) => of), ['y_pred']);
  });

  it('reads Torch7 modules with their accGradParameters', () => {
    const pair = onlyPair(`
class Linear:
    def updateOutput(self, input):
        self.output = input.dot(self.W.T) + self.b
        return self.output

    def updateGradInput(self, input, gradOutput):
        self.gradInput = gradOutput.dot(self.W)
        return self.gradInput

    def accGradParameters(self, input, gradOutput):
        self.gradW += gradOutput.T.dot(input)
        self.gradb += gradOutput.sum(axis=0)
`, 'class');
    assert.deepEqual(pair.also.map(method => method.name), ['accGradParameters']);
    assert.equal(roles(pair.parameters), 'self=self, input=forward-argument(input), gradOutput=upstream(self.output)');
    assert.deepEqual(pair.gradients.map(({name, of}) => `${String(name)} of ${String(of)}`),
      ['self.gradInput of input', 'self.gradW of self.W', 'self.gradb of self.b']);
  });

  it('reads operations with compute and gradient', () => {
    const pair = onlyPair(`
class EWiseMul(TensorOp):
    def compute(self, a, b):
        return a * b

    def gradient(self, out_grad, node):
        lhs, rhs = node.inputs
        return out_grad * rhs, out_grad * lhs
`, 'class');
    assert.equal(roles(pair.parameters), 'self=self, out_grad=upstream, node=node');
    assert.deepEqual(pair.gradients.map(({position, of}) => [position, of]), [[0, 'a'], [1, 'b']]);
  });

  it('takes backward(self) without an upstream gradient', () => {
    const pair = onlyPair(`
class MSELoss:
    def forward(self, A, Y):
        self.A = A
        self.Y = Y
        return np.mean((A - Y) ** 2)

    def backward(self):
        dLdA = 2 * (self.A - self.Y) / self.A.size
        return dLdA
`, 'class');
    assert.equal(pair.upstream, null);
    assert.deepEqual(pair.gradients.map(({of}) => of), ['A']);
  });

  it('inherits one half from a base of the same file', () => {
    assert.deepEqual(described(`
class Layer:
    def forward(self, x):
        raise NotImplementedError

    def backward(self, dout):
        raise NotImplementedError

class Elementwise(Layer):
    def backward(self, dout):
        return dout * self.slope

class Tanh(Elementwise):
    def forward(self, x):
        out = np.tanh(x)
        self.slope = 1 - out ** 2
        return out
`), ['class Tanh: return[0] of x#']);
  });

  it('takes nets that hand the gradient on, under any name', () => {
    const pair = onlyPair(`
class Net:
    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, x):
        for layer in reversed(self.layers):
            x = layer.backward(x)
        return x
`, 'class');
    assert.equal(pair.upstream, 'x');
  });

  it('takes an upstream gradient of any name that the backward scales by', () => {
    const pair = onlyPair(`
class Sigmoid(Activation):
    def feed_forward(self, a):
        self.out = expit(a)
        return self.out

    def backpropagation(self, prev, eta, size=1):
        return (self.out * (1 - self.out)) * prev
`, 'class');
    assert.equal(roles(pair.parameters), 'self=self, prev=upstream, eta=hyperparameter, size=hyperparameter');
  });

  it('finds methods that are still to be written', () => {
    const text = (body: string): string => `
class Affine:
    def forward(self, x):
        self.x = x
        return x @ self.W

    def backward(self, dout):
        ${body}
`;
    for (const body of ['pass', '...', 'raise NotImplementedError', 'return None']) {
      assert.deepEqual(described(text(body)).map(line => line.split(':')[0]), ['class Affine'], body);
    }
  });
});

describe('classes that are no pair', () => {
  it('leaves lists, browsers and robots alone', () => {
    assert.deepEqual(described(`
import math

class BrowserHistory:
    def __init__(self, homepage):
        self.history = [homepage]
        self.at = 0

    def forward(self, steps):
        self.at = min(len(self.history) - 1, self.at + steps)
        return self.history[self.at]

    def back(self, steps):
        self.at = max(0, self.at - steps)
        return self.history[self.at]

    def backward(self, steps):
        return self.back(steps)

class Robot:
    def forward(self, distance):
        self.x += distance * math.cos(self.angle)
        self.y += distance * math.sin(self.angle)

    def backward(self, distance):
        self.x -= distance * math.cos(self.angle)
        self.y -= distance * math.sin(self.angle)

class Node:
    def forward(self):
        return self.next

    def backward(self):
        return self.previous
`), []);
  });

  it('leaves hidden Markov models alone', () => {
    assert.deepEqual(described(`
class HMM:
    def forward(self, x):
        alpha = np.zeros((len(x), self.n_states))
        alpha[0] = self.pi * self.emission[:, x[0]]
        for t in range(1, len(x)):
            alpha[t] = alpha[t - 1].dot(self.A) * self.emission[:, x[t]]
        return alpha

    def backward(self, x):
        beta = np.ones((len(x), self.n_states))
        for t in reversed(range(len(x) - 1)):
            beta[t] = self.A.dot(self.emission[:, x[t + 1]] * beta[t + 1])
        return beta
`), []);
  });

  it('leaves abstract bases, trainers and the drivers of engines alone', () => {
    assert.deepEqual(described(`
class Layer:
    def forward(self, x):
        raise NotImplementedError

    def backward(self, dout):
        raise NotImplementedError

class Other(Layer):
    pass

class Trainer:
    def forward(self, batch):
        return self.model(batch)

    def backward(self, loss):
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()

class Value:
    def __call__(self, x):
        return x * self.data

    def backward(self):
        topo = []
        visited = set()
        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)
        build_topo(self)
        self.grad = 1
        for node in reversed(topo):
            node._backward()
`), []);
  });
});
