"""Reading and writing by index: hand-picked forms, errors, and random index expressions on random arrays."""
import numpy as np

SLICES = [slice(None), slice(1, None), slice(None, -1), slice(None, None, 2), slice(None, None, -1), slice(2, 0, -1), slice(1, 1),
          slice(-2, None), slice(5, None), slice(None, 9), slice(3, None, -2)]


def record(r):
    forms(r)
    errors(r)
    picking(r)
    places(r)
    rng = np.random.default_rng(7)
    for k in range(340):
        random_case(r, rng, k)


def layouts(rng, ndim):
    """An array of `ndim` axes, sometimes a transposed, reversed or strided view."""
    shape = tuple(int(n) for n in rng.integers(1, 5, ndim))
    x = np.asarray(np.round(rng.standard_normal(shape), 3))
    kind = rng.integers(5)
    if kind == 1:
        x = x.T
    elif kind == 2 and ndim > 0:
        x = x[::-1]
    elif kind == 3 and ndim > 0:
        x = np.repeat(x, 2, axis=-1)[..., ::2]
    elif kind == 4:
        x = x.astype(['int64', 'float32', 'bool'][rng.integers(3)])
    return np.asarray(x)


def random_index(rng, shape):
    index, axis = [], 0
    ellipsis = False
    lanes = [(), (2,), (3,), (1,), (2, 1)][rng.integers(5)]
    while axis < len(shape):
        kind = rng.integers(11)
        n = shape[axis]
        if kind <= 2:
            index.append(int(rng.integers(-n, n)) if n else slice(None))
        elif kind <= 5:
            index.append(SLICES[rng.integers(len(SLICES))])
        elif kind == 6 and n:
            index.append(rng.integers(-n, n, lanes))
        elif kind == 7 and n:
            index.append([int(i) for i in rng.integers(-n, n, 2)] if lanes in ((2,), (), (1,)) else rng.integers(-n, n, lanes))
        elif kind == 8:
            index.append(None)
            continue
        elif kind == 9 and not ellipsis:
            ellipsis = True
            index.append(...)
            axis = min(len(shape), axis + int(rng.integers(0, 3)))
            continue
        elif kind == 10:
            index.append(rng.random(n) < 0.5)
        else:
            break
        axis += 1
    if len(index) == 1 and rng.integers(2):
        return index[0]
    return tuple(index)


def random_case(r, rng, k):
    x = layouts(rng, int(rng.integers(0, 5)))
    index = rng.random(x.shape) < 0.4 if k % 10 == 0 and x.ndim else random_index(rng, x.shape)
    r.case('ndarray.__getitem__', x, index, _exact=True)
    try:
        shape = np.shape(x[index])
    except (IndexError, ValueError):
        r.case('ndarray.__setitem__', x, index, 1.0)
        return
    kind = rng.integers(4)
    value = np.round(rng.standard_normal(shape), 3)
    if kind == 1:
        value = 2.5
    elif kind == 2 and len(shape) > 0:
        value = np.round(rng.standard_normal(shape[1:]), 3)
    elif kind == 3:
        value = np.round(rng.standard_normal((2,) + tuple(shape[:1])), 3)
    r.case('ndarray.__setitem__', x, index, value if not np.isscalar(value) and np.ndim(value) else float(value), _exact=True)


