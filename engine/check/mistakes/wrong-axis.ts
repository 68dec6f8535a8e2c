/** Ask of each axis: did the forward copy the value along it? Then it is summed. */
import {shapesFirst} from './kind.ts';
import type {MistakeKind} from './kind.ts';

export const wrongAxis: MistakeKind = {
  code: 'wrong-axis',
  explains: ({truth, actual, text}) => /\b(?:sum|mean)\(/.test(text) && truth.shape.join() !== actual.shape.join() && truth.data.length !== actual.data.length,
  message: (facts) => `${shapesFirst(facts)}a sum or mean here runs over the wrong axis`,
  why: 'The sum in a gradient runs over the axes along which the value was broadcast, and no others.',
};
