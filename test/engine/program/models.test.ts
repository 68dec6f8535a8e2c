import assert from 'node:assert/strict';
import {described, onlyPair, pairsOf, roles} from './described.ts';

const L_MODEL = `
def linear_activation_forward(A_prev, W, b, activation):
    Z = np.dot(W, A_prev) + b
    A = np.maximum(0, Z)
    cache = ((A_prev, W, b), Z)
    return A, cache

def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L + 1):
        A_prev = A
        A, cache = linear_activation_forward(A_prev, parameters['W' + str(l)], parameters['b' + str(l)], "relu")
        caches.append(cache)
    AL = A
    return AL, caches

def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return cost

def linear_activation_backward(dA, cache, activation):
    (A_prev, W, b), Z = cache
    dZ = dA * (Z > 0)
    dW = dZ @ A_prev.T / A_prev.shape[1]
    db = dZ.mean(axis=1, keepdims=True)
    dA_prev = W.T @ dZ
    return dA_prev, dW, db

def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    for l in reversed(range(L)):
        dAL, dW, db = linear_activation_backward(dAL, caches[l], "relu")
        grads["dW" + str(l + 1)] = dW
        grads["db" + str(l + 1)] = db
    return grads

def update_parameters(parameters, grads, learning_rate):
    for key in parameters:
        parameters[key] -= learning_rate * grads["d" + key]
    return parameters
`;

describe('step functions', () => {
  it('joins forward, cost and backward over dictionaries', () => {
    const pair = pairsOf(L_MODEL).find(found => found.pattern === 'step-functions');
    assert.deepEqual(described(L_MODEL), [
      'function-pair linear_activation: dA_prev of A_prev, dW of W, db of b',
      'step-functions L_model: grads["dW" + str(l + 1)] of parameters["W" + str(l + 1)], grads["db" + str(l + 1)] of parameters["b" + str(l + 1)]',
    ]);
    assert.equal(pair?.cost?.name, 'compute_cost');
    assert.equal(roles(pair.parameters), 'AL=forward-output(AL), Y=label(Y), caches=cache(caches)');
    assert.equal(roles(pair.costParameters), 'AL=forward-output(AL), Y=label');
    assert.deepEqual(pair.results.map(({name, role}) => [name, role]), [['AL', 'output'], ['caches', 'cache']]);
  });

  it('reads the two-layer network, whatever the order of the parameters', () => {
    const text = `
def forward_propagation(X, parameters):
    W1 = parameters['W1']
    b1 = parameters['b1']
    W2 = parameters['W2']
    b2 = parameters['b2']
    Z1 = np.dot(W1, X) + b1
    A1 = np.tanh(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = 1 / (1 + np.exp(-Z2))
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    return A2, cache

def compute_cost(A2, Y, parameters):
    return -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))

def backward_propagation(parameters, cache, X, Y):
    W2 = parameters['W2']
    A1 = cache['A1']
    A2 = cache['A2']
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T
    db2 = dZ2.sum(axis=1, keepdims=True)
    dZ1 = W2.T @ dZ2 * (1 - A1 ** 2)
    dW1 = dZ1 @ X.T
    grads = {"dW1": dW1, "dW2": dW2, "db2": db2}
    return grads
`;
    const pair = onlyPair(text, 'step-functions');
    assert.equal(pair.cost?.name, 'compute_cost');
    assert.equal(roles(pair.parameters), 'parameters=forward-argument(parameters), cache=cache(cache), X=forward-argument(X), Y=label(Y)');
    assert.deepEqual(pair.gradients.map(({name, of}) => `${String(name)} of ${String(of)}`), [
      'grads[\'dW1\'] of parameters[\'W1\']', 'grads[\'dW2\'] of parameters[\'W2\']', 'grads[\'db2\'] of parameters[\'b2\']',
    ]);
  });

  it('takes a forward with its cost inside for a function pair without an upstream gradient', () => {
    const pair = onlyPair(`
def forward_propagation_n(X, Y, parameters):
    W1 = parameters["W1"]
    A1 = np.dot(W1, X)
    cost = np.mean((A1 - Y) ** 2)
    cache = (A1, W1)
    return cost, cache

def backward_propagation_n(X, Y, cache):
    (A1, W1) = cache
    dW1 = 2 * (A1 - Y) @ X.T / Y.size
    gradients = {"dW1": dW1}
    return gradients
`, 'function-pair');
    assert.equal(pair.upstream, null);
    assert.deepEqual(pair.gradients.map(({name, of}) => [name, of]), [['gradients[\'dW1\']', 'parameters[\'W1\']']]);
  });

  it('reads the methods of a network that starts from labels', () => {
    const pair = onlyPair(`
class Network:
    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = sigmoid(np.dot(w, a) + b)
        return a

    def backprop(self, x, y):
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        delta = self.cost_derivative(x, y) * sigmoid_prime(x)
        nabla_b[-1] = delta
        nabla_w[-1] = np.dot(delta, x.T)
        return (nabla_b, nabla_w)
`, 'step-functions');
    assert.deepEqual([pair.name, pair.forward.name, pair.backward.name, pair.cost], ['Network', 'feedforward', 'backprop', null]);
    assert.equal(roles(pair.parameters), 'self=self, x=forward-argument(a), y=label');
    assert.deepEqual(pair.gradients.map(({name, of}) => [name, of]), [['nabla_b', 'self.biases'], ['nabla_w', 'self.weights']]);
  });
});

