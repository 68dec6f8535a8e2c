/** Differentiate the difference itself: d(a - b) is da - db. */
import type {MistakeKind} from './kind.ts';
import {factorOf} from './wrong-value-facts.ts';

export const wrongSign: MistakeKind = {
  code: 'wrong-sign',
  explains: (value) => factorOf(value) === -1,
  message: ({name}) => `${name} has the wrong sign: it is -1 times the true gradient`,
  why: 'The gradient points the way in which the loss grows; a minus in the forward, or a difference taken the other way round, turns it.',
};
