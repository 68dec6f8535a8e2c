/**
 * Builtin functions that look at objects: `len`, `isinstance`, `getattr`, `callable`, `id`, `hash`, `repr`, `dir`, `vars`.
 */
import {NDArray} from '../../ndarray/array.ts';
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import {DTypeValue, List, Tuple, typeName} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {deleteAttribute, findAttribute, findSpecial, getAttribute, setAttribute} from '../attributes.ts';
import {Dict, DictView, PySet, Range} from '../containers.ts';
import {identityOf, keyOf} from '../hash.ts';
import {
  BoundMethod, Builtin, Class, Func, Instance, ModuleValue, NumpyFunction, StaticMethod, Unsupported,
} from '../objects.ts';
import {callSpecial} from '../operators.ts';
import type {Run} from '../run.ts';
import {formatValue} from '../text/format.ts';
import {ascii, repr} from '../text/repr.ts';
import {isInstance} from '../types.ts';
import {toIndex} from './conversion.ts';
import {exactly, native, wrongType} from './native.ts';

/** A class that values belong to by what they are able to do, such as `numbers.Number` or `collections.abc.Iterable`. */
export class AbstractClass extends Class {
  constructor(name: string, readonly includes: (value: Value) => boolean, base: Class) {
    super(name, [base], new Map(), base.mro, true);
  }
}

/** Python's `len(value)`. */
export function lengthOf(run: Run, value: Value): number {
  if (value instanceof NDArray) {
    if (value.ndim === 0) throw new PyError('TypeError', 'len() of unsized object');
    return value.shape[0];
  }
  if (value instanceof List || value instanceof Tuple) return value.items.length;
  if (typeof value === 'string') return codePoints(value);
  if (value instanceof Dict || value instanceof PySet) return value.size;
  if (value instanceof Range) return value.length;
  if (value instanceof DictView) return value.dict.size;
  if (value instanceof Instance) {
    const length = callSpecial(run, value, '__len__');
    if (length !== undefined) return toIndex(run, length);
    if (value.native !== undefined) return lengthOf(run, value.native);
  }
  const length = value !== null && typeof value === 'object' && 'length' in value ? value.length : null;
  if (typeof length === 'number') return length;
  throw wrongType(value, `object of type '${typeName(value)}' has no len()`);
}

function codePoints(text: string): number {
  let count = 0;
  for (const character of text) count += character.length > 0 ? 1 : 0;
  return count;
}

function isInstanceOf(value: Value, of: Value): boolean {
  if (of instanceof Tuple) {
    let unknown: UnsupportedError | null = null;
    for (const item of of.items) {
      if (item instanceof Unsupported) unknown = new UnsupportedError(item.construct);
      else if (isInstanceOf(value, item)) return true;
    }
    if (unknown !== null) throw unknown;
    return false;
  }
  if (value instanceof Unsupported) throw new UnsupportedError(value.construct);
  if (of instanceof Unsupported) throw new UnsupportedError(of.construct);
  if (of instanceof NumpyFunction && of.name.startsWith('np.random.')) return `np.random.${typeName(value)}` === of.name;
  if (of instanceof AbstractClass) return of.includes(value) || isInstance(value, of);
  if (of instanceof Class && value instanceof Instance && value.cls.unknownBase !== null && !value.cls.isSubclass(of)) {
    throw new UnsupportedError(value.cls.unknownBase.construct);
  }
  return isInstance(value, of);
}

function isSubclassOf(cls: Value, of: Value): boolean {
  if (!(cls instanceof Class)) {
    if (cls instanceof DTypeValue) throw new UnsupportedError('issubclass of a dtype');
    throw new PyError('TypeError', 'issubclass() arg 1 must be a class');
  }
  if (of instanceof Tuple) return of.items.some((item) => isSubclassOf(cls, item));
  if (!(of instanceof Class)) throw new PyError('TypeError', 'issubclass() arg 2 must be a class, a tuple of classes, or a union');
  return cls.isSubclass(of);
}

/** Whether a value can be called. */
export function isCallable(value: Value): boolean {
  if (value instanceof Instance) return findSpecial(value, '__call__') !== undefined;
  return value instanceof Func || value instanceof Builtin || value instanceof Class || value instanceof BoundMethod
    || value instanceof NumpyFunction || value instanceof DTypeValue || value instanceof StaticMethod;
}

