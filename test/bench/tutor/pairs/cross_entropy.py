import numpy as np


def cross_entropy_loss(z, t):
    """
    - z: numpy array of shape (N, C)
    - t: one-hot targets, of shape (N, C)
    """
    N = z.shape[0]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.sum(t * np.log(p)) / N
    dz = (p - t) / N
    return loss, dz
