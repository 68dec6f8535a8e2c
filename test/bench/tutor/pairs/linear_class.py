import numpy as np


class Linear:
    def __init__(self, in_features=4, out_features=3):
        self.W = np.random.randn(out_features, in_features)
        self.b = np.random.randn(out_features)

    def forward(self, x):
        """
        - x: numpy array of shape (N, 4)
        """
        self.x = x
        return x @ self.W.T + self.b

    def backward(self, grad_output):
        self.dW = grad_output.T @ self.x
        self.db = grad_output.sum(axis=0)
        grad_input = grad_output @ self.W
        return grad_input