describe('engines', () => {
  it('finds one pair per operation of a Value', () => {
    const text = `
class Value:
    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0
        self._backward = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out

    def relu(self):
        out = Value(0 if self.data < 0 else self.data, (self,))
        def _backward():
            self.grad += (out.data > 0) * out.grad
        out._backward = _backward
        return out

    def __neg__(self):
        return self * -1

    def backward(self):
        topo = []
        def build(v):
            topo.append(v)
        build(self)
        self.grad = 1
        for v in reversed(topo):
            v._backward()
`;
    assert.deepEqual(described(text), [
      'engine Value.__add__: self.grad of self, other.grad of other',
      'engine Value.relu: self.grad of self',
    ]);
    const [add] = pairsOf(text);
    assert.equal(add.pattern, 'engine');
    assert.deepEqual([add.operands, add.output, add.upstream, add.data, add.grad], [['self', 'other'], 'out', null, 'data', 'grad']);
  });

  it('reads closures with an upstream parameter, and operations outside a class', () => {
    const pair = onlyPair(`
def multiply(a, b):
    out = Tensor(a.value * b.value)
    def backprop(grad):
        a.gradient += grad * b.value
        b.gradient += grad * a.value
    out.grad_fn = backprop
    return out
`, 'engine');
    assert.deepEqual([pair.owner, pair.operands, pair.upstream, pair.data, pair.grad], [null, ['a', 'b'], 'grad', 'value', 'gradient']);
  });
});

describe('torch functions', () => {
  it('maps gradients to arguments by order alone', () => {
    const pair = onlyPair(`
import torch

class MyLinear(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input, weight, bias=None):
        ctx.save_for_backward(input, weight, bias)
        output = input.mm(weight.t())
        return output

    @staticmethod
    def backward(ctx, grad_output):
        input, weight, bias = ctx.saved_tensors
        grad_input = grad_output.mm(weight)
        grad_weight = grad_output.t().mm(input)
        return grad_input, grad_weight, None
`, 'torch');
    assert.deepEqual([pair.torch, pair.context, pair.upstream], [true, 'ctx', 'grad_output']);
    assert.equal(roles(pair.parameters), 'ctx=context, grad_output=upstream(output)');
    assert.deepEqual(pair.gradients.map(({name, position, of, by}) => [name, position, of, by]), [
      ['grad_input', 0, 'input', 'position'], ['grad_weight', 1, 'weight', 'position'],
    ]);
  });

  it('knows look-alikes by their context, and is not led by other bases', () => {
    assert.deepEqual(described(`
class Mul(Function):
    @staticmethod
    def forward(ctx, a, b):
        ctx.saved = (a, b)
        return a * b

    @staticmethod
    def backward(ctx, grad_output):
        a, b = ctx.saved
        return grad_output * b, grad_output * a

class Net(nn.Module):
    def __init__(self):
        self.fc = nn.Linear(3, 4)

    def forward(self, x):
        return self.fc(x)
`), ['torch Mul: return[0] of a#, return[1] of b#']);
  });
});
