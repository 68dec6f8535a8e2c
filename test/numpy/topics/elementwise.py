"""Ufuncs of one and two arguments: shapes, strides, dtypes, out=, where=, outer."""
import numpy as np

UNARY = {
    'np.negative': 'any', 'np.positive': 'any', 'np.absolute': 'any', 'np.fabs': 'any', 'np.sign': 'any', 'np.exp': 'any',
    'np.exp2': 'any', 'np.expm1': 'any', 'np.log': 'positive', 'np.log2': 'positive', 'np.log10': 'positive',
    'np.log1p': 'positive', 'np.sqrt': 'positive', 'np.cbrt': 'any', 'np.square': 'any', 'np.reciprocal': 'any',
    'np.sin': 'any', 'np.cos': 'any', 'np.tan': 'any', 'np.arcsin': 'unit', 'np.arccos': 'unit', 'np.arctan': 'any',
    'np.sinh': 'any', 'np.cosh': 'any', 'np.tanh': 'any', 'np.arcsinh': 'any', 'np.arccosh': 'above', 'np.arctanh': 'unit',
    'np.floor': 'any', 'np.ceil': 'any', 'np.trunc': 'any', 'np.rint': 'any', 'np.isnan': 'any', 'np.isfinite': 'any',
    'np.isinf': 'any', 'np.signbit': 'any', 'np.logical_not': 'any', 'np.deg2rad': 'any', 'np.rad2deg': 'any',
}
BINARY = ['np.add', 'np.subtract', 'np.multiply', 'np.divide', 'np.floor_divide', 'np.remainder', 'np.fmod', 'np.power',
          'np.float_power', 'np.maximum', 'np.minimum', 'np.fmax', 'np.fmin', 'np.arctan2', 'np.hypot', 'np.logaddexp',
          'np.logaddexp2', 'np.copysign', 'np.heaviside', 'np.nextafter']
INTEGER = ['np.bitwise_and', 'np.bitwise_or', 'np.bitwise_xor', 'np.left_shift', 'np.right_shift', 'np.gcd', 'np.lcm']
COMPARE = ['np.less', 'np.less_equal', 'np.equal', 'np.not_equal', 'np.greater', 'np.greater_equal', 'np.logical_and',
           'np.logical_or', 'np.logical_xor']


def values(rng, shape, domain='any', dtype='float64'):
    x = rng.normal(size=shape) * 2
    if domain == 'positive':
        x = np.abs(x) + 0.01
    elif domain == 'unit':
        x = np.tanh(x)
    elif domain == 'above':
        x = np.abs(x) + 1
    if dtype == 'bool':
        return x > 0.5
    if np.dtype(dtype).kind in 'iu':
        whole = np.rint(np.abs(x) * 3 + 1 if domain != 'any' or dtype[0] == 'u' else x * 3)
        return np.where(whole == 0, 2, whole).astype(dtype)
    return np.round(x, 3).astype(dtype)


def both(r, name, x, y, **more):
    """Of two operands. A log of a sum adds two terms that may cancel: it is held to the tolerance of a sum."""
    if name.startswith('np.logaddexp') and 'outer' not in name:
        with np.errstate(all='ignore'):
            scale = np.abs(x) + np.abs(np.asarray(y, 'float64')) + 1.0
        r.case(name, x, y, _scale=np.where(np.isfinite(scale), scale, 1), _terms=1, **more)
    else:
        r.case(name, x, y, **more)


def record(r):
    rng = np.random.default_rng(1)
    for name, domain in UNARY.items():
        base = values(rng, (3, 4), domain)
        for x in [base, base.T, base[::-1, ::2], base[0], base[0, 0], np.array(base[1, 1]), base[:0], base[:1, :1]]:
            r.case(name, x)
        for dtype in ['float32', 'float16', 'int64', 'int32', 'int8', 'uint8', 'bool']:
            r.case(name, values(rng, (5,), domain, dtype))
        r.case(name, 2)
        r.case(name, 0.5 if domain != 'above' else 1.5)
        r.case(name, [[0.25, 0.5]] if domain != 'above' else [[1.25, 1.5]])
        r.case(name, np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, 1e-300, 1e300]))
        r.case(name, base, out=np.zeros((3, 4)))
        r.case(name, base, where=base > 0.5, out=np.ones((3, 4)))
    for name in ['np.invert', 'np.bitwise_not']:
        for dtype in ['int64', 'uint8', 'bool', 'float64']:
            r.case(name, values(rng, (4,), 'any', dtype))
    for name in BINARY + COMPARE:
        pairs(r, rng, name, ['float64', 'float32', 'int64', 'bool', 'uint8'])
    for name in INTEGER:
        pairs(r, rng, name, ['int64', 'int32', 'uint8', 'bool'], domain='positive')
    broken(r)
    weak(r, rng)


