"""The functions of np.random by name, each from a seeded global generator; test/engine/numpy/random.test.ts has long streams."""
import numpy as np


def record(r):
    def case(name, *args, _ulp=None, **keywords):
        for seed in (0, 231):
            r.case(f'np.random.{name}', *args, _before=[('np.random.seed', (seed,), {})], **({'_exact': True} if _ulp is None else {'_ulp': _ulp}), **keywords)

    for name in ['rand', 'randn']:
        for args in [(), (3,), (2, 3), (0,), (2, 0, 3)]:
            case(name, *args, _ulp=2 if name == 'randn' else None)
    for name in ['random', 'random_sample', 'sample', 'ranf']:
        for size in [None, 3, (2, 2)]:
            case(name, size)
    for size in [None, 4, (2, 3)]:
        case('standard_normal', size, _ulp=2)
        case('normal', 1.5, 0.5, size, _ulp=2)
        case('normal', loc=-1, size=size, _ulp=2)
        case('uniform', -2.0, 3.0, size)
        case('uniform', size=size)
        case('randint', 10, size=size)
        case('randint', -5, 5, size)
        case('binomial', 1, 0.4, size)
        case('binomial', 12, 0.7, size=size)
        case('poisson', 2.5, size)
        case('geometric', 0.4, size)
        case('choice', 6, size)
        case('choice', np.array([0.5, 1.5, 2.5]), size, p=[0.2, 0.3, 0.5])
        case('exponential', 2.0, size, _ulp=4)
        case('laplace', 0.0, 1.0, size, _ulp=4)
        case('beta', 2.0, 3.0, size, _ulp=64)
        case('gamma', 2.5, 1.0, size, _ulp=64)
        case('multinomial', 5, [0.2, 0.3, 0.5], size)
        case('dirichlet', [1.0, 2.0, 3.0], size, _ulp=64)
    case('normal', np.array([[0.0], [10.0]]), np.array([1.0, 2.0, 3.0]), _ulp=2)
    case('uniform', np.array([0.0, 1.0]), 2.0)
    case('permutation', 7)
    case('permutation', np.arange(12.0).reshape(4, 3))
    case('permutation', [3, 1, 2])
    case('shuffle', np.arange(8))
    case('shuffle', np.arange(12.0).reshape(4, 3))
    case('choice', 5, 3, replace=False)
    case('choice', 4, 2, False, [0.1, 0.2, 0.3, 0.4])
    case('choice', 2, 5, replace=False)
    case('randint', 5, 5)
    case('randint', 0, 300, 5, dtype=np.uint8)
    case('randint', 0, 200, 5, dtype=np.uint8)
    case('randint', 0, 2, 9, dtype=np.int32)
    case('binomial', 1, 1.5)
    case('normal', 0.0, -1.0)
    case('choice', 3, p=[0.5, 0.5])
    r.case('np.random.seed', -1)
    r.case('np.random.seed', 2 ** 32)
