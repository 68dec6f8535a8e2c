/** Gradients clipped on return: equal to the truth where it is small, and to the same bound with the truth's sign elsewhere. */
import {inEvery} from './convention.ts';
import type {ConventionRule, Wrong} from './convention.ts';

export const clipped: ConventionRule = {
  name: 'clipped',
  recognise: (_pair, trials) => inEvery(trials, isClipped),
};

function isClipped({truth, actual, comparison}: Wrong): boolean {
  if (comparison.difference !== 'value') return false;
  let bound = 0;
  for (const value of actual.data) bound = Math.max(bound, Math.abs(value));
  if (bound === 0) return false;
  let cut = 0;
  for (let i = 0; i < truth.data.length; i++) {
    const expected = Math.max(-bound, Math.min(bound, truth.data[i]));
    if (Math.abs(actual.data[i] - expected) > 1e-9 * bound) return false;
    if (expected !== truth.data[i]) cut++;
  }
  return cut > 0 && Math.abs(bound - Number(bound.toPrecision(3))) <= 1e-9 * bound;
}
