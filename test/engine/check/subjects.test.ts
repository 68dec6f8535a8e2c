/** Ways of writing a pair beyond functions and layers: engines, torch Functions, graph operations, models in steps. */
import assert from 'node:assert/strict';
import {analyse, check, checkPair, emptyProject, told} from './checking.ts';

const value = `import math

class Value:
    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0
        self._prev = set(children)
        self._backward = lambda: None

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))
        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out

    def relu(self):
        out = Value(0 if self.data < 0 else self.data, (self,))
        def _backward():
            self.grad += (out.data > 0) * out.grad
        out._backward = _backward
        return out

    def log(self):
        out = Value(math.log(self.data), (self,))
        def _backward():
            self.grad += out.grad / self.data
        out._backward = _backward
        return out
`;

function verdicts(text: string): Record<string, string> {
  return Object.fromEntries(check(text).report.pairs.map(({name, verdict}) => [name, verdict]));
}

describe('a Value engine', () => {
  it('has each operation judged on operands of its own class', () => {
    assert.deepEqual(verdicts(value), {'Value.__mul__': 'agrees', 'Value.relu': 'agrees', 'Value.log': 'agrees'});
  });

  it('is wrong where it assigns a gradient instead of adding to it', () => {
    assert.equal(verdicts(value.replace('self.grad += other.data', 'self.grad = other.data'))['Value.__mul__'], 'disagrees');
  });

  it('is wrong where a local derivative is', () => {
    assert.equal(verdicts(value.replace('out.grad / self.data', 'out.grad / out.data'))['Value.log'], 'disagrees');
  });

  it('is wrong, not unfinished, where what it computes comes out as zero', () => {
    assert.equal(verdicts(value.replace('(out.data > 0)', '(out.data > 9)'))['Value.relu'], 'disagrees');
  });

  it('may leave a value of the engine where a number belongs, behind a property too', () => {
    const text = value.replace('        self.data = data', '        self._hidden = data')
      .replace('    def relu', '    @property\n    def data(self): return self._hidden\n\n    def relu').replace('self.grad += out.grad / self.data', 'self.grad = Value(self.grad + out.grad / self.data)');
    assert.equal(verdicts(text)['Value.log'], 'agrees');
  });

  it('has properties and products of matrices that are operations', () => {
    const text = `import numpy as np

class Value:
    """An array; only a scalar value can start the backward pass."""
    def __init__(self, data, _children=()):
        self.data = np.array(data, dtype=float)
        self.grad = np.zeros(self.data.shape)
        self._backward = lambda: None

    def __matmul__(self, other):
        out = Value(self.data @ other.data, (self, other))
        def _backward():
            self.grad += out.grad @ other.data.T
            other.grad += self.data.T @ out.grad
        out._backward = _backward
        return out

    @property
    def T(self):
        out = Value(self.data.T, (self,))
        def _backward():
            self.grad += out.grad.T
        out._backward = _backward
        return out
`;
    assert.deepEqual(verdicts(text), {'Value.__matmul__': 'agrees', 'Value.T': 'agrees'});
    assert.equal(verdicts(text.replace('self.grad += out.grad.T', 'self.grad += 2 * out.grad.T'))['Value.T'], 'disagrees');
  });

  it('may hold arrays, also broadcast ones', () => {
    const text = value.replace('import math', 'import numpy as np').replace('self.data = data', 'self.data = np.asarray(data)')
      .replace('self.grad = 0', 'self.grad = np.zeros_like(self.data)').replace('math.log', 'np.log')
      .replace('Value(0 if self.data < 0 else self.data', 'Value(np.maximum(self.data, 0)');
    assert.equal(verdicts(text)['Value.__mul__'], 'agrees');
    assert.equal(verdicts(text)['Value.relu'], 'agrees');
  });
});

const linear = `import torch
from torch.autograd import Function

class LinearFunction(Function):
    @staticmethod
    def forward(ctx, input, weight, bias=None):
        ctx.save_for_backward(input, weight, bias)
        output = input.mm(weight.t())
        if bias is not None:
            output += bias.unsqueeze(0).expand_as(output)
        return output

    @staticmethod
    def backward(ctx, grad_output):
        input, weight, bias = ctx.saved_tensors
        grad_input = grad_weight = grad_bias = None
        if ctx.needs_input_grad[0]:
            grad_input = grad_output.mm(weight)
        if ctx.needs_input_grad[1]:
            grad_weight = grad_output.t().mm(input)
        if bias is not None and ctx.needs_input_grad[2]:
            grad_bias = grad_output.sum(dim=0)
        return grad_input, grad_weight, grad_bias
`;

