import assert from 'node:assert/strict';
import {described, onlyPair, roles} from './described.ts';

describe('derivative pairs', () => {
  for (const name of ['sigmoid_prime', 'd_sigmoid', 'sigmoid_derivative', 'sigmoid_deriv', 'dsigmoid', 'sigmoid_grad', 'grad_sigmoid',
    'sigmoid_backward', 'sigmoidPrime', 'SigmoidGrad', 'der_sigmoid', 'derivative_sigmoid', 'sigmoid_gradient', 'sigmoid_output_to_derivative']) {
    it(`takes sigmoid with ${name}`, () => {
      const pair = onlyPair(`
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def ${name}(z):
    return sigmoid(z) * (1 - sigmoid(z))
`, 'derivative-pair');
      assert.deepEqual([pair.name, pair.backward.name, pair.flag, pair.of], ['sigmoid', name, null, 'z']);
    });
  }

  it('takes a derivative of the output, under another parameter name', () => {
    const pair = onlyPair(`
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def dsigmoid(y):
    return y * (1 - y)
`, 'derivative-pair');
    assert.equal(roles(pair.parameters), 'y=forward-argument(x)');
  });

  it('takes one function with a flag', () => {
    for (const flag of ['derivative=False', 'deriv=False', 'derivative', 'prime=False', 'grad=False']) {
      const pair = onlyPair(`
def nonlin(x, ${flag}):
    if ${flag.split('=')[0]} == True:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))
`, 'derivative-pair');
      assert.deepEqual([pair.flag, pair.of, pair.forward === pair.backward], [flag.split('=')[0], 'x', true]);
    }
  });

  it('takes methods, static methods and classes of activations', () => {
    assert.deepEqual(described(`
class Net:
    def sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def sigmoid_prime(self, x):
        return self.sigmoid(x) * (1 - self.sigmoid(x))

class Activations:
    @staticmethod
    def relu(x):
        return np.maximum(0, x)

    @staticmethod
    def relu_derivative(x):
        return (x > 0) * 1.0

class Tanh:
    def __call__(self, x):
        return np.tanh(x)

    def gradient(self, x):
        return 1 - np.tanh(x) ** 2

class SquareLoss:
    def loss(self, y, y_pred):
        return 0.5 * np.power(y - y_pred, 2)

    def gradient(self, y, y_pred):
        return -(y - y_pred)

class Sigmoid:
    def forward(self, x):
        self.state = 1 / (1 + np.exp(-x))
        return self.state

    def derivative(self):
        return self.state * (1 - self.state)
`), [
      'derivative-pair Net.sigmoid: return[0] of x#',
      'derivative-pair Activations.relu: return[0] of x#',
      'derivative-pair Tanh: return[0] of x#',
      'derivative-pair SquareLoss: return[0] of y_pred#',
      'derivative-pair Sigmoid: return[0] of x#',
    ]);
  });

  it('differentiates losses by their prediction', () => {
    assert.deepEqual(described(`
def mse(y_true, y_pred):
    return np.mean(np.power(y_true - y_pred, 2))

def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true) / np.size(y_true)
`), ['derivative-pair mse: return[0] of y_pred#']);
    assert.deepEqual(described(`
def bce(y, p):
    return -np.mean(y * np.log(p))

def bce_grad(y, p):
    return -y / p / p.size

def mse_forward(pred, target):
    return ((pred - target) ** 2).mean()

def mse_backward(pred, target):
    return 2 * (pred - target) / pred.size
`), ['derivative-pair bce: return[0] of p#', 'derivative-pair mse: return[0] of pred#']);
  });

  it('leaves what only sounds like a derivative alone', () => {
    assert.deepEqual(described(`
def is_prime(n):
    return all(n % k for k in range(2, n))

def optimus(n):
    return n * 2

def prime(n):
    return n * 2

def factor(n):
    return n / 2

def factor_prime_numbers(n, limit, table):
    return n / limit * table

def ssm(x, h):
    return x * h

def ssm_step(x, h):
    return x + h

def unbroadcast(grad, shape):
    if grad.shape != shape:
        grad = grad.sum(axis=0)
    return grad

def parse_set(source, info):
    return source - info

def parse_set_diff(source, info):
    return source - info - 1

def bessel(n, z, derivative=0):
    if derivative:
        return n / z * derivative
    return n * z

class BSpline:
    def __call__(self, x):
        return np.dot(self.c, x)

    def derivative(self, nu=1):
        return BSpline(self.c * nu)

def plot(x, grad=False):
    if grad:
        plt.grid()
    plt.plot(x)
`), []);
  });
});
