import numpy as np


# backprop: x (N, D), gamma (D,), beta (D,)
def layernorm_forward(x, gamma, beta):
    mu = x.mean(axis=1, keepdims=True)
    xmu = x - mu
    var = np.mean(xmu ** 2, axis=1, keepdims=True)
    inv = 1 / np.sqrt(var + 1e-5)
    xhat = xmu * inv
    out = gamma * xhat + beta
    return out, (xhat, xmu, inv, gamma)


def layernorm_backward(dout, cache):
    """
    Returns a tuple of:
    - dx: gradient with respect to x
    - dgamma: gradient with respect to gamma
    - dbeta: gradient with respect to beta
    """
    xhat, xmu, inv, gamma = cache
    D = dout.shape[1]
    dgamma = np.sum(dout * xhat, axis=0)
    dbeta = np.sum(dout, axis=0)
    dxhat = dout * gamma
    dinv = np.sum(dxhat * xmu, axis=1, keepdims=True)
    dvar = -0.5 * inv ** 3 * dinv
    dxmu = dxhat * inv + 2 * xmu * dvar / D
    dmu = -np.sum(dxmu, axis=1, keepdims=True)
    dx = dxmu + dmu / D
    return dx, dgamma, dbeta
