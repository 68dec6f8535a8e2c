/** NumPy has an unbuffered form of the operation. */
import type {MistakeKind} from './kind.ts';

export const lostDuplicates: MistakeKind = {
  code: 'lost-duplicates',
  explains: ({text}) => /\[[^\]:]*\]\s*[+-]?=/.test(text) && !/\bfor\b/.test(text) && /\bd\w*\[\s*(?:x|ix|ids|idx|words|inputs|indices|self\.x|self\.idx)\s*\]/.test(text),
  message: ({name}) => `repeated indices are lost in ${name}: a row that was looked up more than once gets only one of its contributions`,
  why: 'dW[ix] += d reads, adds and writes back once for each distinct index: when a row stands twice in ix, one contribution is lost.',
};
