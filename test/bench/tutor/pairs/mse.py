import numpy as np


def mse_loss(pred, target):
    """
    - pred: numpy array of shape (N, D)
    - target: numpy array of shape (N, D)
    """
    N, D = pred.shape
    diff = pred - target
    loss = np.sum(diff ** 2) / (N * D)
    dpred = 2 * diff / (N * D)
    return loss, dpred
