#: affine with cache
import numpy as np
def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1).dot(w) + b
    return out, (x, w, b)
def affine_backward(dout, cache):
    x, w, b = cache
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T.dot(dout)
    db = dout.sum(axis=0)
    return dx, dw, db
x = np.linspace(-0.5, 0.5, 24).reshape(2, 3, 4)
w = np.arange(24.).reshape(12, 2) / 10
b = np.array([1.0, -1.0])
out, cache = affine_forward(x, w, b)
dx, dw, db = affine_backward(np.ones_like(out), cache)
print(out.round(6).tolist(), dx.shape, dw.sum().round(6), db)
#: in-place and aliasing
import numpy as np
x = np.arange(6).reshape(2, 3)
y = x[0]
y[1] = 50
y += 1
print(x.tolist(), y.tolist())
z = x.copy()
z[:] = 0
print(x.tolist(), z.tolist())
def mutate(a):
    a -= 1
    a = a * 0
    return a
r = mutate(x)
print(x.tolist(), r.tolist())
x[x > 3] = -1
x[0, 1:] = [7, 8]
x[:, 0] *= 10
print(x.tolist())
m = x > 0
print(m.tolist(), x[m].tolist(), (~m).sum(), m.any(), m.all())
#: masks and fancy indices
import numpy as np
p = np.array([[0.2, 0.3, 0.5], [0.1, 0.8, 0.1]])
y = np.array([2, 1])
N = p.shape[0]
print(p[np.arange(N), y], p[range(N), y], -np.log(p[np.arange(N), y]).sum() / N)
d = p.copy()
d[np.arange(N), y] -= 1
d /= N
print(d.tolist())
W = np.zeros((3, 2))
np.add.at(W, [0, 0, 2], np.ones((3, 2)))
print(W.tolist())
#: numpy scalars and python numbers
import numpy as np
s = np.array([1.0, 2.0]).sum()
print(type(s).__name__, isinstance(s, float), s + 1, 2 * s, s == 3, float(s), int(s), bool(s), s.shape, s.dtype)
i = np.array([1, 2])[0]
print(type(i).__name__, isinstance(i, int), [10, 20, 30][i], i // 2, list(range(i)), i + 0.5, 'ab' * int(i))
print(np.float64(3) / 2, round(float(s), 1), max(s, 1), abs(-s), '%.2f' % s, f'{s:.3f}')
#: division of numpy scalars warns only
import numpy as np
with np.errstate(all='ignore'):
    print(np.float64(1) / 0, np.array([1.0, -1.0, 0.0]) / 0)
#: reflected operators
import numpy as np
a = np.array([1.0, 2.0])
print((1 - a).tolist(), (2 / a).tolist(), (2 ** a).tolist(), (-a).tolist(), (a % 2).tolist(), (a // 2).tolist(), (3 > a).tolist(), (a == 1).tolist(), (a != a).tolist(), (a @ a))
print(([1, 2] + a).tolist(), (a * [3, 4]).tolist(), ((1, 1) - a).tolist())
#: augmented assignment with broadcasting
import numpy as np
a = np.zeros((2, 3))
a += np.array([1, 2, 3])
a[0] -= 1
a[:, 1] /= 2
a *= -1
print(a.tolist())
i = np.array([1, 2, 3])
i += 1
i *= 2
try:
    i += 0.5
except TypeError as e:
    print('TypeError')
print(i.tolist())
b = 3
b += np.ones(2)
print(b.tolist())
#: errors of shapes
import numpy as np
def t(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
a, b = np.ones((2, 3)), np.ones((4, 5))
t(lambda: a + b)
t(lambda: a.dot(b))
t(lambda: a @ b)
t(lambda: a.reshape(4))
t(lambda: a[5])
t(lambda: a[0, 0, 0])
t(lambda: bool(a))
t(lambda: a.foo)
t(lambda: np.concatenate([a, b]))
t(lambda: 'x' + a.shape)
t(lambda: np.sum(a, axis=2))
t(lambda: [1, 2][a])
#: iteration over arrays
import numpy as np
a = np.arange(4).reshape(2, 2)
for row in a:
    print(row.tolist(), [int(v) for v in row])
r, s = a
print(r.tolist(), s.tolist(), len(a), [x.shape for x in a], list(zip(a.tolist(), 'ab')), sum(a).tolist())
for i, j in np.argwhere(a > 1):
    print(int(i), int(j))
#: shapes as values
import numpy as np
x = np.zeros((2, 3, 4))
N, C, H = x.shape
print(N, C, H, x.shape[1:], x.shape == (2, 3, 4), x.ndim, x.size, x.T.shape, x.transpose(1, 0, 2).shape, x[:, None].shape, x[..., 0].shape, x.shape + (5,), np.prod(x.shape[1:]), type(N).__name__)
print(np.zeros(x.shape[:2]).shape, x.reshape(-1, 4).shape, x.sum((0, 2)).shape, x.mean(axis=(0, 1), keepdims=True).shape)
#: truth of arrays of one element
import numpy as np
if np.array([1.0]): print('yes')
if not np.array(0): print('no')
x = np.array(5.0)
print(x > 3, float(x), x.item(), x.shape, bool(x))
while x > 3:
    x = x - 1
print(x)
#: dictionaries of parameters
import numpy as np
params = {}
dims = [4, 3, 2]
for l in range(1, len(dims)):
    params['W%d' % l] = np.ones((dims[l], dims[l - 1])) * 0.1
    params['b' + str(l)] = np.zeros((dims[l], 1))
A = np.ones((4, 5))
caches = []
for l in range(1, len(dims)):
    Z = params[f'W{l}'] @ A + params[f'b{l}']
    caches.append((A, Z))
    A = np.maximum(0, Z)
grads = {}
dA = np.ones_like(A)
for l in reversed(range(1, len(dims))):
    A_prev, Z = caches[l - 1]
    dZ = dA * (Z > 0)
    grads['dW' + str(l)] = dZ @ A_prev.T
    grads['db' + str(l)] = dZ.sum(axis=1, keepdims=True)
    dA = params['W' + str(l)].T @ dZ
print({k: (v.shape, round(float(v.sum()), 6)) for k, v in grads.items()})
for k in params:
    params[k] -= 0.1 * grads['d' + k]
print({k: round(float(v.sum()), 6) for k, v in params.items()})
#: a layer class
import numpy as np
class Relu:
    def __init__(self): self.mask = None
    def forward(self, x):
        self.mask = (x <= 0)
        out = x.copy()
        out[self.mask] = 0
        return out
    def backward(self, dout):
        dout[self.mask] = 0
        return dout
r = Relu()
x = np.array([[1.0, -0.5], [-2.0, 3.0]])
print(r.forward(x).tolist(), r.backward(np.ones((2, 2))).tolist())
#: max pool in loops
import numpy as np
x = np.arange(32, dtype=float).reshape(1, 2, 4, 4) % 7
out = np.zeros((1, 2, 2, 2))
for n in range(1):
    for c in range(2):
        for i in range(2):
            for j in range(2):
                w = x[n, c, i * 2:i * 2 + 2, j * 2:j * 2 + 2]
                out[n, c, i, j] = np.max(w)
dx = np.zeros_like(x)
for n in range(1):
    for c in range(2):
        for i in range(2):
            for j in range(2):
                w = x[n, c, i * 2:i * 2 + 2, j * 2:j * 2 + 2]
                a, b = np.unravel_index(np.argmax(w), w.shape)
                dx[n, c, i * 2 + a, j * 2 + b] += out[n, c, i, j]
                m = w == np.max(w)
print(out.tolist(), dx.tolist())
#: dtype arguments by python types
import numpy as np
print(np.zeros(2, dtype=int).dtype, np.array([1, 2], dtype=float).tolist(), np.arange(3).astype(bool).tolist(), np.ones(2, dtype=np.float32).dtype, np.array([1.5]).astype(int).tolist(), np.array([1, 2]).dtype == int, np.dtype('float32') == np.float32, np.float32(1.5), np.int64(3))
#: isinstance and arrays
import numpy as np
print(isinstance(np.ones(2), np.ndarray), isinstance(1.0, np.ndarray), isinstance(np.float64(1), np.floating), isinstance(np.int64(1), np.integer), isinstance(np.float32(1), float), type(np.ones(1)).__name__, np.isscalar(3.0))
#: functions as values
import numpy as np
fs = {'exp': np.exp, 'relu': lambda v: np.maximum(v, 0)}
print({k: round(float(f(np.array([1.0])).sum()), 6) for k, f in fs.items()}, list(map(np.sqrt, [4.0, 9.0])), np.add.reduce([1, 2, 3]), np.maximum.reduce(np.array([[1, 5], [3, 2]])).tolist(), np.multiply.outer([1, 2], [3, 4]).tolist())
#: out of the loop with numpy bools
import numpy as np
x = np.array([3, 0, 2])
print([i for i, v in enumerate(x) if v], all(x), any(x == 0), sorted(x.tolist()), 3 in x, 9 in x, sum(x > 1), x.tolist().index(2))
#: seeds
import numpy as np
np.random.seed(0)
a = np.random.randn(2, 2)
np.random.seed(0)
print(np.allclose(a, np.random.randn(2, 2)), np.random.rand(3).shape, a.round(6).tolist())
rng = np.random.RandomState(1)
print(rng.randn(2).round(6).tolist(), np.random.default_rng(3).random(2).round(6).tolist())
mask = (np.random.rand(2, 3) < 0.5) / 0.5
print(mask.shape)
#: numpy in classes with operators
import numpy as np
class T:
    __array_priority__ = 1000
    def __init__(self, d): self.d = np.asarray(d)
    def __mul__(self, o): return T(self.d * (o.d if isinstance(o, T) else o))
    __rmul__ = __mul__
    def __getitem__(self, i): return T(self.d[i])
    @property
    def shape(self): return self.d.shape
t = T([1.0, 2.0])
print((t * 2).d.tolist(), (2 * t).d.tolist(), t[0].d, t.shape, (t * t).d.tolist())
#: c_ and newaxis
import numpy as np
print(np.c_[np.array([1, 2]), np.array([3, 4])].tolist(), np.arange(3)[:, np.newaxis].shape, np.array([[1, 2]]).T.tolist(), np.r_[1, 2, np.array([3])].tolist())
#: linalg and submodules
import numpy as np
from numpy.linalg import norm
import numpy.random as npr
from numpy import exp, zeros as Z
print(np.linalg.norm(np.array([3.0, 4.0])), norm([3.0, 4.0]), exp(0.0), Z(2).tolist(), npr.rand(2).shape)
#: numerical gradients with nditer
import numpy as np
def numerical(f, x, h=1e-5):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        ix = it.multi_index
        old = x[ix]
        x[ix] = old + h
        up = f(x)
        x[ix] = old - h
        down = f(x)
        x[ix] = old
        grad[ix] = (up - down) / (2 * h)
        it.iternext()
    return grad
x = np.arange(6.0).reshape(2, 3)
print(numerical(lambda v: np.sum(v ** 2), x).round(4).tolist())
for v in np.nditer(x, op_flags=['readwrite']):
    v[...] = v * 2
print(x.tolist(), [i for i in np.ndindex(2, 2)], [(i, float(v)) for i, v in np.ndenumerate(x[:1])])
#: vectorize and apply
import numpy as np
f = np.vectorize(lambda a, b: a if a > b else b)
print(f(np.array([1, 5]), np.array([3, 2])).tolist(), f([[1.5], [0.5]], 1.0).tolist())
#: matmul variants and flat
import numpy as np
a = np.arange(6).reshape(2, 3)
print((a @ a.T).tolist(), np.dot(a, [1, 2, 3]).tolist(), [int(v) for v in a.flat], a.T.flatten().tolist(), a.ravel()[2])
#: where and clip as expressions
import numpy as np
x = np.array([-1.0, 0.5, 2.0])
print(np.where(x > 0, x, 0.1 * x).tolist(), np.clip(x, 0, 1).tolist(), (x * (x > 0)).tolist(), np.maximum(x, 0).tolist(), np.where(x > 0)[0].tolist())
#: views from transposes and slices write through
import numpy as np
a = np.zeros((2, 3))
t = a.T
t[0, 1] = 5
b = a.reshape(3, 2)
b[2, 1] = 7
c = a[:, ::2]
c += 1
print(a.tolist(), t.tolist())
#: default arguments with arrays and mutation of inputs
import numpy as np
def step(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('velocity', np.zeros_like(w))
    v = 0.9 * config['velocity'] - config['learning_rate'] * dw
    w += v
    config['velocity'] = v
    return w, config
w = np.ones(3)
w2, c = step(w, np.ones(3))
w2, c = step(w2, np.ones(3), c)
print(w.tolist(), w is w2, sorted(c))
#: a name that NumPy does not have
import numpy as np
try:
    np.multipy(1, 2)
except AttributeError as e:
    print(e)
try:
    np.random.rnadn(3)
except AttributeError as e:
    print(e)
#: star import of numpy
from numpy import *
print(exp(0.0), random.RandomState(0).rand(1).round(6).tolist(), sum(array([[1, 2], [3, 4]]), axis=0).tolist(), float64(1), linalg.norm([3.0, 4.0]), pi > 3)
#: scalars squeezed
import numpy as np
cost = np.squeeze(np.array([[2.0]]).sum())
print(type(cost).__name__, isinstance(cost, float), cost.shape, np.squeeze(np.array([[17.0]])), np.squeeze(np.array([[17.0]])).shape)
try:
    np.float64(1).dot(np.ones(3))
except AttributeError as e:
    print(e)
