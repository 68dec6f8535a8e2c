/** The twelve rules of a verdict, each with code that is judged wrongly without the rule. */
import assert from 'node:assert/strict';
import {analyse, check, checkPair, emptyProject, gradientOf, told} from './checking.ts';

/** A function pair of one array: forward gives `out` and a cache, backward `dx`. */
function layer(forward: string, backward: string, doc = '- x: data, of shape (N, D)'): string {
  const indent = (code: string): string => code.trim().split('\n').map((line) => `    ${line}`).join('\n');
  return `import numpy as np\n\n\ndef layer_forward(x):\n    """\n    Inputs:\n    ${doc}\n    """\n${indent(forward)}\n\n\ndef layer_backward(dout, cache):\n${indent(backward)}\n    return dx\n`;
}

function agrees(text: string): void {
  const pair = checkPair(text);
  assert.equal(pair.verdict, 'agrees', told(pair));
}

function disagrees(text: string, reason: RegExp): void {
  const pair = checkPair(text);
  assert.equal(pair.verdict, 'disagrees', told(pair));
  assert.match(pair.gradients.find(({verdict}) => verdict === 'disagrees')?.reason ?? pair.reason, reason);
}

const bias = (gradient: string): string => `import numpy as np


def bias_forward(x, b):
    """
    - x: of shape (N, D)
    - b: of shape (D,)
    """
    return x + b, (x, b)


def bias_backward(dout, cache):
    dx = dout
    db = ${gradient}
    return dx, db
`;

describe('rule 1: shape before value', () => {
  it('accepts the shape of the parameter only', () => { agrees(bias('dout.sum(axis=0)')); });
  it('tells (1, D) from (D,)', () => { disagrees(bias('dout.sum(axis=0, keepdims=True)'), /\(1, D\), but b has \(D,\)/); });
  it('tells what is not summed over the batch', () => { disagrees(bias('dout'), /\(N, D\), but b has \(D,\)/); });
  it('tells a scalar that would broadcast', () => { disagrees(bias('dout.sum()'), /scalar, but b has \(D,\)/); });
  it('tells a column from a row', () => { disagrees(bias('dout.sum(axis=0).reshape(-1, 1)'), /\(D, 1\), but b has \(D,\)/); });
});

describe('rule 2: the exact gradient judges, at its own scale', () => {
  it('is not disturbed by 1e8 added to the output', () => { agrees(layer('out = 3 * x + 1e8\nreturn out, x', 'dx = 3 * dout')); });
  it('sees a mistake beside 1e8', () => { disagrees(layer('out = 3 * x + 1e8\nreturn out, x', 'dx = 3.0001 * dout'), /off by/); });
  it('sees a gradient 90 times too large below 1e-5', () => { disagrees(layer('out = 1e-9 * x\nreturn out, x', 'dx = 9e-8 * dout'), /off by/); });
  it('is not disturbed by tiny correct gradients', () => { agrees(layer('out = 1e-12 * np.tanh(x)\nreturn out, x', 'dx = 1e-12 * dout * (1 - np.tanh(cache) ** 2)')); });
  it('sees a forgotten regularisation of 1e-6', () => {
    const text = (term: string): string => `import numpy as np\n\n\ndef ridge_loss(W, x, y):\n    """\n    - W: of shape (D, M)\n    - x: of shape (N, D)\n    - y: of shape (N, M)\n    """\n    r = x.dot(W) - y\n    loss = 0.5 * np.sum(r * r) + 0.5 * 1e-6 * np.sum(W * W)\n    dW = x.T.dot(r)${term}\n    return loss, dW\n`;
    agrees(text(' + 1e-6 * W'));
    disagrees(text(''), /not ∂L\/∂W/);
  });
  it('has one doubled element of many named', () => {
    const pair = checkPair(layer('out = 2 * x\nreturn out, x', 'dx = 2 * dout\ndx[1, 1] *= 2'));
    assert.deepEqual(gradientOf(pair, 'x').witness?.index, [1, 1]);
  });
});

