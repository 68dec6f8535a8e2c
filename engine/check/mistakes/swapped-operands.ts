/** The order in the gradient follows the order in the forward. */
import {shapesFirst} from './kind.ts';
import type {MistakeKind} from './kind.ts';

export const swappedOperands: MistakeKind = {
  code: 'swapped-operands',
  message: (facts) => `${shapesFirst(facts)}the operands of a product here stand in the wrong order`,
  why: 'A matrix product does not commute: in Y = X W the gradient of X keeps W on the right (transposed), the gradient of W keeps X on the left.',
};
