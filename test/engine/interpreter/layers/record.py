"""Runs the functions of test/bench/cases in real NumPy on made inputs and records what they give.

Element k of an input is `(k * 7919 % 101) / 50 - 1`. Usage: python3 record.py; writes expected.json.
"""
import importlib.util
import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
CASES = HERE.parents[2] / 'bench' / 'cases'
CONV = {'stride': 1, 'pad': 1}

#: file, forward, backward, input shapes and other arguments
LAYERS = [
    ('affine', 'affine_forward', 'affine_backward', [[10, 2, 3], [6, 5], [5]]),
    ('batchnorm', 'batchnorm_forward', 'batchnorm_backward', [[4, 5], [5], [5]]),
    ('conv', 'conv_forward_naive', 'conv_backward_naive', [[4, 3, 5, 5], [2, 3, 3, 3], [2], CONV]),
    ('lstm', 'lstm_forward', 'lstm_backward', [[2, 10, 3], [2, 6], [3, 24], [6, 24], [24]]),
    ('two_layer', 'two_layer_loss', None, [[5, 4], {'labels': [0, 1, 2, 2, 1]}, [4, 10], [10], [10, 3], [3], {'float': 0.05}]),
]


def made(shape):
    return ((np.arange(np.prod(shape)) * 7919 % 101) / 50 - 1).reshape(shape)


def argument(spec):
    if isinstance(spec, list):
        return made(spec)
    if 'labels' in spec:
        return np.array(spec['labels'])
    return spec.get('float', spec)


def flat(value):
    if isinstance(value, dict):
        return {key: flat(item) for key, item in value.items()}
    return {'shape': list(np.shape(value)), 'data': np.ravel(value).tolist()}


def main():
    recorded = {}
    for file, forward, backward, specs in LAYERS:
        spec = importlib.util.spec_from_file_location(file, CASES / f'{file}.py')
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        out, rest = getattr(module, forward)(*map(argument, specs))
        entry = {'forward': forward, 'backward': backward, 'inputs': specs, 'out': flat(out)}
        if backward is None:
            entry['gradients'] = flat(rest)
        else:
            entry['gradients'] = dict(enumerate(map(flat, getattr(module, backward)(made(out.shape), rest))))
        recorded[file] = entry
    (HERE / 'expected.json').write_text(json.dumps(recorded, indent=1) + '\n')


main()
