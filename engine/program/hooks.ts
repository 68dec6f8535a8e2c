/**
 * Methods that a subclass writes for its base class to call: `_forward(x)` and `_backward(grad)`, which leave everything in
 * attributes, behind a public `forward` and `backward` of the base. Reads text only; the base may stand in another file.
 */
import type {FunctionDef} from '../python/ast.ts';
import {returnsOf} from './definitions.ts';
import type {Match} from './matching.ts';
import {scopeOf} from './scopes.ts';

/**
 * The match of two such methods with the gradient that the public backward returns, of the forward's first argument, and without
 * the labels that every layer is handed and this one does not look at; any other match as it is.
 */
export function withHooks(match: Match): Match {
  const {backward, values} = match;
  const parameters = match.parameters.map((parameter) =>
    parameter.role === 'label' && isUnread(backward, parameter.name) ? {...parameter, role: 'hyperparameter', of: null} as const : parameter);
  if (!isHook(match) || !parameters.some(({role}) => role === 'upstream') || values.parameters.length === 0) return match;
  const own = match.gradients.filter(({position, of}) => position === null && of !== null);
  return {...match, parameters, gradients: [{name: null, position: 0, of: values.parameters[0], by: 'position', span: backward.nameSpan}, ...own.filter(({of}) => of !== values.parameters[0])]};
}

/** Whether neither method returns anything, and both are called by others. */
export function isHook({forward, backward}: {readonly forward: FunctionDef; readonly backward: FunctionDef}): boolean {
  return [forward, backward].every((method) => /^_(?!_)/.test(method.name) && returnsOf(method).length === 0);
}

function isUnread(definition: FunctionDef, name: string): boolean {
  return definition.params.some((parameter) => parameter.name === name) && !scopeOf(definition).reads.has(name);
}
