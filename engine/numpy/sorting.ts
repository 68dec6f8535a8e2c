/**
 * Rows of order and membership: sort, argsort, searchsorted, unique, isin, set operations.
 * Sorted values are a gather; which order was found is a decision without a gradient.
 */
import {NDArray, elements} from '../ndarray/array.ts';
import {scalarIfZeroD} from '../ndarray/cast.ts';
import {PyError, UnsupportedError} from '../ndarray/errors.ts';
import {assign} from '../ndarray/index-write.ts';
import {concatenate} from '../ndarray/join.ts';
import {intArray} from '../ndarray/places.ts';
import {ravel, reshape} from '../ndarray/shape.ts';
import {argsort, digitize, isIn, lexsort, searchSorted, sort, unique} from '../ndarray/sort.ts';
import {takeAlong} from '../ndarray/rearrange.ts';
import type {Context} from '../ndarray/context.ts';
import {Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toArray, toAxis, toFlag, toInt} from './arguments.ts';
import type {Explanation, NumpyContext, Row} from './row.ts';
import {shown, toArrays} from './sequences.ts';

function sorted(argument: string): Explanation {
  return {
    pullback: {[argument]: `np.take_along_axis(g, np.argsort(np.argsort(${argument}, axis), axis), axis)`},
    pattern: 'sort routes',
    why: 'Sorting only moves numbers, so the gradient goes back to where each number stood.',
    pitfalls: ['The way back is the inverse permutation: dx[order] = g, not dx = g[order].'],
  };
}

function sideOf(side: Value): boolean {
  if (side === 'left' || side === 'right') return side === 'right';
  throw new PyError('ValueError', `search side must be one of 'left' or 'right' (got ${shown(side)})`);
}

/** `np.unique`: the values alone, or a tuple with what was asked for. */
function uniqueOf(context: NumpyContext, [ar, index, inverse, counts, axis]: readonly Value[]): Value {
  const array = toArray(context, ar);
  if (axis !== null && !(array.ndim === 1 && (axis === 0 || axis === -1))) throw new UnsupportedError('np.unique(axis=)');
  const found = unique(context, array);
  const parts: Value[] = [found.values];
  if (toFlag(index)) parts.push(found.first);
  if (toFlag(inverse)) parts.push(found.inverse);
  if (toFlag(counts)) parts.push(found.counts);
  return parts.length === 1 ? found.values : new Tuple(parts);
}

/** The unique elements of `a` that are (or are not) among `b`. */
function among(context: Context, a: NDArray, b: NDArray, wanted: boolean): NDArray {
  const own = unique(context, a).values;
  const order: number[] = [];
  isIn(own, b, !wanted).buffer.data.forEach((found, k) => {
    if (found !== 0) order.push(k);
  });
  return takeAlong(context, own, order, 0);
}

/** For each unique element that both have, where it comes first. */
function firstPlaces(context: Context, array: NDArray, common: NDArray): NDArray {
  const {values, first} = unique(context, array);
  const firsts = new Map<number, number>();
  elements(values).forEach((value, k) => firsts.set(value, first.buffer.data[k]));
  return intArray(elements(common).map((value) => firsts.get(value) ?? 0));
}

export const sorting: readonly Row[] = [
  {
    names: ['np.sort'],
    signature: 'a, axis=-1, kind=None, order=None, *, stable=None',
    call: (context, [a, axis]) => sort(context, toArray(context, a), toAxis(axis)),
    explain: sorted('a'),
  },
  {
    names: ['np.partition'],
    signature: `a, kth, axis=-1, kind='introselect', order=None`,
    call: (context, [a, , axis]) => sort(context, toArray(context, a), toAxis(axis)),
    explain: sorted('a'),
  },
  {
    names: ['ndarray.sort'],
    signature: 'a, axis=-1, kind=None, order=None, *, stable=None',
    call: (context, [a, axis]) => {
      const array = toArray(context, a);
      assign(context, array, sort(context, array, toInt(axis)));
      return null;
    },
  },
  {
    names: ['np.argsort', 'ndarray.argsort'],
    signature: 'a, axis=-1, kind=None, order=None, *, stable=None',
    call: (context, [a, axis]) => argsort(context, toArray(context, a), toAxis(axis)),
  },
  {
    names: ['np.argpartition', 'ndarray.argpartition'],
    signature: `a, kth, axis=-1, kind='introselect', order=None`,
    call: (context, [a, , axis]) => argsort(context, toArray(context, a), toAxis(axis)),
  },
  {
    names: ['np.lexsort'],
    signature: 'keys, axis=-1',
    call: (context, [keys]) => lexsort(context, toArrays(context, keys)),
  },
  {
    names: ['np.searchsorted', 'ndarray.searchsorted'],
    signature: `a, v, side='left', sorter=None`,
    call: (context, [a, v, side, sorter]) => scalarIfZeroD(searchSorted(
      context, toArray(context, a), toArray(context, v), sideOf(side), sorter === null ? null : toArray(context, sorter))),
  },
  {
    names: ['np.digitize'],
    signature: 'x, bins, right=False',
    call: (context, [x, bins, right]) => scalarIfZeroD(digitize(context, toArray(context, x), toArray(context, bins), toFlag(right))),
  },
  {
    names: ['np.unique'],
    signature: 'ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True',
    call: uniqueOf,
  },
  {
    names: ['np.isin', 'np.in1d'],
    signature: 'element, test_elements, assume_unique=False, invert=False, *, kind=None',
    call: (context, [element, candidates, , invert]) =>
      isIn(toArray(context, element), toArray(context, candidates), toFlag(invert)),
  },
  {
    names: ['np.intersect1d'],
    signature: 'ar1, ar2, assume_unique=False, return_indices=False',
    call: (context, [ar1, ar2, , indices]) => {
      const a = toArray(context, ar1);
      const b = toArray(context, ar2);
      const common = among(context, a, b, true);
      return toFlag(indices) ? new Tuple([common, firstPlaces(context, a, common), firstPlaces(context, b, common)]) : common;
    },
  },
  {
    names: ['np.union1d'],
    signature: 'ar1, ar2',
    call: (context, [ar1, ar2]) =>
      unique(context, concatenate(context, [ravel(context, toArray(context, ar1)), ravel(context, toArray(context, ar2))], 0)).values,
  },
  {
    names: ['np.setdiff1d'],
    signature: 'ar1, ar2, assume_unique=False',
    call: (context, [ar1, ar2]) => among(context, toArray(context, ar1), toArray(context, ar2), false),
  },
  {
    names: ['np.setxor1d'],
    signature: 'ar1, ar2, assume_unique=False',
    call: (context, [ar1, ar2]) => {
      const a = toArray(context, ar1);
      const b = toArray(context, ar2);
      return unique(context, concatenate(context, [among(context, a, b, false), among(context, b, a, false)], 0)).values;
    },
  },
  {
    names: ['np.trim_zeros'],
    signature: `filt, trim='fb', axis=None`,
    call: (context, [filt, trim]) => {
      const array = reshape(context, toArray(context, filt), [-1]);
      const ends = typeof trim === 'string' ? trim.toLowerCase() : 'fb';
      const values = elements(array);
      let from = 0;
      let to = values.length;
      while (ends.includes('f') && from < to && values[from] === 0) from++;
      while (ends.includes('b') && to > from && values[to - 1] === 0) to--;
      return new NDArray(array.buffer, array.dtype, [to - from], array.strides, array.offset + from * array.strides[0], array, array.writeable);
    },
  },
];
