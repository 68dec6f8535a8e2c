/**
 * The modules that the engine brings itself, by name. Each is a table of names in a file of its own.
 */
import type {Value} from '../../ndarray/values.ts';
import {ModuleValue} from '../objects.ts';
import type {Run} from '../run.ts';
import {open} from '../builtins/files.ts';
import {classOf, types} from '../types.ts';
import {collectionsAbc, numbers, typingName} from './abstract.ts';
import {Counter, DefaultDict, OrderedDict, dequeClass} from './collections.ts';
import {contextlib} from './contextlib.ts';
import {copying} from './copying.ts';
import {enumeration} from './enum.ts';
import {functools, optionalDecorator} from './functools.ts';
import {im2col} from './im2col.ts';
import {itertools} from './itertools.ts';
import {math} from './math.ts';
import {operator} from './operator.ts';
import {bisect, heapq} from './ordering.ts';
import {random} from './random.ts';
import {dataclasses, namedtuple} from './records.ts';
import {abc, gc, logging, os, osPath, string, sys, time, warnings, weakref} from './surroundings.ts';

function collections(run: Run): Map<string, Value> {
  return new Map<string, Value>([
    ['defaultdict', classOf(new DefaultDict(run, null))], ['OrderedDict', classOf(new OrderedDict())], ['Counter', classOf(new Counter())],
    ['deque', dequeClass], ['namedtuple', namedtuple], ['abc', new ModuleValue('collections.abc', new Map(collectionsAbc))],
    ...collectionsAbc,
  ]);
}

const numba: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...['jit', 'njit', 'vectorize', 'guvectorize'].map((name) => [name, optionalDecorator(name)] as const), ['prange', types.range],
]);

type Names = ReadonlyMap<string, Value>;

/** What a module holds: the same for all runs, or made for each. */
const modules: ReadonlyMap<string, Names | ((run: Run) => Names)> = new Map<string, Names | ((run: Run) => Names)>([
  ['math', math], ['cmath', new Map()], ['random', random], ['copy', copying], ['itertools', itertools], ['functools', functools],
  ['operator', operator], ['_operator', operator], ['dataclasses', dataclasses], ['enum', enumeration], ['numbers', numbers],
  ['collections', collections], ['collections.abc', collectionsAbc], ['abc', abc], ['time', time], ['timeit', time], ['sys', sys], ['os', os],
  ['os.path', osPath], ['warnings', warnings], ['logging', logging], ['string', string], ['gc', gc], ['numba', numba],
  ['im2col_cython', im2col], ['cs231n.im2col_cython', im2col], ['contextlib', contextlib], ['weakref', weakref], ['heapq', heapq], ['bisect', bisect],
  ['io', new Map([['open', open]])], ['codecs', new Map([['open', open]])], ['typing', new Map()], ['typing_extensions', new Map()],
]);

/** The module of this name, or undefined when the engine has none. What a module lacks is unknown, not an error. */
export function nativeModule(run: Run, name: string): ModuleValue | undefined {
  const names = modules.get(name);
  if (names === undefined) return undefined;
  if (name.startsWith('typing')) return new ModuleValue(name, new Map(), typingName);
  if (typeof names === 'function') return new ModuleValue(name, new Map(names(run)));
  return new ModuleValue(name, new Map(), (attribute) => names.get(attribute));
}
