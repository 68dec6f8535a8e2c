/** What is left of a text in the middle of an edit: what is broken costs itself, and its neighbours survive. */
import assert from 'node:assert/strict';
import type {Expr, Stmt} from '../../../engine/python/ast.ts';
import {parse, syntaxProblems} from '../../../engine/python/parse.ts';
import {printExpr, printParams} from '../../../engine/python/print.ts';
import {printStmt} from '../../../engine/python/print-statements.ts';

/** One line per statement; what could not be read is `<invalid>`. */
function outline(body: readonly Stmt[], indent = ''): string[] {
  const deeper = `${indent}  `;
  return body.flatMap((stmt): string[] => {
    switch (stmt.kind) {
      case 'If':
        return [`${indent}if ${show(stmt.test)}`, ...outline(stmt.body, deeper), ...branch('else', stmt.otherwise, indent)];
      case 'While':
        return [`${indent}while ${show(stmt.test)}`, ...outline(stmt.body, deeper)];
      case 'For':
        return [`${indent}for ${show(stmt.target)} in ${show(stmt.iterable)}`, ...outline(stmt.body, deeper)];
      case 'With':
        return [`${indent}with ${stmt.items.map(({context}) => show(context)).join(', ')}`, ...outline(stmt.body, deeper)];
      case 'FunctionDef':
        return [`${indent}def ${stmt.name}(${printParams(stmt.params)})`, ...outline(stmt.body, deeper)];
      case 'ClassDef':
        return [`${indent}class ${stmt.name}`, ...outline(stmt.body, deeper)];
      case 'Try':
        return [
          `${indent}try`, ...outline(stmt.body, deeper),
          ...stmt.handlers.flatMap((handler) => branch(`except ${handler.type === null ? '' : show(handler.type)} ${handler.name ?? ''}`.trim(), handler.body, indent)),
          ...branch('finally', stmt.finally, indent),
        ];
      default:
        return [`${indent}${printStmt(stmt)}`];
    }
  });
}

function branch(word: string, body: readonly Stmt[], indent: string): string[] {
  return body.length === 0 ? [] : [`${indent}${word}`, ...outline(body, `${indent}  `)];
}

function show(expr: Expr): string {
  return printExpr(expr);
}

interface Case { readonly text: string; readonly outline: string; readonly problems: number }

