#: list methods
a = [3, 1, 2]
a.append(4); a.extend([5, 6]); a.insert(0, 9); a.insert(-1, 7); a.insert(100, 8)
print(a, a.pop(), a.pop(0), a.index(2), a.count(1))
a.remove(3); a.reverse()
print(a)
a.sort(); print(a)
a.sort(reverse=True); print(a)
a.sort(key=lambda x: -x); print(a, a.copy() == a, a.copy() is a)
a.clear(); print(a)
#: append gives None
print([].append(1), [1, 2].sort(), [].extend([]))
#: pop of an empty list
[].pop()
#: pop out of range
[1].pop(5)
#: remove of what is not there
[1].remove(2)
#: index of what is not there
['a'].index('b')
#: index from a place
print([1, 2, 1, 2].index(2, 2), [1, 2, 1].index(1, 1, 3), (1, 2, 3).index(3), (1, 1).count(1))
#: index of a tuple that is not there
(1,).index(2)
#: slices of lists
a = list(range(6))
print(a[1:4], a[::-1], a[-2:], a[::2], a[4:1:-1], a[:], a[10:])
a[1:3] = ['x']; print(a)
a[::2] = [0, 0, 0]; print(a)
del a[0]; del a[1:3]; print(a)
a[5] = 1
#: adding
a = [1]
b = a
a += [2]
print(a is b, a + [3], b, [1, 2] == [1, 2], [1, 2] < [1, 3], [1] * 3, a != [1])
a + (1,)
#: building
print(list('abc'), list({'a': 1}), tuple([1, 2]), list(range(3)), [[0] * 2 for _ in range(2)], tuple('ab'), list(()), [i for i in (1, 2)])
#: nested lists share
a = [[0] * 2] * 2
a[0][0] = 1
print(a)
#: tuples
t = 1, 2
a, b = t
print(t, t + (3,), t[0], t[-1], t * 2, a, b, (1,), (), len(t), 2 in t, t < (1, 3), hash(t) == hash((1, 2)))
t[0] = 1
#: unpacking the wrong number
a, b = (1, 2, 3)
#: unpacking too few
a, b, c = [1, 2]
#: list of a number
list(5)
#: sort of what cannot be compared
[1, 'a'].sort()
#: in for lists with arrays beside numbers
print(1 in [1, 2], 'a' in ['b'], None in [None], [1] in [[1]], 1.0 in [1], True in [1])
#: equality of nested
print([1, [2, (3,)]] == [1, [2, (3,)]], (1, [2]) == (1, [3]), [] == (), [1.0] == [1])
#: methods with too many arguments
[].append(1, 2)
#: copies are shallow
a = [[1]]
b = a.copy(); c = list(a); d = a[:]
a[0].append(2)
print(b, c, d)
#: list indices
[1][1.0]
#: index out of range
[1][3]
#: star in the middle
a, *b, c = [1, 2, 3, 4]
print(a, b, c)
#: methods through the class
print(list.append([1], 2), list.index([5, 6], 6), list(map(len, ['a', 'bb'])), tuple.count((1, 1), 1))
#: extend with itself and with a generator
a = [1, 2]
a.extend(a)
a.extend(x * 10 for x in range(2))
print(a)
#: sorting rows by several keys
rows = [('b', 2), ('a', 2), ('c', 1)]
rows.sort(key=lambda r: (r[1], r[0]))
print(rows)
