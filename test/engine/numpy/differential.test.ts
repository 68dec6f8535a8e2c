/**
 * Every recorded NumPy call (test/numpy/cases) gives the same here: value, dtype, shape, sharing, changed arguments, errors.
 * Each is made twice: with constants, and with a tape and guards, which must not change a number.
 */
import {readFileSync, readdirSync} from 'node:fs';
import {isTopic, replay} from '../../numpy/replay.ts';
import type {Case} from '../../numpy/replay.ts';

const folder = new URL('../../numpy/cases/', import.meta.url);

describe('rows against recorded NumPy', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json')).sort()) {
    const topic: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    if (!isTopic(topic)) continue;
    const byRow = new Map<string, Case[]>();
    for (const each of topic.cases) {
      const known = byRow.get(each.call);
      if (known === undefined) byRow.set(each.call, [each]);
      else known.push(each);
    }
    describe(`${topic.topic} (NumPy ${topic.numpy})`, () => {
      for (const [row, cases] of byRow) {
        it(`${row}: ${cases.length} cases`, () => {
          for (const each of cases) {
            replay(topic, each, false);
            replay(topic, each, true);
          }
        });
      }
    });
  }
});
