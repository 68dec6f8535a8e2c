/**
 * Python 2 texts, in which / of two integers is floored: tells from what a run raised that a text may be one, and says so in
 * words. Runs nothing.
 */
import type {PythonException} from '../interpreter/exceptions.ts';
import type {Evidence} from './judge.ts';

/** What the reader of a verdict is told, so that a size that Python 3 makes a float does not surprise. */
export const PYTHON_2_NOTE = 'read as Python 2: / of two integers is floored';

/** What Python 3 says where a quotient of integers is used as one. */
const FLOAT_FOR_INTEGER = /^'(?:numpy\.)?float(?:64)?' object cannot be interpreted as an integer|^slice indices must be integers|^only integers, slices|^arrays used as indices must be of integer|^can't multiply sequence by non-int of type '(?:numpy\.)?float/;

/** Words that only Python 2 has, and the one that takes its division away. */
const ONLY_PYTHON_2 = /\bxrange\b|^[ \t]*print[ \t]+["'\w]|\bpast\.builtins\b|\braw_input\b|\.iteritems\(|\.has_key\(|\bcPickle\b/m;
const TRUE_DIVISION = /^from __future__ import [^#\n]*\bdivision\b/m;

/**
 * Whether floor division may be what is missing: the forward takes no inputs, or the backward raises, because of a float in
 * the place of an integer. A backward alone is read as Python 2 only where the text says that it is.
 */
export function stumblesOverDivision({base, failure}: Evidence, text: string): boolean {
  if (!/[^/]\/[^/]/.test(text) || TRUE_DIVISION.test(text)) return false;
  if (base.length === 0) return failure?.kind === 'raised' && isOfFloat(failure.raised.error);
  const raised = base[0].trial.raised;
  return raised !== null && isOfFloat(raised.error) && ONLY_PYTHON_2.test(text);
}

function isOfFloat({type, message}: PythonException): boolean {
  return (type === 'TypeError' || type === 'IndexError') && FLOAT_FOR_INTEGER.test(message);
}
