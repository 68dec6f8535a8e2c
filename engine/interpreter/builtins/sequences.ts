/**
 * The methods of `list` and `tuple`, and `index` and `count` of `range`.
 */
import {PyError} from '../../ndarray/errors.ts';
import {List} from '../../ndarray/values.ts';
import type {Tuple, Value} from '../../ndarray/values.ts';
import {equals} from '../comparison.ts';
import type {Range} from '../containers.ts';
import {listOf} from '../iteration.ts';
import type {NativeMethod} from '../objects.ts';
import type {Run} from '../run.ts';
import {repr} from '../text/repr.ts';
import {toIndex} from './conversion.ts';
import {boundMethod, exactly} from './native.ts';
import {sortedItems} from './sorting.ts';

function placeOf(run: Run, items: readonly Value[], sought: Value, start: Value, stop: Value): number {
  const clip = (value: Value, byDefault: number): number => {
    if (value === null) return byDefault;
    const place = toIndex(run, value);
    return Math.max(0, place < 0 ? place + items.length : place);
  };
  const end = Math.min(items.length, clip(stop, items.length));
  for (let i = clip(start, 0); i < end; i++) if (items[i] === sought || equals(run, items[i], sought)) return i;
  return -1;
}

function count(run: Run, items: readonly Value[], sought: Value): number {
  return items.filter((item) => item === sought || equals(run, item, sought)).length;
}

function pop(run: Run, {items}: List, args: readonly Value[]): Value {
  if (items.length === 0) throw new PyError('IndexError', 'pop from empty list');
  if (args.length === 0) return items.pop()!;
  const index = toIndex(run, args[0]);
  const place = index < 0 ? index + items.length : index;
  if (place < 0 || place >= items.length) throw new PyError('IndexError', 'pop index out of range');
  return items.splice(place, 1)[0];
}

/** By name. `self` is a List. */
export const listMethods: ReadonlyMap<string, NativeMethod> = new Map<string, NativeMethod>([
  ['append', (_run, self, args) => {
    exactly('list.append', args, 1);
    (self as List).items.push(args[0]);
    return null;
  }],
  ['extend', (run, self, args) => {
    exactly('list.extend', args, 1);
    for (const item of [...listOf(run, args[0])]) (self as List).items.push(item);
    return null;
  }],
  ['insert', (run, self, args) => {
    exactly('insert', args, 2);
    (self as List).items.splice(toIndex(run, args[0]), 0, args[1]);
    return null;
  }],
  ['pop', (run, self, args) => pop(run, self as List, args)],
  ['remove', (run, self, args) => {
    exactly('list.remove', args, 1);
    const {items} = self as List;
    const place = placeOf(run, items, args[0], null, null);
    if (place < 0) throw new PyError('ValueError', 'list.remove(x): x not in list');
    items.splice(place, 1);
    return null;
  }],
  boundMethod('index', 'value, start=None, stop=None, /', (run, {items}: List, [value, start, stop]) => {
    const place = placeOf(run, items, value, start, stop);
    if (place < 0) throw new PyError('ValueError', `${repr(run, value)} is not in list`);
    return place;
  }),
  boundMethod('count', 'value, /', (run, {items}: List, [value]) => count(run, items, value)),
  boundMethod('sort', '*, key=None, reverse=False', (run, {items}: List, [key, reverse]) => {
    sortedItems(run, items, key, reverse).forEach((item, i) => {
      items[i] = item;
    });
    return null;
  }),
  boundMethod('reverse', '', (_run, {items}: List) => {
    items.reverse();
    return null;
  }),
  boundMethod('copy', '', (run, self: List) => new List([...listOf(run, self)])),
  boundMethod('clear', '', (_run, {items}: List) => {
    items.length = 0;
    return null;
  }),
]);

/** By name. `self` is a Tuple. */
export const tupleMethods: ReadonlyMap<string, NativeMethod> = new Map<string, NativeMethod>([
  boundMethod('index', 'value, start=None, stop=None, /', (run, {items}: Tuple, [value, start, stop]) => {
    const place = placeOf(run, items, value, start, stop);
    if (place < 0) throw new PyError('ValueError', 'tuple.index(x): x not in tuple');
    return place;
  }),
  boundMethod('count', 'value, /', (run, {items}: Tuple, [value]) => count(run, items, value)),
]);

/** By name. `self` is a Range. */
export const rangeMethods: ReadonlyMap<string, NativeMethod> = new Map<string, NativeMethod>([
  boundMethod('index', 'value, /', (run, self: Range, [value]) => {
    const place = (toIndex(run, value) - self.start) / self.step;
    if (!Number.isInteger(place) || place < 0 || place >= self.length) throw new PyError('ValueError', `${repr(run, value)} is not in range`);
    return place;
  }),
  boundMethod('count', 'value, /', (run, self: Range, [value]) => count(run, listOf(run, self), value)),
]);
