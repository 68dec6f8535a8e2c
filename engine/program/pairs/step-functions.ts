/**
 * Forward, cost and backward in functions of their own: L_model_forward, compute_cost and L_model_backward over
 * dictionaries, forward_propagation and backward_propagation; in a class, feedforward and backprop(x, y). The
 * backward starts from the labels, not from an upstream gradient.
 */
import type {ClassDef, FunctionDef} from '../../python/ast.ts';
import type {FindContext, Finder} from '../context.ts';
import {directionOf} from '../directions.ts';
import {arithmeticOf, isBystander, isStub} from '../evidence.ts';
import {forwardValues, plainParameters} from '../forward-values.ts';
import type {Match} from '../matching.ts';
import {classifiedMatches} from '../matching.ts';
import {readGradients} from '../gradients.ts';
import {isLabelName, squash, wordsOf} from '../naming.ts';
import type {BackwardParameter, GradientName, StepPair} from '../pair.ts';
import {classMatch} from './class.ts';
import {pairName} from './function-pair.ts';

export const findStepPairs: Finder = context => {
  const matches: Match[] = classifiedMatches(context).filter(match => match.kind === 'step');
  for (const owner of context.definitions.classes.values()) {
    if (context.ignored(owner)) continue;
    const match = classMatch(context, owner);
    if (match?.parameters.some(parameter => parameter.role === 'label') === true) matches.push(match);
  }
  return matches.map(match => stepPair(context, match));
};

export function stepPair(context: FindContext, match: Match): StepPair {
  const {forward, backward, owner, results} = match;
  const cost = costFor(context, match);
  const outputs = new Set(results.map(result => result.name));
  const costParameters = cost === null ? [] : plainParameters(cost, owner).map((name): BackwardParameter => {
    if (outputs.has(name)) return {name, role: 'forward-output', of: name};
    if (isLabelName(name)) return {name, role: 'label', of: null};
    if (match.values.parameters.includes(name)) return {name, role: 'forward-argument', of: name};
    const output = results.find(result => result.role === 'output' && result.name !== null && squash(result.name) === squash(name));
    return output === undefined ? {name, role: 'unknown', of: null} : {name, role: 'forward-output', of: output.name};
  });
  const label = costParameters.find(parameter => parameter.role === 'label')?.name ?? null;
  const values = forwardValues(context, [forward, ...helpersOf(context, forward, owner)], owner);
  return {
    pattern: 'step-functions', name: pairName(match), path: context.path, module: context.module,
    spans: [forward.span, backward.span, ...(cost === null ? [] : [cost.span])], gradients: readGradients(context, backward, owner, values).map(byNameOnly),
    forward, cost, backward, owner, costParameters, results,
    parameters: match.parameters.map(parameter => parameter.role === 'label' ? {...parameter, of: label} : parameter),
  };
}

/** The gradients of a model are of its parameters: the order of the forward's arguments says nothing of them. */
function byNameOnly(gradient: GradientName): GradientName {
  return gradient.by === 'position' ? {...gradient, of: null, by: null} : gradient;
}

/** The step functions that a model's forward calls, which name the parameters by key. */
function helpersOf(context: FindContext, forward: FunctionDef, owner: ClassDef | null): readonly FunctionDef[] {
  return owner !== null ? [] : [...context.definitions.functions.values()].filter(one =>
    one !== forward && /^initiali[sz]e_(?:parameters|params|weights)/i.test(one.name));
}

const COST = /cost|loss|error|entropy|mse|objective|likelihood/;

/** The cost that goes with a forward and a backward: a method or function that takes an output and labels. */
function costFor(context: FindContext, match: Match): FunctionDef | null {
  const {owner, backward, forward, results} = match;
  const group = owner === null ? context.definitions.functions : context.definitions.methods(owner);
  const ending = directionOf(backward.name)?.after ?? '';
  let best: FunctionDef | null = null;
  let bestScore = 0;
  for (const candidate of group.values()) {
    const words = wordsOf(candidate.name).join('_');
    if (!COST.test(words) || /grad|deriv|prime|backward|delta|plot|history|forward/.test(words) || isBystander(candidate.name) || isStub(candidate)) continue;
    if (candidate === forward || candidate === backward || context.ignored(candidate)) continue;
    const names = plainParameters(candidate, owner);
    if (names.length < 2 || arithmeticOf(candidate) === 'none') continue;
    let score = 1;
    if (names.some(isLabelName)) score += 2;
    if (names.some(name => results.some(result => result.name === name))) score += 3;
    if (/^(?:compute|calculate|calc)/.test(words)) score += 1;
    const tail = ending.replace(/^prop_?/, '');
    if (tail !== '' && words.endsWith(tail)) score += 2;
    if (tail === '' && /with/.test(words)) score -= 2;
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return bestScore >= 3 ? best : null;
}
