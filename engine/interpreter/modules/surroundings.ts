/**
 * Modules that look at the machine, the clock or the screen: `time`, `sys`, `os`, `warnings`, `logging`, `gc`. In the engine
 * they are inert, and the same in every run. What is not here is unknown, never an error.
 */
import {float} from '../../ndarray/scalar.ts';
import {List, Tuple, typeName} from '../../ndarray/values.ts';
import {wrongType} from '../builtins/native.ts';
import type {Value} from '../../ndarray/values.ts';

import {Dict} from '../containers.ts';
import {makeException, raised} from '../exceptions.ts';
import {Builtin, Class, ModuleValue} from '../objects.ts';
import {contextManager} from '../numpy-objects.ts';
import type {Run} from '../run.ts';
import {str} from '../text/repr.ts';
import {types} from '../types.ts';

/** Functions that do nothing. */
function silent(...names: readonly string[]): [string, Value][] {
  return names.map((name) => [name, new Builtin(name, () => null)]);
}

/** Seconds that a clock moves between two looks at it. */
const TICK = 0.001;

/** A clock of the run's own, which moves by the same step at each look. */
function clock(run: Run): Value {
  const ticks = Number(run.moduleState.get('time') ?? 0) + 1;
  run.moduleState.set('time', ticks);
  return float(ticks * TICK);
}

export const time: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...['time', 'perf_counter', 'process_time', 'monotonic', 'clock', 'default_timer'].map((name): [string, Value] => [name, new Builtin(name, clock)]),
  ...silent('sleep'),
  ['strftime', new Builtin('strftime', () => '')], ['ctime', new Builtin('ctime', () => '')],
]);

/** A stream: what is written to it is printed, or (for errors) dropped. */
function stream(name: string, shown: boolean): ModuleValue {
  return new ModuleValue(name, new Map<string, Value>([
    ['write', new Builtin('write', (run, [text]) => {
      if (shown) run.print(str(run, text));
      return null;
    })],
    ...silent('flush'),
  ]));
}

const floatInfo = new ModuleValue('sys.float_info', new Map<string, Value>([
  ['epsilon', float(Number.EPSILON)], ['max', float(Number.MAX_VALUE)], ['min', float(2.2250738585072014e-308)], ['dig', 15], ['mant_dig', 53],
]));

/** The module `sys`, with lists of the run's own. */
export function sys(): Map<string, Value> {
  return new Map<string, Value>([
    ['argv', new List([''])], ['path', new List([])], ['modules', new Dict()], ['maxsize', 2n ** 63n - 1n], ['float_info', floatInfo],
    ['version', '3.11.7'], ['version_info', new Tuple([3, 11, 7, 'final', 0])], ['platform', 'linux'], ['byteorder', 'little'],
    ['executable', ''], ['stdout', stream('stdout', true)], ['stderr', stream('stderr', false)],
    ['exit', new Builtin('exit', (run, args) => {
      throw raised(run, makeException('SystemExit', ...args));
    })],
    ['getsizeof', new Builtin('getsizeof', () => 0)], ['getrecursionlimit', new Builtin('getrecursionlimit', () => 1000)],
    ...silent('setrecursionlimit'),
  ]);
}

function texts(args: readonly Value[]): string[] {
  return args.map((arg) => {
    if (typeof arg === 'string') return arg;
    throw wrongType(arg, `expected str, bytes or os.PathLike object, not ${typeName(arg)}`);
  });
}

function joinPath(parts: readonly string[]): string {
  return parts.reduce((path, part) => part.startsWith('/') || path === '' ? part : path.endsWith('/') ? path + part : `${path}/${part}`);
}

function splitPath(path: string): [string, string] {
  const at = path.lastIndexOf('/') + 1;
  const head = path.slice(0, at);
  return [/^\/+$/u.test(head) ? head : head.replace(/\/+$/u, ''), path.slice(at)];
}

