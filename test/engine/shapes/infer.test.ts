/** Shapes from the text alone: what each construct gives, what is never guessed, and that a run agrees. */
import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import fc from 'fast-check';
import {parse} from '../../../engine/python/parse.ts';
import {lineAt} from '../../../engine/python/lines.ts';
import {findPairs} from '../../../engine/program/find-pairs.ts';
import {inferShapes} from '../../../engine/shapes/infer.ts';
import {analyse, emptyProject} from '../check/checking.ts';
import {compareInferred} from '../../support/inferred.ts';
import {mutate, seeded} from '../../support/mutate.ts';

/** Shapes by `name` (the last one wins), as a reader sees them. */
function shapesOf(text: string): Record<string, string> {
  const {module} = parse(text);
  const found: Record<string, string> = {};
  for (const {name, shape} of inferShapes(module, text, findPairs('layers.py', text, module))) found[name] = shape.join(', ');
  return found;
}

/** The body of a function of x (N, D), w (D, M), b (M,), y (N,) labels and an integer `hidden`. */
function inside(...lines: readonly string[]): Record<string, string> {
  return shapesOf(`import numpy as np\n\ndef f(x, w, b, y, hidden=7, data=None):\n    """\n    - x: of shape (N, D)\n    - w: of shape (D, M)\n    - b: of shape (M,)\n    - y: labels of shape (N,)\n    """\n${lines.map((line) => `    ${line}\n`).join('')}`);
}

const examples = new URL('../../../examples/', import.meta.url);
const texts = readdirSync(examples).filter((name) => name.endsWith('.py')).map((name) => ({name, text: readFileSync(new URL(name, examples), 'utf8')}));

