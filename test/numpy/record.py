"""Records what real NumPy gives, for the replay in test/engine/numpy/differential.test.ts. Run by hand:

    python3 test/numpy/record.py             # all topics
    python3 test/numpy/record.py reductions  # one

Each file topics/<topic>.py has a function record(r) that calls r.case(...); the result goes to cases/<topic>.json.
The format is described in README.md.
"""
import importlib
import json
import math
import pathlib
import sys
import warnings

import numpy as np

HERE = pathlib.Path(__file__).parent
DTYPES = {'bool', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'float16', 'float32', 'float64'}
ERRORS = ['AxisError', 'LinAlgError', 'ZeroDivisionError', 'OverflowError', 'IndexError', 'KeyError', 'AttributeError',
          'NotImplementedError', 'MemoryError', 'RuntimeError', 'ValueError', 'TypeError']


class Ref:
    """Stands for the value of the k-th call of `_before`."""

    def __init__(self, k):
        self.k = k


def number(value, dtype='float64'):
    """One element as JSON: shortest text that reads back as the same element of its dtype."""
    if np.dtype(dtype).kind in 'biu':
        return int(value)
    if math.isnan(value):
        return 'nan'
    if math.isinf(value):
        return 'inf' if value > 0 else '-inf'
    return float(value) if dtype == 'float64' else float(np.format_float_scientific(np.dtype(dtype).type(value), unique=True, trim='0'))


def numbers(array):
    return [number(v, str(array.dtype)) for v in array.ravel('C').tolist()]


def owner(array):
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


