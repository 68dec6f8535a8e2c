"""Reductions over axes, running sums, `reduce` and `accumulate`; sums against the scale of their terms."""
import numpy as np

DTYPES = ['float32', 'float16', 'int64', 'int32', 'int8', 'uint8', 'bool']


def arrays(rng, dtype='float64'):
    x = rng.normal(size=(3, 4, 2)).round(3)
    if dtype == 'bool':
        x = x > 0
    elif np.dtype(dtype).kind in 'iu':
        x = np.abs(np.rint(x * 5)).astype(dtype) if dtype[0] == 'u' else np.rint(x * 5).astype(dtype)
    else:
        x = x.astype(dtype)
    return [x, x[0], x[0, 0], x.transpose(2, 0, 1), x[::-1, :, 1], x[:1, :1, 0], np.array(x[0, 0, 0]), x[1:2]]


def axes(ndim):
    yield None
    for axis in range(ndim):
        yield axis
    if ndim:
        yield -1
    if ndim > 1:
        yield (0, ndim - 1)
        yield (-1, 0)


def summed(r, name, x, *args, absolute=None, terms=None, **kwargs):
    """A sum of x: its scale is the same sum of absolute values."""
    size = x.size if terms is None else terms
    where = {k: kwargs[k] for k in ('axis', 'keepdims') if k in kwargs}
    scale = np.sum(np.abs(np.asarray(x, 'float64')) if absolute is None else absolute, **where)
    if name.endswith('mean'):
        scale = scale / max(size, 1) * np.size(scale)
    r.case(name, x, *args, _scale=scale, _terms=max(size, 1), **kwargs)


def record(r):
    rng = np.random.default_rng(2)
    sums(r, rng)
    spreads(r, rng)
    extremes(r, rng)
    truths(r, rng)
    scans(r, rng)
    methods(r, rng)
    broken(r)
    missing(r, rng)


def sums(r, rng):
    for x in arrays(rng):
        for axis in axes(x.ndim):
            for keepdims in [False, True]:
                summed(r, 'np.sum', x, axis=axis, keepdims=keepdims)
                summed(r, 'np.mean', x, axis=axis, keepdims=keepdims)
            summed(r, 'ndarray.sum', x, axis=axis)
            summed(r, 'ndarray.mean', x, axis=axis)
            r.case('np.prod', x, axis=axis, _ulp=2 * x.size + 4)
            r.case('ndarray.prod', x, axis=axis, _ulp=2 * x.size + 4)
    for dtype in DTYPES:
        for x in arrays(rng, dtype):
            for axis in [None, -1 if x.ndim else None]:
                summed(r, 'np.sum', x, axis=axis)
                summed(r, 'np.mean', x, axis=axis)
        r.case('np.prod', x, _ulp=40)
    for n in [0, 1, 7, 8, 9, 100, 129, 300]:
        x = rng.normal(size=n)
        r.case('np.sum', x, _exact=True)
        summed(r, 'np.sum', x.astype('float32'))
        summed(r, 'np.mean', x.astype('float32'))
    big = rng.normal(size=(20, 30)).astype('float32')
    summed(r, 'np.sum', big, axis=0)
    summed(r, 'np.sum', big, axis=1)
    x = rng.normal(size=(3, 4))
    summed(r, 'np.sum', x, axis=0, initial=2.5, absolute=np.abs(x) + 1)
    summed(r, 'np.sum', x, axis=1, where=x > 0, absolute=np.abs(x))
    summed(r, 'np.mean', x, axis=1, where=x > -1, absolute=np.abs(x) * 4)
    summed(r, 'np.sum', x, axis=1, out=np.zeros(3))
    summed(r, 'np.sum', x, dtype='float32')
    summed(r, 'np.sum', x > 0, dtype=float)
    summed(r, 'np.sum', np.array([1.7, 2.7]), dtype=int)
    summed(r, 'np.sum', np.zeros((0, 3)), axis=0)
    r.case('np.sum', 3)
    r.case('np.sum', 2.5)
    r.case('np.sum', [[1, 2], [3, 4]], axis=0)
    r.case('np.sum', [True, False, True])
    r.case('np.sum', np.float32(1.5), axis=0)
    r.case('np.mean', np.zeros((0, 3)), axis=0)
    r.case('np.mean', [1, 2, 4])
    r.case('np.prod', np.zeros(0))
    r.case('np.sum', np.array([np.inf, -np.inf, 1]))
    r.case('np.sum', np.array([-0.0, -0.0]))


def spreads(r, rng):
    for x in arrays(rng) + arrays(rng, 'float32')[:3] + arrays(rng, 'int64')[:2] + arrays(rng, 'bool')[:2]:
        y = np.asarray(x, 'float64')
        for axis in axes(x.ndim):
            for name in ['np.var', 'np.std', 'ndarray.var']:
                for ddof in [0, 1]:
                    if ddof and x.size == 1:
                        continue
                    r.case(name, x, axis=axis, ddof=ddof, _scale=np.mean(y * y) * 4 + 1, _terms=max(x.size, 2))
        r.case('np.std', x, keepdims=True, _scale=np.mean(y * y) * 4 + 1, _terms=max(x.size, 2))
    r.case('np.var', np.zeros(0))
    r.case('np.var', np.zeros((2, 0)), axis=1)
    r.case('np.var', np.ones(1), ddof=1)
    for x in arrays(rng)[:6]:
        for axis in axes(x.ndim):
            r.case('np.median', x, axis=axis)
            r.case('np.ptp', x, axis=axis)
        r.case('np.average', x, _scale=np.mean(np.abs(x)), _terms=x.size)
        r.case('np.average', x, axis=-1, weights=np.arange(1.0, x.shape[-1] + 1), _scale=np.max(np.abs(x)), _terms=x.size)
        r.case('np.average', x, weights=np.ones(x.shape) * 0.5, returned=True, _scale=np.max(np.abs(x)) + x.size, _terms=x.size)
    r.case('np.median', np.array([3, 1, 2, 10]))
    r.case('np.median', np.array([3, np.nan, 2]))


