/** What is printed is canonical, has no parenthesis too many, and reads back as the same tree. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import type {BinaryOperator, Expr} from '../../../engine/python/ast.ts';
import {parse} from '../../../engine/python/parse.ts';
import {printExpr} from '../../../engine/python/print.ts';
import {printStmt, type SimpleStmt} from '../../../engine/python/print-statements.ts';
import {walk, type AnyNode} from '../../../engine/python/walk.ts';
import {neutralExpression, neutralStatement} from './neutral.ts';

const snippets = JSON.parse(readFileSync(new URL('../../fixtures/python/trees.json', import.meta.url), 'utf8')) as {text: string}[];
const COMPOUND = new Set<AnyNode['kind']>(['If', 'For', 'While', 'FunctionDef', 'ClassDef', 'Try', 'With', 'Invalid']);

function expression(text: string): Expr {
  const [stmt] = parse(text).module.body;
  assert.ok(stmt.kind === 'ExprStmt', text);
  return stmt.value;
}

function withoutSpans(tree: unknown): string {
  return JSON.stringify(tree).replace(/,?\[\d+,\d+\]/g, '');
}

const CANONICAL: Readonly<Record<string, string>> = {
  "grads [ 'W1' ]": "grads['W1']",
  'self . W': 'self.W',
  'x[i,j]': 'x[i, j]',
  'x[ : ,None,..., ::-1]': 'x[:, None, ..., ::-1]',
  'x[i,]': 'x[i,]',
  '(a+b)*c': '(a + b) * c',
  '((a*b))+c': 'a * b + c',
  'a-(b-c)': 'a - (b - c)',
  '(a-b)-c': 'a - b - c',
  '(-x)**2': '(-x) ** 2',
  '-(x**2)': '-x ** 2',
  'a**(b**c)': 'a ** b ** c',
  '(a**b)**c': '(a ** b) ** c',
  '2**(-x)': '2 ** -x',
  'not (a==b)': 'not a == b',
  '(not a)==b': '(not a) == b',
  'a and (b or c)': 'a and (b or c)',
  '(a and b) or c': 'a and b or c',
  '(a or b) or c': '(a or b) or c',
  'a<(b<c)': 'a < (b < c)',
  'a,b': '(a, b)',
  'a,': '(a,)',
  '()': '()',
  'f(a,*b,k = 1,**c)': 'f(a, *b, k=1, **c)',
  'f((x for x in y))': 'f(x for x in y)',
  '(lambda x,y=1,*a,k,**o:x)(1)': '(lambda x, y=1, *a, k, **o: x)(1)',
  'lambda x, /, *, y: 0': 'lambda x, /, *, y: 0',
  '(a if b else c) if d else (e if f else g)': '(a if b else c) if d else e if f else g',
  '{**a,"b":c}': "{**a, 'b': c}",
  '[x for x,y in z if x if y]': '[x for x, y in z if x if y]',
  '(1).real': '(1).real',
  '0x10': '16',
  '1.': '1.0',
  '1e-8': '1e-8',
  '2j': '2j',
  '"it\'s"': '"it\'s"',
  '"a\\n\\x00\\\\"': "'a\\n\\x00\\\\'",
  "b'\\xff'": "b'\\xff'",
  '"a" "b"': "'ab'",
  'f"{x!r:>{n}}{{{d[\'k\']}"': 'f"{x!r:>{n}}{{{d[\'k\']}"',
  'f"{x=}"': "f'{x=}'",
  'f"{ {1: 2} }"': "f'{ {1: 2} }'",
};

describe('printExpr', () => {
  for (const [text, printed] of Object.entries(CANONICAL)) {
    it(text, () => { assert.equal(printExpr(expression(text)), printed); });
  }

  it('keeps the spelling of literals when it has the text', () => {
    const text = 'f(0x10, "a", 1e-05)';
    assert.equal(printExpr(expression(text), text), text);
    assert.equal(printExpr(expression(text)), "f(16, 'a', 0.00001)");
  });
});

describe('what is printed reads back as the same tree', () => {
  it('for every expression and simple statement of the snippets', () => {
    let count = 0;
    const visit = (node: AnyNode, text: string | null): void => {
      const [kind, again] = isSimple(node) ? ['statement', printStmt(node, text)] : isPrintable(node) ? ['expression', printExpr(node, text)] : ['', ''];
      if (kind === '') return;
      count++;
      const [stmt] = parse(again).module.body;
      if (isSimple(node)) assert.equal(withoutSpans(neutralStatement(stmt)), withoutSpans(neutralStatement(node)), again);
      else assert.equal(withoutSpans(neutralExpression(expression(again))), withoutSpans(neutralExpression(node as Expr)), again);
    };
    for (const {text} of snippets) {
      for (const stmt of parse(text).module.body) {
        walk(stmt, (node) => {
          visit(node, null);
          visit(node, text);
        });
      }
    }
    assert.ok(count > 3000, String(count));
  });

  it('for random expressions', () => {
    fc.assert(fc.property(expressions.filter((tree) => quotesOf(tree) <= 4), (tree) => {
      const printed = printExpr(tree);
      assert.equal(withoutSpans(neutralExpression(expression(printed))), withoutSpans(neutralExpression(tree)), printed);
    }), {numRuns: 2000});
  });
});

function isSimple(node: AnyNode): node is SimpleStmt {
  return /^(?:ExprStmt|Assign|AugAssign|AnnAssign|Return|Import|ImportFrom|Global|Nonlocal|Pass|Break|Continue|Raise|Delete|Assert)$/.test(node.kind);
}

/** Slices and stars cannot stand alone, nor a tuple of them. */
function isPrintable(node: AnyNode): node is Expr {
  if (COMPOUND.has(node.kind) || node.kind === 'Slice' || node.kind === 'Star') return false;
  return !(node.kind === 'Tuple' && node.items.some((item) => item.kind === 'Slice'));
}

