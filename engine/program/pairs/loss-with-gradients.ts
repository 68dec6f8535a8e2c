/**
 * One function that gives a loss and its gradients: `softmax_loss(x, y) -> loss, dx`, `loss(self, X, y) -> loss, grads`,
 * `propagate(w, b, X, Y) -> grads, cost`, the lossFun of a character RNN. Also a `loss` and a `gradient` side by side.
 */
import type {ClassDef, FunctionDef} from '../../python/ast.ts';
import type {FindContext, Finder} from '../context.ts';
import {ownMethods, returnsOf} from '../definitions.ts';
import {arithmeticOf, hasBlank, isBystander, isStub} from '../evidence.ts';
import {forwardValues, plainParameters} from '../forward-values.ts';
import type {ForwardValues} from '../forward-values.ts';
import {gradientsAmong} from '../gradients.ts';
import type {Returned} from '../returned.ts';
import {returnedBy} from '../returned.ts';
import {announcesGradient, isGenericGradient, isLabelName, isLossName} from '../naming.ts';
import type {GradientName, LossPair} from '../pair.ts';
import {directionOf} from '../directions.ts';
import {dottedName, scopeOf} from '../scopes.ts';

export const findLossPairs: Finder = context => {
  const {functions, classes} = context.definitions;
  const pairs = [...functions.values()].flatMap(definition => lossPair(context, definition, null));
  pairs.push(...besideEachOther(context, functions, functions, null));
  for (const owner of classes.values()) {
    if (context.ignored(owner)) continue;
    const own = ownMethods(owner);
    for (const method of own.values()) pairs.push(...lossPair(context, method, owner));
    pairs.push(...besideEachOther(context, context.definitions.methods(owner), own, owner));
  }
  return pairs;
};

function lossPair(context: FindContext, definition: FunctionDef, owner: ClassDef | null): readonly LossPair[] {
  if (isBystander(definition.name) || context.ignored(definition) || isForwarder(definition)) return [];
  const returned = returnedBy(context, definition, owner);
  const loss = lossAmong(definition, returned);
  if (loss === null) return [];
  const values = forwardValues(context, [definition], owner);
  const rest = returned.filter(one => one !== loss);
  const gradients = gradientsAmong(rest.filter(one => one.key !== null || (one.word !== null && speaks(one.word))), values).map(gradient => settle(gradient, rest, values));
  const tuple = gradients.filter(gradient => gradient.position !== null);
  const keyed = rest.filter(one => one.key !== null);
  const container = rest.find(one => one.key === null && one.word !== null && isGenericGradient(one.word) && /s$|dict/i.test(one.word));
  const proven = gradients.some(gradient => gradient.by === 'name') || keyed.some(one => isGenericGradient(/^\w*/.exec(one.name ?? '')?.[0] ?? ''))
    || rest.some(one => one.word !== null && one.word.length > 1 && one.key === null && (isGenericGradient(one.word) || announcesGradient(one.word)));
  const single = rest.length === 1 && loss.name !== null && /^d(?!ata|ict|im|ist|ev|uration)\w+$/.test(rest[0].word ?? '');
  if (!proven && !single) return [];
  if (arithmeticOf(definition) === 'none' && !hasBlank(context, definition) && loss.name !== null && !gradients.some(gradient => gradient.by === 'name')) return [];
  const dictionary = keyed.length > 0 || container !== undefined;
  return [{
    pattern: 'loss-with-gradients', name: pairName(owner, definition), path: context.path, module: context.module, spans: [definition.span],
    gradients: dictionary && tuple.length === 1 && container !== undefined && keyed.length === 0 ? [] : gradients,
    forward: definition, backward: definition, owner, result: dictionary ? 'dictionary' : 'tuple',
    lossPosition: loss.position, dictionaryPosition: keyed[0]?.position ?? container?.position ?? null,
  }];
}

/** Whether a method only calls another of its object: `__call__` of `forward`. */
function isForwarder(definition: FunctionDef): boolean {
  const returns = returnsOf(definition);
  return returns.length === 1 && returns[0].value.kind === 'Call' && dottedName(returns[0].value.callee)?.startsWith('self.') === true;
}

/** Whether a returned word is a gradient's or may be one: everything but losses, scores and caches. */
function speaks(word: string): boolean {
  return isGenericGradient(word) || announcesGradient(word) || /^d[A-Za-z_]|_g$|^g[A-Z_]/.test(word);
}

