/**
 * The values of a forward that a gradient may be of, by name: its arguments, what it takes out of objects and
 * dictionaries (`self.W`, `params['W1']`), what it computes, and the globals it reads.
 */
import type {ClassDef, Expr, FunctionDef, Stmt} from '../python/ast.ts';
import type {FindContext} from './context.ts';
import {quoted, written} from './context.ts';
import {cachedNames} from './cached-names.ts';
import {expressionsIn, flatten, isStatic, returnsOf} from './definitions.ts';
import {isCacheName, isGenericGradient, speaksOf} from './naming.ts';
import {keyBehind} from './returned.ts';
import {dottedName, rootName, scopeOf} from './scopes.ts';

export interface ForwardValues {
  /** The forward's parameters, `self` and star parameters left out. */
  readonly parameters: readonly string[];
  /** The value that a gradient's name speaks of, as the user writes it in the forward; null when there is none. */
  of(gradient: string): string | null;
  /** The value of that very name: `W1` gives `params['W1']`; null when there is none. */
  named(name: string): string | null;
  /** `params['W' + str(l)]` for the key text `'dW' + str(l)` of a gradient dictionary; null when nothing matches. */
  ofComputedKey(key: string): string | null;
  /** What the forwards return, caches left out: a gradient of it is the upstream one. */
  readonly outputs: ReadonlySet<string>;
  /** Names that the forwards compute on the way. */
  readonly computed: ReadonlySet<string>;
  /** Whether the forward or its class knows an expression of this text, such as `self.params`. */
  readonly places: ReadonlySet<string>;
}

/** The names of a function's parameters that are bound by a caller: neither `self` nor starred. */
export function plainParameters(definition: FunctionDef, owner: ClassDef | null): readonly string[] {
  const parameters = definition.params.filter(parameter => parameter.star === '').map(parameter => parameter.name);
  // A function of the module may be put into a class later: `def relu(self, x)`.
  return (owner !== null && !isStatic(definition)) || parameters[0] === 'self' ? parameters.slice(1) : parameters;
}

type Tier = Map<string, string>;

/**
 * The values of one forward, or of several that work together. With a backward, the names that it gives to what it
 * takes out of the cache count, too: `A_prev` for A in `A_prev, W, b = cache`.
 */
export function forwardValues(
  context: FindContext, forwards: readonly FunctionDef[], owner: ClassDef | null, backward: FunctionDef | null = null,
): ForwardValues {
  // A function of the module says all that there is to say by itself.
  if (owner !== null || forwards.length !== 1) return readForwards(context, forwards, owner, backward);
  const byBackward = remembered.get(forwards[0]) ?? new WeakMap<FunctionDef, ForwardValues>();
  remembered.set(forwards[0], byBackward);
  const other = backward ?? forwards[0];
  const values = byBackward.get(other) ?? readForwards(context, forwards, null, backward);
  byBackward.set(other, values);
  return values;
}

/** By forward, and by backward or the forward itself where there is none. */
const remembered = new WeakMap<FunctionDef, WeakMap<FunctionDef, ForwardValues>>();

