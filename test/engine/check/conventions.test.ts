/** Conventions that are not mistakes: each recognised and named, and beside it a mistake that looks like it and is none. */
import assert from 'node:assert/strict';
import type {Convention} from '../../../engine/check/report.ts';
import {checkPair, told} from './checking.ts';

/** What has been shown to be recognised so far. */
const recognised = new Set<Convention>();

function follows(convention: Convention, text: string, ...of: readonly string[]): void {
  recognised.add(convention);
  const pair = checkPair(text);
  assert.equal(pair.verdict, 'agrees', told(pair));
  assert.deepEqual(pair.gradients.filter((gradient) => gradient.convention === convention).map((gradient) => gradient.of), of);
}

function isWrong(text: string): void {
  const pair = checkPair(text);
  assert.equal(pair.verdict, 'disagrees', told(pair));
  assert.ok(pair.gradients.every(({convention}) => convention === undefined));
}

describe('mean-folded', () => {
  const linear = (dW: string, db: string, dA: string): string => `import numpy as np


def linear_forward(A, W, b):
    """
    A -- (n_prev, m)
    W -- (n, n_prev)
    b -- (n, 1)
    """
    return W @ A + b, (A, W, b)


def linear_backward(dZ, cache):
    A, W, b = cache
    m = A.shape[1]
    dW = ${dW}
    db = ${db}
    dA = ${dA}
    return dA, dW, db
`;
  it('is 1/m in all parameters and not in the data', () => {
    follows('mean-folded', linear('dZ @ A.T / m', 'np.sum(dZ, axis=1, keepdims=True) / m', 'W.T @ dZ'), 'W', 'b');
  });
  it('is not 1/m in one of two', () => { isWrong(linear('dZ @ A.T / m', 'np.sum(dZ, axis=1, keepdims=True)', 'W.T @ dZ')); });
  it('is not 1/m in everything', () => { isWrong(linear('dZ @ A.T / m', 'np.sum(dZ, axis=1, keepdims=True) / m', 'W.T @ dZ / m')); });
  it('is not another factor', () => { isWrong(linear('dZ @ A.T / 7', 'np.sum(dZ, axis=1, keepdims=True) / 7', 'W.T @ dZ')); });
});

describe('numerator-layout', () => {
  const loss = (gradient: string): string => `import numpy as np\n\n\ndef quadratic_loss(w, X, y):\n    """\n    - w: of shape (D, 1)\n    - X: of shape (N, D)\n    - y: of shape (N, 1)\n    """\n    r = X @ w - y\n    loss = 0.5 * np.sum(r ** 2)\n    dw = ${gradient}\n    return loss, dw\n`;
  it('is the gradient of a scalar as a row', () => { follows('numerator-layout', loss('r.T @ X'), 'w'); });
  it('is not a row of something else', () => { isWrong(loss('2 * r.T @ X')); });
  it('is not a lost axis', () => { isWrong(loss('(X.T @ r)[:, 0]')); });
});

describe('of-the-output', () => {
  const sigmoid = (derivative: string): string => `import numpy as np\n\n\ndef sigmoid(x):\n    return 1 / (1 + np.exp(-x))\n\n\ndef sigmoid_prime(a):\n    return ${derivative}\n`;
  it('is a derivative that takes the activation', () => { follows('of-the-output', sigmoid('a * (1 - a)'), 'x'); });
  it('needs no name where it takes the input', () => { assert.equal(checkPair(sigmoid('sigmoid(a) * (1 - sigmoid(a))')).gradients[0].convention, undefined); });
  it('is not any formula', () => { isWrong(sigmoid('a * (1 + a)')); });
});

describe('unit-upstream', () => {
  const loss = (signature: string, gradient: string): string => `import numpy as np


class MeanSquare:
    def forward(self, y, t):
        """
        y: of shape (N, D)
        t: of shape (N, D)
        """
        self.y, self.t = y, t
        return 0.5 * np.sum((y - t) ** 2) / y.shape[0]

    def backward(${signature}):
        dy = ${gradient}
        return dy
`;
  it('is a loss layer that ignores an upstream of 1', () => { follows('unit-upstream', loss('self, dout=1', '(self.y - self.t) / self.y.shape[0]'), 'y'); });
  it('is not an upstream that a caller must give', () => { isWrong(loss('self, dout', '(self.y - self.t) / self.y.shape[0]')); });
  it('is not a wrong gradient', () => { isWrong(loss('self, dout=1', 'self.y - self.t')); });
});

