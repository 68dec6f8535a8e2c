/**
 * Backwards that are still to be written: a body of `pass`, `...`, a docstring, unpacking and local names, or `None` in the
 * place of a weight's gradient. Says which gradients are expected there, one for each array argument. Reads text only.
 */
import type {FunctionDef, Stmt} from '../python/ast.ts';
import {returnsOf} from './definitions.ts';
import type {ForwardValues} from './forward-values.ts';
import {isConfigurationName, isHyperparameterName, isLabelName} from './naming.ts';
import type {GradientName} from './pair.ts';
import type {Returned} from './returned.ts';

/** The gradients that a backward which gives none yet will have to give; none where it does something else. */
export function expectedGradients(backward: FunctionDef, values: ForwardValues): readonly GradientName[] {
  if (returnsOf(backward).some(({value}) => value.kind !== 'Constant') || !backward.body.every(isStillToCome)) return [];
  return dataOf(values).map((of, position) => expected(of, position, backward));
}

/** The same for each `None` among what is returned, where there is one thing for each array argument in its place. */
export function expectedForNones(returned: readonly Returned[], given: readonly GradientName[], backward: FunctionDef, values: ForwardValues): readonly GradientName[] {
  const data = dataOf(values);
  if (returned.length !== data.length || given.length === 0 || returned.some(({key}) => key !== null)) return [];
  if (given.some(({of, position}) => position === null || of !== data[position])) return [];
  return returned.flatMap(({none, position}) => (none && position !== null && isTrained(data[position]) ? [expected(data[position], position, backward)] : []));
}

function expected(of: string, position: number, {nameSpan}: FunctionDef): GradientName {
  return {name: `d${of}`, position, of, by: 'position', span: nameSpan};
}

function dataOf({parameters}: ForwardValues): readonly string[] {
  return parameters.filter((name) => !isHyperparameterName(name) && !isLabelName(name) && !isConfigurationName(name) && !isIndexName(name));
}

/** What holds indices: it has no gradient. */
function isIndexName(name: string): boolean {
  return /^(?:ix|ids?|idx|ind(?:ex|ices|s)?|words?|tokens?|inds|axis|axes|shape)$/i.test(name);
}

/** Weights and biases; of data, `None` may be all that is to be given. */
function isTrained(name: string): boolean {
  return /^(?:b|w|bias|weights?|gamma|beta)\d*$/i.test(name);
}

/** What stands in a template, or is a step on the way: nothing is called for its effect, nothing is left in an object. */
function isStillToCome(statement: Stmt): boolean {
  switch (statement.kind) {
    case 'Pass': case 'Raise': case 'Return': return true;
    case 'Assert': return statement.test.kind === 'Constant';
    case 'ExprStmt': return statement.value.kind === 'Constant' || statement.value.kind === 'String';
    case 'Assign': return statement.targets.every((target) => target.kind === 'Name' || (target.kind === 'Tuple' && target.items.every(({kind}) => kind === 'Name')));
    default: return false;
  }
}
