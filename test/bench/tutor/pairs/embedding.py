import numpy as np


def word_embedding_forward(x, W):
    """
    - x: integer array of shape (N, T); every element idx is in the range 0 <= idx < V
    - W: weight matrix of shape (V, D)
    """
    out = W[x]
    cache = (x, W.shape)
    return out, cache


def word_embedding_backward(dout, cache):
    x, shape = cache
    dW = np.zeros(shape)
    np.add.at(dW, x, dout)
    return dW
