import numpy as np


# backprop: x (N, D), gamma (D,), beta (D,)
def batchnorm_forward(x, gamma, beta, eps=1e-5):
    mu = x.mean(axis=0)
    xmu = x - mu
    var = np.mean(xmu ** 2, axis=0)
    std = np.sqrt(var + eps)
    xhat = xmu / std
    out = gamma * xhat + beta
    cache = (xhat, xmu, std, gamma)
    return out, cache


def batchnorm_backward(dout, cache):
    """
    Returns a tuple of:
    - dx: gradient with respect to x
    - dgamma: gradient with respect to gamma
    - dbeta: gradient with respect to beta
    """
    xhat, xmu, std, gamma = cache
    N = dout.shape[0]
    dbeta = dout.sum(axis=0)
    dgamma = np.sum(dout * xhat, axis=0)
    dxhat = dout * gamma
    dstd = -np.sum(dxhat * xmu, axis=0) / std ** 2
    dvar = 0.5 * dstd / std
    dxmu = dxhat / std + 2 * xmu * dvar / N
    dmu = -np.sum(dxmu, axis=0)
    dx = dxmu + dmu / N
    return dx, dgamma, dbeta
