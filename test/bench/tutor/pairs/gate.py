import numpy as np


def highway_forward(x, Wg, bg, Wh, bh):
    """
    - x: numpy array of shape (N, D)
    - Wg: numpy array of shape (D, D)
    - bg: numpy array of shape (D,)
    - Wh: numpy array of shape (D, D)
    - bh: numpy array of shape (D,)
    """
    g = 1 / (1 + np.exp(-(x @ Wg + bg)))
    h = np.tanh(x @ Wh + bh)
    y = g * h + (1 - g) * x
    return y, (x, Wg, Wh, g, h)


def highway_backward(dy, cache):
    """
    Returns a tuple of:
    - dx: gradient with respect to x
    - dWg: gradient with respect to Wg
    - dbg: gradient with respect to bg
    - dWh: gradient with respect to Wh
    - dbh: gradient with respect to bh
    """
    x, Wg, Wh, g, h = cache
    dg = dy * (h - x)
    dh = dy * g
    dzg = dg * g * (1 - g)
    dzh = dh * (1 - h ** 2)
    dWg = x.T @ dzg
    dbg = dzg.sum(axis=0)
    dWh = x.T @ dzh
    dbh = dzh.sum(axis=0)
    dx = dy * (1 - g) + dzg @ Wg.T + dzh @ Wh.T
    return dx, dWg, dbg, dWh, dbh
