"""Records what NumPy draws, for test/engine/numpy/random.test.ts: python3 test/engine/numpy/record_random.py

Each case seeds one generator and makes several calls on it, so that the state after each call is compared too.
"""
import json
import pathlib

import numpy as np


def encode(value):
    if isinstance(value, np.ndarray):
        return {'dtype': str(value.dtype), 'shape': list(value.shape), 'data': value.ravel().tolist()}
    if isinstance(value, np.generic):
        return {'numpy': str(value.dtype), 'value': value.item()}
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return {'int': value}
    if isinstance(value, float):
        return {'float': value}
    if isinstance(value, tuple):
        return {'tuple': [encode(item) for item in value]}
    if isinstance(value, list):
        return {'list': [encode(item) for item in value]}
    if isinstance(value, type):
        return {'type': np.dtype(value).name}
    raise TypeError(type(value))


def call(name, *args, **keywords):
    return name, args, keywords


def run(kind, seed, *calls):
    made = np.random.RandomState(seed) if kind == 'legacy' else np.random.default_rng(seed)
    recorded = []
    for name, args, keywords in calls:
        entry = {'name': name, 'args': [encode(a) for a in args], 'keywords': {k: encode(v) for k, v in keywords.items()}}
        args = tuple(a.copy() if isinstance(a, np.ndarray) else list(a) if isinstance(a, list) else a for a in args)
        try:
            result = getattr(made, name)(*args, **keywords)
            entry['result'] = encode(result)
            if name == 'shuffle':
                entry['changed'] = encode(args[0])
        except Exception as error:
            entry['error'] = [type(error).__name__, str(error)]
        recorded.append(entry)
    return {'kind': kind, 'seed': encode(seed), 'calls': recorded}


BOTH = [
    [call('uniform'), call('uniform', -2, 3, 5), call('uniform', -1.5, 2.5, (2, 3)), call('uniform', size=()),
     call('uniform', [0.0, 1.0], 2.0), call('uniform', np.zeros((3, 1)), np.ones(2), (3, 2))],
    [call('normal'), call('normal', 1.5, 0.1, 7), call('normal', scale=2.0, size=(2, 2)), call('normal', [0.0, 10.0], [1.0, 2.0]),
     call('standard_normal', 3), call('standard_normal'), call('normal', 0.0, -1.0), call('normal', 0.0, 1.0, (0, 3))],
    [call('standard_normal', 1500)],
    [call('exponential', 2.0, 5), call('exponential'), call('standard_exponential', 300), call('laplace', size=4), call('gumbel', size=4)],
    [call('gamma', 0.5, 2.0, 6), call('gamma', 3.5, size=6), call('standard_gamma', 1.0, 3), call('beta', 0.5, 0.7, 6),
     call('beta', 2.0, 3.0, 6), call('chisquare', 3.0, 4), call('f', 3.0, 5.0, 4), call('standard_t', 5.0, 4)],
    [call('lognormal', 0.0, 0.5, 4), call('logistic', size=4), call('pareto', 3.0, 4), call('weibull', 2.0, 4), call('power', 2.0, 4),
     call('rayleigh', 1.5, 4), call('standard_cauchy', 4), call('triangular', 0.0, 0.3, 1.0, 5)],
    [call('binomial', 1, 0.5, (3, 4)), call('binomial', 10, 0.3, 20), call('binomial', 100, 0.45, 40), call('binomial', 1000, 0.7, 40),
     call('binomial', 5, 0.5), call('binomial', 1, 0.8, 5), call('binomial', [1, 20], [0.5, 0.9], (4, 2)), call('binomial', 1, 1.5),
     call('binomial', 0, 0.5, 2), call('binomial', 3, 0.0, 2), call('binomial', 100000, 0.5, 10)],
    [call('poisson', 3.5, 20), call('poisson', 50.0, 20), call('poisson'), call('poisson', 0.0, 3), call('poisson', -1.0),
     call('geometric', 0.5, 8), call('geometric', 0.1, 8), call('negative_binomial', 3, 0.4, 8)],
    [call('choice', 5), call('choice', 5, 3), call('choice', 10, (2, 3)), call('choice', 6, 4, replace=False), call('choice', 5, 5, False),
     call('choice', 5, p=[0.1, 0.2, 0.3, 0.2, 0.2]), call('choice', 3, 6, p=[0.5, 0.25, 0.25]),
     call('choice', 4, 3, replace=False, p=[0.1, 0.2, 0.3, 0.4]), call('choice', [1.5, 2.5, 3.5], 4), call('choice', np.arange(12).reshape(4, 3)[:, 0], 2),
     call('choice', 3, 5, replace=False), call('choice', 3, p=[0.5, 0.5]), call('choice', 3, p=[0.5, 0.5, 0.5]), call('choice', 0),
     call('choice', 2, p=[1.5, -0.5]), call('choice', 200, 30, replace=False), call('choice', 20000, 3, replace=False)],
    [call('permutation', 10), call('permutation', [5, 6, 7, 8]), call('permutation', np.arange(12).reshape(4, 3)), call('permutation', 1),
     call('shuffle', np.arange(8)), call('shuffle', np.arange(12.0).reshape(4, 3)), call('shuffle', [1, 2, 3, 4, 5]), call('permutation', 300)],
    [call('multinomial', 20, [0.2, 0.3, 0.5]), call('multinomial', 20, [0.2, 0.3, 0.5], 4), call('multinomial', 5, [0.6, 0.6, 0.1]),
     call('dirichlet', [1.0, 2.0, 3.0]), call('dirichlet', [0.5, 0.5], (2, 2)), call('dirichlet', [0.05, 0.02, 0.01], 3)],
    [call('multivariate_normal', [0.0, 1.0], np.array([[1.0, 0.0], [0.0, 1.0]]), 3), call('multivariate_normal', [1.0, 2.0, 3.0], np.diag([1.0, 4.0, 2.0]))],
]

