/**
 * Rows that read and write elements by index: subscripts, take, put, where's one-argument form, ufunc.at, index grids.
 * Reading gathers; its gradient scatters, and an element that was read twice gets both gradients.
 */
import {fromData, positions} from '../ndarray/array.ts';
import type {NDArray} from '../ndarray/array.ts';
import {asArray} from '../ndarray/cast.ts';
import type {BinaryName} from '../ndarray/elementwise-rules.ts';
import {PyError} from '../ndarray/errors.ts';
import {getItem, setItem} from '../ndarray/index.ts';
import {ufuncAt} from '../ndarray/index-augment.ts';
import {
  argwhere, fillDiagonal, indexGrid, intArray, nonzero, nonzeroPlaces, openGrid, ravelIndex, triangle, unravel,
} from '../ndarray/places.ts';
import {broadcastArrays} from '../ndarray/shape.ts';
import {choose, compress, copyTo, extract, put, putAlongAxis, select, take, takeAlongAxis} from '../ndarray/take.ts';
import type {OutsideMode} from '../ndarray/take.ts';
import {Scalar, numpyScalar} from '../ndarray/scalar.ts';
import {Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toArray, toAxis, toDType, toFlag, toInt, toMask, toShape} from './arguments.ts';
import type {NumpyContext, Row} from './row.ts';
import {delivered, shown, toArrays, toItems, toOrder} from './sequences.ts';

const GATHER_WHY = 'Each element of the result is one element of the argument, so its gradient goes back to that place, and adds up where a place was read twice.';
const GATHER_PITFALLS = ['With repeated indices dx[index] += g keeps only the last of them; np.add.at(dx, index, g) adds all.'];

function toMode(mode: Value): OutsideMode {
  if (mode === 'raise' || mode === 'wrap' || mode === 'clip') return mode;
  throw new PyError('ValueError', `clipmode must be one of 'clip', 'raise', or 'wrap' (got ${shown(mode)})`);
}

function arrayOnly(value: Value, name: string): NDArray {
  if (typeof value === 'object' && value !== null && 'buffer' in value) return value;
  throw new PyError('TypeError', `${name} must be an array`);
}

const atNames: readonly BinaryName[] = [
  'add', 'subtract', 'multiply', 'divide', 'floor_divide', 'remainder', 'power', 'maximum', 'minimum', 'fmax', 'fmin',
  'bitwise_and', 'bitwise_or', 'bitwise_xor',
];

function atRow(operation: BinaryName): Row {
  const names = [`np.${operation}.at`];
  if (operation === 'divide') names.push('np.true_divide.at');
  return {
    names,
    signature: 'a, indices, b, /',
    call: (context, [a, indices, b]) => {
      ufuncAt(context, operation, arrayOnly(a, 'first operand'), indices, b);
      return null;
    },
  };
}

/** Elementwise over several broadcast int arrays: a Scalar when all are numbers, else an int64 array. */
function eachIndex(context: NumpyContext, values: readonly Value[], one: (index: readonly number[]) => number): Value {
  const arrays = broadcastArrays(values.map((value) => toArray(context, value)));
  const places = arrays.map((array) => positions(array));
  const index = new Array<number>(arrays.length);
  const results = Float64Array.from({length: arrays[0].size}, (_, k) => {
    arrays.forEach((array, part) => index[part] = array.buffer.data[places[part][k]]);
    return one(index);
  });
  return arrays[0].ndim === 0 ? numpyScalar(results[0], 'int64') : fromData(results, arrays[0].shape, 'int64');
}

function unravelRow(context: NumpyContext, [indices, shape, order]: readonly Value[]): Value {
  const sizes = toShape(shape);
  const turn = toOrder(order);
  if (typeof indices === 'number' || indices instanceof Scalar) {
    return new Tuple(unravel(toInt(indices), sizes, turn).map((value) => numpyScalar(value, 'int64')));
  }
  const array = toArray(context, indices);
  const parts = sizes.map(() => new Float64Array(array.size));
  positions(array).forEach((place, k) => {
    unravel(array.buffer.data[place], sizes, turn).forEach((value, axis) => parts[axis][k] = value);
  });
  return new Tuple(parts.map((part) => fromData(part, array.shape, 'int64')));
}

