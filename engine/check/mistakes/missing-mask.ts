/** The mask of the forward is the mask of the backward. */
import type {MistakeKind} from './kind.ts';
import {hasTruthsShape} from './wrong-value-facts.ts';

export const missingMask: MistakeKind = {
  code: 'missing-mask',
  explains: ({truth, actual, ...value}) => hasTruthsShape({truth, actual, ...value}) && truth.data.includes(0) && truth.data.some((number) => number !== 0) && truth.data.every((number, i) => number === 0 || Math.abs(number - actual.data[i]) <= 1e-9 * Math.abs(number)),
  message: ({name}) => `${name} lets gradient through where the forward lets nothing through`,
  why: 'Where a ReLU, a maximum or dropout gave zero, the output does not depend on the input, and the gradient is zero.',
};