/** `grad` alone is of the parameter that is learned: `theta`, `W`, `params`, else the first argument. */
function settle(gradient: GradientName, rest: readonly Returned[], values: ForwardValues): GradientName {
  if (gradient.of !== null && gradient.by === 'name') return gradient;
  if (gradient.position === null || rest.filter(one => one.key === null && one.word !== null && speaks(one.word)).length > 1) return gradient;
  const learned = values.parameters.find(name => /^(?:theta|thetas|w|W|weights?|params?|parameters|beta|Theta|nn_params)$/.test(name))
    ?? ['self.W', 'self.w', 'self.theta', 'self.weights'].find(place => values.places.has(place)) ?? values.parameters.at(0);
  return learned === undefined ? gradient : {...gradient, of: learned, by: 'position'};
}

/** The returned value that is the loss, by its name, or first where the function is called a loss. */
function lossAmong(definition: FunctionDef, returned: readonly Returned[]): Returned | null {
  if (returned.length < 2) return null;
  const named = returned.find(one => one.key === null && one.word !== null && isLossName(one.word));
  if (named !== undefined) return named;
  const first = returned[0];
  const called = /loss|cost|objective|nll|propagate|entropy|likelihood/i.test(definition.name);
  return called && first.key === null && first.position === 0 && (first.word === null || !speaks(first.word)) ? first : null;
}

function pairName(owner: ClassDef | null, definition: FunctionDef): string {
  return owner === null ? definition.name : `${owner.name}.${definition.name}`;
}

/** `[g for layer in self.layers for g in layer.grads]`: the gradients of a list of parameters, in its order. */
function collected({definitions}: FindContext, backward: FunctionDef, owner: ClassDef | null): readonly GradientName[] {
  const [statement] = returnsOf(backward);
  if (owner === null || returnsOf(backward).length !== 1 || statement.value.kind !== 'Comprehension' || statement.value.type !== 'list') return [];
  const init = definitions.methods(owner).get('__init__');
  const kept = ['params', 'parameters', 'weights'].find(name => init !== undefined && scopeOf(init).selfWrites.has(name));
  return kept === undefined ? [] : [{name: null, position: 0, of: `self.${kept}[i]`, by: 'position', span: statement.value.span}];
}

const LOSS = /^_*(?:(?:compute|calculate|calc|get|eval|total)_?)?(?:the_)?(?:cost|loss|loss_?function|cost_?function|objective|J|error)(?:_?function)?(?:_(\w+))?$/i;
const GRADIENT = /^_*(?:(?:compute|calculate|calc|get)_?)?(?:the_)?(?:cost_|loss_)?(?:gradients?|grads?|dJ)(?:_?function)?(?:_(\w+))?$/i;

/** `loss(self, x, t)` with `gradient(self, x, t)`; `compute_cost(X, y, w, b)` with `compute_gradient(X, y, w, b)`. */
function besideEachOther(
  context: FindContext, functions: ReadonlyMap<string, FunctionDef>, own: ReadonlyMap<string, FunctionDef>, owner: ClassDef | null,
): readonly LossPair[] {
  const pairs: LossPair[] = [];
  for (const backward of functions.values()) {
    const ending = GRADIENT.exec(backward.name);
    if (ending === null || isBystander(backward.name) || context.ignored(backward) || isStub(backward)) continue;
    const losses = [...functions.values()].filter(one => one !== backward && LOSS.test(one.name) && !context.ignored(one) && !isStub(one)
      && (owner === null || own.get(one.name) === one || own.get(backward.name) === backward));
    const forward = losses.find(one => (LOSS.exec(one.name)?.[1] ?? '') === (ending.at(1) ?? '')) ?? losses.at(0);
    if (forward === undefined || returnedBy(context, forward, owner).length > 1) continue;
    const needed = backward.params.filter(parameter => parameter.star === '' && parameter.default === null).map(parameter => parameter.name);
    const given = forward.params.map(parameter => parameter.name);
    if (!needed.every(name => given.includes(name)) || needed.length < (owner === null ? 2 : 1)) continue;
    const returned = returnedBy(context, backward, owner);
    const values = forwardValues(context, [forward], owner);
    const named = gradientsAmong(returned, values).filter(gradient => gradient.name !== null || gradient.by === 'name');
    const gradients = named.length > 0 ? named : collected(context, backward, owner);
    const keyed = returned.some(one => one.key !== null);
    const learns = plainParameters(forward, owner).some(isLabelName);
    const passes = learns && [...scopeOf(backward).calls].some(call => directionOf(call.split('.').at(-1)!)?.direction === 'backward');
    if (!gradients.some(gradient => gradient.by === 'name') && !(keyed && learns) && !passes) continue;
    pairs.push({
      pattern: 'loss-with-gradients', name: pairName(owner, forward), path: context.path, module: context.module,
      spans: [forward.span, backward.span], gradients, forward, backward, owner, result: keyed ? 'dictionary' : 'tuple',
      lossPosition: null, dictionaryPosition: returned.find(one => one.key !== null)?.position ?? null,
    });
  }
  return pairs;
}
