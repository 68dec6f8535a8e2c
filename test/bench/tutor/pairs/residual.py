import numpy as np


def block_forward(x, W1, W2):
    """
    - x: numpy array of shape (N, D)
    - W1: numpy array of shape (D, H)
    - W2: numpy array of shape (H, D)
    """
    a = x @ W1
    r = np.maximum(a, 0)
    out = x + r @ W2
    return out, (x, W1, W2, a, r)


def block_backward(dout, cache):
    """
    Returns a tuple of:
    - dx: gradient with respect to x
    - dW1: gradient with respect to W1
    - dW2: gradient with respect to W2
    """
    x, W1, W2, a, r = cache
    dW2 = r.T @ dout
    dr = dout @ W2.T
    da = dr * (a > 0)
    dW1 = x.T @ da
    dx = dout + da @ W1.T
    return dx, dW1, dW2