function ofPath(name: string, compute: (path: string) => Value): [string, Value] {
  return [name, new Builtin(name, (_run, args) => compute(texts(args)[0]))];
}

/** The module `os.path`: what can be said of a path without looking at the disk. */
export const osPath: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['join', new Builtin('join', (_run, args) => joinPath(texts(args)))],
  ofPath('dirname', (path) => splitPath(path)[0]), ofPath('basename', (path) => splitPath(path)[1]),
  ofPath('split', (path) => new Tuple(splitPath(path))),
  ofPath('splitext', (path) => {
    const match = /^(.*[^/])(\.[^./]*)$/su.exec(path);
    return new Tuple(match === null ? [path, ''] : [match[1], match[2]]);
  }),
  ofPath('abspath', (path) => path), ofPath('realpath', (path) => path), ofPath('expanduser', (path) => path),
  ofPath('normpath', (path) => path), ofPath('isabs', (path) => path.startsWith('/')),
  ['sep', '/'], ['pardir', '..'], ['curdir', '.'],
]);

/** The module `os`. */
export function os(): Map<string, Value> {
  return new Map<string, Value>([
    ['path', new ModuleValue('os.path', new Map(osPath))], ['sep', '/'], ['pardir', '..'], ['curdir', '.'], ['extsep', '.'], ['linesep', '\n'], ['name', 'posix'], ['environ', new Dict()],
    ['getcwd', new Builtin('getcwd', () => '/')],
    ['getenv', new Builtin('getenv', (_run, args) => args.length > 1 ? args[1] : null)],
    ...silent('makedirs', 'mkdir', 'chdir', 'system'),
  ]);
}

export const warnings: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...silent('warn', 'filterwarnings', 'simplefilter', 'resetwarnings'),
  ['catch_warnings', new Builtin('catch_warnings', () => contextManager())],
]);

const logger = new ModuleValue('logger', new Map<string, Value>([
  ...silent('debug', 'info', 'warning', 'warn', 'error', 'critical', 'exception', 'log', 'setLevel', 'addHandler', 'removeHandler'),
  ['handlers', new List([])],
]));

export const logging: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...silent('debug', 'info', 'warning', 'warn', 'error', 'critical', 'exception', 'log', 'basicConfig', 'disable'),
  ['getLogger', new Builtin('getLogger', () => logger)],
  ['DEBUG', 10], ['INFO', 20], ['WARNING', 30], ['WARN', 30], ['ERROR', 40], ['CRITICAL', 50],
]);

export const gc: ReadonlyMap<string, Value> = new Map<string, Value>([...silent('enable', 'disable'), ['collect', new Builtin('collect', () => 0)]]);

/** The module `abc`. */
export const abc: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['ABC', new Class('abc.ABC', [types.object], new Map(), types.object.mro)], ['ABCMeta', types.type],
  ...['abstractmethod', 'abstractclassmethod', 'abstractstaticmethod'].map((name): [string, Value] => [name, new Builtin(name, (_run, [callee]) => callee)]),
  ['abstractproperty', types.property],
]);

const lower = 'abcdefghijklmnopqrstuvwxyz';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** The module `string`. */
export const string: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['ascii_lowercase', lower], ['ascii_uppercase', lower.toUpperCase()], ['ascii_letters', lower + lower.toUpperCase()], ['digits', '0123456789'],
  ['hexdigits', '0123456789abcdefABCDEF'], ['octdigits', '01234567'], ['punctuation', punctuation], ['whitespace', ' \t\n\r\v\f'],
  ['printable', `0123456789${lower}${lower.toUpperCase()}${punctuation} \t\n\r\v\f`],
]);

/** The module `weakref`: nothing is collected during a run, so that references never die. */
export const weakref: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['ref', new Builtin('ref', (_run, [object]) => new Builtin('weakref', () => object))],
  ['proxy', new Builtin('proxy', (_run, [object]) => object)],
  ['WeakKeyDictionary', types.dict], ['WeakValueDictionary', types.dict], ['WeakSet', types.set],
]);