class Recorder:
    def __init__(self, topic):
        self.topic = topic
        self.arrays = []
        self.places = {}
        self.cases = []

    def add(self, entry, key, used):
        """Index of an entry with this content that no other array of the case uses."""
        if key in used:
            return used[key]
        text = json.dumps(entry)
        for index in self.places.setdefault(text, []):
            if index not in used.values():
                used[key] = index
                return index
        self.arrays.append(entry)
        self.places[text].append(len(self.arrays) - 1)
        used[key] = len(self.arrays) - 1
        return used[key]

    def array(self, array, used):
        dtype = str(array.dtype)
        if dtype not in DTYPES:
            raise NotImplementedError(dtype)
        base = owner(array)
        if base is array or base.dtype != array.dtype or base.base is not None or array.size == 0:
            if array.flags.c_contiguous or array.size == 0:
                return self.add({'dtype': dtype, 'shape': list(array.shape), 'data': numbers(array)}, id(array), used)
        flat = base.ravel('K')
        whole = self.add({'dtype': dtype, 'shape': [flat.size], 'data': numbers(flat)}, ('memory', id(base)), used)
        size = array.itemsize
        offset = (array.__array_interface__['data'][0] - base.__array_interface__['data'][0]) // size
        view = {'of': whole, 'shape': list(array.shape), 'strides': [s // size for s in array.strides], 'offset': offset}
        return self.add(view, id(array), used)

    def value(self, v, used=None):
        """A Python value as JSON. With `used` (the arguments of a case) arrays go to the pool, else they are written out."""
        if v is None or isinstance(v, (bool, str)):
            return v
        if isinstance(v, Ref):
            return {'result': v.k}
        if isinstance(v, np.generic):
            return {'scalar': number(v.item(), str(v.dtype)), 'dtype': str(v.dtype)}
        if isinstance(v, int):
            return v if abs(v) < 2 ** 53 else {'int': str(v)}
        if isinstance(v, float):
            return {'float': number(v)}
        if isinstance(v, np.ndarray):
            if used is not None:
                return {'array': self.array(v, used)}
            if str(v.dtype) not in DTYPES:
                raise NotImplementedError(str(v.dtype))
            return {'dtype': str(v.dtype), 'shape': list(v.shape), 'data': numbers(v)}
        if isinstance(v, np.dtype) or v in (float, int, bool) or (isinstance(v, type) and issubclass(v, np.generic)):
            return {'type': str(np.dtype(v))}
        if isinstance(v, tuple):
            return {'tuple': [self.value(item, used) for item in v]}
        if isinstance(v, list):
            return [self.value(item, used) for item in v]
        if isinstance(v, slice):
            return {'slice': [self.value(part, used) for part in (v.start, v.stop, v.step)]}
        if v is Ellipsis:
            return {'ellipsis': True}
        raise NotImplementedError(type(v).__name__)

    def case(self, name, *args, _before=(), _scale=None, _terms=1, _exact=False, _ulp=None, **kwargs):
        """
        Records one call. A row's name is resolved in NumPy: `np.sum`, `scipy.special.erf`; of any other name the last part
        is a method or attribute of the first argument: `ndarray.sum`, `Generator.normal`.
        _exact: to the last bit. _ulp: units in the last place (4 unless told). _scale, _terms: the result is a sum of
        `_terms` terms whose absolute values sum up to `_scale` (a number, or an array of the result's shape).
        _before: calls (name, args, kwargs) made first; Ref(k) among the arguments stands for the k-th one's value.
        """
        used = {}
        entry = {'call': name, 'args': [self.value(a, used) for a in args]}
        if kwargs:
            entry['kwargs'] = {k: self.value(v, used) for k, v in kwargs.items()}
        if _before:
            entry['before'] = [{'call': n, 'args': [self.value(x, used) for x in a], 'kwargs': {k: self.value(v, used) for k, v in kw.items()}}
                               for n, a, kw in _before]
        given = [a for a in nested([args, list(kwargs.values())]) if isinstance(a, np.ndarray)]
        copies = [a.copy() for a in given]
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            try:
                made = []
                def told(a):
                    return made[a.k] if isinstance(a, Ref) else a
                for n, a, kw in _before:
                    made.append(call(n, [told(v) for v in a], {k: told(v) for k, v in kw.items()}))
                result = call(name, [told(a) for a in args], kwargs)
                entry['result'] = self.value(result)
                shared = [used[id(a)] for a in given if isinstance(result, np.ndarray) and result.size and np.shares_memory(result, a)]
                if shared:
                    entry['shares'] = shared[0]
            except NotImplementedError:
                raise
            except Exception as error:
                names = [c.__name__ for c in type(error).__mro__]
                entry['error'] = {'type': next(n for n in ERRORS if n in names), 'message': str(error)}
        after = {}
        for a, before in zip(given, copies):
            if not np.array_equal(a, before, equal_nan=a.dtype.kind == 'f'):
                after[str(used[id(a)])] = numbers(a)
        for a, before in zip(given, copies):
            if a.flags.writeable:
                a[...] = before
        if after:
            entry['after'] = after
        if _exact:
            entry['tolerance'] = {'ulp': 0}
        elif _ulp is not None:
            entry['tolerance'] = {'ulp': _ulp}
        elif _scale is not None:
            rounded = [float('%.4g' % (s * 1.001)) for s in np.ravel(_scale).astype(float).tolist()]
            entry['tolerance'] = {'terms': int(_terms), 'scale': [number(s) for s in rounded]}
        self.cases.append(entry)

    def save(self):
        lines = [json.dumps(a, separators=(',', ':')) for a in self.arrays]
        cases = [json.dumps(c, separators=(',', ':')) for c in self.cases]
        text = '{"numpy":"%s","topic":"%s","arrays":[\n%s\n],"cases":[\n%s\n]}\n' % (
            np.__version__, self.topic, ',\n'.join(lines), ',\n'.join(cases))
        path = HERE / 'cases' / (self.topic + '.json')
        path.write_text(text)
        failed = sum('error' in c for c in self.cases)
        print('%s: %d cases (%d of them errors), %d bytes' % (self.topic, len(self.cases), failed, len(text)))


def nested(value):
    if isinstance(value, (tuple, list)):
        for item in value:
            yield from nested(item)
    else:
        yield value


def call(name, args, kwargs):
    first, *rest = name.split('.')
    if first in ('np', 'scipy', 'math'):
        target = np
        if first != 'np':
            target = importlib.import_module('.'.join([first] + rest[:-1]))
            rest = rest[-1:]
        for part in rest:
            target = getattr(target, part)
        return target(*args, **kwargs)
    target = getattr(args[0], rest[-1])
    return target(*args[1:], **kwargs) if callable(target) else target


def main():
    sys.path.insert(0, str(HERE))
    sys.modules['record'] = sys.modules['__main__']
    topics = sys.argv[1:] or sorted(p.stem for p in (HERE / 'topics').glob('*.py'))
    for topic in topics:
        recorder = Recorder(topic)
        importlib.import_module('topics.' + topic).record(recorder)
        recorder.save()


if __name__ == '__main__':
    main()
