import numpy as np


def scale_shift_forward(x, gamma, beta):
    """
    - x: numpy array of shape (N, C, H, W)
    - gamma: numpy array of shape (C,)
    - beta: numpy array of shape (C,)
    """
    out = x * gamma.reshape(1, -1, 1, 1) + beta.reshape(1, -1, 1, 1)
    return out, (x, gamma)


def scale_shift_backward(dout, cache):
    """
    Returns a tuple of:
    - dx: gradient with respect to x
    - dgamma: gradient with respect to gamma
    - dbeta: gradient with respect to beta
    """
    x, gamma = cache
    dx = dout * gamma.reshape(1, -1, 1, 1)
    dgamma = np.sum(dout * x, axis=(0, 2, 3))
    dbeta = np.sum(dout, axis=(0, 2, 3))
    return dx, dgamma, dbeta
