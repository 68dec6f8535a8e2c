import assert from 'node:assert/strict';
import {described, onlyPair} from './described.ts';

describe('losses with gradients', () => {
  it('reads a tuple after the loss', () => {
    const text = `
def softmax_loss(x, y):
    probs = np.exp(x - x.max(axis=1, keepdims=True))
    probs /= probs.sum(axis=1, keepdims=True)
    loss = -np.log(probs[np.arange(len(y)), y]).mean()
    dx = probs.copy()
    dx[np.arange(len(y)), y] -= 1
    dx /= len(y)
    return loss, dx
`;
    const pair = onlyPair(text, 'loss-with-gradients');
    assert.deepEqual(described(text), ['loss-with-gradients softmax_loss: dx of x']);
    assert.equal(pair.forward, pair.backward);
    assert.deepEqual([pair.result, pair.lossPosition, pair.dictionaryPosition], ['tuple', 0, null]);
  });

  it('reads several gradients, and one whose name says only that it is one', () => {
    assert.deepEqual(described(`
def loss_fun(W1, W2, X, y):
    loss = ((X @ W1 @ W2 - y) ** 2).sum()
    dW1 = X.T @ (X @ W1 @ W2 - y) @ W2.T
    dW2 = (X @ W1).T @ (X @ W1 @ W2 - y)
    return loss, dW1, dW2

def costFunction(theta, X, y):
    J = ((X @ theta - y) ** 2).mean() / 2
    grad = X.T @ (X @ theta - y) / len(y)
    return J, grad

def linear_cost(X, y, theta):
    J = ((X @ theta - y) ** 2).mean() / 2
    grad = X.T @ (X @ theta - y) / len(y)
    return J, grad

def mean_squared_loss(y_predict, y_true):
    loss = np.mean((y_predict - y_true) ** 2)
    dy = y_predict - y_true
    return loss, dy
`), [
      'loss-with-gradients loss_fun: dW1 of W1, dW2 of W2',
      'loss-with-gradients costFunction: grad of theta#',
      'loss-with-gradients linear_cost: grad of theta#',
      'loss-with-gradients mean_squared_loss: dy of y_predict#',
    ]);
  });

  it('reads a dictionary by keys, of the parameters by key', () => {
    const text = `
class TwoLayerNet:
    def __init__(self, D, H, C):
        self.params = {}
        self.params['W1'] = np.random.randn(D, H)
        self.params['b1'] = np.zeros(H)

    def loss(self, X, y=None, reg=0.0):
        W1, b1 = self.params['W1'], self.params['b1']
        scores = X.dot(W1) + b1
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        grads = {}
        grads['W1'] = X.T.dot(dscores) + reg * W1
        grads['b1'] = dscores.sum(axis=0)
        return loss, grads
`;
    const pair = onlyPair(text, 'loss-with-gradients');
    assert.deepEqual(described(text), [
      'loss-with-gradients TwoLayerNet.loss: grads[\'W1\'] of self.params[\'W1\'], grads[\'b1\'] of self.params[\'b1\']',
    ]);
    assert.equal(pair.owner?.name, 'TwoLayerNet');
    assert.deepEqual([pair.result, pair.lossPosition, pair.dictionaryPosition], ['dictionary', 0, 1]);
  });

  it('keeps computed keys as they are written', () => {
    assert.deepEqual(described(`
class FullyConnectedNet:
    def loss(self, X, y):
        for i in range(self.num_layers):
            X, cache = affine_forward(X, self.params['W%d' % i], self.params['b%d' % i])
        loss, dout = softmax_loss(X, y)
        grads = {}
        for i in reversed(range(self.num_layers)):
            dout, grads['W%d' % i], grads['b%d' % i] = affine_backward(dout, caches[i])
        return loss, grads
`), ['loss-with-gradients FullyConnectedNet.loss: grads[\'W%d\' % i] of self.params[\'W%d\' % i], grads[\'b%d\' % i] of self.params[\'b%d\' % i]']);
  });

  it('finds the loss behind the gradients', () => {
    const pair = onlyPair(`
def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -1 / m * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    dw = 1 / m * np.dot(X, (A - Y).T)
    db = 1 / m * np.sum(A - Y)
    grads = {"dw": dw, "db": db}
    return grads, cost
`, 'loss-with-gradients');
    assert.deepEqual([pair.result, pair.lossPosition, pair.dictionaryPosition], ['dictionary', 1, 0]);
    assert.deepEqual(pair.gradients.map(({name, of}) => [name, of]), [['grads[\'dw\']', 'w'], ['grads[\'db\']', 'b']]);
  });

  it('reads gradients of globals, as in a character RNN', () => {
    assert.deepEqual(described(`
import numpy as np
Wxh = np.random.randn(10, 5)
bh = np.zeros((10, 1))

def lossFun(inputs, targets, hprev):
    h = np.tanh(np.dot(Wxh, inputs) + bh + hprev)
    loss = ((h - targets) ** 2).sum()
    dh = 2 * (h - targets)
    dWxh = np.dot(dh * (1 - h * h), inputs.T)
    dbh = (dh * (1 - h * h)).sum(axis=1)
    return loss, dWxh, dbh, h
`), ['loss-with-gradients lossFun: dWxh of Wxh, dbh of bh']);
  });

  it('follows a method into the function that it returns', () => {
    assert.deepEqual(described(`
def svm_loss_vectorized(W, X, y, reg):
    loss = np.maximum(0, X.dot(W)).sum() + reg * np.sum(W * W)
    dW = X.T.dot(X.dot(W) > 0) + 2 * reg * W
    return loss, dW

class LinearSVM(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        return svm_loss_vectorized(self.W, X_batch, y_batch, reg)
`).at(1), 'loss-with-gradients LinearSVM.loss: return[1] of self.W');
  });

  it('joins a loss with the gradient beside it', () => {
    const pair = onlyPair(`
class TwoLayerNet:
    def __init__(self):
        self.params = {'W1': np.zeros((3, 4)), 'b1': np.zeros(4)}
        self.layers = {'Affine1': Affine(self.params['W1'], self.params['b1'])}

    def predict(self, x):
        return self.layers['Affine1'].forward(x)

    def loss(self, x, t):
        y = self.predict(x)
        return self.lastLayer.forward(y, t)

    def numerical_gradient(self, x, t):
        loss_W = lambda W: self.loss(x, t)
        return {'W1': numerical_gradient(loss_W, self.params['W1'])}

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.lastLayer.backward(1)
        self.layers['Affine1'].backward(dout)
        grads = {}
        grads['W1'], grads['b1'] = self.layers['Affine1'].dW, self.layers['Affine1'].db
        return grads
`, 'loss-with-gradients');
    assert.deepEqual([pair.forward.name, pair.backward.name, pair.lossPosition], ['loss', 'gradient', null]);
    assert.deepEqual(pair.gradients.map(({of}) => of), ['self.params[\'W1\']', 'self.params[\'b1\']']);
    assert.deepEqual(described(`
def compute_cost(X, y, w, b):
    return ((X @ w + b - y) ** 2).mean() / 2

def compute_gradient(X, y, w, b):
    err = X @ w + b - y
    dj_dw = X.T @ err / len(y)
    dj_db = err.mean()
    return dj_dw, dj_db
`), ['loss-with-gradients compute_cost: dj_dw of w, dj_db of b']);
  });

  it('takes a gradient that is read again for a gradient only', () => {
    assert.deepEqual(described(`
class Net:
    def loss(self, X, y):
        W1, b1 = self.params['W1'], self.params['b1']
        loss = ((X.dot(W1) + b1 - y) ** 2).sum()
        grads = {}
        grads['W1'] = X.T.dot(X.dot(W1) + b1 - y)
        grads['W1'] += self.reg * W1
        grads['W1'] = grads['W1'] * 2
        return loss, grads
`), ['loss-with-gradients Net.loss: grads[\'W1\'] of self.params[\'W1\']']);
  });

  it('takes the method that does the work, and not the one that calls it', () => {
    assert.deepEqual(described(`
class CrossEntropyLoss:
    def __call__(self, logits, target):
        return self.forward(logits, target)

    def forward(self, logits, target):
        probs = np.exp(logits) / np.exp(logits).sum()
        loss = -np.log(probs[target])
        grad = probs - target
        return loss, grad
`), ['loss-with-gradients CrossEntropyLoss.forward: grad of logits#']);
  });

  it('finds blanks to be filled in', () => {
    assert.deepEqual(described(`
def softmax_loss_naive(W, X, y, reg):
    # Initialize the loss and gradient to zero.
    loss = 0.0
    dW = np.zeros_like(W)
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    pass
    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return loss, dW

class TwoLayerNet(object):
    def loss(self, X, y=None):
        loss, grads = 0, {}
        # TODO: Implement the backward pass for the two-layer net.
        pass
        return loss, grads
`), ['loss-with-gradients softmax_loss_naive: dW of W', 'loss-with-gradients TwoLayerNet.loss:']);
  });

  it('leaves losses without gradients, optimisers and reports alone', () => {
    assert.deepEqual(described(`
def cross_entropy_loss(y_pred, y_true):
    return -np.sum(y_true * np.log(y_pred)) / len(y_true)

def evaluate(X, y):
    loss = ((X - y) ** 2).mean()
    accuracy = (X == y).mean()
    return loss, accuracy

def loss_and_scores(X, y):
    loss = ((X - y) ** 2).mean()
    scores = X * 2
    data = y
    return loss, scores, data

def optimize(w, b, X, Y):
    costs = []
    grads, cost = propagate(w, b, X, Y)
    params = {"w": w, "b": b}
    return params, grads, costs

def gradient_check(parameters, gradients, X, Y):
    difference = np.linalg.norm(parameters - gradients)
    return difference

def forward_states(self, x, targets):
    xs = {0: x}
    loss = -np.log(targets).sum()
    return loss, {'xs': xs, 'targets': targets}

def select_trees(j, d):
    j = j * d + 1
    return j, d

def train(X, y, W):
    loss_history = []
    dW = X.T @ y
    return loss_history, dW
`), []);
  });
});
