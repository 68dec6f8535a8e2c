/** Count the inputs and the returned values. */
import type {MistakeKind} from './kind.ts';

export const missingGradient: MistakeKind = {
  code: 'missing-gradient',
  message: ({of}) => `the gradient of ${of} is not returned`,
  why: 'Every parameter that the forward uses has a gradient, or it is never trained.',
};
