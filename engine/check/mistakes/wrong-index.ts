/** Write the forward access beside the backward one. */
import type {MistakeKind} from './kind.ts';

export const wrongIndex: MistakeKind = {
  code: 'wrong-index',
  message: ({name}) => `${name} reads or writes at the wrong index`,
  why: 'The backward visits the places that the forward visited: the window of output (i, j) starts at i times the stride in both.',
};
