/**
 * Arrays made from shapes, numbers, lists and other arrays; copies and conversions.
 */
import type {DType} from '../ndarray/dtype.ts';
import {fromData, viewOf} from '../ndarray/array.ts';
import type {NDArray} from '../ndarray/array.ts';
import {asArray, astype, copy, scalarIfZeroD} from '../ndarray/cast.ts';
import {arange, eye, full, indices, linspace, ones, tri, triangle, zeros} from '../ndarray/create.ts';
import {binary} from '../ndarray/elementwise.ts';
import {PyError} from '../ndarray/errors.ts';
import {assign} from '../ndarray/index-write.ts';
import {broadcastStrides} from '../ndarray/broadcast.ts';
import {arrayRepr, arrayStr} from '../ndarray/print.ts';
import {Scalar} from '../ndarray/scalar.ts';
import {List, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toArray, toDType, toFlag, toFloat, toInt, toOperand, toShape} from './arguments.ts';
import type {Explanation, NumpyContext, Row} from './row.ts';

/** What a constructor of filled arrays computes. */
type Filled = (context: NumpyContext, shape: readonly number[], dtype: DType) => NDArray;

function filled(name: string, make: Filled): Row[] {
  return [
    {
      names: [`np.${name}`],
      signature: `shape, dtype=None, order='C', *, device=None, like=None`,
      call: (context, [shape, dtype]) => make(context, toShape(shape), toDType(dtype) ?? 'float64'),
    },
    {
      names: [`np.${name}_like`],
      signature: `a, dtype=None, order='K', subok=True, shape=None, *, device=None`,
      call: (context, [a, dtype, , , shape]) => {
        const {shape: own, dtype: type} = likeness(context, a);
        return make(context, shape === null ? own : toShape(shape), toDType(dtype) ?? type);
      },
    },
  ];
}

/** Shape and dtype of an array-like, without copying it. */
function likeness(context: NumpyContext, a: Value): {readonly shape: readonly number[]; readonly dtype: DType} {
  return a instanceof Scalar ? {shape: [], dtype: a.dtype} : toArray(context, a);
}

function countOrScalar(value: Value): Scalar | number {
  return value instanceof Scalar ? value : toInt(value);
}

const copied: Explanation = {
  pullback: {a: 'g'}, pattern: 'add distributes',
  why: 'A copy has the values of its source, so a change of the source changes the copy by the same amount.',
  pitfalls: ['Writing into the copy leaves the source as it was, and its gradient too.'],
};

const converted: Row[] = [
  {
    names: ['np.array'],
    signature: `object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, like=None`,
    call: (context, [object, dtype, copies, , , ndmin]) => {
      const made = asArray(context, object, toDType(dtype));
      const own = made === object && toFlag(copies) ? copy(context, made) : made;
      const missing = toInt(ndmin) - own.ndim;
      if (missing <= 0) return own;
      const lead = new Array<number>(missing).fill(1);
      return viewOf(own, [...lead, ...own.shape], [...lead, ...own.strides], own.offset);
    },
  },
  {
    names: ['np.asarray', 'np.asanyarray', 'np.asfarray', 'np.asarray_chkfinite'],
    signature: 'a, dtype=None, order=None, *, device=None, copy=None, like=None',
    call: (context, [a, dtype]) => asArray(context, a, toDType(dtype)),
  },
  {
    names: ['np.ascontiguousarray'],
    signature: 'a, dtype=None, *, like=None',
    call: (context, [a, dtype]) => {
      const made = asArray(context, a, toDType(dtype));
      if (made.ndim === 0) return viewOf(made, [1], [1], made.offset);
      return made.contiguous ? made : copy(context, made);
    },
  },
  {
    names: ['np.copy'],
    signature: `a, order='K', subok=False`,
    call: (context, [a]) => copy(context, toArray(context, a)),
    explain: copied,
  },
  {
    names: ['ndarray.copy'],
    signature: `a, order='C'`,
    call: (context, [a]) => {
      const made = copy(context, toArray(context, a));
      return a instanceof Scalar ? scalarIfZeroD(made) : made;
    },
    explain: copied,
  },
  {
    names: ['ndarray.astype'],
    signature: `a, dtype, order='K', casting='unsafe', subok=True, copy=True`,
    call: (context, [a, dtype, , , , copies]) => {
      const array = toArray(context, a);
      const to = toDType(dtype) ?? 'float64';
      if (!toFlag(copies) && to === array.dtype) return array;
      const made = astype(context, array, to);
      return a instanceof Scalar ? scalarIfZeroD(made) : made;
    },
    explain: {...copied, pitfalls: ['Integers have no gradient: what was cast to int is a constant.']},
  },
  {
    names: ['np.astype'],
    signature: 'x, dtype, /, *, copy=True, device=None',
    call: (context, [x, dtype]) => astype(context, toArray(context, x), toDType(dtype) ?? 'float64'),
  },
  {
    names: ['ndarray.fill'],
    signature: 'a, value',
    call: (context, [a, value]) => {
      assign(context, toArray(context, a), toArray(context, value));
      return null;
    },
  },
];

