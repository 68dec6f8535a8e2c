import numpy as np


def relu_net_forward(x, W1, W2, W3, W4):
    """
    - x: numpy array of shape (N, D)
    - W1: numpy array of shape (D, H)
    - W2: numpy array of shape (H, K)
    - W3: numpy array of shape (K, L)
    - W4: numpy array of shape (L, C)
    """
    z1 = x.dot(W1)
    a1 = np.maximum(0, z1)
    z2 = a1.dot(W2)
    a2 = z2 * (z2 > 0)
    z3 = a2.dot(W3)
    a3 = np.where(z3 > 0, z3, 0.1 * z3)
    out = a3.dot(W4)
    return out, (x, W1, W2, W3, W4, z1, a1, z2, a2, z3, a3)


def relu_net_backward(dout, cache):
    """Returns dx, dW1, dW2, dW3, dW4."""
    x, W1, W2, W3, W4, z1, a1, z2, a2, z3, a3 = cache
    dW4 = a3.T.dot(dout)
    da3 = dout.dot(W4.T)
    dz3 = np.where(z3 > 0, da3, 0.1 * da3)
    dW3 = a2.T.dot(dz3)
    da2 = dz3.dot(W3.T)
    dz2 = da2 * (z2 > 0)
    dW2 = a1.T.dot(dz2)
    da1 = dz2.dot(W2.T)
    da1[z1 <= 0] = 0
    dW1 = x.T.dot(da1)
    dx = da1.dot(W1.T)
    return dx, dW1, dW2, dW3, dW4
