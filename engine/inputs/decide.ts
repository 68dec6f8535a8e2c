/**
 * Decides what one input is, from what the text says, from the evidence of the code, from its default and, last, from
 * its name: kind, role, domain and rank. Letters and sizes are decided elsewhere.
 */
import {isFloat} from './literal.ts';
import {isRemarkable, priorOf} from './priors.ts';
import type {Prior} from './priors.ts';
import type {Domain, Fact, InputKind, Literal, Origin, Role} from './spec.ts';
import type {Dimension} from './use/dimension.ts';
import type {Thing} from './use/values.ts';

export interface Decision {
  readonly kind: InputKind;
  readonly role: Role;
  readonly domain: Domain;
  /** For labels and indices: the axis that they index. */
  readonly below: Dimension | null;
  /** Whether labels are whole numbers, not one-hot rows or targets. */
  readonly whole: boolean;
  /** Ranks in the order of trying; one only when it is certain. Empty for what has none. */
  readonly ranks: readonly number[];
  readonly literal: Literal | undefined;
  readonly choices: readonly Literal[];
  readonly origin: Origin;
}

/** What a decision may ask about the function around the input. */
export interface Context {
  /** Whether the hand-written backward makes a gradient of this input. */
  readonly hasGradient: boolean;
  /** The names of the function and its class, in lower case: `softmaxwithloss forward`. */
  readonly around: string;
  readonly isConstructor: boolean;
}

export function decide(name: string, thing: Thing, fact: Fact | undefined, given: Literal | undefined, context: Context): Decision {
  const prior = priorOf(name);
  const kind = kindOf(thing, fact, given, prior, context);
  const role = roleOf(thing, fact, given, prior, kind, context);
  const label = role === 'label' || role === 'index';
  const domain = fact?.domain ?? (fact?.below !== undefined ? 'any' : undefined) ?? domainOf(thing, prior, kind, role, context);
  const {evidence} = thing;
  return {
    kind, role, domain, whole: label && domain === 'any' && (evidence.index.length > 0 || evidence.counted > 0 || evidence.picks > 0
      || (role === 'label' && fact?.role === 'label' && fact.shape?.length === 1) || fact?.below !== undefined),
    below: label && fact?.below === undefined ? thing.evidence.index[0] ?? null : null,
    ranks: kind === 'array' ? ranksOf(thing, prior, role) : [],
    literal: fact?.literal ?? literalFor(kind, given, prior, thing),
    choices: fact?.choices ?? (thing.evidence.choices.length > 0 ? unique(thing.evidence.choices) : kind === 'string' ? prior.values ?? [] : []),
    origin: originOf(thing, fact, given),
  };
}

function unique(choices: readonly Literal[]): readonly Literal[] {
  return [...new Set(choices)].filter((choice) => choice !== '');
}

function isArrayByUse({evidence, shape}: Thing): boolean {
  return shape.rank !== null ? shape.rank > 0 : evidence.matrix > 0 || evidence.picks > 0 || evidence.index.length > 0 || evidence.array > 0 || shape.least > 1;
}