describe('shapes without a run', () => {
  for (const [expression, shape] of [
    ['x.dot(w) + b', 'N, M'], ['np.dot(x, w)', 'N, M'], ['x @ w', 'N, M'], ['x.T', 'D, N'], ['np.maximum(0, x)', 'N, D'], ['x * 2 - 1', 'N, D'],
    ['np.sum(x, axis=0)', 'D'], ['x.sum(axis=1, keepdims=True)', 'N, 1'], ['np.mean(x)', ''], ['x.max(axis=-1)', 'N'], ['x - x.mean(axis=0)', 'N, D'],
    ['np.zeros((hidden, x.shape[1]))', 'hidden, D'], ['np.zeros_like(w)', 'D, M'], ['np.random.randn(3, hidden)', '3, hidden'],
    ['x.reshape(x.shape[0], -1)', 'N, D'], ['x.reshape(-1)', 'N*D'], ['x.reshape((x.shape[0], 1, 1, -1))', 'N, 1, 1, D'], ['x.flatten()', 'N*D'],
    ['x[0]', 'D'], ['x[:, 0]', 'N'], ['x[:, None, :]', 'N, 1, D'], ['x[..., 1:]', 'N, D-1'], ['x[np.arange(x.shape[0]), y]', 'N'], ['x[x > 0]', '?'],
    ['x[:, ::-1]', 'N, D'], ['np.concatenate((x, x), axis=1)', 'N, 2*D'], ['np.vstack((x, np.ones((1, x.shape[1]))))', 'N+1, D'], ['np.stack([x, x])', '2, N, D'],
    ['np.where(x > 0, x, 0)', 'N, D'], ['np.expand_dims(b, 0)', '1, M'], ['np.pad(x, ((0, 0), (2, 1)))', 'N, D+3'], ['x.transpose(1, 0)', 'D, N'],
    ['np.linalg.norm(x, axis=1)', 'N'], ['(x > 0).astype(float)', 'N, D'], ['np.argmax(x, axis=1)', 'N'], ['np.tile(b, (x.shape[0], 1))', 'N, M'],
    ['np.repeat(x, 3, axis=0)', '3*N, D'], ['np.outer(b, b)', 'M, M'], ['[x for _ in range(3)][0]', 'N, D'], ['x if hidden else -x', 'N, D'],
    ['np.array([x.dot(w) for _ in range(hidden)])', undefined], ['np.swapaxes(x, 0, 1)', 'D, N'], ['np.squeeze(x[:, :1], axis=1)', 'N'],
  ] as const) {
    it(`${expression} is ${shape === undefined ? 'not known' : `(${shape})`}`, () => {
      assert.equal(inside(`out = ${expression}`)['out'], shape);
    });
  }

  it('names sizes as they are unpacked, also before the line that unpacks them', () => {
    const shapes = shapesOf('import numpy as np\n\ndef f(img, k):\n    up = img * 2\n    N, C, H, W = img.shape\n    flat = img.reshape(N, -1)\n    out = np.zeros((N, k, 1 + (H - 3) // 2, W))\n');
    assert.equal(shapes['up'], 'N, C, H, W');
    assert.equal(shapes['flat'], 'N, C*H*W');
    assert.equal(shapes['out'], 'N, k, 1+(H-3)/2, W');
  });

  it('names what is written into entries and parts', () => {
    const shapes = shapesOf('import numpy as np\n\nclass Net:\n    def __init__(self, input_size, hidden_size, std=1e-4):\n        self.params = {}\n        self.params["W1"] = std * np.random.randn(input_size, hidden_size)\n        self.params["b1"] = np.zeros(hidden_size)\n\n'
      + '    def loss(self, X):\n        N, D = X.shape\n        W1, b1 = self.params["W1"], self.params["b1"]\n        h = X.dot(W1) + b1\n        out = np.zeros((N, 3))\n        out[:, 0] = h.sum(axis=1)\n        missing(out)\n');
    assert.equal(shapes["self.params['W1']"], 'input_size, hidden_size');
    assert.equal(shapes["self.params['b1']"], 'hidden_size');
    assert.equal(shapes['h'], 'N, hidden_size');
    assert.equal(shapes['out[:, 0]'], 'N');
  });

  it('takes a gate out of a product of four', () => {
    const shapes = shapesOf('import numpy as np\n\ndef step(a, h):\n    N, H = h.shape\n    a = np.zeros((N, 4 * H))\n    i = a[:, :H]\n    f = a[:, H:2 * H]\n    g = a[:, 3 * H:]\n');
    assert.deepEqual([shapes['i'], shapes['f'], shapes['g']], ['N, H', 'N, H', 'N, H']);
  });

  it('joins branches: what differs is unknown', () => {
    const shapes = inside('if hidden > 3:', '    out = x', '    same = x + 1', 'else:', '    out = x.T', '    same = 2 * x', 'later = out * 1', 'also = same * 1', 'if data:', '    z = w', 'else:', '    z = b', 'end = z + 0');
    assert.equal(shapes['later'], '?, ?');
    assert.equal(shapes['also'], 'N, D');
    assert.equal(shapes['end'], undefined);
  });

  it('reads a loop until its values settle', () => {
    const shapes = inside('h = x', 'total = np.zeros(3)', 'for i in range(hidden):', '    h = h.dot(w)', '    total = total + 1', 'out = h * 1');
    assert.equal(shapes['out'], 'N, ?');
    assert.equal(shapes['total'], '3');
  });

  it('says nothing of what it does not know', () => {
    const shapes = inside('a = data * 2', 'c = load(x)', 'd = x.dot(data)', 'e = x + w', 'g = x[hidden:]', 'h = data["k"] + 1', 'k = x.reshape(hidden)');
    assert.equal(shapes['a'], undefined);
    assert.equal(shapes['c'], undefined);
    assert.equal(shapes['d'], undefined);
    assert.equal(shapes['e'], '?, ?');
    assert.equal(shapes['g'], '?, D');
    assert.equal(shapes['h'], undefined);
    assert.equal(shapes['k'], 'hidden');
  });

  it('does not take a default number for what a parameter is', () => {
    assert.equal(shapesOf('def backward(dout=1):\n    dx = dout\n')['dx'], undefined);
    assert.equal(shapesOf('def f(reg=0.1):\n    penalty = reg * 2\n')['penalty'], '');
    assert.equal(shapesOf('def f(x, settings):\n    """x: of shape (N, D)"""\n    out = x * settings["momentum"]\n')['out'], 'N, D');
    assert.equal(shapesOf('def f(x, settings):\n    """x: of shape (N, D)"""\n    out = x * settings["something"]\n')['out'], undefined);
    assert.equal(shapesOf('def f(x, dout):\n    """x: of shape (N, D)"""\n    dx = x * dout\n')['dx'], undefined);
  });

  it('does not believe a docstring that a caller contradicts', () => {
    const scaled = 'import numpy as np\n\ndef scaled(x, gamma):\n    """\n    - x: of shape (N, D)\n    - gamma: of shape (D,)\n    """\n    g = gamma * 1\n    out = x * 2\n    return out * g\n\n';
    assert.deepEqual(shapesOf(scaled), {g: 'D', out: 'N, D'});
    assert.deepEqual(shapesOf(`${scaled}def by_channel(x, gamma):\n    """\n    - x: of shape (N, C, H)\n    - gamma: of shape (C,)\n    """\n    return scaled(x[:, 0, :], gamma[0])\n`), {out: 'N, D'});
    assert.deepEqual(shapesOf(`${scaled}def alike(x, gamma):\n    """\n    - x: of shape (N, C)\n    - gamma: of shape (C,)\n    """\n    return scaled(x, gamma)\n`), {g: 'D', out: 'N, D'});
  });

  it('takes no array for a number because it may be one', () => {
    assert.equal(shapesOf('import numpy as np\n\ndef sigmoid(x):\n    """\n    x -- A scalar or numpy array of any size.\n    """\n    s = 1 / (1 + np.exp(-x))\n    return s\n')['s'], undefined);
    assert.equal(shapesOf('import numpy as np\n\ndef decayed(x):\n    """\n    x -- A scalar.\n    """\n    s = 1 / (1 + np.exp(-x))\n    return s\n')['s'], '');
  });

  it('hands the cache and the shape of the output to a backward', () => {
    const shapes = shapesOf('import numpy as np\n\ndef affine_forward(x, w, b):\n    """\n    - x: of shape (N, D)\n    - w: of shape (D, M)\n    - b: of shape (M,)\n    """\n    DATA.load()\n    out = x.dot(w) + b\n    return out, (x, w, b)\n\n'
      + 'def affine_backward(dout, cache):\n    x, w, b = cache\n    dx = dout.dot(w.T)\n    dw = x.T.dot(dout)\n    db = dout.sum(axis=0)\n    return dx, dw, db\n');
    assert.deepEqual([shapes['dx'], shapes['dw'], shapes['db']], ['N, D', 'D, M', 'M']);
  });

  it('knows the attributes that the methods of a class leave', () => {
    const shapes = shapesOf('import numpy as np\nfrom somewhere import Base\n\nclass Dense(Base):\n    def __init__(self, n_in, n_out):\n        self.W = np.random.randn(n_in, n_out)\n        self.x = None\n\n'
      + '    def forward(self, x):\n        N, D = x.shape\n        self.x = x\n        return self.helper(x)\n\n    def helper(self, x):\n        return x.dot(self.W)\n\n'
      + '    def backward(self, grad):\n        self.dW = self.x.T.dot(grad)\n        step = 0.1 * np.ones_like(self.W)\n        seen = self.x * 1\n        return grad.dot(self.W.T)\n');
    assert.equal(shapes['self.W'], 'n_in, n_out');
    assert.equal(shapes['step'], 'n_in, n_out');
    assert.equal(shapes['seen'], 'N, D');
    assert.equal(shapes['self.dW'], 'D, n_out');
  });

  it('follows functions of the file, and stops at those that call themselves', () => {
    const shapes = shapesOf('import numpy as np\n\ndef scores(x, w):\n    return x.dot(w)\n\ndef again(x):\n    return again(x)\n\ndef f(x, w):\n    """\n    - x: of shape (N, D)\n    - w: of shape (D, C)\n    """\n    s = scores(x, w)\n    r = again(x)\n');
    assert.equal(shapes['s'], 'N, C');
    assert.equal(shapes['r'], undefined);
  });

  it('agrees with a run wherever both say something, on every example', () => {
    let both = 0;
    for (const {name, text} of texts) {
      const {module, lines} = parse(text);
      const project = emptyProject();
      project.update(name, text);
      const {analysis} = analyse(project, name);
      const sizes = new Map<number, readonly number[]>();
      for (const pair of analysis.pairs) for (const value of pair.values) if (!sizes.has(value.span.start)) sizes.set(value.span.start, value.size);
      const agreement = compareInferred(module, inferShapes(module, text, findPairs(name, text, module)), (start) => sizes.get(start), (start) => `${name}:${lineAt(lines, start)}`);
      assert.deepEqual(agreement.disagreements, []);
      both += agreement.both;
    }
    assert.ok(both > 150, `only ${both} places`);
  });

  it('is total: any text gives shapes or none', () => {
    fc.assert(fc.property(fc.nat(), fc.nat({max: texts.length - 1}), (seed, which) => {
      const text = mutate(texts[which].text, texts.map((one) => one.text), seeded(seed));
      const {module} = parse(text);
      for (const {span, shape} of inferShapes(module, text, findPairs('x.py', text, module))) assert.ok(span.start < span.end && shape.every((dim) => dim !== ''));
    }), {numRuns: 150});
  });

  it('survives expressions of any depth', () => {
    for (const depth of [100, 1000, 3000, 30_000]) {
      for (const nested of [`${'x + '.repeat(depth)}x`, `x${'.T'.repeat(depth)}`, `${'['.repeat(depth)}x${']'.repeat(depth)}`]) {
        assert.equal(shapesOf(`def f(x):\n    y = ${nested}\n\ndef g(x):\n    z = 1.5\n`)['z'], '');
      }
    }
  });

  it('is short for code that calls itself in many ways', () => {
    const text = `def f(x):\n${'    g(g(g(x)))\n'.repeat(60)}    return x\n\ndef g(x):\n${'    f(f(f(x)))\n'.repeat(60)}    return x\n`;
    assert.deepEqual(shapesOf(text), {});
  });
});

