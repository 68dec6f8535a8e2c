import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import fc from 'fast-check';
import {findPairs} from '../../../engine/program/find-pairs.ts';
import {reachableStatements, reachKey} from '../../../engine/program/reach.ts';
import {parse} from '../../../engine/python/parse.ts';

const EXAMPLES = new URL('../../../examples/', import.meta.url);

/** Everything this folder does with a text; what is found must lie inside it. */
function look(text: string): void {
  const {module} = parse(text);
  const pairs = findPairs('a.py', text, module);
  assert.equal(new Set(pairs.map(pair => pair.name)).size, pairs.length);
  for (const pair of pairs) {
    for (const span of [...pair.spans, ...pair.gradients.map(gradient => gradient.span)]) {
      assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
    }
    const roots = pair.pattern === 'script' ? [...pair.forward, ...pair.backward] : [pair.forward, pair.backward];
    assert.ok(reachKey(module, text, reachableStatements(module, roots)).length > 0);
  }
}

describe('finding pairs in any text', () => {
  const examples = readdirSync(EXAMPLES).filter(name => name.endsWith('.py')).map(name => readFileSync(new URL(name, EXAMPLES), 'utf8'));

  it('finds a pair in every example', () => {
    for (const text of examples) assert.ok(findPairs('a.py', text, parse(text).module).length > 0, text.slice(0, 80));
  });

  it('stands prefixes of the examples', () => {
    for (const text of examples) for (let end = 0; end < text.length; end += 37) look(text.slice(0, end));
  });

  it('stands deleted and swapped lines', () => {
    fc.assert(fc.property(fc.constantFrom(...examples), fc.array(fc.nat(), {minLength: 1, maxLength: 6}), (text, picks) => {
      const lines = text.split('\n');
      for (const pick of picks) {
        const at = pick % lines.length;
        if (pick % 2 === 0) lines.splice(at, 1);
        else lines.splice(at, 2, ...lines.slice(at, at + 2).reverse());
        if (lines.length === 0) break;
      }
      look(lines.join('\n'));
    }), {numRuns: 150});
  });

  it('stands names that are only given to each other', () => {
    look('def affine_forward(x):\n    a = b\n    b = a\n    return 2 * x, a\ndef affine_backward(dout, cache):\n    return 2 * dout\n');
  });

  it('stands text of pair-like words', () => {
    const word = fc.constantFrom('def ', 'class ', 'forward', 'backward', 'affine_forward', '(', ')', ':', '\n', '\n    ', 'return ', 'dx', 'x', ' = ',
      'self', '.', ', ', 'grads', '[', ']', "'W1'", '{', '}', 'loss', '@', ' * ', 'np.sum', '# backprop: ignore', '# backprop: pair a b', 'for ', ' in ');
    fc.assert(fc.property(fc.array(word, {maxLength: 60}), words => { look(words.join('')); }), {numRuns: 400});
  });
});
