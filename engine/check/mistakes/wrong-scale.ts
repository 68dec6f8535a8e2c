/** Follow the constants from the loss down: each appears in the gradient as often as in the forward. */
import {times} from './kind.ts';
import type {MistakeKind} from './kind.ts';
import {factorOf, hasTruthsShape} from './wrong-value-facts.ts';

export const wrongScale: MistakeKind = {
  code: 'wrong-scale',
  explains: (value) => hasTruthsShape(value) && factorOf(value) !== null,
  message: ({name, factor}) => (factor === null ? `${name} has a constant factor too many or too few` : `${name} is ${times(factor)} the true gradient`),
  why: 'A constant factor of the forward (the 1/N of a mean, the 2 of a square, a ½ in the loss that cancels it) goes through the derivative unchanged, once and only once.',
};
