#: simple generators
def g(n):
    i = 0
    while i < n:
        yield i
        i += 1
print(list(g(3)), sum(g(4)), [x for x in g(2)], tuple(g(0)))
it = g(3)
print(next(it), next(it), next(it), next(it, None))
#: generators are lazy
def g():
    print('start')
    yield 1
    print('middle')
    yield 2
    print('end')
it = g()
print('made')
print(next(it))
for x in it:
    print('got', x)
#: infinite generators
def naturals():
    n = 0
    while True:
        yield n
        n += 1
for n in naturals():
    if n > 3:
        break
    print(n)
#: return in generators
def g():
    yield 1
    return 'r'
    yield 2
def h():
    r = yield from g()
    print('result', r)
    yield 3
print(list(h()))
try:
    it = g()
    next(it)
    it.__next__()
except StopIteration as e:
    print('value', e.value)
#: send
def echo():
    x = yield 'first'
    while True:
        x = yield x * 2
e = echo()
print(next(e), e.send(5), e.send(7))
#: try finally in generators
def g():
    try:
        yield 1
        yield 2
    finally:
        print('closed')
for x in g():
    print(x)
it = g()
next(it)
it.close()
print('after close')
#: exceptions inside generators
def g():
    for i in range(3):
        if i == 2:
            raise ValueError('two')
        yield i
try:
    for x in g():
        print(x)
except ValueError as e:
    print(e)
def h():
    try:
        yield 1
        raise KeyError('k')
    except KeyError as e:
        print('handled', e)
        yield_after = True
    print(yield_after)
print(list(h()))
#: generators in loops and conditions
def g(xs):
    for x in xs:
        if x % 2:
            yield x
        elif x == 4:
            continue
        else:
            yield -x
    else:
        yield 'else'
print(list(g(range(6))))
#: nested generators
def tree(t):
    if isinstance(t, list):
        for x in t:
            yield from tree(x)
    else:
        yield t
print(list(tree([1, [2, [3, 4]], 5])))
#: generator with with
class M:
    def __enter__(self): return 'ctx'
    def __exit__(self, *a): return False
def batches(data, size):
    for i in range(0, len(data), size):
        yield i, data[i:i + size]
for i, b in batches(list(range(5)), 2):
    print(i, b)
#: zip of generators
def a():
    yield 1
    yield 2
def b():
    yield 'x'
    yield 'y'
    yield 'z'
print(list(zip(a(), b())), dict(zip(b(), a())), list(enumerate(b())))
#: generator state is kept apart
def g(): 
    x = 0
    while True:
        x += 1
        yield x
p, q = g(), g()
print(next(p), next(p), next(q), next(p))
#: methods as generators
class C:
    def __init__(self): self.items = [1, 2]
    def walk(self):
        for i in self.items:
            yield i, self
c = C()
print([i for i, s in c.walk() if s is c])
#: with around a yield
class M:
    def __enter__(self):
        print('enter')
        return 'ctx'
    def __exit__(self, *a):
        print('exit')
def g():
    with M() as m:
        yield m
        yield m + '2'
for x in g():
    print(x)
it = g()
next(it)
it.close()
