import numpy as np


class Sigmoid:
    def forward(self, x):
        """
        - x: numpy array of shape (N, D)
        """
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        dx = dout * (1.0 - self.out) * self.out
        return dx
