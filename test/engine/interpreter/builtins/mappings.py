#: making
print(dict(), dict(a=1), dict([('a', 1), ('b', 2)]), dict({'a': 1}, b=2), {'x': 1, **{'y': 2}}, dict(zip('ab', range(2))), dict.fromkeys('ab'), dict.fromkeys([1, 2], 0), {k: v for k, v in [(1, 2)]})
#: looking up
d = {'a': 1, 'b': None}
print(d['a'], d.get('b'), d.get('c'), d.get('c', 5), 'a' in d, 'z' in d, len(d), d.setdefault('n', 9), d.setdefault('a', 0))
d['missing']
#: views
d = {'a': 1, 'b': 2}
print(d.keys(), d.values(), d.items(), list(d), list(d.items()), 'a' in d.keys(), 1 in d.values(), ('a', 1) in d.items())
keys = d.keys()
d['c'] = 3
print(list(keys), len(keys), sorted(d.values()), max(d.items()))
#: update, pop and popitem
d = {'a': 1}
d.update({'b': 2}, c=3); d.update([('d', 4)]); d.update(e=5)
print(d, d.pop('a'), d.pop('zz', None), d.popitem(), d)
del d['b']
print(d, d.copy(), d.clear(), d)
d.pop('q')
#: popitem of an empty dictionary
{}.popitem()
#: deleting a key that is not there
d = {}
del d['x']
#: insertion order
d = {}
d['b'] = 1; d['a'] = 2; d['b'] = 3
print(d, list(d), {1: 'a', 1.0: 'b', True: 'c'})
#: unhashable keys
{[1]: 2}
#: tuple keys and number keys
d = {(0, 1): 'x', 2: 'y', None: 'z'}
print(d[0, 1], d[2], d[2.0], d[None])
#: loops
cache = {'W1': 1, 'b1': 2}
for k, v in sorted(cache.items()):
    print(k, v)
for k in cache:
    cache[k] = cache[k] * 10
print(cache)
#: merging and comparing
print({'a': 1} | {'b': 2}, {'a': 1} == {'a': 1.0}, {'a': 1, 'b': 2} == {'b': 2, 'a': 1}, {'a': 1} != {}, {1: [2]} == {1: [2]})
#: names of layers
params = {}
for l in range(1, 3):
    params['W' + str(l)] = l * 10
    params['b%d' % l] = l
print(params, len(params) // 2, [params['W' + str(i)] for i in (1, 2)])
#: dictionaries of functions
ops = {'add': lambda a, b: a + b, 'mul': lambda a, b: a * b}
print(ops['add'](2, 3), ops.get('mul')(2, 3))
#: wrong sequences
dict([1])
#: sequences of the wrong length
dict([(1, 2, 3)])
#: nested dictionaries
d = {'a': {'b': [1, 2]}}
d['a']['b'][0] = 9
d['a'].update(c=3)
print(d)
#: dictionary keys can be removed while a copy is walked
d = {'a': 1, 'b': 2}
for k in list(d):
    if k == 'a':
        del d[k]
print(d)
