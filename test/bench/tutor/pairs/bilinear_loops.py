import numpy as np


def bilinear_loops_forward(x, y, A, b):
    """
    - x: numpy array of shape (N, D)
    - y: numpy array of shape (N, E)
    - A: numpy array of shape (D, E)
    - b: numpy array of shape (N,)
    """
    N, D = x.shape
    E = y.shape[1]
    out = np.zeros(N)
    for n in range(N):
        out[n] = x[n] @ A @ y[n] + b[n]
    return out, (x, y, A)


def bilinear_loops_backward(dout, cache):
    """
    Returns a tuple of:
    - dx: gradient with respect to x
    - dy: gradient with respect to y
    - dA: gradient with respect to A
    - db: gradient with respect to b
    """
    x, y, A = cache
    N, D = x.shape
    dx = np.zeros_like(x)
    dy = np.zeros_like(y)
    dA = np.zeros_like(A)
    db = dout.copy()
    for n in range(N):
        for d in range(D):
            dx[n, d] += dout[n] * (A[d] @ y[n])
            dy[n] += dout[n] * x[n, d] * A[d]
            dA[d] += dout[n] * x[n, d] * y[n]
    return dx, dy, dA, db
