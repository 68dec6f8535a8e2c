/** An edited text reads the same whether it is read anew or from what was read before; what the edit left alone is kept. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {parse, reparse} from '../../../engine/python/parse.ts';
import {PROGRAMS} from './programs.ts';
import {edited, tokenSoup} from './soup.ts';

describe('reparse', () => {
  for (const [name, program] of Object.entries(PROGRAMS)) {
    it(`equals parse after edits of ${name}`, () => {
      const edits = fc.array(fc.nat(), {minLength: 1, maxLength: 3}).chain((seeds) => {
        let texts: fc.Arbitrary<readonly string[]> = fc.constant([program]);
        for (let i = 0; i < seeds.length; i++) texts = texts.chain((before) => edited(before.at(-1) ?? '').map((after) => [...before, after]));
        return texts;
      });
      fc.assert(fc.property(edits, (texts) => {
        let parsed = parse(program);
        for (const text of texts) parsed = reparse(parsed, text);
        assert.deepEqual(parsed, parse(texts.at(-1) ?? ''));
      }), {numRuns: 150});
    });
  }

  it('equals parse between unrelated texts', () => {
    fc.assert(fc.property(tokenSoup, tokenSoup, (before, after) => {
      assert.deepEqual(reparse(parse(before), after), parse(after));
    }), {numRuns: 500});
  });

  it('keeps the statements before an edit, and moves those behind it', () => {
    const before = parse('def f(x):\n    return x\n\ny = 1\n\ndef g(x):\n    return x\n');
    const [first, edited, last] = before.module.body;
    const {start} = last.span;
    const {body} = reparse(before, before.text.replace('1', '123')).module;
    assert.equal(body[0], first);
    assert.notEqual(body[1], edited);
    assert.equal(body[2], last);
    assert.equal(last.span.start, start + 2);
  });

  it('equals parse where an edit reaches over the statements around it', () => {
    const text = 'import a  # 1\nif a:\n    b = 1.\n\nc = 2\n@d\ndef f(x):\n    return x  # 2\n\ng = f(c)\n"""end"""\n';
    for (const [from, to] of [['c = 2', 'else: c = 2'], ['c = 2', '@e'], ['c = 2', 'c = (2'], ['c = 2', '"""'], ['import', '\ufeffimport'], ['import a', ''], ['g = f(c)\n', ''], ['\n\nc', '\n    c'], ['@d\n', '']]) {
      const edited = text.replace(from, to);
      assert.deepEqual(reparse(parse(text), edited), parse(edited), to);
      assert.deepEqual(reparse(parse(edited), text), parse(text), to);
    }
  });

  it('gives the same object for the same text', () => {
    const before = parse('x = 1\n');
    assert.equal(reparse(before, 'x = 1\n'), before);
  });
});