def forms(r):
    x = np.arange(24.0).reshape(2, 3, 4)
    m = np.arange(12).reshape(3, 4)
    for index in [0, -1, (0, 1), (0, 1, 2), (0, 1, 2, ...), (...,), (..., 0), (), None, (None, 0), (0, None), (slice(None), None, 1),
                  (0, slice(1, 3)), (slice(None, None, -1), 0, slice(None, None, 2)), True, False, (0, True), np.int64(1),
                  (np.int64(1), np.int32(0)), np.array(1), (np.array(1), 0, 0), [0, 1, 0], ([0, 1], [1, 2]), ([0, 1], slice(None), [1, 2]),
                  (slice(None), [0, 1], [1, 2]), (0, slice(None), [1, 2]), (slice(None), 0, [1, 2]), ([[0], [1]], [1, 2]),
                  ([0, 1], ..., [1, 2]), (slice(None), [0, 1], ..., [0, 1]), ([0, 1], None, [1, 2]), [True, False], x > 11,
                  (slice(None), [True, False, True]), (0, m > 5), ([0, 1], [True, False, True], 0), [], (slice(None), []),
                  np.zeros(0, int), (slice(0, 0), 1), (slice(np.int64(0), np.int64(2)),), [[0, 1], [1, 1]]]:
        r.case('ndarray.__getitem__', x, index, _exact=True)
    for y in [m.T, m[::-1, 1:], np.broadcast_to(np.arange(4), (3, 4))]:
        for index in [(np.arange(3) % y.shape[0], [0, 1, 0]), y % 2 == 0, (slice(None), 1), (..., -1), (slice(None, None, -1),)]:
            r.case('ndarray.__getitem__', y, index, _exact=True)
    s = np.array(3.5)
    for index in [(), ..., None, True, (..., None)]:
        r.case('ndarray.__getitem__', s, index)
    z = np.zeros((3, 4))
    row = np.array([1.0, 2.0, 3.0, 4.0])
    for index, value in [(0, 1), (0, row), ((0, 1), 5.5), ((0, 1), np.float64(2)), (slice(None), row), ((slice(None), 1), row[:3]),
                         ((slice(None), slice(1, 3)), [[1.0, 2.0]]), (..., 7), ((), 7), ([0, 0, 1], row), (([0, 1], [1, 1]), [1.0, 2.0]),
                         (([0, 0], [1, 1]), [1.0, 2.0]), (m > 5, 0), (m > 5, np.arange(6.0)), ((slice(None), [True, False, True, False]), 3),
                         (slice(None), np.ones((1, 3, 4))), ((0, 1), np.array(4.0)), (0, True), (slice(0, 0), 1), ([], 1)]:
        r.case('ndarray.__setitem__', z, index, value, _exact=True)
    i = np.arange(6).reshape(2, 3)
    for value in [1.9, -1.9, True, [0.5, 1.5, 2.5], np.float32(2.7)]:
        r.case('ndarray.__setitem__', i, 1, value, _exact=True)
        r.case('ndarray.__setitem__', i, (0, 0), value if not isinstance(value, list) else 0.1, _exact=True)
    b = np.zeros(3, bool)
    r.case('ndarray.__setitem__', b, slice(None), [0.0, 0.5, 2.0])
    f = np.zeros(3, np.float32)
    r.case('ndarray.__setitem__', f, 0, 0.1, _exact=True)
    r.case('ndarray.__setitem__', f, slice(None), np.array([0.1, 0.2, 0.3]), _exact=True)
    a = np.arange(7.0)[1:]
    r.case('ndarray.__setitem__', a, slice(1, None), a[:-1], _exact=True)
    a = np.arange(7.0)[1:]
    r.case('ndarray.__setitem__', a, slice(None), a[::-1], _exact=True)
    a = np.arange(7.0)[1:]
    r.case('ndarray.__setitem__', a, [5, 4, 3], a[:3], _exact=True)
    q = np.arange(10.0)[1:].reshape(3, 3)
    r.case('ndarray.__setitem__', q, slice(None), q.T, _exact=True)


