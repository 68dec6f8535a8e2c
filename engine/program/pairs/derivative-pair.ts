/**
 * A function with its derivative: `sigmoid` and `sigmoid_prime`, methods and static methods too; one function with a
 * flag, `sigmoid(x, derivative=True)`; a class whose objects have a value and a `derivative` or `gradient` of it.
 */
import type {ClassDef, FunctionDef, Parameter} from '../../python/ast.ts';
import type {FindContext, Finder} from '../context.ts';
import {expressionsIn, flatten, isStatic, ownMethods} from '../definitions.ts';
import {directionOf} from '../directions.ts';
import {arithmeticOf, isBystander, isStub} from '../evidence.ts';
import {plainParameters} from '../forward-values.ts';
import {returnedBy} from '../returned.ts';
import type {Match} from '../matching.ts';
import {classifiedMatches, matchOf} from '../matching.ts';
import {isHyperparameterName, isLabelName} from '../naming.ts';
import type {BackwardParameter, DerivativePair, GradientName} from '../pair.ts';
import {scopeOf} from '../scopes.ts';
import {targetsOf} from '../targets.ts';
import {withoutDirection} from './function-pair.ts';

export const findDerivativePairs: Finder = context => {
  const pairs: DerivativePair[] = [];
  for (const match of classifiedMatches(context)) if (match.kind === 'derivative') pairs.push(derivativePair(context, match, layerName(match)));
  for (const definition of context.definitions.functions.values()) pairs.push(...flagPair(context, definition, null));
  for (const owner of context.definitions.classes.values()) {
    if (context.ignored(owner)) continue;
    for (const method of ownMethods(owner).values()) pairs.push(...flagPair(context, method, owner));
    pairs.push(...classDerivative(context, owner), ...errorOfCost(context, owner));
  }
  return pairs;
};

/** The function's own name, or `mse` for mse_forward and mse_backward. */
function layerName({forward, backward}: Match): string {
  return directionOf(forward.name)?.direction === 'forward' ? withoutDirection(backward.name) || forward.name : forward.name;
}

export function derivativePair(context: FindContext, match: Match, name: string): DerivativePair {
  const {forward, backward, owner} = match;
  const of = differentiated(forward, owner, match.parameters);
  return {
    pattern: 'derivative-pair', name: owner === null ? name : `${owner.name}.${name}`, path: context.path, module: context.module,
    spans: [forward.span, backward.span], gradients: [gradientOf(context, backward, owner, of)], forward, backward, flag: null, owner, of, keeper: null, activated: null,
    parameters: match.parameters,
  };
}

/** The parameter that a derivative is taken by: the only one, or the prediction among prediction and target. */
function differentiated(forward: FunctionDef, owner: ClassDef | null, parameters: readonly BackwardParameter[]): string {
  // `sigmoid(x, a=1)`: what has a value of its own is a setting.
  const presets = new Set(forward.params.flatMap(({name, default: preset}) => (preset === null ? [] : [name])));
  const all = plainParameters(forward, owner);
  const given = all.some(name => !presets.has(name)) ? all.filter(name => !presets.has(name)) : all;
  const unlabelled = given.filter(name => !isLabelName(name));
  if (unlabelled.length === 1 && given.length > 1) return unlabelled[0];
  const data = given.filter(name => !isHyperparameterName(name) || given.length === 1);
  const predicted = data.find(name => /pred|hat|out|prob|logit|score|^(?:p|o|a|A|AL|h|yp)$/i.test(name) && !/true|target/i.test(name));
  const bare = data.filter(name => !isLabelName(name));
  const shared = parameters.find(parameter => parameter.role === 'forward-argument' && parameter.of !== null && bare.includes(parameter.of));
  return (data.length > 1 ? predicted ?? bare.at(0) : data.at(0)) ?? shared?.of ?? given.at(0) ?? 'x';
}

function gradientOf(context: FindContext, backward: FunctionDef, owner: ClassDef | null, of: string): GradientName {
  const returned = returnedBy(context, backward, owner).at(0);
  return {name: returned?.name ?? null, position: 0, of, by: 'position', span: returned?.span ?? backward.nameSpan};
}

const FLAG = /^(?:deriv\w*|derivate|derv|der|prime|grad\w*|diff|derivation|is_deriv\w*|return_grad\w*|d|backward|back|calc_deriv\w*|get_deriv\w*|df|dx)$/i;

