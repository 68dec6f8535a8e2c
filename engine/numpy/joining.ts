/**
 * Rows that join and cut arrays: concatenate, stack, split, append, insert, delete, block, r_ and c_.
 * The gradient of a join is cut into the same parts; the gradient of a part is zero outside of it.
 */
import {NDArray, allocate, fromData} from '../ndarray/array.ts';
import {asArray} from '../ndarray/cast.ts';
import {PyError, UnsupportedError} from '../ndarray/errors.ts';
import {resolveSlice, sliced} from '../ndarray/index-plan.ts';
import {
  append, block, columnStack, concatenate, deleteItems, dstack, hstack, insertItems, splitAt, splitSections, stack, vstack,
} from '../ndarray/join.ts';
import type {Blocks} from '../ndarray/join.ts';
import {nonzeroPlaces} from '../ndarray/places.ts';
import {expandDims} from '../ndarray/shape.ts';
import {List, Slice, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toArray, toAxis, toDType, toFloat, toInt} from './arguments.ts';
import type {Explanation, NumpyContext, Row} from './row.ts';
import {delivered, toArrays, toInts} from './sequences.ts';

const JOIN_WHY = 'Every number goes to one place of the result, so each part takes its own piece of the gradient.';
const JOIN_PITFALLS = ['The pieces must be cut at the same borders and in the same order as they were joined.'];

function joined(pullback: Explanation['pullback']): Explanation {
  return {pullback, pattern: 'concatenate splits', why: JOIN_WHY, pitfalls: JOIN_PITFALLS};
}

/** A row over one sequence of arrays. */
function stacking(name: string, argument: string, join: (context: NumpyContext, arrays: readonly NDArray[]) => NDArray, pullback: string): Row {
  return {
    names: [`np.${name}`],
    signature: `${argument}, *, dtype=None, casting='same_kind'`,
    call: (context, [tup, dtype]) => {
      const result = join(context, toArrays(context, tup));
      const wanted = toDType(dtype);
      return wanted === null ? result : asArray(context, result, wanted);
    },
    explain: joined({[argument]: pullback}),
  };
}

/** Parts by count or by borders, as a list of views. */
function parts(context: NumpyContext, ary: Value, where: Value, axis: number, uneven: boolean): List {
  const array = toArray(context, ary);
  const isCount = typeof where === 'number' || !(where instanceof List || where instanceof Tuple || (where instanceof NDArray && where.ndim > 0));
  return new List(isCount ? splitSections(array, toInt(where), axis, uneven) : splitAt(array, toInts(where), axis));
}

function splitting(name: string, axisOf: (ndim: number) => number, least: number): Row {
  return {
    names: [`np.${name}`],
    signature: 'ary, indices_or_sections',
    call: (context, [ary, where]) => {
      const {ndim} = toArray(context, ary);
      if (ndim < least) throw new PyError('ValueError', `${name} only works on arrays of ${least} or more dimensions`);
      return parts(context, ary, where, axisOf(ndim), false);
    },
    explain: {
      pullback: {ary: `np.${name.replace('split', 'stack')}(g)`},
      pattern: 'split concatenates',
      why: 'The parts together are the whole, so their gradients are joined again.',
    },
  };
}

/** Places of `np.delete` and `np.insert`: ints, a slice or a mask. */
function placesOf(context: NumpyContext, obj: Value, size: number, deleting: boolean): number[] {
  if (obj instanceof Slice) {
    resolveSlice(obj, size);
    const {start, length, step} = sliced;
    return Array.from({length}, (_, k) => start + k * step);
  }
  const array = toArray(context, obj);
  if (array.dtype === 'bool') {
    if (deleting && (array.ndim !== 1 || array.size !== size)) {
      throw new PyError('ValueError', `boolean array argument obj to delete must be one dimensional and match the axis length of ${size}`);
    }
    return nonzeroPlaces(context, array);
  }
  return array.ndim === 0 ? [toInt(obj)] : toInts(array);
}

function sizeAlong(array: NDArray, axis: number | null): number {
  return axis === null ? array.size : array.shape[axis < 0 ? axis + array.ndim : axis] ?? 0;
}

function toBlocks(context: NumpyContext, value: Value): Blocks {
  return value instanceof List ? value.items.map((item) => toBlocks(context, item)) : toArray(context, value);
}

/** `np.r_[1:4, 0, x]`: slices become ranges; a complex step cannot occur, since complex numbers are unsupported. */
function pieces(context: NumpyContext, index: Value, columns: boolean): NDArray[] {
  const items = index instanceof Tuple ? index.items : [index];
  return items.map((item) => {
    if (typeof item === 'string') throw new UnsupportedError(columns ? 'np.c_ with a directive' : 'np.r_ with a directive');
    const array = item instanceof Slice ? rangeOf(context, item) : toArray(context, item);
    if (!columns) return array.ndim === 0 ? expandDims(array, [0]) : array;
    return array.ndim < 2 ? expandDims(array.ndim === 0 ? expandDims(array, [0]) : array, [1]) : array;
  });
}

function rangeOf(context: NumpyContext, slice: Slice): NDArray {
  const start = slice.start === null ? 0 : toFloat(slice.start);
  const step = slice.step === null ? 1 : toFloat(slice.step);
  const length = Math.max(0, Math.ceil((toFloat(slice.stop) - start) / step));
  if (length === 0) return allocate(context, [0], 'int64');
  const whole = [slice.start, slice.stop, slice.step].every((part) => part === null || typeof part === 'number');
  return fromData(Float64Array.from({length}, (_, k) => start + k * step), [length], whole ? 'int64' : 'float64');
}

