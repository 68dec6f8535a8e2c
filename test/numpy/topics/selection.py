"""where, clip, rounding, closeness."""
import numpy as np


def record(r):
    rng = np.random.default_rng(4)
    x = rng.normal(size=(3, 4)).round(2)
    y = rng.normal(size=(3, 4)).round(2)
    for condition in [x > 0, x > 9, (x > 0)[0], (x > 0)[:, :1], True, False, np.True_, x, x.T.T[::-1] > 0, np.array(True)]:
        for a, b in [(x, y), (x, 0), (0, 1.5), (x[0], y[:, :1]), (1, 2), (x.astype('float32'), 0.1), (np.arange(4), True)]:
            r.case('np.where', condition, a, b, _exact=True)
    r.case('np.where', x > 0, np.ones(5), 0)
    r.case('np.where', x > 0, x)
    for a in [x, x.T, x[::-1, ::2], x[0], x[0, 0], x[:0], 3.5, [1, 5, 9], np.arange(6), np.arange(6, dtype='uint8'), x.astype('float32')]:
        for low, high in [(0, 1), (-0.5, 0.5), (None, 0), (0, None), (2, 1)]:
            r.case('np.clip', a, low, high)
            if isinstance(a, np.ndarray):
                r.case('ndarray.clip', a, low, high)
    r.case('np.clip', x, y, 1.0)
    r.case('np.clip', x, np.zeros(4), np.ones((3, 1)))
    r.case('np.clip', x, -1, 1, out=x)
    r.case('np.clip', x, a_min=0, a_max=1)
    r.case('np.clip', x, min=0, max=1)
    r.case('np.clip', np.array([np.nan, 1, -1]), 0, 0.5)
    r.case('np.clip', np.arange(4), 0.5, 2.5)
    for decimals in [0, 1, 2, -1, 3]:
        for a in [x, x.T, x * 100, np.array([0.5, 1.5, 2.5, -0.5, -1.5, 0.25, 0.35]), np.array([15, 25, 35]), 2.675, 1234,
                  np.array([np.nan, np.inf, 1e20]), x.astype('float32'), x > 0]:
            r.case('np.round', a, decimals)
        r.case('np.around', x, decimals)
        r.case('ndarray.round', x, decimals)
    for a, b in [(x, x), (x, x + 1e-9), (x, x + 1e-3), (1.0, 1.0 + 1e-9), (x, x[0]), (np.array([np.nan, np.inf]), np.array([np.nan, np.inf])),
                 (np.array([np.inf, 1]), np.array([-np.inf, 1])), ([1, 2], [1, 2]), (0.0, 1e-9), (np.arange(3), np.arange(3) + 1)]:
        for name in ['np.isclose', 'np.allclose']:
            r.case(name, a, b)
            r.case(name, a, b, rtol=1e-2, atol=1e-2)
            r.case(name, a, b, equal_nan=True)
        r.case('np.array_equal', a, b)
    r.case('np.array_equal', x, x[0])
    r.case('np.allclose', x, np.ones(5))
    special = np.array([np.nan, np.inf, -np.inf, 1.5])
    r.case('np.nan_to_num', special)
    r.case('np.nan_to_num', special.astype('float32'))
    r.case('np.nan_to_num', special, nan=7, posinf=8, neginf=9)
    r.case('np.nan_to_num', special[::-1])
    r.case('np.nan_to_num', np.nan)
    r.case('np.nan_to_num', np.arange(3))