/** `sigmoid(x, derivative=False)` with a test of the flag in its body. */
function flagPair(context: FindContext, definition: FunctionDef, owner: ClassDef | null): readonly DerivativePair[] {
  if (isBystander(definition.name) || context.ignored(definition)) return [];
  const flag = definition.params.slice(1).find(parameter => FLAG.test(parameter.name) && isSwitch(parameter) && isTested(definition, parameter.name));
  const given = plainParameters(definition, owner).filter(name => name !== flag?.name);
  if (flag === undefined || given.length === 0 || arithmeticOf(definition) === 'none') return [];
  const parameters = definition.params.filter(parameter => parameter.star === '').map((parameter, i): BackwardParameter => {
    if (owner !== null && i === 0 && !isStatic(definition)) return {name: parameter.name, role: 'self', of: null};
    if (parameter === flag) return {name: parameter.name, role: 'hyperparameter', of: null};
    return {name: parameter.name, role: 'forward-argument', of: parameter.name};
  });
  const of = differentiated(definition, owner, []);
  return [{
    pattern: 'derivative-pair', name: owner === null ? definition.name : `${owner.name}.${definition.name}`, path: context.path,
    module: context.module, spans: [definition.span], gradients: [flaggedGradient(definition, flag.name, of) ?? gradientOf(context, definition, owner, of)],
    forward: definition, backward: definition, flag: flag.name, owner, of, keeper: null, activated: null, parameters,
  }];
}

/** What is returned when the flag is on: `if derivative: return ...`. */
function flaggedGradient(definition: FunctionDef, flag: string, of: string): GradientName | null {
  for (const statement of flatten(definition.body)) {
    if (statement.kind !== 'If') continue;
    const {test} = statement;
    const asked = test.kind === 'Compare' && test.comparators.length === 1 && test.comparators[0].kind === 'Constant' && test.comparators[0].value === true ? test.left : test;
    if (asked.kind !== 'Name' || asked.id !== flag) continue;
    const value = flatten(statement.body).find(one => one.kind === 'Return')?.value ?? null;
    if (value !== null) return {name: value.kind === 'Name' ? value.id : null, position: 0, of, by: 'position', span: value.span};
  }
  return null;
}

function isSwitch(parameter: Parameter): boolean {
  const value = parameter.default;
  if (value === null) return /deriv|prime/i.test(parameter.name);
  return value.kind === 'Constant' && value.value === false;
}

function isTested(definition: FunctionDef, flag: string): boolean {
  return flatten(definition.body).some(statement => {
    if (statement.kind === 'If') return expressionsIn(statement.test).some(part => part.kind === 'Name' && part.id === flag);
    return expressionsIn(statement).some(part => part.kind === 'Conditional'
      && expressionsIn(part.test).some(inner => inner.kind === 'Name' && inner.id === flag));
  });
}

const VALUES = [
  '__call__', 'forward', 'activate', 'activation', 'fn', 'f', 'func', 'function', 'fun', 'compute', 'apply', 'act', 'call', 'calc', 'calculate', 'evaluate',
  'eval', 'value', 'output', 'loss', 'cost', 'compute_loss', 'compute_cost', 'calculate_loss', 'forward_pass', 'activation_function', 'activ', 'get_value', 'run',
];
const DERIVATIVES = [
  'derivative', 'differentiate', 'prim', 'derivate', 'deriv', 'prime', 'gradient', 'grad', 'grads', 'gradients', 'der', 'd', 'df', 'diff', 'derive', 'fprime', 'f_prime', 'dfn', 'dactivate', 'd_activation',
  'activation_derivative', 'activation_prime', 'derivative_function', 'loss_derivative', 'loss_prime', 'compute_derivative',
  'compute_gradient', 'calculate_gradient', 'cost_derivative', 'dloss', 'backward_activation', 'activate_derivative', 'activation_gradient',
  'cost_prime', 'loss_gradient', 'loss_grad', 'dLoss', 'dcost',
];

function isProperty(definition: FunctionDef): boolean {
  return definition.decorators.some(decorator => decorator.kind === 'Name' && decorator.id === 'property');
}

