/**
 * What a function returns, item by item: names, entries of dictionaries (literal or filled key by key), expressions,
 * and what the functions that it hands over to return. Knows nothing of gradients but their generic names.
 */
import type {ClassDef, DictExpr, Expr, FunctionDef} from '../python/ast.ts';
import type {Span} from '../python/span.ts';
import type {FindContext} from './context.ts';
import {quoted, written, writtenKey} from './context.ts';
import {flatten, returnsOf} from './definitions.ts';
import {isGenericGradient} from './naming.ts';
import {dottedName, rootName} from './scopes.ts';
import {targetsOf} from './targets.ts';

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
  const known = remembered.get(definition);
  if (known !== undefined) return known;
  const reading: Reading = {context, definition, owner, depth, asksOthers: false};
  let best: readonly Returned[] = [];
  for (const statement of returnsOf(definition)) {
    const found = entriesOf(reading, statement.value);
    const telling = (entries: readonly Returned[]): number => entries.filter(entry => !entry.none).length;
    if (telling(found) >= telling(best)) best = found;
  }
  if (!reading.asksOthers) remembered.set(definition, best);
  return best;
}

/** What rests on the definition alone. */
const remembered = new WeakMap<FunctionDef, readonly Returned[]>();

interface Reading {
  readonly context: FindContext;
  readonly definition: FunctionDef;
  readonly owner: ClassDef | null;
  readonly depth: number;
  /** Whether another definition was looked for. */
  asksOthers: boolean;
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
export function wordInside(value: Expr): string | null {
  if (value.kind === 'Call') {
    if (value.callee.kind === 'Attribute') {
      const root = rootName(value.callee.object);
      if (root !== null && !/^(?:np|numpy|cp|torch|self|tf|xp|array_api)$/.test(root)) return root;
    }
    const first = value.args.at(0);
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
    if (statement.kind === 'Delete') {
      for (const target of statement.targets) {
        if (target.kind === 'Subscript' && dottedName(target.object) === place) found.delete(`${place}[${writtenKey(context, target.index)}]`);
      }
    }
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
      } else if (target.kind === 'Subscript' && dottedName(target.object) === place) {
        const index = keyBehind(reading.definition, target.index);
        if (!isKey(index)) continue;
        dictionary = true;
        const key = writtenKey(context, index);
        found.set(`${place}[${key}]`, entry(`${place}[${key}]`, key, target.span));
      }
    }
  }
  return dictionary ? [...found.values()] : null;
}

/** The text that a key's name was given: `'W%d' % i` for `w_name`; any other index as it is. */
export function keyBehind(definition: FunctionDef, index: Expr): Expr {
  if (index.kind !== 'Name') return index;
  return assignedTo(definition, index.id).find(({value}) => isKey(value))?.value ?? index;
}

function entry(name: string, key: string, span: Span): Returned {
  return {name, position: null, word: /^(['"])(\w+)\1$/.exec(key)?.[2] ?? null, key, span, none: false};
}

export function literalEntries(context: FindContext, literal: DictExpr, place: string): readonly Returned[] {
  return literal.entries.flatMap(({key, value}) => {
    if (key === null) return [];
    const text = writtenKey(context, key);
    return [entry(`${place}[${text}]`, text, value.span)];
  });
}

/** Whether an index is the key of a dictionary and not a place in an array: a string, or made of one. */
export function isKey(index: Expr): boolean {
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
  const {definitions} = reading.context;
  const name = dottedName(callee);
  if (name === null || (name.includes('.') && !name.startsWith('self.'))) return null;
  reading.asksOthers = true;
  if (reading.depth > 2) return null;
  const method = name.startsWith('self.') && reading.owner !== null ? definitions.methods(reading.owner).get(name.slice(5)) : undefined;
  const target = method ?? definitions.functions.get(name);
  if (target === undefined || target === reading.definition) return null;
  const found = returnedBy(reading.context, target, method === undefined ? null : reading.owner, reading.depth + 1);
  const at = callee.span;
  return found.length === 0 ? null : found.map(one => ({...one, name: one.key === null ? null : one.name, span: at}));
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
