/**
 * Builtin functions and types of iterables: `enumerate`, `zip`, `map`, `filter`, `reversed`, `sorted`, `any`, `all`, `iter`, `next`.
 */
import {NDArray} from '../../ndarray/array.ts';
import {PyError} from '../../ndarray/errors.ts';
import {List, Slice, Tuple, typeName} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {call} from '../calls.ts';
import {equals} from '../comparison.ts';
import {DONE, Dict, DictView, PyIterator, Range} from '../containers.ts';
import {makeException, raised} from '../exceptions.ts';
import {iterator, listOf, viewItems} from '../iteration.ts';
import {Builtin, Instance} from '../objects.ts';
import type {NativeCall} from '../objects.ts';
import {callSpecial} from '../operators.ts';
import type {Run} from '../run.ts';
import {getItem} from '../subscripts.ts';
import {truth} from '../truth.ts';
import {toIndex} from './conversion.ts';
import {boundCall, native} from './native.ts';
import {lengthOf} from './inspection.ts';
import {sortedItems} from './sorting.ts';

const enumerate = boundCall('enumerate', 'iterable, start=0', (run, [items, start]) => {
  const {next} = iterator(run, items);
  let index = toIndex(run, start);
  return new PyIterator('enumerate', () => {
    const item = next();
    return item === DONE ? DONE : new Tuple([index++, item]);
  });
});

const zip: NativeCall = (run, args, keywords) => {
  const strict = truth(run, keywords?.get('strict') ?? false);
  const sources = args.map((arg) => iterator(run, arg));
  return new PyIterator('zip', () => {
    if (sources.length === 0) return DONE;
    const items: Value[] = [];
    for (let i = 0; i < sources.length; i++) {
      const item = sources[i].next();
      if (item === DONE) {
        if (strict) checkStrict(sources, i);
        return DONE;
      }
      items.push(item);
    }
    return new Tuple(items);
  });
};

/** Argument `ended` of a strict `zip` has ended: the others must end with it. */
function checkStrict(sources: readonly PyIterator[], ended: number): void {
  const before = ended === 1 ? 'argument 1' : `arguments 1-${ended}`;
  if (ended > 0) throw new PyError('ValueError', `zip() argument ${ended + 1} is shorter than ${before}`);
  for (let i = 1; i < sources.length; i++) {
    if (sources[i].next() !== DONE) {
      throw new PyError('ValueError', `zip() argument ${i + 1} is longer than ${i === 1 ? 'argument 1' : `arguments 1-${i}`}`);
    }
  }
}

const map: NativeCall = (run, [callee, ...sources]) => {
  if (sources.length === 0) throw new PyError('TypeError', 'map() must have at least two arguments.');
  const iterators = sources.map((source) => iterator(run, source));
  return new PyIterator('map', () => {
    const args: Value[] = [];
    for (const {next} of iterators) {
      const item = next();
      if (item === DONE) return DONE;
      args.push(item);
    }
    return call(run, callee, args, null);
  });
};

const filter = boundCall('filter', 'function, iterable, /', (run, [callee, items]) => {
  const {next} = iterator(run, items);
  return new PyIterator('filter', () => {
    for (let item = next(); item !== DONE; item = next()) {
      run.step();
      if (truth(run, callee === null ? item : call(run, callee, [item], null))) return item;
    }
    return DONE;
  });
});

const reversed = boundCall('reversed', 'sequence, /', (run, [sequence]) => {
  if (sequence instanceof Instance) {
    const own = callSpecial(run, sequence, '__reversed__');
    if (own !== undefined) return own;
  }
  const length = reversibleLength(run, sequence);
  const items = sequence instanceof Dict ? sequence.keys() : sequence instanceof DictView ? viewItems(sequence) : null;
  let index = length;
  return new PyIterator('list_reverseiterator', () => {
    if (index === 0) return DONE;
    index--;
    return items === null ? getItem(run, sequence, index) : items[index];
  });
});

function reversibleLength(run: Run, sequence: Value): number {
  const known = sequence instanceof List || sequence instanceof Tuple || typeof sequence === 'string' || sequence instanceof Range
    || sequence instanceof Dict || sequence instanceof DictView || sequence instanceof NDArray || sequence instanceof Instance;
  if (!known) throw new PyError('TypeError', `'${typeName(sequence)}' object is not reversible`);
  return lengthOf(run, sequence);
}

/** The types of iterators as their constructors. */
export const iteratorConstructors: ReadonlyMap<string, NativeCall> = new Map([
  ['enumerate', enumerate], ['zip', zip], ['map', map], ['filter', filter], ['reversed', reversed],
  ['slice', (_run, args) => {
    if (args.length === 0) throw new PyError('TypeError', 'slice expected at least 1 argument, got 0');
    return args.length === 1 ? new Slice(null, args[0], null) : new Slice(args[0], args[1], args.length > 2 ? args[2] : null);
  }],
]);

/** `next(iterator)`, or `otherwise` at the end; raises StopIteration without it. */
function nextOf(run: Run, source: Value, otherwise: Value | undefined): Value {
  if (source instanceof Instance) return nextOfInstance(run, source, otherwise);
  if (!(source instanceof PyIterator)) throw new PyError('TypeError', `'${typeName(source)}' object is not an iterator`);
  const item = source.next();
  if (item !== DONE) return item;
  if (otherwise === undefined) throw raised(run, makeException('StopIteration'));
  return otherwise;
}

function nextOfInstance(run: Run, source: Instance, otherwise: Value | undefined): Value {
  if (otherwise !== undefined) {
    const item = iterator(run, source).next();
    return item === DONE ? otherwise : item;
  }
  const item = callSpecial(run, source, '__next__');
  if (item === undefined) throw new PyError('TypeError', `'${source.typeName}' object is not an iterator`);
  return item;
}

/** `reduce(function, iterable[, initial])`, of Python 2 and of functools. */
export const reduce = new Builtin('reduce', (run, args) => {
  const [callee, items] = args;
  const {next} = iterator(run, items);
  const first = args.length > 2 ? args[2] : next();
  if (first === DONE) throw new PyError('TypeError', 'reduce() of empty iterable with no initial value');
  let result = first;
  for (let item = next(); item !== DONE; item = next()) {
    run.step();
    result = call(run, callee, [result, item], null);
  }
  return result;
});

export const iterableFunctions: readonly Builtin[] = [
  native('sorted', 'iterable, /, *, key=None, reverse=False', (run, [items, key, reverse]) =>
    new List(sortedItems(run, listOf(run, items), key, reverse))),
  native('any', 'iterable, /', (run, [items]) => {
    const {next} = iterator(run, items);
    for (let item = next(); item !== DONE; item = next()) if (truth(run, item)) return true;
    return false;
  }),
  native('all', 'iterable, /', (run, [items]) => {
    const {next} = iterator(run, items);
    for (let item = next(); item !== DONE; item = next()) if (!truth(run, item)) return false;
    return true;
  }),
  new Builtin('iter', (run, args) => {
    if (args.length < 2) return iterator(run, args[0]);
    const [callee, sentinel] = args;
    return new PyIterator('callable_iterator', () => {
      const item = call(run, callee, [], null);
      return equals(run, item, sentinel) ? DONE : item;
    });
  }),
  new Builtin('next', (run, args) => nextOf(run, args[0], args.length > 1 ? args[1] : undefined)),
];
