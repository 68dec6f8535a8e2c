"""Random programs that write through views of views: what the base holds afterwards."""
import numpy as np
from record import Ref

SLICES = [slice(None), slice(1, None), slice(None, -1), slice(None, None, 2), slice(None, None, -1)]


def record(r):
    rng = np.random.default_rng(23)
    for _ in range(160):
        program(r, rng)


def program(r, rng):
    shape = tuple(int(n) for n in rng.integers(2, 5, rng.integers(1, 4)))
    x = np.round(rng.standard_normal(shape), 2)
    if rng.integers(5) == 0:
        x = (x * 10).astype(np.int64)
    live = [x.copy()]  # what the program has, made by running it here as it is written
    terms = [x]
    calls = []

    def run(name, f, *picked):
        calls.append((name, picked, {}))
        return f()

    for _ in range(int(rng.integers(3, 7))):
        k = int(rng.integers(len(live)))
        source, term = live[k], terms[k]
        kind = rng.integers(9)
        if kind <= 2 and source.ndim > 0:
            index = tuple(SLICES[rng.integers(len(SLICES))] for _ in range(rng.integers(1, source.ndim + 1)))
            live.append(run('ndarray.__getitem__', lambda: source[index], term, index))
            terms.append(Ref(len(calls) - 1))
        elif kind == 3:
            live.append(run('np.transpose', lambda: source.T, term))
            terms.append(Ref(len(calls) - 1))
        elif kind == 4:
            live.append(run('np.reshape', lambda: source.reshape(-1), term, -1))
            terms.append(Ref(len(calls) - 1))
        elif kind == 5 and source.size:
            flat = [int(i) for i in rng.integers(0, source.shape[0], 2)] if source.ndim else ()
            value = float(np.round(rng.standard_normal(), 2))
            run('ndarray.__setitem__', lambda: source.__setitem__(flat, value), term, flat, value)
        elif kind == 6 and source.ndim and source.size:
            other = int(rng.integers(len(live)))
            if live[other].shape == source.shape:
                run('ndarray.__setitem__', lambda: source.__setitem__(..., live[other]), term, ..., terms[other])
        elif kind == 7 and source.ndim and source.size:
            index = [int(i) for i in rng.integers(0, source.shape[0], 3)]
            run('np.add.at', lambda: np.add.at(source, index, 2), term, index, 2)
        else:
            calls.append(('np.multiply', (term, 2), {'out': term}))
            np.multiply(source, 2, out=source)
    r.case('np.copy', x, _before=calls, _exact=True)
