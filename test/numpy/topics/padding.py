"""np.pad: widths in all their spellings, modes, layouts, errors."""
import numpy as np


def record(r):
    v = np.array([1.5, 2.5, 3.5])
    m = np.arange(6.0).reshape(2, 3)
    q = np.arange(24.0).reshape(1, 2, 3, 4)
    for x in [v, m, m.T, m[::-1], np.arange(6).reshape(2, 3), m.astype(np.float32), m > 2]:
        for width in [0, 1, 2, (1,), (1, 2), (0, 1), ((1, 2),), ((1, 0), (0, 2)), ((1,), (2,)), [[1, 1], [2, 0]], 5]:
            r.case('np.pad', x, width, _exact=True)
            for mode in ['constant', 'edge', 'reflect', 'symmetric', 'wrap']:
                r.case('np.pad', x, width, mode, _exact=True)
    for values in [7, -1.5, (1, 2), ((1, 2), (3, 4)), ((5,), (6,))]:
        r.case('np.pad', m, 1, 'constant', constant_values=values, _exact=True)
        r.case('np.pad', m, ((1, 2), (2, 1)), mode='constant', constant_values=values, _exact=True)
    r.case('np.pad', q, ((0, 0), (0, 0), (1, 1), (2, 2)), _exact=True)
    r.case('np.pad', q, ((0, 0), (0, 0), (1, 1), (1, 1)), 'constant', constant_values=(0,), _exact=True)
    r.case('np.pad', q, ((0,), (0,), (1,), (1,)), 'constant', _exact=True)
    r.case('np.pad', np.arange(3), 1, constant_values=2.9, _exact=True)
    r.case('np.pad', [1, 2], (1, 1))
    r.case('np.pad', np.array([4.0]), 2, 'reflect')
    for args in [(v, (1, 2, 3)), (v, -1), (v, 1, 'foo'), (np.zeros(0), 1, 'edge'), (m, ((1, 2), (1, 2), (1, 2))), (v, 1.5), (np.zeros(0), 1),
                 (np.zeros((0, 2)), 1)]:
        r.case('np.pad', *args)
