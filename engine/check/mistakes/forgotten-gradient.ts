/** A weight or bias that the forward uses and whose gradient the backward does not give, while it gives others. */
import {largestOf} from '../compare.ts';
import type {Lint} from './lint.ts';

export const forgottenGradient: Lint = {
  code: 'missing-gradient',
  * find({trial, given, backwardSpan, backwardName}) {
    if (trial?.found == null || trial.interleaved || trial.found.length < 2 || trial.found.some(({of}) => !trial.truths.has(of))) return;
    for (const [of, truth] of trial.truths) {
      if (given.has(of) || !isParameter(of) || truth.data.length === 0 || largestOf(truth.data.map(Math.abs)) === 0) continue;
      yield {span: backwardSpan, severity: 'warning', message: `${backwardName} gives no gradient of ${of}, which the forward uses: ${of} is never trained`};
    }
  },
};

/** `b`, `w2`, `gamma`, `bias`: what is trained. Data, states and targets may well have no gradient. */
function isParameter(of: string): boolean {
  return /^(?:b|w|W|bias|weights?|gamma|beta)\d*$/.test(of);
}