function readForwards(context: FindContext, forwards: readonly FunctionDef[], owner: ClassDef | null, backward: FunctionDef | null): ForwardValues {
  const parameters = [...new Set(forwards.flatMap(forward => plainParameters(forward, owner)))];
  const given: Tier = new Map(parameters.map(name => [name, name]));
  const taken: Tier = new Map();
  const computed: Tier = new Map();
  const outside: Tier = new Map();
  const computedKeys = new Map<string, string>();
  const places = new Set<string>();

  const takeFrom = (statement: Stmt): void => {
    for (const expression of expressionsIn(statement)) {
      if (expression.kind === 'Attribute' && expression.object.kind === 'Name' && expression.object.id === 'self') {
        if (!taken.has(expression.name)) taken.set(expression.name, `self.${expression.name}`);
        places.add(`self.${expression.name}`);
      }
      if (expression.kind !== 'Subscript') continue;
      // What a loss writes into `grads` is no value that a gradient is of.
      if (rootName(expression) === null || isGenericGradient(lastWord(expression.object))) continue;
      const base = written(context, expression.object);
      if (expression.index.kind === 'String') {
        taken.set(expression.index.value, `${base}[${quoted(expression.index.value)}]`);
      } else {
        const index = expression.index.kind === 'Name' ? namedKey(forwards, expression.index) : expression.index;
        const prefix = keyPrefix(written(context, index));
        if (prefix !== null && !/^d[A-Zbwg]/.test(prefix) && !computedKeys.has(prefix)) computedKeys.set(prefix, base);
      }
    }
  };
  const nameAliases = (statement: Stmt): void => {
    if (statement.kind !== 'Assign') return;
    for (const target of statement.targets) {
      for (const [name, value] of pairUp(target, statement.value)) {
        const kept = /^self\.(\w+)$/.exec(name)?.[1];
        if (kept !== undefined) {
          if (value.kind === 'Name' && given.has(value.id) && !given.has(kept)) taken.set(kept, value.id);
          continue;
        }
        const place = aliasPlace(context, value);
        if (place !== null && !given.has(name) && name !== 'self') taken.set(name, place);
      }
    }
  };

  const bodies: Stmt[] = [];
  for (const forward of forwards) bodies.push(...forward.body);
  if (owner !== null) {
    const methods = context.definitions.methods(owner);
    const setUp = methods.get('__init__');
    if (setUp !== undefined) setUp.body.forEach(takeFrom);
    for (const other of calledMethods(forwards, methods)) bodies.push(...other.body);
  }
  bodies.forEach(takeFrom);
  for (const statement of flatten(bodies)) nameAliases(statement);
  if (backward !== null) {
    for (const [name, saved] of cachedNames(forwards, backward)) {
      if (!given.has(name) && !taken.has(name) && given.has(saved)) taken.set(name, saved);
    }
  }
  const outputs = new Set<string>();
  for (const forward of forwards) {
    for (const statement of returnsOf(forward)) {
      const items = statement.value.kind === 'Tuple' ? statement.value.items : [statement.value];
      for (const item of items) {
        const name = dottedName(item);
        if (name !== null && !isCacheName(name) && !given.has(name) && !(items.length > 1 && isParameter(name))) outputs.add(name);
      }
      for (const expression of expressionsIn(statement)) if (expression.kind === 'Name') computed.set(expression.id, expression.id);
    }
    const scope = scopeOf(forward);
    for (const name of scope.binds) if (!given.has(name)) computed.set(name, name);
    for (const name of scope.free) outside.set(name, name);
  }

  return {
    parameters, outputs, places,
    computed: new Set(computed.keys()),
    ...searchable([given, taken, computed, outside], computedKeys),
  };
}

/** Looks names up among what was read, given and taken values before computed and outside ones; holds no tree. */
function searchable(found: readonly Tier[], computedKeys: ReadonlyMap<string, string>): Pick<ForwardValues, 'of' | 'named' | 'ofComputedKey'> {
  const tiers = found.map(tier => ({tier, names: [...tier.keys()].filter(name => name !== 'self')}));
  const asked = new Map<string, string | null>();
  const search = (gradient: string): string | null => {
    for (const [group, loose] of [[[0, 1], false], [[0, 1], true], [[2, 3], false], [[2, 3], true]] as const) {
      for (const at of group) {
        const {tier, names} = tiers[at];
        const name = speaksOf(gradient, names, loose);
        if (name !== null) return tier.get(name)!;
      }
    }
    return null;
  };
  return {
    of: gradient => {
      const known = asked.get(gradient);
      if (known !== undefined) return known;
      const answer = search(gradient);
      asked.set(gradient, answer);
      return answer;
    },
    named: name => {
      for (const {tier} of tiers) {
        const place = tier.get(name);
        if (place !== undefined) return place;
      }
      return null;
    },
    ofComputedKey: key => {
      const prefix = keyPrefix(key);
      if (prefix === null) return null;
      for (const stem of /^(?:d_?|grad_?|delta_?)(.+)$/.exec(prefix)?.slice(1) ?? []) {
        const base = computedKeys.get(stem);
        if (base !== undefined) return `${base}[${key.replace(prefix, stem)}]`;
      }
      const same = computedKeys.get(prefix);
      return same === undefined ? null : `${same}[${key}]`;
    },
  };
}

