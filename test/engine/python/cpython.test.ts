/** Our reading of each snippet of test/fixtures/python against CPython's: structure, values and every span. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {parse, syntaxProblems} from '../../../engine/python/parse.ts';
import {neutralStatement, type Neutral} from './neutral.ts';

const recorded = JSON.parse(readFileSync(new URL('../../fixtures/python/trees.json', import.meta.url), 'utf8')) as {text: string; tree: Neutral[]}[];

/** Floats are recorded as Python's `repr`, which spells exponents otherwise. */
function sameNumbers(tree: Neutral): Neutral {
  if (!Array.isArray(tree)) return tree;
  if (tree[0] === 'Number' && tree[1] !== 'int') return [tree[0], tree[1], String(Number(tree[2])), ...tree.slice(3)];
  return tree.map(sameNumbers);
}

describe('the tree of a snippet is CPython\'s', () => {
  for (const {text, tree} of recorded) {
    it(text.split('\n')[0].slice(0, 60), () => {
      const parsed = parse(text);
      assert.deepEqual(parsed.module.body.map(neutralStatement), tree.map(sameNumbers));
      assert.deepEqual(syntaxProblems(parsed), []);
    });
  }

  it('also with line breaks of CRLF, at the same lines', () => {
    for (const {text} of recorded) {
      const windows = text.replaceAll('\n', '\r\n');
      const strip = (tree: Neutral): string => JSON.stringify(tree).replace(/,?\[\d+,\d+\]/g, '');
      assert.equal(strip(parse(windows).module.body.map(neutralStatement)), strip(parse(text).module.body.map(neutralStatement)));
    }
  });
});
