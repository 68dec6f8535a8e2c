/** Begin with the gradient that needs only the upstream. */
import type {MistakeKind} from './kind.ts';

export const notImplemented: MistakeKind = {
  code: 'not-implemented',
  message: ({name}) => `${name} is not computed yet`,
  why: 'A gradient of zeros or None is a place to be filled in.',
};
