import assert from 'node:assert/strict';
import {reachableStatements, reachKey} from '../../../engine/program/reach.ts';
import type {Stmt} from '../../../engine/python/ast.ts';
import {parse} from '../../../engine/python/parse.ts';

/** First lines of the statements that the named definitions reach. */
function reached(text: string, ...names: readonly string[]): readonly string[] {
  const {module} = parse(text);
  const found = reachableStatements(module, roots(module.body, names));
  return module.body.filter(statement => found.has(statement)).map(statement => firstLine(text, statement));
}

function firstLine(text: string, statement: Stmt): string {
  return text.slice(statement.span.start, statement.span.end).split('\n')[0];
}

function roots(body: readonly Stmt[], names: readonly string[]): readonly Stmt[] {
  return body.filter(statement => (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') && names.includes(statement.name));
}

function key(text: string, name: string, versions: Readonly<Record<string, string>> = {}): string {
  const {module} = parse(text);
  return reachKey(module, text, reachableStatements(module, roots(module.body, [name])), module_ => versions[module_] ?? null);
}

const TEXT = `
import numpy as np
import matplotlib.pyplot as plt
from helpers import im2col

EPS = 1e-8
SCALE = EPS * 2
names = []
names.append('x')
table = {}
table['a'] = SCALE
unused = 3

def helper(x):
    return x * table['a']

@decorate
def f(x, eps=EPS):
    return np.sum(helper(x)) + eps + len(names)

class Base:
    pass

class Layer(Base):
    def forward(self, x):
        return im2col(x)

def decorate(function):
    return function

x = np.ones(3)
y = f(x)
print(y)
plt.plot(y)
for epoch in range(100):
    names.append(f(x))
`;

describe('reach', () => {
  it('takes imports, helpers, decorators, defaults and globals with what fills them, and nothing else', () => {
    assert.deepEqual(reached(TEXT, 'f'), [
      'import numpy as np', 'EPS = 1e-8', 'SCALE = EPS * 2', 'names = []', 'names.append(\'x\')', 'table = {}',
      'table[\'a\'] = SCALE', 'def helper(x):', '@decorate', 'def decorate(function):',
    ].map(line => line === '@decorate' ? firstLine(TEXT, roots(parse(TEXT).module.body, ['f'])[0]) : line));
  });

  it('takes bases and imported names of a class', () => {
    assert.deepEqual(reached(TEXT, 'Layer'), ['from helpers import im2col', 'class Base:', 'class Layer(Base):']);
  });

  it('takes the class of a method', () => {
    const {module} = parse(TEXT);
    const [layer] = roots(module.body, ['Layer']);
    assert.ok(layer.kind === 'ClassDef');
    const found = reachableStatements(module, [layer.body[0]]);
    assert.ok(found.has(layer));
  });

  it('leaves out training that calls the root, but not the only binding of a name', () => {
    assert.deepEqual(reached(`
W = 1.0
def lossFun(x):
    return W * x, scale
while True:
    W -= lossFun(2)[0]
scale = start(lossFun)
def start(g):
    return 3
`, 'lossFun'), ['W = 1.0', 'def lossFun(x):', 'scale = start(lossFun)', 'def start(g):']);
  });

  it('prefers a plain binding to one under the main guard', () => {
    assert.deepEqual(reached('H = 3\ndef f(x):\n    return x * H\nif __name__ == "__main__":\n    H = 4\n', 'f'), ['H = 3', 'def f(x):']);
    assert.deepEqual(reached('def f(x):\n    return x * H\nif __name__ == "__main__":\n    H = 4\n', 'f'),
      ['def f(x):', 'if __name__ == "__main__":']);
  });

  it('takes a star import only for names that nothing else explains', () => {
    const stars = 'from layers import *\ndef f(x):\n    return affine(x)\ndef g(x):\n    return len(x)\n';
    assert.deepEqual(reached(stars, 'f'), ['from layers import *', 'def f(x):']);
    assert.deepEqual(reached(stars, 'g'), ['def g(x):']);
  });

  it('takes, for a script, what comes before its end', () => {
    const text = 'x = 2\ny = x * 3\ndx = 3\nx = 5\n';
    const {module} = parse(text);
    const found = reachableStatements(module, [module.body[1], module.body[2]]);
    assert.deepEqual(module.body.map(statement => found.has(statement)), [true, true, true, false]);
  });

  it('ends on recursion and on names that nothing binds', () => {
    assert.deepEqual(reached('def f(x):\n    return g(x)\ndef g(x):\n    return f(x) + nowhere\n', 'f'), ['def f(x):', 'def g(x):']);
  });
});

describe('the key of what is reached', () => {
  it('changes with what is reached, and with nothing else', () => {
    const before = key(TEXT, 'f');
    assert.equal(key(TEXT.replace('unused = 3', 'unused = 4 # other'), 'f'), before);
    assert.equal(key(TEXT.replace('return im2col(x)', 'return x'), 'f'), before);
    assert.equal(key(`# a comment\n\n${TEXT}`, 'f'), before);
    assert.notEqual(key(TEXT.replace('EPS * 2', 'EPS * 3'), 'f'), before);
    assert.notEqual(key(TEXT.replace('x * table', 'x + table'), 'f'), before);
    assert.notEqual(key(TEXT.replace('len(names)', '0'), 'f'), before);
    assert.notEqual(key(TEXT.replace('names.append(\'x\')', 'names.append(\'y\')'), 'f'), before);
  });

  it('changes with pragmas and with versions of imported files', () => {
    const before = key(TEXT, 'Layer', {helpers: '1'});
    assert.notEqual(key(TEXT, 'Layer', {helpers: '2'}), before);
    assert.equal(key(TEXT, 'Layer', {helpers: '1', numpy: '3'}), before);
    assert.notEqual(key(`# backprop: x (3, 4)\n${TEXT}`, 'Layer', {helpers: '1'}), before);
  });
});
