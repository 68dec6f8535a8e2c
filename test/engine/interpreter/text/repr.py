#: floats
print(1.0, 0.1, 1e16, 1e15, 123456789.123, 1e-5, 0.0001, -0.0, 1e100, 5e-324, float('inf'), -float('inf'), float('nan'), 1/3, 100.0, 1e22, 2.5e-7)
#: containers
print([1.0, 'a', None, True, (1,), {}, set(), [], {'k': [1.5]}], (), (1, 2), {'a': (1,), 2: 'b'})
print(str([1, 'a']), repr('it\'s'), repr('say "hi"'), repr('both \' and "'), repr('new\nline\ttab\\'), repr('\x00\x1f\x7f'), repr('é☃'))
#: containers in themselves
a = [1]
a.append(a)
d = {}
d['d'] = d
print(a, d)
#: numpy numbers
import numpy as np
print(np.float64(3.0), repr(np.float64(3.0)), np.float32(0.1), repr(np.float32(0.1)), np.int64(5), repr(np.int64(5)), np.bool_(True), repr(np.bool_(False)), [np.float64(0.5)], repr(np.int8(3)), np.float64(1e-7), np.float32(1e20))
#: arrays
import numpy as np
print(np.array([1.0, 2.5]), np.arange(3), np.zeros((2, 2)), np.array([True, False]), np.array(3.5), np.array([]), sep='\n')
print(repr(np.array([1.0, 2.5])), repr(np.arange(3)), repr(np.zeros((2, 2), dtype=np.float32)), repr(np.array(2)), [np.array([1])], {'a': np.eye(2)}, (np.float64(1.5),), sep='\n')
#: dtypes and classes
import numpy as np
print(np.zeros(2).dtype, repr(np.zeros(2).dtype), int, str, type(None), ValueError, [int, float])
class C: pass
print(C)
#: objects with their own texts
class R:
    def __repr__(self): return 'R!'
class S:
    def __str__(self): return 'S!'
    def __repr__(self): return 'Sr'
print(R(), str(R()), [R()], S(), [S()], f'{S()} {S()!r}', '%s %r' % (S(), S()), '{} {!r}'.format(S(), S()))
#: exceptions
print(ValueError('a'), repr(ValueError('a')), KeyError('k'), str(KeyError('k')), repr(ValueError()), str(ValueError(1, 2)), repr(IndexError('x', 1)), [ValueError('v')])
#: views and ranges
print(range(3), range(1, 9, 2), {'a': 1}.keys(), {'a': 1}.items(), slice(1, None), ..., frozenset([1]))
#: a repr that is no string
class R:
    def __repr__(self): return 5
repr(R())
#: big ints
print(2 ** 64, -(2 ** 70), [2 ** 64], 10 ** 18)