/** How deep strings are in strings: there are four quotes to tell them apart. */
function quotesOf(tree: Expr): number {
  let deepest = 0;
  walk(tree, (node) => {
    if (node !== tree && (node.kind === 'FString' || node.kind === 'String')) deepest = Math.max(deepest, quotesOf(node));
  });
  return deepest + (tree.kind === 'FString' || tree.kind === 'String' ? 1 : 0);
}

const span = {start: 0, end: 0};
const name = fc.constantFrom('x', 'dW', 'np', 'grads').map((id): Expr => ({kind: 'Name', span, id}));
const {expr: expressions} = fc.letrec<{expr: Expr}>((tie) => {
  const expr = tie('expr');
  return {
    expr: fc.oneof(
      {maxDepth: 5, depthSize: 'small', withCrossShrink: true},
      name,
      fc.nat(1000).map((value): Expr => ({kind: 'Number', span, type: 'int', value})),
      fc.double({min: 0, noNaN: true, noDefaultInfinity: true}).map((value): Expr => ({kind: 'Number', span, type: 'float', value})),
      fc.string({maxLength: 5, unit: 'binary'}).map((value): Expr => ({kind: 'String', span, value, bytes: false})),
      fc.constantFrom(null, true, false, 'Ellipsis' as const).map((value): Expr => ({kind: 'Constant', span, value})),
      fc.tuple(expr, fc.constantFrom<BinaryOperator>('+', '-', '*', '/', '//', '%', '**', '@', '<<', '>>', '&', '|', '^'), expr)
        .map(([left, operator, right]): Expr => ({kind: 'Binary', span, operator, left, right, operatorSpan: span})),
      fc.tuple(fc.constantFrom('-' as const, '+' as const, '~' as const, 'not' as const), expr)
        .map(([operator, operand]): Expr => ({kind: 'Unary', span, operator, operand})),
      fc.tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(expr, {minLength: 2, maxLength: 3}))
        .map(([operator, values]): Expr => ({kind: 'BoolOp', span, operator, values})),
      fc.tuple(expr, fc.constantFrom('<' as const, 'not in' as const, 'is not' as const, '==' as const), expr)
        .map(([left, operator, right]): Expr => ({kind: 'Compare', span, left, operators: [operator], comparators: [right]})),
      fc.tuple(expr, expr).map(([object, index]): Expr => ({kind: 'Subscript', span, object, index})),
      expr.map((object): Expr => ({kind: 'Attribute', span, object, name: 'T', nameSpan: span})),
      fc.tuple(expr, fc.array(expr, {maxLength: 2})).map(([callee, values]): Expr => ({
        kind: 'Call', span, callee, args: values.map((value, i) => ({span, name: i === 1 ? 'axis' : null, star: '' as const, value})),
      })),
      fc.tuple(expr, expr, expr).map(([test, then, otherwise]): Expr => ({kind: 'Conditional', span, test, then, otherwise})),
      fc.array(expr, {maxLength: 3}).map((items): Expr => ({kind: 'Tuple', span, items})),
      fc.array(expr, {maxLength: 3}).map((items): Expr => ({kind: 'List', span, items})),
      fc.array(fc.record({key: expr, value: expr}), {maxLength: 2}).map((entries): Expr => ({kind: 'Dict', span, entries})),
      fc.tuple(expr, expr).map(([body, initial]): Expr => ({
        kind: 'Lambda', span, body,
        params: [{span, name: 't', nameSpan: span, star: '', annotation: null, default: initial, passing: 'any'}],
      })),
      fc.tuple(expr, expr, fc.array(expr, {maxLength: 2})).map(([element, iterable, conditions]): Expr => ({
        kind: 'Comprehension', span, type: 'list', key: null, element,
        clauses: [{target: {kind: 'Name', span, id: 'i'}, iterable, conditions}],
      })),
      fc.tuple(fc.string({maxLength: 3}), expr).map(([text, value]): Expr => ({
        kind: 'FString', span, parts: [...(text === '' ? [] : [text]), {value, conversion: 'r', format: null, debug: null}],
      })),
    ),
  };
});
