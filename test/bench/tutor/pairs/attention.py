import numpy as np


def attention_forward(Q, K, V):
    """
    - Q: numpy array of shape (T, D)
    - K: numpy array of shape (S, D)
    - V: numpy array of shape (S, M)
    """
    scale = 1 / np.sqrt(Q.shape[1])
    scores = Q @ K.T * scale
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    A = exps / exps.sum(axis=1, keepdims=True)
    out = A @ V
    return out, (Q, K, V, A, scale)


def attention_backward(dout, cache):
    """
    Returns:
    dQ -- gradient of the cost with respect to Q
    dK -- gradient of the cost with respect to K
    dV -- gradient of the cost with respect to V
    """
    Q, K, V, A, scale = cache
    dV = A.T @ dout
    dA = dout @ V.T
    dscores = A * (dA - np.sum(dA * A, axis=1, keepdims=True))
    dscores = dscores * scale
    dQ = dscores @ K
    dK = dscores.T @ Q
    return dQ, dK, dV
