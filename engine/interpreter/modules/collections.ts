/**
 * The containers of `collections` beside the builtin ones: defaultdict, OrderedDict, Counter and deque.
 * `namedtuple` is in records.ts, since it makes classes.
 */
import {PyError} from '../../ndarray/errors.ts';
import {List, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {fillDict} from '../builtins/constructors.ts';
import {toIndex} from '../builtins/conversion.ts';
import {boundMethod} from '../builtins/native.ts';
import {operate} from '../builtins/numbers.ts';
import {sortedItems} from '../builtins/sorting.ts';
import {call} from '../calls.ts';
import {Dict} from '../containers.ts';
import {listOf} from '../iteration.ts';
import {Builtin, Class, Instance, Property} from '../objects.ts';
import type {Keywords, NativeMethod} from '../objects.ts';
import type {Run} from '../run.ts';
import {dictRepr, repr} from '../text/repr.ts';
import type {Printed} from '../text/repr.ts';
import {types} from '../types.ts';

export class DefaultDict extends Dict implements Printed {
  override readonly typeName = 'defaultdict';

  constructor(private readonly run: Run, readonly factory: Value) {
    super();
  }

  override missing(key: Value): Value | undefined {
    if (this.factory === null) return undefined;
    const value = call(this.run, this.factory, [], null);
    this.set(key, value);
    return value;
  }

  printed(inner: (value: Value) => string): string {
    return `defaultdict(${this.factory === null ? 'None' : inner(this.factory)}, ${dictRepr(this, inner)})`;
  }
}

export class OrderedDict extends Dict implements Printed {
  override readonly typeName = 'OrderedDict';

  printed(inner: (value: Value) => string): string {
    if (this.size === 0) return 'OrderedDict()';
    return `OrderedDict([${this.entries().map((entry) => inner(new Tuple(entry))).join(', ')}])`;
  }
}

export class Counter extends Dict implements Printed {
  override readonly typeName = 'Counter';

  override missing(): Value {
    return 0;
  }

  printed(inner: (value: Value) => string): string {
    if (this.size === 0) return 'Counter()';
    const entries = this.entries();
    const byCount = entries.every(([, count]) => typeof count === 'number')
      ? entries.sort(([, a], [, b]) => (b as number) - (a as number)) : entries;
    return `Counter(${dictRepr(Dict.of(byCount), inner)})`;
  }
}

/** Adds `sign` times what a mapping or an iterable of items counts. */
function tally(run: Run, counter: Counter, source: Value, keywords: Keywords, sign: 1 | -1): void {
  const add = (key: Value, count: Value): void => {
    counter.set(key, operate(run, sign === 1 ? '+' : '-', counter.get(key) ?? 0, count));
  };
  if (source instanceof Dict) for (const [key, count] of source.entries()) add(key, count);
  else if (source !== null) for (const item of listOf(run, source)) add(item, 1);
  if (keywords !== null) for (const [name, count] of keywords) add(name, count);
}

const dequeMethods: readonly (readonly [string, (run: Run, items: Value[], args: readonly Value[], most: number | null) => Value])[] = [
  ['append', (_run, items, [item], most) => {
    items.push(item);
    if (most !== null && items.length > most) items.shift();
    return null;
  }],
  ['appendleft', (_run, items, [item], most) => {
    items.unshift(item);
    if (most !== null && items.length > most) items.pop();
    return null;
  }],
  ['extend', (run, items, [more], most) => {
    items.push(...listOf(run, more));
    if (most !== null && items.length > most) items.splice(0, items.length - most);
    return null;
  }],
  ['extendleft', (run, items, [more], most) => {
    for (const item of [...listOf(run, more)]) items.unshift(item);
    if (most !== null && items.length > most) items.length = most;
    return null;
  }],
  ['pop', (_run, items) => taken(items.pop())],
  ['popleft', (_run, items) => taken(items.shift())],
  ['rotate', (run, items, args) => {
    const turns = args.length === 0 ? 1 : toIndex(run, args[0]);
    if (items.length > 0) items.unshift(...items.splice(items.length - ((turns % items.length) + items.length) % items.length));
    return null;
  }],
];

function taken(item: Value | undefined): Value {
  if (item === undefined) throw new PyError('IndexError', 'pop from an empty deque');
  return item;
}

/** `collections.deque`: an object that holds a list. */
export const dequeClass: Class = new Class('collections.deque', [types.object], new Map<string, Value>([
  ...dequeMethods.map(([name, body]): [string, Value] => [name, new Property(new Builtin(name, (_outer, [self]) =>
    new Builtin(name, (run, args) => body(run, itemsOf(self), args, maximumOf(self)))), null, null)]),
  ['__repr__', new Builtin('__repr__', (run, [self]) => {
    const most = maximumOf(self);
    return `deque(${repr(run, new List(itemsOf(self)))}${most === null ? '' : `, maxlen=${most}`})`;
  })],
]), types.object.mro, true);

function itemsOf(self: Value): Value[] {
  return ((self as Instance).native as List).items;
}

function maximumOf(self: Value): number | null {
  const most = (self as Instance).attributes.get('maxlen') ?? null;
  return typeof most === 'number' ? most : null;
}

function deque(run: Run, args: readonly Value[], keywords: Keywords): Instance {
  const made = new Instance(dequeClass);
  const most = args.length > 1 ? args[1] : keywords?.get('maxlen') ?? null;
  const items = args.length === 0 ? [] : [...listOf(run, args[0])];
  made.native = new List(most === null ? items : items.slice(Math.max(0, items.length - toIndex(run, most))));
  made.attributes.set('maxlen', most);
  return made;
}

/** `collections.<name>(...)`. */
export function makeCollection(run: Run, name: string, args: readonly Value[], keywords: Keywords): Value {
  const source = args.length === 0 ? undefined : args[0];
  switch (name) {
    case 'defaultdict': {
      const made = new DefaultDict(run, source ?? null);
      fillDict(run, made, args.length > 1 ? args[1] : undefined, keywords);
      return made;
    }
    case 'Counter': {
      const made = new Counter();
      tally(run, made, source ?? null, keywords, 1);
      return made;
    }
    case 'deque': return deque(run, args, keywords);
    default: {
      const made = new OrderedDict();
      fillDict(run, made, source, keywords);
      return made;
    }
  }
}

/** Methods that these have beside those of `dict`, by type and name. */
export const collectionMethods: ReadonlyMap<string, ReadonlyMap<string, NativeMethod>> = new Map([
  ['defaultdict', new Map<string, NativeMethod>([
    boundMethod('copy', '', (run, self: DefaultDict) => {
      const made = new DefaultDict(run, self.factory);
      for (const [key, value] of self.entries()) made.set(key, value);
      return made;
    }),
  ])],
  ['OrderedDict', new Map<string, NativeMethod>([
    boundMethod('copy', '', (_run, self: OrderedDict) => {
      const made = new OrderedDict();
      for (const [key, value] of self.entries()) made.set(key, value);
      return made;
    }),
    boundMethod('move_to_end', 'key, last=True', (_run, self: OrderedDict, [key, last]) => {
      const entries = self.entries();
      const moved = self.get(key) ?? null;
      self.delete(key);
      if (last !== false) self.set(key, moved);
      else {
        self.clear();
        self.set(key, moved);
        for (const [other, value] of entries) if (!self.has(other)) self.set(other, value);
      }
      return null;
    }),
  ])],
  ['Counter', new Map<string, NativeMethod>([
    boundMethod('most_common', 'n=None', (run, self: Counter, [n]) => {
      const pairs = sortedItems(run, self.entries().map((entry) => new Tuple(entry)), new Builtin('count', (_run, [pair]) => (pair as Tuple).items[1]), true);
      return new List(n === null ? pairs : pairs.slice(0, toIndex(run, n)));
    }),
    boundMethod('elements', '', (_run, self: Counter) =>
      new List(self.entries().flatMap(([key, count]) => Array.from({length: Math.max(0, Number(count))}, () => key)))),
    boundMethod('total', '', (run, self: Counter) => self.values().reduce((sum, count) => operate(run, '+', sum, count), 0)),
    ['update', (run, self, args, keywords) => {
      tally(run, self as Counter, args.length === 0 ? null : args[0], keywords, 1);
      return null;
    }],
    ['subtract', (run, self, args, keywords) => {
      tally(run, self as Counter, args.length === 0 ? null : args[0], keywords, -1);
      return null;
    }],
  ])],
]);
