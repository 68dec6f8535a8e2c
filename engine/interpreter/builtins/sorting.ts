/**
 * Stable sorting of Python values, as `sorted` and `list.sort` do it.
 */
import type {Value} from '../../ndarray/values.ts';
import {call} from '../calls.ts';
import {less} from '../comparison.ts';
import type {Run} from '../run.ts';
import {truth} from '../truth.ts';

/** A new array in ascending order of `key` (null: of the items). Equal items keep their order, also when reversed. */
export function sortedItems(run: Run, items: readonly Value[], key: Value, reverse: Value): Value[] {
  const keyed = items.map((item) => ({item, key: key === null ? item : call(run, key, [item], null)}));
  const backwards = truth(run, reverse);
  if (backwards) keyed.reverse();
  keyed.sort((a, b) => {
    run.step();
    if (less(run, a.key, b.key)) return -1;
    return less(run, b.key, a.key) ? 1 : 0;
  });
  if (backwards) keyed.reverse();
  return keyed.map(({item}) => item);
}
