/** How a wrong gradient is related to the truth: transposed, a multiple, not summed. Looks at numbers only. */
import type {Finding} from '../verdicts.ts';
import type {DiagnosisCode} from '../report.ts';
import {isMultiple} from '../conventions/convention.ts';
import {sameShape} from '../quantity.ts';

export interface Relation {
  readonly code: DiagnosisCode;
  /** The user's gradient is this many times the true one; null when it is no multiple. */
  readonly factor: number | null;
}

export function kindOfRelation({truth, actual, comparison}: Extract<Finding, {kind: 'disagrees'}>): Relation {
  if (comparison.difference === 'shape') {
    if (sameShape([...actual.shape].reverse(), truth.shape)) return {code: 'missing-transpose', factor: null};
    if (actual.data.length > truth.data.length && actual.shape.length > truth.shape.length) return {code: 'missing-batch-sum', factor: null};
    return {code: 'wrong-shape', factor: null};
  }
  if (comparison.difference === 'nan') return {code: 'unstable', factor: null};
  const factor = factorOf(truth.data, actual.data);
  if (factor !== null) return {code: factor === -1 ? 'wrong-sign' : 'wrong-scale', factor};
  const [rows, columns] = truth.shape;
  if (truth.shape.length === 2 && rows === columns && truth.data.every((value, i) => Math.abs(value - actual.data[(i % rows) * rows + Math.floor(i / rows)]) <= 1e-9 * Math.abs(value))) {
    return {code: 'missing-transpose', factor: null};
  }
  return {code: 'wrong-value', factor: null};
}

/** k where b = k a throughout, or null. */
function factorOf(a: Float64Array, b: Float64Array): number | null {
  let at = 0;
  a.forEach((value, i) => {
    if (Math.abs(value) > Math.abs(a[at])) at = i;
  });
  if (a.length === 0 || a[at] === 0 || b[at] === 0) return null;
  const factor = b[at] / a[at];
  const rounded = Number(factor.toPrecision(12));
  return isMultiple(b, a, factor) ? rounded : null;
}
