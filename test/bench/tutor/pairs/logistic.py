import numpy as np


def propagate(w, b, X, Y):
    """
    w -- weights, a numpy array of size (n_x, 1)
    b -- bias, a scalar
    X -- data of size (n_x, m)
    Y -- true "label" vector (containing 0 or 1) of size (1, m)
    """
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
    cost = -1 / m * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    dZ = A - Y
    dw = 1 / m * np.dot(X, dZ.T)
    db = 1 / m * np.sum(dZ)
    grads = {'dw': dw, 'db': db}
    return grads, cost
