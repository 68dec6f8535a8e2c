/** The derivative of λ‖W‖² is 2 λ W, that of ½ λ‖W‖² is λ W. */
import type {MistakeKind} from './kind.ts';
import {missingDecay} from './wrong-value-facts.ts';

export const missingRegularization: MistakeKind = {
  code: 'missing-regularization',
  explains: (value) => missingDecay(value) !== null && !/\b(?:reg|lam|lambd|lambda_?|decay|weight_decay|l2)\b/.test(value.text),
  message: ({name, of}) => `${name} and the loss disagree about the regularisation of ${of}`,
  why: 'A penalty on the weights is part of the loss, so its derivative is part of the gradient; a penalty that is not in the loss is not.',
};
