#: making
print({1}, set(), set([1, 1]), frozenset([1]), len({1, 2, 2}), {x % 2 for x in range(4)} == {0, 1}, frozenset())
#: changing
s = {1, 2}
s.add(3); s.add(1); s.discard(9); s.remove(2)
print(sorted(s), 3 in s, 2 in s, len(s), s.copy() == s)
s.update([4, 5], {6}); print(sorted(s))
s.clear(); print(s)
s.remove(1)
#: algebra
a, b = {1, 2, 3}, {2, 3, 4}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), sorted(a.union(b, [9])), sorted(a.intersection([1, 2])), sorted(a.difference(b)), sorted(a.symmetric_difference(b)))
#: relations
print({1} <= {1, 2}, {1} < {1}, {1, 2} >= {2}, {1}.issubset([1, 2]), {1, 2}.issuperset({1}), {1}.isdisjoint({2}), {1, 2} == {2, 1}, {1} == frozenset([1]))
#: in place
a = {1, 2, 3}
a |= {4}; a &= {1, 2, 4}; a -= {1}; a ^= {7}
print(sorted(a))
a.intersection_update([2, 7]); print(sorted(a))
a.difference_update([7]); print(sorted(a))
#: pop of an empty set
set().pop()
#: unhashable members
{[1]}
#: of strings
print(sorted(set('hello')), sorted({'b', 'a'}), len(set([1, 1.0, True])))
