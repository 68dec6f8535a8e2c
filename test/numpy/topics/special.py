"""scipy.special, as SciPy 1.17 gives it, on the dtypes that its loops share with NumPy's."""
import numpy as np


def record(r):
    rng = np.random.default_rng(9)
    x = (rng.normal(size=(3, 4)) * 2).round(3)
    wide = np.array([0.0, -0.0, 1e-300, 1e-8, 0.1, 0.5, 1, 1.9, 2, 2.1, 3, 5, 5.9, 6.1, 10, 26, 28, -0.3, -2.5, -7, np.inf, -np.inf, np.nan])
    for name in ['scipy.special.erf', 'scipy.special.erfc', 'scipy.special.expit']:
        for a in [x, x.T, x[::-1, ::2], x[0], np.array(x[0, 0]), x[0, 0], x[:0], x.astype('float32'), np.arange(-3, 4), 0.5, [[0.5, -0.25]]]:
            r.case(name, a)
        r.case(name, wide, _ulp=16 if name.endswith('erfc') else 4)
        r.case(name, x, out=np.zeros((3, 4)))
    for axis in [None, 0, 1, -1]:
        for a in [x, x[::-1], x.astype('float32'), x * 400]:
            terms = np.abs(a.astype(float)).max() + 3
            for name in ['scipy.special.logsumexp', 'scipy.special.log_softmax']:
                r.case(name, a, axis=axis, _scale=terms, _terms=4)
            r.case('scipy.special.softmax', a, axis=axis, _scale=np.float64(terms), _terms=4)
        r.case('scipy.special.logsumexp', x, axis=axis, keepdims=True, _scale=9, _terms=4)
    r.case('scipy.special.logsumexp', x[0], _scale=9, _terms=4)
    for a, b in [(np.abs(x), np.abs(x) + 1), (0, x[0] ** 2), (np.array([0.0, 1.0, 0.0]), np.array([0.0, 2.0, 3.0])), (2.0, 3.0)]:
        r.case('scipy.special.xlogy', a, b)
