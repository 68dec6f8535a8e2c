/**
 * A torch.autograd.Function, or the look-alikes of people's own engines: forward(ctx, ...) saves, backward(ctx,
 * grad_output) returns one gradient per argument of the forward, in its order.
 */
import type {ClassDef, FunctionDef} from '../../python/ast.ts';
import type {FindContext, Finder} from '../context.ts';
import {flatten, isStatic, ownMethods} from '../definitions.ts';
import {isStub} from '../evidence.ts';
import {returnedBy} from '../returned.ts';
import {isConfigurationName, isHyperparameterName, isUpstreamName} from '../naming.ts';
import type {BackwardParameter, GradientName, TorchPair} from '../pair.ts';
import {resultsOf} from '../roles.ts';
import {dottedName, rootName} from '../scopes.ts';
import {targetsOf} from '../targets.ts';

export const findTorchPairs: Finder = context => {
  const pairs: TorchPair[] = [];
  for (const owner of context.definitions.classes.values()) {
    if (context.ignored(owner) || !isTorchFunction(context, owner)) continue;
    const methods = ownMethods(owner);
    pairs.push(torchPair(context, owner, methods.get('forward')!, methods.get('backward')!));
  }
  return pairs;
};

/** Whether a class is a Function: by its base, or by a `ctx` that both methods take. */
export function isTorchFunction(context: FindContext, owner: ClassDef): boolean {
  const methods = ownMethods(owner);
  const forward = methods.get('forward');
  const backward = methods.get('backward');
  if (forward === undefined || backward === undefined || forward.params.length < 1 || backward.params.length < 1) return false;
  if (isStub(forward) && (isStub(backward) || context.definitions.hasSubclass(owner))) return false;
  const takesContext = (method: FunctionDef): boolean => /^(?:ctx|context|cxt|_ctx)$/.test(method.params[0].name);
  if (takesContext(forward) && takesContext(backward)) return true;
  return owner.bases.some(base => /(?:^|\.)(?:autograd\.)?(?:Function|InplaceFunction)$/.test(dottedName(base.value) ?? ''))
    && (isStatic(forward) || usesContext(context, forward) || usesTorch(owner));
}

function usesContext(context: FindContext, forward: FunctionDef): boolean {
  return /save_for_backward/.test(context.text.slice(forward.span.start, forward.span.end));
}

function usesTorch(owner: ClassDef): boolean {
  return owner.bases.some(base => /autograd/.test(dottedName(base.value) ?? ''));
}

function torchPair(context: FindContext, owner: ClassDef, forward: FunctionDef, backward: FunctionDef): TorchPair {
  const given = forward.params.slice(1);
  const results = resultsOf(context, forward, null).map(result => ({...result, role: 'output'} as const));
  const outputs = results.map(result => result.name);
  const parameters = backward.params.map((parameter, i): BackwardParameter => {
    if (i === 0) return {name: parameter.name, role: parameter.name === 'self' ? 'self' : 'context', of: null};
    if (i <= Math.max(1, results.length) || isUpstreamName(parameter.name)) return {name: parameter.name, role: 'upstream', of: outputs[i - 1] ?? null};
    return {name: parameter.name, role: 'unknown', of: null};
  });
  const first = forward.params[0].name;
  return {
    pattern: 'torch', name: owner.name, path: context.path, module: context.module, spans: [forward.span, backward.span],
    gradients: gradientsByOrder(context, owner, backward, given.map(parameter => parameter.name)), owner, forward, backward,
    torch: owner.bases.some(base => /autograd/.test(dottedName(base.value) ?? '')) || /^\s*(?:import torch\b|from torch\b)/m.test(context.text),
    context: first === 'self' ? null : first, upstream: parameters[1]?.name ?? null, parameters, results,
  };
}

/** In a Function the order decides, whatever the names say; None stands for an argument without a gradient. */
function gradientsByOrder(context: FindContext, owner: ClassDef, backward: FunctionDef, given: readonly string[]): readonly GradientName[] {
  const returned = returnedBy(context, backward, owner);
  return returned.flatMap((one, i): readonly GradientName[] => {
    if (one.none || (one.key === null && one.position === null)) return [];
    const of = given.at(one.position ?? i) ?? null;
    if (of !== null && one.name !== null && isSetting(of) && isAlwaysNone(backward, one.name)) return [];
    return [{name: one.name, position: one.position ?? i, of, by: of === null ? null : 'position', span: one.span}];
  });
}

/** Settings of any layer, and those of a convolution and of a normalisation. */
function isSetting(name: string): boolean {
  return isHyperparameterName(name) || isConfigurationName(name) || /^(?:dilation|groups|kernel_?size|training|running_\w+)$/i.test(name);
}

/** Whether a local name is given nothing but None: `dx, dstride = None, None` at the top, and dx alone computed afterwards. */
function isAlwaysNone({body}: FunctionDef, name: string): boolean {
  const values = flatten(body).flatMap(statement => targetsOf(statement)).filter(([target]) => rootName(target) === name).map(([, value]) => value);
  return values.length > 0 && values.every(value => value?.kind === 'Constant' && value.value === null);
}
