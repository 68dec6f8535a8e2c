import numpy as np


# backprop: x (N, T), w (K,), b ()
def conv1d_forward(x, w, b):
    N, T = x.shape
    K = w.shape[0]
    out = np.zeros((N, T - K + 1))
    for t in range(T - K + 1):
        out[:, t] = x[:, t:t + K] @ w + b
    return out, (x, w)


def conv1d_backward(dout, cache):
    """Returns dx, dw, db."""
    x, w = cache
    K = w.shape[0]
    dx = np.zeros_like(x)
    dw = np.zeros_like(w)
    for t in range(dout.shape[1]):
        dx[:, t:t + K] += np.outer(dout[:, t], w)
        dw += x[:, t:t + K].T @ dout[:, t]
    db = dout.sum()
    return dx, dw, db
