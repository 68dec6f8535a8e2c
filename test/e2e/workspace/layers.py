"""The same layer with two mistakes that a square matrix would hide or a broadcast would swallow."""
import numpy as np


def affine_forward(x, w, b):
    """
    Inputs:
    - x: input data, of shape (N, D)
    - w: weights, of shape (D, M)
    - b: biases, of shape (M,)
    """
    out = x.dot(w) + b
    return out, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    dx = dout.dot(w.T)
    dw = dout.T.dot(x)                        # the transpose stands on the wrong side
    db = dout.sum(axis=0, keepdims=True)      # (1, M), but b is (M,)
    return dx, dw, db