function textOf(value: Value, complaint: string): string {
  if (typeof value === 'string') return value;
  throw wrongType(value, complaint);
}

function hash(run: Run, value: Value): number {
  if (value instanceof Instance) {
    const own = callSpecial(run, value, '__hash__');
    if (own !== undefined) return toIndex(run, own);
  }
  const key = keyOf(value);
  if (typeof key === 'number' && Number.isSafeInteger(key)) return key;
  if (typeof key === 'object' && key !== null) return identityOf(key);
  let code = 17;
  for (const character of String(key)) code = (Math.imul(code, 31) + character.codePointAt(0)!) | 0;
  return code;
}

const constantIdentities = new Map<Value, object>();

function identity(value: Value): number {
  if (value !== null && typeof value === 'object') return identityOf(value);
  let object = constantIdentities.get(value);
  if (object === undefined) {
    object = {};
    constantIdentities.set(value, object);
  }
  return identityOf(object);
}

/** The attributes that an object holds itself, as `vars(object)`. */
function ownAttributes(value: Value): ReadonlyMap<string, Value> {
  if (value instanceof Instance || value instanceof Class || value instanceof ModuleValue) return value.attributes;
  throw new PyError('TypeError', 'vars() argument must have __dict__ attribute');
}

function dir(value: Value): List {
  const names = new Set<string>();
  if (value instanceof Instance) {
    for (const name of value.attributes.keys()) names.add(name);
    for (const cls of value.cls.mro) for (const name of cls.attributes.keys()) names.add(name);
  } else if (value instanceof Class) {
    for (const cls of value.mro) for (const name of cls.attributes.keys()) names.add(name);
  } else {
    for (const name of ownAttributes(value).keys()) names.add(name);
  }
  return new List([...names].sort());
}

export const inspectionFunctions: readonly Builtin[] = [
  new Builtin('len', (run, args) => {
    exactly('len', args, 1);
    return lengthOf(run, args[0]);
  }),
  native('isinstance', 'obj, class_or_tuple, /', (_run, [value, of]) => isInstanceOf(value, of)),
  native('issubclass', 'cls, class_or_tuple, /', (_run, [cls, of]) => isSubclassOf(cls, of)),
  native('callable', 'obj, /', (_run, [value]) => {
    if (value instanceof Unsupported) throw new UnsupportedError(value.construct);
    return isCallable(value);
  }),
  new Builtin('getattr', (run, args) => {
    const name = textOf(args[1], 'getattr(): attribute name must be string');
    return args.length < 3 ? getAttribute(run, args[0], name) : findAttribute(run, args[0], name) ?? args[2];
  }),
  native('hasattr', 'obj, name, /', (run, [value, name]) => {
    const found = findAttribute(run, value, textOf(name, 'hasattr(): attribute name must be string'));
    if (found instanceof Unsupported) throw new UnsupportedError(found.construct);
    return found !== undefined;
  }),
  native('setattr', 'obj, name, value, /', (run, [object, name, value]) => {
    setAttribute(run, object, textOf(name, 'setattr(): attribute name must be string'), value);
    return null;
  }),
  native('delattr', 'obj, name, /', (_run, [object, name]) => {
    deleteAttribute(object, textOf(name, 'delattr(): attribute name must be string'));
    return null;
  }),
  native('id', 'obj, /', (_run, [value]) => identity(value)),
  native('hash', 'obj, /', (run, [value]) => hash(run, value)),
  native('repr', 'obj, /', (run, [value]) => repr(run, value)),
  native('ascii', 'obj, /', (run, [value]) => ascii(run, value)),
  native('format', "value, format_spec='', /", (run, [value, spec]) => formatValue(run, value, textOf(spec, 'format() argument 2 must be str'))),
  native('vars', 'object=None', (_run, [value]) => {
    if (value === null) throw new UnsupportedError('vars()');
    return Dict.of(ownAttributes(value));
  }),
  native('dir', 'object=None', (_run, [value]) => {
    if (value === null) throw new UnsupportedError('dir()');
    return dir(value);
  }),
];
