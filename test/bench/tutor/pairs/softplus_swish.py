import numpy as np


# backprop: x (N, D), beta (D,)
def swish_forward(x, beta):
    s = 1 / (1 + np.exp(-beta * x))
    out = x * s
    return out, (x, beta, s)


def swish_backward(dout, cache):
    x, beta, s = cache
    ds = dout * x
    dz = ds * s * (1 - s)
    dx = dout * s + dz * beta
    dbeta = np.sum(dz * x, axis=0)
    return dx, dbeta
