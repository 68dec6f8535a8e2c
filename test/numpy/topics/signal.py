"""scipy.signal: convolutions and correlations over one, two and three axes, as SciPy 1.17 gives them."""
import itertools

import numpy as np


def record(r):
    rng = np.random.default_rng(21)
    long, short, one = (rng.normal(size=n).round(3) for n in (6, 3, 1))
    image, kernel, wide = (rng.normal(size=s).round(3) for s in ((4, 5), (2, 3), (3, 3)))
    block, cube = (rng.normal(size=s).round(3) for s in ((3, 2, 4), (2, 2, 2)))

    def scale(a, b):
        return np.abs(a).sum() * np.abs(b).max() + 1

    for mode in ['full', 'same', 'valid']:
        for a, b in [(long, short), (short, long), (long, long[:4]), (long[::-1], short), (long, one), (image, kernel), (image.T, wide),
                     (kernel, image), (block, cube), (image, image), (np.arange(6), np.array([1, -2, 1])), (image[::2, ::-1], wide[:2, :2])]:
            for name in ['scipy.signal.convolve', 'scipy.signal.correlate']:
                r.case(name, a, b, mode, 'direct', _scale=scale(a, b), _terms=b.size + 1)
        for a, b in itertools.product([image, image.T, wide], [kernel, wide, wide[:2, :2], np.ones((1, 1))]):
            for name in ['scipy.signal.convolve2d', 'scipy.signal.correlate2d']:
                r.case(name, a, b, mode, _scale=scale(a, b), _terms=b.size + 1)
                if mode == 'same':
                    r.case(name, a, b, mode=mode, boundary='wrap', _scale=scale(a, b), _terms=b.size + 1)
                    r.case(name, a, b, mode=mode, boundary='symm', _scale=scale(a, b), _terms=b.size + 1)
        r.case('scipy.signal.convolve2d', image, kernel, mode=mode, fillvalue=2.0, _scale=40, _terms=8)
    for name in ['convolve', 'correlate', 'convolve2d', 'correlate2d']:
        r.case(f'scipy.signal.{name}', long, image)
    r.case('scipy.signal.convolve', image, long[:, None].T, 'valid')
