import numpy as np


def svm_loss(x, y):
    """
    The multiclass hinge loss.

    Inputs:
    - x: scores, of shape (N, C)
    - y: labels, of shape (N,), where 0 <= y[i] < C

    Returns a tuple of:
    - loss: a scalar
    - dx: gradient of the loss with respect to x
    """
    N = x.shape[0]
    correct = x[np.arange(N), y][:, None]
    margins = np.maximum(0, x - correct + 1.0)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N
    dmargins = (margins > 0).astype(float)
    dx = dmargins / N
    dx[np.arange(N), y] -= dmargins.sum(axis=1) / N
    return loss, dx


def softmax_loss(x, y):
    """
    The cross-entropy of a softmax.

    Inputs:
    - x: scores, of shape (N, C)
    - y: labels, of shape (N,), where 0 <= y[i] < C
    """
    N = x.shape[0]
    shifted = x - np.max(x, axis=1, keepdims=True)
    log_sum = np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    log_probs = shifted - log_sum
    probs = np.exp(log_probs)
    loss = -np.sum(log_probs[np.arange(N), y]) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


def mse_loss(prediction, target):
    """
    Half the mean squared error.

    Inputs:
    - prediction: of shape (N, M)
    - target: of shape (N, M)
    """
    difference = prediction - target
    loss = 0.5 * np.mean(difference ** 2)
    dprediction = difference / difference.size
    return loss, dprediction