const counted: Row[] = [
  {
    names: ['np.arange'],
    signature: 'start=None, stop=None, step=None, dtype=None, *, device=None, like=None',
    call: (context, [start, stop, step, dtype]) => {
      if (start === null && stop === null) throw new PyError('TypeError', 'arange() requires stop to be specified.');
      const from = stop === null ? 0 : start === null ? 0 : countOrScalar(start);
      return arange(context, from, countOrScalar(stop ?? start), step === null ? 1 : countOrScalar(step), toDType(dtype));
    },
  },
  {
    names: ['np.linspace'],
    signature: 'start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None',
    call: (context, [start, stop, num, endpoint, wantsStep, dtype]) => {
      const {samples, step} = linspace(context, toFloat(start), toFloat(stop), toInt(num), toFlag(endpoint), toDType(dtype));
      return toFlag(wantsStep) ? new Tuple([samples, new Scalar(step, 0, 'float64', Number.isNaN(step))]) : samples;
    },
  },
  {
    names: ['np.logspace'],
    signature: 'start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0',
    call: (context, [start, stop, num, endpoint, base, dtype]) => {
      const {samples} = linspace(context, toFloat(start), toFloat(stop), toInt(num), toFlag(endpoint));
      const powers = binary(context, 'power', toFloatScalar(base), samples) as NDArray;
      const to = toDType(dtype);
      return to === null ? powers : astype(context, powers, to);
    },
  },
  {
    names: ['np.geomspace'],
    signature: 'start, stop, num=50, endpoint=True, dtype=None, axis=0',
    call: (context, [start, stop, num, endpoint]) => {
      const first = toFloat(start);
      const {samples} = linspace(context, Math.log10(first), Math.log10(toFloat(stop)), toInt(num), toFlag(endpoint));
      const data = samples.buffer.data.map((x) => 10 ** x);
      if (data.length > 0) data[0] = first;
      if (data.length > 1 && toFlag(endpoint)) data[data.length - 1] = toFloat(stop);
      return fromData(data, samples.shape, 'float64');
    },
  },
  {
    names: ['np.eye'],
    signature: `N, M=None, k=0, dtype=None, order='C', *, device=None, like=None`,
    call: (context, [rows, columns, k, dtype]) =>
      eye(context, toInt(rows), columns === null ? toInt(rows) : toInt(columns), toInt(k), toDType(dtype) ?? 'float64'),
  },
  {
    names: ['np.identity'],
    signature: 'n, dtype=None, *, like=None',
    call: (context, [n, dtype]) => eye(context, toInt(n), toInt(n), 0, toDType(dtype) ?? 'float64'),
  },
  {
    names: ['np.tri'],
    signature: 'N, M=None, k=0, dtype=None, *, like=None',
    call: (context, [rows, columns, k, dtype]) =>
      tri(context, toInt(rows), columns === null ? toInt(rows) : toInt(columns), toInt(k), toDType(dtype) ?? 'float64'),
  },
  {
    names: ['np.tril'],
    signature: 'm, k=0',
    call: (context, [m, k]) => triangle(context, toArray(context, m), toInt(k), true),
    explain: {pullback: {m: 'np.tril(g, k)'}, pattern: 'max routes', why: 'Only what is on and below the diagonal is seen in the result.'},
  },
  {
    names: ['np.triu'],
    signature: 'm, k=0',
    call: (context, [m, k]) => triangle(context, toArray(context, m), toInt(k), false),
    explain: {pullback: {m: 'np.triu(g, k)'}, pattern: 'max routes', why: 'Only what is on and above the diagonal is seen in the result.'},
  },
  {
    names: ['np.fromfunction'],
    signature: 'function, shape, *, dtype=None, like=None',
    call: (context, [callee, shape, dtype]) => {
      const grid = indices(context, toShape(shape), toDType(dtype) ?? 'float64');
      const args = grid.shape.slice(1).map((_, axis) =>
        viewOf(grid, grid.shape.slice(1), grid.strides.slice(1), grid.offset + axis * grid.strides[0]));
      return context.callPython(callee, args);
    },
  },
  {
    names: ['np.meshgrid'],
    signature: `*xi, copy=True, sparse=False, indexing='xy'`,
    call: (context, [xi, , sparse, indexing]) => meshgrid(context, (xi as Tuple).items, toFlag(sparse), indexing === 'xy'),
  },
];

