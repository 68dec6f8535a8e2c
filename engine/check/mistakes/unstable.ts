/** Subtract the maximum before the exponential. */
import type {MistakeKind} from './kind.ts';

export const unstable: MistakeKind = {
  code: 'unstable',
  explains: ({actual}) => actual.data.some((value) => !Number.isFinite(value)),
  message: ({name}) => `${name} holds nan or infinity where the true gradient is finite`,
  why: 'Exponentials overflow and logarithms of zero are infinite; the same function written on shifted scores is not.',
};
