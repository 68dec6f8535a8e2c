/**
 * Classes that stand for abilities: `numbers`, `collections.abc` and the names of `typing`, which are inert beside that.
 */
import {NDArray} from '../../ndarray/array.ts';
import {isFloat} from '../../ndarray/dtype.ts';
import {Scalar} from '../../ndarray/scalar.ts';
import {List, Slice, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {AbstractClass, isCallable} from '../builtins/inspection.ts';
import {Dict, DictView, PyIterator, PySet, Range} from '../containers.ts';
import {Builtin, Instance} from '../objects.ts';
import type {Class} from '../objects.ts';
import {types} from '../types.ts';
import {namedTupleClass} from './records.ts';
import {unchanged} from './functools.ts';

function has(value: Value, ...names: readonly string[]): boolean {
  return value instanceof Instance && (value.native !== undefined || names.some((name) => value.cls.lookup(name) !== undefined));
}

function isInteger(value: Value): boolean {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return true;
  return value instanceof Scalar && !isFloat(value.dtype) && (value.weak || value.dtype !== 'bool');
}

function isReal(value: Value): boolean {
  return isInteger(value) || (value instanceof Scalar && value.dtype !== 'bool');
}

function isSequence(value: Value): boolean {
  return value instanceof List || value instanceof Tuple || value instanceof Range || typeof value === 'string';
}

function isIterable(value: Value): boolean {
  return isSequence(value) || value instanceof Dict || value instanceof PySet || value instanceof DictView || value instanceof PyIterator
    || value instanceof NDArray || has(value, '__iter__');
}

function isSized(value: Value): boolean {
  return (isIterable(value) && !(value instanceof PyIterator)) || has(value, '__len__');
}

function abstract(module: string, name: string, includes: (value: Value) => boolean): [string, Class] {
  return [name, new AbstractClass(`${module}.${name}`, includes, types.object)];
}

export const numbers: ReadonlyMap<string, Value> = new Map<string, Value>([
  abstract('numbers', 'Number', isReal), abstract('numbers', 'Complex', isReal), abstract('numbers', 'Real', isReal),
  abstract('numbers', 'Rational', isInteger), abstract('numbers', 'Integral', isInteger),
]);

const abilities: readonly (readonly [string, (value: Value) => boolean])[] = [
  ['Iterable', isIterable], ['Iterator', (value) => value instanceof PyIterator || has(value, '__next__')],
  ['Generator', (value) => value instanceof PyIterator && value.typeName === 'generator'],
  ['Sized', isSized], ['Collection', isSized], ['Container', isSized], ['Sequence', isSequence],
  ['MutableSequence', (value) => value instanceof List], ['Mapping', (value) => value instanceof Dict],
  ['MutableMapping', (value) => value instanceof Dict], ['Set', (value) => value instanceof PySet],
  ['MutableSet', (value) => value instanceof PySet && value.typeName === 'set'], ['Callable', isCallable],
  ['Hashable', (value) => !(value instanceof List || value instanceof Dict || value instanceof NDArray || value instanceof Slice)],
];

/** The module `collections.abc`. */
export const collectionsAbc: ReadonlyMap<string, Value> = new Map(abilities.map(([name, includes]) => abstract('collections.abc', name, includes)));

const spelled: ReadonlyMap<string, Class> = new Map([
  ['List', types.list], ['Dict', types.dict], ['Tuple', types.tuple], ['FrozenSet', types.frozenset], ['Type', types.type], ['Text', types.str],
]);

const typingFunctions: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['TYPE_CHECKING', false], ['NamedTuple', namedTupleClass],
  ['cast', new Builtin('cast', (_run, args) => args[1])],
  ['overload', unchanged('overload')], ['final', unchanged('final')], ['no_type_check', unchanged('no_type_check')],
  ['runtime_checkable', unchanged('runtime_checkable')],
  ['TypeVar', new Builtin('TypeVar', () => types.object)], ['NewType', new Builtin('NewType', (_run, args) => args[1])],
]);

const inert = new Map<string, Class>();

/** A name of `typing`; anything that begins with a capital is a class that says nothing. */
export function typingName(name: string): Value | undefined {
  const known = spelled.get(name) ?? typingFunctions.get(name) ?? collectionsAbc.get(name);
  if (known !== undefined || !/^[A-Z]/u.test(name)) return known;
  let cls = inert.get(name);
  if (cls === undefined) {
    cls = new AbstractClass(`typing.${name}`, () => true, types.object);
    inert.set(name, cls);
  }
  return cls;
}
