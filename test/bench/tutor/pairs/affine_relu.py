import numpy as np


# backprop: x (N, D), w (D, M), b (M,)
def affine_relu_forward(x, w, b):
    a = x @ w + b
    out = np.maximum(0, a)
    cache = (x, w, a)
    return out, cache


def affine_relu_backward(dout, cache):
    """
    Returns:
    dx -- gradient of the cost with respect to x
    dw -- gradient of the cost with respect to w
    db -- gradient of the cost with respect to b
    """
    x, w, a = cache
    da = dout * (a > 0)
    dx = da @ w.T
    dw = x.T @ da
    db = da.sum(axis=0)
    return dx, dw, db
