/** The parts of a repair: who is suspected, what an intervention shows, what numbers say is missing, what a proof refuses, when it gives up. */
import assert from 'node:assert/strict';
import {matchBackward, truthIndex} from '../../../engine/check/matching.ts';
import {culpritsAmong} from '../../../engine/check/repair/intervene.ts';
import {productsFor} from '../../../engine/check/repair/monomials.ts';
import type {Atom} from '../../../engine/check/repair/atoms.ts';
import {findMistakes} from '../../../engine/check/repair/search.ts';
import type {Repair} from '../../../engine/check/repair/search.ts';
import {name} from '../../../engine/check/repair/build.ts';
import {stepsOf} from '../../../engine/check/repair/steps.ts';
import {givenOf, suspectsOf} from '../../../engine/check/repair/suspects.ts';
import {printExpr} from '../../../engine/python/print.ts';
import {lineAt} from '../../../engine/python/lines.ts';
import {checkPair, gradientOf} from './checking.ts';
import {finished, tried} from './outcome.ts';

const net = (changes: Readonly<Record<string, string>> = {}): string => {
  let text = `import numpy as np


# backprop: x (N, D), w (D, H), v (H, M)
def net_forward(x, w, v):
    z = x @ w
    h = np.tanh(z)
    return h @ v, (x, w, v, h)


def net_backward(dout, cache):
    x, w, v, h = cache
    dv = h.T @ dout
    dh = dout @ v.T
    dz = dh * (1 - h ** 2)
    dw = x.T @ dz
    dx = dz @ w.T
    return dx, dw, dv
`;
  for (const [from, to] of Object.entries(changes)) {
    assert.ok(text.includes(from));
    text = text.replace(from, to);
  }
  return text;
};

const noDerivative = {'dz = dh * (1 - h ** 2)': 'dz = dh * h'};

function repairs(text: string): readonly Repair[] {
  const {patient} = tried(text);
  return finished(findMistakes(patient, [patient.trial]));
}

/** The lines of the suspects in a text, 1-based. */
function suspects(text: string): {readonly lines: readonly number[]; readonly culprits: readonly [string, number, readonly string[]][]} {
  const {patient, file, outcome} = tried(text);
  const {trial} = outcome;
  const steps = stepsOf(file, trial, null);
  const truths = truthIndex(trial);
  const isWrong = ({name: one}: {name: string}): boolean => patient.wrong.has(one);
  const found = suspectsOf(steps, trial.found!.filter(isWrong).map(givenOf), trial.found!.filter((one) => !isWrong(one)).map(givenOf), matchBackward([trial]), trial, truths, null, true);
  const culprits = finished(culpritsAmong(patient, found, truths, {steps: 1e6}));
  return {
    lines: found.map(({statement}) => lineAt(file.lines, statement.span.start)),
    culprits: culprits.map(({event, step, mends}) => [event.target, lineAt(file.lines, step.statement.span.start), [...mends]]),
  };
}

describe('suspects', () => {
  it('are what only wrong gradients come from, and nothing that is known to be right', () => {
    const {lines} = suspects(net(noDerivative));
    assert.ok(lines.includes(15), 'dz');
    assert.ok(!lines.includes(13) && !lines.includes(14), 'dv and dh are right');
  });
});

describe('the steps of a network', () => {
  it('are those of its backward and what that calls, not what only makes and runs it', () => {
    const text = `import numpy as np


def squash(x):
    y = np.tanh(x)
    return y


class Network:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1 = np.random.randn(n_in, n_hidden)
        self.W2 = np.random.randn(n_hidden, n_out)

    def forward(self, X):
        self.z = X @ self.W1
        return squash(self.z) @ self.W2

    def backward(self, X, y, output):
        d = output - y
        h = squash(self.z)
        self.dW2 = h.T @ d
        self.dW1 = X.T @ (d @ self.W2.T * h)
`;
    const {file, outcome} = tried(text);
    const lines = stepsOf(file, outcome.trial, null).map(({statement}) => lineAt(file.lines, statement.span.start));
    assert.deepEqual([...lines].sort((a, b) => a - b), [5, 6, 19, 20, 21, 22]);
  });
});

describe('an intervention', () => {
  it('blames the first value that, made right, makes all right', () => {
    assert.deepEqual(suspects(net(noDerivative)).culprits, [['dz', 15, ['dx', 'dw']]]);
  });

  it('finds a culprit for each of two independent mistakes', () => {
    assert.deepEqual(suspects(net({'dv = h.T @ dout': 'dv = 2 * h.T @ dout', 'dx = dz @ w.T': 'dx = -dz @ w.T'})).culprits, [['dv', 13, ['dv']], ['dx', 17, ['dx']]]);
  });

  it('does not blame a right part of a sum', () => {
    const text = 'import numpy as np\n\n\n# backprop: x (N, D)\ndef gate_forward(x):\n    h = np.tanh(x)\n    return h * x, (x, h)\n\n\ndef gate_backward(dout, cache):\n    x, h = cache\n    dx = dout * h\n    dx += dout * x * h\n    return dx\n';
    assert.deepEqual(suspects(text).culprits.map(([, line]) => line), [13]);
  });
});