describe('rule 3: at a kink', () => {
  const atZero = (local: string): string => layer('x[0, :] = 0\nout = np.maximum(0, x)\nreturn out, x', `x = cache\ndx = dout * ${local}\ndx[0, :] = 0`);
  const zeros = (local: string): string => `import numpy as np\n\nx = np.array([0.0, 0.0, 1.0, -1.0])\nw = np.array([2.0, -3.0, 1.5, 1.0])\nh = np.maximum(x, 0)\nloss = np.sum(h * w)\n\ndloss = 1.0\ndh = w * dloss\ndx = dh * ${local}\n`;
  for (const [title, local] of [['0', '(x > 0)'], ['1', '(x >= 0)'], ['one half', '(0.5 * (x > 0) + 0.5 * (x >= 0))'], ['a mixture', 'np.array([0.3, 0.8, 1, 0])']] as const) {
    it(`a slope of ${title} at exactly zero is right`, () => { agrees(zeros(local)); });
  }
  for (const [title, local] of [['2', '(2.0 * (x >= 0) - (x > 0))'], ['-1', '(2.0 * (x > 0) - (x >= 0))'], ['of the smooth part', '(1.1 * (x >= 0))']] as const) {
    it(`a slope of ${title} is wrong`, () => { disagrees(zeros(local), /not ∂L\/∂x/); });
  }
  it('takes only the elements at a kink for kinks', () => { agrees(atZero('(x > 0)')); });
  const tie = (share: string): string => `import numpy as np\n\nx = np.array([1.0, 3.0, 3.0, 2.0])\nm = np.max(x)\nloss = 2.0 * m\n\ndm = 2.0\ndx = ${share} * dm\n`;
  it('lets a tie go to the first winner, the last, or both in shares', () => {
    for (const share of ['np.array([0.0, 1, 0, 0])', 'np.array([0.0, 0, 1, 0])', 'np.array([0.0, 0.5, 0.5, 0])']) agrees(tie(share));
  });
  it('does not let a tie count twice', () => { disagrees(tie('(x == m)'), /not ∂L\/∂x/); });
  it('abs at zero may be anything from -1 to 1', () => {
    const text = (slope: string): string => `import numpy as np\n\nx = np.array([0.0, 2.0])\nloss = np.sum(np.abs(x))\n\ndloss = 1.0\ndx = np.array([${slope}, 1.0]) * dloss\n`;
    for (const slope of ['0.0', '1.0', '-1.0', '0.25']) agrees(text(slope));
    disagrees(text('1.5'), /not ∂L\/∂x/);
  });
});

describe('rule 4: zero against zero', () => {
  it('agrees but is said to say nothing', () => {
    const pair = checkPair(`import numpy as np\n\n\ndef layer_forward(x, w):\n    """\n    - x: of shape (N, D)\n    - w: of shape (D,)\n    """\n    return 2 * x, (x, w)\n\n\ndef layer_backward(dout, cache):\n    x, w = cache\n    dx = 2 * dout\n    dw = np.zeros_like(w)\n    return dx, dw\n`);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(gradientOf(pair, 'w').vacuous, true);
    assert.equal(gradientOf(pair, 'x').vacuous, undefined);
  });
  it('more sets are drawn while a gradient is zero in all of them, and no more than needed', () => {
    const sets = (text: string): number => {
      const project = emptyProject();
      project.update('layers.py', text);
      return analyse(project, 'layers.py').units.filter(({setting}) => /^(set|unseen) \d+$/.test(setting)).length;
    };
    const unused = layer('out = x * 1.0\nreturn out, x', 'dx = 1.0 * dout').replace('(x):', '(x, w):').replace('- x: data', '- w: of shape (M,)\n    - x: data').replace('return dx\n', 'return dx, np.zeros(w_size)\n');
    assert.equal(sets(layer('out = 2 * x\nreturn out, x', 'dx = 2 * dout')), 2);
    assert.equal(sets(unused.replace('return out, x', 'return out, w').replace('dx = 1.0', 'w_size = cache.shape\n    dx = 1.0')), 4);
  });
  it('other inputs are tried where the first are dead', () => {
    disagrees(layer('out = np.maximum(0, x - 0.9)\nreturn out, x', 'dx = 5 * dout * (cache > 0.9)'), /not ∂L\/∂x/);
  });
});

describe('rule 5: nan and infinity', () => {
  it('are a reason of their own', () => { disagrees(layer('out = 2 * x\nreturn out, x', 'dx = dout * 2 * np.nan'), /nan or infinity/); });
  it('in one element, too', () => { disagrees(layer('out = 2 * x\nreturn out, x', 'dx = 2 * dout\ndx[0, 0] = np.inf'), /nan or infinity/); });
  it('0 / 0 is no agreement', () => { disagrees(layer('out = 2 * x\nreturn out, x', 'dx = (dout - dout) / (dout - dout)'), /nan or infinity/); });
});

