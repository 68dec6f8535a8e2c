"""Order and membership."""
import numpy as np


def record(r):
    rng = np.random.default_rng(5)
    m = np.round(rng.standard_normal((3, 4)), 2)
    t = np.array([3.0, 1.0, 2.0, 1.0, np.nan, -5.0])
    for x in [m, m.T, m[::-1], t, np.array([3, 1, 2, 1]), np.array([True, False, True]), m.astype(np.float32), np.zeros((0, 3)), np.array(2.0),
              np.round(rng.standard_normal((2, 3, 2)), 1)]:
        for axis in [-1, 0, None, 1]:
            r.case('np.sort', x, axis, _exact=True)
            r.case('np.argsort', x, axis, kind='stable')
        if x.ndim == 1:
            r.case('ndarray.sort', x.copy(), _exact=True)
            r.case('ndarray.argsort', x, kind='stable')
        for flags in [{}, {'return_index': True}, {'return_inverse': True}, {'return_counts': True},
                      {'return_index': True, 'return_inverse': True, 'return_counts': True}]:
            r.case('np.unique', x, **flags, _exact=True)
    r.case('ndarray.sort', m.copy(), 0, _exact=True)
    r.case('np.lexsort', (np.array([2, 1, 2, 1]), np.array([0, 0, 1, 1])))
    r.case('np.lexsort', ([1.5, 0.5, 1.0], [2, 2, 1]))
    line = np.array([1.0, 2.0, 2.0, 4.0])
    for v in [2, 2.0, 0.5, 9, [2.0, 4.0, 5.0], np.array([[1, 2], [3, 4]]), np.nan]:
        for side in ['left', 'right']:
            r.case('np.searchsorted', line, v, side)
            r.case('ndarray.searchsorted', line, v, side=side)
        r.case('np.digitize', v, line)
        r.case('np.digitize', v, line, right=True)
        r.case('np.digitize', v, line[::-1])
        r.case('np.digitize', v, line[::-1], True)
    r.case('np.searchsorted', np.array([3, 1, 2]), 2, sorter=[1, 2, 0])
    r.case('np.digitize', 1.0, [1, 3, 2])
    for a, b in [([1, 2, 3, 2], [2, 5]), (m, [m[0, 0], 7.0]), (np.array([3, 1, 3]), np.array([1, 1, 3])), ([], [1]), (2, [2, 3])]:
        for name in ['np.isin', 'np.intersect1d', 'np.union1d', 'np.setdiff1d', 'np.setxor1d']:
            r.case(name, a, b, _exact=True)
        r.case('np.isin', a, b, invert=True)
        r.case('np.intersect1d', a, b, return_indices=True)
    r.case('np.partition', np.array([1, 1, 1]), 1)
    r.case('np.argpartition', np.array([1.0, 2.0, 3.0]), 1)
    for trim in ['fb', 'f', 'b']:
        r.case('np.trim_zeros', np.array([0, 0, 1, 0, 2, 0]), trim)
