/**
 * What a backward gives: the gradients that it returns (a tuple, a name, a dictionary) and those that it leaves in
 * attributes, each mapped to the forward value that its name speaks of. Reads text only.
 */
import type {ClassDef, DictExpr, Expr, FunctionDef, Stmt} from '../python/ast.ts';
import type {Span} from '../python/span.ts';
import type {FindContext} from './context.ts';
import {quoted, written, writtenKey} from './context.ts';
import {flatten, returnsOf} from './definitions.ts';
import type {ForwardValues} from './forward-values.ts';
import {isGenericGradient, isHyperparameterName, isLabelName, isLossName} from './naming.ts';
import type {GradientName} from './pair.ts';
import {dottedName, rootName, scopeOf} from './scopes.ts';

/** One thing that a function returns, before it is known whether it is a gradient. */
export interface Returned {
  /** As the user writes it, or null for an expression. */
  readonly name: string | null;
  readonly position: number | null;
  /** The word that tells what it is of: the name, the key, or the name at the bottom of the expression. */
  readonly word: string | null;
  /** The key text when it is an entry of a dictionary: `'W1'`, `'dW' + str(l)`. */
  readonly key: string | null;
  readonly span: Span;
  /** Whether it is the constant None (or no value at all). */
  readonly none: boolean;
}

/** What a function returns, from its most telling return statement; empty when it returns nothing. */
export function returnedBy(context: FindContext, definition: FunctionDef, owner: ClassDef | null, depth = 0): readonly Returned[] {
  let best: readonly Returned[] = [];
  for (const statement of returnsOf(definition)) {
    const found = entriesOf({context, definition, owner, depth}, statement.value);
    const telling = (entries: readonly Returned[]): number => entries.filter(entry => !entry.none).length;
    if (telling(found) >= telling(best)) best = found;
  }
  return best;
}

interface Reading {
  readonly context: FindContext;
  readonly definition: FunctionDef;
  readonly owner: ClassDef | null;
  readonly depth: number;
}

function entriesOf(reading: Reading, value: Expr): readonly Returned[] {
  if (value.kind === 'Tuple' || value.kind === 'List') {
    return value.items.flatMap((item, i) => {
      const inner = item.kind === 'Star' ? item.value : item;
      const entries = dictionaryOf(reading, inner) ?? [];
      return entries.length > 0 ? entries.map(one => ({...one, position: i})) : [single(reading, inner, i)];
    });
  }
  if (value.kind === 'Conditional') return entriesOf(reading, value.then);
  const dictionary = dictionaryOf(reading, value);
  if (dictionary !== null && dictionary.length > 0) return dictionary;
  if (value.kind === 'Name') {
    const assigned = assignedTo(reading.definition, value.id).at(-1);
    if (assigned !== undefined && (assigned.value.kind === 'Tuple' || assigned.value.kind === 'List') && assigned.value.items.length > 1) {
      return entriesOf(reading, assigned.value);
    }
    if (assigned?.value.kind === 'Call' && isGenericGradient(value.id)) {
      const through = calleeEntries(reading, assigned.value.callee);
      if (through !== null) return through;
    }
  }
  if (value.kind === 'Call') {
    const through = calleeEntries(reading, value.callee);
    if (through !== null) return through;
  }
  return [single(reading, value, 0)];
}

function single(reading: Reading, value: Expr, position: number): Returned {
  const none = value.kind === 'Constant' && value.value !== true && value.value !== false;
  if (value.kind === 'Name') {
    const last = assignedTo(reading.definition, value.id).at(-1);
    return {name: value.id, position, word: value.id, key: null, span: last?.span ?? value.span, none};
  }
  if (dottedName(value) !== null || (value.kind === 'Subscript' && rootName(value) !== null)) {
    const name = written(reading.context, value);
    return {name, position, word: lastWord(value), key: null, span: value.span, none};
  }
  return {name: null, position, word: wordInside(value), key: null, span: value.span, none};
}

/** `dW` of `self.dW`, `W1` of `grads['W1']`. */
function lastWord(value: Expr): string | null {
  if (value.kind === 'Attribute') return value.name;
  if (value.kind === 'Subscript') return value.index.kind === 'String' ? value.index.value : lastWord(value.object);
  return value.kind === 'Name' ? value.id : null;
}

