import numpy as np


# backprop: X (N, D), W (D, H), b (H,)
def dense_forward(X, W, b):
    z = np.dot(X, W) + b
    h = np.tanh(z)
    return h, (X, W, h)


def dense_backward(dh, cache):
    """Returns dX, dW, db."""
    X, W, h = cache
    dz = dh * (1 - h ** 2)
    dX = np.dot(dz, W.T)
    dW = np.dot(X.T, dz)
    db = np.sum(dz, axis=0)
    return dX, dW, db
