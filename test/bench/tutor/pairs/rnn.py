import numpy as np


# backprop: x (N, T, D), h0 (N, H), Wx (D, H), Wh (H, H), b (H,)
def rnn_forward(x, h0, Wx, Wh, b):
    N, T, D = x.shape
    h = np.zeros((N, T, h0.shape[1]))
    prev = h0
    for t in range(T):
        prev = np.tanh(x[:, t, :] @ Wx + prev @ Wh + b)
        h[:, t, :] = prev
    return h, (x, h0, Wx, Wh, h)


def rnn_backward(dh, cache):
    """Returns dx, dh0, dWx, dWh, db."""
    x, h0, Wx, Wh, h = cache
    N, T, H = dh.shape
    dx = np.zeros_like(x)
    dWx = np.zeros_like(Wx)
    dWh = np.zeros_like(Wh)
    db = np.zeros(H)
    dprev = np.zeros((N, H))
    for t in reversed(range(T)):
        before = h[:, t - 1, :] if t > 0 else h0
        dcurrent = dh[:, t, :] + dprev
        dz = dcurrent * (1 - h[:, t, :] ** 2)
        dx[:, t, :] = dz @ Wx.T
        dWx += x[:, t, :].T @ dz
        dWh += before.T @ dz
        db += dz.sum(axis=0)
        dprev = dz @ Wh.T
    dh0 = dprev
    return dx, dh0, dWx, dWh, db
