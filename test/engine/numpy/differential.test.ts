/**
 * Every recorded NumPy call (test/numpy/cases) gives the same here: value, dtype, shape, sharing, changed arguments, errors.
 * Each is made twice: with constants, and with a tape and guards, which must not change a number.
 */
import {readFileSync, readdirSync} from 'node:fs';
import {replay} from '../../numpy/replay.ts';
import type {Topic} from '../../numpy/replay.ts';

const folder = new URL('../../numpy/cases/', import.meta.url);

describe('rows against recorded NumPy', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json')).sort()) {
    const topic = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Topic;
    describe(`${topic.topic} (NumPy ${topic.numpy})`, () => {
      const byRow = Map.groupBy(topic.cases, (each) => each.call);
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
