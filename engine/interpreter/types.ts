/**
 * Python's own types as class objects, the exception hierarchy among them, and which class a value is of.
 * How they are called as constructors is in calls.ts and builtins/; their methods are in builtins/.
 */
import {NDArray} from '../ndarray/array.ts';
import type {DType} from '../ndarray/dtype.ts';
import {kindOf} from '../ndarray/dtype.ts';
import {Scalar} from '../ndarray/scalar.ts';
import {DTypeValue, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {PyError} from '../ndarray/errors.ts';
import {Class, Instance} from './objects.ts';

const object = new Class('object', [], new Map(), [], true);

function derive(name: string, ...bases: readonly Class[]): Class {
  const first = bases.length === 0 ? [object] : bases;
  const order: Class[] = [];
  for (const base of first) for (const cls of base.mro) if (cls !== object && !order.includes(cls)) order.push(cls);
  return new Class(name, first, new Map(), [...order, object], true);
}

const int = derive('int');
const float = derive('float');
const str = derive('str');
const dict = derive('dict');

/** Types that are names of their own in Python. */
export const types = {
  object, int, float, str, dict,
  type: derive('type'), bool: derive('bool', int), complex: derive('complex'), bytes: derive('bytes'),
  list: derive('list'), tuple: derive('tuple'), set: derive('set'), frozenset: derive('frozenset'), range: derive('range'),
  slice: derive('slice'), enumerate: derive('enumerate'), zip: derive('zip'), map: derive('map'), filter: derive('filter'),
  reversed: derive('reversed'), property: derive('property'), staticmethod: derive('staticmethod'),
  classmethod: derive('classmethod'), super: derive('super'),
} as const;

const generic = derive('numpy.generic');
const numberType = derive('numpy.number', generic);
const integer = derive('numpy.integer', numberType);
const signed = derive('numpy.signedinteger', integer);
const unsigned = derive('numpy.unsignedinteger', integer);
const floating = derive('numpy.floating', numberType);

/** NumPy's classes by their name after `np.`; the dtypes themselves (`np.float64`) are DTypeValues. */
export const numpyTypes: ReadonlyMap<string, Class> = new Map([
  ['ndarray', derive('numpy.ndarray')], ['generic', generic], ['number', numberType], ['integer', integer],
  ['signedinteger', signed], ['unsignedinteger', unsigned], ['inexact', floating], ['floating', floating],
]);
const ndarray = numpyTypes.get('ndarray')!;

const scalarTypes = new Map<DType, Class>(
  (['bool', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'float16', 'float32', 'float64'] as const).map((dtype) => {
    const kind = kindOf(dtype);
    const base = kind === 'int' ? signed : kind === 'uint' ? unsigned : kind === 'float' ? floating : generic;
    return [dtype, dtype === 'float64' ? derive(`numpy.${dtype}`, base, float) : derive(`numpy.${dtype}`, base)];
  }),
);

/** Classes of values whose class is not a name in Python: by PyObject.typeName. */
const others = new Map<string, Class>([
  ...['NoneType', 'function', 'method', 'builtin_function_or_method', 'module', 'generator', 'ellipsis', 'dtype', 'ufunc', 'cell'].map(
    (name) => [name, derive(name)] as const,
  ),
  ['defaultdict', derive('collections.defaultdict', dict)],
  ['OrderedDict', derive('collections.OrderedDict', dict)],
  ['Counter', derive('collections.Counter', dict)],
]);

const baseException = derive('BaseException');
const exception = derive('Exception', baseException);
const hierarchy = new Map<string, Class>([['BaseException', baseException], ['Exception', exception]]);

/** Each line: a class and those directly below it. */
const exceptionTree: readonly (readonly [string, string])[] = [
  ['BaseException', 'SystemExit KeyboardInterrupt GeneratorExit'],
  ['Exception', 'ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError MemoryError NameError OSError RuntimeError StopIteration SyntaxError TypeError ValueError Warning'],
  ['ArithmeticError', 'FloatingPointError OverflowError ZeroDivisionError'],
  ['ImportError', 'ModuleNotFoundError'],
  ['LookupError', 'IndexError KeyError'],
  ['NameError', 'UnboundLocalError'],
  ['OSError', 'FileNotFoundError FileExistsError PermissionError'],
  ['RuntimeError', 'NotImplementedError RecursionError'],
  ['ValueError', 'UnicodeError LinAlgError'],
  ['Warning', 'DeprecationWarning FutureWarning RuntimeWarning UserWarning'],
];
for (const [base, names] of exceptionTree) {
  for (const name of names.split(' ')) hierarchy.set(name, derive(name, hierarchy.get(base)!));
}
hierarchy.set('AxisError', derive('AxisError', hierarchy.get('ValueError')!, hierarchy.get('IndexError')!));
hierarchy.set('IOError', hierarchy.get('OSError')!);
hierarchy.set('EnvironmentError', hierarchy.get('OSError')!);

/** Exception classes by name; NumPy's AxisError and LinAlgError are among them. */
export const exceptionTypes: ReadonlyMap<string, Class> = hierarchy;

export const baseExceptionType: Class = baseException;

/** The class of any value, as `type(value)`. */
export function classOf(value: Value): Class {
  if (value === null) return others.get('NoneType')!;
  switch (typeof value) {
    case 'boolean': return types.bool;
    case 'number': case 'bigint': return int;
    case 'string': return str;
    default: break;
  }
  if (value instanceof Instance) return value.cls;
  if (value instanceof Scalar) return value.weak ? (value.dtype === 'int64' ? int : float) : scalarTypes.get(value.dtype)!;
  if (value instanceof NDArray) return ndarray;
  if (value instanceof Class) return types.type;
  const name = value.typeName;
  return Object.hasOwn(types, name) ? types[name as keyof typeof types] : (others.get(name) ?? object);
}

/** `isinstance(value, of)`, where `of` is a class, a dtype or a tuple of them. Raises TypeError for anything else. */
export function isInstance(value: Value, of: Value): boolean {
  if (of instanceof Tuple) return of.items.some((item) => isInstance(value, item));
  if (of instanceof DTypeValue) return value instanceof Scalar && !value.weak && value.dtype === of.name;
  if (!(of instanceof Class)) throw new PyError('TypeError', 'isinstance() arg 2 must be a type, a tuple of types, or a union');
  return classOf(value).isSubclass(of);
}
