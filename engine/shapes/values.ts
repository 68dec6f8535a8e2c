/**
 * What is known of a value without running anything: an array of some shape, a whole number, a tuple of such. Immutable, but
 * for objects, whose attributes are gathered. Everything that is not sure is `unknown`.
 */
import {priorOf} from '../inputs/priors.ts';
import type {ClassDef, FunctionDef} from '../python/ast.ts';
import type {Dim} from './dimension.ts';
import {sameDim} from './dimension.ts';

export type ElementType = 'float' | 'int' | 'bool' | 'unknown';

export type Abstract =
  /** `whole` is its value should it be a whole number: a parameter's name, an entry of a dictionary. */
  | {readonly kind: 'unknown'; readonly whole: Dim}
  /** An array, or a NumPy number where it has no axes; null: of an unknown number of axes. */
  | {readonly kind: 'array'; readonly shape: readonly Dim[] | null; readonly type: ElementType}
  | {readonly kind: 'int'; readonly value: Dim}
  /** A float or a bool; `whole` for a quotient of whole numbers. */
  | {readonly kind: 'number'; readonly whole: Dim}
  | {readonly kind: 'none'}
  | {readonly kind: 'ellipsis'}
  | {readonly kind: 'string'; readonly value: string | null}
  /** `items` is null when their number is not known; then each of them is an `element`. */
  | {readonly kind: 'sequence'; readonly items: readonly Abstract[] | null; readonly element: Abstract}
  | {readonly kind: 'dict'; readonly entries: ReadonlyMap<string, Abstract>}
  | {readonly kind: 'range'; readonly count: Dim}
  | {readonly kind: 'slice'; readonly start: Abstract | null; readonly stop: Abstract | null; readonly step: Abstract | null}
  | {readonly kind: 'function'; readonly definition: FunctionDef; readonly self: Abstract | null}
  | {readonly kind: 'class'; readonly definition: ClassDef}
  | {readonly kind: 'object'; readonly definition: ClassDef; readonly attributes: Map<string, Abstract>}
  /** NumPy and its parts: `np.random`. */
  | {readonly kind: 'module'; readonly path: string}
  | {readonly kind: 'method'; readonly of: Abstract; readonly name: string};

export type ArrayValue = Extract<Abstract, {kind: 'array'}>;
export type ObjectValue = Extract<Abstract, {kind: 'object'}>;

export const unknown: Abstract = {kind: 'unknown', whole: null};
export const none: Abstract = {kind: 'none'};
export const number: Abstract = {kind: 'number', whole: null};

export function array(shape: readonly Dim[] | null, type: ElementType = 'float'): ArrayValue {
  return {kind: 'array', shape, type};
}

export function int(value: Dim): Abstract {
  return {kind: 'int', value};
}

export function sequence(items: readonly Abstract[]): Abstract {
  return {kind: 'sequence', items, element: items.length === 0 ? unknown : items.reduce(join)};
}

export function listOf(element: Abstract): Abstract {
  return {kind: 'sequence', items: null, element};
}

/** An unknown value by its name: what is called a learning rate or a stride is a number. `dout` may be a size or a gradient. */
export function called(name: string): Abstract {
  const kind = /^d_?(?:in|out)$/.test(name) ? 'array' : priorOf(name).kind;
  return kind === 'int' ? int(name) : kind === 'float' ? number : {kind: 'unknown', whole: name};
}

/** The shape that a value has as an operand of array arithmetic; undefined when it may be anything. */
export function shapeOf(value: Abstract): readonly Dim[] | null | undefined {
  switch (value.kind) {
    case 'array': return value.shape;
    case 'int': case 'number': return [];
    case 'range': return [value.count];
    case 'sequence': {
      if (value.items === null || value.items.length === 0) return undefined;
      const inner = shapeOf(value.items.reduce(join));
      return inner === undefined || inner === null ? undefined : [value.items.length, ...inner];
    }
    default: return undefined;
  }
}

/** The whole number that a value is where only a whole number fits. */
export function wholeOf(value: Abstract): Dim {
  switch (value.kind) {
    case 'int': return value.value;
    case 'unknown': return value.whole;
    default: return null;
  }
}

/** What is known of a value that is one or the other. None gives way: what is None has no shape. */
export function join(a: Abstract, b: Abstract): Abstract {
  if (a === b || b.kind === 'none') return a;
  if (a.kind === 'none') return b;
  if (a.kind === 'array' && b.kind === 'array') return array(joinShapes(a.shape, b.shape), a.type === b.type ? a.type : 'unknown');
  if (a.kind === 'int' && b.kind === 'int') return sameDim(a.value, b.value) ? a : int(null);
  if (isNumber(a) && isNumber(b)) return number;
  if (a.kind === 'sequence' && b.kind === 'sequence') {
    if (a.items !== null && b.items !== null && a.items.length === b.items.length && a.items.length > 0) return sequence(a.items.map((item, i) => join(item, b.items![i])));
    return listOf(isEmpty(a) ? b.element : isEmpty(b) ? a.element : join(a.element, b.element));
  }
  if (a.kind === 'dict' && b.kind === 'dict') {
    const entries = new Map(a.entries);
    for (const [key, value] of b.entries) entries.set(key, entries.has(key) ? join(entries.get(key)!, value) : value);
    return {kind: 'dict', entries};
  }
  if (a.kind === 'unknown' && b.kind === 'unknown') return sameDim(a.whole, b.whole) ? a : unknown;
  if (a.kind === 'string' && b.kind === 'string') return a.value === b.value ? a : {kind: 'string', value: null};
  if (a.kind === 'function' && b.kind === 'function' && a.definition === b.definition) return a;
  return unknown;
}

function isEmpty(value: Extract<Abstract, {kind: 'sequence'}>): boolean {
  return value.items?.length === 0;
}

export function isNumber(value: Abstract): boolean {
  return value.kind === 'int' || value.kind === 'number' || (value.kind === 'array' && value.shape?.length === 0);
}

function joinShapes(a: readonly Dim[] | null, b: readonly Dim[] | null): readonly Dim[] | null {
  if (a === null || b === null || a.length !== b.length) return null;
  return a.map((dim, axis) => (sameDim(dim, b[axis]) ? dim : null));
}

/** Whether two values say the same: a loop is read until nothing more is learnt. */
export function isSame(a: Abstract, b: Abstract): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  if (a.kind === 'array' && b.kind === 'array') {
    if (a.type !== b.type) return false;
    if (a.shape === null || b.shape === null) return a.shape === b.shape;
    return a.shape.length === b.shape.length && a.shape.every((dim, axis) => (dim === null ? b.shape![axis] === null : sameDim(dim, b.shape![axis])));
  }
  if (a.kind === 'int' && b.kind === 'int') return a.value === null ? b.value === null : sameDim(a.value, b.value);
  if (a.kind === 'sequence' && b.kind === 'sequence') {
    if (a.items === null || b.items === null) return a.items === b.items && isSame(a.element, b.element);
    return a.items.length === b.items.length && a.items.every((item, i) => isSame(item, b.items![i]));
  }
  if (a.kind === 'dict' && b.kind === 'dict') return a.entries.size === b.entries.size && [...a.entries].every(([key, value]) => b.entries.has(key) && isSame(value, b.entries.get(key)!));
  if (a.kind === 'unknown' && b.kind === 'unknown') return a.whole === null ? b.whole === null : sameDim(a.whole, b.whole);
  if (a.kind === 'string' && b.kind === 'string') return a.value === b.value;
  return a.kind === 'none' || a.kind === 'number' || a.kind === 'ellipsis';
}
