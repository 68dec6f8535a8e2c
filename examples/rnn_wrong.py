"""A recurrent network whose backward forgets the gradient that arrives at each step."""
import numpy as np


def rnn_forward(x, h0, Wx, Wh):
    """
    Inputs:
    - x: sequences, of shape (N, T, D)
    - h0: first hidden state, of shape (N, H)
    - Wx: of shape (D, H)
    - Wh: of shape (H, H)
    """
    N, T, D = x.shape
    H = h0.shape[1]
    h = np.zeros((N, T, H))
    previous = h0
    for t in range(T):
        previous = np.tanh(x[:, t].dot(Wx) + previous.dot(Wh))
        h[:, t] = previous
    return h, (x, h0, h, Wx, Wh)


def rnn_backward(dh, cache):
    x, h0, h, Wx, Wh = cache
    N, T, H = dh.shape
    dx = np.zeros_like(x)
    dWx = np.zeros_like(Wx)
    dWh = np.zeros_like(Wh)
    dprevious = dh[:, T - 1]
    for t in reversed(range(T)):
        da = dprevious * (1 - h[:, t] ** 2)     # dh[:, t] arrives here too
        dx[:, t] = da.dot(Wx.T)
        dWx += x[:, t].T.dot(da)
        before = h[:, t - 1] if t > 0 else h0
        dWh += before.T.dot(da)
        dprevious = da.dot(Wh.T)
    dh0 = dprevious
    return dx, dh0, dWx, dWh
