import numpy as np


class Dropout:
    def __init__(self, p=0.4):
        self.p = p

    def forward(self, x):
        """
        - x: numpy array of shape (N, D)
        """
        keep = 1 - self.p
        self.mask = (np.random.rand(*x.shape) < keep) / keep
        return x * self.mask

    def backward(self, dout):
        dx = dout * self.mask
        return dx
