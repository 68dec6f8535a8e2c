/** Copy what is to be changed. */
import type {MistakeKind} from './kind.ts';

export const inputMutated: MistakeKind = {
  code: 'input-mutated',
  message: ({name}) => `${name} shares memory with an array that is changed in place and needed later`,
  why: 'An assignment binds a second name to the same array; an in-place change through one is seen through the other.',
};
