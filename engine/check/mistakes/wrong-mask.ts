/** Ask which array the forward compared with zero. */
import type {MistakeKind} from './kind.ts';
import {hasTruthsShape} from './wrong-value-facts.ts';

export const wrongMask: MistakeKind = {
  code: 'wrong-mask',
  explains: ({truth, actual, ...value}) => hasTruthsShape({truth, actual, ...value}) && truth.data.includes(0) && actual.data.includes(0) && truth.data.every((number, i) => number === 0 || actual.data[i] === 0 || Math.abs(number - actual.data[i]) <= 1e-9 * Math.abs(number)),
  message: ({name}) => `${name} is masked by the wrong condition or array`,
  why: "The mask says where the forward let its input through, so it is made from the forward's input, not from the gradient or another layer.",
};
