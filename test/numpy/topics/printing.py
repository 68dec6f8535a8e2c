"""repr and str of arrays, as np.array_repr and np.array_str give them."""
import numpy as np


def record(r):
    rng = np.random.default_rng(0)
    floats = [[1.0, 2.5, -3.25], [1e-5, 1.0], [1e8, 1.0], [0.1, 0.2, 1 / 3], [1e-10, 1e10], [123456.789, 0.001], [1e8], [99999999.0],
              [1e-4, 1], [1e-5], [1e16, 1], [1e300, 1e-300], [-0.0, 0.0], [1e5, 1e-3], [1e5, 1e-4], [1.0, np.nan], [1e10, np.nan],
              [np.nan, np.inf, -np.inf, 1.0], [np.nan], [np.inf, -np.inf], [1000.5, 0.5], [1000.0, 1.0], [1001.0, 1.0], [0.30000000000000004],
              [123456789.123], [-1.5e-7, 2.25e-8], [100.0, -2.0], [2 / 3, 1e-3], [np.nan, 1234.5], [], [0.00012345678912345, 0.001]]
    arrays = [np.array(f) for f in floats]
    arrays += [rng.normal(size=shape) for shape in [(3, 4), (40,), (2, 3, 2), (12, 12), (2, 2, 2, 2), (1, 1), (5, 30)]]
    arrays += [rng.normal(size=(4, 5)) * 1e-6, rng.normal(size=(3, 3)) * 1e6, rng.uniform(size=(2, 20)), np.zeros((2, 2, 2)), np.ones((3, 1))]
    arrays += [a.astype('float32') for a in arrays[:28]] + [np.array([0.1, 1.5, 100.25], 'float16')]
    arrays += [np.arange(6).reshape(2, 3), np.arange(30) * 1000, np.array([[1, -2], [30, 4]]), np.array([True, False]), np.array([[True]]),
               np.zeros((2, 0)), np.zeros((2, 0), 'int32'), np.array([], 'int64'), np.array([1, 2], 'int32'), np.arange(40, dtype='uint8'),
               np.zeros((0, 3)), np.arange(12).reshape(3, 4).T, np.arange(12.0)[::-2]]
    arrays += [np.array(v) for v in [3.0, 5, True, 1e-7, np.float32(0.1), 1e16, 123456.789, -0.0, np.nan, 1e22]]
    arrays += [np.arange(1200), np.ones((40, 30)), np.zeros((1001, 1)), np.arange(1100, dtype='float32').reshape(11, 100) / 8]
    for a in arrays:
        r.case('np.array_repr', a)
        r.case('np.array_str', a)
