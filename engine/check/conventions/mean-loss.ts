/**
 * A loss layer that returns one loss for each example, and whose backward is of their mean, which is taken elsewhere: all gradients
 * are 1/n of those of the sum.
 */
import {SMALL_EPSILON, inEvery, isMultiple} from './convention.ts';
import type {ConventionRule} from './convention.ts';

export const meanLoss: ConventionRule = {
  name: 'mean-loss',
  recognise(pair, trials) {
    if (pair.pattern === 'script') return null;
    return inEvery(trials, (finding, {trial: {outputs, interleaved}}) => {
      const [losses] = outputs;
      if (!interleaved || outputs.length !== 1 || losses.shape.length === 0 || losses.data.length < 2) return false;
      return finding.comparison.difference === 'value' && isMultiple(finding.actual.data, finding.truth.data, 1 / losses.data.length, SMALL_EPSILON);
    });
  },
};
