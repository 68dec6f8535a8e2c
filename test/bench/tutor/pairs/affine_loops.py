import numpy as np


def affine_loops_forward(x, w, b):
    """
    - x: numpy array of shape (N, D)
    - w: numpy array of shape (D, M)
    - b: numpy array of shape (M,)
    """
    N, D = x.shape
    M = w.shape[1]
    out = np.zeros((N, M))
    for i in range(N):
        for j in range(M):
            out[i, j] = b[j]
            for k in range(D):
                out[i, j] += x[i, k] * w[k, j]
    return out, (x, w, b)


def affine_loops_backward(dout, cache):
    """Returns dx, dw, db."""
    x, w, b = cache
    N, D = x.shape
    M = w.shape[1]
    dx = np.zeros((N, D))
    dw = np.zeros((D, M))
    db = np.zeros(M)
    for i in range(N):
        for j in range(M):
            db[j] += dout[i, j]
            for k in range(D):
                dx[i, k] += w[k, j] * dout[i, j]
                dw[k, j] += x[i, k] * dout[i, j]
    return dx, dw, db
