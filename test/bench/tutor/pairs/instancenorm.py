import numpy as np


# backprop: x (N, C, L)
def instancenorm_forward(x):
    mu = x.mean(axis=2, keepdims=True)
    xmu = x - mu
    var = (xmu ** 2).mean(axis=2, keepdims=True)
    std = np.sqrt(var + 1e-5)
    return xmu / std, (xmu, std)


def instancenorm_backward(dout, cache):
    xmu, std = cache
    L = xmu.shape[2]
    dxmu = dout / std
    dstd = -np.sum(dout * xmu, axis=2, keepdims=True) / std ** 2
    dvar = dstd / (2 * std)
    dxmu = dxmu + 2 * xmu * dvar / L
    dx = dxmu - np.sum(dxmu, axis=2, keepdims=True) / L
    return dx
