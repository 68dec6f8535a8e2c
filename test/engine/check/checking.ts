/** Checks Python texts for tests: one file in a project of its own, run to its end. */
import assert from 'node:assert/strict';
import type {FileAnalysis} from '../../../engine/check/analysis.ts';
import type {GradientReport, PairReport} from '../../../engine/check/report.ts';
import {createProject} from '../../../engine/project.ts';
import type {AnalyzeOptions, Project, UnitDone} from '../../../engine/project.ts';

/** The whole analysis of `project`'s file at `path`, and every unit on the way. */
export function analyse(project: Project, path: string, options: AnalyzeOptions = {}): {readonly analysis: FileAnalysis; readonly units: readonly UnitDone[]} {
  const units: UnitDone[] = [];
  const generator = project.analyze(path, options);
  let step = generator.next();
  for (; !step.done; step = generator.next()) units.push(step.value);
  return {analysis: step.value, units};
}

/** A project without files, whose clock stands still: verdicts must not need one. */
export function emptyProject(files: Readonly<Record<string, string>> = {}): Project {
  return createProject({readFile: (path) => files[path] ?? null, now: () => 0});
}

export function check(text: string, options: AnalyzeOptions = {}): FileAnalysis {
  const project = emptyProject();
  project.update('layers.py', text);
  return analyse(project, 'layers.py', options).analysis;
}

/** The report on the only pair of a text. */
export function checkPair(text: string, options: AnalyzeOptions = {}): PairReport {
  const {pairs} = check(text, options).report;
  assert.deepEqual(pairs.length, 1, `one pair expected, found: ${pairs.map(({name}) => name).join(', ')}`);
  return pairs[0];
}

export function gradientOf(pair: PairReport, of: string): GradientReport {
  const gradient = pair.gradients.find((one) => one.of === of);
  assert.ok(gradient, `no gradient of ${of} among ${pair.gradients.map((one) => one.of).join(', ')}`);
  return gradient;
}

/** What a failed expectation should show. */
export function told(pair: PairReport): string {
  return `${pair.verdict}: ${pair.reason}\n${pair.gradients.map(({of, verdict, reason}) => `  ${of} ${verdict} ${reason ?? ''}`).join('\n')}`;
}
