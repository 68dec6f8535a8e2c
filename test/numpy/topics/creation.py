"""Arrays from shapes, numbers and lists; copies and casts."""
import numpy as np

DTYPES = ['bool', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'float16', 'float32', 'float64']


def record(r):
    filled(r)
    counted(r)
    lists(r)
    casts(r)
    grids(r)


def filled(r):
    x = np.arange(6.0).reshape(2, 3)
    for name in ['np.zeros', 'np.ones']:
        for shape in [3, (3,), (2, 3), (), (0,), (2, 0, 3), [2, 2], np.int64(2), (np.int64(2), 3)]:
            r.case(name, shape, _exact=True)
        for dtype in [float, int, bool, np.float32, 'int8', 'f4', np.dtype('uint8')]:
            r.case(name, (2, 2), dtype=dtype, _exact=True)
        r.case(name, (2, 2), int)
        r.case(name, (2, -1))
        for like in [x, x.T, x.astype('float32'), np.array([1, 2]), [1, 2], 3, 2.5, np.float32(2), x[:, ::-1], np.array(3.0), True]:
            r.case(name + '_like', like, _exact=True)
        r.case(name + '_like', x, dtype=int, _exact=True)
        r.case(name + '_like', x, dtype=np.float32, shape=(4,), _exact=True)
    for value in [3, 2.5, True, np.float32(1.5), np.int8(3), np.inf, -0.0]:
        r.case('np.full', (2, 3), value, _exact=True)
        r.case('np.full', 2, value, dtype=float, _exact=True)
        r.case('np.full_like', x, value, _exact=True)
    r.case('np.full_like', np.array([1, 2]), 2.7, _exact=True)
    r.case('np.full', (2, 3), np.arange(3.0), _exact=True)
    r.case('np.full', (2, 3), [1, 2, 3], _exact=True)
    r.case('np.full', (2, 3), np.arange(4.0))
    r.case('ndarray.fill', x, 3, _exact=True)
    r.case('ndarray.fill', x.T[1:], 2.5, _exact=True)
    r.case('ndarray.fill', np.zeros(2, int), 2.5, _exact=True)
    for k in [-2, -1, 0, 1, 3]:
        r.case('np.eye', 3, k=k, _exact=True)
        r.case('np.eye', 2, 4, k, _exact=True)
        r.case('np.tri', 3, 4, k, _exact=True)
        for m in [x, np.arange(9).reshape(3, 3), np.arange(24.0).reshape(2, 3, 4), x[::-1, ::2], np.arange(3.0)]:
            r.case('np.tril', m, k, _exact=True)
            r.case('np.triu', m, k, _exact=True)
    for n in [0, 1, 3]:
        r.case('np.identity', n, _exact=True)
        r.case('np.eye', n, dtype=int, _exact=True)
        r.case('np.identity', n, dtype=np.float32, _exact=True)


def counted(r):
    for args in [(5,), (0,), (-3,), (2, 7), (7, 2), (0, 10, 3), (10, 0, -3), (0, 1, 0.1), (5.0,), (0.5, 3), (1, 2, 0.3), (3.7,),
                 (0, -1, -0.25), (np.int64(4),), (np.float64(2.5),), (2, 8, np.int64(2))]:
        r.case('np.arange', *args, _exact=True)
        r.case('np.arange', *args, dtype=float, _exact=True)
    r.case('np.arange', 5, dtype='float32', _exact=True)
    r.case('np.arange', 0, 1, 0.1, dtype=np.float32)
    r.case('np.arange', stop=4, _exact=True)
    r.case('np.arange', start=1, stop=4, _exact=True)
    r.case('np.arange', 4, step=2, _exact=True)
    r.case('np.arange')
    r.case('np.arange', 0, 1, 0)
    r.case('np.arange', 0, 1, 0.0)
    for args in [(0, 1), (0, 1, 5), (1, 0, 4), (-1, 1, 1), (0, 1, 0), (2, 2, 3), (0.1, 0.7, 7), (0, 10, 11), (1e-3, 1e3, 4)]:
        r.case('np.linspace', *args)
        r.case('np.linspace', *args, endpoint=False)
        r.case('np.linspace', *args, retstep=True)
    r.case('np.linspace', 0, 10, 5, dtype=int)
    r.case('np.linspace', -1, 1, 5, dtype=np.float32)
    r.case('np.linspace', 0, 1, num=3)
    r.case('np.linspace', 0, 1, -1)
    r.case('np.linspace', 0)
    for args in [(0, 2), (0, 2, 3), (-3, 3, 7), (1, 2, 4)]:
        r.case('np.logspace', *args)
        r.case('np.logspace', *args, base=2)
        r.case('np.logspace', *args, endpoint=False)
    r.case('np.geomspace', 1, 1000, 4)
    r.case('np.geomspace', 1, 256, 9)
    r.case('np.geomspace', 2, 3, 5, endpoint=False)
    r.case('np.geomspace', 1000, 1)


