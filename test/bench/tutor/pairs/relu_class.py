import numpy as np


class ReLU:
    def forward(self, x):
        """
        - x: numpy array of shape (N, D)
        """
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout = dout.copy()
        dout[self.mask] = 0
        dx = dout
        return dx
