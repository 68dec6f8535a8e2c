#: product, chain and zip_longest
import itertools
print(list(itertools.product([1, 2], 'ab')), list(itertools.product([0, 1], repeat=2)), list(itertools.product()), list(itertools.product([1], [])))
print(list(itertools.chain([1], (2, 3), 'a')), list(itertools.chain.from_iterable([[1], [2, 3]])), list(itertools.zip_longest([1, 2], [3], fillvalue=0)))
#: combinations and permutations
import itertools
print(list(itertools.combinations([1, 2, 3], 2)), list(itertools.permutations([1, 2, 3])), list(itertools.permutations('abc', 2)), list(itertools.combinations_with_replacement('ab', 2)), list(itertools.combinations([1], 2)), list(itertools.combinations([1, 2], 0)))
#: endless iterators
import itertools
print(list(itertools.islice(itertools.count(5, 2), 3)), list(itertools.islice(itertools.cycle('ab'), 5)), list(itertools.repeat(1, 3)), next(itertools.count()))
for i in itertools.count(1):
    if i > 3:
        break
print(i)
#: slices
import itertools
print(list(itertools.islice(range(10), 3)), list(itertools.islice(range(10), 2, 8, 3)), list(itertools.islice('abc', 1, None)))
#: accumulate, starmap and groupby
import itertools
print(list(itertools.accumulate([1, 2, 3])), list(itertools.accumulate([1, 2, 3], lambda a, b: a * b)), list(itertools.accumulate([1, 2], initial=10)), list(itertools.starmap(pow, [(2, 3), (3, 2)])))
print([(k, list(g)) for k, g in itertools.groupby('aabbbc')], [(k, list(g)) for k, g in itertools.groupby([1, 3, 2, 4], key=lambda x: x % 2)])
#: filters
import itertools
print(list(itertools.takewhile(lambda x: x < 3, [1, 2, 5, 1])), list(itertools.dropwhile(lambda x: x < 3, [1, 2, 5, 1])), list(itertools.filterfalse(lambda x: x % 2, range(5))), list(itertools.compress('abc', [1, 0, 1])), list(itertools.pairwise([1, 2, 3])))
a, b = itertools.tee([1, 2])
print(list(a), list(b))
#: indices of a convolution
import itertools
for i, j in itertools.product(range(0, 4, 2), range(2)):
    print(i, j, end=';')
print()
#: reduce and partial
from functools import reduce, partial
print(reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a * b, [1, 2], 10), reduce(max, [3, 9, 2]), partial(pow, 2)(5), partial(int, base=2)('101'), partial(lambda a, b=1, **k: (a, b, k), 5)(b=2, c=3))
reduce(lambda a, b: a, [])
#: wraps and lru_cache
import functools
def deco(f):
    @functools.wraps(f)
    def inner(*args):
        return f(*args) + 1
    return inner
@deco
def g(x):
    return x * 2
@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
@functools.lru_cache
def sq(n): return n * n
@functools.cache
def cube(n): return n ** 3
print(g(3), fib(12), sq(4), cube(2))
#: cached properties and total ordering
import functools
class C:
    def __init__(self): self.calls = 0
    @functools.cached_property
    def value(self):
        self.calls += 1
        return 42
c = C()
print(c.value, c.value, c.calls)
@functools.total_ordering
class V:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
print(V(1) <= V(1), V(2) > V(1), V(1) >= V(2), sorted([V(3), V(1)])[0].v)
#: cmp_to_key
import functools
print(sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))
#: operator
import operator
from operator import itemgetter, attrgetter, methodcaller
class C: pass
c = C(); c.x = 1; c.y = C(); c.y.z = 5
print(operator.add(1, 2), operator.mul(2, 3), operator.truediv(1, 2), operator.neg(3), operator.lt(1, 2), operator.getitem([5, 6], 1), operator.contains([1], 1), operator.not_(0), operator.matmul if False else 1, operator.pow(2, 3), operator.floordiv(7, 2), operator.mod(7, 3))
print(itemgetter(1)([1, 2]), itemgetter(0, 2)('abc'), attrgetter('x')(c), attrgetter('y.z')(c), methodcaller('upper')('a'), sorted([(1, 'b'), (2, 'a')], key=itemgetter(1)))
