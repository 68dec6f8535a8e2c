/**
 * Python 2 texts, in which / of two integers is floored: tells from what a run raised that a text may be one, and says so in
 * words. Runs nothing.
 */
import type {Activation} from '../interpreter/events.ts';
import type {PythonException} from '../interpreter/exceptions.ts';
import type {Module} from '../python/ast.ts';
import {asksForTrueDivision} from '../python/future.ts';
import {walk} from '../python/walk.ts';
import type {PairFile} from './file.ts';
import type {Evidence} from './evidence.ts';

/** What the reader of a verdict is told, so that a size that Python 3 makes a float does not surprise. */
export const PYTHON_2_NOTE = 'read as Python 2: / of two integers is floored';

/** What Python 3 says where a quotient of integers is used as one. */
const FLOAT_FOR_INTEGER = /^'(?:numpy\.)?float(?:64)?' object cannot be interpreted as an integer|^slice indices must be integers|^only integers, slices|^arrays used as indices must be of integer|^can't multiply sequence by non-int of type '(?:numpy\.)?float/;

/** Words that only Python 2 has. */
const ONLY_PYTHON_2 = /\bxrange\b|^[ \t]*print[ \t]+["'\w]|\bpast\.builtins\b|\braw_input\b|\.iteritems\(|\.has_key\(|\bcPickle\b/m;

/**
 * Whether floor division may be what is missing: the forward takes no inputs, or the backward raises, because of a float in
 * the place of an integer. A backward alone is read as Python 2 only where the text says that it is.
 */
export function stumblesOverDivision({base, failure}: Evidence, file: PairFile): boolean {
  const raised = base.length === 0 ? (failure?.kind === 'raised' ? failure.raised : null) : base[0].trial.raised;
  return raised !== null && (base.length === 0 || ONLY_PYTHON_2.test(file.text)) && isOfDivision(raised.error, file);
}

/** Whether an error speaks of a float in the place of an integer, and the file or those whose code was running divide. */
export function isOfDivision(error: PythonException, {module}: PairFile): boolean {
  if ((error.type !== 'TypeError' && error.type !== 'IndexError') || !FLOAT_FOR_INTEGER.test(error.message)) return false;
  return isDividing(module) || activationsOf(error).some((activation) => isDividing(activation.module));
}

/** Who was running when it was raised, innermost first: the size may have been computed in another file. */
function activationsOf({raisedAt}: PythonException): readonly Activation[] {
  const found: Activation[] = [];
  for (let one = raisedAt?.activation ?? null; one !== null; one = one.caller) found.push(one);
  return found;
}

const dividing = new WeakMap<Module, boolean>();

/** Whether `module` divides with /, and does not ask for the division of Python 3. */
function isDividing(module: Module): boolean {
  const known = dividing.get(module);
  if (known !== undefined) return known;
  let found = false;
  if (!asksForTrueDivision(module.body)) {
    for (const statement of module.body) walk(statement, (node) => { found ||= (node.kind === 'Binary' || node.kind === 'AugAssign') && node.operator === '/'; return !found; });
  }
  dividing.set(module, found);
  return found;
}