def errors(r):
    x = np.zeros((2, 3))
    for index in [2, -3, (0, 3), (0, 0, 0), (slice(None), slice(None), 0), 1.0, 'a', (0, 'a'), [1.5], [0, 7], ([0, 1], [0, 1, 2]), (..., ...),
                  np.array([0.0]), np.zeros(3, bool), np.zeros((2, 2), bool), (slice(None), np.zeros(2, bool)), np.zeros((2, 3, 1), bool),
                  slice(1.0, 2), slice(None, None, 0), [True, True, True], (0, [5])]:
        r.case('ndarray.__getitem__', x, index)
        r.case('ndarray.__setitem__', x, index, 1.0)
    for index, value in [(0, [1.0, 2.0]), (slice(None), np.zeros(2)), (slice(None), np.zeros((3, 2))), ([0, 1], np.zeros(2)),
                         ([0, 1], np.zeros((2, 2))), (x == 0, np.zeros(3)), (np.array([True, False]), np.zeros((2, 3))),
                         (([0, 1], [0, 1]), np.zeros(3)), ((0, 0), [1.0]), ((0, 0), [1.0, 2.0]), ((0, 0), np.zeros((1, 1))),
                         ((slice(None), 0), np.zeros((2, 2))), (slice(0, 0), np.zeros(2))]:
        r.case('ndarray.__setitem__', x, index, value)


def picking(r):
    x = np.arange(12.0).reshape(3, 4) * 1.5
    for a in [x, x.T, x[::-1]]:
        r.case('np.take', a, [0, 5, -1], _exact=True)
        r.case('np.take', a, [[0, 1], [1, 0]], axis=0, _exact=True)
        r.case('ndarray.take', a, np.array([2, 0, 2]), axis=1, _exact=True)
        r.case('np.take', a, 1, axis=-1, _exact=True)
        r.case('np.take_along_axis', a, np.argsort(a, axis=1)[:, :2], axis=1, _exact=True)
        r.case('np.take_along_axis', a, np.argmax(a, axis=0)[None], axis=0, _exact=True)
        r.case('np.put_along_axis', a.copy(), np.argmin(a, axis=1)[:, None], -1.0, axis=1)
        r.case('np.compress', [False, True, True], a, axis=0, _exact=True)
        r.case('ndarray.compress', a, [True, False, True], axis=1, _exact=True)
        r.case('np.compress', [0, 1, 1, 0, 1], a, _exact=True)
        r.case('np.extract', a > 3, a, _exact=True)
        r.case('np.put_along_axis', a.copy(), np.array([0, 7, -1]), 5.0, axis=None)
        r.case('np.put', a.copy(), [0, -1, 4], [9.0, 8.0], _exact=True)
    r.case('np.take', x, 3)
    r.case('np.take', x, [0, 12])
    r.case('np.take', x, 5, axis=0)
    r.case('np.take', x, [0, 12, -1], mode='clip')
    r.case('np.take', x, [0, 12, -1], mode='wrap')
    r.case('np.take', x, [])
    r.case('np.take_along_axis', x, np.zeros(3, int), axis=0)
    r.case('np.take_along_axis', x, np.zeros(3, int), axis=None)
    r.case('np.choose', [0, 1, 2, 0], [[1.0, 2.0, 3.0, 4.0], [10.0, 20.0, 30.0, 40.0], [5.0, 6.0, 7.0, 8.0]])
    r.case('np.choose', np.array([[1, 0], [0, 1]]), [-10.0, np.arange(4.0).reshape(2, 2)])
    r.case('np.choose', [0, 4], [[1, 2], [3, 4]])
    r.case('np.choose', [0, 4], [[1, 2], [3, 4]], mode='wrap')
    r.case('np.select', [x < 5, x > 10], [x, -x])
    r.case('np.select', [x < 5, x > 2], [x, -x], default=7.0)
    r.case('np.select', [x < 5], [x, -x])
    r.case('np.copyto', x.copy(), 1.0)
    r.case('np.copyto', x.copy(), np.arange(4.0), where=x > 4)
    r.case('np.copyto', np.zeros(3, int), np.array([1.5, 2.5, 3.5]))
    for op in ['add', 'subtract', 'multiply', 'maximum', 'minimum']:
        name = f'np.{op}.at'
        r.case(name, np.arange(5.0), [0, 1, 1, 4, 1], [1.0, 2.0, 3.0, 4.0, 5.0], _exact=True)
        r.case(name, np.zeros((3, 2)), np.array([0, 2, 0]), np.arange(6.0).reshape(3, 2), _exact=True)
        r.case(name, np.zeros((3, 4)), (np.array([0, 0, 2]), np.array([1, 1, 3])), 2.0, _exact=True)
        r.case(name, np.zeros((3, 4)), (slice(None), [0, 0, 1]), np.arange(9.0).reshape(3, 3), _exact=True)
        r.case(name, np.zeros(4, int), [1, 1, 2], 3, _exact=True)
        r.case(name, np.zeros(4), 2, 3.5, _exact=True)
    for op in ['divide', 'floor_divide', 'remainder', 'power', 'fmax', 'fmin']:
        r.case(f'np.{op}.at', np.arange(1.0, 6.0), [0, 1, 1, 4], [2.0, 3.0, 0.5, 4.0])
    for op in ['bitwise_and', 'bitwise_or', 'bitwise_xor']:
        r.case(f'np.{op}.at', np.arange(5), [0, 1, 1, 4], [2, 3, 1, 6])
    r.case('np.add.at', np.zeros((3, 4)), ([0, 1, 0],), np.ones((3, 4)), _exact=True)
    r.case('np.add.at', np.zeros((2, 3, 4)), (slice(None), [[0, 0], [1, 2]], [1, 1]), np.arange(8.0).reshape(2, 2, 2), _exact=True)
    r.case('np.add.at', np.zeros((2, 3)), [0, 1], np.zeros(4))
    r.case('np.add.at', np.zeros((2, 3)), [0, 5], 1.0)


