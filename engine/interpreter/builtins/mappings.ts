/**
 * The methods of `dict`, with the names that Python 2 had for them.
 */
import {PyError} from '../../ndarray/errors.ts';
import {Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {Dict, DictView} from '../containers.ts';
import {makeException, raised} from '../exceptions.ts';
import {iterator, listOf} from '../iteration.ts';
import type {NativeMethod} from '../objects.ts';
import type {Run} from '../run.ts';
import {fillDict} from './constructors.ts';
import {boundMethod} from './native.ts';

function keyError(run: Run, key: Value): Error {
  return raised(run, makeException('KeyError', key));
}

function view(name: string, part: 'keys' | 'values' | 'items'): readonly [string, NativeMethod] {
  return boundMethod(name, '', (_run, self: Dict) => new DictView(self, part));
}

function lazyView(name: string, part: 'keys' | 'values' | 'items'): readonly [string, NativeMethod] {
  return boundMethod(name, '', (run, self: Dict) => iterator(run, new DictView(self, part)));
}

/** `dict.fromkeys(keys, value)`: as a class method it is reached with the keys in the place of a dictionary. */
const fromKeys: NativeMethod = (run, self, args) => {
  const [keys, value] = args.length === 2 || (self instanceof Dict && self.size === 0 && args.length === 1)
    ? [args[0], args.length === 2 ? args[1] : null]
    : [self, args.length === 1 ? args[0] : null];
  return Dict.of(listOf(run, keys).map((key) => [key, value]));
};

/** By name. `self` is a Dict. */
export const dictMethods: ReadonlyMap<string, NativeMethod> = new Map<string, NativeMethod>([
  ['get', (_run, self, args) => {
    const value = (self as Dict).get(args[0]);
    return value === undefined ? (args.length > 1 ? args[1] : null) : value;
  }],
  view('keys', 'keys'), view('values', 'values'), view('items', 'items'),
  lazyView('iterkeys', 'keys'), lazyView('itervalues', 'values'), lazyView('iteritems', 'items'),
  boundMethod('has_key', 'key, /', (_run, self: Dict, [key]) => self.has(key)),
  boundMethod('setdefault', 'key, default=None, /', (_run, self: Dict, [key, value]) => {
    if (!self.has(key)) self.set(key, value);
    return self.get(key)!;
  }),
  ['update', (run, self, args, keywords) => {
    if (args.length > 1) throw new PyError('TypeError', `update expected at most 1 argument, got ${args.length}`);
    fillDict(run, self as Dict, args.length === 0 ? undefined : args[0], keywords);
    return null;
  }],
  ['pop', (run, self, args) => {
    const dict = self as Dict;
    const value = dict.get(args[0]);
    if (value === undefined) {
      if (args.length > 1) return args[1];
      throw keyError(run, args[0]);
    }
    dict.delete(args[0]);
    return value;
  }],
  boundMethod('popitem', 'last=True', (run, self: Dict, [last]) => {
    const entries = self.entries();
    if (entries.length === 0) throw keyError(run, 'popitem(): dictionary is empty');
    const entry = last === false ? entries[0] : entries[entries.length - 1];
    self.delete(entry[0]);
    return new Tuple(entry);
  }),
  boundMethod('clear', '', (_run, self: Dict) => {
    self.clear();
    return null;
  }),
  boundMethod('copy', '', (_run, self: Dict) => Dict.of(self.entries())),
  ['fromkeys', fromKeys],
]);
