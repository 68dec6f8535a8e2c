/**
 * The module `itertools`. Everything is lazy, so that `count()` and `cycle()` end where the text stops asking.
 */
import {PyError} from '../../ndarray/errors.ts';
import {Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {toIndex} from '../builtins/conversion.ts';
import {native} from '../builtins/native.ts';
import {operate} from '../builtins/numbers.ts';
import {call} from '../calls.ts';
import {equals} from '../comparison.ts';
import {DONE, PyIterator} from '../containers.ts';
import {iterator, listIterator, listOf} from '../iteration.ts';
import {Builtin} from '../objects.ts';
import type {Run} from '../run.ts';
import {truth} from '../truth.ts';

/** An iterator over what a JavaScript generator gives. Each item is a step of the run. */
function lazily(run: Run, name: string, items: Iterator<Value, unknown>): PyIterator {
  return new PyIterator(name, () => {
    run.step();
    const {done, value} = items.next() as {readonly done?: boolean; readonly value: Value};
    if (done === true) return DONE;
    if (value instanceof Tuple) run.budget.spend(value.items.length);
    return value;
  });
}

/** The items of an iterable, one after the other. */
function* each(run: Run, iterable: Value): Generator<Value, void> {
  const {next} = iterator(run, iterable);
  for (let item = next(); item !== DONE; item = next()) yield item;
}

function* chained(run: Run, iterables: Iterable<Value>): Generator<Value, void> {
  for (const iterable of iterables) yield* each(run, iterable);
}

/** `itertools.chain.from_iterable`. */
export function chainFrom(run: Run, iterables: Value): PyIterator {
  return lazily(run, 'itertools.chain', chained(run, each(run, iterables)));
}

function* product(pools: readonly (readonly Value[])[]): Generator<Value, void> {
  const places = pools.map(() => 0);
  if (pools.some((pool) => pool.length === 0)) return;
  for (;;) {
    yield new Tuple(pools.map((pool, i) => pool[places[i]]));
    let at = pools.length - 1;
    while (at >= 0 && ++places[at] === pools[at].length) places[at--] = 0;
    if (at < 0) return;
  }
}

/** Choices of `size` places out of `count`, in lexicographic order; `next` gives the least place that may follow. */
function* choices(count: number, size: number, allowed: (taken: readonly number[], place: number) => boolean): Generator<readonly number[], void> {
  const taken: number[] = [];
  let place = 0;
  for (;;) {
    if (taken.length === size) {
      yield taken;
      if (size === 0) return;
      place = taken.pop()! + 1;
    }
    while (place < count && !allowed(taken, place)) place++;
    if (place < count) {
      taken.push(place);
      place = 0;
    } else {
      if (taken.length === 0) return;
      place = taken.pop()! + 1;
    }
  }
}

function selection(name: string, allowed: (taken: readonly number[], place: number) => boolean): Builtin {
  return native(name, 'iterable, r=None', (run, [iterable, r]) => {
    const pool = [...listOf(run, iterable)];
    const size = r === null ? pool.length : toIndex(run, r);
    if (size < 0) throw new PyError('ValueError', 'r must be non-negative');
    return lazily(run, `itertools.${name}`, (function* () {
      for (const places of choices(pool.length, size, allowed)) yield new Tuple(places.map((place) => pool[place]));
    })());
  });
}

function* accumulated(run: Run, iterable: Value, callee: Value, initial: Value): Generator<Value, void> {
  let total: Value | undefined = initial ?? undefined;
  if (total !== undefined) yield total;
  for (const item of each(run, iterable)) {
    total = total === undefined ? item : callee === null ? operate(run, '+', total, item) : call(run, callee, [total, item], null);
    yield total;
  }
}

function* grouped(run: Run, iterable: Value, key: Value): Generator<Value, void> {
  let group: Value[] = [];
  let current: Value | undefined;
  for (const item of each(run, iterable)) {
    const next = key === null ? item : call(run, key, [item], null);
    if (current !== undefined && !equals(run, current, next)) {
      yield new Tuple([current, listIterator(group)]);
      group = [];
    }
    current = next;
    group.push(item);
  }
  if (current !== undefined) yield new Tuple([current, listIterator(group)]);
}

function* longest(run: Run, iterables: readonly Value[], fill: Value): Generator<Value, void> {
  const sources = iterables.map((iterable) => iterator(run, iterable));
  for (;;) {
    const items = sources.map(({next}) => next());
    if (items.every((item) => item === DONE)) return;
    yield new Tuple(items.map((item) => item === DONE ? fill : item));
  }
}

function* sliced(run: Run, iterable: Value, start: number, stop: number, step: number): Generator<Value, void> {
  let index = 0;
  let next = start;
  if (start >= stop) return;
  for (const item of each(run, iterable)) {
    if (index++ === next) {
      yield item;
      next += step;
    }
    if (index >= stop) return;
  }
}

function bound(run: Run, value: Value, byDefault: number): number {
  if (value === null) return byDefault;
  const place = toIndex(run, value);
  if (place < 0) throw new PyError('ValueError', 'Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.');
  return place;
}

/** Items while, or from where, a predicate first fails. */
function* until(run: Run, predicate: Value, iterable: Value, dropping: boolean): Generator<Value, void> {
  let failed = false;
  for (const item of each(run, iterable)) {
    failed ||= !truth(run, call(run, predicate, [item], null));
    if (failed && !dropping) return;
    if (failed === dropping) yield item;
  }
}

function* counting(run: Run, start: Value, step: Value): Generator<Value, void> {
  for (let value = start; ; value = operate(run, '+', value, step)) yield value;
}

function* cycling(run: Run, iterable: Value): Generator<Value, void> {
  const seen: Value[] = [];
  for (const item of each(run, iterable)) {
    seen.push(item);
    yield item;
  }
  while (seen.length > 0) yield* seen;
}

function* repeating(object: Value, times: number): Generator<Value, void> {
  for (let i = 0; i < times; i++) yield object;
}

function* pairs(run: Run, iterable: Value): Generator<Value, void> {
  let before: Value | undefined;
  for (const item of each(run, iterable)) {
    if (before !== undefined) yield new Tuple([before, item]);
    before = item;
  }
}

const functions: readonly Builtin[] = [
  new Builtin('chain', (run, args) => lazily(run, 'itertools.chain', chained(run, args))),
  new Builtin('product', (run, args, keywords) => {
    const pools = args.map((arg) => [...listOf(run, arg)]);
    const times = toIndex(run, keywords?.get('repeat') ?? 1);
    return lazily(run, 'itertools.product', product(Array.from({length: times}, () => pools).flat()));
  }),
  selection('combinations', (taken, place) => taken.length === 0 || place > taken[taken.length - 1]),
  selection('combinations_with_replacement', (taken, place) => taken.length === 0 || place >= taken[taken.length - 1]),
  selection('permutations', (taken, place) => !taken.includes(place)),
  native('accumulate', 'iterable, func=None, *, initial=None', (run, [iterable, callee, initial]) =>
    lazily(run, 'itertools.accumulate', accumulated(run, iterable, callee, initial))),
  native('groupby', 'iterable, key=None', (run, [iterable, key]) => lazily(run, 'itertools.groupby', grouped(run, iterable, key))),
  new Builtin('zip_longest', (run, args, keywords) =>
    lazily(run, 'itertools.zip_longest', longest(run, args, keywords?.get('fillvalue') ?? null))),
  new Builtin('islice', (run, args) => {
    const [start, stop, step] = args.length === 2 ? [null, args[1], null] : [args[1], args[2], args.length > 3 ? args[3] : null];
    return lazily(run, 'itertools.islice', sliced(run, args[0], bound(run, start, 0), bound(run, stop, Infinity), bound(run, step, 1)));
  }),
  native('starmap', 'function, iterable, /', (run, [callee, iterable]) => lazily(run, 'itertools.starmap', (function* () {
    for (const args of each(run, iterable)) yield call(run, callee, listOf(run, args), null);
  })())),
  native('takewhile', 'predicate, iterable, /', (run, [predicate, iterable]) => lazily(run, 'itertools.takewhile', until(run, predicate, iterable, false))),
  native('dropwhile', 'predicate, iterable, /', (run, [predicate, iterable]) => lazily(run, 'itertools.dropwhile', until(run, predicate, iterable, true))),
  native('filterfalse', 'function, iterable, /', (run, [callee, iterable]) => lazily(run, 'itertools.filterfalse', (function* () {
    for (const item of each(run, iterable)) if (!truth(run, callee === null ? item : call(run, callee, [item], null))) yield item;
  })())),
  native('compress', 'data, selectors', (run, [data, selectors]) => lazily(run, 'itertools.compress', (function* () {
    const {next} = iterator(run, selectors);
    for (const item of each(run, data)) {
      const chosen = next();
      if (chosen === DONE) return;
      if (truth(run, chosen)) yield item;
    }
  })())),
  native('count', 'start=0, step=1', (run, [start, step]) => lazily(run, 'itertools.count', counting(run, start, step))),
  native('cycle', 'iterable, /', (run, [iterable]) => lazily(run, 'itertools.cycle', cycling(run, iterable))),
  native('repeat', 'object, times=None', (run, [object, times]) =>
    lazily(run, 'itertools.repeat', repeating(object, times === null ? Infinity : toIndex(run, times)))),
  native('pairwise', 'iterable, /', (run, [iterable]) => lazily(run, 'itertools.pairwise', pairs(run, iterable))),
  native('tee', 'iterable, n=2', (run, [iterable, n]) => {
    const items = [...listOf(run, iterable)];
    return new Tuple(Array.from({length: toIndex(run, n)}, () => listIterator(items)));
  }),
];

export const itertools: ReadonlyMap<string, Value> = new Map(functions.map((callee) => [callee.name, callee]));
