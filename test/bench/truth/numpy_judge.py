"""Judges gradients by real Python and NumPy alone: runs the user's forward and backward on given inputs, takes the gradient of
sum(output * upstream) by differences, and says for each gradient whether it is right. Knows nothing of the engine's tape.

Reads cases, one JSON object a line, and writes one result a line. Each case runs in a process of its own, with a limit.
Usage: python3 numpy_judge.py CASES RESULTS SECONDS_PER_CASE
"""
import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
import warnings

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from numpy_modules import Loader, Missing, Trace, shape_of  # noqa: E402
from numpy_subjects import NOTHING, array, decode, key, run, unwrapped  # noqa: E402

# What differences can resolve, relative to the largest number of the gradient, and in units of rounding of the loss.
COARSE = 1e-7
FINE = 5e-11
ROUNDING = 2.3e-16
# An element whose slopes from left and right still differ this much, relative to the gradient, at a step of 1e-7 has a kink.
KINK = 1e-3
# How far outside of both slopes a choice at a kink may lie.
BETWEEN = 1e-5


def numbers(value):
    """A gradient as a float array, or None when it holds no numbers."""
    value = unwrapped(value)
    if value is NOTHING or value is None or isinstance(value, (str, dict)):
        return None
    try:
        return np.array(value, dtype=float)
    except Exception:
        return None


class Loss:
    """sum(output * upstream) as a function of the leaves."""

    def __init__(self, case, given, module, state):
        self.case, self.given, self.module, self.state = case, given, module, state
        self.leaves = {of: array(leaf) for of, leaf in given['leaves']}
        self.upstreams = [array(one) for one in given['upstreams']]
        self.base = 0.0

    def run(self, leaves):
        return run(self.case, self.given, self.module, leaves, self.state)

    def terms(self, leaves):
        outputs = self.run(leaves).outputs
        return [np.asarray(unwrapped(one), dtype=float) * up for one, up in zip(outputs, self.upstreams)]

    def __call__(self, leaves):
        return float(sum(np.sum(one) for one in self.terms(leaves)))

    def size(self):
        """The sum of the absolute terms: what rounding is relative to."""
        return float(sum(np.sum(np.abs(one)) for one in self.terms(self.leaves)))

    def moved(self, of, direction, step):
        leaves = {name: leaf.copy() for name, leaf in self.leaves.items()}
        leaves[of] = leaves[of] + step * direction
        return self(leaves)

    def slope(self, of, direction, h):
        """Fourth-order central difference."""
        at = lambda step: self.moved(of, direction, step)
        return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)

    def best(self, of, direction):
        """Ridders' extrapolation from several steps: the slope and how far off it may be."""
        best, error = np.nan, np.inf
        for first in (2e-2, 1e-3, 3e-5):
            rows = []
            h = first
            for i in range(7):
                row = [(self.moved(of, direction, h) - self.moved(of, direction, -h)) / (2 * h)]
                factor = 1.96
                for j in range(i):
                    row.append((row[j] * factor - rows[-1][j]) / (factor - 1))
                    factor *= 1.96
                    off = max(abs(row[-1] - row[-2]), abs(row[-1] - rows[-1][j]))
                    if off <= error:
                        best, error = row[-1], off
                rows.append(row)
                h /= 1.4
            if error < 1e-10 * max(1.0, abs(best)):
                break
        return best, error

    def sides(self, of, direction, h=1e-7):
        here = self(self.leaves)
        return (here - self.moved(of, direction, -h)) / h, (self.moved(of, direction, h) - here) / h


def unit(shape, index):
    direction = np.zeros(shape)
    direction[index] = 1.0
    return direction


def judge(loss, of, gradient, expected):
    """`agrees` or `disagrees`, with the largest error relative to the largest slope and the number of elements at kinks."""
    leaf = loss.leaves[of]
    if gradient.shape != leaf.shape:
        return {'verdict': 'disagrees', 'why': 'shape %s for %s' % (gradient.shape, leaf.shape), 'kinks': 0}
    base = loss.base
    slopes, kinks = np.zeros(leaf.shape), []
    for index in np.ndindex(leaf.shape):
        slopes[index] = loss.slope(of, unit(leaf.shape, index), 1e-4)
    scale = max(np.max(np.abs(slopes), initial=0), np.max(np.abs(gradient), initial=0)) if np.isfinite(gradient).all() else np.max(np.abs(slopes), initial=0)
    floor = lambda h: 8 * ROUNDING * (base + scale) / h
    off = np.abs(gradient - slopes)
    coarse = not (off > COARSE * scale + floor(1e-4)).any() and np.isfinite(gradient).all()
    worst = float(np.max(off, initial=0) / scale) if scale > 0 else 0.0
    if coarse == (expected == 'agrees'):
        return {'verdict': 'agrees' if coarse else 'disagrees', 'error': worst, 'kinks': 0}
    if not np.isfinite(gradient).all():
        return {'verdict': 'disagrees', 'why': 'not a number', 'kinks': 0}
    wrong = False
    for index in np.ndindex(leaf.shape):
        direction = unit(leaf.shape, index)
        left, right = loss.sides(of, direction)
        if abs(left - right) > KINK * scale + floor(1e-7):
            kinks.append(index)
            low, high = min(left, right), max(left, right)
            room = BETWEEN * scale + floor(1e-7)
            wrong = wrong or not low - room <= gradient[index] <= high + room
            continue
        slope, error = loss.best(of, direction)
        slopes[index] = slope
        wrong = wrong or not abs(gradient[index] - slope) <= FINE * scale + 4 * error + floor(1e-3)
    if kinks and not wrong:
        wrong = not all(between(loss, of, gradient, kinks, seed, scale) for seed in range(20))
    return {'verdict': 'disagrees' if wrong else 'agrees', 'error': float(np.max(np.abs(gradient - slopes), initial=0) / scale) if scale > 0 else 0.0, 'kinks': len(kinks)}


