/** Follow one element from the forward to the backward. */
import type {MistakeKind} from './kind.ts';

export const offByOne: MistakeKind = {
  code: 'off-by-one',
  message: ({name}) => `${name} is off by one in an index, a range or a number`,
  why: 'Time step t used the state of t - 1, and a range that leaves out its last or first element leaves out its gradient.',
};
