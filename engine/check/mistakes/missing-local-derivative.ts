/** For s = sigmoid(z) it is s (1 - s), for t = tanh(z) it is 1 - t². */
import type {MistakeKind} from './kind.ts';
import {hasTruthsShape, lacksFactor} from './wrong-value-facts.ts';

export const missingLocalDerivative: MistakeKind = {
  code: 'missing-local-derivative',
  explains: (value) => hasTruthsShape(value) && (lacksFactor(value, (s) => s * (1 - s)) || lacksFactor(value, (t) => 1 - t * t) || lacksFactor(value, (s) => 1 - s)),
  message: ({name}) => `${name} lacks the local derivative of a function that the forward applies`,
  why: 'Every function on the way contributes its derivative, taken where the forward evaluated it; passing the gradient on unchanged says that the derivative is 1.',
};
