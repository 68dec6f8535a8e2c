/** Offsets and positions: line breaks of all kinds, code points, tabs, byte order mark. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {lineAt, lineEnd, linesOf, offsetAt, positionAt} from '../../../engine/python/lines.ts';

describe('lines', () => {
  it('end at LF, CRLF and CR', () => {
    const lines = linesOf('a\nb\r\nc\rd');
    assert.deepEqual([0, 2, 5, 7].map((offset) => lineAt(lines, offset)), [1, 2, 3, 4]);
    assert.deepEqual([1, 2, 3, 4].map((line) => lineEnd(lines, line)), [1, 3, 6, 8]);
  });

  it('have columns that count code points, a tab for one', () => {
    const lines = linesOf('\t\ud83d\ude00é x');
    assert.deepEqual(positionAt(lines, 5), {line: 1, column: 5});
    assert.equal(offsetAt(lines, {line: 1, column: 3}), 3);
  });

  it('begin behind a byte order mark', () => {
    const lines = linesOf('\ufeffx = 1\ny');
    assert.deepEqual(positionAt(lines, 1), {line: 1, column: 1});
    assert.deepEqual(positionAt(lines, 7), {line: 2, column: 1});
    assert.equal(offsetAt(lines, {line: 1, column: 1}), 1);
  });

  it('clamp what lies outside', () => {
    const lines = linesOf('ab\r\ncd');
    assert.deepEqual(positionAt(lines, 99), {line: 2, column: 3});
    assert.deepEqual(positionAt(lines, -1), {line: 1, column: 1});
    assert.equal(offsetAt(lines, {line: 1, column: 99}), 2);
    assert.equal(offsetAt(lines, {line: 9, column: 1}), 6);
    assert.equal(offsetAt(lines, {line: 0, column: 5}), 0);
  });

  it('give back the offset of any position that is not inside a pair or a line break', () => {
    fc.assert(fc.property(fc.string({unit: fc.constantFrom('a', '\n', '\r\n', '\r', '\t', '\ud83d\ude00', 'é')}), fc.nat(), (text, at) => {
      const lines = linesOf(text);
      const offset = at % (text.length + 1);
      const position = positionAt(lines, offset);
      const inside = /[\ud800-\udbff]$/.test(text.slice(0, offset)) || (text[offset - 1] === '\r' && text[offset] === '\n');
      if (!inside) assert.equal(offsetAt(lines, position), offset);
    }));
  });
});
