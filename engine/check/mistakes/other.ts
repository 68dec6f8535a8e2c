/** Compare the gradients of the intermediate values one by one. */
import type {MistakeKind} from './kind.ts';

export const other: MistakeKind = {
  code: 'other',
  message: ({name, of}) => `${name} is not ∂L/∂${of}`,
  why: 'The value differs from the exact gradient.',
};
