import assert from 'node:assert/strict';
import {namesOf, scopeOf, scopeOfStatements} from '../../../engine/program/scopes.ts';
import type {ClassDef, FunctionDef} from '../../../engine/python/ast.ts';
import {parse} from '../../../engine/python/parse.ts';

function definition(text: string): FunctionDef | ClassDef {
  const [statement] = parse(text).module.body;
  assert.ok(statement.kind === 'FunctionDef' || statement.kind === 'ClassDef');
  return statement;
}

function free(text: string): readonly string[] {
  return [...scopeOf(definition(text)).free].sort();
}

describe('scopes', () => {
  it('tells what a function binds from what it takes from outside', () => {
    const scope = scopeOf(definition(`
def f(x, *args, scale=1, **more):
    import math as m
    from os import path
    y, (z, *rest) = g(x), CONST
    for i in range(3):
        y += i
    with open('a') as handle:
        pass
    try:
        pass
    except ValueError as error:
        print(error)
    if (n := len(rest)) > 2:
        pass
    return y * np.sum(z)
`.trimStart()));
    assert.deepEqual([...scope.binds].sort(), ['args', 'error', 'handle', 'i', 'm', 'more', 'n', 'path', 'rest', 'scale', 'x', 'y', 'z']);
    assert.deepEqual([...scope.free].sort(), ['CONST', 'ValueError', 'g', 'len', 'np', 'open', 'print', 'range']);
    assert.deepEqual([...scope.calls].sort(), ['g', 'len', 'np.sum', 'open', 'print', 'range']);
  });

  it('resolves closures, lambdas and comprehensions', () => {
    assert.deepEqual(free(`
def f(x):
    y = 2
    def inner(z):
        return x + y + z + outside
    k = lambda a, b=default: a + b + other
    return [i * j * x for i in items for j in i if cond]
`.trimStart()), ['cond', 'default', 'items', 'other', 'outside']);
  });

  it('obeys global and nonlocal', () => {
    assert.deepEqual(free('def f():\n    global count\n    count = 1\n'), ['count']);
    assert.deepEqual(free('def f():\n    n = 0\n    def g():\n        nonlocal n\n        n += 1\n    return g\n'), []);
  });

  it('does not let names of a class body hide globals from its methods', () => {
    assert.deepEqual(free(`
class Net:
    size = 3
    def sigmoid(self, x):
        return sigmoid(x) * size
    def other(self):
        return self.sigmoid(1)
`.trimStart()), ['sigmoid', 'size']);
  });

  it('tells reads of self from writes', () => {
    const scope = scopeOf(definition(`
def forward(self, x):
    self.x = x
    self.cache['a'] = 1
    self.count += 1
    self.params.W[0] = 2
    def later():
        self.late = self.early
    return x @ self.W
`.trimStart()));
    assert.deepEqual([...scope.selfWrites].sort(), ['cache', 'count', 'late', 'params', 'x']);
    assert.deepEqual([...scope.selfReads].sort(), ['W', 'cache', 'count', 'early', 'params']);
  });

  it('reads loose statements and expressions', () => {
    const {module} = parse('a = b + 1\nc[d] = e\n');
    const scope = scopeOfStatements(module.body);
    assert.deepEqual([...scope.binds], ['a']);
    assert.deepEqual([...scope.free].sort(), ['b', 'c', 'd', 'e']);
    const [statement] = parse('x.f(y, z=[w for w in v])\n').module.body;
    assert.ok(statement.kind === 'ExprStmt');
    assert.deepEqual([...namesOf(statement.value)].sort(), ['v', 'x', 'y']);
  });
});
