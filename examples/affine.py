import numpy as np


def affine_forward(x, w, b):
    """
    A fully connected layer.

    Inputs:
    - x: input data, of shape (N, d_1, ..., d_k)
    - w: weights, of shape (D, M)
    - b: biases, of shape (M,)

    Returns a tuple of:
    - out: output, of shape (N, M)
    - cache: (x, w, b)
    """
    rows = x.reshape(x.shape[0], -1)
    out = rows.dot(w) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    """
    Inputs:
    - dout: upstream gradient, of shape (N, M)
    - cache: (x, w, b)

    Returns a tuple of:
    - dx: gradient of x, of shape (N, d_1, ..., d_k)
    - dw: gradient of w, of shape (D, M)
    - db: gradient of b, of shape (M,)
    """
    x, w, b = cache
    rows = x.reshape(x.shape[0], -1)
    dx = dout.dot(w.T).reshape(x.shape)
    dw = rows.T.dot(dout)
    db = dout.sum(axis=0)
    return dx, dw, db