def pairs(r, rng, name, dtypes, domain='any'):
    first = dtypes[0]
    a = values(rng, (3, 4), domain, first)
    b = values(rng, (3, 4), domain, first)
    row = values(rng, (4,), domain, first)
    column = values(rng, (3, 1), domain, first)
    if name in ('np.power', 'np.float_power'):
        a, row = np.abs(a), np.abs(row)
    for x, y in [(a, b), (a, row), (a, column), (row, column), (a.T, b.T), (a[::-1], b[:, ::-1]), (a, b[0, 0]), (a, 2),
                 (3, b), (row[:0], row[:0]), (a[:1, :1], b), (row[0], row[1]), (np.array(row[0]), row)]:
        both(r, name, x, y)
    if first == 'float64':
        both(r, name, a, 0.5)
        special = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, -2.0])
        both(r, name, special[:, None], special[None, :])
    for one in dtypes:
        for other in dtypes:
            if (one, other) != (first, first):
                x = values(rng, (4,), 'positive' if 'power' in name else domain, one)
                both(r, name, x, values(rng, (4,), 'positive' if 'power' in name else domain, other))
    both(r, name, a, b, out=np.zeros((3, 4)))
    r.case(name, a, np.ones(5, first))
    for x, y in [(row, column), (row[:2], row[:0]), (row[0], row), (a, row.astype('float32') if first == 'float64' else row), ([1, 2], 3)]:
        r.case(name + '.outer', x, y, **({'_scale': 10} if 'logaddexp' in name else {}))


def broken(r):
    x = np.arange(6.0).reshape(2, 3)
    r.case('np.add', x, np.ones(4))
    r.case('np.add', np.ones((2, 1, 3)), np.ones((3, 3)), out=np.zeros(3))
    r.case('np.add', np.ones(3), x, out=np.zeros(3))
    r.case('np.add', np.ones(3), np.ones(3), out=x)
    r.case('np.add', x, 1, out=np.zeros((2, 3), int))
    r.case('np.add', x, 1, out=x)
    r.case('np.multiply', x, x.copy(), out=x[::-1])
    r.case('np.add', x)
    r.case('np.add', x, x, x, x)
    r.case('np.exp')
    r.case('np.exp', x, nonsense=1)
    r.case('np.negative', x > 1)
    r.case('np.subtract', x > 1, x > 2)
    r.case('np.power', np.array([1, 2]), -1)
    r.case('np.power', np.array([1, 2]), np.array([-1, 2]))
    r.case('np.floor_divide', np.array([7, -7, 0]), np.array([0, 2, 0]))
    r.case('np.remainder', np.array([7, -7, 0]), np.array([0, 2, 0]))
    r.case('np.divide', np.array([7, -7, 0]), 0)
    r.case('np.divide', np.array([1.0, -1.0, 0.0]), 0)
    r.case('np.divide', np.array([1.0, 2.0]), np.array([0.0, 4.0]), out=np.zeros(2), where=np.array([False, True]))
    r.case('np.add', np.array([250], 'uint8'), np.array([10], 'uint8'))
    r.case('np.multiply', np.array([100, -100], 'int8'), 2)
    r.case('np.add', np.ones(2, 'uint8'), 300)
    r.case('np.add', np.ones(2, 'int32'), 2 ** 31)
    r.case('np.add', x, 1, dtype=np.float32)
    r.case('np.add', np.array([1, 2]), 1, dtype=float)


def weak(r, rng):
    for dtype in ['float64', 'float32', 'float16', 'int64', 'int32', 'int8', 'uint8', 'bool']:
        x = values(rng, (3,), 'positive', dtype)
        for name in ['np.add', 'np.multiply', 'np.divide', 'np.power', 'np.maximum', 'np.floor_divide', 'np.less']:
            for other in [2, 0.1, True, np.float64(0.1), np.float32(0.1), np.int64(3), np.int32(3)]:
                r.case(name, x, other)
                r.case(name, other, x[0])
    for name in ['np.add', 'np.divide', 'np.power', 'np.maximum', 'np.hypot', 'np.equal']:
        for a in [2, 0.5, True]:
            for b in [3, 1.5, False]:
                r.case(name, a, b)