def between(loss, of, gradient, kinks, seed, scale):
    """Along random directions over the elements at kinks, a choice of the user's must lie between both slopes."""
    source = np.random.RandomState(1000 + seed)
    direction = np.zeros(gradient.shape)
    for index in kinks:
        direction[index] = source.choice([-1.0, 1.0])
    left, right = loss.sides(of, direction)
    room = (BETWEEN * scale + 8 * ROUNDING * loss.base / 1e-7) * max(1, len(kinks))
    along = float(np.sum(direction * gradient))
    return min(left, right) - room <= along <= max(left, right) + room


def distance(value, encoded, base):
    """How far apart two arrays of numbers are, relative to the largest, rounding aside; None for another shape."""
    other = array(encoded)
    if value.shape != other.shape:
        return None
    with np.errstate(all='ignore'):
        same = (value == other) | (np.isnan(value) & np.isnan(other))
        gap = np.where(same | (np.abs(value - other) < 100 * ROUNDING * base), 0.0, np.abs(value - other))
        largest = np.max(np.where(np.isfinite(other), np.abs(other), 0), initial=1e-300)
    return float(np.max(np.where(np.isnan(gap), np.inf, gap), initial=0) / largest)


def judge_set(case, given, first):
    np.random.seed(given['seed'] % 2 ** 32)
    random.seed(given['seed'])
    trace = Trace() if first else None
    loader = Loader(case['modules'], trace, floored=case['floored'], sizes=case['sizes'])
    if trace is not None:
        trace.on = True
    module = loader.main(case['path'], None if case['lines'] is None else set(case['lines']))
    state = np.random.get_state(), random.getstate()
    loss = Loss(case, given, module, state)
    out = {'label': given['label'], 'gradients': []}
    try:
        ran = loss.run({name: leaf.copy() for name, leaf in loss.leaves.items()})
    except Missing:
        raise
    except Exception as error:
        # One function may be forward and backward: then it raises before anything is returned.
        if given['raises'] is None:
            raise
        return {**out, 'raised': type(error).__name__}
    shapes = [list(np.shape(unwrapped(one))) for one in ran.outputs]
    if shapes != [one['shape'] for one in given['upstreams']]:
        raise Missing('the output has the shape %s, in the check %s' % (shapes, [one['shape'] for one in given['upstreams']]))
    upstreams = [up.copy() if isinstance(one, np.ndarray) else (np.float64(up) if isinstance(one, np.generic) else float(up)) if up.shape == () else up.copy()
                 for one, up in zip([unwrapped(one) for one in ran.outputs], loss.upstreams)]
    try:
        found = ran.backward(upstreams)
        raised = None
    except Missing:
        raise
    except Exception as error:
        found, raised = {}, type(error).__name__
    if trace is not None:
        trace.on = False
        out['shapes'], out['lastShapes'] = trace.shapes, trace.of_last_calls()
    out['raised'] = raised
    if raised is not None or given['raises'] is not None:
        return out
    loss.base = loss.size()
    again = abs(loss(loss.leaves) - loss(loss.leaves))
    if again > 0:
        raise Missing('two runs on the same inputs differ')
    for one in given['gradients']:
        value = numbers(found.get(key(one), NOTHING))
        result = {'name': one['name'], 'of': one['of'], 'engine': one['verdict'], 'convention': one['convention']}
        if value is None:
            result['missing'] = 'no numbers were found in its place'
        elif one['of'] not in loss.leaves:
            result['twin'] = True
        else:
            result.update(judge(loss, one['of'], value, one['verdict']))
            result['distance'] = distance(value, one['actual'], loss.base)
            result['shape'] = list(value.shape)
        out['gradients'].append(result)
    return out


def judge_case(case):
    sets = [judge_set(case, given, i == 0) for i, given in enumerate(case['sets'])]
    return {'id': case['id'], 'sets': sets}


def child(case, write, folder):
    os.chdir(folder)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    warnings.simplefilter('ignore')
    np.seterr(all='ignore')
    sys.setrecursionlimit(3000)
    began = time.time()
    try:
        result = judge_case(case)
    except Missing as error:
        result = {'id': case['id'], 'missing': str(error)}
    except BaseException as error:
        result = {'id': case['id'], 'missing': 'it raises %s: %s' % (type(error).__name__, str(error)[:160])}
    result['seconds'] = time.time() - began
    with os.fdopen(write, 'w') as out:
        out.write(json.dumps(result))
    os._exit(0)


def one(line, limit):
    case = json.loads(line)
    read, write = os.pipe()
    folder = tempfile.mkdtemp(prefix='backprop-truth-')
    pid = os.fork()
    if pid == 0:
        os.close(read)
        child(case, write, folder)
    os.close(write)
    text, deadline = b'', time.time() + limit
    while True:
        left = deadline - time.time()
        ready = select.select([read], [], [], max(0, left))[0]
        if not ready:
            os.kill(pid, signal.SIGKILL)
            text = json.dumps({'id': case['id'], 'missing': 'it took longer than %d seconds' % limit}).encode()
            break
        part = os.read(read, 1 << 16)
        if not part:
            break
        text += part
    os.close(read)
    os.waitpid(pid, 0)
    shutil.rmtree(folder, ignore_errors=True)
    return text.decode() or json.dumps({'id': case['id'], 'missing': 'its process ended'})


def main():
    cases, results, limit = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(cases) as lines, open(results, 'w') as out:
        for line in lines:
            out.write(one(line, limit) + '\n')
            out.flush()
    print(np.__version__)


if __name__ == '__main__':
    main()