describe('inferred shapes in a report', () => {
  const text = 'import numpy as np\nimport warehouse\n\ndef affine_forward(x, w):\n    """\n    - x: of shape (N, D)\n    - w: of shape (D, M)\n    """\n    out = x.dot(w)\n    return out, (x, w)\n\n'
    + 'def affine_backward(dout, cache):\n    x, w = cache\n    dx = dout.dot(w.T)\n    dw = x.T.dot(dout)\n    return dx, dw\n\n'
    + 'def features(images):\n    N, H, W = images.shape\n    table = warehouse.open()\n    flat = images.reshape(N, -1)\n    return table(flat)\n';

  it('stand for functions that no pair has run, and only for those', () => {
    const project = emptyProject();
    project.update('layers.py', text);
    const {analysis} = analyse(project, 'layers.py');
    assert.deepEqual(analysis.report.inferred.map(({line, name, shape}) => [line, name, shape]), [[21, 'flat', ['N', 'H*W']]]);
    assert.ok(analysis.report.hints.some(({name}) => name === 'dw'));
    const broken = text.replace('out = x.dot(w)', 'out = x.dot(w) + 1 // 0');
    project.update('layers.py', broken);
    const names = analyse(project, 'layers.py').analysis.report.inferred.map(({name}) => name);
    assert.deepEqual(names, ['out', 'x', 'w', 'dx', 'dw', 'flat']);
  });
});
