/** Weight decay added by a layer whose forward has none: every wrong gradient is the truth plus one λ times its own weights. */
import {inEvery} from './convention.ts';
import type {ConventionRule, Judged, Wrong} from './convention.ts';

export const decayAdded: ConventionRule = {
  name: 'decay-added',
  recognise(pair, trials) {
    if (pair.pattern !== 'function-pair' && pair.pattern !== 'class') return null;
    let lambda: number | null = null;
    return inEvery(trials, (finding, judged) => {
      const found = decayIn(finding, judged);
      if (found === null || found <= 0 || (lambda !== null && Math.abs(found - lambda) > 1e-6 * lambda)) return false;
      lambda = found;
      return true;
    });
  },
};

/** The λ for which actual = truth + λ leaf, or null. */
function decayIn({truth, actual, comparison, gradient}: Wrong, {trial}: Judged): number | null {
  const leaf = trial.leaves.get(gradient.of);
  if (leaf === undefined || comparison.difference !== 'value' || leaf.data.length < 2) return null;
  let numerator = 0;
  let denominator = 0;
  for (let i = 0; i < leaf.data.length; i++) {
    numerator += (actual.data[i] - truth.data[i]) * leaf.data[i];
    denominator += leaf.data[i] ** 2;
  }
  const lambda = numerator / denominator;
  let scale = 0;
  for (const value of truth.data) scale = Math.max(scale, Math.abs(value));
  const exact = leaf.data.every((value, i) => Math.abs(actual.data[i] - truth.data[i] - lambda * value) <= 1e-9 * scale);
  return exact ? lambda : null;
}
