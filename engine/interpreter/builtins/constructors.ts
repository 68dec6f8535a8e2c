/**
 * Python's own types as functions: `int(x)`, `list(x)`, `dict(a=1)`, `range(n)`, `zip(a, b)`.
 */
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import {float} from '../../ndarray/scalar.ts';
import {List, Tuple, typeName} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {Dict, PySet, Range} from '../containers.ts';
import {listOf} from '../iteration.ts';
import {Instance, Unsupported} from '../objects.ts';
import type {Keywords, NativeCall} from '../objects.ts';
import type {Run} from '../run.ts';
import {getItem} from '../subscripts.ts';
import {str} from '../text/repr.ts';
import {truth} from '../truth.ts';
import {toFloat, toIndex, toInt} from './conversion.ts';
import {makeCollection} from '../modules/collections.ts';
import {iteratorConstructors} from './iterables.ts';

/** Raises TypeError when a type is called with more than `most` arguments. */
function atMost(name: string, args: readonly Value[], most: number): void {
  if (args.length <= most) return;
  throw new PyError('TypeError', `${name} expected at most ${most} argument${most === 1 ? '' : 's'}, got ${args.length}`);
}

function range(run: Run, args: readonly Value[]): Range {
  if (args.length === 0) throw new PyError('TypeError', 'range expected at least 1 argument, got 0');
  atMost('range', args, 3);
  if (args.length === 1) return new Range(0, toIndex(run, args[0]), 1);
  const step = args.length === 3 ? toIndex(run, args[2]) : 1;
  if (step === 0) throw new PyError('ValueError', 'range() arg 3 must not be zero');
  return new Range(toIndex(run, args[0]), toIndex(run, args[1]), step);
}

/** Puts into `dict` what `dict(source, **keywords)` holds: a mapping or pairs, then the keywords. */
export function fillDict(run: Run, dict: Dict, source: Value | undefined, keywords: Keywords): void {
  if (source !== undefined) fillFrom(run, dict, source);
  if (keywords !== null) for (const [name, value] of keywords) dict.set(name, value);
}

function fillFrom(run: Run, dict: Dict, source: Value): void {
  const mapping = source instanceof Instance ? source.native : source;
  if (mapping instanceof Dict) {
    for (const [key, value] of mapping.entries()) dict.set(key, value);
    return;
  }
  if (source instanceof Instance && source.cls.lookup('keys') !== undefined) {
    const keys = run.callPython(source.cls.lookup('keys')!, [source]);
    for (const key of listOf(run, keys)) dict.set(key, getItem(run, source, key));
    return;
  }
  listOf(run, source).forEach((pair, i) => {
    if (pair instanceof Unsupported) throw new UnsupportedError(pair.construct);
    if (!isSequence(pair)) throw new PyError('TypeError', `cannot convert dictionary update sequence element #${i} to a sequence`);
    const items = listOf(run, pair);
    if (items.length !== 2) {
      throw new PyError('ValueError', `dictionary update sequence element #${i} has length ${items.length}; 2 is required`);
    }
    dict.set(items[0], items[1]);
  });
}

function isSequence(value: Value): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null && typeName(value) !== 'float');
}

function items(run: Run, name: string, args: readonly Value[]): readonly Value[] {
  atMost(name, args, 1);
  return args.length === 0 ? [] : listOf(run, args[0]);
}

/** By the type's name. */
export const constructors: ReadonlyMap<string, NativeCall> = new Map<string, NativeCall>([
  ['int', (run, args, keywords) => {
    atMost('int', args, 2);
    return args.length === 0 ? 0 : toInt(run, args[0], args.length > 1 ? args[1] : keywords?.get('base') ?? null);
  }],
  ['float', (run, args) => {
    atMost('float', args, 1);
    return args.length === 0 ? float(0) : toFloat(run, args[0]);
  }],
  ['bool', (run, args) => {
    atMost('bool', args, 1);
    return args.length > 0 && truth(run, args[0]);
  }],
  ['str', (run, args) => {
    atMost('str', args, 3);
    return args.length === 0 ? '' : str(run, args[0]);
  }],
  ['list', (run, args) => new List([...items(run, 'list', args)])],
  ['tuple', (run, args) => args.length === 1 && args[0] instanceof Tuple ? args[0] : new Tuple([...items(run, 'tuple', args)])],
  ['set', (run, args) => new PySet(items(run, 'set', args))],
  ['frozenset', (run, args) => new PySet(items(run, 'frozenset', args), true)],
  ['dict', (run, args, keywords) => {
    atMost('dict', args, 1);
    const dict = new Dict();
    fillDict(run, dict, args.length === 0 ? undefined : args[0], keywords);
    return dict;
  }],
  ['range', range],
  ...['enumerate', 'zip', 'map', 'filter', 'reversed', 'slice'].map((name): [string, NativeCall] =>
    [name, (run, args, keywords) => iteratorConstructors.get(name)!(run, args, keywords)]),
  ...['defaultdict', 'OrderedDict', 'Counter', 'deque'].map((name): [string, NativeCall] =>
    [`collections.${name}`, (run, args, keywords) => makeCollection(run, name, args, keywords)]),
]);
