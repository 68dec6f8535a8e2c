import numpy as np

np.random.seed(0)
X = np.random.randn(5, 4)
Y = np.random.randn(5, 3)
W1 = np.random.randn(4, 6)
b1 = np.random.randn(6)
W2 = np.random.randn(6, 3)
b2 = np.random.randn(3)

z1 = X.dot(W1) + b1
a1 = np.tanh(z1)
z2 = a1.dot(W2) + b2
loss = 0.5 * np.sum((z2 - Y) ** 2) / 5

dz2 = (z2 - Y) / 5
dW2 = a1.T.dot(dz2)
db2 = dz2.sum(axis=0)
da1 = dz2.dot(W2.T)
dz1 = da1 * (1 - a1 ** 2)
dW1 = X.T.dot(dz1)
db1 = dz1.sum(axis=0)
