import numpy as np


def normalize_forward(x):
    """
    - x: numpy array of shape (N, D)
    """
    norm = np.sqrt(np.sum(x ** 2, axis=1, keepdims=True))
    y = x / norm
    return y, (x, norm, y)


def normalize_backward(dy, cache):
    x, norm, y = cache
    dot = np.sum(dy * y, axis=1, keepdims=True)
    dx = (dy - y * dot) / norm
    return dx
