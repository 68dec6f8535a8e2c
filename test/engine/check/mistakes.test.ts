/** Every fixture of a real mistake is diagnosed as its first line says, and its right twin is left in peace. */
import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {createProject} from '../../../engine/project.ts';
import type {PairReport} from '../../../engine/check/report.ts';

const folder = join(import.meta.dirname, '../../fixtures/mistakes');

function check(path: string, text: string): PairReport {
  const project = createProject({readFile: () => null, now: () => 0});
  project.update(path, text);
  const units = project.analyze(path, {});
  let step = units.next();
  while (!step.done) step = units.next();
  const [pair] = step.value.report.pairs;
  return pair;
}

describe('mistakes that people really make', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.py'))) {
    const text = readFileSync(join(folder, file), 'utf8');
    const [, code, line, message] = /^# expect: (\S+) ?(\d*) ?(.*)/.exec(text)!;
    it(`${file}: ${code}`, () => {
      const pair = check(file, text);
      if (code === 'nothing') {
        assert.equal(pair.verdict, 'agrees', pair.reason);
        assert.deepEqual(pair.gradients.filter(({diagnosis}) => diagnosis !== undefined), []);
        return;
      }
      const [found] = pair.gradients.flatMap(({diagnosis}) => (diagnosis === undefined ? [] : [diagnosis]));
      assert.ok(found, pair.reason);
      assert.deepEqual([found.code, found.line], [code, Number(line)], found.message);
      assert.ok(found.message.includes(message), found.message);
      assert.notEqual(found.why, undefined);
    });
  }
});
