/** Exercises on single numbers and single gates: the chain rule before any matrix. */
import type {Exercise} from './exercise.ts';

export const gates: readonly Exercise[] = [
  {
    id: 'circuit',
    title: 'the circuit f = (x + y) z',
    teaches: 'The chain rule, one gate at a time: every gradient is the one that comes in times a local one. Adding hands the gradient on, multiplying swaps its inputs.',
    start: `
x = -2
y = 5
z = -4

# forward
q = x + y
f = q * z

# backward: df/df is 1; write the others from the output back
df = 1.0
dq = None
dz = None
dx = None
dy = None
`,
    hints: [
      'Go backwards: begin with f = q * z, whose gradient df is known, and find dq and dz.',
      'How much does q * z change when q grows a little? By z for every unit. That is the local gradient of q; the incoming one is df.',
      'q = x + y grows by one for every unit of x, and of y: what comes in goes on to both unchanged.',
    ],
  },
  {
    id: 'sigmoid-neuron',
    title: 'a sigmoid neuron',
    teaches: 'A larger gate is as good as its parts: the derivative of the sigmoid is (1 - f) f in terms of its own output, so five small gates become one.',
    start: `
import math

w = [2, -3, -3]
x = [-1, -2]

# forward
dot = w[0] * x[0] + w[1] * x[1] + w[2]
f = 1.0 / (1 + math.exp(-dot))

# backward
ddot = None
dx = None  # a list of two numbers
dw = None  # a list of three numbers
`,
    hints: [
      'First through the sigmoid: ddot is the slope of 1 / (1 + exp(-dot)) at dot. You can write it with f alone.',
      'Work out the derivative of 1 / (1 + exp(-a)) on paper and put f in wherever 1 / (1 + exp(-a)) stands. You should get a product of two factors.',
      'Each product w[i] * x[i] swaps: x[i] receives w[i] times ddot, w[i] receives x[i] times ddot. And w[2] is only added.',
    ],
  },
  {
    id: 'multiply-gate',
    title: 'the multiply gate as a layer',
    teaches: 'A layer has a forward that keeps what it will need, and a backward that takes the gradient of its output and gives one for each input, of the same shape.',
    start: `
import numpy as np


def multiply_forward(x, y):
    """
    Inputs:
    - x: of shape (N, D)
    - y: of shape (N, D)
    """
    out = x * y
    cache = (x, y)
    return out, cache


def multiply_backward(dout, cache):
    x, y = cache
    dx = None
    dy = None
    return dx, dy
`,
    hints: [
      'dout has the shape of out, and tells how much the loss grows with each of its elements.',
      'Each element of out is x[i, j] * y[i, j]. Its slope in x[i, j] is the other factor.',
      'Elementwise in, elementwise back: no sums and no transposes here. And do not forget dout.',
    ],
  },
  {
    id: 'constant-multiplier',
    title: 'a layer that multiplies by a constant',
    teaches: 'A layer as a class: what forward leaves in self is there for backward. A constant is no input, so it has no gradient, but it scales the one that passes.',
    start: `
import numpy as np


class Scale:
    """Multiplies by a constant."""

    def __init__(self, factor=3.0):
        self.factor = factor

    def forward(self, x):
        """
        x: array of shape (N, D)
        """
        return x * self.factor

    def backward(self, dout):
        dx = None
        return dx
`,
    hints: [
      'When an element of x grows by one, the same element of the output grows by how much?',
      'That number is the local gradient of every element; multiply the incoming gradient by it.',
      'Nothing of x itself is needed, so forward has nothing to remember.',
    ],
  },
  {
    id: 'relu',
    title: 'the rectifier',
    teaches: 'A maximum routes: the gradient goes to whichever input won, and nothing goes to the other. The mask is taken from the input, not from the gradient.',
    start: `
import numpy as np


def relu_forward(x):
    """
    Inputs:
    - x: of any shape, say (N, D)
    """
    out = np.maximum(0, x)
    cache = x
    return out, cache


def relu_backward(dout, cache):
    x = cache
    dx = None
    return dx
`,
    hints: [
      'Where x was positive, out is x: what is the slope there? And where x was negative, out is 0 whatever x does.',
      'So dx is dout in some places and 0 in the others. Which array tells you the places?',
      'A comparison gives an array of True and False, which count as 1 and 0 in a product.',
    ],
  },
];
