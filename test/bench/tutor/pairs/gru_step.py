import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


# backprop: x (N, D), h (N, H), Wr (D, H), Ur (H, H), Wz (D, H), Uz (H, H), Wn (D, H), Un (H, H)
def gru_forward(x, h, Wr, Ur, Wz, Uz, Wn, Un):
    r = sigmoid(x @ Wr + h @ Ur)
    z = sigmoid(x @ Wz + h @ Uz)
    hu = h @ Un
    n = np.tanh(x @ Wn + r * hu)
    next_h = (1 - z) * n + z * h
    return next_h, (x, h, Wr, Ur, Wz, Uz, Wn, Un, r, z, hu, n)


def gru_backward(dnext, cache):
    """
    Returns:
    dx -- gradient of the cost with respect to x
    dh -- gradient of the cost with respect to h
    dWr -- gradient of the cost with respect to Wr
    dUr -- gradient of the cost with respect to Ur
    dWz -- gradient of the cost with respect to Wz
    dUz -- gradient of the cost with respect to Uz
    dWn -- gradient of the cost with respect to Wn
    dUn -- gradient of the cost with respect to Un
    """
    x, h, Wr, Ur, Wz, Uz, Wn, Un, r, z, hu, n = cache
    dn = dnext * (1 - z)
    dz = dnext * (h - n)
    dh = dnext * z
    dan = dn * (1 - n ** 2)
    dhu = dan * r
    dr = dan * hu
    daz = dz * z * (1 - z)
    dar = dr * r * (1 - r)
    dx = dan @ Wn.T
    dx += daz @ Wz.T
    dx += dar @ Wr.T
    dh += dhu @ Un.T
    dh += daz @ Uz.T
    dh += dar @ Ur.T
    dWr, dUr = x.T @ dar, h.T @ dar
    dWz, dUz = x.T @ daz, h.T @ daz
    dWn, dUn = x.T @ dan, h.T @ dhu
    return dx, dh, dWr, dUr, dWz, dUz, dWn, dUn
