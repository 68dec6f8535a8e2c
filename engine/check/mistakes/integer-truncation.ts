/** Say the dtype. */
import type {MistakeKind} from './kind.ts';

export const integerTruncation: MistakeKind = {
  code: 'integer-truncation',
  message: ({name}) => `${name} is an integer array: gradients written into it lose their fractions`,
  why: 'np.zeros_like of an integer array is an integer array, and writing into it rounds towards zero.',
};
