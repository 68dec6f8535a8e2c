import numpy as np


def tanh_forward(x):
    """
    - x: numpy array of shape (N, D)
    """
    out = np.tanh(x)
    return out, out


def tanh_backward(dout, cache):
    out = cache
    dx = (1 - out ** 2) * dout
    return dx
