/**
 * The methods of Python's own types, by type and name.
 */
import {isFloat} from '../../ndarray/dtype.ts';
import {UnsupportedError} from '../../ndarray/errors.ts';
import {Scalar} from '../../ndarray/scalar.ts';
import {typeName} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {callRow} from '../calls.ts';
import {contains} from '../comparison.ts';
import {iterator} from '../iteration.ts';
import {deleteItem, getItem, setItem} from '../subscripts.ts';
import {Generator} from '../../numpy/random/generator.ts';
import {RandomState} from '../../numpy/random/randomstate.ts';
import {collectionMethods} from '../modules/collections.ts';
import {chainFrom} from '../modules/itertools.ts';
import type {NativeMethod} from '../objects.ts';
import {repr, str} from '../text/repr.ts';
import {dictMethods} from './mappings.ts';
import {boundMethod} from './native.ts';
import {lengthOf} from './inspection.ts';
import {listMethods, rangeMethods, tupleMethods} from './sequences.ts';
import {setMethods} from './sets.ts';
import {stringMethods} from './strings.ts';

function magnitude(value: Value): number {
  return value instanceof Scalar ? Math.abs(value.value) : Math.abs(Number(value));
}

const numberMethods: ReadonlyMap<string, NativeMethod> = new Map<string, NativeMethod>([
  boundMethod('bit_length', '', (_run, self) => typeof self === 'bigint' || magnitude(self) >= 1
    ? BigInt(typeof self === 'bigint' ? (self < 0n ? -self : self) : Math.round(magnitude(self))).toString(2).length : 0),
  boundMethod('is_integer', '', (_run, self) => !(self instanceof Scalar && isFloat(self.dtype)) || Number.isInteger(self.value)),
  boundMethod('conjugate', '', (_run, self) => self),
  boundMethod('item', '', (_run, self) => self),
]);

/** What containers answer to by their special names, as `super().__setitem__(key, value)` calls them. */
const containerMethods: ReadonlyMap<string, NativeMethod> = new Map<string, NativeMethod>([
  boundMethod('__len__', '', (run, self) => lengthOf(run, self)),
  boundMethod('__getitem__', 'index, /', (run, self, [index]) => getItem(run, self, index)),
  boundMethod('__setitem__', 'index, value, /', (run, self, [index, value]) => {
    setItem(run, self, index, value);
    return null;
  }),
  boundMethod('__delitem__', 'index, /', (run, self, [index]) => {
    deleteItem(run, self, index);
    return null;
  }),
  boundMethod('__contains__', 'item, /', (run, self, [item]) => contains(run, self, item)),
  boundMethod('__iter__', '', (run, self) => iterator(run, self)),
  boundMethod('__repr__', '', (run, self) => repr(run, self)),
  boundMethod('__str__', '', (run, self) => str(run, self)),
]);

/** `itertools.chain.from_iterable`: a function of a function. */
const functionMethods: ReadonlyMap<string, NativeMethod> = new Map<string, NativeMethod>([
  boundMethod('from_iterable', 'iterable, /', (run, _self, [iterables]) => chainFrom(run, iterables)),
]);

type Table = ReadonlyMap<string, NativeMethod>;

/** By the type's name; the later tables of a type are looked at when the earlier have no such method. */
function tablesByType(): ReadonlyMap<string, readonly Table[]> {
  return new Map<string, readonly Table[]>([
    ['str', [stringMethods, containerMethods]],
    ['list', [listMethods, containerMethods]],
    ['tuple', [tupleMethods, containerMethods]],
    ['range', [rangeMethods, containerMethods]],
    ['dict', [dictMethods, containerMethods]],
    ['set', [setMethods, containerMethods]],
    ['frozenset', [setMethods, containerMethods]],
    ['int', [numberMethods]],
    ['bool', [numberMethods]],
    ['float', [numberMethods]],
    ['builtin_function_or_method', [functionMethods]],
    ...[...collectionMethods].map(([name, table]): [string, readonly Table[]] => [name, [table, dictMethods, containerMethods]]),
  ]);
}

/** A method of a generator of random numbers; its row is found when the generator is known. */
function randomMethod(name: string): NativeMethod {
  return (run, self, args, keywords) => {
    const row = self instanceof RandomState || self instanceof Generator ? self.method(name) : undefined;
    if (row === undefined) throw new UnsupportedError(`${typeName(self)}.${name}`);
    return callRow(run, row, args, keywords);
  };
}

/** Made at the first lookup, since the tables' files need each other. */
let tables: ReadonlyMap<string, readonly Table[]> | null = null;

/** The method of a type that Python has by itself, or undefined. It is called with a value of the type as `self`. */
export function lookupMethod(type: string, name: string): NativeMethod | undefined {
  tables ??= tablesByType();
  if (type === 'RandomState' || type === 'Generator') return randomMethod(name);
  const found = tables.get(type);
  if (found === undefined) return undefined;
  for (const table of found) {
    const method = table.get(name);
    if (method !== undefined) return method;
  }
  return undefined;
}
