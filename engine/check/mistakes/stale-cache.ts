/** Save what the backward needs when the forward has it. */
import type {MistakeKind} from './kind.ts';

export const staleCache: MistakeKind = {
  code: 'stale-cache',
  message: ({name}) => `${name} is made from a cached value that is not what the forward used`,
  why: 'The cache holds the arrays themselves: what is changed in place after it was saved, or saved after it was changed, is not what the forward saw.',
};
