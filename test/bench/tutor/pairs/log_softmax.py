import numpy as np


def log_softmax_forward(x):
    """
    - x: numpy array of shape (N, C)
    """
    shifted = x - x.max(axis=1, keepdims=True)
    out = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return out, out


def log_softmax_backward(dout, cache):
    out = cache
    dx = dout - np.exp(out) * dout.sum(axis=1, keepdims=True)
    return dx