function kindOf(thing: Thing, fact: Fact | undefined, given: Literal | undefined, prior: Prior, context: Context): InputKind {
  if (thing.evidence.index.length > 0 && fact?.shape?.length !== 0 && !(fact?.kind === 'int' || fact?.kind === 'string')) return 'array';
  if (fact?.kind !== undefined && !(fact.kind === 'array' && fact.shape?.length === 0)) return fact.kind;
  if (fact?.literal !== undefined) return kindOfLiteral(fact.literal, prior);
  if (fact?.shape) return fact.shape.length === 0 ? 'float' : 'array';
  if (fact?.role !== undefined && fact.role !== 'config' && fact.role !== 'hyperparameter') return 'array';
  const {evidence} = thing;
  if (evidence.choices.some((choice) => typeof choice === 'string')) return 'string';
  if (evidence.keyed > 0) return 'dict';
  if (evidence.called > 0 && evidence.arithmetic === 0) return 'callable';
  if (given !== undefined && given !== null) {
    const own = kindOfLiteral(given, prior);
    // A whole number that a size is made of is one, whatever its name.
    if (own === 'float' && typeof given === 'number' && evidence.integer > 0) return 'int';
    // A size stays one where it is joined to others: `np.hstack((input_dim, hidden_dims, num_classes))`.
    if (own === 'int' && prior.kind === 'int' && context.isConstructor && evidence.matrix === 0 && evidence.picks === 0 && thing.shape.rank === null) return own;
    if (own !== 'array' && !isArrayByUse(thing)) return own === 'int' && evidence.integer === 0 && prior.kind === 'float' ? 'float' : own;
  }
  if (evidence.numbered > 0 && given === undefined && !isArrayByUse(thing)) return 'int';
  if (prior.kind === 'list' && context.isConstructor && evidence.arithmetic === 0 && evidence.matrix === 0) return 'list';
  if (prior.kind === 'int' && thing.shape.rank === null && thing.evidence.array === 0 && thing.entries.has(0)) return 'tuple';
  if (isArrayByUse(thing)) return evidence.array === 0 && prior.kind === 'int' && thing.shape.rank === null ? 'int' : 'array';
  if (prior.kind === 'bool') return 'bool';
  if (evidence.integer > 0) return 'int';
  if (evidence.unpacked > 0) return prior.kind === 'list' ? 'list' : 'tuple';
  if (prior.kind === 'list') return 'list';
  // What may be left out, and is an object: `rng=None`.
  if (context.isConstructor && given === null && evidence.iterated === 0) return 'none';
  if (evidence.object > 0 && evidence.arithmetic === 0) return 'object';
  if (evidence.tested > 0 && evidence.arithmetic === 0 && evidence.iterated === 0) return 'bool';
  if (evidence.iterated > 0 && evidence.arithmetic === 0 && prior.role === 'config') return 'list';
  if (context.isConstructor && given === null) return 'none';
  if (context.isConstructor && evidence.arithmetic === 0 && !isRemarkable(thing.name)) return evidence.called > 0 ? 'callable' : 'int';
  return prior.kind;
}

/** The kind of a literal; a whole number whose name is one of a factor is a float. */
export function kindOfLiteral(literal: Literal, prior: Prior): InputKind {
  if (literal === null) return 'none';
  switch (typeof literal) {
    case 'boolean': return 'bool';
    case 'string': return 'string';
    case 'number': return prior.kind === 'float' || prior.kind === 'array' ? 'float' : 'int';
    default: return isFloat(literal) ? 'float' : 'dict' in literal ? 'dict' : 'tuple' in literal ? 'tuple' : 'list';
  }
}

function roleOf(thing: Thing, fact: Fact | undefined, given: Literal | undefined, prior: Prior, kind: InputKind, context: Context): Role {
  const {evidence} = thing;
  if (kind === 'float') {
    if (fact?.role !== undefined) return fact.role;
    if (given !== undefined && given !== null) return 'hyperparameter';
    return prior.kind === 'float' || fact?.literal !== undefined ? 'hyperparameter' : 'differentiable';
  }
  if (kind !== 'array') return prior.role === 'cache' ? 'cache' : 'config';
  if (evidence.picks > 0) return 'label';
  if (evidence.index.length > 0) return prior.role === 'label' || fact?.role === 'label' ? 'label' : 'index';
  if (fact?.role !== undefined) return fact.role;
  if (context.hasGradient) return 'differentiable';
  if (evidence.counted > 0 && prior.role === 'label') return 'label';
  return prior.role === 'hyperparameter' || (prior.kind !== 'array' && prior.role === 'config') ? 'differentiable' : prior.role;
}

