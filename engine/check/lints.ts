/** The lints of a pair as problems: mistakes that are read off the text because no number shows them. */
import {positionAt} from '../python/lines.ts';
import type {PairFile} from './file.ts';
import type {Evidence} from './evidence.ts';
import {forgottenGradient} from './mistakes/forgotten-gradient.ts';
import type {Lint, Linted} from './mistakes/lint.ts';
import {overflowingSoftmax} from './mistakes/overflowing-softmax.ts';
import {sumWithoutAxis} from './mistakes/sum-without-axis.ts';
import {wholeDivision} from './mistakes/whole-division.ts';
import {placesOf} from './places.ts';
import type {ProblemReport} from './report.ts';

const lints: readonly Lint[] = [overflowingSoftmax, wholeDivision, forgottenGradient, sumWithoutAxis];

/** Every finding of every lint, in the order of the lints; none for a pair that did not run. */
export function lintProblems(evidence: Evidence, file: PairFile): ProblemReport[] {
  const linted = lintedOf(evidence, file);
  if (linted === null) return [];
  return lints.flatMap(({code, find}) => [...find(linted)].map(({span, message, severity}): ProblemReport => {
    const {line, column} = positionAt(file.lines, span.start);
    return {code, severity, line, column, message};
  }));
}

function lintedOf({pair, base}: Evidence, file: PairFile): Linted | null {
  const trial = base.at(0)?.trial ?? null;
  if (trial === null || trial.unknown !== null) return null;
  const places = placesOf(pair, file.lines);
  const [forward, backward] = pair.pattern === 'script' ? [pair.forward, pair.backward] : [pair.forward.body, pair.backward.body];
  return {
    module: file.module, text: file.text, forward, backward, backwardSpan: places.backwardSpan, backwardName: places.backward.name, trial,
    given: new Set(pair.gradients.map(({of}) => of ?? '')),
  };
}
