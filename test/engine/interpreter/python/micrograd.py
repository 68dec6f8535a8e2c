#: a scalar engine
import math
class Value:
    def __init__(self, data, _children=(), _op='', label=''):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._prev = set(_children)
        self._op = _op
        self.label = label
    def __repr__(self):
        return f"Value(data={self.data})"
    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), '+')
        def _backward():
            self.grad += 1.0 * out.grad
            other.grad += 1.0 * out.grad
        out._backward = _backward
        return out
    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), '*')
        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out
    def __pow__(self, other):
        assert isinstance(other, (int, float)), "only int/float powers"
        out = Value(self.data ** other, (self,), f'**{other}')
        def _backward():
            self.grad += other * (self.data ** (other - 1)) * out.grad
        out._backward = _backward
        return out
    def __rmul__(self, other): return self * other
    def __radd__(self, other): return self + other
    def __truediv__(self, other): return self * other ** -1
    def __neg__(self): return self * -1
    def __sub__(self, other): return self + (-other)
    def __rsub__(self, other): return other + (-self)
    def tanh(self):
        x = self.data
        t = (math.exp(2 * x) - 1) / (math.exp(2 * x) + 1)
        out = Value(t, (self,), 'tanh')
        def _backward():
            self.grad += (1 - t ** 2) * out.grad
        out._backward = _backward
        return out
    def relu(self):
        out = Value(0 if self.data < 0 else self.data, (self,), 'ReLU')
        def _backward():
            self.grad += (out.data > 0) * out.grad
        out._backward = _backward
        return out
    def backward(self):
        topo = []
        visited = set()
        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)
        build_topo(self)
        self.grad = 1.0
        for node in reversed(topo):
            node._backward()
a = Value(2.0, label='a'); b = Value(-3.0, label='b'); c = Value(10.0)
e = a * b
d = e + c
f = Value(-2.0)
L = d * f
L.backward()
print(L, a.grad, b.grad, c.grad, f.grad)
x1 = Value(2.0); x2 = Value(0.0); w1 = Value(-3.0); w2 = Value(1.0); bias = Value(6.8813735870195432)
o = (x1 * w1 + x2 * w2 + bias).tanh()
o.backward()
print(round(o.data, 6), round(x1.grad, 6), round(w1.grad, 6), round(w2.grad, 6), round(x2.grad, 6))
z = (a + b * 2 - 1) / (c ** 2) + (3 - a).relu()
z.backward()
print(round(z.data, 6), round(a.grad, 6), round(b.grad, 6))
#: a multiply gate
class MultiplyGate(object):
    def forward(self, x, y):
        self.x = x
        self.y = y
        return x * y
    def backward(self, dz):
        return [self.y * dz, self.x * dz]
g = MultiplyGate()
print(g.forward(3.0, -4.0), g.backward(2.0))
#: the circuit
x = -2; y = 5; z = -4
q = x + y
f = q * z
dfdz = q
dfdq = z
dfdx = 1.0 * dfdq
dfdy = 1.0 * dfdq
print(q, f, dfdx, dfdy, dfdz)
#: the sigmoid neuron
import math
w = [2, -3, -3]
x = [-1, -2]
dot = w[0] * x[0] + w[1] * x[1] + w[2]
f = 1.0 / (1 + math.exp(-dot))
ddot = (1 - f) * f
dx = [w[0] * ddot, w[1] * ddot]
dw = [x[0] * ddot, x[1] * ddot, 1.0 * ddot]
print(f, dx, dw)
#: layers in lists
class Linear:
    def __init__(self, w): self.w = w
    def __call__(self, x):
        self.x = x
        return self.w * x
    def backward(self, g):
        self.dw = g * self.x
        return g * self.w
layers = [Linear(2), Linear(3), Linear(-1)]
x = 5
for l in layers:
    x = l(x)
g = 1
for l in reversed(layers):
    g = l.backward(g)
print(x, g, [l.dw for l in layers], {type(l).__name__ for l in layers})
#: a module tree
import random
class Module:
    def parameters(self): return []
    def zero_grad(self):
        for p in self.parameters():
            p['g'] = 0
class Neuron(Module):
    def __init__(self, nin):
        self.w = [{'v': i + 1, 'g': 9} for i in range(nin)]
        self.b = {'v': 0, 'g': 9}
    def __call__(self, x):
        return sum((wi['v'] * xi for wi, xi in zip(self.w, x)), self.b['v'])
    def parameters(self): return self.w + [self.b]
class Layer(Module):
    def __init__(self, nin, nout):
        self.neurons = [Neuron(nin) for _ in range(nout)]
    def __call__(self, x):
        out = [n(x) for n in self.neurons]
        return out[0] if len(out) == 1 else out
    def parameters(self):
        return [p for n in self.neurons for p in n.parameters()]
class MLP(Module):
    def __init__(self, nin, nouts):
        sz = [nin] + nouts
        self.layers = [Layer(sz[i], sz[i + 1]) for i in range(len(nouts))]
    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]
m = MLP(2, [3, 1])
m.zero_grad()
print(m([1, 2]), len(m.parameters()), {p['g'] for p in m.parameters()})
