/** Random expressions of builtins: each has the value, or raises the error, that CPython recorded. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {runText} from '../../../support/run-text.ts';

type Recorded = readonly [string, 'value' | 'error', string];

const recorded = JSON.parse(readFileSync(new URL('expressions.json', import.meta.url), 'utf8')) as readonly Recorded[];

function outcome(expression: string): string {
  const run = runText(`print(repr(${expression}))\n`);
  const raised = run.raised.at(-1);
  return raised === undefined ? run.stdout.trimEnd() : `${raised.type}: ${raised.message}`;
}

describe('random expressions', () => {
  it('are many', () => {
    assert(recorded.length > 1000);
  });

  for (let start = 0; start < recorded.length; start += 100) {
    it(`number ${start} and on`, () => {
      const wrong = recorded.slice(start, start + 100)
        .map(([expression, , expected]) => ({expression, expected, actual: outcome(expression)}))
        .filter(({expected, actual}) => actual !== expected);
      assert.deepEqual(wrong, []);
    });
  }
});