function toFloatScalar(value: Value): Scalar {
  return value instanceof Scalar ? value : new Scalar(toFloat(value), 0, 'float64', true);
}

function meshgrid(context: NumpyContext, items: readonly Value[], sparse: boolean, swapped: boolean): Value {
  const arrays = items.map((item) => toArray(context, item));
  const axisOf = (i: number): number => (swapped && arrays.length > 1 && i < 2 ? 1 - i : i);
  const shape = new Array<number>(arrays.length).fill(1);
  arrays.forEach((array, i) => { shape[axisOf(i)] = array.size; });
  return new Tuple(arrays.map((array, i) => {
    const own = new Array<number>(arrays.length).fill(1);
    own[axisOf(i)] = array.size;
    const flat = copy(context, array);
    const strides = own.map((_, axis) => (axis === axisOf(i) ? 1 : 0));
    const line = viewOf(flat, own, strides, 0);
    return sparse ? line : copy(context, viewOf(flat, shape, broadcastStrides(line, shape), 0));
  }));
}

const printed: readonly Row[] = [
  {
    names: ['np.array_repr'],
    signature: 'arr, max_line_width=None, precision=None, suppress_small=None',
    call: (context, [a]) => arrayRepr(context, toArray(context, a)),
  },
  {
    names: ['np.array_str', 'np.array2string'],
    signature: 'a, max_line_width=None, precision=None, suppress_small=None',
    call: (context, [a]) => arrayStr(context, toArray(context, a)),
  },
];

/** The rows of this file. */
export const creation: readonly Row[] = [
  ...filled('zeros', zeros),
  ...filled('ones', ones),
  ...filled('empty', zeros),
  {
    names: ['np.full'],
    signature: `shape, fill_value, dtype=None, order='C', *, device=None, like=None`,
    call: (context, [shape, value, dtype]) => {
      const wanted = toDType(dtype);
      return full(context, toShape(shape), toOperand(context, value), wanted);
    },
  },
  {
    names: ['np.full_like'],
    signature: `a, fill_value, dtype=None, order='K', subok=True, shape=None, *, device=None`,
    call: (context, [a, value, dtype, , , shape]) => {
      const {shape: own, dtype: type} = likeness(context, a);
      return full(context, shape === null ? own : toShape(shape), toOperand(context, value), toDType(dtype) ?? type);
    },
  },
  ...converted,
  ...counted,
  ...printed,
];

/** `np.float32(value)` and the like: a NumPy scalar from a number, an array from an array or a list. */
export function construct(context: NumpyContext, dtype: DType, value: Value): Value {
  if (value === null) return new Scalar(0, 0, dtype, false);
  const made = asArray(context, value, dtype);
  return value instanceof List || value instanceof Tuple ? made : scalarIfZeroD(made === value ? copy(context, made) : made);
}