describe('what numbers say is missing', () => {
  const atom = (id: string, data: readonly number[]): Atom => ({name: id, expression: (span) => name(id, span), data: Float64Array.from(data), cost: 0.4, isDerivative: false, isPlain: true});
  const atoms = [atom('a', [1, 2, -3, 0.5]), atom('b', [0.7, -1.1, 2, 4]), atom('c', [5, 0.3, -0.2, 1.5])];
  const texts = (required: readonly number[], base: readonly number[] | null): string[] =>
    productsFor(Float64Array.from(required), base === null ? null : Float64Array.from(base), atoms, [{value: 7, expression: (span) => name('N', span), isRate: false, isSize: true}])
      .map(({expression}) => printExpr(expression({start: 0, end: 0}), ''));
  const [a, b, c] = atoms.map(({data}) => [...data]);

  it('is one factor, two, or three', () => {
    assert.deepEqual(texts(b.map((value, i) => value * a[i]), b), ['a']);
    assert.ok(texts(c.map((value, i) => value * a[i] / b[i]), c).includes('a / b'));
    assert.ok(texts(a.map((value, i) => value * b[i] * c[i]), null).includes('a * b * c'));
  });
  it('has numbers with names where they fit', () => {
    assert.deepEqual(texts(a.map((value) => value / 7), a), ['1 / N']);
    assert.deepEqual(texts(a.map((value) => -2 * value), a), ['-2']);
  });
  it('is nothing where no product is it', () => { assert.deepEqual(texts([1, 1, 2, 3], a), []); });
});

describe('a repair', () => {
  it('is the smallest edit, with its kind', () => {
    const [repair, ...others] = repairs(net(noDerivative));
    assert.equal(others.length, 0);
    assert.equal(repair.fix?.lines.newText.trim().startsWith('dz = dh * (1 - h ** 2)'), true, repair.fix?.lines.newText);
    assert.deepEqual([...repair.mends], ['dx', 'dw']);
  });

  it('mends two independent mistakes, each on its line', () => {
    const found = repairs(net({'dv = h.T @ dout': 'dv = 2 * h.T @ dout', 'dx = dz @ w.T': 'dx = -dz @ w.T'}));
    assert.deepEqual(found.map(({fix}) => [fix?.lines.line, fix?.lines.newText.trim()]), [[13, 'dv = h.T @ dout'], [17, 'dx = dz @ w.T']]);
  });

  it('is proved where another gradient is wrong in a mode that the backward does not know', () => {
    const text = `import numpy as np


# backprop: x (N, D), gamma (D,), beta (D,)
def centre_forward(x, gamma, beta, mode='train'):
    if mode == 'train':
        mean = x.mean(axis=0)
    elif mode == 'test':
        mean = np.zeros(x.shape[1])
    centred = x - mean
    return gamma * centred + beta, (centred, gamma)


def centre_backward(dout, cache):
    centred, gamma = cache
    dbeta = -dout.sum(axis=0)
    dgamma = (dout * centred).sum(axis=0)
    dcentred = gamma * dout
    dx = dcentred - dcentred.mean(axis=0)
    return dx, dgamma, dbeta
`;
    const pair = checkPair(text);
    assert.equal(gradientOf(pair, 'x').verdict, 'agrees');
    assert.equal(gradientOf(pair, 'beta').diagnosis?.fix?.newText.trim(), 'dbeta = dout.sum(axis=0)');
  });

  it('writes no number that happens to be a size', () => {
    const text = 'import numpy as np\n\n\n# backprop: x (N, D)\ndef mean_forward(x):\n    return x.mean(axis=0), x\n\n\ndef mean_backward(dout, cache):\n    x = cache\n    dx = np.ones_like(x) * dout\n    return dx\n';
    const [{fix}] = repairs(text);
    assert.match(fix?.lines.newText ?? '', /x\.shape\[0\]/);
  });

  it('gives up and says after how many edits', () => {
    const pair = checkPair(net({'dz = dh * (1 - h ** 2)': 'dz = np.sin(dh) + np.cos(h) * dh ** 3'}));
    const {diagnosis} = gradientOf(pair, 'x');
    assert.equal(diagnosis?.line, 15);
    assert.equal(diagnosis.fix, undefined);
    assert.ok((diagnosis.gaveUp?.edits ?? 0) > 100);
  });

  it('gives up at the same edit on every machine', () => {
    const text = net({'dz = dh * (1 - h ** 2)': 'dz = np.sin(dh) + np.cos(h) * dh ** 3'});
    assert.deepEqual(repairs(text).map(({tried: edits}) => edits), repairs(text).map(({tried: edits}) => edits));
  });

  it('can be stopped while it looks', () => {
    const {patient} = tried(net({'dz = dh * (1 - h ** 2)': 'dz = np.sin(dh) + np.cos(h) * dh ** 3'}));
    const search = findMistakes(patient, [patient.trial]);
    assert.equal(search.next().done, false);
    assert.deepEqual(search.return([]), {value: [], done: true});
  });

  it('names the iterations at fault', () => {
    const text = `import numpy as np


# backprop: x (N, T, D), w (D, H), u (H, H)
def rnn_forward(x, w, u):
    N, T, D = x.shape
    h = np.zeros((N, T + 1, u.shape[0]))
    for t in range(T):
        h[:, t + 1] = np.tanh(x[:, t] @ w + h[:, t] @ u)
    return h[:, 1:], (x, w, u, h)


def rnn_backward(dout, cache):
    x, w, u, h = cache
    dx, dw, du = np.zeros_like(x), np.zeros_like(w), np.zeros_like(u)
    carried = np.zeros_like(h[:, 0])
    for t in reversed(range(x.shape[1])):
        dz = (dout[:, t] + np.sin(carried)) * (1 - h[:, t + 1] ** 2)
        dx[:, t] = dz @ w.T
        dw += x[:, t].T @ dz
        du += h[:, t].T @ dz
        carried = dz @ u.T
    return dx, dw, du
`;
    const {diagnosis} = gradientOf(checkPair(text), 'x');
    assert.equal(diagnosis?.line, 18);
    assert.match(diagnosis.where ?? '', /from t = \d on|in the (?:first|last) iteration/);
  });
});
