import numpy as np


def group_forward(x, w):
    """
    - x: numpy array of shape (N, G, D)
    - w: numpy array of shape (D,)
    """
    N, G, D = x.shape
    mean = x.sum(axis=1) / G
    spread = ((x - mean[:, None, :]) ** 2).sum(axis=1) / G
    out = mean + w * spread / 2
    return out, (x, w, mean, spread)


def group_backward(dout, cache):
    """Returns dx, dw."""
    x, w, mean, spread = cache
    N, G, D = x.shape
    dw = np.sum(dout * spread / 2, axis=0)
    dspread = dout * w / 2
    dcentered = 2 * (x - mean[:, None, :]) * dspread[:, None, :] / G
    dmean = dout - dcentered.sum(axis=1)
    dx = dcentered + dmean[:, None, :] / G
    return dx, dw
