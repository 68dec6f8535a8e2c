import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def layer_forward(A_prev, W, b):
    """
    - A_prev: numpy array of shape (n_prev, m)
    - W: numpy array of shape (n, n_prev)
    - b: numpy array of shape (n, 1)
    """
    Z = np.dot(W, A_prev) + b
    A = sigmoid(Z)
    cache = (A_prev, W, Z)
    return A, cache


def layer_backward(dA, cache):
    """
    Returns a tuple of:
    - dA_prev: gradient with respect to A_prev
    - dW: gradient with respect to W
    - db: gradient with respect to b
    """
    A_prev, W, Z = cache
    s = sigmoid(Z)
    dZ = dA * s * (1 - s)
    dA_prev = np.dot(W.T, dZ)
    dW = np.dot(dZ, A_prev.T)
    db = np.sum(dZ, axis=1, keepdims=True)
    return dA_prev, dW, db
