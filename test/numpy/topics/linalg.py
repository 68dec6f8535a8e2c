"""np.linalg: norms, systems, determinants, factorisations."""
import numpy as np


def record(r):
    rng = np.random.default_rng(13)
    v = np.round(rng.standard_normal(5), 2)
    m = np.round(rng.standard_normal((3, 4)), 2)
    t = np.round(rng.standard_normal((2, 3, 4)), 2)
    for x in [v, v[::-1], m, m.T, t, m.astype(np.float32), np.array([3, 4]), np.array([[1, 2], [3, 4]]), np.zeros(3), np.array(-2.0)]:
        r.case('np.linalg.norm', x, _ulp=8)
        r.case('np.linalg.norm', x, keepdims=True, _ulp=8)
        for axis in [0, 1, -1, (0, 1), (-2, -1)]:
            r.case('np.linalg.norm', x, axis=axis, _ulp=8)
            r.case('np.linalg.norm', x, None, axis, True, _ulp=8)
        for order in [1, np.inf, -np.inf, 0, 3, 'fro', -1, 0.5, 'foo', 5.5]:
            r.case('np.linalg.norm', x, order, _ulp=32)
            r.case('np.linalg.norm', x, order, axis=-1, _ulp=32)
            if x.ndim > 1 and order not in (0, 3, 0.5, 5.5, 'foo'):
                r.case('np.linalg.norm', x, order, axis=(-2, -1), keepdims=True, _ulp=32)
    for order in [2, -2, 'nuc']:  # singular values have no gradient here: lists are constants
        r.case('np.linalg.norm', m.tolist(), order, _ulp=64)
        r.case('np.linalg.norm', t.tolist(), order, axis=(1, 2), _ulp=64)
    r.case('np.linalg.norm', v, 2, _ulp=8)
    r.case('np.linalg.norm', m, 2, axis=0, _ulp=8)
    r.case('np.linalg.norm', m, axis=(0, 0))
    s = np.array([[4.0, 1.0, 0.5], [1.0, 3.0, -1.0], [0.5, -1.0, 5.0]])
    g = np.array([[1.0, 2.0, 0.0], [0.5, -1.0, 3.0], [2.0, 0.0, 1.5]])
    stack = np.stack([s, g])
    for a in [s, g, g.T, g[::-1], stack, np.array([[2.0]]), np.array([[1, 2], [3, 4]]), g.astype(np.float32), np.zeros((0, 0))]:
        n = a.shape[-1]
        r.case('np.linalg.inv', a, _scale=np.full(a.shape, 4.0), _terms=n + 1)
        r.case('np.linalg.det', a, _scale=np.full(a.shape[:-2], 80.0), _terms=n + 1)
        r.case('np.linalg.slogdet', a, _ulp=64)
        if n:
            for b in [np.arange(1.0, n + 1), np.arange(1.0, 2 * n + 1).reshape(n, 2), np.eye(n)[::-1]]:
                try:
                    shape = np.linalg.solve(a, b).shape
                    r.case('np.linalg.solve', a, b, _scale=np.full(shape, 30.0), _terms=n + 1)
                except ValueError:
                    r.case('np.linalg.solve', a, b)
        for k in [0, 1, 3, -1, -2]:
            r.case('np.linalg.matrix_power', a, k, _scale=np.full(a.shape, 300.0), _terms=n * 4 + 1)
    for x in [np.zeros((2, 3)), np.zeros((2, 2)), np.zeros(2), np.ones((3, 3)), np.array(1.0)]:
        r.case('np.linalg.inv', x)
        r.case('np.linalg.det', x)
        r.case('np.linalg.solve', x, np.ones(2))
        r.case('np.linalg.cholesky', x)
    r.case('np.linalg.solve', np.eye(2), np.zeros(3))
    r.case('np.linalg.solve', np.eye(2), np.zeros((3, 1)))
    r.case('np.linalg.cholesky', s, _ulp=16)
    r.case('np.linalg.cholesky', np.stack([s, np.eye(3)]), _ulp=16)
    r.case('np.linalg.cholesky', s, upper=True, _ulp=16)
    r.case('np.linalg.cholesky', -s)
    for a in [m, m.T, s, g, np.round(rng.standard_normal((5, 2)), 2)]:
        k = min(a.shape)
        shape, a = a.T.shape, a.tolist()
        r.case('np.linalg.svd', a, compute_uv=False, _scale=np.full(k, 10.0), _terms=8)
        r.case('np.linalg.matrix_rank', a)
        r.case('np.linalg.svdvals', a, _scale=np.full(k, 10.0), _terms=8)
        r.case('np.linalg.pinv', a, _scale=np.full(shape, 10.0), _terms=8)
        r.case('np.linalg.cond', a, _ulp=64)
        for mode in ['reduced', 'complete', 'r']:
            q = np.linalg.qr(a, mode)
            r.case('np.linalg.qr', a, mode, **({'_scale': 10.0, '_terms': 8} if mode != 'r' else {'_scale': np.full(q.shape, 10.0), '_terms': 8}))
    r.case('np.linalg.matrix_rank', [[1.0, 1.0], [1.0, 1.0]])
    s = s.tolist()
    r.case('np.linalg.matrix_rank', np.zeros((2, 3), int))
    r.case('np.linalg.eigvalsh', s, _scale=np.full(3, 10.0), _terms=8)
    r.case('np.linalg.eigvalsh', s, 'U', _scale=np.full(3, 10.0), _terms=8)
    r.case('np.linalg.lstsq', m.T.tolist(), [0.0, 1.0, 2.0, 3.0], None, _scale=30.0, _terms=8)
