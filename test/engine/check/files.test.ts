/** Texts that read a file at their top level: something made stands in for it, nothing is read, and the verdict says so. */
import assert from 'node:assert/strict';
import {checkPair, gradientOf, told} from './checking.ts';

/** A cell over letters whose weights are the module's own; `setup` is what its sizes come from. */
function letters(setup: string, line = 'dWx += np.dot(ds, xs.T)'): string {
  return `import numpy as np

${setup}

def step_loss(letter, target, state):
    """
    letter, target -- lists of integers
    state -- array of shape (hidden, 1)
    """
    loss = 0
    dWx, dWh, dWo = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(Wo)
    dc = np.zeros_like(c)
    for t in range(len(letter)):
        xs = np.zeros((size, 1))
        xs[letter[t]] = 1
        s = np.tanh(np.dot(Wx, xs) + np.dot(Wh, state) + c)
        p = np.exp(np.dot(Wo, s))
        p = p / np.sum(p)
        loss += -np.log(p[target[t], 0])
        dp = np.copy(p)
        dp[target[t]] -= 1
        dWo += np.dot(dp, s.T)
        ds = np.dot(Wo.T, dp) * (1 - s * s)
        ${line}
        dWh += np.dot(ds, state.T)
        dc += ds
    return loss, dWx, dWh, dWo, dc
`;
}

const weights = `Wx = np.random.randn(5, size) * 0.01
Wh = np.random.randn(5, 5) * 0.01
Wo = np.random.randn(size, 5) * 0.01
c = np.zeros((5, 1))`;

describe('a text that reads a file', () => {
  for (const [name, reading] of [
    ['read', "text = open('poems.txt', 'r').read()\nletters = list(set(text))"],
    ['with', "with open('poems.txt', encoding='utf-8') as f:\n    text = f.read()\nletters = sorted(set(text))"],
    ['lines', "letters = set()\nfor line in open('poems.txt'):\n    letters.update(line)"],
    ['readlines', "import io\nletters = set(''.join(io.open('poems.txt').readlines()))"],
  ]) {
    it(`is checked on a made text: ${name}`, () => {
      const setup = `${reading}\nsize = len(letters)\n${weights}`;
      const pair = checkPair(letters(setup));
      assert.equal(pair.verdict, 'agrees', told(pair));
      assert.deepEqual(pair.gradients.map(({of}) => of), ['Wx', 'Wh', 'Wo', 'c']);
      assert.deepEqual(pair.remarks, ['a made text stood in for what poems.txt holds']);
      assert.match(pair.reason, /a made text stood in for what poems\.txt holds/);
      assert.notEqual(gradientOf(pair, 'Wx').size[1], 5);
      const wrong = checkPair(letters(setup, 'dWx += np.dot(ds, xs.T) * 2'));
      assert.equal(wrong.verdict, 'disagrees', told(wrong));
      assert.deepEqual(wrong.gradients.filter(({verdict}) => verdict === 'disagrees').map(({of}) => of), ['Wx']);
    });
  }

  it('is checked where only its main block makes the weights', () => {
    const block = `text = open('poems.txt').read()\nsize = len(set(text))\n${weights}`.split('\n').map((line) => `    ${line}`).join('\n');
    const pair = checkPair(`${letters('')}\n\nif __name__ == '__main__':\n${block}\n`);
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.equal(pair.gradients.length, 4);
  });

  it('does not run a main block that trains', () => {
    const block = `text = open('poems.txt').read()\nsize = len(set(text))\n${weights}\nwhile True:\n    step_loss([1], [2], np.zeros((5, 1)))`.split('\n').map((line) => `    ${line}`).join('\n');
    const pair = checkPair(`${letters('')}\n\nif __name__ == '__main__':\n${block}\n`);
    assert.equal(pair.verdict, 'inconclusive', told(pair));
    assert.match(pair.reason, /NameError: name 'Wx' is not defined|name 'size' is not defined/);
  });

  it('is not blamed for bytes, and writes nothing', () => {
    const pair = checkPair(letters(`letters = open('poems.bin', 'rb').read()\nsize = len(set(letters))\n${weights}`));
    assert.equal(pair.verdict, 'unsupported', told(pair));
    assert.match(pair.reason, /reading bytes of a file/);
    const logged = checkPair(letters(`size = 7\n${weights}\nwith open('log.txt', 'w') as f:\n    f.write('started')`));
    assert.equal(logged.verdict, 'agrees', told(logged));
    assert.equal(logged.remarks, undefined);
  });
});

