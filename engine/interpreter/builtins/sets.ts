/**
 * The methods of `set` and `frozenset`.
 */
import {PySet} from '../containers.ts';
import {makeException, raised} from '../exceptions.ts';
import {listOf} from '../iteration.ts';
import type {NativeMethod} from '../objects.ts';
import type {Tuple, Value} from '../../ndarray/values.ts';
import type {Run} from '../run.ts';
import {boundMethod} from './native.ts';

type Algebra = (self: PySet, other: PySet) => readonly Value[];

const algebra: Readonly<Record<string, Algebra>> = {
  union: (self, other) => [...self.items(), ...other.items()],
  intersection: (self, other) => self.items().filter((item) => other.has(item)),
  difference: (self, other) => self.items().filter((item) => !other.has(item)),
  symmetric_difference: (self, other) => [
    ...self.items().filter((item) => !other.has(item)), ...other.items().filter((item) => !self.has(item)),
  ],
};

const inPlace: Readonly<Record<string, string>> = {
  update: 'union', intersection_update: 'intersection', difference_update: 'difference',
  symmetric_difference_update: 'symmetric_difference',
};

function asSet(run: Run, value: Value): PySet {
  return value instanceof PySet ? value : new PySet(listOf(run, value));
}

/** What `rule` makes of the set and all the others, one after the other. */
function combined(run: Run, self: PySet, others: Value, rule: Algebra): PySet {
  const frozen = self.typeName === 'frozenset';
  let result = new PySet(self.items(), frozen);
  for (const other of (others as Tuple).items) result = new PySet(rule(result, asSet(run, other)), frozen);
  return result;
}

function relation(name: string, holds: (self: PySet, other: PySet) => boolean): readonly [string, NativeMethod] {
  return boundMethod(name, 'other, /', (run, self: PySet, [other]) => holds(self, asSet(run, other)));
}

/** By name. `self` is a PySet. */
export const setMethods: ReadonlyMap<string, NativeMethod> = new Map<string, NativeMethod>([
  boundMethod('add', 'elem, /', (_run, self: PySet, [item]) => {
    self.add(item);
    return null;
  }),
  boundMethod('discard', 'elem, /', (_run, self: PySet, [item]) => {
    self.delete(item);
    return null;
  }),
  boundMethod('remove', 'elem, /', (run, self: PySet, [item]) => {
    if (!self.delete(item)) throw raised(run, makeException('KeyError', item));
    return null;
  }),
  boundMethod('pop', '', (run, self: PySet) => {
    const items = self.items();
    if (items.length === 0) throw raised(run, makeException('KeyError', 'pop from an empty set'));
    self.delete(items[0]);
    return items[0];
  }),
  boundMethod('clear', '', (_run, self: PySet) => {
    self.clear();
    return null;
  }),
  boundMethod('copy', '', (_run, self: PySet) => new PySet(self.items(), self.typeName === 'frozenset')),
  relation('issubset', (self, other) => self.items().every((item) => other.has(item))),
  relation('issuperset', (self, other) => other.items().every((item) => self.has(item))),
  relation('isdisjoint', (self, other) => !self.items().some((item) => other.has(item))),
  ...Object.entries(algebra).map(([name, rule]) =>
    boundMethod(name, '*others', (run, self: PySet, [others]) => combined(run, self, others, rule))),
  ...Object.entries(inPlace).map(([name, rule]) =>
    boundMethod(name, '*others', (run, self: PySet, [others]) => {
      const result = combined(run, self, others, algebra[rule]);
      self.clear();
      for (const item of result.items()) self.add(item);
      return null;
    })),
]);
