/** Divide as floats. */
import type {MistakeKind} from './kind.ts';

export const integerDivision: MistakeKind = {
  code: 'integer-division',
  message: ({name}) => `${name} divides whole numbers and drops the fraction`,
  why: 'Whole-number division throws the fraction away: under Python 2 1 / N is 0, and // always drops it.',
};