describe('weights that are the module\'s own', () => {
  const text = (grad: string): string => `import numpy as np

W = np.zeros((4, 3))
b = np.zeros(3)

def dense_forward(x):
    out = x.dot(W) + b
    return out, x

def dense_backward(dout, cache):
    x = cache
    dx = dout.dot(W.T)
    dW = x.T.dot(dout)
    db = ${grad}
    return dx, dW, db
`;

  it('are leaves with numbers of their own, so that zeros hide nothing', () => {
    const pair = checkPair(text('dout.sum(axis=0)'));
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(pair.gradients.map(({of}) => of), ['x', 'W', 'b']);
    assert.equal(gradientOf(pair, 'x').vacuous, undefined);
    const wrong = checkPair(text('dout.mean(axis=0)'));
    assert.equal(gradientOf(wrong, 'b').verdict, 'disagrees', told(wrong));
    const blind = checkPair(text('dout.sum(axis=0)').replace('dout.dot(W.T)', 'dout.dot(W.T) * 2'));
    assert.equal(gradientOf(blind, 'x').verdict, 'disagrees', told(blind));
  });
});

describe('a large hidden layer of the module', () => {
  const large = (rest: string): string => `import numpy as np

hidden_units = 120
window = 120
A = np.random.randn(3, hidden_units)

def layer_forward(x):
    out = np.tanh(x.dot(A))${rest}
    return out, (x, out)

def layer_backward(dout, cache):
    x, out = cache
    ds = dout * (1 - out ** 2)
    dA = x.T.dot(ds)
    dx = ds.dot(A.T)
    return dx, dA

def train():
    for i in range(120):
        layer_forward(np.zeros((1, 3)))
`;

  it('is run small', () => {
    const pair = checkPair(large(''));
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual([gradientOf(pair, 'A').size, gradientOf(pair, 'A').shape[1]], [[3, 11], 'hidden_units']);
  });

  it('keeps its size where what is run says the number again', () => {
    const pair = checkPair(large('.reshape(-1, 120)'));
    assert.equal(pair.verdict, 'agrees', told(pair));
    assert.deepEqual(gradientOf(pair, 'A').size, [3, 120]);
  });
});

describe('a script whose data is in a file', () => {
  const script = (reading: string, gradient = 'X.T.dot(dout)'): string => `import numpy as np
import pandas as pd

${reading}
W = np.random.randn(X.shape[1], 1)
out = X.dot(W)
loss = np.sum((out - y) ** 2) / X.shape[0]
dout = 2 * (out - y) / X.shape[0]
dW = ${gradient}
`;

  for (const [reading, columns] of [
    ["data = np.loadtxt('houses.csv', delimiter=',')\nX = data[:, 0:5]\ny = data[:, 5:6]", 5],
    ["data = np.genfromtxt('houses.csv')\nX = data[:, :-1]\ny = data[:, -1].reshape(-1, 1)", 3],
    ["data = np.load('houses.npy')\nX = data\ny = np.ones((X.shape[0], 1))", 4],
    ["data = pd.read_csv('houses.csv')\nX = data.values[:, 1:4]\ny = data.to_numpy()[:, 0].reshape(-1, 1)", 3],
    ["a, b = np.loadtxt('houses.csv', unpack=True)\nX = a.reshape(-1, 1)\ny = b.reshape(-1, 1)", 1],
  ] as const) {
    it(`is checked on a made array: ${reading.slice(0, reading.indexOf('\n'))}`, () => {
      const pair = checkPair(script(reading));
      assert.equal(pair.verdict, 'agrees', told(pair));
      assert.deepEqual(gradientOf(pair, 'W').size, [columns, 1]);
      assert.equal(pair.remarks?.length, 1);
      assert.match(pair.remarks[0], /^a made array stood in for what houses\.(?:csv|npy) holds$/);
      const wrong = checkPair(script(reading, 'X.T.dot(dout) * 2'));
      assert.equal(gradientOf(wrong, 'W').verdict, 'disagrees', told(wrong));
    });
  }

  it('stays unknown for functions, whose inputs are made apart from it', () => {
    const pair = checkPair(`import numpy as np

data = np.loadtxt('houses.csv')
m = data.shape[0]

def mean_forward(x, w):
    return x.dot(w) / m, (x, w)

def mean_backward(dout, cache):
    x, w = cache
    dw = x.T.dot(dout) / x.shape[0]
    return dout.dot(w.T) / m, dw
`);
    assert.equal(pair.verdict, 'unsupported', told(pair));
  });
});