def extremes(r, rng):
    for dtype in ['float64'] + DTYPES:
        for x in arrays(rng, dtype):
            for axis in axes(x.ndim):
                for name in ['np.max', 'np.min', 'ndarray.max']:
                    r.case(name, x, axis=axis, _exact=True)
                if not isinstance(axis, tuple):
                    for name in ['np.argmax', 'np.argmin', 'ndarray.argmax']:
                        r.case(name, x, axis=axis, _exact=True)
            if dtype == 'float64':
                r.case('np.amax', x, axis=None, keepdims=True, _exact=True)
                r.case('np.argmax', x, axis=None, keepdims=True, _exact=True)
    special = np.array([[1.0, np.nan, 3.0], [np.inf, -np.inf, 2.0], [2.0, 2.0, 1.0]])
    for name in ['np.max', 'np.min', 'np.argmax', 'np.argmin', 'np.nanmax', 'np.nanmin']:
        for axis in [None, 0, 1]:
            r.case(name, special, axis=axis)
    x = rng.normal(size=(3, 4)).round(2)
    r.case('np.max', x, axis=1, initial=0.5)
    r.case('np.min', x, axis=1, initial=0.5)
    r.case('np.max', x, axis=1, initial=-np.inf, where=x < 0)
    r.case('np.max', x, axis=0, out=np.zeros(4))
    r.case('np.max', np.zeros((0, 2)), axis=1)
    r.case('np.max', [3, 1, 2])
    r.case('np.max', 2.5)


def truths(r, rng):
    for dtype in ['float64', 'int64', 'bool']:
        for x in arrays(rng, dtype):
            x = x > 0 if dtype == 'bool' else x
            for axis in axes(x.ndim):
                for name in ['np.any', 'np.all', 'ndarray.any', 'ndarray.all', 'np.count_nonzero']:
                    r.case(name, x, axis=axis)
            r.case('np.any', x, keepdims=True)
            r.case('np.count_nonzero', x, keepdims=True)
    for name in ['np.any', 'np.all', 'np.count_nonzero', 'np.sum']:
        r.case(name, np.zeros(0))
    r.case('np.all', np.array([np.nan, 1.0]))


def scans(r, rng):
    for dtype in ['float64', 'float32', 'int64', 'bool', 'uint8']:
        for x in arrays(rng, dtype):
            for axis in [None] + list(range(x.ndim)):
                for name in ['np.cumsum', 'ndarray.cumsum']:
                    r.case(name, x, axis=axis, _scale=np.sum(np.abs(x.astype(float))) + 1, _terms=max(x.size, 1))
                r.case('np.cumprod', x, axis=axis, _ulp=60)
    r.case('np.cumsum', np.ones((2, 3)), axis=2)
    r.case('np.cumsum', np.zeros(0))
    r.case('np.cumsum', [1, 2, 3], dtype=float)
    r.case('np.cumsum', np.ones(3), out=np.zeros(3))


def methods(r, rng):
    for x in arrays(rng)[:5]:
        for axis in [0, -1]:
            scale = np.sum(np.abs(x), axis=axis)
            r.case('np.add.reduce', x, axis=axis, _scale=scale, _terms=x.shape[axis])
            r.case('np.multiply.reduce', x, axis=axis, _ulp=40)
            for name in ['np.maximum.reduce', 'np.minimum.reduce', 'np.logical_and.reduce', 'np.logical_or.reduce']:
                r.case(name, x, axis=axis)
            r.case('np.add.accumulate', x, axis=axis, _scale=np.sum(np.abs(x)), _terms=x.size)
            r.case('np.multiply.accumulate', x, axis=axis, _ulp=40)
            r.case('np.maximum.accumulate', x, axis=axis)
            r.case('np.minimum.accumulate', x, axis=axis)
        r.case('np.add.reduce', x, _scale=np.sum(np.abs(x), axis=0), _terms=x.shape[0])


def broken(r):
    x = np.arange(6.0).reshape(2, 3)
    for name in ['np.sum', 'np.mean', 'np.max', 'np.argmax', 'np.var', 'np.any', 'np.cumsum', 'np.prod']:
        r.case(name, x, axis=2)
        r.case(name, x, axis=-3)
        r.case(name)
        r.case(name, x, nonsense=3)
    r.case('np.sum', x, axis=(0, 0))
    r.case('np.sum', x, axis=(0, 5))
    r.case('np.sum', x, axis=1.5)
    for name in ['np.max', 'np.min', 'np.argmax', 'np.argmin']:
        r.case(name, np.zeros(0))
        r.case(name, np.zeros((2, 0)), axis=1)
        r.case(name, np.zeros((2, 0)), axis=0)
    r.case('np.sum', x, axis=0, out=np.zeros(3, int))
    r.case('np.average', x, weights=np.ones(2))


def missing(r, rng):
    x = rng.normal(size=(3, 4)).round(2)
    x[0, 1] = x[2] = np.nan
    for name in ['np.nansum', 'np.nanmean', 'np.nanstd', 'np.nanvar', 'np.nanprod', 'np.nanmax', 'np.nanmin']:
        for axis in [None, 0, 1]:
            r.case(name, x, axis=axis, _ulp=32)
        r.case(name, np.array([1, 2, 3]))
