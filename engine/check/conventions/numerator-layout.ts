/** The gradient of a scalar as a row vector: every gradient of the pair is the truth transposed. Never a (1, D) for a (D,). */
import {wrongIn} from './convention.ts';
import type {ConventionRule, Wrong} from './convention.ts';
import {sameShape} from '../quantity.ts';

export const numeratorLayout: ConventionRule = {
  name: 'numerator-layout',
  recognise(_pair, trials) {
    const names = new Set<string>();
    for (const judged of trials) {
      const wrong = wrongIn(judged);
      const right = judged.findings.filter((finding) => finding.kind === 'agrees' && finding.truth.shape.filter((size) => size > 1).length > 0);
      // Of half a backward nobody can tell yet.
      const unwritten = judged.findings.some(({kind}) => kind === 'missing');
      if (wrong.length === 0 || unwritten || right.length > 0 || !wrong.every(isTransposed)) return null;
      for (const finding of wrong) names.add(finding.gradient.name);
    }
    return names.size > 0 ? names : null;
  },
};

function isTransposed({truth, actual, comparison}: Wrong): boolean {
  if (truth.shape.length !== 2 || comparison.difference !== 'shape') return false;
  const [rows, columns] = truth.shape;
  if (!sameShape(actual.shape, [columns, rows])) return false;
  let scale = 0;
  for (const value of truth.data) scale = Math.max(scale, Math.abs(value));
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      if (Math.abs(truth.data[i * columns + j] - actual.data[j * rows + i]) > 1e-9 * scale) return false;
    }
  }
  return scale > 0;
}
