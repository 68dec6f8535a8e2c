import numpy as np


def leaky_relu_forward(x, alpha=0.2):
    """
    - x: numpy array of shape (N, D)
    """
    out = np.where(x > 0, x, alpha * x)
    cache = (x, alpha)
    return out, cache


def leaky_relu_backward(dout, cache):
    x, alpha = cache
    slope = np.where(x > 0, 1.0, alpha)
    dx = dout * slope
    return dx
