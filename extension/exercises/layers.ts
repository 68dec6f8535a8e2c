/** Exercises on layers of networks: matrices, normalisation, windows and tables. */
import type {Exercise} from './exercise.ts';

export const layers: readonly Exercise[] = [
  {
    id: 'affine',
    title: 'the affine layer',
    teaches: 'Matrix products backwards, by their shapes: each gradient has the shape of what it is of, and the axis that is summed has to meet in the middle. What was broadcast is summed.',
    start: `
import numpy as np


def affine_forward(x, w, b):
    """
    Inputs:
    - x: of shape (N, D)
    - w: of shape (D, M)
    - b: of shape (M,)
    """
    out = x @ w + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    dx = None
    dw = None
    db = None
    return dx, dw, db
`,
    hints: [
      'Write the shapes down: dout is (N, M), and you have x (N, D) and w (D, M). dx has to be (N, D), dw (D, M), db (M,).',
      'For dx, M has to disappear: which product of dout and w leaves (N, D)? One of them needs a transpose.',
      'For dw, N has to disappear: every example adds its share, and the product sums over the batch by itself.',
      'b was added to every row, so every row of dout is a share of db: add them up over the batch.',
    ],
  },
  {
    id: 'batchnorm',
    title: 'batch normalisation',
    teaches: 'A value that is used twice gets a gradient from each use. The mean and the variance depend on the whole batch, and their gradients go back to every row.',
    start: `
import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    """
    Inputs:
    - x: of shape (N, D)
    - gamma: scale, of shape (D,)
    - beta: shift, of shape (D,)
    """
    mu = np.mean(x, axis=0)
    xmu = x - mu
    var = np.mean(xmu ** 2, axis=0)
    ivar = 1.0 / np.sqrt(var + eps)
    xhat = xmu * ivar
    out = gamma * xhat + beta
    cache = (xhat, xmu, ivar, gamma)
    return out, cache


def batchnorm_backward(dout, cache):
    xhat, xmu, ivar, gamma = cache
    N, D = dout.shape
    dbeta = None
    dgamma = None
    dx = None  # by way of dxhat, divar, dvar, dxmu and dmu
    return dx, dgamma, dbeta
`,
    hints: [
      'Go backwards through the forward lines. gamma and beta were broadcast over the rows, so their gradients are sums over axis 0.',
      'Write one line for each forward line: dxhat, then divar (a sum over the rows), then dvar: ivar is (var + eps) to the power -1/2, whose slope is -0.5 * ivar ** 3.',
      'xmu is used twice: in xhat and in var. Its gradient has two terms, and the one through var carries 2 * xmu / N.',
      'x is used twice, too: in xmu and in mu. dmu is minus the sum of dxmu over the rows, and every row receives 1/N of it.',
    ],
  },
  {
    id: 'convolution',
    title: 'convolution',
    teaches: 'Weights that are shared are used many times, so their gradient is a sum over all the places. The same loops as in the forward, with += where the forward read.',
    start: `
import numpy as np


def conv_forward(x, w, b):
    """
    Inputs:
    - x: images, of shape (N, C, H, W)
    - w: filters, of shape (F, C, HH, WW)
    - b: biases, of shape (F,)
    """
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    out = np.zeros((N, F, H - HH + 1, W - WW + 1))
    for i in range(H - HH + 1):
        for j in range(W - WW + 1):
            window = x[:, :, i:i + HH, j:j + WW]
            for f in range(F):
                out[:, f, i, j] = np.sum(window * w[f], axis=(1, 2, 3)) + b[f]
    cache = (x, w, b)
    return out, cache


def conv_backward(dout, cache):
    x, w, b = cache
    F, C, HH, WW = w.shape
    dx = None
    dw = None
    db = None
    return dx, dw, db
`,
    hints: [
      'Begin with dx, dw and db full of zeros, walk over the same i, j and f as the forward, and add to them.',
      'b[f] was added to every out[:, f, i, j]: db[f] is the sum of dout over everything but f.',
      'out[n, f, i, j] is a product of a window with w[f]: products swap. dw[f] receives the windows times dout[:, f, i, j], summed over the batch.',
      'The window of dx receives w[f] times dout[:, f, i, j]. To multiply one number for each image with a filter, give it three more axes: dout[:, f, i, j][:, None, None, None].',
    ],
  },
  {
    id: 'max-pool',
    title: 'max pooling',
    teaches: 'A maximum over a window sends its whole gradient to the element that won, and nothing to the others.',
    start: `
import numpy as np


def pool_forward(x):
    """
    The maximum of each window of 2 by 2, which do not overlap.

    Inputs:
    - x: images, of shape (N, C, 6, 4)
    """
    N, C, H, W = x.shape
    out = np.zeros((N, C, H // 2, W // 2))
    for i in range(H // 2):
        for j in range(W // 2):
            out[:, :, i, j] = np.max(x[:, :, 2 * i:2 * i + 2, 2 * j:2 * j + 2], axis=(2, 3))
    cache = (x, out)
    return out, cache


def pool_backward(dout, cache):
    x, out = cache
    N, C, H, W = x.shape
    dx = None
    return dx
`,
    hints: [
      'dx begins as zeros; in each window one element of it receives dout[:, :, i, j].',
      'Which one? The element of the window of x that equals the maximum, and that one is kept in out.',
      'Comparing window == out[:, :, i, j][:, :, None, None] gives the mask; the mask times dout, given the same two axes, is what goes into the window of dx.',
    ],
  },
  {
    id: 'embedding',
    title: 'word embedding',
    teaches: 'Picking rows hands their gradients back to where they came from. A word that stands twice in a sentence gets both shares: they are added, not overwritten.',
    start: `
import numpy as np


def embedding_forward(words, W):
    """
    Inputs:
    - words: indices of words, integers of shape (N, T), where 0 <= words < V
    - W: a vector for each word, of shape (V, D)
    """
    out = W[words]
    cache = (words, W)
    return out, cache


def embedding_backward(dout, cache):
    words, W = cache
    dW = None
    return dW
`,
    hints: [
      'dW has the shape of W, and most of its rows stay zero: the words that did not occur.',
      'Row words[n, t] of dW receives dout[n, t]. With a plain dW[words] += dout a word that occurs twice counts once: NumPy reads, adds and writes only one of them.',
      'Look up np.add.at, or write the two loops over n and t.',
    ],
  },
];
