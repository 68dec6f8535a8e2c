/** Pictures of real programs, as the server makes them, for tests of what is drawn. */
import {readFileSync} from 'node:fs';
import {createProject} from '../../../engine/project.ts';
import {picture} from '../../../extension/server/features/graph.ts';
import type {Site} from '../../../extension/protocol.ts';
import type {Answer, Question} from '../../../engine/graph/study.ts';
import type {Picture} from '../../../webview/protocol.ts';

export const exampleText = (name: string): string => readFileSync(new URL(`../../../examples/${name}.py`, import.meta.url), 'utf8');

/** A picture, and what the engine answers about it. */
export interface Recorded {
  readonly picture: Picture;
  readonly answer: (question: Question) => Answer | null;
}

/** The first pair of a text. */
export function pictureOf(text: string, opened: readonly string[] = []): Picture {
  return recordedOf(text, opened).picture;
}

export function recordedOf(text: string, opened: readonly string[] = []): Recorded {
  const project = createProject({readFile: () => null, now: () => 0});
  project.update('a.py', text);
  const units = project.analyze('a.py');
  let step = units.next();
  while (step.done !== true) step = units.next();
  const [pair] = step.value.pairs;
  const graph = project.graphOf('a.py', pair.report.name, {opened});
  if (graph === null) throw new Error('there is no graph');
  const lines = (offset: number): number => text.slice(0, offset).split('\n').length - 1;
  const siteAt = (start: number, end: number): Site => ({uri: 'file:///a.py', range: {start: {line: start, character: 0}, end: {line: end, character: 80}}});
  const made = picture(graph, pair, {
    uri: 'file:///a.py', path: 'a.py',
    ofSpan: ({start, end}) => siteAt(lines(start), lines(end)), ofLine: (line) => siteAt(line - 1, line - 1),
  }, {told: () => 'kind', next: ({diagnosis}) => (diagnosis === undefined ? null : {mistake: `key of ${diagnosis.code}`, question: 'Why is it wrong?'})});
  return {picture: made, answer: (question) => project.studyOf('a.py', pair.report.name, question, {opened})};
}
