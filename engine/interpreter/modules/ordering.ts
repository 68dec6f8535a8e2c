/**
 * The modules `heapq` and `bisect`: lists that are kept in order.
 */
import {PyError} from '../../ndarray/errors.ts';
import {List} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {toIndex} from '../builtins/conversion.ts';
import {native, wrongType} from '../builtins/native.ts';
import {sortedItems} from '../builtins/sorting.ts';
import {call} from '../calls.ts';
import {less} from '../comparison.ts';
import {listOf} from '../iteration.ts';
import type {Run} from '../run.ts';

function itemsOf(heap: Value): Value[] {
  if (heap instanceof List) return heap.items;
  throw wrongType(heap, 'heap argument must be a list');
}

function siftUp(run: Run, heap: Value[], from: number, start: number): void {
  const item = heap[from];
  let at = from;
  while (at > start) {
    const parent = (at - 1) >> 1;
    if (!less(run, item, heap[parent])) break;
    heap[at] = heap[parent];
    at = parent;
  }
  heap[at] = item;
}

/** Moves the smaller child up to the leaves, then the item back up from there, as CPython orders its comparisons. */
function siftDown(run: Run, heap: Value[], start: number): void {
  const item = heap[start];
  let at = start;
  for (let child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
    if (child + 1 < heap.length && !less(run, heap[child], heap[child + 1])) child++;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = item;
  siftUp(run, heap, at, start);
}

function pop(run: Run, heap: Value[]): Value {
  const last = heap.pop();
  if (last === undefined) throw new PyError('IndexError', 'index out of range');
  if (heap.length === 0) return last;
  const first = heap[0];
  heap[0] = last;
  siftDown(run, heap, 0);
  return first;
}

export const heapq: ReadonlyMap<string, Value> = new Map<string, Value>([
  native('heappush', 'heap, item, /', (run, [heap, item]) => {
    const items = itemsOf(heap);
    items.push(item);
    siftUp(run, items, items.length - 1, 0);
    return null;
  }),
  native('heappop', 'heap, /', (run, [heap]) => pop(run, itemsOf(heap))),
  native('heapify', 'heap, /', (run, [heap]) => {
    const items = itemsOf(heap);
    for (let i = (items.length >> 1) - 1; i >= 0; i--) siftDown(run, items, i);
    return null;
  }),
  native('heappushpop', 'heap, item, /', (run, [heap, item]) => {
    const items = itemsOf(heap);
    if (items.length === 0 || !less(run, items[0], item)) return item;
    const first = items[0];
    items[0] = item;
    siftDown(run, items, 0);
    return first;
  }),
  native('nlargest', 'n, iterable, key=None', (run, [n, iterable, key]) =>
    new List(sortedItems(run, listOf(run, iterable), key, true).slice(0, toIndex(run, n)))),
  native('nsmallest', 'n, iterable, key=None', (run, [n, iterable, key]) =>
    new List(sortedItems(run, listOf(run, iterable), key, false).slice(0, toIndex(run, n)))),
].map((each) => [each.name, each]));

/** Where `x` goes into a sorted list; `right` puts it behind its equals. */
function place(run: Run, [a, x, low, high, key]: readonly Value[], right: boolean): number {
  const items = listOf(run, a);
  const keyed = (item: Value): Value => key === null ? item : call(run, key, [item], null);
  let from = toIndex(run, low);
  let to = high === null ? items.length : toIndex(run, high);
  while (from < to) {
    const middle = (from + to) >>> 1;
    const after = right ? !less(run, x, keyed(items[middle])) : less(run, keyed(items[middle]), x);
    if (after) from = middle + 1;
    else to = middle;
  }
  return from;
}

const signature = 'a, x, lo=0, hi=None, *, key=None';

export const bisect: ReadonlyMap<string, Value> = new Map<string, Value>(
  ['bisect', 'bisect_right', 'bisect_left', 'insort', 'insort_right', 'insort_left'].map((name) => [
    name, native(name, signature, (run, args) => {
      const at = place(run, args, !name.endsWith('left'));
      if (!name.startsWith('insort')) return at;
      itemsOf(args[0]).splice(at, 0, args[1]);
      return null;
    }),
  ]),
);
