/** Route through one winner. */
import type {MistakeKind} from './kind.ts';

export const tie: MistakeKind = {
  code: 'tie',
  message: ({name}) => `${name} counts a tie twice`,
  why: 'Where two elements are both the maximum only one of them wins, or they share: the contributions may not add up to more than the upstream.',
};
