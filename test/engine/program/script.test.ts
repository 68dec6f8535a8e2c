import assert from 'node:assert/strict';
import type {ScriptPair} from '../../../engine/program/pair.ts';
import type {Stmt} from '../../../engine/python/ast.ts';
import {described, onlyPair, pairsOf} from './described.ts';

/** The first words of statements: what they assign. */
function assigned(text: string, statements: readonly Stmt[]): string {
  return statements.map(statement => text.slice(statement.span.start, statement.span.end).split(/\s*[-+]?=/)[0]).join(' ');
}

function shape(text: string): readonly unknown[] {
  const pair: ScriptPair = onlyPair(text, 'script');
  return [assigned(text, pair.forward), assigned(text, pair.backward), pair.output, pair.seed];
}

describe('scripts', () => {
  it('reads a circuit with local derivatives', () => {
    const text = `
x = -2; y = 5; z = -4
q = x + y
f = q * z
dfdz = q
dfdq = z
dqdx = 1.0
dqdy = 1.0
dfdx = dfdq * dqdx
dfdy = dfdq * dqdy
print(dfdx, dfdy)
`;
    assert.deepEqual(shape(text), ['x y z q f', 'dfdz dfdq dqdx dqdy dfdx dfdy', 'f', null]);
    assert.deepEqual(described(text), ['script script: dfdz of z, dfdq of q, dfdx of x, dfdy of y']);
  });

  it('reads lists and the sigmoid neuron', () => {
    const text = `
import math
w = [2, -3, -3]
x = [-1, -2]
dot = w[0]*x[0] + w[1]*x[1] + w[2]
f = 1.0 / (1 + math.exp(-dot))
ddot = (1 - f) * f
dx = [w[0] * ddot, w[1] * ddot]
dw = [x[0] * ddot, x[1] * ddot, 1.0 * ddot]
`;
    assert.deepEqual(shape(text), ['w x dot f', 'ddot dx dw', 'f', null]);
    assert.deepEqual(described(text), ['script script: ddot of dot, dx of x, dw of w']);
  });

  it('reads gradients that are added up', () => {
    const text = `
x = 3
y = -4
sigy = 1.0 / (1 + math.exp(-y))
num = x + sigy
xpy = x + y
den = xpy ** 2
f = num / den
dnum = 1.0 / den
dden = -num / den ** 2
dxpy = 2 * xpy * dden
dx = dxpy
dy = dxpy
dx += dnum
dsigy = dnum
dy += (1 - sigy) * sigy * dsigy
`;
    assert.deepEqual(shape(text)[2], 'f');
    assert.deepEqual(described(text), ['script script: dnum of num, dden of den, dxpy of xpy, dx of x, dy of y, dsigy of sigy']);
    assert.equal(onlyPair(text, 'script').backward.length, 8);
  });

  it('takes the upstream gradient that the text gives', () => {
    const text = `
W = np.random.randn(5, 10)
X = np.random.randn(10, 3)
D = W.dot(X)
dD = np.random.randn(*D.shape)
dW = dD.dot(X.T)
dX = W.T.dot(dD)
`;
    assert.deepEqual(shape(text), ['W X D', 'dD dW dX', 'D', 'dD']);
    assert.deepEqual(described(text), ['script script: dW of W, dX of X']);
  });

  for (const [forms, of] of [
    [['dz_dx = 2 * x', 'dz_dy = 2 * y'], ['dz_dx of x', 'dz_dy of y']],
    [['dx = 2 * x', 'dy = 2 * y'], ['dx of x', 'dy of y']],
    [['d_x = 2 * x', 'd_y = 2 * y'], ['d_x of x', 'd_y of y']],
    [['grad_x = 2 * x', 'grad_y = 2 * y'], ['grad_x of x', 'grad_y of y']],
    [['x_grad = 2 * x', 'y_grad = 2 * y'], ['x_grad of x', 'y_grad of y']],
    [['dz = 1.0', 'dx = 2 * x * dz', 'dy = 2 * y * dz'], ['dx of x', 'dy of y']],
    [['dzdx, dzdy = 2 * x, 2 * y'], ['dzdx of x', 'dzdy of y']],
  ] as const) {
    it(`reads ${forms.join('; ')}`, () => {
      assert.deepEqual(described(`x, y = 5, 3\nz = x ** 2 + y ** 2\n${forms.join('\n')}\n`), [`script script: ${of.join(', ')}`]);
    });
  }

  it('reads loops of gradients', () => {
    assert.deepEqual(described(`
w = [1.0, 2.0, 3.0]
x = [4.0, 5.0, 6.0]
s = 0.0
for i in range(3):
    s += w[i] * x[i]
f = s ** 2
ds = 2 * s
dw = [0.0, 0.0, 0.0]
dx = [0.0, 0.0, 0.0]
for i in range(3):
    dw[i] = x[i] * ds
    dx[i] = w[i] * ds
`), ['script script: ds of s, dw of w, dx of x']);
  });

  it('finds the circuit inside a training loop, updates left out', () => {
    const text = `
X = np.random.randn(8, 2)
t = np.random.randn(8, 1)
W = np.random.randn(2, 1)
b = np.zeros(1)
lr = 0.1
for epoch in range(1000):
    y = X @ W + b
    loss = ((y - t) ** 2).mean()
    dy = 2 * (y - t) / len(t)
    dW = X.T @ dy
    db = dy.sum(axis=0)
    W -= lr * dW
    b -= lr * db
    if epoch % 100 == 0:
        print(loss)
`;
    assert.deepEqual(shape(text), ['y loss', 'dy dW db', 'loss', null]);
    assert.deepEqual(onlyPair(text, 'script').within.map(({kind}) => kind), ['For']);
  });

  it('reads deltas of layers', () => {
    assert.deepEqual(described(`
z1 = X @ W1 + b1
a1 = 1 / (1 + np.exp(-z1))
z2 = a1 @ W2 + b2
loss = ((z2 - t) ** 2).sum() / 2
delta2 = z2 - t
dW2 = a1.T @ delta2
delta1 = delta2 @ W2.T * a1 * (1 - a1)
dW1 = X.T @ delta1
`).length, 1);
  });

  it('tells several circuits of one file apart', () => {
    const text = `
x = 2.0
y = 3.0
f = x * y
dx = y
dy = x

a = 4.0
c = 5.0
g = (a + c) ** 2
da = 2 * (a + c)
dc = 2 * (a + c)
`;
    assert.deepEqual(described(text), ['script script: dx of x, dy of y', 'script script_2: da of a, dc of c']);
    const second = pairsOf(text)[1] as ScriptPair;
    assert.equal(assigned(text, second.forward), 'a c g');
  });

  it('does not take step sizes, physics, data frames and the results of a backward for circuits', () => {
    for (const text of [
      'x = np.linspace(0, 1, 9)\ny = np.sin(x)\ndx = x[1] - x[0]\nslope = np.gradient(y, dx)\n',
      'x = np.linspace(0, 1, 9)\ny = np.sin(x)\ndydx = np.gradient(y, x)\n',
      't = 0.0\nv = 1.0\npos = 0.0\ndt = 0.1\nwhile t < 1:\n    dpos = v * dt\n    pos += dpos\n    t += dt\n',
      'f = open("a.csv")\ndf = pd.read_csv(f)\ndata = df.values * 2\ndim = data.shape[1]\n',
      'out, cache = affine_forward(x, w, b)\ndx, dw, db = affine_backward(dout, cache)\n',
      'x = np.random.randn(3)\ny = f(x) * 2\ndx_num = eval_numerical_gradient(f, x)\ndx = layer.backward(y)\n',
      'x = 3\ny = x * 2\nprint(y)\n',
      'x = torch.ones(3)\ny = (x * 2).sum()\ny.backward()\ngx = x.grad\n',
    ]) assert.deepEqual(described(text), [], text);
  });
});
