/**
 * Rows of functions over a sequence: diff, gradient, trapezoid, interp, convolve, bincount, histogram; and the functions
 * that call Python for each line or element: apply_along_axis, piecewise.
 */
import {NDArray, allocate, elements, fromData, positions, viewOf} from '../ndarray/array.ts';
import {normalizeAxis} from '../ndarray/broadcast.ts';
import {asArray, scalarIfZeroD} from '../ndarray/cast.ts';
import {PyError, UnsupportedError} from '../ndarray/errors.ts';
import {assign, pick, scatter} from '../ndarray/index-write.ts';
import {concatenate} from '../ndarray/join.ts';
import {nonzeroPlaces} from '../ndarray/places.ts';
import {
  bincount, convolve, correlate, diff, gradientAlong, histogramCounts, interpolate, neighbourDifferences, trapezoid,
} from '../ndarray/series.ts';
import type {ConvolveMode} from '../ndarray/series.ts';
import {Scalar} from '../ndarray/scalar.ts';
import {broadcastTo, ravel} from '../ndarray/shape.ts';
import {List, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toArray, toFlag, toFloat, toInt} from './arguments.ts';
import type {NumpyContext, Row} from './row.ts';
import {shown, toArrays, toInts, toItems} from './sequences.ts';

function toConvolveMode(mode: Value): ConvolveMode {
  if (mode === 'full' || mode === 'same' || mode === 'valid') return mode;
  throw new PyError('ValueError', `mode must be one of 'valid', 'same', or 'full' (got ${shown(mode)})`);
}

/** `prepend` and `append` of np.diff: numbers become one slice along the axis. */
function edged(context: NumpyContext, array: NDArray, axis: number, before: Value, after: Value): NDArray {
  if (before === null && after === null) return array;
  const along = normalizeAxis(axis, array.ndim);
  const slab = (value: Value): NDArray[] => {
    if (value === null) return [];
    const given = toArray(context, value);
    return [given.ndim === 0 ? broadcastTo(given, array.shape.map((n, each) => each === along ? 1 : n)) : given];
  };
  return concatenate(context, [...slab(before), array, ...slab(after)], along);
}

function gradientOf(context: NumpyContext, [f, spacings, axis, edge]: readonly Value[]): Value {
  const array = toArray(context, f);
  const axes = axis === null ? array.shape.map((_, each) => each) : toInts(axis).map((each) => normalizeAxis(each, array.ndim));
  const given = (spacings as Tuple).items;
  if (given.length > 1 && given.length !== axes.length) throw new PyError('TypeError', 'invalid number of arguments');
  const results = axes.map((along, k) => {
    const spacing = given.length === 0 ? 1 : given[given.length === 1 ? 0 : k];
    const steps = spacing instanceof NDArray || spacing instanceof List ? toArray(context, spacing) : null;
    return gradientAlong(context, array, steps !== null && steps.ndim > 0 ? steps : toFloat(spacing), along, toInt(edge));
  });
  return results.length === 1 ? results[0] : new Tuple(results);
}

