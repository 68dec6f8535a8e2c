import numpy as np


# backprop: x (N, D), W (D, E), y (N, E)
def bilinear_forward(x, W, y):
    xw = x @ W
    prod = xw * y
    out = prod.sum(axis=1)
    return out, (x, W, y, xw)


def bilinear_backward(dout, cache):
    """
    Returns:
    dx -- gradient of the cost with respect to x
    dW -- gradient of the cost with respect to W
    dy -- gradient of the cost with respect to y
    """
    x, W, y, xw = cache
    dprod = dout[:, None] * np.ones_like(y)
    dxw = dprod * y
    dy = dprod * xw
    dx = dxw @ W.T
    dW = x.T @ dxw
    return dx, dW, dy
