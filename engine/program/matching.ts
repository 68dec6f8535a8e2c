/**
 * Functions that belong together by name, and what kind of pair they make by what they do: a forward with a backward
 * that takes an upstream gradient, steps around a cost, or a function with its derivative. A name alone proves nothing.
 */
import type {ClassDef, FunctionDef} from '../python/ast.ts';
import type {FindContext} from './context.ts';
import {ownMethods} from './definitions.ts';
import type {Directed} from './directions.ts';
import {affinity, announcesWeakly, derivativeOf, directionOf, isMisspelt} from './directions.ts';
import {arithmeticOf, hasBlank, isBystander, isStub} from './evidence.ts';
import {forwardValues} from './forward-values.ts';
import type {ForwardValues} from './forward-values.ts';
import {readGradients} from './gradients.ts';
import {returnedBy} from './returned.ts';
import {isGenericGradient, isLabelName, isLossName, isStrongUpstream, squash} from './naming.ts';
import type {BackwardParameter, ForwardResult, GradientName} from './pair.ts';
import {resultsOf, rolesOf} from './roles.ts';
import {scopeOf} from './scopes.ts';

/** A forward and a backward that were matched by name, with everything that the text says of them. */
export interface Match {
  readonly forward: FunctionDef;
  readonly backward: FunctionDef;
  readonly owner: ClassDef | null;
  readonly values: ForwardValues;
  readonly results: readonly ForwardResult[];
  readonly parameters: readonly BackwardParameter[];
  readonly gradients: readonly GradientName[];
  /** Whether the names are only `forward` and `backward`, which prove least. */
  readonly bare: boolean;
  /** Whether a pragma says that they belong together. */
  readonly stated: boolean;
}

export type Kind = 'function' | 'step' | 'derivative';

/** Every match by name among the functions of the module and the methods of each class, classified. */
export function classifiedMatches(context: FindContext): readonly (Match & {readonly kind: Kind})[] {
  const known = remembered.get(context);
  if (known !== undefined) return known;
  const groups: (readonly [ReadonlyMap<string, FunctionDef>, ClassDef | null])[] = [[context.definitions.functions, null]];
  for (const owner of context.definitions.classes.values()) {
    if (!context.ignored(owner)) groups.push([ownMethods(owner), owner]);
  }
  const found: (Match & {kind: Kind})[] = [];
  for (const [functions, owner] of groups) {
    for (const match of matchesAmong(context, functions, owner)) {
      const kind = kindOf(context, match);
      if (kind !== null) found.push({...match, kind});
    }
  }
  remembered.set(context, found);
  return found;
}

const remembered = new WeakMap<FindContext, readonly (Match & {readonly kind: Kind})[]>();

/** Reads all that the text says of a forward and a backward. */
export function matchOf(
  context: FindContext, forward: FunctionDef, backward: FunctionDef, owner: ClassDef | null,
  options: {readonly bare: boolean; readonly stated: boolean},
): Match {
  const values = forwardValues(context, [forward], owner, backward);
  const results = resultsOf(context, forward, backward);
  const parameters = rolesOf(forward, backward, owner, results);
  return {forward, backward, owner, values, results, parameters, gradients: readGradients(context, backward, owner, values), ...options};
}

/** Whether words that name no layer are all that stands around the direction: `forward`, `backward_propagation`. */
export function isBare(directed: Directed): boolean {
  return directed.before === '' && /^(?:prop|pass)?$/.test(directed.after);
}