describe('descent-sign', () => {
  const step = (gradient: string, update: string): string => `import numpy as np\n\nx = np.array([[0.5, -1.0], [1.5, 2.0], [0.3, 0.7]])\ny = np.array([[1.0], [0.0], [1.0]])\nW = np.array([[0.4], [-0.6]])\np = x @ W\nloss = 0.5 * np.sum((p - y) ** 2)\ndW = ${gradient}\nW ${update}\n`;
  it('is the negative gradient, added', () => { follows('descent-sign', step('x.T @ (y - p)', '+= 0.1 * dW'), 'W'); });
  it('is not the negative gradient, subtracted', () => { isWrong(step('x.T @ (y - p)', '-= 0.1 * dW')); });
  it('is not something else, added', () => { isWrong(step('x.T @ (y + p)', '+= 0.1 * dW')); });
});

describe('mean-loss', () => {
  const layer = (gradient: string): string => `import numpy as np

class MeanSquaredError:
    def forward(self, y_pred, y_true):
        return np.mean((y_true - y_pred) ** 2, axis=-1)

    def backward(self, dvalues, y_true):
        samples = len(dvalues)
        outputs = len(dvalues[0])
        self.dinputs = ${gradient}
`;

  it('is the mean of losses that the forward returns one by one', () => {
    follows('mean-loss', layer('-2 * (y_true - dvalues) / outputs / samples'), 'y_pred');
  });

  it('is no excuse for another factor, nor for another sign', () => {
    for (const wrong of ['-2 * (y_true - dvalues) / samples', '2 * (y_true - dvalues) / outputs / samples']) assert.equal(checkPair(layer(wrong)).verdict, 'disagrees', wrong);
  });

  it('is not named where the gradient is of the sum', () => {
    const pair = checkPair(layer('-2 * (y_true - dvalues) / outputs'));
    assert.equal(pair.verdict, 'agrees');
    assert.equal(pair.gradients[0].convention, undefined);
  });
});

describe('epsilon-neglected', () => {
  const entropy = (forward: string, gradient: string): string => `import numpy as np\n\n\ndef cross_entropy(p, t):\n    """\n    - p: probabilities, of shape (N, C)\n    - t: one-hot targets, of shape (N, C)\n    """\n    loss = ${forward}\n    dp = ${gradient}\n    return loss, dp\n`;
  it('is a small constant that the derivative leaves out', () => { follows('epsilon-neglected', entropy('-np.sum(t * np.log(p + 1e-7))', '-t / p'), 'p'); });
  it('is not a small factor that it leaves out', () => { isWrong(entropy('-np.sum(t * np.log(p)) + 1e-6 * np.sum(p * p)', '-t / p')); });
  it('is not a large constant', () => { isWrong(entropy('-np.sum(t * np.log(p + 0.1))', '-t / p')); });
  it('needs no name where the constant is kept', () => {
    assert.equal(checkPair(entropy('-np.sum(t * np.log(p + 1e-7))', '-t / (p + 1e-7)')).gradients[0].convention, undefined);
  });
});

describe('clipped', () => {
  const layer = (gradient: string): string => `import numpy as np\n\n\ndef cube_forward(x):\n    """x: of shape (N, D)"""\n    return 3 * x ** 3, x\n\n\ndef cube_backward(dout, cache):\n    dx = ${gradient}\n    return dx\n`;
  it('is the truth within bounds', () => { follows('clipped', layer('np.clip(9 * cache ** 2 * dout, -5, 5)'), 'x'); });
  it('is the truth within bounds that only large gradients reach', () => { follows('clipped', layer('np.clip(9 * cache ** 2 * dout, -100, 100)'), 'x'); });
  it('is not something else within bounds', () => { isWrong(layer('np.clip(8 * cache ** 2 * dout, -5, 5)')); });
  it('is not a clip of the upstream', () => { isWrong(layer('9 * cache ** 2 * np.clip(dout, -0.5, 0.5)')); });
});

describe('decay-added', () => {
  const affine = (dw: string, db: string): string => `import numpy as np\n\n\ndef affine_forward(x, w, b):\n    """\n    - x: of shape (N, D)\n    - w: of shape (D, M)\n    - b: of shape (M,)\n    """\n    return x @ w + b, (x, w, b)\n\n\ndef affine_backward(dout, cache):\n    x, w, b = cache\n    dx = dout @ w.T\n    dw = ${dw}\n    db = ${db}\n    return dx, dw, db\n`;
  it('is one multiple of the weights on top', () => { follows('decay-added', affine('x.T @ dout + 0.01 * w', 'dout.sum(axis=0)'), 'w'); });
  it('is not taken away', () => { isWrong(affine('x.T @ dout - 0.01 * w', 'dout.sum(axis=0)')); });
  it('is not a multiple of something else', () => { isWrong(affine('x.T @ dout + 0.01', 'dout.sum(axis=0)')); });
});

