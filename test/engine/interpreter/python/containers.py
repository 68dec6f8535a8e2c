#: list basics
a = [1, 2, 3]
a.append(4)
a[0] = 10
a[-1] += 5
print(a, len(a), a[1:3], a[::-1], a[::2], a[-2:], a[:-1], a[10:], 3 in a, 99 not in a)
b = a
b.append(0)
print(a is b, a == b, a[:] is a, a[:] == a)
#: list operators
print([1, 2] + [3], [0] * 3, 2 * [1, 2], [1, 2] == [1, 2], [1, 2] < [1, 3], [1] < [1, 0], [[1]] * 2)
x = [1]
y = x
x += [2, 3]
print(y)
x = x + [4]
print(x, y)
x *= 2
print(x)
x += (5, 6)
print(x)
#: slice assignment
a = list(range(10))
a[2:5] = ['a']
print(a)
a[::3] = [0, 0, 0]
print(a)
a[1:1] = [7, 7]
print(a)
del a[0], a[-1]
print(a)
del a[1:4]
print(a)
a[:] = []
print(a)
try:
    b = [1, 2, 3, 4]
    b[::2] = [1]
except ValueError as e:
    print(e)
#: index errors
for f in [lambda: [1][5], lambda: (1,)[5], lambda: 'a'[5], lambda: {}['k'], lambda: {1: 2}[3], lambda: [1]['a'], lambda: 'abc'['a'], lambda: None[0], lambda: (5)[0]]:
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
#: tuples
t = (1, 'a', 2.5)
print(t, t[1], t + (3,), t * 2, len(t), (1,), (), t[1:], tuple([1, 2]), (1, 2) < (1, 3), 'a' in t)
try:
    t[0] = 1
except TypeError as e:
    print(e)
#: unpacking
a, b = 1, 2
a, b = b, a
print(a, b)
(a, b), c = (1, 2), 3
print(a, b, c)
[a, b] = 'xy'
print(a, b)
a, *b = [1, 2, 3]
print(a, b)
*a, b = (1, 2, 3)
print(a, b)
a, *b, c = range(5)
print(a, b, c)
a, *b = 'q'
print(a, b)
for i, (x, y) in enumerate([(1, 2), (3, 4)]):
    print(i, x, y)