function matchesAmong(context: FindContext, functions: ReadonlyMap<string, FunctionDef>, owner: ClassDef | null): readonly Match[] {
  const usable = [...functions.values()].filter(definition => !isBystander(definition.name) && !context.ignored(definition));
  const announced = usable.flatMap(definition => {
    const directed = directionOf(definition.name);
    return directed === null ? [] : [{definition, directed}];
  });
  const forwards = announced.filter(({directed}) => directed.direction === 'forward');
  const backwards = announced.filter(({directed}) => directed.direction === 'backward');
  const found: Match[] = [];
  for (const backward of usable) {
    const directed = directionOf(backward.name);
    let forward: FunctionDef | undefined;
    let bare = false;
    if (directed?.direction === 'backward') {
      bare = directed.before === '' && /^(?:prop|pass)?(?:_|$)/.test(directed.after);
      if (bare && owner !== null && isBare(directed)) continue;
      let best = -1;
      for (const candidate of forwards) {
        const score = affinity(candidate.directed, directed);
        if (score !== null && score > best) {
          best = score;
          forward = candidate.definition;
        }
      }
      forward ??= usable.find(one => one !== backward && (squash(one.name) === directed.before + squash(directed.after)
        || (directed.before !== '' && squash(one.name).replace(/(?:activate|activation|function|func|layer)$/, '') === directed.before)));
      forward ??= only(forwards.filter(candidate => isMisspelt(candidate.directed, directed) && !backwards.some(other => affinity(candidate.directed, other.directed) !== null)))?.definition;
    }
    if (forward === undefined) {
      const stems = derivativeOf(backward.name);
      for (const stem of stems) forward ??= usable.find(one => one !== backward && squash(one.name) === stem);
    }
    if (forward === undefined) continue;
    found.push(matchOf(context, forward, backward, owner, {bare, stated: false}));
  }
  return found;
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** What kind of pair a match is, or null when nothing but the names speaks for it. */
export function kindOf(context: FindContext, match: Match): Kind | null {
  const {forward, backward, parameters, results, bare} = match;
  const has = (role: BackwardParameter['role']): boolean => parameters.some(parameter => parameter.role === role);
  const upstream = parameters.find(parameter => parameter.role === 'upstream');
  const named = match.gradients.filter(gradient => gradient.by === 'name').length;
  const generic = match.gradients.some(gradient => gradient.name !== null && gradient.of === null && gradient.position === null);
  const arithmetic = arithmeticOf(backward);
  const unfinished = isStub(backward) || hasBlank(context, backward);
  const computes = arithmetic !== 'none' || arithmeticOf(forward) !== 'none' || passesOn(backward);
  if (match.stated) return upstream !== undefined || has('cache') ? 'function' : has('label') ? 'step' : named > 0 ? 'function' : 'derivative';
  if (upstream !== undefined) {
    const strong = isStrongUpstream(upstream.name) || (upstream.of !== null && arithmetic !== 'none');
    if (strong ? computes || named > 0 || has('cache') || unfinished : named > 0 || (has('cache') && computes) || (!bare && arithmetic === 'array')) {
      return 'function';
    }
    return null;
  }
  if (has('label')) return (named > 0 || generic || returnsGradient(match)) && computes ? 'step' : null;
  const outputs = results.filter(result => result.role === 'output' && result.name !== null);
  const cost = outputs.some(result => isLossName(result.name!)) || isLossName(forward.name);
  const rest = parameters.filter(parameter => parameter.role !== 'self');
  if (has('cache')) {
    if (named > 0 || generic || returnsGradient(match)) return cost || rest.length === 1 ? 'function' : computes ? 'step' : null;
    return unfinished && computes ? 'function' : null;
  }
  // `sigmoid_backward(z)` is a derivative; `move_backward(distance)` is not.
  const announced = directionOf(backward.name) === null ? derivativeOf(backward.name).length > 0
    : rest.length === 1 && /^(?:[xXzZaAsShHuUvV]|inputs?|values?|arr|net|logits)$/.test(rest[0].name);
  const same = rest.length > 0 && rest.every(parameter => parameter.role === 'forward-argument' || parameter.role === 'hyperparameter' || parameter.role === 'forward-output' || parameter.role === 'unknown');
  const sure = arithmetic !== 'none' && (!announcesWeakly(backward.name) || (arithmeticOf(forward) === 'array' && rest.every(parameter => parameter.role !== 'unknown')));
  if (!bare && announced && same && sure && rest.length <= forward.params.length + 1 && derivativeReturns(context, match)) return 'derivative';
  const ofLoss = rest.length > 1 && rest.every(parameter => parameter.role === 'forward-argument') && rest.some(parameter => isLabelName(parameter.name));
  if (!bare && ofLoss && arithmetic !== 'none' && arithmeticOf(forward) === 'array' && derivativeReturns(context, match)) return 'derivative';
  if (named > 0 && (arithmetic === 'array' || cost)) return cost || !bare ? 'function' : 'step';
  return bare || !unfinished || !announced || !computes ? null : 'derivative';
}

/** A derivative gives back one value, and not a name of the forward's own. */
function derivativeReturns(context: FindContext, match: Match): boolean {
  const returned = returnedBy(context, match.backward, match.owner).filter(one => !one.none);
  return returned.length > 0 && returned.length <= 2;
}

/** Whether the single thing that is returned is called a gradient. */
function returnsGradient(match: Match): boolean {
  return match.gradients.some(gradient => gradient.name !== null && (isGenericGradient(gradient.name) || /^(?:d[A-Z]|d_|grad|nabla|delta)|grads?$|gradients?$/.test(gradient.name)));
}

/** Whether a body hands its work to other backwards: `relu_backward(...)`, `layer.backward(...)`. */
function passesOn(definition: FunctionDef): boolean {
  for (const call of scopeOf(definition).calls) {
    if (directionOf(call.split('.').at(-1)!) !== null) return true;
  }
  return false;
}
