/** Models in separate functions: which output the cost is of, models without weights, labels that pick columns. */
import assert from 'node:assert/strict';
import type {PairReport} from '../../../engine/check/report.ts';
import {check, told} from './checking.ts';

function modelOf(text: string): PairReport {
  const pair = check(text).report.pairs.find(({pattern}) => pattern === 'step-functions');
  assert.ok(pair, 'a model is found');
  return pair;
}

describe('a model that returns each layer', () => {
  const text = (order: string, scale = '/ m'): string => `import numpy as np

def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.tanh(Z1)
    Z2 = A1 @ W2 + b2
    A2 = softmax(Z2)
    return ${order}

def cross_entropy(y_true, y_pred):
    return -np.sum(y_true * np.log(y_pred)) / y_true.shape[0]

def backprop(X, y_true, A1, A2, W2):
    m = X.shape[0]
    dZ2 = A2 - y_true
    dW2 = A1.T @ dZ2 ${scale}
    db2 = np.sum(dZ2, axis=0, keepdims=True) / m
    dZ1 = (dZ2 @ W2.T) * (1 - A1 ** 2)
    dW1 = X.T @ dZ1 / m
    db1 = np.sum(dZ1, axis=0, keepdims=True) / m
    return dW1, db1, dW2, db2
`;

  for (const order of ['Z1, A1, Z2, A2', 'A2, Z2, A1, Z1']) {
    it(`has a cost of its last activation: ${order}`, () => {
      const right = modelOf(text(order));
      assert.equal(right.verdict, 'agrees', told(right));
      assert.equal(right.gradients.length, 4);
      const wrong = modelOf(text(order, ''));
      assert.deepEqual(wrong.gradients.filter(({verdict}) => verdict === 'disagrees').map(({of}) => of), ['W2'], told(wrong));
    });
  }
});

describe('a model without weights', () => {
  const text = (last: string): string => `import numpy as np

def softmax(x):
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)

def cross_entropy(pred, y):
    n = y.shape[0]
    return -np.sum(np.log(pred[range(n), y])) / n

def softmax_backward(pred, y):
    n = y.shape[0]
    grad = pred.copy()
    grad[range(n), y] -= 1
    ${last}
    return grad
`;

  it('is judged by what goes into it, with labels that are numbers of classes', () => {
    const right = modelOf(text('grad /= n'));
    assert.equal(right.verdict, 'agrees', told(right));
    assert.deepEqual(right.gradients.map(({of}) => of), ['x']);
    const wrong = modelOf(text('grad *= n'));
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
  });
});
