"""Arrays to Python numbers and lists; questions about arrays and dtypes."""
import numpy as np


def record(r):
    x = np.arange(6.0).reshape(2, 3) / 4
    for a in [x, x.T, x[::-1, 1:], np.array(2.5), np.arange(3), np.array([True, False]), x[:0], x.astype('float32'), np.float64(1.5),
              np.int64(3), np.bool_(True), np.array([[1]])]:
        r.case('ndarray.tolist', a, _exact=True)
        r.case('ndarray.item', a, _exact=True)
        r.case('np.shape', a)
        r.case('np.ndim', a)
        r.case('np.size', a)
        r.case('np.isscalar', a)
    for index in [(0,), (5,), (-1,), (1, 2), ((1, 2),), (6,), (2, 0), (1, 1, 1)]:
        r.case('ndarray.item', x, *index)
        r.case('ndarray.item', x.T[::-1], *index)
    for value in [[1, 2], [[1.5, 2], [3, 4]], 3, 2.5, True]:
        r.case('np.shape', value)
        r.case('np.ndim', value)
        r.case('np.size', value)
        r.case('np.isscalar', value)
    r.case('np.size', x, 0)
    r.case('np.size', x, -1)
    for a in [x, x.T, np.arange(3), np.array(2.5), x[:0]]:
        for name in ['np.conj', 'ndarray.conj', 'np.real', 'np.imag', 'ndarray.view', 'np.isrealobj', 'np.iscomplexobj']:
            r.case(name, a)
    for a in [np.float32, int, 'f4', np.dtype('int8'), bool]:
        r.case('np.dtype', a)
    for a in [np.float32, np.float64, np.int32, np.uint8, np.bool_, int, float]:
        for b in [np.float32, np.float64, np.int32, float, int, bool]:
            r.case('np.issubdtype', a, b)
    r.case('np.divmod', 7.5, -2)
    r.case('np.divmod', np.array([7.5, -7.5, 3]), 2)
    r.case('np.divmod', np.arange(-3, 4), 2)
    names = ['bool', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'float16', 'float32', 'float64']
    for a in names:
        for b in names:
            r.case('np.promote_types', a, b)
            r.case('np.can_cast', a, b)
            r.case('np.can_cast', a, b, 'same_kind')
        r.case('np.result_type', np.zeros(2, a), 1)
        r.case('np.result_type', np.zeros(2, a), 1.0)
        r.case('np.result_type', np.zeros(2, a), np.float32(1))
