import numpy as np


# backprop: X (N, D), y (N,), w (D,), b (), lam 0.3
def linear_regression(X, y, w, b, lam):
    N = X.shape[0]
    residual = X @ w + b - y
    loss = 0.5 * np.sum(residual ** 2) / N + 0.5 * lam * np.sum(w ** 2)
    dresidual = residual / N
    dw = X.T @ dresidual + lam * w
    db = np.sum(dresidual)
    grads = {'w': dw, 'b': db}
    return loss, grads
