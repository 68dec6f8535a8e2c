/** Imports between files of a workspace, and running only part of a module. */
import assert from 'node:assert/strict';
import type {Value} from '../../../engine/ndarray/values.ts';
import {callFunction, getAttribute, iterate, loadModule, setAttribute} from '../../../engine/interpreter/interpreter.ts';
import type {ModuleSource} from '../../../engine/interpreter/interpreter.ts';
import {Unsupported} from '../../../engine/interpreter/objects.ts';
import type {Run} from '../../../engine/interpreter/run.ts';
import {PythonException} from '../../../engine/interpreter/exceptions.ts';
import {parse} from '../../../engine/python/parse.ts';
import type {Module} from '../../../engine/python/ast.ts';
import {freshRun} from '../../support/run-text.ts';

/** A workspace of texts by path; `from` is a path in it. */
function workspace(files: Readonly<Record<string, string>>): ModuleSource {
  const parsed = new Map<string, Module>();
  return {
    resolve(name, level, from) {
      const folder = from.split('/').slice(0, -Math.max(1, level));
      const base = level > 0 ? folder : [];
      const stem = [...base, ...name.split('.').filter((part) => part !== '')].join('/');
      for (const path of [`${stem}.py`, `${stem}/__init__.py`]) {
        const text = files[path] as string | undefined;
        if (text === undefined) continue;
        let module = parsed.get(path);
        if (module === undefined) {
          ({module} = parse(text));
          parsed.set(path, module);
        }
        return {path, module};
      }
      return null;
    },
  };
}

function runMain(files: Readonly<Record<string, string>>, main = 'main.py'): {run: Run; get: (name: string) => Value | undefined} {
  const run = freshRun({source: workspace(files)});
  const names = loadModule(run, main, parse(files[main]).module).attributes;
  return {run, get: (name) => names.get(name)};
}

describe('imports from the workspace', () => {
  it('find modules, names, and stars', () => {
    const {get, run} = runMain({
      'layers.py': 'import numpy as np\nK = 3\n_hidden = 1\ndef double(x): return x * 2\n',
      'main.py': 'import layers\nimport layers as L\nfrom layers import double as d, K\nfrom layers import *\na = layers.K + L.K\nb = d(K)\nc = double(5)\nx = np.ones(2).sum()\ntry:\n    _hidden\nexcept NameError:\n    e = "hidden"\n',
    });
    assert.deepEqual([get('a'), get('b'), get('c'), get('e')], [6, 6, 10, 'hidden']);
    assert.deepEqual(run.raised, []);
  });

  it('follow packages and relative names', () => {
    const {get} = runMain({
      'pkg/__init__.py': 'from .inner import f\nversion = 1\n',
      'pkg/inner.py': 'from . import sibling\nfrom .sibling import g\ndef f(x): return g(x) + sibling.k\n',
      'pkg/sibling.py': 'k = 100\ndef g(x): return x + 1\n',
      'main.py': 'import pkg\nimport pkg.sibling\nfrom pkg import inner\nfrom pkg.sibling import g\na = pkg.f(1)\nb = pkg.sibling.k\nc = inner.f(2)\nd = g(3)\n',
    });
    assert.deepEqual([get('a'), get('b'), get('c'), get('d')], [102, 100, 103, 4]);
  });

  it('find modules of a folder that is no package', () => {
    const {get} = runMain({'lib/ops.py': 'def f(): return 7\n', 'main.py': 'from lib.ops import f\nimport lib.ops\na = f() + lib.ops.f()\n'});
    assert.equal(get('a'), 14);
  });

  it('load each module once, in a circle too', () => {
    const {get, run} = runMain({
      'a.py': 'import b\nx = 1\ndef f(): return b.y\n', 'b.py': 'import a\ny = 2\ndef g(): return a.x\n',
      'main.py': 'import a, b\nr = a.f() + b.g()\nsame = a.b is b\n',
    });
    assert.deepEqual([get('r'), get('same')], [3, true]);
    assert.equal(run.modules.size, 3);
  });

  it('go on after a module that raises', () => {
    const {get, run} = runMain({'bad.py': 'x = 1\ny = x / 0\nz = 3\n', 'main.py': 'from bad import x, y, z\nw = x + z\n'});
    assert.equal(get('w'), 4);
    assert.ok(get('y') instanceof Unsupported);
    assert.equal(run.raised.length, 1);
    assert.equal(run.raised[0].raisedAt?.activation.path, 'bad.py');
  });

  it('keep the globals of each module apart', () => {
    const {get} = runMain({
      'm.py': 'n = 0\ndef inc():\n    global n\n    n += 1\n    return n\n', 'main.py': 'import m\nn = 50\nm.inc()\na = m.inc()\nb = m.n\nm.n = 9\nc = m.inc()\n',
    });
    assert.deepEqual([get('a'), get('b'), get('c'), get('n')], [2, 2, 10, 50]);
  });
});

describe('running part of a module', () => {
  it('runs the chosen statements only', () => {
    const {module} = parse('a = 1\nb = 2\ndef f(): return a\nprint("never")\n');
    const chosen = new Set([module.body[0], module.body[2]]);
    const run = freshRun({statements: () => chosen});
    const names = loadModule(run, 'm.py', module).attributes;
    assert.equal(callFunction(run, names.get('f')!, []), 1);
    assert.equal(names.has('b'), false);
    assert.equal(run.stdout, '');
  });

  it('leaves the main block out unless it is asked for', () => {
    const {module} = parse('a = 1\nif __name__ == "__main__":\n    a = 2\n');
    assert.equal(loadModule(freshRun(), 'm.py', module).attributes.get('a'), 1);
    assert.equal(loadModule(freshRun({main: true}), 'm.py', module).attributes.get('a'), 2);
  });
});

describe('the entrance', () => {
  it('reads and sets attributes and iterates over anything', () => {
    const run = freshRun();
    const names = loadModule(run, 'm.py', parse('class C:\n    @property\n    def p(self): return self.q + 1\nc = C()\nc.q = 1\ng = (i * i for i in range(3))\n').module).attributes;
    const c = names.get('c')!;
    setAttribute(run, c, 'q', 10);
    assert.equal(getAttribute(run, c, 'p'), 11);
    assert.deepEqual(iterate(run, names.get('g')!), [0, 1, 4]);
    assert.throws(() => getAttribute(run, c, 'nothing'), (error: unknown) => error instanceof PythonException && error.type === 'AttributeError');
  });

  it('throws what nothing caught, with the place where it was raised and all callers', () => {
    const text = 'def g(x):\n    raise ValueError("no", x)\ndef f(x):\n    return g(x)\n';
    const run = freshRun();
    const names = loadModule(run, 'm.py', parse(text).module).attributes;
    assert.throws(() => callFunction(run, names.get('f')!, [1]), (error: unknown) => {
      assert.ok(error instanceof PythonException);
      assert.equal(error.type, 'ValueError');
      assert.equal(error.message, "('no', 1)");
      const {span, activation} = error.raisedAt!;
      assert.equal(text.slice(span.start, span.end), 'raise ValueError("no", x)');
      assert.equal(activation.caller?.definition?.name, 'f');
      assert.equal(text.slice(activation.callSpan!.start, activation.callSpan!.end), 'g(x)');
      return true;
    });
    assert.equal(run.depth, 0);
  });
});
