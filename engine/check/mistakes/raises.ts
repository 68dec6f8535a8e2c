/** Read the shapes of the operands in the message. */
import type {MistakeKind} from './kind.ts';

export const raises: MistakeKind = {
  code: 'raises',
  message: ({name}) => `${name} could not be computed: the backward raises`,
  why: 'A backward has to run on everything that its forward accepts.',
};