function histogramOf(context: NumpyContext, [a, bins, range, density, weights]: readonly Value[]): Tuple {
  const array = ravel(context, toArray(context, a));
  const values = elements(array);
  if (typeof bins === 'string') throw new UnsupportedError('np.histogram(bins=name)');
  let edges: Float64Array;
  if (typeof bins === 'number') {
    let [low, high] = range === null ? [Math.min(...values), Math.max(...values)] : toItems(context, range).map(toFloat);
    if (values.length === 0 && range === null) [low, high] = [0, 1];
    if (low === high) [low, high] = [low - 0.5, high + 0.5];
    edges = Float64Array.from({length: bins + 1}, (_, k) => k === bins ? high : low + k * ((high - low) / bins));
  } else edges = elements(toArray(context, bins));
  const counts = histogramCounts(values, edges, weights === null ? null : elements(toArray(context, weights)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const result = toFlag(density) ? counts.map((count, k) => count / (edges[k + 1] - edges[k]) / total) : counts;
  const dtype = toFlag(density) || weights !== null ? 'float64' : 'int64';
  const whole = typeof bins !== 'number' && toArray(context, bins).dtype === 'int64';
  return new Tuple([fromData(result, [counts.length], dtype), fromData(edges, [edges.length], whole ? 'int64' : 'float64')]);
}

/** `np.apply_along_axis`: the results of a Python function on every line, in the place of the line. */
function applyAlongAxis(context: NumpyContext, [func, axis, arr, args]: readonly Value[]): Value {
  const array = toArray(context, arr);
  const along = normalizeAxis(toInt(axis), array.ndim);
  const drop = (list: readonly number[]): number[] => list.filter((_, each) => each !== along);
  const frame = drop(array.shape);
  const starts = positions({shape: frame, strides: drop(array.strides), offset: array.offset});
  const results = Array.from(starts, (start) => {
    const line = viewOf(array, [array.shape[along]], [array.strides[along]], start);
    return toArray(context, context.callPython(func, [line, ...(args as Tuple).items]));
  });
  if (results.length === 0) throw new PyError('ValueError', 'Cannot apply_along_axis when any iteration dimensions are 0');
  const [{shape: inner, dtype}] = results;
  const out = allocate(context, [results.length, ...inner], dtype);
  results.forEach((result, k) => {
    assign(context, viewOf(out, inner, out.strides.slice(1), k * out.strides[0]), result);
  });
  return scalarIfZeroD(placed(out, frame, inner, along));
}

/** A view of (lines, ...inner) as (frame before the axis, inner, frame after it). */
function placed(out: NDArray, frame: readonly number[], inner: readonly number[], along: number): NDArray {
  const strides: number[] = [];
  let step = out.strides[0];
  for (let axis = frame.length - 1; axis >= 0; axis--) {
    strides.unshift(step);
    step *= frame[axis];
  }
  const shape = [...frame.slice(0, along), ...inner, ...frame.slice(along)];
  return viewOf(out, shape, [...strides.slice(0, along), ...out.strides.slice(1), ...strides.slice(along)], 0);
}

/** `np.piecewise`: where a condition holds, the function (or number) beside it; later ones win. */
function piecewise(context: NumpyContext, [x, conditions, functions, args]: readonly Value[]): Value {
  const array = toArray(context, x);
  const given = toItems(context, conditions);
  const single = given.length === 0 || !(given[0] instanceof NDArray || given[0] instanceof List);
  const tests = (single ? [asArray(context, conditions, 'bool')] : toArrays(context, conditions))
    .map((test) => new Set(nonzeroPlaces(context, test)));
  const parts = toItems(context, functions);
  if (parts.length !== tests.length && parts.length !== tests.length + 1) {
    throw new PyError('ValueError', `with ${tests.length} condition(s), either ${tests.length} or ${tests.length + 1} functions are expected`);
  }
  if (parts.length === tests.length + 1) {
    tests.push(new Set(Array.from({length: array.size}, (_, k) => k).filter((k) => !tests.some((test) => test.has(k)))));
  }
  const out = allocate(context, array.shape, array.dtype);
  const at = positions(array);
  tests.forEach((test, k) => {
    const where = Int32Array.from([...test].sort((a, b) => a - b));
    if (where.length === 0) return;
    const part = parts[k];
    const number = typeof part === 'number' || part instanceof Scalar;
    const lines = pick(array, where.map((place) => at[place]), [where.length]);
    scatter(context, out, where, toArray(context, number ? part : context.callPython(part, [lines, ...(args as Tuple).items])));
  });
  return out;
}

export const series: readonly Row[] = [
  {
    names: ['np.diff'],
    signature: 'a, n=1, axis=-1, prepend=None, append=None',
    call: (context, [a, n, axis, prepend, append]) => {
      const array = toArray(context, a);
      if (toInt(n) === 0) return array;
      return diff(context, edged(context, array, toInt(axis), prepend, append), toInt(n), toInt(axis));
    },
    explain: {
      pullback: {a: '-np.diff(g, n, axis, 0, 0) if n == 1 else np.diff(np.pad(g, [(n, n) if i == axis % g.ndim else (0, 0) for i in range(g.ndim)]), n, axis) * (-1) ** n'},
      pattern: 'add distributes',
      why: 'Each element is added to one difference and subtracted from the next.',
    },
  },
  {
    names: ['np.ediff1d'],
    signature: 'ary, to_end=None, to_begin=None',
    call: (context, [ary, toEnd, toBegin]) => {
      const ends = (value: Value): NDArray[] => value === null ? [] : [ravel(context, toArray(context, value))];
      const middle = neighbourDifferences(context, ravel(context, toArray(context, ary)));
      return concatenate(context, [...ends(toBegin), middle, ...ends(toEnd)], 0);
    },
    explain: {
      pullback: {ary: '(-np.diff(g, 1, 0, 0, 0)).reshape(ary.shape)'}, pattern: 'add distributes',
      why: 'Each element is added to one difference and subtracted from the next.',
    },
  },
  {
    names: ['np.gradient'],
    signature: 'f, *varargs, axis=None, edge_order=1',
    call: gradientOf,
  },
  {
    names: ['np.trapezoid', 'np.trapz'],
    signature: 'y, x=None, dx=1.0, axis=-1',
    call: (context, [y, x, dx, axis]) =>
      trapezoid(context, toArray(context, y), x === null ? null : toArray(context, x), dx instanceof Scalar ? dx : toFloat(dx), toInt(axis)),
  },
  {
    names: ['np.interp'],
    signature: 'x, xp, fp, left=None, right=None, period=None',
    call: (context, [x, xp, fp, left, right, period]) => {
      if (period !== null) throw new UnsupportedError('np.interp(period=)');
      const operand = (value: Value): NDArray | null => value === null ? null : toArray(context, value);
      const query = toArray(context, x);
      return scalarIfZeroD(interpolate(context, query, toArray(context, xp), toArray(context, fp), operand(left), operand(right)));
    },
  },
  {
    names: ['np.convolve'],
    signature: `a, v, mode='full'`,
    call: (context, [a, v, mode]) => convolve(context, toArray(context, a), toArray(context, v), toConvolveMode(mode)),
    explain: {
      pullback: {a: `np.correlate(g, v, 'valid')`, v: `np.correlate(g, a, 'valid')`},
      pattern: 'multiply switches',
      why: 'Each element of the result is a sum of products, and the way back slides the other factor without turning it.',
      pitfalls: ['A convolution turns the kernel round, a correlation does not: the gradient of one is made with the other.'],
    },
  },
  {
    names: ['np.correlate'],
    signature: `a, v, mode='valid'`,
    call: (context, [a, v, mode]) => correlate(context, toArray(context, a), toArray(context, v), toConvolveMode(mode)),
    explain: {
      pullback: {a: `np.convolve(g, v, 'full')`, v: `np.correlate(a, g, 'valid')`},
      pattern: 'multiply switches',
      why: 'Each element of the result is a sum of products; the gradient of the kernel is a correlation with the cotangent.',
    },
  },
  {
    names: ['np.bincount'],
    signature: 'x, /, weights=None, minlength=0',
    call: (context, [x, weights, least]) => {
      const numbers = toArray(context, x);
      const whole = numbers.size === 0 ? asArray(context, numbers, 'int64') : numbers;
      return bincount(context, whole, weights === null ? null : toArray(context, weights), toInt(least));
    },
    explain: {
      pullback: {weights: 'g[x]'}, pattern: 'sum broadcasts',
      why: 'Each weight is added to one bin, so it takes the gradient of that bin.',
    },
  },
  {
    names: ['np.histogram'],
    signature: 'a, bins=10, range=None, density=None, weights=None',
    call: histogramOf,
  },
  {
    names: ['np.apply_along_axis'],
    signature: 'func1d, axis, arr, *args',
    call: applyAlongAxis,
  },
  {
    names: ['np.piecewise'],
    signature: 'x, condlist, funclist, *args',
    call: piecewise,
  },
];
