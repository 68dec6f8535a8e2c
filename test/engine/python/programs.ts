/** Small programs of the kind that people write, for the tests that cut them up. */
export const PROGRAMS: Readonly<Record<string, string>> = {
  layers: `import numpy as np
from cs231n.layers import *


def affine_forward(x, w, b):
    """
    Inputs:
    - x: of shape (N, d_1, ..., d_k)
    """
    N = x.shape[0]  # minibatch
    out = x.reshape(N, -1).dot(w) + b
    cache = (x, w, b)
    return out, cache


def max_pool_backward(dout, cache):
    x, pool_param = cache
    HH, stride = pool_param['pool_height'], pool_param.get("stride", 2)
    dx = np.zeros_like(x)
    for n in range(dout.shape[0]):
        for i in range(0, HH, stride):
            window = x[n, :, i * stride:i * stride + HH]
            if window.max() > 0.:
                dx[n, :, i:i + HH] += (window == np.max(window)) * dout[n, :, i, None]
            elif not (i and n) or i is not None:
                pass
            else:
                dx[..., ::-1] *= 1e-8
    dw = np.dot(x.reshape(x.shape[0],
                          -1).T, dout)
    return dx, \\
        dw
`,
  classes: `class Sigmoid(Layer):
    '''A layer.'''
    count: int = 0

    def __init__(self, *sizes, name=None, **options):
        self.W = {f"W{i}": np.random.randn(a, b) for i, (a, b) in enumerate(zip(sizes, sizes[1:]))}
        self.out = None

    @staticmethod
    def forward(ctx, x, p=0.5):
        mask = (np.random.rand(*x.shape) < p) / p
        return 1 / (1 + np.exp(-x)) if x.ndim else lambda t: t ** 2

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), '+')
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out


if __name__ == "__main__":
    try:
        with open('data', "rb") as f:
            print("%d: %s" % (len(f.read()), f'{f!r:>{10}} {{}}'))
    except (IOError, ValueError) as e:
        raise RuntimeError("no data") from e
    finally:
        assert True, "never"
    while True: break
    print([i for i in range(3) if i % 2], end='')
`,
  script: `x = -2; y = 5
z = -4
q = x + y
f = q * z
dfdz, dfdq = q, z
dfdx = 1.0 * dfdq
w = [2, -3, -3]
dot = w[0]*x + w[1]*y + w[2]
grads = {'w': [(1 - f) * f * i for i in w], 'x': 0x1F, 3: """multi
line"""}
del z
for i, v in enumerate(w): w[i] -= .01 * v
`,
};
