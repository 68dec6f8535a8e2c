#: arguments
def f(a, b=2, *args, c, d=4, **kw):
    return (a, b, args, c, d, kw)
print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(b=1, a=0, c=2))
#: argument errors
def f(x): pass
def g(x, y=1): pass
def h(x, y, z): pass
def k(*, key): pass
def z(): pass
class A:
    def m(self, x): pass
def try_(c):
    try:
        c()
    except TypeError as e:
        print(e)
try_(lambda: f())
try_(lambda: f(1, 2))
try_(lambda: g())
try_(lambda: g(1, 2, 3))
try_(lambda: h())
try_(lambda: h(1))
try_(lambda: h(1, 2))
try_(lambda: k())
try_(lambda: k(1))
try_(lambda: f(1, x=2))
try_(lambda: f(y=2))
try_(lambda: f(1, y=2))
try_(lambda: z(1))
try_(lambda: A().m())
try_(lambda: A().m(1, 2))
try_(lambda: 5())
try_(lambda: 'a'())
try_(lambda: (lambda q: q)())
#: positional only
def f(a, /, b, *, c=3):
    return a, b, c
print(f(1, 2), f(1, b=2, c=4))
try:
    f(a=1, b=2)
except TypeError as e:
    print(e)
#: default values are made once
def f(x, acc=[]):
    acc.append(x)
    return acc
f(1)
print(f(2))
n = 5
def g(x=n):
    return x
n = 6
print(g())
#: closures
def make():
    fs = []
    for i in range(3):
        fs.append(lambda: i)
    return [f() for f in fs]
print(make())
def make2():
    return [f() for f in [lambda i=i: i for i in range(3)]]
print(make2())
#: nonlocal and global
count = 0
def f():
    global count, made
    count += 1
    made = 'here'
    n = 10
    def g():
        nonlocal n
        n -= 1
        return n
    return g(), g(), n
print(f(), count, made)
#: inner functions see later assignments
def f():
    def g():
        return y
    y = 1
    a = g()
    y = 2
    return a, g()
print(f())
#: unbound locals
x = 1
def f():
    print(x)
    x = 2
try:
    f()
except UnboundLocalError as e:
    print(e)
def g():
    def h():
        return q
    if False:
        q = 1
    return h()
try:
    g()
except NameError as e:
    print(e)
try:
    undefined_name
except NameError as e:
    print(e)
#: recursion
def fact(n):
    return 1 if n <= 1 else n * fact(n - 1)
print(fact(20), fact(25))
def fib(n, memo={}):
    if n in memo:
        return memo[n]
    memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return memo[n]
print(fib(50))
def even(n): return n == 0 or odd(n - 1)
def odd(n): return n != 0 and even(n - 1)
print(even(50), odd(7))
#: deep recursion
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)
print(depth(150))
#: lambda and higher order
compose = lambda f, g: lambda x: f(g(x))
print(compose(lambda x: x + 1, lambda x: x * 2)(5), (lambda *a, **k: (a, k))(1, b=2), (lambda: None)())
print(list(map(lambda x, y: x + y, [1, 2], [3, 4])), sorted([-3, 2], key=lambda v: v ** 2))
#: decorators
def twice(f):
    def inner(*args, **kwargs):
        return f(*args, **kwargs) * 2
    return inner
def scale(k):
    def deco(f):
        return lambda *a: k * f(*a)
    return deco
@twice
@scale(10)
def f(x):
    return x + 1
print(f(1))
#: function attributes
def f():
    """Doc."""
    f.calls += 1
f.calls = 0
f(); f()
print(f.calls, f.__name__, f.__doc__)
#: return values
def f():
    pass
def g():
    return
def h():
    return 1, 2
print(f(), g(), h())
#: early returns from loops
def find(xs, t):
    for i, x in enumerate(xs):
        if x == t:
            return i
    else:
        return -1
print(find([1, 2, 3], 2), find([], 1))
def w():
    while True:
        for i in range(5):
            if i == 3:
                return i
print(w())
#: keyword spreading
def f(x, y=0, **kw):
    return x, y, kw
opts = {'y': 5, 'z': 6}
print(f(1, **opts), f(**{'x': 1}))
try:
    f(1, **{'x': 2})
except TypeError as e:
    print(e)
#: nested scopes three deep
def a():
    x = 1
    def b():
        def c():
            nonlocal x
            x += 1
            return x
        return c
    f = b()
    f()
    return f(), x
print(a())
#: shadowing builtins
def f():
    sum = 0
    for list in [1, 2]:
        sum += list
    return sum
print(f(), sum([1]))
#: parameters that are captured
def adder(n):
    return lambda x: x + n
def counter(start=0, *, step=1):
    def inc():
        nonlocal start
        start += step
        return start
    return inc
c = counter(step=5)
print(adder(3)(4), c(), c(), counter(10)())
#: argument unpacking order
def show(tag, v):
    print(tag, end=' ')
    return v
def f(*a, **k): return len(a) + len(k)
print(f(show('a', 1), *show('b', [2]), c=show('c', 3), **show('d', {'e': 4})))
#: print options
print(1, 2, sep='-', end='!\n')
print('a', 'b', sep='')
print()
print(None, True, [None])
#: global statements at module level functions
total = 0
def add(n):
    global total
    total = total + n
for i in range(4):
    add(i)
print(total)
#: generators as arguments
def total(*xs):
    return sum(xs)
print(total(*(i for i in range(4))), max(i * -1 for i in range(3)))
#: conditional definitions
flag = True
if flag:
    def f(): return 'yes'
else:
    def f(): return 'no'
print(f())
#: names in class bodies and comprehension
def outer():
    y = 5
    class C:
        z = y + 1
        w = [i * 2 for i in range(3)]
        def get(self):
            return y
    return C
c = outer()
print(c.z, c.w, c().get())
#: annotations are not run
def f(x: 'undefined_type', y: 'str' = 1) -> 'also_undefined':
    z: int = 3
    w: int
    return x + y + z
print(f(1))
#: functions in comprehensions at the top level
fs = [lambda x: x + i for i in range(3)]
print([f(10) for f in fs], [f(1) for f in [lambda x, i=i: x * i for i in range(3)]])
print({k: (lambda: k)() for k in 'ab'}, list(map(lambda p: p[0] + p[1], [(i, j) for i in range(2) for j in range(2)])))
