"""Functions of a sequence of numbers."""
import numpy as np


def record(r):
    rng = np.random.default_rng(11)
    v = np.round(rng.standard_normal(7), 2)
    m = np.round(rng.standard_normal((3, 4)), 2)
    for x in [v, v[::-1], m, m.T, np.array([1, 4, 9, 16]), np.array([True, False, False]), m.astype(np.float32), np.array([2.0]), np.array(3.0)]:
        for n in [0, 1, 2]:
            for axis in [-1, 0]:
                r.case('np.diff', x, n, axis)
        r.case('np.ediff1d', x)
        r.case('np.gradient', x, _scale=20.0, _terms=4) if np.ndim(x) == 1 and x.dtype != bool else None
        r.case('np.trapezoid', x, _scale=20.0, _terms=8) if np.ndim(x) == 1 and x.dtype != bool else None
    r.case('np.diff', v, -1)
    r.case('np.diff', m, prepend=0)
    r.case('np.diff', m, axis=0, append=np.ones((1, 4)))
    r.case('np.ediff1d', v, to_end=[5.0, 6.0], to_begin=-1.0)
    r.case('np.gradient', m, _ulp=16)
    r.case('np.gradient', m, 0.5, axis=1, _ulp=16)
    r.case('np.gradient', m, 2.0, 3.0, _ulp=16)
    r.case('np.gradient', v, np.array([0.0, 1.0, 1.5, 3.0, 4.0, 4.5, 6.0]), _scale=np.full(7, 30.0), _terms=4)
    r.case('np.gradient', v, edge_order=2, _scale=np.full(7, 30.0), _terms=4)
    r.case('np.gradient', np.array([1.0]))
    r.case('np.trapezoid', m, axis=0, _scale=np.full(4, 20.0), _terms=4)
    r.case('np.trapezoid', m, dx=0.5, _scale=np.full(3, 20.0), _terms=4)
    r.case('np.trapezoid', v, np.arange(7.0) ** 2, _scale=200.0, _terms=8)
    r.case('np.trapezoid', m, np.array([0.0, 1.0, 3.0, 4.0]), _scale=np.full(3, 20.0), _terms=4)
    xs, ys = np.array([1.0, 2.0, 4.0]), np.array([10.0, 20.0, 15.0])
    for x in [1.5, 0.0, 9.0, 4.0, [1.0, 2.0, 3.0], np.array([[1.5, 3.5], [0.5, 4.5]]), 2]:
        r.case('np.interp', x, xs, ys)
        r.case('np.interp', x, xs, ys, left=-1.0, right=-2.0)
    for a, b in [(v, [1.0, 0.5, 2.0]), ([1, 2, 3], [0, 1, 2, 1]), (v[:3], v[::-1]), ([2.0], [3.0]), ([1, 2, 3, 4], [1, 1]), ([1.0, 2.0], [1.0, 2.0])]:
        for mode in ['full', 'same', 'valid']:
            scale = np.convolve(np.abs(a), np.abs(b), mode)
            r.case('np.convolve', a, b, mode, _scale=scale, _terms=7)
            scale = np.correlate(np.abs(a), np.abs(b), mode)
            r.case('np.correlate', a, b, mode, _scale=scale, _terms=7)
        r.case('np.convolve', a, b, _scale=np.convolve(np.abs(a), np.abs(b)), _terms=7)
        r.case('np.correlate', a, b, _scale=np.correlate(np.abs(a), np.abs(b)), _terms=7)
    r.case('np.convolve', [], [1.0])
    r.case('np.convolve', [1.0], [])
    r.case('np.correlate', [], [1.0])
    r.case('np.convolve', m, v)
    i = np.array([0, 1, 1, 3, 2, 1])
    r.case('np.bincount', i)
    r.case('np.bincount', i, minlength=7)
    r.case('np.bincount', i, [0.5, 1.0, 2.0, 4.0, 8.0, 16.0])
    r.case('np.bincount', i, weights=v[:6], minlength=2)
    r.case('np.bincount', [])
    r.case('np.bincount', np.array([1, -1]))
    r.case('np.bincount', v)
    r.case('np.bincount', m)
    r.case('np.bincount', i, [1.0])
    r.case('np.piecewise', v, [v < 0, v > 1], [-1.0, 1.0])
    r.case('np.piecewise', v, [v < 0, v > 1], [-1.0, 1.0, 0.5])
    r.case('np.piecewise', m, m > 0, [1.0])
    r.case('np.piecewise', v, [v < 0], [1.0, 2.0, 3.0])
    r.case('np.histogram', [1, 2, 1], 3)
    r.case('np.histogram', v)
    r.case('np.histogram', v, 4, (-1.0, 1.0))
    r.case('np.histogram', v, [-2.0, 0.0, 0.5, 2.0])
    r.case('np.histogram', v, 3, density=True)
    r.case('np.histogram', i, [0, 1, 2, 3])
