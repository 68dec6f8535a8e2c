"""concatenate, stack, split, append, insert, delete, block, r_ and c_."""
import numpy as np


def record(r):
    a = np.arange(6.0).reshape(2, 3)
    b = -np.arange(3.0).reshape(1, 3)
    i = np.arange(6).reshape(2, 3)
    v = np.array([1.5, 2.5, 3.5])
    for group in [[a, b], [a, a[::-1]], (a, i), [i, i], [v, v, v], [v[::-1], v], [a.T, a.T], [a], [np.float32(1) * a.astype(np.float32), i],
                  [a, v], [a, np.zeros((2, 4))], [np.zeros((0, 3)), a], [[1, 2], [3]], [], [1, 2], [np.array(1.0), np.array(2.0)],
                  [a > 2, i], [np.ones((2, 1, 2)), np.zeros((2, 3, 2))], np.arange(8.0).reshape(2, 2, 2)]:
        for axis in [0, 1, -1, None, 2]:
            r.case('np.concatenate', group, axis=axis, _exact=True)
        for axis in [0, 1, -1, 3]:
            r.case('np.stack', group, axis=axis, _exact=True)
        for name in ['np.hstack', 'np.vstack', 'np.dstack', 'np.column_stack']:
            r.case(name, group, _exact=True)
    r.case('np.concatenate', [a, b], dtype='float32')
    r.case('np.concatenate', (a, b), 0, out=np.zeros((3, 3)))
    for x in [np.arange(8.0), np.arange(12.0).reshape(4, 3), np.arange(24).reshape(2, 4, 3)[:, ::-1]]:
        for where in [2, 4, 3, [1, 3], (2,), [3, 1], [-1], 0, np.array([1, 2]), [0, 10]]:
            for axis in [0, -1]:
                r.case('np.split', x, where, axis=axis, _exact=True)
                r.case('np.array_split', x, where, axis, _exact=True)
            for name in ['np.hsplit', 'np.vsplit']:
                r.case(name, x, where, _exact=True)
    r.case('np.dsplit', np.arange(24.0).reshape(2, 3, 4), 2)
    r.case('np.split', a, 2, 5)
    for axis in [None, 0, 1]:
        r.case('np.append', a, b, axis, _exact=True)
        r.case('np.append', a, [[7], [8]], axis, _exact=True)
        for where in [0, -1, 1, [0, 1], [1, 1], slice(None, None, 2), 7, [True, False]]:
            r.case('np.delete', a, where, axis, _exact=True)
        for where, values in [(0, 9.0), (1, 9.0), (-1, 5), (1, v), ([0, 2], 9.0), ([1, 1], [7.0, 8.0]), (9, 1.0), (slice(0, 2), 4.0)]:
            r.case('np.insert', a, where, values, axis, _exact=True)
    r.case('np.append', v, 4.5)
    r.case('np.append', [], [1, 2])
    r.case('np.append', a, v, 0)
    r.case('np.insert', a, 1, [[9.0], [8.0]], 1)
    r.case('np.insert', a, 1, [9.0, 8.0], 1)
    r.case('np.insert', a, [1], [[9.0], [8.0]], 1)
    r.case('np.insert', np.arange(4), 2, [7.9, 8.9])
    r.case('np.insert', np.arange(4), [0, 4], 7)
    r.case('np.delete', np.arange(5), [0, -1])
    r.case('np.block', [[a, a], [b, b]])
    r.case('np.block', [v, v])
    r.case('np.block', [[np.eye(2), np.zeros((2, 1))], [np.ones((1, 2)), np.array([[5.0]])]])
    r.case('np.block', [1, 2, 3])
    for key in [(v, 0, v), (slice(1, 4), 7.5), slice(0, 6, 2), (1, 2, 3), (slice(0, 1, 0.25),), (a, b), ([1, 2], [3])]:
        r.case('np.r_.__getitem__', key)
    for key in [(v, v), (a, a), (v, np.arange(3)), (np.array([1, 2, 3]), np.ones((3, 2)), [7, 8, 9]), slice(0, 3), (v, [1, 2])]:
        r.case('np.c_.__getitem__', key)
