import numpy as np


def cubic_loss(p, t, w):
    """
    - p: numpy array of shape (N, D)
    - t: numpy array of shape (N, D)
    - w: numpy array of shape (D,)
    """
    N = p.shape[0]
    r = p - t
    loss = np.sum(w * r ** 2) / (2 * N) + np.sum(r ** 3) / (3 * N)
    dr = w * r / N + r ** 2 / N
    dp = dr
    dt = -dr
    dw = np.sum(r ** 2, axis=0) / 2
    dw /= N
    return loss, dp, dt, dw
