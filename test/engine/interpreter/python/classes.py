#: classes and instances
class A:
    kind = 'a'
    def __init__(self, x):
        self.x = x
    def double(self):
        return self.x * 2
a = A(3)
print(a.x, a.double(), A.double(a), a.kind, A.kind)
a.kind = 'own'
A.kind = 'changed'
print(a.kind, A(1).kind)
a.y = 5
print(a.__dict__, hasattr(a, 'y'), hasattr(a, 'z'), getattr(a, 'z', 7))
setattr(a, 'w', 1)
print(a.w, a.__class__.__name__, type(a) is A, isinstance(a, A), A.__name__)
del a.w
try:
    a.w
except AttributeError as e:
    print(e)
try:
    A.nothing
except AttributeError as e:
    print(e)
#: inheritance
class Base:
    def __init__(self, n=1):
        self.n = n
    def hello(self):
        return 'base' + self.name()
    def name(self):
        return 'B'
class Derived(Base):
    def __init__(self, n):
        super().__init__(n + 1)
        self.extra = True
    def name(self):
        return 'D' + super().name()
d = Derived(5)
print(d.n, d.extra, d.hello(), isinstance(d, Base), issubclass(Derived, Base), Derived.__mro__[1].__name__, Derived.__bases__[0] is Base)
class Old(Base):
    def __init__(self):
        Base.__init__(self, 7)
        super(Old, self).__init__(8)
print(Old().n)
#: diamond
class A:
    def f(self): return ['A']
class B(A):
    def f(self): return ['B'] + super().f()
class C(A):
    def f(self): return ['C'] + super().f()
class D(B, C):
    def f(self): return ['D'] + super().f()
print(D().f(), [c.__name__ for c in D.__mro__])
try:
    class E(A, B): pass
except TypeError as e:
    print('TypeError')
#: static and class methods
class A:
    count = 0
    @staticmethod
    def s(x):
        return x + 1
    @classmethod
    def make(cls, n):
        cls.count += 1
        obj = cls()
        obj.n = n
        return obj
class B(A): pass
print(A.s(1), A().s(2), B.make(3).n, type(B.make(1)) is B, A.count, B.count)
#: properties
class C:
    def __init__(self):
        self._t = 1
    @property
    def t(self):
        return self._t * 10
    @t.setter
    def t(self, value):
        self._t = value
    @property
    def ro(self):
        return 'ro'
c = C()
print(c.t)
c.t = 5
print(c.t, c.ro)
c.t += 1
print(c._t)
try:
    c.ro = 1
except AttributeError as e:
    print(e)