describe('rule 6: what is not differentiable', () => {
  it('labels and settings are skipped and said to be', () => {
    const pair = checkPair(`import numpy as np\n\n\ndef hinge_loss(x, y, delta=1.0):\n    """\n    - x: scores, of shape (N, C)\n    - y: labels, of shape (N,), where 0 <= y[i] < C\n    """\n    N = x.shape[0]\n    right = x[np.arange(N), y][:, np.newaxis]\n    margins = np.maximum(0, x - right + delta)\n    margins[np.arange(N), y] = 0\n    loss = np.sum(margins) / N\n    dx = (margins > 0).astype(float)\n    dx[np.arange(N), y] -= dx.sum(axis=1)\n    dx /= N\n    return loss, dx\n`);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(pair.inputs.find(({name}) => name === 'y')?.role, 'label');
    assert.deepEqual(pair.gradients.map(({of}) => of), ['x']);
  });
  it('a gradient of indices does not make a pair wrong', () => {
    const pair = checkPair(`import numpy as np\n\n\ndef embed_forward(ix, W):\n    """\n    - ix: integer indices, of shape (N,), where 0 <= ix < V\n    - W: of shape (V, D)\n    """\n    return W[ix], (ix, W)\n\n\ndef embed_backward(dout, cache):\n    ix, W = cache\n    dW = np.zeros_like(W)\n    np.add.at(dW, ix, dout)\n    return None, dW\n`);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(gradientOf(pair, 'W').verdict, 'agrees');
  });
});

describe('rule 7: dtypes', () => {
  it('float32 is judged in float64', () => { agrees(layer('x32 = x.astype(np.float32)\nout = np.tanh(x32)\nreturn out, out', 'dx = dout * (1 - cache ** 2)')); });
  it('numbers of a script that Python calls ints are judged', () => {
    agrees('import numpy as np\n\nx = np.array([1, 2, 3])\nloss = np.sum(x ** 2)\n\ndloss = 1.0\ndx = 2 * x * dloss\n');
  });
  it('a gradient that a script writes into an integer array is a warning: it is truncated', () => {
    const text = (dtype: string): string => `import numpy as np\n\nx = np.array([1, 2, 3])\nw = np.array([0.5, 0.25, 0.1])\nloss = np.sum(w * x)\n\ndloss = 1.0\ndx = np.zeros_like(x${dtype})\nfor i in range(3):\n    dx[i] = w[i] * dloss\n`;
    const {pairs: [pair], problems} = check(text('')).report;
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(problems.map(({code, severity, line}) => [code, severity, line]), [['integer-truncation', 'warning', 10]]);
    assert.deepEqual(check(text(', dtype=float')).report.problems, []);
  });
});

describe('rule 8: random masks', () => {
  const dropout = (mask: string): string => layer('mask = (np.random.rand(*x.shape) < 0.6) / 0.6\nout = x * mask\nreturn out, mask', mask);
  it('are frozen: a mask that is kept is right', () => { agrees(dropout('dx = dout * cache')); });
  it('drawn again in the backward are another mask', () => { disagrees(dropout('dx = dout * (np.random.rand(*dout.shape) < 0.6) / 0.6'), /not ∂L\/∂x/); });
  it('of the random module, too', () => {
    agrees('import random\n' + layer('k = random.random() + 1\nout = k * x\nreturn out, k', 'dx = dout * cache'));
  });
});

describe('rule 9: what is changed in place', () => {
  const problems = (text: string): (readonly [string, number])[] => check(text).report.problems.map(({code, line}) => [code, line] as const);
  it('an input of the forward, with its line', () => {
    const text = layer('x *= 0.5\nreturn np.tanh(x), x', 'dx = dout * 0.5 * (1 - np.tanh(cache) ** 2)');
    agrees(text);
    assert.deepEqual(problems(text), [['input-mutated', 9]]);
  });
  it('the upstream, with its line', () => {
    const text = layer('return np.maximum(0, x), x', 'dx = dout\ndx[cache <= 0] = 0');
    agrees(text);
    assert.deepEqual(problems(text), [['input-mutated', 14]]);
  });
  it('not a copy of it', () => {
    assert.deepEqual(problems(layer('return np.maximum(0, x), x', 'dx = dout.copy()\ndx[cache <= 0] = 0')), []);
  });
  it('a value of the cache that the forward changes afterwards spoils the gradient', () => {
    disagrees(layer('h = x + 1\ncache = h\nout = h ** 2\nh += 1\nreturn out, cache', 'dx = 2 * cache * dout'), /not ∂L\/∂x/);
  });
  it('a forward that returns a view of its input is judged', () => {
    agrees(layer('return x.T, x', 'dx = dout.T'));
    agrees(layer('return x, x', 'dx = dout'));
    disagrees(layer('return x.reshape(-1), x', 'dx = 2 * dout.reshape(cache.shape)'), /not ∂L\/∂x/);
  });
});

