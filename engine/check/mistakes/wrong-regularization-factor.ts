/** Look at the term in the loss and differentiate it. */
import type {MistakeKind} from './kind.ts';
import {missingDecay} from './wrong-value-facts.ts';

export const wrongRegularizationFactor: MistakeKind = {
  code: 'wrong-regularization-factor',
  explains: (value) => missingDecay(value) !== null && /\b(?:reg|lam|lambd|lambda_?|decay|weight_decay|l2)\b/.test(value.text),
  message: ({name, of}) => `the regularisation in ${name} has another factor than the derivative of its term in the loss has for ${of}`,
  why: 'The derivative of λ‖W‖² is 2 λ W; with a ½ in the loss it is λ W. The two have to match.',
};
