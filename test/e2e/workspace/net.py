from helper import product


def linear_forward(x, w):
    """
    - x: of shape (N, D)
    - w: of shape (D, M)
    """
    out = product(x, w)
    return out, (x, w)


def linear_backward(dout, cache):
    x, w = cache
    dx = dout.dot(w.T)
    dw = x.T.dot(dout)
    return dx, dw
