/** Name the operation of the forward, then its pullback. */
import {shapesFirst} from './kind.ts';
import type {MistakeKind} from './kind.ts';

export const wrongOperation: MistakeKind = {
  code: 'wrong-operation',
  message: (facts) => `${shapesFirst(facts)}another operation is needed here`,
  why: 'The pullback of an elementwise product is elementwise, that of a matrix product is a matrix product; a sum is undone by copying, a mean by copying and dividing.',
};