/** The key that a name was given in one of the forwards. */
function namedKey(forwards: readonly FunctionDef[], index: Expr): Expr {
  return forwards.map(forward => keyBehind(forward, index)).find(key => key !== index) ?? index;
}

function lastWord(object: Expr): string {
  if (object.kind === 'Attribute') return object.name;
  return object.kind === 'Name' ? object.id : '';
}

/** `W` for the key texts `'W' + str(l)`, `f'W{i}'`, `'W%d' % i`. */
function keyPrefix(key: string): string | null {
  return /^[fF]?['"]([A-Za-z_]+)/.exec(key)?.[1] ?? null;
}

/** The methods of the class that the forwards call on `self`. */
function calledMethods(forwards: readonly FunctionDef[], methods: ReadonlyMap<string, FunctionDef>): readonly FunctionDef[] {
  const called: FunctionDef[] = [];
  for (const forward of forwards) {
    for (const call of scopeOf(forward).calls) {
      const method = call.startsWith('self.') ? methods.get(call.slice(5)) : undefined;
      if (method !== undefined && !forwards.includes(method) && !called.includes(method)) called.push(method);
    }
  }
  return called;
}

/** `a, b = x, y` as [a, x], [b, y]; `a, b = pair` as [a, pair[0]] is not followed, but for `self.params`. */
function pairUp(target: Expr, value: Expr): readonly (readonly [string, Expr])[] {
  if (target.kind === 'Name') return [[target.id, value]];
  if (target.kind === 'Attribute' && target.object.kind === 'Name' && target.object.id === 'self') return [[`self.${target.name}`, value]];
  if (target.kind !== 'Tuple' && target.kind !== 'List') return [];
  if (value.kind === 'Tuple' || value.kind === 'List') {
    const items = value.items;
    return target.items.length === items.length ? target.items.flatMap((item, i) => pairUp(item, items[i])) : [];
  }
  if (value.kind !== 'Attribute') return [];
  return target.items.flatMap((item, i) => item.kind === 'Name' ? [[item.id, indexed(value, i)] as const] : []);
}

/** The expression `value[i]`, spans borrowed from `value`. */
function indexed(value: Expr, i: number): Expr {
  const index = {kind: 'Number', span: value.span, value: i, type: 'int'} as const;
  return {kind: 'Subscript', span: value.span, object: value, index};
}

/** `self.W` and `params['W1']` as places; `self.params[0]` too; null for anything computed. */
function aliasPlace(context: FindContext, value: Expr): string | null {
  if (value.kind === 'Attribute') {
    const dotted = dottedName(value);
    return dotted !== null && /\.(?:T|shape|size|ndim|dtype)\b/.test(dotted) ? null : dotted;
  }
  if (value.kind !== 'Subscript') return null;
  const root = rootName(value);
  const object = dottedName(value.object);
  if (root === null || object === null || object.endsWith('.shape')) return null;
  if (value.index.kind === 'String') return written(context, value);
  if (value.index.kind === 'Number') return `${written(context, value.object)}[${String(value.index.value)}]`;
  return null;
}

/** `self.weights`, which a forward may return beside its output. */
function isParameter(name: string): boolean {
  return /^self\._?(?:w|weights?|kernels?|filters?|b|bias(?:es)?)\d*$/i.test(name);
}