a = b = c = []
a.append(1)
print(b, c)
#: unpacking errors
def try_(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
def f1():
    a, b = 1, 2, 3
def f2():
    a, b, c = [1, 2]
def f3():
    a, b = 5
def f4():
    a, *b, c = [1]
def f5():
    a, b = None
for f in (f1, f2, f3, f4, f5):
    try_(f)
#: unpacking in calls and displays
def f(*args, **kw):
    return args, kw
print(f(*[1, 2], *(3,), x=1, **{'y': 2}))
print([*range(3), *'ab'], (*[1], 2), {*[1, 2], 2}, {**{'a': 1}, 'b': 2, **{'a': 3}})
#: dictionaries
d = {'a': 1, 'b': 2}
d['c'] = 3
d['a'] += 10
print(d, len(d), 'a' in d, 'z' in d, d.get('z'), d.get('z', 5), list(d), list(d.values()), list(d.items()))
del d['b']
print(d, d.pop('a'), d.setdefault('q', []), d)
for k in d:
    print(k)
for k, v in d.items():
    print(k, v)
print({1: 'a', (1, 2): 'b', None: 'c'}[(1, 2)])
print({'a': 1} == {'a': 1.0}, {'a': 1, 'b': 2} == {'b': 2, 'a': 1})
try:
    {[1]: 2}
except TypeError as e:
    print(e)
try:
    del d['nope']
except KeyError as e:
    print(repr(e), str(e))
#: dictionary changed during iteration
d = {1: 1}
try:
    for k in d:
        d[k + 1] = 1
except RuntimeError as e:
    print(e)
#: dictionary order and update
d = {'x': 1}
d.update({'y': 2, 'x': 3}, z=4)
print(d, d | {'w': 0}, dict(a=1, b=2), dict([('k', 'v')]), dict(zip('ab', [1, 2])))
d |= {'x': 9}
print(d, sorted(d), max(d, key=d.get))
#: sets
s = {1, 2, 3}
s.add(2)
print(len(s), 2 in s, s | {4}, s & {2, 9}, s - {1}, s ^ {3, 4}, {1} <= s, s == {3, 2, 1}, set(), sorted(set('hello')))
s |= {7}
s.discard(100)
print(sorted(s), frozenset([1]) == {1})
#: nested containers
m = [[0] * 3 for _ in range(2)]
m[0][1] = 5
print(m)
d = {'l': [1, {'k': (2, 3)}]}
print(d['l'][1]['k'][0])
d['l'][1]['k2'] = 1
print(d)
#: list iteration sees appends
a = [1, 2]
for x in a:
    if len(a) < 5:
        a.append(x * 10)
print(a)
#: comprehensions
print([x * 2 for x in range(5) if x % 2], {x: x ** 2 for x in range(3)}, {x % 2 for x in range(5)}, sum(x for x in range(5)))
print([(i, j) for i in range(3) for j in range(i)], [[j for j in range(i)] for i in range(3)])
print([x for x in [y + 1 for y in range(3)]], [a + b for a, b in [(1, 2), (3, 4)]])
x = 'outer'
_ = [x for x in range(3)]
print(x)
n = 3
print([n * i for i in range(n)], list(map(lambda v: v + n, [1, 2])), list(filter(None, [0, 1, 2])))
#: comprehension scope in functions
def f(n):
    k = 2
    g = [lambda: (i, k) for i in range(n)]
    return [h() for h in g], [[a * b * k for a in range(2)] for b in range(2)]
print(f(3))
#: generator expressions
g = (x * x for x in range(4))
print(next(g), next(g), list(g), list(g))
print(any(x > 2 for x in [1, 2, 3]), all(x > 0 for x in []), ','.join(str(x) for x in range(3)))
#: walrus
if (n := len([1, 2, 3])) > 2:
    print(n)
print([y for x in range(4) if (y := x * x) > 1], y)
#: zip enumerate reversed sorted
print(list(zip([1, 2, 3], 'ab')), list(enumerate('ab', 1)), list(reversed([1, 2, 3])), sorted([3, 1, 2], reverse=True), sorted('bca'))
print(sorted([('b', 1), ('a', 2)], key=lambda p: p[1]), [*zip(*[(1, 2), (3, 4)])])
for i in reversed(range(3)):
    print(i, end=' ')
print()
#: ranges
print(list(range(3)), list(range(2, 8, 3)), list(range(5, 0, -2)), range(3), range(1, 5)[2], len(range(0, 10, 3)), 4 in range(0, 10, 2), range(10)[2:5], range(3) == range(0, 3, 1))
for i in range(3, 0, -1):
    print(i, end=',')
print()
#: identity of small things
a = None
print(a is None, a is not None, [] is [], () == (), 'a' is not None)
#: list methods
a = [3, 1, 2]
a.sort()
print(a, a.index(2), a.count(1), a.pop(), a.pop(0), a)
a.insert(0, 9); a.extend([7, 8]); a.remove(9); a.reverse()
print(a, a.copy() == a)
#: string iteration and operators
print('abc' + 'def', 'ab' * 2, 'a' in 'abc', [c for c in 'hey'], 'abc'[1], 'abc'[-1], 'abc'[::-1], 'a' < 'b', len('abc'))
print('%d %s %.2f' % (1, 'x', 3.14159), 'W%d' % 3, '{} {:.3f} {name}'.format(1, 2.5, name='n'), f'{1 + 1} {"x"!r} {3.14159:.2f}')
s = 'x'
s += 'y'
print(s)
#: f-strings
w = 10; v = 3.14159; name = 'W'
print(f'{v:{w}.2f}|{name + str(1)}|{v!s}|{{}}|{w=}|{[1, 2]}|{name:>5}|{w:05d}')
print(f"{'a' if w > 5 else 'b'} {w * 2} {name.lower()}")
#: delete names
x = 1
del x
try:
    x
except NameError as e:
    print(e)
#: string methods in loops
params = {}
for l in range(1, 3):
    params['W' + str(l)] = l
    params['b%d' % l] = -l
    params[f'g{l}'] = 0
print(params, len(params) // 2)
