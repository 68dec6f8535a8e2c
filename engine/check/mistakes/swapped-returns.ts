/** Compare the return with the signature. */
import type {MistakeKind} from './kind.ts';

export const swappedReturns: MistakeKind = {
  code: 'swapped-returns',
  message: () => 'the gradients are right but are returned in the wrong order',
  why: "The caller takes the gradients by position: their order is the order of the forward's inputs.",
};
