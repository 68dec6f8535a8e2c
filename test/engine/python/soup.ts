/** Random texts that look like Python, more or less. */
import fc from 'fast-check';

const TOKENS = [
  'def', 'class', 'if', 'elif', 'else', 'for', 'while', 'in', 'is', 'not', 'and', 'or', 'lambda', 'return', 'yield', 'from', 'import',
  'try', 'except', 'finally', 'with', 'as', 'raise', 'assert', 'del', 'global', 'pass', 'print', 'exec', 'async', 'await', 'match', 'case',
  'x', 'dx', 'np', 'self', 'grads', '1', '0.5', '1.', '0777', '10L', '1e5', '0xF', '"s"', "'t'", '"', "'", '"""', "'''", 'f"{x}"', 'f"{', 'r"', 'ur"a"',
  '(', ')', '[', ']', '{', '}', ',', ':', ';', '=', '+=', '==', ':=', '->', '<>', '+', '-', '*', '**', '/', '//', '%', '@', '.', '...', '`', '$', '?', '!', '\\',
  '\n', '\n', '\n', '\n    ', '\n    ', '\n\t', '\n        ', '\r\n', '\r', '\f', '\ufeff', '# c', '\\\n', '\u00e9', '\ud83d', '\0',
];

/** Words and signs in any order, most of them apart. */
export const tokenSoup = fc.array(fc.tuple(fc.constantFrom(...TOKENS), fc.constantFrom(' ', ' ', '')), {maxLength: 60})
  .map((pairs) => pairs.flat().join(''));

/** A text with one stretch taken out, put in, or both. */
export function edited(text: string): fc.Arbitrary<string> {
  const insertion = fc.oneof(fc.constantFrom('', '', '(', ')', '"', '"""', '\n', ' ', '\n    ', '#', ':', 'x = 1\n', '    y = foo(\n', 'def g():\n'), tokenSoup);
  return fc.tuple(fc.nat(text.length), fc.nat(20), insertion).map(([at, length, inserted]) => text.slice(0, at) + inserted + text.slice(at + length));
}
