/** Save what the backward needs when the forward has it. */
import type {MistakeKind} from './kind.ts';

export const staleCache: MistakeKind = {
  code: 'stale-cache',
  message: ({name, saved}) => `${name} is made from a saved value that is not what it was: ${saved ?? 'it'} is changed in place after it was saved`,
  why: 'The cache holds the arrays themselves: what is changed in place after it was saved, or saved after it was changed, is not what the forward saw.',
};