function triangleRow(name: string, upper: boolean): readonly Row[] {
  return [
    {
      names: [`np.${name}_indices`],
      signature: 'n, k=0, m=None',
      call: (_, [n, k, m]) => new Tuple(triangle(toInt(n), m === null ? toInt(n) : toInt(m), toInt(k), upper)),
    },
    {
      names: [`np.${name}_indices_from`],
      signature: 'arr, k=0',
      call: (context, [arr, k]) => {
        const array = toArray(context, arr);
        if (array.ndim !== 2) throw new PyError('ValueError', 'input array must be 2-d');
        return new Tuple(triangle(array.shape[0], array.shape[1], toInt(k), upper));
      },
    },
  ];
}

function diagonalIndices(n: number, ndim: number): Tuple {
  return new Tuple(Array.from({length: ndim}, () => intArray(Array.from({length: n}, (_, k) => k))));
}

export const indexing: readonly Row[] = [
  {
    names: ['ndarray.__getitem__'],
    signature: 'a, index, /',
    call: (context, [a, index]) => getItem(context, toArray(context, a), index),
    explain: {
      pullback: {a: 'np.bincount(np.ravel(np.arange(a.size).reshape(a.shape)[index]), np.ravel(g), a.size).reshape(a.shape)'},
      pattern: 'take puts back',
      why: GATHER_WHY,
      pitfalls: [...GATHER_PITFALLS, 'What was not read gets zero: start from np.zeros_like(x).'],
    },
  },
  {
    names: ['ndarray.__setitem__'],
    signature: 'a, index, value, /',
    call: (context, [a, index, value]) => {
      setItem(context, arrayOnly(a, 'target'), index, value);
      return null;
    },
  },
  ...atNames.map(atRow),
  {
    names: ['np.take', 'ndarray.take'],
    signature: `a, indices, axis=None, out=None, mode='raise'`,
    call: (context, [a, indices, axis, out, mode]) =>
      delivered(context, 'take', take(context, toArray(context, a), intLike(context, indices), toAxis(axis), toMode(mode)), out),
    explain: {
      pullback: {a: 'np.bincount(np.ravel(np.take(np.arange(a.size).reshape(a.shape), indices, axis)), np.ravel(g), a.size).reshape(a.shape)'},
      pattern: 'take puts back', why: GATHER_WHY, pitfalls: GATHER_PITFALLS,
    },
  },
  {
    names: ['np.take_along_axis'],
    signature: 'arr, indices, axis=-1',
    call: (context, [arr, indices, axis]) => takeAlongAxis(context, toArray(context, arr), toArray(context, indices), toAxis(axis)),
    explain: {
      pullback: {arr: 'np.bincount(np.take_along_axis(np.arange(arr.size).reshape(arr.shape), indices, axis).ravel(), g.ravel(), arr.size).reshape(arr.shape)'},
      pattern: 'take puts back', why: GATHER_WHY, pitfalls: GATHER_PITFALLS,
    },
  },
  {
    names: ['np.put_along_axis'],
    signature: 'arr, indices, values, axis',
    call: (context, [arr, indices, values, axis]) => {
      putAlongAxis(context, arrayOnly(arr, 'arr'), toArray(context, indices), toArray(context, values), toAxis(axis));
      return null;
    },
  },
  {
    names: ['np.put', 'ndarray.put'],
    signature: `a, ind, v, mode='raise'`,
    call: (context, [a, ind, v, mode]) => {
      put(context, arrayOnly(a, 'a'), toArray(context, ind), toArray(context, v), toMode(mode));
      return null;
    },
  },
  {
    names: ['np.choose', 'ndarray.choose'],
    signature: `a, choices, out=None, mode='raise'`,
    call: (context, [a, choices, out, mode]) =>
      delivered(context, 'choose', choose(context, toArray(context, a), toArrays(context, choices), toMode(mode)), out),
    explain: {
      pullback: {choices: '[unbroadcast(g * (a == i), c) for i, c in enumerate(choices)]'},
      pattern: 'choice routes', why: 'Only the array that was chosen at a place is connected with the result there.',
    },
  },
  {
    names: ['np.select'],
    signature: 'condlist, choicelist, default=0',
    call: (context, [conditions, choices, otherwise]) => {
      const arrays = toArrays(context, choices);
      const fallback = typeof otherwise === 'number' && arrays.length > 0 ? asArray(context, otherwise, arrays[0].dtype) : toArray(context, otherwise);
      return select(context, toArrays(context, conditions), arrays, fallback);
    },
    explain: {
      pullback: {
        choicelist: '[unbroadcast(np.select(condlist, [g * (j == i) for j in range(len(condlist))], 0.0), c) for i, c in enumerate(choicelist)]',
      },
      pattern: 'choice routes', why: 'Only the array that was chosen at a place is connected with the result there.',
    },
  },
  {
    names: ['ndarray.compress'],
    signature: 'a, condition, axis=None, out=None',
    call: (context, [a, condition, axis, out]) =>
      delivered(context, 'compress', compress(context, asArray(context, condition, 'bool'), toArray(context, a), toAxis(axis)), out),
  },
  {
    names: ['np.compress'],
    signature: 'condition, a, axis=None, out=None',
    call: (context, [condition, a, axis, out]) =>
      delivered(context, 'compress', compress(context, asArray(context, condition, 'bool'), toArray(context, a), toAxis(axis)), out),
    explain: {
      pullback: {a: 'np.bincount(np.compress(condition, np.arange(a.size).reshape(a.shape), axis).ravel(), g.ravel(), a.size).reshape(a.shape)'},
      pattern: 'take puts back', why: GATHER_WHY,
    },
  },
  {
    names: ['np.extract'],
    signature: 'condition, arr',
    call: (context, [condition, arr]) => extract(context, asArray(context, condition, 'bool'), toArray(context, arr)),
    explain: {
      pullback: {arr: 'np.bincount(np.extract(condition, np.arange(arr.size).reshape(arr.shape)), g, arr.size).reshape(arr.shape)'},
      pattern: 'take puts back', why: GATHER_WHY,
    },
  },
  {
    names: ['np.copyto'],
    signature: `dst, src, casting='same_kind', where=True`,
    call: (context, [dst, src, , where]) => {
      copyTo(context, arrayOnly(dst, 'dst'), toArray(context, src), toMask(context, where));
      return null;
    },
  },
  {
    names: ['np.nonzero', 'ndarray.nonzero'],
    signature: 'a',
    call: (context, [a]) => new Tuple(nonzero(context, toArray(context, a))),
  },
  {
    names: ['np.argwhere'],
    signature: 'a',
    call: (context, [a]) => argwhere(context, toArray(context, a)),
  },
  {
    names: ['np.flatnonzero'],
    signature: 'a',
    call: (context, [a]) => intArray(nonzeroPlaces(context, toArray(context, a))),
  },
  {
    names: ['np.unravel_index'],
    signature: `indices, shape, order='C'`,
    call: unravelRow,
  },
  {
    names: ['np.ravel_multi_index'],
    signature: `multi_index, dims, mode='raise', order='C'`,
    call: (context, [multiIndex, dims, mode, order]) => {
      const sizes = toShape(dims);
      return eachIndex(context, toItems(context, multiIndex), (index) => ravelIndex(index, sizes, toMode(mode), toOrder(order)));
    },
  },
  {
    names: ['np.s_.__getitem__', 'np.index_exp.__getitem__'],
    signature: 'index, /',
    call: (_, [index]) => index,
  },
  {
    names: ['np.ix_'],
    signature: '*args',
    call: (context, [args]) => new Tuple(openGrid(context, (args as Tuple).items.map((item) => toArray(context, item)))),
  },
  {
    names: ['np.indices'],
    signature: 'dimensions, dtype=None, sparse=False',
    call: (context, [dimensions, dtype, sparse]) => {
      const shape = toShape(dimensions);
      const wanted = toDType(dtype) ?? 'int64';
      if (toFlag(sparse)) {
        const lists = shape.map((n) => asArray(context, intArray(Array.from({length: n}, (_, k) => k)), wanted));
        return new Tuple(openGrid(context, lists));
      }
      return asArray(context, indexGrid(shape), wanted);
    },
  },
  {
    names: ['np.diag_indices'],
    signature: 'n, ndim=2',
    call: (_, [n, ndim]) => diagonalIndices(toInt(n), toInt(ndim)),
  },
  {
    names: ['np.diag_indices_from'],
    signature: 'arr',
    call: (context, [arr]) => {
      const {shape} = toArray(context, arr);
      return diagonalIndices(shape[0], shape.length);
    },
  },
  ...triangleRow('triu', true),
  ...triangleRow('tril', false),
  {
    names: ['np.fill_diagonal'],
    signature: 'a, val, wrap=False',
    call: (context, [a, val, wrap]) => {
      fillDiagonal(context, arrayOnly(a, 'a'), toArray(context, val), toFlag(wrap));
      return null;
    },
  },
];

/** Indices that may come as an empty list. */
function intLike(context: NumpyContext, value: Value): NDArray {
  const array = toArray(context, value);
  return array.size === 0 ? asArray(context, array, 'int64') : array;
}