/** `dx` of `dx.reshape(x.shape)`, `np.array(dx)`, `dx / N`; null for anything richer. */
function wordInside(value: Expr): string | null {
  if (value.kind === 'Call') {
    if (value.callee.kind === 'Attribute') {
      const root = rootName(value.callee.object);
      if (root !== null && !/^(?:np|numpy|cp|torch|self|tf|xp|array_api)$/.test(root)) return root;
    }
    const first = value.args[0];
    if (value.args.length === 1 && first !== undefined && first.star === '') return wordInside(first.value);
    return null;
  }
  if (value.kind === 'Name') return value.id;
  if (value.kind === 'Subscript' || (value.kind === 'Attribute' && value.name === 'T')) return rootName(value);
  if (value.kind === 'Unary') return wordInside(value.operand);
  if (value.kind === 'Binary' && (value.operator === '/' || value.operator === '*') && value.left.kind === 'Name') {
    return /^d|grad/.test(value.left.id) ? value.left.id : null;
  }
  return null;
}

/** The entries of a dictionary that a literal or a local name holds; null when it is no dictionary. */
function dictionaryOf(reading: Reading, value: Expr): readonly Returned[] | null {
  const {context} = reading;
  if (value.kind === 'Dict') return literalEntries(context, value, 'return');
  if (value.kind === 'Call' && value.callee.kind === 'Name' && value.callee.id === 'dict' && value.args.length > 0) {
    return value.args.flatMap(argument => argument.name === null ? []
      : [entry(`return[${quoted(argument.name)}]`, quoted(argument.name), argument.span)]);
  }
  const place = value.kind === 'Name' ? value.id : dottedName(value);
  if (place === null) return null;
  const found = new Map<string, Returned>();
  let dictionary = false;
  for (const statement of flatten(reading.definition.body)) {
    for (const [target, assigned] of targetsOf(statement)) {
      if (dottedName(target) === place) {
        if (assigned?.kind === 'Dict') {
          dictionary = true;
          for (const one of literalEntries(context, assigned, place)) found.set(one.name!, one);
        } else if (assigned?.kind === 'Call' && /^(?:dict|defaultdict|OrderedDict|collections\.\w+)$/.test(dottedName(assigned.callee) ?? '')) {
          dictionary = true;
          for (const argument of assigned.args) {
            if (argument.name !== null) found.set(argument.name, entry(`${place}[${quoted(argument.name)}]`, quoted(argument.name), argument.span));
          }
        }
      } else if (target.kind === 'Subscript' && dottedName(target.object) === place && isKey(target.index)) {
        dictionary = true;
        const key = writtenKey(context, target.index);
        found.set(`${place}[${key}]`, entry(`${place}[${key}]`, key, target.span));
      }
    }
  }
  return dictionary ? [...found.values()] : null;
}

