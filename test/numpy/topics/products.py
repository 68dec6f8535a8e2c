"""Products: every pairing of ranks, layouts and dtypes, with errors; tolerances from the terms that were added."""
import numpy as np


def values(rng, *shape):
    return np.round(rng.standard_normal(shape), 3)


def product(r, name, f, a, b, n):
    try:
        scale = f(np.abs(a).astype(float), np.abs(b).astype(float))
    except (ValueError, IndexError):
        scale = None
    if scale is None:
        r.case(name, a, b)
    else:
        r.case(name, a, b, _scale=scale, _terms=max(1, n))


def record(r):
    rng = np.random.default_rng(3)
    shapes = [(), (3,), (4,), (2, 3), (3, 2), (4, 3), (2, 2, 3), (2, 3, 4), (1, 3, 2), (5, 3, 2), (0, 3), (3, 0)]
    for sa in shapes:
        for sb in shapes:
            a, b = np.asarray(values(rng, *sa)), np.asarray(values(rng, *sb))
            n = sa[-1] if sa else 1
            product(r, 'np.dot', np.dot, a, b, n)
            product(r, 'np.matmul', np.matmul, a, b, n)
            if len(sa) < 3 and len(sb) < 3:
                product(r, 'np.inner', np.inner, a, b, n)
                product(r, 'np.outer', np.outer, a, b, 1)
                product(r, 'np.vdot', np.vdot, a, b, a.size)
    a, b = values(rng, 4, 5), values(rng, 5, 3)
    views = [(a, b), (a[::-1], b[:, ::-1]), (b.T, a.T), (a[:, ::2], b[::2]), (a[1:, 1:], b[1:]), (np.broadcast_to(a[0], (4, 5)), b)]
    for x, y in views:
        product(r, 'ndarray.dot', np.dot, x, y, 5)
        product(r, 'np.matmul', np.matmul, x, y, 5)
    for dtype in ['int64', 'float32', 'bool', 'int32', 'uint8']:
        x, y = (a * 3).astype(dtype), (b * 3).astype(dtype)
        product(r, 'np.dot', np.dot, x, y, 5)
        product(r, 'np.matmul', np.matmul, x, b, 5)
        product(r, 'np.matmul', np.matmul, x[0], y[:, 0], 5)
        product(r, 'np.outer', np.outer, x[0], y[0], 1)
    r.case('np.dot', a, b, out=np.zeros((4, 3)), _scale=np.abs(a) @ np.abs(b), _terms=5)
    r.case('np.matmul', a, b, out=np.zeros((4, 3)), _scale=np.abs(a) @ np.abs(b), _terms=5)
    r.case('np.dot', [1, 2], [3, 4])
    r.case('np.dot', 3, 4)
    r.case('np.dot', a, 2.0)
    r.case('np.matmul', a, 2.0)
    x, y = values(rng, 2, 3, 4), values(rng, 3, 4, 5)
    for axes in [0, 1, 2, ([1, 2], [0, 1]), ((2,), (1,)), (1, 0), ([1], [0]), ([0], [0]), 3]:
        try:
            scale = np.tensordot(np.abs(x), np.abs(y), axes)
            r.case('np.tensordot', x, y, axes, _scale=scale, _terms=12)
        except ValueError:
            r.case('np.tensordot', x, y, axes)
    r.case('np.tensordot', a, a, _scale=np.tensordot(np.abs(a), np.abs(a)), _terms=20)
    p, q, v, s = values(rng, 3, 4), values(rng, 4, 5), values(rng, 4), values(rng, 4, 4)
    t = values(rng, 2, 3, 4)
    for text, *operands in [('ij,jk->ik', p, q), ('ij,jk', p, q), ('ij->ji', p), ('ij->', p), ('ij->i', p), ('ij->j', p), ('ii', s), ('ii->i', s),
                            ('i,i', v, v), ('i,j->ij', v, v), ('ij,j->i', p, v), ('ij,ij->', p, p), ('ij,ij->i', p, p), ('bij,jk->bik', t, q),
                            ('...ij,jk->...ik', t, q), ('...ij->...ji', t), ('...j,j', t, v), ('b...j->b...', t), ('ij,jk,kl->il', p, q, q.T),
                            ('ba', p), ('ij , jk -> ik', p, q), ('i...->...', t), ('nij,nkj->nik', t, t), ('ij,kj->ik', p, s), ('abc,abd->cd', t, t),
                            ('ij,jk->kij', p, q), ('i,', v, 2.0), (',->', 2.0, 3.0), ('ij,jk->ik', np.ones((1, 4)), q), ('iij->j', np.ones((2, 2, 3)))]:
        scale = np.einsum(text, *[np.abs(o) for o in operands])
        r.case('np.einsum', text, *operands, _scale=scale, _terms=20)
    r.case('np.einsum', p, [0, 1], q, [1, 2], [0, 2], _scale=np.abs(p) @ np.abs(q), _terms=4)
    r.case('np.einsum', p, [0, 1], q, [1, 2], _scale=np.abs(p) @ np.abs(q), _terms=4)
    for text, *operands in [('ijk', p), ('ij,jk->iz', p, q), ('ij,jk->ii', p, q), ('i', p, q), ('i,j,k', v, v), ('i', p), ('ii', p), ('i.j', p),
                            ('i1', p)]:
        r.case('np.einsum', text, *operands)
    for x, y in [(v, v), (p, q), (p, v), (v, p), (np.array(2.0), p), (t, v), (np.arange(3), p)]:
        r.case('np.kron', x, y)
    three, four = values(rng, 3), values(rng, 4, 3)
    for x, y in [(three, three[::-1]), (four, four[::-1]), (four, three), (three, four), (four[:, :2], four), (four, four[:, :2]),
                 (four[:, :2], four[:, 1:]), (three, v)]:
        try:
            n = np.cross(x, y)
            r.case('np.cross', x, y, _scale=np.full(np.shape(n), 20.0), _terms=2)
        except ValueError:
            r.case('np.cross', x, y)
    r.case('np.cross', four.T, four.T, axis=0, _scale=np.full((3, 4), 20.0), _terms=2)
    r.case('np.cross', four.T, four, 0, 1, 0, _scale=np.full((3, 4), 20.0), _terms=2)
    r.case('np.linalg.multi_dot', [p, q, q.T], _scale=np.abs(p) @ np.abs(q) @ np.abs(q.T), _terms=20)
    r.case('np.linalg.multi_dot', [v, s, v], _scale=np.abs(v) @ np.abs(s) @ np.abs(v), _terms=16)
    for k in [-3, -1, 0, 1, 2, 5]:
        r.case('np.diag', v, k, _exact=True)
        for x in [p, s, s.T, np.arange(6).reshape(2, 3)]:
            r.case('np.diag', x, k, _exact=True)
            r.case('np.diagonal', x, k, _exact=True)
            r.case('np.trace', x, k, _scale=10.0, _terms=4)
    r.case('np.diagonal', t, 0, 1, 2, _exact=True)
    r.case('ndarray.diagonal', t, 1, 0, 2, _exact=True)
    r.case('np.trace', t, 0, 1, 2, _scale=np.full(2, 10.0), _terms=4)
    r.case('np.trace', t, _scale=np.full(4, 10.0), _terms=4)
    r.case('np.diag', t)
    r.case('np.diag', np.array(1.0))
    r.case('np.diagonal', v)
    r.case('np.diagonal', s, 0, 1, 1)
    r.case('np.diagflat', p, 1)
    r.case('np.vecdot', t, v, _scale=np.vecdot(np.abs(t), np.abs(v)), _terms=4)