export const joining: readonly Row[] = [
  {
    names: ['np.concatenate', 'np.concat'],
    signature: `arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind'`,
    call: (context, [arrays, axis, out, dtype]) =>
      delivered(context, 'concatenate', concatenate(context, toArrays(context, arrays), toAxis(axis), toDType(dtype)), out),
    explain: joined({arrays: 'np.split(g, np.cumsum([a.shape[axis] for a in arrays])[:-1], axis)'}),
  },
  {
    names: ['np.stack'],
    signature: `arrays, axis=0, out=None, *, dtype=None, casting='same_kind'`,
    call: (context, [arrays, axis, out, dtype]) =>
      delivered(context, 'concatenate', stack(context, toArrays(context, arrays), toInt(axis), toDType(dtype)), out),
    explain: {
      pullback: {arrays: '[np.take(g, i, axis) for i in range(len(arrays))]'},
      pattern: 'stack unstacks',
      why: JOIN_WHY,
      pitfalls: ['The new axis is where the arrays are numbered: take along it, do not split.'],
    },
  },
  stacking('hstack', 'tup', hstack, 'np.split(g, np.cumsum([a.shape[min(1, a.ndim - 1)] for a in tup])[:-1], min(1, g.ndim - 1))'),
  stacking('vstack', 'tup', vstack,
    '[p.reshape(a.shape) for p, a in zip(np.split(g, np.cumsum([len(np.atleast_2d(a)) for a in tup])[:-1]), tup)]'),
  {...stacking('row_stack', 'tup', vstack, '[p.reshape(a.shape) for p, a in zip(np.split(g, np.cumsum([len(np.atleast_2d(a)) for a in tup])[:-1]), tup)]')},
  stacking('dstack', 'tup', dstack,
    '[p.reshape(a.shape) for p, a in zip(np.split(g, np.cumsum([np.atleast_3d(a).shape[2] for a in tup])[:-1], 2), tup)]'),
  stacking('column_stack', 'tup', columnStack,
    '[p.reshape(a.shape) for p, a in zip(np.split(g, np.cumsum([1 if a.ndim == 1 else a.shape[1] for a in tup])[:-1], 1), tup)]'),
  {
    names: ['np.split'],
    signature: 'ary, indices_or_sections, axis=0',
    call: (context, [ary, where, axis]) => parts(context, ary, where, toInt(axis), false),
    explain: {
      pullback: {ary: 'np.concatenate(g, axis)'},
      pattern: 'split concatenates',
      why: 'The parts together are the whole, so their gradients are joined again.',
      pitfalls: ['A part that is not used still has a place in the gradient: zeros.'],
    },
  },
  {
    names: ['np.array_split'],
    signature: 'ary, indices_or_sections, axis=0',
    call: (context, [ary, where, axis]) => parts(context, ary, where, toInt(axis), true),
    explain: {
      pullback: {ary: 'np.concatenate(g, axis)'},
      pattern: 'split concatenates',
      why: 'The parts together are the whole, so their gradients are joined again.',
    },
  },
  splitting('hsplit', (ndim) => ndim > 1 ? 1 : 0, 1),
  splitting('vsplit', () => 0, 2),
  splitting('dsplit', () => 2, 3),
  {
    names: ['np.append'],
    signature: 'arr, values, axis=None',
    call: (context, [arr, values, axis]) => append(context, toArray(context, arr), toArray(context, values), toAxis(axis)),
    explain: joined({
      arr: 'g[:arr.size].reshape(arr.shape) if axis is None else np.split(g, [arr.shape[axis]], axis)[0]',
      values: 'g[arr.size:].reshape(values.shape) if axis is None else np.split(g, [arr.shape[axis]], axis)[1]',
    }),
  },
  {
    names: ['np.insert'],
    signature: 'arr, obj, values, axis=None',
    call: (context, [arr, obj, values, axis]) => {
      const array = toArray(context, arr);
      const along = toAxis(axis);
      const single = !(obj instanceof Slice) && toArray(context, obj).ndim === 0;
      return insertItems(context, array, placesOf(context, obj, sizeAlong(array, along), false), toArray(context, values), along, single);
    },
    explain: {
      pullback: {arr: 'np.delete(g, obj, axis).reshape(arr.shape)'},
      pattern: 'insert deletes',
      why: JOIN_WHY,
    },
  },
  {
    names: ['np.delete'],
    signature: 'arr, obj, axis=None',
    call: (context, [arr, obj, axis]) => {
      const array = toArray(context, arr);
      const along = toAxis(axis);
      return deleteItems(context, array, placesOf(context, obj, sizeAlong(array, along), true), along);
    },
    explain: {
      pullback: {
        arr: 'np.bincount(np.delete(np.arange(arr.size).reshape(arr.shape), obj, axis).ravel(), g.ravel(), arr.size).reshape(arr.shape)',
      },
      pattern: 'what is left out gets zero',
      why: 'What was deleted does not reach the result, so its gradient is zero; the rest keep theirs.',
    },
  },
  {
    names: ['np.block'],
    signature: 'arrays',
    call: (context, [arrays]) => block(context, toBlocks(context, arrays)),
  },
  {
    names: ['np.r_.__getitem__'],
    signature: 'key',
    call: (context, [key]) => concatenate(context, pieces(context, key, false), 0),
    explain: joined({key: 'tuple(np.split(g, np.cumsum([len(np.atleast_1d(a)) for a in key])[:-1]))'}),
  },
  {
    names: ['np.c_.__getitem__'],
    signature: 'key',
    call: (context, [key]) => concatenate(context, pieces(context, key, true), -1),
    explain: joined({key: 'tuple(p.reshape(a.shape) for p, a in zip(np.split(g, np.cumsum([1 if a.ndim == 1 else a.shape[-1] for a in key])[:-1], -1), key))'}),
  },
];