function entry(name: string, key: string, span: Span): Returned {
  return {name, position: null, word: /^(['"])(\w+)\1$/.exec(key)?.[2] ?? null, key, span, none: false};
}

function literalEntries(context: FindContext, literal: DictExpr, place: string): readonly Returned[] {
  return literal.entries.flatMap(({key, value}) => {
    if (key === null) return [];
    const text = writtenKey(context, key);
    return [entry(`${place}[${text}]`, text, value.span)];
  });
}

/** Whether an index is the key of a dictionary and not a place in an array: a string, or made of one. */
function isKey(index: Expr): boolean {
  switch (index.kind) {
    case 'String':
    case 'FString':
      return true;
    case 'Binary':
      return isKey(index.left) || isKey(index.right);
    case 'Call':
      return index.callee.kind === 'Attribute' && index.callee.name === 'format';
    default:
      return false;
  }
}

/** Follows `return self.step(...)` and `return affine_backward(...)` into the file. */
function calleeEntries(reading: Reading, callee: Expr): readonly Returned[] | null {
  if (reading.depth > 2) return null;
  const {definitions} = reading.context;
  const name = dottedName(callee);
  if (name === null) return null;
  const method = name.startsWith('self.') && reading.owner !== null ? definitions.methods(reading.owner).get(name.slice(5)) : undefined;
  const target = method ?? definitions.functions.get(name);
  if (target === undefined || target === reading.definition) return null;
  const found = returnedBy(reading.context, target, method === undefined ? null : reading.owner, reading.depth + 1);
  const at = callee.span;
  return found.length === 0 ? null : found.map(one => ({...one, name: one.key === null ? null : one.name, span: at}));
}

/** Target and value of each assignment that a statement makes, tuples taken apart. */
export function targetsOf(statement: Stmt): readonly (readonly [target: Expr, value: Expr | null])[] {
  if (statement.kind === 'AugAssign') return [[statement.target, null]];
  if (statement.kind === 'AnnAssign') return [[statement.target, statement.value]];
  if (statement.kind === 'For') return apart(statement.target, null);
  if (statement.kind !== 'Assign') return [];
  return statement.targets.flatMap(target => apart(target, statement.value));
}

function apart(target: Expr, value: Expr | null): readonly (readonly [Expr, Expr | null])[] {
  if (target.kind !== 'Tuple' && target.kind !== 'List') return [[target, value]];
  const items = value !== null && (value.kind === 'Tuple' || value.kind === 'List') && value.items.length === target.items.length
    ? value.items : null;
  return target.items.flatMap((item, i) => apart(item.kind === 'Star' ? item.value : item, items === null ? null : items[i]!));
}

/** The places that assign a local name, or write into it, with the value where it is a plain assignment. */
function assignedTo(definition: FunctionDef, name: string): readonly {readonly span: Span; readonly value: Expr}[] {
  const all: {span: Span; value: Expr}[] = [];
  for (const statement of flatten(definition.body)) {
    for (const [target, value] of targetsOf(statement)) {
      if (rootName(target) === name) all.push({span: target.span, value: target.kind === 'Name' && value !== null ? value : target});
    }
  }
  return all;
}

/** The gradients of a backward, returned ones first, each with what it is of. */
export function readGradients(context: FindContext, backward: FunctionDef, owner: ClassDef | null, values: ForwardValues): readonly GradientName[] {
  const returned = gradientsAmong(returnedBy(context, backward, owner), values);
  const left = leftBehind(context, backward, owner, values);
  const names = new Set(returned.map(gradient => gradient.name));
  return [...returned, ...left.filter(gradient => !names.has(gradient.name))];
}

/** Maps what is returned to forward values: by name where a name says so, else by order where the count fits. */
export function gradientsAmong(returned: readonly Returned[], values: ForwardValues): readonly GradientName[] {
  const found = returned.filter(one => !one.none).map(one => {
    const of = meaning(one, values);
    return {name: one.name, position: one.key === null ? one.position : null, of, by: of === null ? null : 'name', span: one.span} as const;
  });
  const data = values.parameters.filter(name => !isHyperparameterName(name) && !isLabelName(name));
  const candidates = data.length === 0 ? values.parameters : data;
  if (found.some(gradient => gradient.of !== null && gradient.position !== null)) return lastOne(found, candidates);
  const places = found.filter(gradient => gradient.position !== null);
  if (places.length === 0 || places.some(gradient => gradient.name !== null && isLossName(gradient.name)) || (places.length !== candidates.length && places.length !== 1) || candidates.length === 0) return found;
  return found.map(gradient => gradient.position === null ? gradient
    : {...gradient, of: candidates[places.indexOf(gradient)]!, by: 'position'} as const);
}

/** Where names settle all gradients but one and all arguments but one, those two belong together. */
function lastOne(found: readonly GradientName[], candidates: readonly string[]): readonly GradientName[] {
  const open = found.filter(gradient => gradient.of === null && gradient.position !== null);
  const free = candidates.filter(name => !found.some(gradient => gradient.of === name));
  if (open.length !== 1 || free.length !== 1 || found.length !== candidates.length) return found;
  return found.map(gradient => gradient === open[0] ? {...gradient, of: free[0]!, by: 'position'} : gradient);
}

function meaning(one: Returned, values: ForwardValues): string | null {
  if (one.key !== null && one.word === null) return values.ofComputedKey(one.key);
  if (one.word === null || isGenericGradient(one.word)) return null;
  return values.of(one.word) ?? (one.key === null ? null : values.named(one.word));
}

/** Gradients left in attributes: `self.dW = `, `self.grads['W'] += `, `self.grads[0][...] = dW`, `self.W.grad = `. */
function leftBehind(context: FindContext, backward: FunctionDef, owner: ClassDef | null, values: ForwardValues): readonly GradientName[] {
  const found = new Map<string, GradientName>();
  const add = (name: string, of: string | null, span: Span): void => {
    if (of !== null || !found.has(name)) found.set(name, {name, position: null, of, by: of === null ? null : 'name', span});
  };
  const handed = new Set(backward.params.map(parameter => parameter.name));
  for (const statement of bodiesOf(context, backward, owner).flatMap(body => flatten(body))) {
    for (const [target, value] of targetsOf(statement)) {
      if (target.kind !== 'Attribute' && target.kind !== 'Subscript') continue;
      if (value?.kind === 'Name' && handed.has(value.id)) continue;
      const place = wholeOf(target);
      if (place.kind === 'Attribute') {
        if (isGenericGradient(place.name) && !(place.object.kind === 'Name' && place.object.id === 'self')) {
          add(written(context, place), written(context, place.object), target.span);
        } else if (place.object.kind === 'Name' && place.object.id === 'self' && owner !== null) {
          if (isGenericGradient(place.name) && value !== null && (value.kind === 'Dict' || value.kind === 'List' || value.kind === 'Tuple')) {
            addContainer(context, place, value, values, add);
          } else {
            const of = isGenericGradient(place.name) ? null : values.of(place.name);
            if (of !== null && of !== `self.${place.name}`) add(written(context, place), of, target.span);
          }
        }
      } else if (place.kind === 'Subscript' && place.object.kind === 'Attribute' && isGenericGradient(place.object.name)) {
        const key = writtenKey(context, place.index);
        const word = place.index.kind === 'String' ? place.index.value : null;
        const named = value === null ? null : wordInside(value);
        const of = word !== null ? values.of(word) ?? values.named(word)
          : values.ofComputedKey(key) ?? (named === null ? null : values.of(named)) ?? sibling(context, place.object, key, values);
        add(written(context, place), of, target.span);
      }
    }
  }
  return [...found.values()];
}

/** The body of a backward and those of the methods that it calls on `self`. */
function bodiesOf(context: FindContext, backward: FunctionDef, owner: ClassDef | null): readonly (readonly Stmt[])[] {
  const bodies = [backward.body];
  if (owner === null) return bodies;
  const methods = context.definitions.methods(owner);
  for (const call of scopeOf(backward).calls) {
    const method = call.startsWith('self.') ? methods.get(call.slice(5)) : undefined;
    if (method !== undefined && method !== backward && !/forward|loss|cost|update|__init__/i.test(method.name)) bodies.push(method.body);
  }
  return bodies;
}

/** Takes away indices that write into an array: `self.dW` of `self.dW[i, j]`, `self.grads[0]` of `self.grads[0][...]`. */
function wholeOf(target: Expr): Expr {
  let at = target;
  while (at.kind === 'Subscript') {
    const inner = at.object;
    if (inner.kind === 'Attribute' && /^(?:d?grads|gradients)$/i.test(inner.name)) return at;
    if (inner.kind === 'Attribute' && isGenericGradient(inner.name) && isKey(at.index)) return at;
    at = inner;
  }
  return at;
}

function addContainer(
  context: FindContext, place: Expr, value: Expr, values: ForwardValues, add: (name: string, of: string | null, span: Span) => void,
): void {
  const name = written(context, place);
  if (value.kind === 'Dict') {
    for (const one of literalEntries(context, value, name)) add(one.name!, meaning(one, values), one.span);
  } else if (value.kind === 'List' || value.kind === 'Tuple') {
    value.items.forEach((item, i) => {
      const word = wordInside(item);
      add(`${name}[${i}]`, (word === null ? null : values.of(word)) ?? sibling(context, place, String(i), values), item.span);
    });
  }
}

/** `self.params[0]` for `self.grads[0]`, where there is such a thing. */
function sibling(context: FindContext, grads: Expr, key: string, values: ForwardValues): string | null {
  const parameters = written(context, grads).replace(/\w+$/, word => word.startsWith('g') ? 'params' : 'parameters');
  return values.places.has(parameters) ? `${parameters}[${key}]` : null;
}

