/**
 * Every mistake of the list of mistakes that people really make has a fixture that is diagnosed as its first line says, and a
 * right twin on which nothing is said. The first line is `# expect: CODE LINE MESSAGE`, with `problem` before the code for what
 * is a warning beside a right gradient, `setting` for what is wrong in a setting only, and `incomplete` for what is not written yet.
 */
import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import type {DiagnosisCode, FileReport} from '../../../engine/check/report.ts';
import {analyse, emptyProject} from './checking.ts';

const folder = join(import.meta.dirname, '../../fixtures/mistakes');
const files = readdirSync(folder).filter((name) => name.endsWith('.py'));

/** The mistakes by their numbers, with the code that a diagnosis reports. */
const codes: readonly (readonly [number, DiagnosisCode])[] = [
  [1, 'missing-accumulation'], [2, 'wrong-shape'], [3, 'wrong-index'], [4, 'stale-cache'], [5, 'wrong-index'], [6, 'not-implemented'],
  [7, 'missing-path'], [8, 'wrong-scale'], [9, 'wrong-value'], [10, 'wrong-regularization-factor'], [11, 'missing-regularization'],
  [12, 'missing-regularization'], [13, 'missing-gradient'], [14, 'wrong-shape'], [15, 'missing-factor'], [16, 'input-mutated'],
  [17, 'integer-division'], [18, 'unstable'], [19, 'missing-local-derivative'], [20, 'missing-path'], [21, 'missing-path'],
  [22, 'wrong-value'], [23, 'wrong-axis'], [24, 'missing-batch-sum'], [25, 'wrong-scale'], [26, 'wrong-scale'], [27, 'wrong-operation'],
  [28, 'wrong-variable'], [29, 'wrong-variable'], [30, 'wrong-variable'], [31, 'missing-path'], [32, 'missing-mask'],
  [33, 'lost-duplicates'], [34, 'missing-accumulation'], [35, 'missing-factor'], [36, 'swapped-operands'], [37, 'tie'],
  [38, 'missing-upstream'], [39, 'integer-truncation'], [40, 'missing-transpose'], [41, 'wrong-sign'], [42, 'wrong-mask'],
  [43, 'swapped-returns'], [44, 'missing-factor'], [45, 'off-by-one'],
];

/** Codes that say the same of a particular fixture in other words. */
const alsoSaid: Readonly<Record<number, readonly DiagnosisCode[]>> = {
  44: ['wrong-scale'], 45: ['wrong-index'], 29: ['missing-transpose'],
};

interface Expected {
  readonly where: 'diagnosis' | 'problem' | 'setting' | 'incomplete' | 'nothing';
  readonly code: string;
  readonly line: number;
  readonly message: string;
}

function expectedIn(text: string): Expected {
  const [first] = text.split('\n');
  const found = /^# expect: (?:(problem|setting|incomplete) ?)?(.*)$/.exec(first);
  assert.ok(found, first);
  const rest = found[2];
  if (rest === 'nothing') return {where: 'nothing', code: '', line: 0, message: ''};
  if (found[1] === 'incomplete') return {where: 'incomplete', code: 'not-implemented', line: 0, message: rest};
  const said = /^([\w-]+) (\d+) ?(.*)$/.exec(rest);
  assert.ok(said, first);
  return {where: (found[1] as Expected['where'] | undefined) ?? 'diagnosis', code: said[1], line: Number(said[2]), message: said[3]};
}

function reportOn(file: string): {readonly report: FileReport; readonly expected: Expected} {
  const text = readFileSync(join(folder, file), 'utf8');
  const project = emptyProject();
  project.update(file, text);
  return {report: analyse(project, file).analysis.report, expected: expectedIn(text)};
}

function saysNothing({pairs, problems}: FileReport): void {
  assert.ok(pairs.length > 0);
  for (const pair of pairs) {
    assert.equal(pair.verdict, 'agrees', pair.reason);
    assert.equal(pair.exceptions, undefined);
    assert.deepEqual(pair.gradients.filter(({diagnosis}) => diagnosis !== undefined), []);
  }
  assert.deepEqual(problems, []);
}

function says({pairs, problems}: FileReport, {where, code, line, message}: Expected): void {
  const reasons = pairs.map(({reason}) => reason).join('; ');
  if (where === 'incomplete') {
    const pair = pairs.find(({verdict}) => verdict === 'incomplete');
    assert.ok(pair, reasons);
    assert.ok(pair.reason.includes(message), pair.reason);
    assert.ok(pair.gradients.some(({verdict}) => verdict === 'missing'));
    return;
  }
  if (where === 'problem') {
    assert.ok(pairs.every(({verdict}) => verdict === 'agrees'), reasons);
    const found = problems.find((problem) => problem.code === code);
    assert.ok(found, JSON.stringify(problems));
    assert.equal(found.line, line, found.message);
    assert.ok(found.message.includes(message), found.message);
    return;
  }
  const exceptions = pairs.flatMap((pair) => pair.exceptions ?? []);
  const found = where === 'setting' ? exceptions.map(({diagnosis}) => diagnosis).at(0) : pairs.flatMap(({gradients}) => gradients).map(({diagnosis}) => diagnosis).find((diagnosis) => diagnosis !== undefined);
  assert.ok(found, reasons);
  assert.deepEqual([found.code, found.line], [code, line], found.message);
  assert.notEqual(found.why, undefined);
  const sentence = where === 'setting' ? exceptions[0].message : found.message;
  assert.ok(sentence.includes(message), sentence);
}

describe('mistakes that people really make', () => {
  for (const file of files) {
    it(file.replace('.py', ''), () => {
      const {report, expected} = reportOn(file);
      if (expected.where === 'nothing') saysNothing(report);
      else says(report, expected);
    });
  }

  for (const [number, code] of codes) {
    it(`number ${number}, ${code}, has a fixture with that code, and every fixture of it a right twin`, () => {
      const own = files.filter((name) => name.startsWith(`${String(number).padStart(2, '0')}-`));
      const wrong = own.filter((name) => !name.endsWith('.right.py'));
      assert.ok(wrong.length > 0);
      for (const name of wrong) {
        const expected = expectedIn(readFileSync(join(folder, name), 'utf8'));
        assert.ok([code, ...alsoSaid[number] ?? []].includes(expected.code as DiagnosisCode), `${name}: ${expected.code}`);
        assert.ok(own.includes(name.replace('.py', '.right.py')), `${name} has no right twin`);
        assert.equal(expectedIn(readFileSync(join(folder, name.replace('.py', '.right.py')), 'utf8')).where, 'nothing');
      }
    });
  }

  it('are all of the list, and nothing else is in the folder', () => {
    assert.deepEqual([...new Set(files.map((name) => Number(name.slice(0, 2))))].sort((a, b) => a - b), codes.map(([number]) => number));
  });
});