#: special methods for arithmetic
class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))
    def __radd__(self, o): return V(o + self.x)
    def __sub__(self, o): return V(self.x - o.x)
    def __mul__(self, o):
        if not isinstance(o, (int, float, V)): return NotImplemented
        return V(self.x * (o.x if isinstance(o, V) else o))
    __rmul__ = __mul__
    def __truediv__(self, o): return V(self.x / o.x)
    def __rtruediv__(self, o): return V(o / self.x)
    def __floordiv__(self, o): return V(self.x // o)
    def __mod__(self, o): return V(self.x % o)
    def __pow__(self, n): return V(self.x ** n)
    def __rpow__(self, n): return V(n ** self.x)
    def __matmul__(self, o): return 'mm'
    def __neg__(self): return V(-self.x)
    def __pos__(self): return self
    def __abs__(self): return V(abs(self.x))
    def __invert__(self): return 'inv'
    def __repr__(self): return f'V({self.x})'
a, b = V(3), V(4)
print(a + b, a + 1, 1 + a, a - b, a * b, 2 * a, a * 2, a / b, 1 / b, a // 2, a % 2, a ** 2, 2 ** a, a @ b, -a, +a, abs(V(-1)), ~a, sum([a, b]))
try:
    a * 'x'
except TypeError as e:
    print(e)
try:
    a - 1
except AttributeError as e:
    print(e)
try:
    1 - a
except TypeError as e:
    print(e)
#: in-place special methods
class Acc:
    def __init__(self): self.items = []
    def __iadd__(self, x):
        self.items.append(x)
        return self
    def __imul__(self, x):
        self.items = self.items * x
        return self
a = Acc()
b = a
a += 1
a += 2
a *= 2
print(b.items, a is b)
#: comparisons
class P:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return isinstance(o, P) and self.v == o.v
    def __lt__(self, o): return self.v < o.v
    def __le__(self, o): return self.v <= o.v
    def __hash__(self): return hash(self.v)
    def __repr__(self): return f'P{self.v}'
print(P(1) == P(1), P(1) != P(2), P(1) == 1, P(1) < P(2), P(2) > P(1), P(1) >= P(1), sorted([P(3), P(1)]), min(P(2), P(1)), P(1) in [P(1)])
#: containers
class Box:
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d.get(k, 'none')
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __len__(self): return len(self.d)
    def __contains__(self, k): return k in self.d
    def __iter__(self): return iter(self.d)
b = Box()
b['a'] = 1
b[1, 2] = 3
print(b['a'], b['q'], b[1, 2], len(b), 'a' in b, 'z' in b, list(b), bool(b), bool(Box()))
b['a'] += 5
del b[1, 2]
print(b.d, b[1:2])
#: iteration protocol
class Count:
    def __init__(self, n): self.i, self.n = 0, n
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
print(list(Count(3)), [x for x in Count(2)], sum(Count(4)))
class Seq:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * i
print(list(Seq()), 4 in Seq())
class Gen:
    def __iter__(self):
        yield 1
        yield 2
a, b = Gen()
print(a, b, [*Gen()])
#: callable objects
class F:
    def __init__(self, k): self.k = k
    def __call__(self, x, *, y=0): return self.k * x + y
f = F(3)
print(f(2), f(2, y=1), callable(f), callable(3), list(map(f, [1, 2])))
try:
    class G: pass
    G()()
except TypeError as e:
    print(e)
#: representation
class R:
    def __repr__(self): return 'R!'
class S(R):
    def __str__(self): return 'S!'
print(R(), [R()], S(), [S()], f'{S()} {S()!r}', str(R()), repr(S()), '%s %r' % (S(), S()))
#: __getattr__ and __setattr__
class G:
    def __init__(self): self.real = 1
    def __getattr__(self, name): return 'no ' + name
g = G()
print(g.real, g.fake)
class T:
    def __setattr__(self, name, value):
        object.__setattr__(self, name, value * 2)
t = T()
t.x = 5
print(t.x)
#: class attributes shared
class L:
    items = []
    def add(self, x): self.items.append(x)
L().add(1)
L().add(2)
print(L.items)
#: methods as values
class A:
    def f(self, x): return x + self.k
    k = 10
a = A()
g = a.f
print(g(1), list(map(a.f, [1, 2])), A.f(a, 5))
a.h = lambda x: x
print(a.h(3))
#: bool and len
class E:
    def __len__(self): return 0
class N:
    def __bool__(self): return False
print(bool(E()), bool(N()), 'y' if E() else 'n', not N(), len(E()))
#: class with no init and arguments
class A: pass
try:
    A(1)
except TypeError as e:
    print(e)
try:
    class B:
        def __init__(self): return 1
    B()
except TypeError as e:
    print(e)
#: nested classes and class bodies
class Outer:
    n = 3
    squares = [i * i for i in range(n)]
    class Inner:
        v = 'in'
    def get(self): return self.Inner.v
    if n > 2:
        flag = True
    for k in range(2):
        last = k
print(Outer.squares, Outer().get(), Outer.Inner().v, Outer.flag, Outer.last)
#: subclass of list and dict
class MyList(list):
    def total(self): return sum(self)
m = MyList([1, 2, 3])
m.append(4)
print(m.total(), len(m), m[0], m, isinstance(m, list), [x for x in m], m + [1])
class D(dict):
    def __missing__(self, k): return 'm' + k
    def __getattr__(self, k): return self[k]
d = D(a=1)
d['b'] = 2
print(d['a'], d['zz'], d.b, len(d), list(d), 'a' in d)
#: exceptions classes
class MyError(ValueError):
    def __init__(self, code, msg):
        super().__init__(msg)
        self.code = code
class Plain(Exception): pass
try:
    raise MyError(5, 'bad')
except ValueError as e:
    print(e.code, e, repr(e), isinstance(e, MyError))
try:
    raise Plain('a', 1)
except Plain as e:
    print(e, e.args)
try:
    raise Plain
except Plain as e:
    print(repr(e), str(e) == '')
#: type and dynamic classes
T = type('T', (), {'x': 5, 'f': lambda self: self.x + 1})
print(T().f(), T.__name__, type(T()).__name__)
#: new
class S:
    made = 0
    def __new__(cls, *args):
        cls.made += 1
        return super().__new__(cls)
    def __init__(self, v): self.v = v
print(S(3).v, S.made)
#: class decorators
def tag(cls):
    cls.tagged = True
    return cls
@tag
class A: pass
print(A.tagged)
#: abstract style
class Layer:
    def forward(self, x): raise NotImplementedError
    def __call__(self, x): return self.forward(x)
class Id(Layer):
    def forward(self, x): return x
print(Id()(5))
try:
    Layer()(1)
except NotImplementedError as e:
    print(repr(e))
class Abs(Layer):
    def forward(self, x): raise NotImplementedError('todo')
try:
    Abs()(1)
except NotImplementedError as e:
    print(e)
#: getattr with computed names
class M:
    pass
m = M()
for i in range(2):
    setattr(m, 'W%d' % i, i * 10)
print([getattr(m, 'W' + str(i)) for i in range(2)], sorted(vars(m)), m.__dict__['W1'])
#: multiple inheritance mixins
class Named:
    def who(self): return self.name
class Thing(Named):
    name = 'thing'
class Loud:
    def who(self): return super().who().upper()
class LoudThing(Loud, Thing): pass
print(LoudThing().who())
#: slots and private names
class A:
    __slots__ = ['x']
    def __init__(self): self.x = 1
print(A().x)
class B:
    def __init__(self): self._p = 2
    def _hidden(self): return self._p
print(B()._hidden())
#: init_subclass and set_name
class Base:
    subs = []
    def __init_subclass__(cls, **kw):
        Base.subs.append(cls.__name__)
class X(Base): pass
class Y(Base): pass
print(Base.subs)
class Desc:
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, cls): return f'{self.name} of {type(obj).__name__}'
class H:
    attr = Desc()
print(H().attr)
#: super in classmethods
class A:
    @classmethod
    def make(cls): return ['A', cls.__name__]
class B(A):
    @classmethod
    def make(cls): return ['B'] + super().make()
print(B.make())
#: equality defaults to identity
class A: pass
a = A()
print(a == a, a == A(), a != A(), a in [a], {a: 1}[a], len({a, a, A()}))
#: dataclass fields that are no attributes
from dataclasses import dataclass, field, InitVar, asdict
from typing import ClassVar
@dataclass
class Layer:
    made: ClassVar[int] = 0
    size: int
    gain: InitVar[float] = 2.0
    sizes: list = field(init=False)
    def __post_init__(self, gain):
        self.sizes = [self.size * gain]
print(Layer(3), Layer(3, 4.0).sizes, Layer(size=1, gain=1.0).sizes, asdict(Layer(2)), Layer.made)
try:
    Layer(1, 2.0, 3)
except TypeError as error:
    print(error)
