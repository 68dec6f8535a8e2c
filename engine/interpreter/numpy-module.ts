/**
 * NumPy as Python sees it: the module and its submodules, whose names are looked up in the tables, its dtypes as
 * callables, and ufuncs with their methods.
 */
import {NDArray} from '../ndarray/array.ts';
import {asArray, astype, scalarIfZeroD} from '../ndarray/cast.ts';
import {itemSize, kindOf} from '../ndarray/dtype.ts';
import type {DTypeValue} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {constants} from '../numpy/constants.ts';
import {lookup, rows} from '../numpy/table.ts';
import {readers} from './builtins/tables.ts';
import {callRow} from './calls.ts';
import {Builtin, Class, Instance, ModuleValue, NumpyFunction} from './objects.ts';
import {ndenumerate, ndindex, nditer} from './numpy-iterators.ts';
import {isRealName} from './numpy-names.ts';
import {contextManager, vectorize} from './numpy-objects.ts';
import type {Run} from './run.ts';
import {exceptionTypes, numpyTypes, types} from './types.ts';

/** Python's types as dtypes. */
export const DTYPE_CLASS_NAMES: ReadonlyMap<object, string> = new Map([
  [types.int, 'int64'], [types.float, 'float64'], [types.bool, 'bool'],
]);

/** Everything that stands in front of a dot in the name of a row: `np.random`, `np.c_`, `np.add`. */
const prefixes: ReadonlySet<string> = new Set(rows.flatMap(({names}) => names).flatMap((name) => {
  const parts = name.split('.');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'));
}));

const functions = new Map<string, NumpyFunction>();

/** The function of a row, one object for each spelling. */
function numpyFunction(name: string): NumpyFunction | undefined {
  let known = functions.get(name);
  if (known === undefined) {
    const row = lookup(name);
    if (row === undefined) return undefined;
    known = new NumpyFunction(row, name);
    functions.set(name, known);
  }
  return known;
}

/** The module `numpy` of a run. */
export function numpyModule(): ModuleValue {
  return submodule('np', 'numpy');
}

/** A module whose names are rows with this prefix: `np.random`, `scipy.special`. */
export function submodule(prefix: string, name: string): ModuleValue {
  return new ModuleValue(
    name, new Map(), (attribute) => attributeOf(prefix, name, attribute), null, null, (attribute) => isRealName(prefix, attribute),
  );
}

/** Whether the tables have rows with this prefix. */
export function isPrefix(name: string): boolean {
  return prefixes.has(name);
}

function attributeOf(prefix: string, module: string, name: string): Value | undefined {
  const full = `${prefix}.${name}`;
  const known = numpyFunction(full);
  if (known !== undefined) return known;
  if (prefix === 'np') {
    const constant = constants.get(name) ?? numpyTypes.get(name) ?? own.get(name);
    if (constant !== undefined) return constant;
    if (name === 'newaxis') return null;
    if (name === 'exceptions') return new ModuleValue('numpy.exceptions', new Map([['AxisError', exceptionTypes.get('AxisError')!]]));
  }
  if (name === 'LinAlgError') return exceptionTypes.get(name);
  if (lookup(`${full}.__getitem__`) !== undefined) return indexer(full);
  return prefixes.has(full) ? submodule(full, `${module}.${name}`) : undefined;
}

const indexers = new Map<string, Instance>();

/** `np.c_[...]`: an object whose items are computed by a row. */
function indexer(name: string): Value {
  let object = indexers.get(name);
  if (object === undefined) {
    const row = lookup(`${name}.__getitem__`)!;
    const getItem = new Builtin('__getitem__', (run, [, index]) => callRow(run, row, [index], null));
    object = new Instance(new Class(name, [types.object], new Map([['__getitem__', getItem]]), [types.object], true));
    indexers.set(name, object);
  }
  return object;
}

/** Names of NumPy that are no rows: what changes nothing in a run, what calls Python, iterators. */
const own: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['seterr', new Builtin('seterr', () => null)],
  ['set_printoptions', new Builtin('set_printoptions', () => null)],
  ['errstate', new Builtin('errstate', () => contextManager())],
  ['printoptions', new Builtin('printoptions', () => contextManager())],
  ['vectorize', new Builtin('vectorize', vectorize)],
  ...readers,
  ['nditer', new Builtin('nditer', nditer)],
  ['ndindex', new Builtin('ndindex', ndindex)],
  ['ndenumerate', new Builtin('ndenumerate', ndenumerate)],
]);

/** Attributes of a NumPy function: `np.add.at`, `np.maximum.reduce`, `__name__`. */
export function numpyFunctionAttribute(run: Run, callee: NumpyFunction, name: string): Value | undefined {
  if (name === '__name__') return callee.name.slice(callee.name.lastIndexOf('.') + 1);
  if (name === '__doc__') return null;
  for (const spelling of [callee.name, ...callee.row.names]) {
    const known = numpyFunction(`${spelling}.${name}`);
    if (known !== undefined) return known;
  }
  return ['at', 'reduce', 'accumulate', 'outer', 'reduceat'].includes(name) ? run.unsupported(`${callee.name}.${name}`) : undefined;
}

/** Attributes of a dtype: `x.dtype.name`, `np.float64.__name__`. */
export function dtypeAttribute(_run: Run, dtype: DTypeValue, name: string): Value | undefined {
  switch (name) {
    case 'name': case '__name__': return dtype.name;
    case 'itemsize': return itemSize(dtype.name);
    case 'kind': return kindOf(dtype.name).charAt(0);
    case 'type': return dtype;
    case 'char': return kindOf(dtype.name).charAt(0);
    default: return undefined;
  }
}

/** `np.float32(x)`. */
export function dtypeCall(run: Run, dtype: DTypeValue, args: readonly Value[]): Value {
  const by = args.length === 0 ? null : run.poisonBy(args[0]);
  if (by !== null) return by;
  const array = asArray(run, args[0] ?? 0);
  return scalarIfZeroD(args[0] instanceof NDArray || array.dtype !== dtype.name ? astype(run, array, dtype.name) : array);
}
