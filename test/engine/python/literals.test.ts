/** Numbers, strings and comments: their values, and what their spans hold. */
import assert from 'node:assert/strict';
import type {Expr} from '../../../engine/python/ast.ts';
import {readNumber} from '../../../engine/python/numbers.ts';
import {parse} from '../../../engine/python/parse.ts';
import {walk} from '../../../engine/python/walk.ts';

function valueOf(text: string): Expr {
  const [stmt] = parse(text).module.body;
  assert.ok(stmt.kind === 'ExprStmt', text);
  return stmt.value;
}

describe('numbers', () => {
  const cases: readonly [string, number | bigint, string][] = [
    ['0', 0, 'int'], ['1_000', 1000, 'int'], ['0xFF', 255, 'int'], ['0o17', 15, 'int'], ['0b101', 5, 'int'], ['00', 0, 'int'],
    ['9007199254740991', 9007199254740991, 'int'], ['9007199254740993', 9007199254740993n, 'int'],
    ['0x20000000000001', 9007199254740993n, 'int'], ['1.', 1, 'float'], ['.5', 0.5, 'float'], ['1e400', Infinity, 'float'],
    ['1_0.0_1e1_0', 10.01e10, 'float'], ['2.5j', 2.5, 'imaginary'], ['1.e5J', 1e5, 'imaginary'], ['0777', 511, 'int'], ['10L', 10, 'int'],
  ];
  for (const [text, value, type] of cases) {
    it(text, () => { assert.deepEqual(readNumber(text), {value, type}); });
  }

  it('are not made of anything else', () => {
    for (const text of ['', 'x', '0x', 'j', '1e', '1.2.3']) assert.equal(readNumber(text), null, text);
  });
});

describe('strings', () => {
  it('have spans from the prefix to the last quote of adjacent ones', () => {
    const text = '(rb"a"\n  b"b")';
    const {span} = valueOf(text);
    assert.equal(text.slice(span.start, span.end), 'rb"a"\n  b"b"');
  });

  it('of bytes and text cannot be joined', () => {
    assert.equal(parse('x = b"a" "b"').module.body[0].kind, 'Assign');
    assert.throws(() => valueOf('b"a" "b"'));
  });

  it('take a line break of any kind for LF', () => {
    const value = valueOf('"""a\r\nb\rc"""');
    assert.equal(value.kind === 'String' && value.value, 'a\nb\nc');
  });
});

describe('f-strings', () => {
  it('hold expressions with spans of their own', () => {
    const text = 'f"{x + y!r:>{width}} {d[\'k\']}"';
    const found: string[] = [];
    walk(valueOf(text), ({kind, span}) => { found.push(`${kind} ${text.slice(span.start, span.end)}`); });
    assert.deepEqual(found, [
      `FString ${text}`, 'Binary x + y', 'Name x', 'Name y', 'Name width', "Subscript d['k']", 'Name d', "String 'k'",
    ]);
  });

  it('of `{x=}` keep the text before the sign', () => {
    const value = valueOf('f"{a + b =}"');
    assert.ok(value.kind === 'FString' && typeof value.parts[0] !== 'string');
    assert.equal(value.parts[0].debug, 'a + b ');
    assert.equal(value.parts[0].conversion, 'r');
  });
});

describe('comments', () => {
  it('are found wherever they stand, and not in strings', () => {
    const text = '# a\nx = "# no" # b\nf(1, # c\n  2)\n"""\n# no\n"""\nif x: # d\n  # e\n  pass\n';
    assert.deepEqual(parse(text).module.comments.map((comment) => comment.text), ['# a', '# b', '# c', '# d', '# e']);
  });

  it('are found on lines that are broken, once each', () => {
    const text = 'x = ( # a\ny = 1 # b\nz = "# no # no\n';
    assert.deepEqual(parse(text).module.comments.map((comment) => comment.text), ['# a', '# b']);
  });
});