const UNFINISHED: Readonly<Record<string, Case>> = {
  'a bracket left open costs one line': {
    text: 'x = np.dot(a, \ny = 3\nz = f(y)\n',
    outline: 'x = <invalid>\ny = 3\nz = f(y)', problems: 1,
  },
  'several brackets left open, line after line': {
    text: 'x = [1, 2, 3\ny = {1: 2\nz = (3\nw = 1\n',
    outline: 'x = <invalid>\ny = <invalid>\nz = <invalid>\nw = 1', problems: 3,
  },
  'a bracket left open over lines that go on with it': {
    text: 'x = foo(a,\n        b,\n        c=3\ny = 2\n',
    outline: 'x = <invalid>\ny = 2', problems: 1,
  },
  'brackets that close by chance': {
    text: 'x = foo(a\ny = bar(b))\nz = 3\n',
    outline: 'x = <invalid>\ny = <invalid>\nz = 3', problems: 2,
  },
  'brackets that close by chance on a line out of place': {
    text: '   [\n x = 1 ]\n', outline: '<invalid>\n<invalid>\n<invalid>\nx = <invalid>', problems: 4,
  },
  'a bracket left open before a block': {
    text: 'def f(x):\n    y = x[\n    if y > 3:\n        z = 1\n    return y\n',
    outline: 'def f(x)\n  y = <invalid>\n  if y > 3\n    z = 1\n  return y', problems: 1,
  },
  'parameters left open': {
    text: 'def f(x, y\n    z = x + y\n    return z\n\ndef g(a):\n    return a\n',
    outline: 'def f(x, y)\n  z = x + y\n  return z\ndef g(a)\n  return a', problems: 2,
  },
  'parameters left open above a docstring': {
    text: 'def f(x\n    """doc"""\n    return x\n',
    outline: "def f(x)\n  'doc'\n  return x", problems: 2,
  },
  'parameters that cannot be read': {
    text: 'def f(x, y=, *, z=3, 4):\n    return x\n',
    outline: 'def f(x, *, z=3)\n  return x', problems: 2,
  },
  'the loop over a bracket left open': {
    text: 'for i in range(10:\n    x += i\nz = 1\n',
    outline: 'for i in <invalid>\n  x += i\nz = 1', problems: 2,
  },
  'a string left open': {text: 'x = "abc\ny = foo(\'abc)\nz = 3\n', outline: 'x = <invalid>\ny = <invalid>\nz = 3', problems: 2},
  'a docstring left open': {
    text: 'def f(x):\n    """doc\n    return x\n\ndef g(x):\n    """doc"""\n    return x\n',
    outline: "def f(x)\n  <invalid>\n  return x\ndef g(x)\n  'doc'\n  return x", problems: 1,
  },
  'values that are missing': {
    text: 'def f(x):\n    dx = \n    dw += \n    db: int = \n    return dx +\n',
    outline: 'def f(x)\n  dx = <invalid>\n  dw += <invalid>\n  db: int = <invalid>\n  return <invalid>', problems: 4,
  },
  'a value that is missing among others': {text: 'a = 1; b = ; c = 3\n', outline: 'a = 1\nb = <invalid>\nc = 3', problems: 1},
  'an attribute being typed': {text: 'x.\ny = x.\nz = 1\n', outline: '<invalid>\ny = <invalid>\nz = 1', problems: 2},
  'colons that are missing': {
    text: 'if x\n    y = 1\nelse\n    z = 2\nwhile True\n    w = 3\n',
    outline: 'if x\n  y = 1\nelse\n  z = 2\nwhile True\n  w = 3', problems: 3,
  },
  'empty blocks': {
    text: 'def f(x):\n\nclass A:\nif x:\ny = 1\n',
    outline: 'def f(x)\nclass A\nif x\ny = 1', problems: 3,
  },
  'a deeper line out of place': {text: 'x = 1\n    y = 2\nz = 3\n', outline: 'x = 1\n<invalid>\ny = 2\nz = 3', problems: 1},
  'a line between two levels': {
    text: 'if a:\n        x = 1\n    y = 2\nz = 3\n',
    outline: 'if a\n  x = 1\n  <invalid>\n  y = 2\nz = 3', problems: 1,
  },
  'tabs among spaces': {text: 'def f():\n\tx = 1\n        y = 2\n\treturn x\n', outline: 'def f()\n  x = 1\n  y = 2\n  return x', problems: 0},
  'an opening line that is no statement': {text: 'de f(x):\n    return x\ny = 1\n', outline: 'if <invalid>\n  return x\ny = 1', problems: 1},
  'an else of nothing': {text: 'else:\n    x = 1\ny = 2\n', outline: 'if <invalid>\n  x = 1\ny = 2', problems: 1},
  'an else behind a line that opens no block': {text: 'x = 1\nelse:\n    y = 2\n', outline: 'x = 1\nif <invalid>\n  y = 2', problems: 1},
  'an elif behind an else, an except behind a loop': {
    text: 'if a:\n    b\nelse:\n    c\nelif d:\n    e\nfor f in g:\n    h\nexcept:\n    i\n',
    outline: 'if a\n  b\nelse\n  c\nif <invalid>\n  e\nfor f in g\n  h\ntry\nexcept\n  i', problems: 1,
  },
  'a decorator of nothing': {text: '@a\nx = 1\n@b\n', outline: '<invalid>\nx = 1\n<invalid>', problems: 2},
  'a broken line inside clauses': {
    text: 'if x:\n    y = \nelif z:\n    w = 3\nelse:\n    v = 1\n',
    outline: 'if x\n  y = <invalid>\nelse\n  if z\n    w = 3\n  else\n    v = 1', problems: 1,
  },
  'a broken line inside a try': {
    text: 'try:\n    x = \nexcept E as e:\n    y\nfinally:\n    z\n',
    outline: 'try\n  x = <invalid>\nexcept E e\n  y\nfinally\n  z', problems: 1,
  },
  'a broken method': {
    text: 'class A:\n    def f(self):\n        x = (1\n        return x\n    def g(self):\n        return 2\n',
    outline: 'class A\n  def f(self)\n    x = <invalid>\n    return x\n  def g(self)\n    return 2', problems: 1,
  },
  'a decorator left open': {text: '@foo(\ndef f(x):\n    return x\n', outline: 'def f(x)\n  return x', problems: 1},
  'what cannot be assigned to': {
    text: 'f(x) = 3\nx + 1 += 2\nx = = 3\ny = 1\n',
    outline: '<invalid>\n<invalid>\n<invalid>\ny = 1', problems: 3,
  },
  'imports being typed': {text: 'import\nfrom x import\nimport a.\nimport b\n', outline: '<invalid>\n<invalid>\n<invalid>\nimport b', problems: 3},
  'characters of no meaning': {text: '$\n?\nx = 1 $ 2\n\0\n;\n', outline: '<invalid>\n<invalid>\nx = <invalid>\n<invalid>\n<invalid>', problems: 5},
  'brackets that close nothing': {text: 'x = )\ny = (1]\nz = 1\n', outline: 'x = <invalid>\ny = <invalid>\nz = 1', problems: 2},
  'a match that no if can say': {text: 'match x:\n    case Point(a, b):\n        y = 2\nz = 3\n', outline: '<invalid>\nz = 3', problems: 0},
  'a match of what may not be read twice': {text: 'match next(x):\n    case 1:\n        y = 2\nz = 3\n', outline: '<invalid>\nz = 3', problems: 0},
  'a match': {
    text: 'match x.shape:\n    case (n, 1) if n > 2:\n        y = 2\n    case "a" | None:\n        y = 3\n    case _:\n        y = 4\nz = 3\n',
    outline: "if isinstance(x.shape, (list, tuple)) and len(x.shape) == 2 and ((n := x.shape[0]),) and x.shape[1] == 1 and n > 2\n  y = 2\nelse\n  if x.shape == 'a' or x.shape is None\n    y = 3\n  else\n    if True\n      y = 4\nz = 3", problems: 0,
  },
};

