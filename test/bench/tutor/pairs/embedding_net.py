import numpy as np


def bag_forward(ids, E, W):
    """
    - ids: integer array of shape (N, T); every element is in the range 0 <= idx < V
    - E: of shape (V, D)
    - W: of shape (D, C)
    """
    words = E[ids]
    mean = words.mean(axis=1)
    out = mean @ W
    return out, (ids, E, W, mean)


def bag_backward(dout, cache):
    """
    Returns:
    dE -- gradient of the cost with respect to E
    dW -- gradient of the cost with respect to W
    """
    ids, E, W, mean = cache
    T = ids.shape[1]
    dW = mean.T @ dout
    dmean = dout @ W.T
    dwords = np.repeat(dmean[:, None, :], T, axis=1) / T
    dE = np.zeros_like(E)
    np.add.at(dE, ids, dwords)
    return dE, dW