function domainOf(thing: Thing, prior: Prior, kind: InputKind, role: Role, {around}: Context): Domain {
  const {evidence} = thing;
  if (kind !== 'array') return 'any';
  if (role === 'label' && evidence.index.length === 0 && evidence.counted === 0) {
    if (/mse|square|mean_?sq|l2|euclid|regress|huber/.test(around)) return 'any';
    if (/binary|bce|logistic|sigmoid/.test(around)) return 'mask';
    if (evidence.complement > 0 || evidence.arithmetic === 0) return evidence.oneHot > 0 || evidence.arithmetic === 0 ? 'one-hot' : 'mask';
    return /entropy|softmax|nll|likelihood|cross|ce/.test(around) || evidence.oneHot > 0 ? 'one-hot' : 'any';
  }
  if (role === 'label' || role === 'index') return 'any';
  if (evidence.complement > 0 || (/binary|bce/.test(around) && /prob|pred|hat/i.test(thing.name))) return 'unit-interval';
  if (evidence.logged > 0) return /entropy|nll|likelihood/.test(around) || /prob|pred|hat|^AL$|^y$/.test(thing.name) ? 'probabilities' : 'positive';
  if (evidence.rooted > 0) return 'positive';
  return prior.domain ?? 'any';
}

function ranksOf(thing: Thing, prior: Prior, role: Role): readonly number[] {
  const {shape, evidence} = thing;
  if (shape.rank !== null) return [shape.rank];
  if (role === 'label' && evidence.counted > 0 && shape.least <= 1) return [1, 2];
  // A sequence of places, unless the name says otherwise.
  if (role === 'index' && shape.least <= 1 && (prior.role !== 'index' || prior.ranks[0] === 1)) return [1, 2];
  const least = Math.max(shape.least, evidence.matrix > 0 ? 1 : 0);
  const likely = prior.kind === 'array' ? prior.ranks : [2, 1, 4, 3];
  const fitting = [...(least > 2 && !likely.slice(0, 1).includes(least) ? [least] : []), ...likely.filter((rank) => rank >= least && (rank !== least || least <= 2 || likely[0] === least))];
  if (fitting.length === 0) return [least];
  if (evidence.matrix > 0) {
    const products = fitting.filter((rank) => rank <= 2);
    // A vector is not transposed.
    if (evidence.turned > 0) products.sort((a, b) => b - a);
    return products.length > 0 ? [...products, ...fitting.filter((rank) => rank > 2)] : fitting;
  }
  return fitting;
}

function literalFor(kind: InputKind, given: Literal | undefined, prior: Prior, thing: Thing): Literal | undefined {
  if (kind === 'array' || kind === 'dict' || kind === 'list' || kind === 'tuple' || kind === 'object' || kind === 'callable') return undefined;
  if (kind === 'none') return null;
  // Layers are counted from 1.
  if (kind === 'int' && thing.evidence.numbered > 0 && given === undefined) return 1;
  // A place that every axis has.
  if (kind === 'int' && thing.evidence.index.length > 0) return 1;
  const first = prior.values?.[0];
  const usable = prior.kind === kind;
  if (kind === 'float' && prior.role === 'hyperparameter' && first !== undefined) return first;
  // The last axis is no size.
  if (kind === 'int' && given === undefined && typeof first === 'number' && first < 0 && thing.evidence.integer > 0) return undefined;
  // A kernel of 7 would only cost time.
  if (kind === 'int' && usable && first !== undefined && typeof given === 'number' && given > 4 && /size|kernel|window/.test(thing.name)) return first;
  if (kind === 'string') return thing.evidence.choices.find((choice) => typeof choice === 'string') ?? (typeof given === 'string' ? given : first);
  // A backward goes with the forward of training, whatever the default.
  if (kind === 'bool' && /^(?:is_?)?train(?:ing|_?fl?a?g)?$/.test(thing.name)) return true;
  if (given !== undefined && given !== null && kindOfLiteral(given, prior) === kind) return kind === 'float' && typeof given === 'number' ? {float: given} : given;
  if (kind === 'bool') return given ?? first ?? true;
  return usable ? first : undefined;
}

function originOf(thing: Thing, fact: Fact | undefined, given: Literal | undefined): Origin {
  if (fact !== undefined && (fact.shape !== undefined || fact.kind !== undefined || fact.role !== undefined || fact.literal !== undefined)) return fact.origin;
  const {evidence} = thing;
  if (thing.shape.rank !== null || evidence.keyed > 0 || evidence.integer > 0 || evidence.choices.length > 0 || evidence.index.length > 0) return 'use';
  return given === undefined ? 'guess' : 'default';
}
