"""reshape, transpose and their relatives: values, views against copies, errors."""
import numpy as np


def arrays():
    a = np.arange(24.0).reshape(2, 3, 4)
    m = np.arange(6).reshape(2, 3)
    return [a, a.transpose(2, 0, 1), a[:, ::-1], a[:, :, ::2], m, m.T, np.arange(6.0)[::-1], np.arange(5.0, dtype=np.float32), np.array(2.5),
            np.zeros((0, 3)), np.ones((1, 3, 1)), np.array([[True, False]])]


def record(r):
    for x in arrays():
        for name in ['np.reshape']:
            for shape in [-1, (x.size,), (-1, 2), (1, -1), (3, -1), x.shape[::-1], x.shape + (1,), (2, 3, 2), (2, -1, 2), ()]:
                r.case(name, x, shape, _exact=True)
        r.case('np.reshape', x, x.shape[::-1], order='F', _exact=True)
        r.case('np.reshape', x, (-1,), order='F', _exact=True)
        for order in 'CF':
            r.case('np.ravel', x, order, _exact=True)
            r.case('ndarray.flatten', x, order, _exact=True)
        r.case('ndarray.ravel', x, _exact=True)
        r.case('np.transpose', x, _exact=True)
        r.case('ndarray.T', x, _exact=True)
        r.case('np.squeeze', x, _exact=True)
        for axis in [0, 1, -1, (0, -1), 3]:
            r.case('np.expand_dims', x, axis, _exact=True)
            r.case('np.flip', x, axis, _exact=True)
            r.case('ndarray.squeeze', x, axis, _exact=True)
        r.case('np.flip', x, _exact=True)
        for shift, axis in [(1, None), (-2, 0), (1, 1), ((1, 2), (0, 1)), (3, (0, 1)), (5, -1), (0, 0)]:
            r.case('np.roll', x, shift, axis, _exact=True)
        for repeats, axis in [(2, None), (2, 0), (3, 1), ([1, 2], 0), ([1, 0, 2], 1), (0, 0), ([1, 2, 3], 0), (-1, 0)]:
            r.case('np.repeat', x, repeats, axis, _exact=True)
        r.case('ndarray.repeat', x, 2, axis=-1, _exact=True)
        for reps in [2, (2, 1), (1, 2, 1), (2,), (0, 1), ()]:
            r.case('np.tile', x, reps, _exact=True)
        for name in ['np.atleast_1d', 'np.atleast_2d', 'np.atleast_3d', 'np.fliplr', 'np.flipud']:
            r.case(name, x, _exact=True)
        for shape in [(2, 3), (4,), (2, 2, 3), (1,), (0,), (3, 3, 4)]:
            r.case('np.broadcast_to', x, shape, _exact=True)
            r.case('np.resize', x, shape, _exact=True)
    a = arrays()[0]
    m = arrays()[4]
    for args in [(6, 4), ((6, 4),), (-1,), ([4, 6],), (3, -1, 2), (2, 12), (5, 5), (-1, -1), (2.0, 12)]:
        r.case('ndarray.reshape', a, *args, _exact=True)
    r.case('ndarray.reshape', a, 4, 6, order='F', _exact=True)
    for args in [(), (2, 0, 1), ((1, 0, 2),), (0, 1), (0, 0, 1), (0, 1, 3), (-1, 0, 1), (None,)]:
        r.case('ndarray.transpose', a, *args, _exact=True)
    r.case('np.transpose', a, (0, 2, 1), _exact=True)
    for i, j in [(0, 1), (1, -1), (0, 3), (2, 2)]:
        r.case('np.swapaxes', a, i, j, _exact=True)
        r.case('ndarray.swapaxes', a, i, j, _exact=True)
    for s, d in [(0, -1), (-1, 0), ((0, 1), (-1, -2)), ([0, 2], [1, 0]), (3, 0), ((0, 0), (0, 1)), ((0, 1), 0), (0, 4)]:
        r.case('np.moveaxis', a, s, d, _exact=True)
    for axis, start in [(0, 2), (2, 0), (1, 3), (-1, 0), (1, 1), (2, -1), (3, 0), (0, 5), (0, 3)]:
        r.case('np.rollaxis', a, axis, start, _exact=True)
    r.case('np.matrix_transpose', a, _exact=True)
    r.case('ndarray.mT', a, _exact=True)
    for k in [0, 1, 2, 3, -1, 5]:
        r.case('np.rot90', m, k, _exact=True)
        r.case('np.rot90', a, k, (1, 2), _exact=True)
    r.case('np.rot90', m, 1, (1, 1))
    r.case('np.rot90', m, 1, (0, 2))
    r.case('np.rot90', a, 1, (0, 1, 2))
    r.case('np.broadcast_arrays', np.arange(3.0), np.zeros((2, 1)))
    r.case('np.broadcast_arrays', np.arange(3.0), np.zeros((2, 4)))
    r.case('np.atleast_2d', 3.0, [1, 2])
    r.case('np.roll', [1, 2, 3], 1)
    r.case('np.tile', [[1, 2]], 3)
    for a in [3.0, [1, 2], np.arange(6.0).reshape(2, 3)]:
        r.case('np.matlib.repmat', a, 2, 3, _exact=True)
    r.case('np.repeat', 3, 4)
    r.case('np.repeat', [1, 2], [2, 3])
    x = np.arange(12.0)
    for window in [1, 3, 12, 13]:
        r.case('np.lib.stride_tricks.sliding_window_view', x, window, _exact=True)
    r.case('np.lib.stride_tricks.sliding_window_view', a, (2, 2), axis=(1, 2), _exact=True)
    r.case('np.lib.stride_tricks.sliding_window_view', m, (2, 2), _exact=True)
    r.case('np.lib.stride_tricks.sliding_window_view', m, 2, _exact=True)
    r.case('np.lib.stride_tricks.sliding_window_view', m, 2, axis=1, _exact=True)
    r.case('np.lib.stride_tricks.as_strided', x, (4, 3), (24, 8), _exact=True)
    r.case('np.lib.stride_tricks.as_strided', x, (5, 4), (16, 8), _exact=True)
    r.case('np.lib.stride_tricks.as_strided', x.astype(np.float32), (3, 3), (0, 4), _exact=True)
    r.case('np.shares_memory', x[1:], x[2:])
    r.case('np.shares_memory', x[::2], x[1::2])
    r.case('np.may_share_memory', x[::2], x[1::2])
    r.case('np.shares_memory', x, x.copy())
