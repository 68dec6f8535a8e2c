/**
 * The module `functools`. Caches are left out: a call gives the same with them and without.
 */
import {PyError} from '../../ndarray/errors.ts';
import type {Value} from '../../ndarray/values.ts';
import {isCallable} from '../builtins/inspection.ts';
import {reduce} from '../builtins/iterables.ts';
import {native} from '../builtins/native.ts';
import {call} from '../calls.ts';
import {compare} from '../comparison.ts';
import {Builtin, Class, Instance, Property} from '../objects.ts';
import type {Keywords} from '../objects.ts';
import {callSpecial} from '../operators.ts';
import type {Run} from '../run.ts';
import {truth} from '../truth.ts';
import {types} from '../types.ts';

/** A decorator that gives back what it decorates. */
export function unchanged(name: string): Builtin {
  return new Builtin(name, (_run, args) => args[0] ?? null);
}

/** A decorator that may be written with arguments and without, and changes nothing. */
export function optionalDecorator(name: string): Builtin {
  return new Builtin(name, (_run, args) => args.length === 1 && isCallable(args[0]) ? args[0] : unchanged(name));
}

function partial(preset: readonly Value[], presetKeywords: Keywords): Builtin {
  const [callee, ...first] = preset;
  return new Builtin('partial', (run, args, keywords) => {
    const all = presetKeywords === null ? keywords : new Map([...presetKeywords, ...keywords ?? []]);
    return call(run, callee, [...first, ...args], all);
  });
}

/** A property that is computed once for each object. */
function cachedProperty(getter: Value): Property {
  const values = new WeakMap<object, Value>();
  return new Property(new Builtin('cached_property', (run, [self]) => {
    const object = self as Instance;
    let value = values.get(object);
    if (value === undefined) {
      value = call(run, getter, [self], null);
      values.set(object, value);
    }
    return value;
  }), null, null);
}

/** What each missing comparison is by another one: negated, and whether equality counts too. */
const derived: Readonly<Record<string, Readonly<Record<string, (less: boolean, equal: () => boolean) => boolean>>>> = {
  __lt__: {
    __gt__: (less, equal) => !less && !equal(), __le__: (less, equal) => less || equal(), __ge__: (less) => !less,
  },
  __le__: {
    __ge__: (less, equal) => !less || equal(), __lt__: (less, equal) => less && !equal(), __gt__: (less) => !less,
  },
  __gt__: {
    __lt__: (more, equal) => !more && !equal(), __ge__: (more, equal) => more || equal(), __le__: (more) => !more,
  },
  __ge__: {
    __le__: (more, equal) => !more || equal(), __gt__: (more, equal) => more && !equal(), __lt__: (more) => !more,
  },
};

function totalOrdering(cls: Value): Value {
  if (!(cls instanceof Class)) return cls;
  const root = Object.keys(derived).find((name) => cls.attributes.has(name));
  if (root === undefined) throw new PyError('ValueError', 'must define at least one ordering operation: < > <= >=');
  for (const [name, combine] of Object.entries(derived[root])) {
    if (cls.attributes.has(name)) continue;
    cls.attributes.set(name, new Builtin(name, (run, [self, other]) => {
      const known = callSpecial(run, self as Instance, root, other) ?? null;
      return combine(truth(run, known), () => truth(run, compare(run, '==', self, other)));
    }));
  }
  return cls;
}

/** Keys that are ordered by an old comparison function. */
function keyFrom(compareOld: Value): Builtin {
  const order = (run: Run, self: Value, other: Value): Value =>
    call(run, compareOld, [(self as Instance).attributes.get('obj')!, (other as Instance).attributes.get('obj')!], null);
  const cls = new Class('K', [types.object], new Map<string, Value>([
    ['__lt__', new Builtin('__lt__', (run, [self, other]) => truth(run, compare(run, '<', order(run, self, other), 0)))],
    ['__eq__', new Builtin('__eq__', (run, [self, other]) => truth(run, compare(run, '==', order(run, self, other), 0)))],
  ]), types.object.mro, true);
  return new Builtin('K', (_run, [object]) => {
    const key = new Instance(cls);
    key.attributes.set('obj', object);
    return key;
  });
}

export const functools: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['reduce', reduce],
  ['partial', new Builtin('partial', (_run, args, keywords) => partial(args, keywords))],
  ['partialmethod', new Builtin('partialmethod', (_run, args, keywords) => partial(args, keywords))],
  ['wraps', new Builtin('wraps', () => unchanged('wraps'))],
  ['update_wrapper', unchanged('update_wrapper')],
  ['lru_cache', optionalDecorator('lru_cache')],
  ['cache', unchanged('cache')],
  ['cached_property', native('cached_property', 'func', (_run, [getter]) => cachedProperty(getter))],
  ['total_ordering', native('total_ordering', 'cls', (_run, [cls]) => totalOrdering(cls))],
  ['cmp_to_key', native('cmp_to_key', 'mycmp', (_run, [callee]) => keyFrom(callee))],
]);