/** Whether the derivative takes an argument of the value, or reads what the value left in the object. */
function shares(forward: FunctionDef, backward: FunctionDef, match: Match): boolean {
  if (match.parameters.some(parameter => /^forward|^unknown$/.test(parameter.role))) return true;
  const left = scopeOf(forward).selfWrites;
  return [...scopeOf(backward).selfReads].some(name => left.has(name));
}

/** A method with the forward's arguments that leaves what the forward gives in an attribute that the derivative reads: `self.y = drop(self.act(x))`. */
function keeperOf(methods: ReadonlyMap<string, FunctionDef>, forward: FunctionDef, backward: FunctionDef, owner: ClassDef): DerivativePair['keeper'] {
  const reads = scopeOf(backward).selfReads;
  const given = plainParameters(forward, owner).join();
  for (const definition of methods.values()) {
    if (definition === forward || definition === backward || plainParameters(definition, owner).join() !== given) continue;
    for (const statement of flatten(definition.body)) {
      for (const [target, value] of targetsOf(statement)) {
        if (target.kind !== 'Attribute' || target.object.kind !== 'Name' || target.object.id !== 'self' || value === null || (reads.size > 0 && !reads.has(target.name))) continue;
        if (expressionsIn(value).some(part => part.kind === 'Call' && part.callee.kind === 'Attribute' && part.callee.object.kind === 'Name' && part.callee.object.id === 'self' && part.callee.name === forward.name)) {
          return {definition, attribute: target.name};
        }
      }
    }
  }
  return null;
}

/** A class whose objects give a value and its derivative, without an upstream gradient. */
function classDerivative(context: FindContext, owner: ClassDef): readonly DerivativePair[] {
  const methods = context.definitions.methods(owner);
  const own = ownMethods(owner);
  for (const name of DERIVATIVES) {
    const backward = methods.get(name);
    if (backward === undefined || isStub(backward) || context.ignored(backward) || isProperty(backward)) continue;
    for (const value of VALUES) {
      const forward = methods.get(value);
      if (forward === undefined || forward === backward || (own.get(value) !== forward && own.get(name) !== backward)) continue;
      if (isStub(forward) || arithmeticOf(backward) === 'none' && arithmeticOf(forward) === 'none') continue;
      const match = matchOf(context, forward, backward, owner, {bare: true, stated: false});
      const returned = returnedBy(context, backward, owner).filter(one => !one.none);
      const foreign = match.parameters.some(parameter =>
        parameter.role === 'upstream' || parameter.role === 'cache' || parameter.role === 'node' || (parameter.role === 'label' && plainParameters(forward, owner).length < 2));
      const isShared = shares(forward, backward, match);
      const keeper = isShared ? null : keeperOf(methods, forward, backward, owner);
      if (foreign || returned.length !== 1 || (keeper === null && !isShared) || plainParameters(forward, owner).length === 0) continue;
      return [{...derivativePair(context, match, value), name: owner.name, keeper}];
    }
  }
  return [];
}

/** A cost class with `fn(a, y)` and `delta(z, a, y)`: the error of a layer whose activation is a sigmoid, by its weighted input. */
function errorOfCost(context: FindContext, owner: ClassDef): readonly DerivativePair[] {
  const own = ownMethods(owner);
  const [forward, backward] = [own.get('fn') ?? own.get('cost') ?? own.get('loss'), own.get('delta')];
  if (forward === undefined || backward === undefined || context.ignored(forward) || context.ignored(backward) || isStub(backward)) return [];
  const given = plainParameters(forward, owner);
  const names = plainParameters(backward, owner);
  const inner = names.filter(name => !given.includes(name));
  const activated = given.find(name => !isLabelName(name));
  if (given.length !== 2 || inner.length !== 1 || !/^z\w*$/i.test(inner[0]) || activated === undefined || !given.every(name => names.includes(name))) return [];
  const [of] = inner;
  const bound = isStatic(backward) ? 0 : 1;
  const parameters = backward.params.map(({name}, i): BackwardParameter =>
    i < bound ? {name, role: 'self', of: null} : {name, role: isLabelName(name) ? 'label' : 'forward-argument', of: name});
  return [{
    pattern: 'derivative-pair', name: owner.name, path: context.path, module: context.module, spans: [forward.span, backward.span],
    gradients: [gradientOf(context, backward, owner, of)], forward, backward, flag: null, owner, of, keeper: null, activated, parameters,
  }];
}