describe('a torch.autograd.Function', () => {
  it('is run with the part of torch that it uses', () => {
    const pair = checkPair(linear);
    assert.equal(pair.verdict, 'agrees', told(pair));
    const wrong = checkPair(linear.replace('grad_output.sum(dim=0)', 'grad_output.mean(dim=0)'));
    assert.equal(wrong.verdict, 'disagrees', told(wrong));
  });

  it('takes tensors of a library of its own, its labels and the shapes that it asks for too', () => {
    const library = `import numpy as np

class Tensor:
    def __init__(self, data, requires_grad=False):
        self.data = np.array(data)
        self.requires_grad = requires_grad
    @property
    def shape(self):
        return self.data.shape

class Function:
    pass

class Nll(Function):
    @staticmethod
    def forward(ctx, scores, target):
        ctx.save_for_backward(scores, target)
        p = np.exp(scores.data) / np.exp(scores.data).sum(axis=1, keepdims=True)
        return Tensor(-np.log(p[np.arange(len(target.data)), target.data]).sum())
    @staticmethod
    def backward(ctx, grad_output):
        scores, target = ctx.saved_tensors
        p = np.exp(scores.data) / np.exp(scores.data).sum(axis=1, keepdims=True)
        p[np.arange(len(target.data)), target.data] -= 1
        return Tensor(p * grad_output.data), None

class Reshape(Function):
    @staticmethod
    def forward(ctx, a, shape):
        ctx.shape = a.shape
        return Tensor(a.data.reshape(shape))
    @staticmethod
    def backward(ctx, grad_output):
        return Tensor(grad_output.data.reshape(ctx.shape)), None
`;
    assert.deepEqual(verdicts(library), {Nll: 'agrees', Reshape: 'agrees'});
    assert.equal(verdicts(library.replace('] -= 1', '] -= 2')).Nll, 'disagrees');
  });

  it('is no mistake where it changes the gradient on purpose', () => {
    const pair = checkPair(`import torch

class GradReverse(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.view_as(x)

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output.neg() * 0.5
`);
    assert.equal(pair.verdict, 'inconclusive', told(pair));
  });
});

const operation = `import numpy as array_api

class TensorOp:
    pass

class EWiseDiv(TensorOp):
    def compute(self, a, b):
        return a / b

    def gradient(self, out_grad, node):
        a, b = node.inputs
        return out_grad / b, out_grad * (-a / (b ** 2))
`;

describe('an operation of a graph library', () => {
  it('is given a node with its inputs', () => {
    const right = check(operation).report.pairs.find(({name}) => name === 'EWiseDiv');
    assert.equal(right?.verdict, 'agrees');
    const wrong = check(operation.replace('(-a / (b ** 2))', '(a / (b ** 2))')).report.pairs.find(({name}) => name === 'EWiseDiv');
    assert.equal(wrong?.verdict, 'disagrees');
  });
});

const model = `import numpy as np
from planar_utils import sigmoid

def forward_propagation(X, parameters):
    W1, b1, W2, b2 = parameters['W1'], parameters['b1'], parameters['W2'], parameters['b2']
    Z1 = np.dot(W1, X) + b1
    A1 = np.tanh(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = sigmoid(Z2)
    cache = {'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}
    return A2, cache

def compute_cost(A2, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
    return cost

def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    W2 = parameters['W2']
    A1, A2 = cache['A1'], cache['A2']
    dZ2 = A2 - Y
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = np.dot(W2.T, dZ2) * (1 - A1 ** 2)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    grads = {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}
    return grads
`;

describe('a model of separate functions', () => {
  it('is judged by its cost, so that 1/m stands where it belongs', () => {
    const pair = check(model).report.pairs.find(({pattern}) => pattern === 'step-functions');
    assert.ok(pair);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(pair.gradients.length, 4);
    const wrong = check(model.replace('dW1 = np.dot(dZ1, X.T) / m', 'dW1 = np.dot(dZ1, X.T)')).report.pairs.find(({pattern}) => pattern === 'step-functions');
    assert.ok(wrong);
    assert.deepEqual(wrong.gradients.filter(({verdict}) => verdict === 'disagrees').map(({name}) => name), ["grads['dW1']"], told(wrong));
  });
});

describe('a loss layer whose loss is in another file', () => {
  it('is right when it ignores dout=1 and the small constant of that file', () => {
    const project = emptyProject({
      'common/functions.py': 'import numpy as np\n\ndef softmax(x):\n    e = np.exp(x - np.max(x, axis=-1, keepdims=True))\n    return e / np.sum(e, axis=-1, keepdims=True)\n\n'
        + 'def cross_entropy_error(y, t):\n    if t.size == y.size:\n        t = t.argmax(axis=1)\n    n = y.shape[0]\n    return -np.sum(np.log(y[np.arange(n), t] + 1e-7)) / n\n',
    });
    project.update('layers.py', `from common.functions import *

class SoftmaxWithLoss:
    def __init__(self):
        self.loss = None
        self.y = None
        self.t = None

    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        self.loss = cross_entropy_error(self.y, self.t)
        return self.loss

    def backward(self, dout=1):
        batch_size = self.t.shape[0]
        dx = (self.y - self.t) / batch_size
        return dx
`);
    const [pair] = analyse(project, 'layers.py').analysis.report.pairs;
    assert.equal(pair.verdict, 'agrees', told(pair));
  });
});
