/** Any text gives a sound tree: arbitrary strings, soups of tokens, every prefix of programs, and what nests without end. */
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import fc from 'fast-check';
import {parse, reparse, syntaxProblems, type ParsedText} from '../../../engine/python/parse.ts';
import {assertSound} from './invariants.ts';
import {PROGRAMS} from './programs.ts';
import {tokenSoup} from './soup.ts';

const EXAMPLES = new URL('../../../examples/', import.meta.url);

describe('the parser is total', () => {
  it('on arbitrary strings', () => {
    fc.assert(fc.property(fc.string({unit: 'binary', maxLength: 200}), (text) => {
      assertSound(parse(text));
    }), {numRuns: 500});
  });

  it('on soups of tokens', () => {
    fc.assert(fc.property(tokenSoup, (text) => {
      assertSound(parse(text));
    }), {numRuns: 3000});
  });

  for (const [name, program] of Object.entries(PROGRAMS)) {
    it(`on every prefix of ${name}`, () => {
      let parsed: ParsedText = parse('');
      for (let length = 0; length <= program.length; length++) {
        parsed = reparse(parsed, program.slice(0, length));
        assertSound(parsed);
      }
      assert.deepEqual(syntaxProblems(parsed), []);
    });

    it(`on ${name} without any one of its lines`, () => {
      const lines = program.split('\n');
      for (const [i] of lines.entries()) assertSound(parse(lines.toSpliced(i, 1).join('\n')));
    });
  }

  for (const name of readdirSync(EXAMPLES).filter((file) => file.endsWith('.py'))) {
    it(`on every prefix of examples/${name}`, () => {
      const program = readFileSync(new URL(name, EXAMPLES), 'utf8');
      let parsed: ParsedText = parse('');
      for (let length = 0; length <= program.length; length++) {
        parsed = reparse(parsed, program.slice(0, length));
        assertSound(parsed);
      }
      assert.deepEqual(syntaxProblems(parsed), []);
    });
  }

  const N = 20_000;
  const endless: Record<string, string> = {
    'open brackets': '('.repeat(N),
    'nested brackets': `x = ${'('.repeat(N)}1${')'.repeat(N)}`,
    'not': `${'not '.repeat(N)}x`,
    'minus': `${'-'.repeat(N)}x`,
    'plus': `x${' + x'.repeat(N)}`,
    'powers': `x${' ** x'.repeat(N)}`,
    'attributes': `x${'.x'.repeat(N)}`,
    'calls': `f${'()'.repeat(N)}`,
    'conditionals': `${'a if b else '.repeat(N)}c`,
    'lambdas': `${'lambda: '.repeat(N)}c`,
    'elif': `if a:\n b\n${'elif a:\n b\n'.repeat(N / 10)}`,
    'else': 'else:\n'.repeat(N / 10),
    'blocks': Array.from({length: 1000}, (_, i) => `${' '.repeat(i)}if a:\n`).join(''),
    'complete blocks': `${Array.from({length: 1000}, (_, i) => `${' '.repeat(i)}if a:\n`).join('')}${' '.repeat(1000)}x\n`,
    'open lines': 'x = (\n'.repeat(N / 10),
    'quotes': "'".repeat(N),
    'triple quotes': '"""'.repeat(N | 1),
    'semicolons': 'a=;'.repeat(N / 10),
    'colons': ':'.repeat(N / 10),
    'f-strings': 'f"{'.repeat(N),
    'decorators': '@a\n'.repeat(N / 10),
    'targets': 'a='.repeat(N),
  };
  for (const [name, text] of Object.entries(endless)) {
    it(`on endless ${name}`, () => {
      const parsed = parse(text);
      assertSound(parsed);
      assert.ok(JSON.stringify(parsed.module.body).length > 0);
    });
  }

  it('on a line of nothing that can be read, below a decorated definition', () => {
    const parsed = parse('@a\n def f\n \0\ny = 1\n');
    assertSound(parsed);
    assert.equal(parsed.module.body.at(-1)?.kind, 'Assign');
  });

  it('on nothing', () => {
    for (const text of ['', '\ufeff', '\n', '   ', '# only', '\r\r\n\n', '\\']) assertSound(parse(text));
  });
});
