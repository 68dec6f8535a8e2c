import numpy as np


# backprop: x (N, D), W1 (D, H), b1 (H,), W2 (H, K), b2 (K,), W3 (K, C), b3 (C,)
def mlp_forward(x, W1, b1, W2, b2, W3, b3):
    z1 = x @ W1 + b1
    h1 = np.maximum(z1, 0)
    z2 = h1 @ W2 + b2
    h2 = np.tanh(z2)
    out = h2 @ W3 + b3
    return out, (x, W1, W2, W3, z1, h1, h2)


def mlp_backward(dout, cache):
    """
    Returns a tuple of:
    - dx: gradient with respect to x
    - dW1: gradient with respect to W1
    - db1: gradient with respect to b1
    - dW2: gradient with respect to W2
    - db2: gradient with respect to b2
    - dW3: gradient with respect to W3
    - db3: gradient with respect to b3
    """
    x, W1, W2, W3, z1, h1, h2 = cache
    dW3 = h2.T @ dout
    db3 = dout.sum(0)
    dh2 = dout @ W3.T
    dz2 = dh2 * (1 - h2 * h2)
    dW2 = h1.T @ dz2
    db2 = dz2.sum(0)
    dh1 = dz2 @ W2.T
    dz1 = dh1.copy()
    dz1[z1 <= 0] = 0
    dW1 = x.T @ dz1
    db1 = dz1.sum(0)
    dx = dz1 @ W1.T
    return dx, dW1, db1, dW2, db2, dW3, db3
