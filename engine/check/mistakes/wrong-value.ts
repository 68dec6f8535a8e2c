/** Compare the gradients of the intermediate values one by one. */
import type {MistakeKind} from './kind.ts';

export const wrongValue: MistakeKind = {
  code: 'wrong-value',
  explains: () => true,
  message: ({name, of}) => `${name} is not ∂L/∂${of}`,
  why: 'The value differs from the exact gradient in a way that is none of the usual ones: derive it again from the forward, one operation at a time.',
};