const PYTHON2: Readonly<Record<string, Case>> = {
  'print': {
    text: 'print x, y\nprint "a" % b\nprint >>f, x\nprint\nprint "a",\n',
    outline: "print(x, y)\nprint('a' % b)\nprint(x, file=f)\nprint\nprint('a')", problems: 0,
  },
  'exec': {text: 'exec "x" in ns\n', outline: "exec('x')", problems: 0},
  'exceptions': {text: 'try:\n    x\nexcept E, e:\n    raise E, "m"\n', outline: "try\n  x\nexcept E e\n  raise E('m')", problems: 0},
  'numbers and strings': {text: 'x = 0777 + 10L + 0xFFL\ny = ur"a\\d"\n', outline: "x = 511 + 10 + 255\ny = 'a\\\\d'", problems: 0},
  'inequality': {text: 'x = a <> b\n', outline: 'x = a != b', problems: 0},
  'backticks': {text: 'x = `y`\nz = 1\n', outline: 'x = <invalid>\nz = 1', problems: 1},
  'tuple parameters': {text: 'def f(a, (b, c)):\n    return a\n', outline: 'def f(a)\n  return a', problems: 1},
};

function check({text, outline: expected, problems}: Case): void {
  const parsed = parse(text);
  assert.deepEqual(outline(parsed.module.body), expected.split('\n'));
  assert.equal(syntaxProblems(parsed).length, problems);
}

describe('what is unfinished', () => {
  for (const [name, example] of Object.entries(UNFINISHED)) it(name, () => { check(example); });
});

describe('Python 2', () => {
  for (const [name, example] of Object.entries(PYTHON2)) it(name, () => { check(example); });
});

describe('places of what is broken', () => {
  it('an invalid value spans what was written for it', () => {
    const text = 'dx = foo(a, b\nx = 1\n';
    const [stmt] = parse(text).module.body;
    assert.ok(stmt.kind === 'Assign');
    assert.deepEqual(stmt.value.span, {start: 5, end: 13});
  });

  it('mistakes are listed in text order', () => {
    const starts = syntaxProblems(parse('if x\n    y =\nz = (\nw.\n')).map(({span}) => span.start);
    assert.deepEqual(starts, [4, 12, 17, 19]);
  });
});
