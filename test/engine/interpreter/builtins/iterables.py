#: enumerate
print(list(enumerate('abc')), list(enumerate([5, 6], 1)), list(enumerate([5], start=10)))
#: zip
print(list(zip([1, 2, 3], 'ab')), list(zip()), list(zip([1])), dict(zip('ab', [1, 2])), list(zip(*[(1, 2), (3, 4)])))
#: strict zip
print(list(zip([1, 2], [3, 4], strict=True)))
list(zip([1, 2], [3], strict=True))
#: map and filter
print(list(map(abs, [-1, 2])), list(map(lambda a, b: a + b, [1, 2], [10, 20])), list(filter(None, [0, 1, '', 'a'])), list(filter(lambda x: x > 1, [1, 2, 3])))
#: reversed
print(list(reversed([1, 2, 3])), list(reversed('abc')), list(reversed(range(4))), list(reversed((1, 2))), list(reversed({'a': 1, 'b': 2})))
#: sorted
print(sorted([3, 1, 2]), sorted('hello'), sorted([3, 1, 2], reverse=True), sorted(['b', 'A', 'c'], key=str.lower), sorted({'b': 1, 'a': 2}), sorted([1, True, 0.5]))
#: sorting is stable, also reversed
pairs = [(1, 'a'), (0, 'b'), (1, 'c'), (0, 'd')]
print(sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True))
#: sorting tuples and lists
print(sorted([(2, 'a'), (1, 'b'), (1, 'a')]), sorted([[3], [1, 2], [1]]))
#: any and all
print(any([]), all([]), any([0, 1]), all([1, 0]), any(x > 2 for x in range(4)), all(x < 4 for x in range(4)))
#: iter and next
it = iter([1, 2])
print(next(it), next(it), next(it, 'end'))
next(it)
#: iter with a sentinel
values = [3, 2, 1, 0]
print(list(iter(values.pop, 2)))
#: lazy map sees later changes
items = [1, 2]
m = map(lambda x: x * 10, items)
items.append(3)
print(list(m), list(m))
#: range
print(list(range(3)), list(range(2, 8, 3)), list(range(5, 0, -2)), range(3), range(1, 5, 2), len(range(0, 10, 3)), 4 in range(0, 10, 2), range(10)[2:5], range(5)[-1], list(range(3, 0)))
#: range of a float
range(2.0)
#: range with step zero
range(1, 5, 0)
#: range methods
print(range(0, 10, 2).index(4), range(5).count(3), range(3) == range(0, 3, 1), range(0).start)
#: range is lazy
r = range(10 ** 9)
print(len(r), r[5], r[-1], 10 ** 8 in r)
#: sorted of what cannot be compared
sorted([1, 'a'])
#: iterating a number
for x in 5:
    pass
#: len of a number
len(5)
#: next of a list
next([1])
#: reversed of a set
reversed({1})
#: enumerate of a number
enumerate(5)
#: dictionaries change while they are walked
d = {'a': 1}
for k in d:
    d['b'] = 2
#: slices
s = slice(1, 5, 2)
print(s, s.start, s.stop, s.step, [0, 1, 2, 3, 4, 5][s], slice(3), (1, 2, 3)[slice(None, None, -1)])
#: unpacking iterators
first, *rest = map(int, '123')
print(first, rest, [*zip('ab', 'cd')], {**{'a': 1}, 'b': 2}, (*range(3),))
#: sum of a generator of products
print(sum(a * b for a, b in zip([1, 2, 3], [4, 5, 6])), max(len(w) for w in ['a', 'bbb']))
#: nested enumerate and zip
for i, (a, b) in enumerate(zip([1, 2], 'xy')):
    print(i, a, b)
#: iterating arrays
import numpy as np
for row in np.arange(4.0).reshape(2, 2):
    print(row)
print(list(np.array([1, 2])), [x for x in np.array([0.5, 1.5])], list(enumerate(np.array([3, 4]))), len(np.zeros((3, 2))), list(reversed(np.arange(3))))
