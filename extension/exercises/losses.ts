/** Exercises on losses, staged: from the loss to the scores to the weights. */
import type {Exercise} from './exercise.ts';

export const losses: readonly Exercise[] = [
  {
    id: 'svm-loss',
    title: 'the SVM loss, staged',
    teaches: 'A loss in stages: dmargins, dscores, dW. The margin of a wrong class depends on two scores, so the score of the right class collects a gradient from all of them.',
    start: `
import numpy as np


def svm_loss(W, X, y):
    """
    Inputs:
    - W: weights, of shape (D, C)
    - X: data, of shape (N, D)
    - y: labels, of shape (N,), where 0 <= y[i] < C
    """
    N = X.shape[0]
    scores = X @ W
    correct = scores[np.arange(N), y][:, None]
    margins = np.maximum(0, scores - correct + 1)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N

    # backward, in stages: dmargins (N, C), dscores (N, C), dW (D, C)
    dmargins = None
    dscores = None
    dW = None
    return loss, dW
`,
    hints: [
      'Stage 1: the loss is the mean over the rows of all margins that are positive. So dmargins is 1/N where a margin is positive, and 0 elsewhere.',
      'Stage 2: margins = scores - correct + 1. Each positive margin pushes its own score by +1/N, and the right class of its row by -1/N.',
      'So dscores is dmargins, with dmargins summed over each row taken off at [np.arange(N), y].',
      'Stage 3: scores = X @ W is a matrix product. D and C have to remain, N has to be summed.',
    ],
  },
  {
    id: 'softmax-loss',
    title: 'the softmax loss, staged',
    teaches: 'Softmax and cross-entropy together have the simplest gradient there is: what was predicted minus what was right, shared out over the batch.',
    start: `
import numpy as np


def softmax_loss(W, X, y):
    """
    Inputs:
    - W: weights, of shape (D, C)
    - X: data, of shape (N, D)
    - y: labels, of shape (N,), where 0 <= y[i] < C
    """
    N = X.shape[0]
    scores = X @ W
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    exps = np.exp(shifted)
    probs = exps / np.sum(exps, axis=1, keepdims=True)
    loss = -np.mean(np.log(probs[np.arange(N), y]))

    # backward, in stages: dscores (N, C), then dW (D, C)
    dscores = None
    dW = None
    return loss, dW
`,
    hints: [
      'For one row: the loss is -log(probs of the right class) = -score of the right class + log(sum of exp(scores)). Take the derivative by one score.',
      'The second term gives probs, for every class. The first gives -1, for the right class only.',
      'So dscores is a copy of probs with 1 taken off at [np.arange(N), y]; and the loss is a mean over the batch, which has a factor.',
      'dW as in the affine layer: N is summed.',
    ],
  },
  {
    id: 'second-derivatives',
    title: 'second derivatives',
    teaches: 'A gradient is a computation like any other, and can be taken backwards again. Here the forward is itself the first derivative of softplus(x) · x; its backward is the second derivative.',
    start: `
import numpy as np


def slope_forward(x):
    """
    The derivative of f(x) = x * log(1 + exp(x)), element by element.

    Inputs:
    - x: of shape (N, D)
    """
    s = 1 / (1 + np.exp(-x))       # the sigmoid
    g = np.log(1 + np.exp(x)) + x * s
    cache = (x, s)
    return g, cache


def slope_backward(dg, cache):
    """The upstream gradient dg times the second derivative of f."""
    x, s = cache
    ds = None
    dx = None
    return dx
`,
    hints: [
      'g is a sum of two terms. The derivative of log(1 + exp(x)) is s, by the way: work it out.',
      'x * s is a product, and both factors depend on x: x itself, and s = sigmoid(x). So ds receives dg times x.',
      'The slope of the sigmoid is s * (1 - s).',
      'dx has three terms: through the logarithm, through x as a factor, and through s.',
    ],
  },
];
