/** Start from zeros and add. */
import type {MistakeKind} from './kind.ts';

export const missingAccumulation: MistakeKind = {
  code: 'missing-accumulation',
  explains: ({text}) => /\]\s*=[^=]/.test(text) && /\bfor\b/.test(text),
  message: ({name}) => `${name} is overwritten where contributions have to be added up`,
  why: 'Where windows overlap, time steps share weights, or a value is used twice, each use adds to the gradient; the last one does not replace the others.',
};