def lists(r):
    x = np.arange(4.0)
    for value in [3, 2.5, True, [1, 2], [1, 2.5], [True, 2], [True, False], [[1, 2], [3, 4]], ((1, 2), (3, 4.0)), [], [[]], [[], []],
                  [x, x], [x, [1, 2, 3, 4]], [np.float32(1), np.float32(2)], [np.float32(1), 2.0], [np.int8(1), 300],
                  [np.float32(1), 2], (1,), [[1], [2]], [[[1, 2]]], [x[0], 1], x, x[::-1], np.float64(3), [np.array(2.0), 3], np.nan,
                  [np.nan, np.inf, -np.inf, 1]]:
        r.case('np.array', value, _exact=True)
        r.case('np.asarray', value, _exact=True)
        r.case('np.array', value, dtype=np.float32, _exact=True)
        r.case('np.asarray', value, dtype=float, _exact=True)
    for value in [[[1, 2], [3]], [[1, 2], 3], [1, [2, 3]], [[[1], [2]], [[3], [4, 5]]], [x, [1, 2]], [[1], [[2]]]]:
        r.case('np.array', value)
    r.case('np.array', [1.7, -1.7], dtype=int, _exact=True)
    r.case('np.array', [1, 2], ndmin=2, _exact=True)
    r.case('np.array', 5.0, ndmin=2, _exact=True)
    r.case('np.array', [1, 0, 2], dtype=bool, _exact=True)
    r.case('np.array', x, copy=False)
    r.case('np.ascontiguousarray', x[::2], _exact=True)
    r.case('np.ascontiguousarray', x, _exact=True)
    r.case('np.ascontiguousarray', 3.0, _exact=True)
    for value in [x, x[::-1], x.reshape(2, 2).T, np.array(2.0), [1, 2], 3.0]:
        r.case('np.copy', value, _exact=True)
    r.case('ndarray.copy', x.reshape(2, 2).T, _exact=True)
    r.case('ndarray.copy', x[1], _exact=True)
    r.case('ndarray.copy', x[::-2], _exact=True)
    r.case('ndarray.copy', np.array(3), _exact=True)


def casts(r):
    x = np.array([[0.0, -0.5, 1.5], [2.5, -3.7, 100.9]])
    for dtype in DTYPES:
        source = np.abs(x) if dtype[0] == 'u' else x
        r.case('ndarray.astype', source, dtype, _exact=True)
        r.case('ndarray.astype', source.T[::-1], np.dtype(dtype), _exact=True)
        for other in ['int64', 'bool', 'float32', 'uint8']:
            r.case('ndarray.astype', source.astype(dtype), other, _exact=True) if dtype[0] in 'ub' or other != 'uint8' else None
    for dtype in [float, int, bool, np.float32, 'f4', 'float']:
        r.case('ndarray.astype', x, dtype, _exact=True)
        r.case('np.astype', x, dtype, _exact=True) if dtype not in ('f4', 'float') else None
    r.case('ndarray.astype', x, float, copy=False, _exact=True)
    r.case('ndarray.astype', x[:0], int, _exact=True)
    r.case('ndarray.astype', x[0, 1], int, _exact=True)
    r.case('ndarray.astype', np.float32(0.1), np.float64, _exact=True)
    r.case('ndarray.astype', np.array([300, -1]), 'int8', _exact=True)
    r.case('ndarray.astype', np.array([np.nan, np.inf]), bool, _exact=True)
    r.case('ndarray.astype', np.array([0.1, 1e-8, 65519.0, 65520.0, 1e-7, 2049.0]), 'float16', _exact=True)
    r.case('ndarray.astype', x, 'nonsense')


def grids(r):
    a, b, c = np.arange(3.0), np.arange(2), np.array([5.0, 6.0])
    r.case('np.meshgrid', a, b, _exact=True)
    r.case('np.meshgrid', a, b, indexing='ij', _exact=True)
    r.case('np.meshgrid', a, b, c, _exact=True)
    r.case('np.meshgrid', a, sparse=True, _exact=True)
    r.case('np.meshgrid', a, b, sparse=True, _exact=True)
    r.case('np.meshgrid', [1, 2], [3, 4], _exact=True)
    r.case('np.meshgrid', a[::-1], 3.0, _exact=True)
    for sizes in [(2, 3), (2,), (2, 2, 2), (0, 2), [3, 1]]:
        r.case('np.indices', sizes, _exact=True)
        r.case('np.indices', sizes, dtype=float, _exact=True)