def places(r):
    x = np.array([[0.0, 1.5, 0.0], [2.0, 0.0, -1.0]])
    for a in [x, x.T, x[:, ::-1], np.zeros((2, 2)), np.zeros((0, 3)), np.array([0, 3, 0, 4])]:
        r.case('np.nonzero', a)
        r.case('ndarray.nonzero', a)
        r.case('np.argwhere', a)
        r.case('np.flatnonzero', a)
    r.case('np.nonzero', np.array(1.0))
    for i in [0, 5, [1, 5, 3], np.array([[0, 1], [4, 5]]), -1, 6, np.int64(3)]:
        r.case('np.unravel_index', i, (2, 3))
    r.case('np.unravel_index', 7, (2, 3, 4), order='F')
    for index in [(1, 2), ([0, 1], [2, 1]), (2, 0), (1, [0, 1, 2])]:
        r.case('np.ravel_multi_index', index, (2, 3))
    r.case('np.ravel_multi_index', (3, -1), (2, 3), mode='wrap')
    r.case('np.ravel_multi_index', (3, -1), (2, 3), mode='clip')
    r.case('np.ravel_multi_index', (1, 2), (2, 3), order='F')
    r.case('np.ix_', [0, 1], [2, 3, 4])
    r.case('np.ix_', [True, False, True], [1])
    r.case('np.indices', (2, 3))
    r.case('np.indices', (2,))
    r.case('np.index_exp.__getitem__', (0, 1))
    r.case('np.diag_indices', 3)
    r.case('np.diag_indices', 2, 3)
    r.case('np.diag_indices_from', np.zeros((3, 3)))
    for k in [-1, 0, 2]:
        r.case('np.triu_indices', 3, k)
        r.case('np.tril_indices', 3, k, 4)
        r.case('np.triu_indices_from', np.zeros((2, 4)), k)
        r.case('np.tril_indices_from', np.zeros((4, 2)), k)
    for a, v in [(np.zeros((3, 3)), 2.0), (np.zeros((2, 4)), 1.0), (np.zeros((5, 2)), 3.0), (np.zeros((3, 3), int), [1, 2, 3]),
                 (np.zeros((2, 2, 2)), 4.0), (np.zeros(3), 1.0)]:
        r.case('np.fill_diagonal', a, v)
    r.case('np.fill_diagonal', np.zeros((5, 2)), 3.0, wrap=True)