describe('merged-with-loss', () => {
  const layer = (backward: string): string => `import numpy as np


class SoftmaxOutput:
    def forward(self, x, y):
        """
        x: scores, of shape (N, C)
        y: one-hot targets, of shape (N, C)
        """
        e = np.exp(x - x.max(axis=1, keepdims=True))
        self.p = e / e.sum(axis=1, keepdims=True)
        self.y = y
        return self.p

    def backward(self):
        dx = ${backward}
        return dx
`;
  it('is p - y in the place of the softmax and the cross entropy behind it', () => { follows('merged-with-loss', layer('self.p - self.y'), 'x'); });
  it('may be a mean', () => { follows('merged-with-loss', layer('(self.p - self.y) / self.y.shape[0]'), 'x'); });
  it('is not y - p', () => {
    const {verdict, gradients} = checkPair(layer('self.y - self.p'));
    assert.notEqual(verdict, 'agrees');
    assert.ok(gradients.every(({convention}) => convention === undefined));
  });
});

describe('merged-with-loss, in two halves', () => {
  const softmax = (backward: string): string => `import numpy as np


class Softmax:
    def forward(self, x):
        e = np.exp(x - np.max(x))
        self.p = e / np.sum(e)
        return self.p

    def backward(self, dout):
${backward}
`;
  const loss = (gradient: string): string => `import numpy as np


def cross_entropy(y_true, y_pred):
    return -np.sum(y_true * np.log(np.clip(y_pred, 1e-12, 1 - 1e-12)))


def cross_entropy_prime(y_true, y_pred):
    return ${gradient}
`;
  it('is a softmax that hands the upstream on because the loss knows of it', () => {
    follows('merged-with-loss', softmax('        # short, since the cross entropy has the softmax in its gradient\n        return dout'), 'x');
  });
  it('is p - y where the text says that a softmax is in it', () => { follows('merged-with-loss', loss('y_pred - y_true  # together with softmax'), 'y_pred'); });
  it('is neither where the text does not say so: what a softmax is handed is not known then, and p - y is wrong', () => {
    const {verdict, reason, gradients} = checkPair(softmax('        return dout'));
    assert.equal(verdict, 'inconclusive');
    assert.match(reason, /leaves its softmax out/);
    assert.ok(gradients.every(({convention}) => convention === undefined));
    isWrong(loss('y_pred - y_true'));
  });
  it('is not another formula, whatever the text says', () => {
    isWrong(softmax('        # merged with the cross entropy\n        return dout * self.p'));
    isWrong(loss('y_true - y_pred  # together with softmax'));
    isWrong(loss('2 * (y_pred - y_true)  # together with softmax'));
  });
  it('is not what hands the upstream on and is no softmax', () => {
    isWrong(softmax('        # merged with the cross entropy\n        return dout').replace('e / np.sum(e)', 'e / np.max(e)'));
  });
});

describe('sums, means and halves', () => {
  const loss = (forward: string, gradient: string): string => `import numpy as np\n\n\ndef square_loss(p, t):\n    """\n    - p: of shape (N, D)\n    - t: of shape (N, D)\n    """\n    loss = ${forward}\n    dp = ${gradient}\n    return loss, dp\n`;
  for (const [forward, gradient] of [
    ['np.sum((p - t) ** 2)', '2 * (p - t)'], ['0.5 * np.sum((p - t) ** 2)', 'p - t'], ['np.mean((p - t) ** 2)', '2 * (p - t) / p.size'],
    ['np.sum((p - t) ** 2) / len(p)', '2 * (p - t) / len(p)'],
  ] as const) {
    it(`agree where loss and gradient share them: ${forward}`, () => { assert.equal(checkPair(loss(forward, gradient)).verdict, 'agrees'); });
  }
  it('do not where they do not', () => {
    isWrong(loss('np.sum((p - t) ** 2)', 'p - t'));
    isWrong(loss('np.mean((p - t) ** 2)', '2 * (p - t) / len(p)'));
  });
});

describe('every convention', () => {
  it('that has a name has been recognised above, beside a wrong twin', () => {
    const named: readonly Convention[] = ['mean-folded', 'numerator-layout', 'merged-with-loss', 'of-the-output', 'unit-upstream', 'descent-sign', 'epsilon-neglected', 'clipped', 'decay-added', 'mean-loss'];
    assert.deepEqual([...recognised].sort(), [...named].sort());
  });
});
