#: isinstance
import numpy as np
print(isinstance(1, int), isinstance(True, int), isinstance(1, float), isinstance(1.0, float), isinstance('a', str), isinstance([], list), isinstance((), (list, tuple)), isinstance(None, type(None)), isinstance({}, dict))
print(isinstance(np.float64(1), float), isinstance(np.float32(1), float), isinstance(np.int64(1), int), isinstance(np.zeros(2), np.ndarray), isinstance(np.float64(1), np.floating), isinstance(np.int8(1), np.integer))
#: issubclass
class A: pass
class B(A): pass
print(issubclass(B, A), issubclass(A, B), issubclass(bool, int), issubclass(B, (int, A)), issubclass(ValueError, Exception))
#: type
print(type(1), type('a'), type([]), type(None), type(1.5), type(len), type(int), type(range(2)), type({1}))
class C: pass
print(type(C()).__name__, type(C()) is C, type(3) == int, type(2.0) is float)
#: attributes by name
class C:
    y = 2
    def __init__(self): self.x = 1
    def f(self): return 'f'
c = C()
print(getattr(c, 'x'), getattr(c, 'y'), getattr(c, 'z', None), hasattr(c, 'x'), hasattr(c, 'z'), getattr(c, 'f')())
setattr(c, 'z', 3)
print(c.z, vars(c), sorted(k for k in c.__dict__))
delattr(c, 'z')
print(hasattr(c, 'z'))
getattr(c, 'nothing')
#: callable
class C:
    def __call__(self): return 1
print(callable(len), callable(3), callable(C), callable(C()), callable(lambda: 0), callable('a'))
#: len
import numpy as np
print(len('abc'), len([1]), len({}), len({1, 2}), len((1, 2)), len(np.zeros((4, 2))), len(range(7)), len('€'))
#: len of an object
class C:
    def __len__(self): return 5
print(len(C()), bool(C()))
#: hash and id
a = []
print(hash(1) == hash(1.0), hash('a') == hash('a'), id(a) == id(a), id(a) == id([]), hash((1, 2)) == hash((1, 2)))
hash([1])
#: dir
class C:
    def method(self): pass
c = C()
c.x = 1
print([n for n in dir(c) if not n.startswith('_')])
#: isinstance with a number in place of a class
isinstance(1, 2)
#: len of a zero dimensional array
import numpy as np
len(np.array(3))
#: too many arguments
len(1, 2)
#: repr, ascii and format as functions
print(repr('a'), ascii('é'), format(3.14159, '.2f'), format('a', '>3'), format(5), repr([1, 'b']))
#: print options
print(1, 2, sep='-', end='!\n')
print()
print('a', 'b', sep='')
print([1.0, 2.5], (1,), {'k': None}, True, None, flush=True)
#: leaving names as they are
len_ = len
print(len_([1, 2]), (lambda f: f([3, 4]))(sum))
#: NotImplemented and Ellipsis
print(NotImplemented, ..., Ellipsis is ...)
#: object
o = object()
print(isinstance(o, object), o == o, object() == object())
