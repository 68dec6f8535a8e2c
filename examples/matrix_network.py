"""The 2-3-1 sigmoid network in matrix notation, with half the mean squared error and its outer products."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def network_loss(x, t, W1, b1, W2, b2):
    """
    One example at a time, as column vectors.

    Inputs:
    - x: input, of shape (2, 1)
    - t: target, of shape (1, 1)
    - W1: of shape (3, 2)
    - b1: of shape (3, 1)
    - W2: of shape (1, 3)
    - b2: of shape (1, 1)
    """
    z1 = W1 @ x + b1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + b2
    a2 = sigmoid(z2)
    loss = 0.5 * np.mean((a2 - t) ** 2)

    dz2 = (a2 - t) * a2 * (1 - a2)
    dW2 = dz2 @ a1.T
    db2 = dz2
    da1 = W2.T @ dz2
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.outer(dz1, x)
    db1 = dz1
    grads = {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}
    return loss, grads
