#: context managers of generators
from contextlib import contextmanager
import contextlib
class Config:
    enable = True
@contextmanager
def using(name, value):
    old = getattr(Config, name)
    setattr(Config, name, value)
    try:
        yield old
    finally:
        setattr(Config, name, old)
with using('enable', False) as old:
    print(old, Config.enable)
print(Config.enable)
try:
    with using('enable', False):
        raise ValueError('inside')
except ValueError as e:
    print('caught', e, Config.enable)
@contextlib.contextmanager
def swallow():
    try:
        yield
    except KeyError:
        print('swallowed')
with swallow():
    {}['x']
print('after')
#: other managers
from contextlib import suppress, nullcontext
with suppress(KeyError, IndexError):
    [][1]
with nullcontext(5) as v:
    print(v)
with suppress(KeyError):
    raise ValueError('not this')
#: weak references
import weakref
class A: pass
a = A(); a.x = 3
r = weakref.ref(a)
print(r().x, r() is a)
#: heaps
import heapq
h = []
for v in [5, 1, 4, 2, 3]:
    heapq.heappush(h, v)
print(h, heapq.heappop(h), h, heapq.nlargest(2, [3, 9, 1]), heapq.nsmallest(2, [3, 9, 1]), heapq.heappushpop(h, 0))
g = [9, 5, 7, 1, 3]
heapq.heapify(g)
print(g, [heapq.heappop(g) for _ in range(5)])
heapq.heappop([])
#: bisection
import bisect
a = [1, 3, 3, 5]
print(bisect.bisect(a, 3), bisect.bisect_left(a, 3), bisect.bisect_right(a, 0), bisect.bisect_left(a, 9))
bisect.insort(a, 4)
print(a)
