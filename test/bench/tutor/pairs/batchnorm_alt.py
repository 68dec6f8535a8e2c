import numpy as np


def batchnorm_forward(x, gamma, beta):
    """
    - x: numpy array of shape (N, D)
    - gamma: numpy array of shape (D,)
    - beta: numpy array of shape (D,)
    """
    mean = np.mean(x, axis=0)
    var = np.var(x, axis=0)
    inv_std = 1.0 / np.sqrt(var + 1e-5)
    x_norm = (x - mean) * inv_std
    out = gamma * x_norm + beta
    return out, (x_norm, inv_std, gamma)


def batchnorm_backward(dout, cache):
    """Returns dx, dgamma, dbeta."""
    x_norm, inv_std, gamma = cache
    N, D = dout.shape
    dgamma = (dout * x_norm).sum(axis=0)
    dbeta = dout.sum(axis=0)
    dx_norm = dout * gamma
    total = dx_norm.sum(axis=0)
    along = (dx_norm * x_norm).sum(axis=0)
    dx = inv_std / N * (N * dx_norm - total - x_norm * along)
    return dx, dgamma, dbeta
