/** Exercises on whole networks: several layers, shared weights, and time. */
import type {Exercise} from './exercise.ts';

export const networks: readonly Exercise[] = [
  {
    id: 'matrix-network',
    title: 'a 2-3-1 network in matrix notation',
    teaches: 'Mean squared error through two sigmoid layers, with column vectors: a delta for each layer, an outer product for each weight matrix. The ½ of the loss cancels the 2.',
    start: `
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def network_loss(x, t, W1, b1, W2, b2):
    """
    One example at a time, as column vectors.

    Inputs:
    - x: input, of shape (2, 1)
    - t: target, of shape (1, 1)
    - W1: of shape (3, 2)
    - b1: of shape (3, 1)
    - W2: of shape (1, 3)
    - b2: of shape (1, 1)
    """
    z1 = W1 @ x + b1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + b2
    a2 = sigmoid(z2)
    loss = 0.5 * np.mean((a2 - t) ** 2)

    dz2 = None  # the delta of the output layer
    dW2 = None
    db2 = None
    dz1 = None  # the delta of the hidden layer
    dW1 = None
    db1 = None
    grads = {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}
    return loss, grads
`,
    hints: [
      'da2 is a2 - t. The slope of a sigmoid is a (1 - a) in terms of its output, so dz2 is a product of three factors.',
      'z2 = W2 @ a1 + b2: dW2 has to be (1, 3), from dz2 (1, 1) and a1 (3, 1). One transpose does it. db2 has no choice.',
      'Back through the weights: da1 = W2 transposed, times dz2. Then through the sigmoid as before.',
      'dW1 is (3, 2): the outer product of dz1 (3, 1) and x (2, 1).',
    ],
  },
  {
    id: 'two-layer-net',
    title: 'a two-layer net with regularisation',
    teaches: 'Affine, ReLU, affine, softmax loss, and a penalty on the weights: the gradient of a sum is the sum of the gradients, so the penalty adds a term to each weight.',
    start: `
import numpy as np


def two_layer_loss(X, y, W1, b1, W2, b2, reg=0.1):
    """
    Inputs:
    - X: data, of shape (N, D)
    - y: labels, of shape (N,), where 0 <= y[i] < C
    - W1: of shape (D, H)
    - b1: of shape (H,)
    - W2: of shape (H, C)
    - b2: of shape (C,)
    - reg: strength of the penalty
    """
    N = X.shape[0]
    hidden = np.maximum(0, X @ W1 + b1)
    scores = hidden @ W2 + b2
    exps = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    probs = exps / np.sum(exps, axis=1, keepdims=True)
    loss = -np.mean(np.log(probs[np.arange(N), y])) + 0.5 * reg * (np.sum(W1 ** 2) + np.sum(W2 ** 2))

    grads = {}
    dscores = None
    grads['W2'] = None
    grads['b2'] = None
    dhidden = None
    grads['W1'] = None
    grads['b1'] = None
    return loss, grads
`,
    hints: [
      'dscores as in the softmax exercise: probs, with 1 taken off at the right classes, over N.',
      'The second layer: W2 receives hidden and dscores, with N summed; b2 the sum of dscores over the rows.',
      'dhidden = dscores times W2 transposed, and then the rectifier: nothing passes where hidden is 0.',
      'The penalty 0.5 * reg * W ** 2 adds reg * W to the gradient of each weight, and nothing to the biases.',
    ],
  },
  {
    id: 'deep-net',
    title: 'a deep net in a loop',
    teaches: 'Back-propagation in general (Algorithm 6.4 of the Deep Learning book): forward keeps h for every layer, backward walks from the last layer to the first with one gradient g in hand.',
    start: `
import numpy as np

# backprop: x (N, D), W1 (D, H), b1 (H,), W2 (H, H), b2 (H,), W3 (H, M), b3 (M,)
def deep_forward(x, W1, b1, W2, b2, W3, b3):
    weights, biases = [W1, W2, W3], [b1, b2, b3]
    h = [x]
    for k in range(3):
        a = h[k] @ weights[k] + biases[k]
        h.append(np.tanh(a))
    out = h[3]
    cache = (h, weights)
    return out, cache


def deep_backward(dout, cache):
    h, weights = cache
    dW = [None, None, None]
    db = [None, None, None]
    g = dout  # the gradient of h[k + 1]
    for k in reversed(range(3)):
        pass  # g through the activation, then dW[k] and db[k], then g to the layer below
    dx = None
    return dx, dW[0], db[0], dW[1], db[1], dW[2], db[2]
`,
    hints: [
      'Inside the loop first turn g, the gradient of h[k + 1], into the gradient of a: the slope of tanh is 1 - h[k + 1] ** 2.',
      'With the gradient of a in hand, layer k is an affine layer: dW[k] takes h[k], db[k] is a sum over the rows.',
      'Then g goes to the layer below through weights[k]: a product with its transpose. It is the gradient of h[k] now.',
      'When the loop is done, g is the gradient of h[0], and that is x.',
    ],
  },
  {
    id: 'rnn',
    title: 'a recurrent net through time',
    teaches: 'The same weights in every time step: their gradients are sums over time. The hidden state goes into the output and into the next step, so its gradient comes from both.',
    start: `
import numpy as np


def rnn_forward(x, h0, Wx, Wh, b):
    """
    Inputs:
    - x: of shape (N, T, D)
    - h0: first state, of shape (N, H)
    - Wx: of shape (D, H)
    - Wh: of shape (H, H)
    - b: of shape (H,)
    """
    N, T, D = x.shape
    H = h0.shape[1]
    h = np.zeros((N, T, H))
    prev = h0
    for t in range(T):
        prev = np.tanh(x[:, t] @ Wx + prev @ Wh + b)
        h[:, t] = prev
    cache = (x, h0, h, Wx, Wh, b)
    return h, cache


def rnn_backward(dh, cache):
    x, h0, h, Wx, Wh, b = cache
    N, T, D = x.shape
    dx = None
    dh0 = None
    dWx = None
    dWh = None
    db = None
    return dx, dh0, dWx, dWh, db
`,
    hints: [
      'Begin with zeros for dx, dWx, dWh and db and with dprev = zeros of the shape of h0; then walk t from T - 1 down to 0.',
      'The state h[:, t] gets a gradient from two sides: dh[:, t] from above, and dprev from step t + 1. Add them.',
      'Through the tanh: da is that sum times 1 - h[:, t] ** 2. Then an affine layer twice: dx[:, t] and dWx from Wx, dprev and dWh from Wh.',
      'The state before step t is h[:, t - 1], and h0 for t = 0. Weights are shared by all steps: += for dWx, dWh and db. What is left in dprev at the end is dh0.',
    ],
  },
];