describe('rule 10: state', () => {
  it('running statistics do not drift over the runs', () => {
    agrees(`import numpy as np


class Norm:
    def __init__(self, dim):
        self.mean = np.zeros(dim)
        self.calls = 0

    def forward(self, x):
        """x: of shape (N, D)"""
        self.calls += 1
        self.mean = 0.9 * self.mean + 0.1 * np.arange(x.shape[1])
        self.scale = self.calls
        return self.scale * (x - self.mean)

    def backward(self, dout):
        dx = dout * self.scale
        return dx


norm = Norm(4)
`);
  });
  it('of a module are restored', () => {
    agrees('import numpy as np\n\nstate = {"calls": 0}\n\n\ndef layer_forward(x):\n    """x: of shape (N, D)"""\n    state["calls"] += 1\n    return x * state["calls"], state["calls"]\n\n\ndef layer_backward(dout, cache):\n    dx = dout * cache\n    return dx\n');
  });
});

describe('rule 11: the upstream', () => {
  it('that is ignored is missed', () => { disagrees(layer('return np.tanh(x), x', 'dx = 1 - np.tanh(cache) ** 2'), /./); });
  it('is no vector of ones, for which the true gradient is zero here', () => {
    assert.equal(checkPair(layer('return x - x.mean(axis=0), x', 'dx = dout * 0')).verdict, 'incomplete');
    disagrees(layer('return x - x.mean(axis=0), x', 'dx = dout * 1e-3'), /not ∂L\/∂x/);
  });
  it('is wrong where a mask lets nothing of it through, and unfinished where zeros are left', () => {
    disagrees(layer('return np.tanh(x), x', 'dx = dout * (cache > 100)'), /not ∂L\/∂x/);
    for (const template of ['dx = np.zeros_like(cache)', 'dx = np.zeros_like(cache)\n    dx /= len(dx)', 'dx = 0 * cache']) {
      assert.equal(checkPair(layer('return np.tanh(x), x', template)).verdict, 'incomplete', template);
    }
  });
  it('is signed: its absolute value is not it', () => { disagrees(layer('return 2 * x, x', 'dx = 2 * np.abs(dout)'), /not ∂L\/∂x/); });
  it('enters linearly: what is right only for small ones is wrong', () => {
    disagrees(layer('return 2 * x, x', 'dx = 2 * (dout if np.abs(dout).max() < 20 else dout * dout)'), /not ∂L\/∂x/);
  });
});

describe('rule 12: several input sets and settings', () => {
  it('one that hides a mistake is not believed', () => {
    disagrees(layer('return 2 * x, x', 'dx = 2 * dout if cache.shape[0] == 3 else 3 * dout'), /not ∂L\/∂x/);
  });
  it('a square matrix does not hide a transpose', () => {
    disagrees('import numpy as np\n\n\ndef product_forward(x, w):\n    """\n    - x: of shape (N, D)\n    - w: of shape (D, D)\n    """\n    return x @ w, (x, w)\n\n\ndef product_backward(dout, cache):\n    x, w = cache\n    dx = dout @ w\n    dw = x.T @ dout\n    return dx, dw\n', /not ∂L\/∂x/);
  });
  it('a regularisation of zero, a batch of one, an argument left out are reported beside the verdict', () => {
    const pair = checkPair('import numpy as np\n\n\ndef scale_forward(x, w=None):\n    """\n    - x: of shape (N, D)\n    - w: of shape (D,)\n    """\n    out = x if w is None else x * w\n    return out, (x, w)\n\n\ndef scale_backward(dout, cache):\n    x, w = cache\n    dx = dout * w\n    dw = np.sum(dout * x, axis=0)\n    return dx, dw\n');
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.exceptions?.map(({setting}) => setting), [{w: null}]);
  });
  it('a batch of one', () => {
    const pair = checkPair(layer('out = x - x.mean(axis=0)\nif x.shape[0] == 1:\n    out = x\nreturn out, x', 'dx = dout - dout.mean(axis=0)'));
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.exceptions?.map(({setting}) => setting), [{N: 1}]);
  });
});