LEGACY = [
    [call('rand'), call('rand', 3), call('rand', 2, 3), call('random_sample', (2, 2)), call('random', 3), call('rand', 320), call('rand', -1)],
    [call('randn'), call('randn', 3), call('randn', 2, 3), call('randn'), call('rand', 2), call('randn', 700)],
    [call('randint', 10), call('randint', 0, 10, 20), call('randint', 5, 100, (2, 3)), call('randint', 2, size=16), call('randint', 2**32, size=5),
     call('randint', 0, 2**40, 5), call('randint', 0, 256, 9, dtype=np.uint8), call('randint', 0, 100, 7, dtype=np.int32),
     call('randint', -5, 300, 7, dtype=np.int16), call('randint', 0, 2, 40, dtype=np.bool_), call('randint', -5, 5, 11, dtype=np.int8),
     call('randint', 5, 5), call('randint', 0, 300, dtype=np.uint8), call('randint', [1, 5], [10, 20]), call('randint', 3, size=(0,)),
     call('randint', 0, 10, dtype=np.int64), call('randint', 1)],
    [call('random_integers', 6), call('random_integers', 2, 9, 12)],
]

MODERN = [
    [call('random'), call('random', 5), call('random', (2, 3)), call('integers', 10), call('random', 3), call('integers', 10, size=3), call('random')],
    [call('integers', 0, 10, 20), call('integers', 5, 100, (2, 3)), call('integers', 2**32, size=5), call('integers', 0, 2**40, 5),
     call('integers', 0, 256, 9, dtype=np.uint8), call('integers', 0, 100, 7, dtype=np.int32), call('integers', -5, 300, 7, dtype=np.int16),
     call('integers', 0, 2, 40, dtype=np.bool_), call('integers', -5, 5, 11, dtype=np.int8), call('integers', 1, 6, 9, endpoint=True),
     call('integers', [1, 5], [10, 20]), call('integers', 5, 5), call('integers', 1)],
    [call('permuted', np.arange(10)), call('permuted', np.arange(12).reshape(3, 4)), call('permuted', np.arange(12).reshape(3, 4), axis=1),
     call('permuted', np.arange(12).reshape(3, 4), axis=0), call('shuffle', np.arange(12).reshape(3, 4), axis=1),
     call('permutation', np.arange(12).reshape(3, 4), axis=1), call('choice', np.arange(12).reshape(4, 3), 2),
     call('choice', np.arange(12).reshape(4, 3), 2, axis=1, replace=False), call('choice', 20, 6, replace=False, shuffle=False),
     call('choice', 20000, 1000, replace=False)],
]

cases = []
for calls in BOTH:
    for seed in (0, 42):
        cases.append(run('legacy', seed, *calls))
        cases.append(run('modern', seed, *calls))
for calls in LEGACY:
    for seed in (0, 1, 231, 2**32 - 1):
        cases.append(run('legacy', seed, *calls))
cases.append(run('legacy', [1, 2, 3], call('rand', 3), call('randn', 3)))
for calls in MODERN:
    for seed in (0, 1, 12345, 2**40 + 7):
        cases.append(run('modern', seed, *calls))
cases.append(run('modern', [1, 2, 3, 4, 5, 6], call('random', 3), call('normal', size=3)))
path = pathlib.Path(__file__).parent / 'random-draws.json'
path.write_text('[\n' + ',\n'.join(json.dumps(case, separators=(',', ':')) for case in cases) + '\n]\n')
print(len(cases), 'cases', sum(len(c['calls']) for c in cases), 'calls', path.stat().st_size, 'bytes')
