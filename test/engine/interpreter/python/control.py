#: while loops
i = 0
while i < 5:
    i += 1
    if i == 2:
        continue
    if i == 4:
        break
    print(i)
else:
    print('never')
while i < 6:
    i += 1
else:
    print('else', i)
#: for else
for i in range(3):
    if i == 5:
        break
else:
    print('no break')
for i in []:
    pass
else:
    print('empty')
#: nested break and continue
for i in range(3):
    for j in range(3):
        if j == 1:
            continue
        if i == 2:
            break
        print(i, j)
#: loop variables stay
for i in range(3):
    pass
print(i)
for a, b in [(1, 2), (3, 4)]: pass
print(a, b)
#: if elif else
def kind(x):
    if x < 0:
        return 'neg'
    elif x == 0:
        return 'zero'
    elif x < 10:
        return 'small'
    else:
        return 'big'
print([kind(x) for x in (-1, 0, 5, 50)])
#: pass and ellipsis
def f(): ...
class C: pass
print(f(), ... is Ellipsis)
#: assert
try:
    assert 1 == 2, 'message %d' % 3
except AssertionError as e:
    print(repr(e), str(e))
try:
    assert False
except AssertionError as e:
    print(repr(e), e.args)
assert True, 1 / 0
#: delete items
d = {'a': {'b': 1}}
del d['a']['b']
x = [1, 2, 3]
del x[0]
print(d, x)
#: multiple statements on a line
a = 1; b = 2; print(a + b)
if a: print('one line')
#: loop over dictionary views
d = {'a': 1}
print([k for k in d.keys()], [v for v in d.values()], 'a' in d.keys(), ('a', 1) in d.items())
#: with statements
class M:
    def __init__(self, n): self.n = n
    def __enter__(self):
        print('enter', self.n)
        return self.n * 10
    def __exit__(self, kind, value, trace):
        print('exit', self.n, kind.__name__ if kind else None, value)
        return self.n == 2
with M(1) as a:
    print(a)
with M(2) as a, M(3) as b:
    print(a, b)
    raise ValueError('swallowed')
print('after')
try:
    with M(1):
        raise KeyError('k')
except KeyError as e:
    print('out', e)
def f():
    with M(5) as x:
        return x
print(f())
for i in range(2):
    with M(7):
        if i == 0: continue
        break
#: tuple swap of items
a = [1, 2, 3]
a[0], a[2] = a[2], a[0]
print(a)
i = 0
i, a[i] = 1, 'x'
print(i, a)
#: while with complex condition
xs = [5, 3, 8]
while xs and xs[-1] != 5:
    print(xs.pop())
print(xs)
#: star import of a missing library name is harmless
try:
    import json
    ok = True
except ImportError:
    ok = False
print(ok)
#: name of the module
print(__name__ == '__main__')
#: chained assignment evaluates once
def f():
    print('once')
    return [1]
a = b = f()
print(a is b)
#: augmented item evaluates once
def idx():
    print('idx')
    return 0
a = [1]
a[idx()] += 5
print(a)
#: nested functions and loops
out = []
for i in range(2):
    def g(k, i=i):
        return k * i
    out.append(g(10))
print(out)
#: imports with a fallback
try:
    import no_such_module_at_all as lib
except ImportError:
    import math as lib
print(lib.sqrt(4.0))
try:
    from no_such_module_at_all import helper
except (ImportError, AttributeError) as e:
    print(e)
    def helper(x):
        return x + 1
print(helper(1))
#: match chooses the first case that fits
class Mode:
    TRAIN = 'train'
def name(x):
    match x:
        case 0:
            return 'zero'
        case 1 | -1 as one:
            return f'one {one}'
        case True:
            return 'never'
        case 'a' | 'b':
            return 'letter'
        case Mode.TRAIN:
            return 'training'
        case None:
            return 'nothing'
        case float(y) if y > 10:
            return f'large {y}'
        case int(y):
            return 'number'
        case [only]:
            return f'only {only}'
        case (a, (b, _)):
            return f'nested {a} {b}'
        case [a, b, c] if a == c:
            return f'same ends {b}'
        case other:
            return f'other {other!r}'
for x in (0, 1, -1, True, False, 2, 2.5, 12.5, 'a', 'b', 'train', 'c', None, [], (), [5], (1, [2, 3]), [1, 2, 1], [1, 2, 3], {'a': 1}):
    print(name(x))
#: match of more than one thing
def both(a, b):
    match (a, b):
        case (0, 0):
            return 'both'
        case (0, _) | (_, 0):
            return 'one'
        case (x, y):
            return f'{x} {y}'
print(both(0, 0), both(0, 1), both(1, 0), both(1, 2))
#: match without a case that fits
class Thing:
    kind = 'k'
t = Thing()
match t.kind:
    case 'other':
        print('no')
print('done')
match len([1, 2]):
    case 1: print('one')
    case 2: print('two')
