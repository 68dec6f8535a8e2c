/**
 * Functions of a sequence of numbers: diff, ediff1d, gradient, trapezoid, interp, convolve, correlate, bincount, histogram.
 * All but the counts are made of recorded arithmetic on views.
 */
import type {Context} from './context.ts';
import type {NDArray} from './array.ts';
import {allocate, elements, fromData, viewOf} from './array.ts';
import {normalizeAxis} from './broadcast.ts';
import {asArray} from './cast.ts';
import {isFloat, promote} from './dtype.ts';
import {binary} from './elementwise.ts';
import {PyError} from './errors.ts';
import {assign} from './index-write.ts';
import {concatenate, sliceAxis} from './join.ts';
import type {Operand} from './operands.ts';
import {arrayOf} from './product-tensor.ts';
import {sumProducts} from './product.ts';
import {flip} from './rearrange.ts';
import {reduce} from './reduce.ts';
import type {Scalar} from './scalar.ts';
import {expandDims} from './shape.ts';

function compute(context: Context, operation: 'add' | 'subtract' | 'multiply' | 'divide', a: Operand, b: Operand): NDArray {
  return arrayOf(context, binary(context, operation, a, b));
}

/** `np.diff`: `times` differences of neighbours along `axis`. */
export function diff(context: Context, array: NDArray, times: number, axis: number): NDArray {
  if (times < 0) throw new PyError('ValueError', `order must be non-negative but got ${times}`);
  if (array.ndim === 0) throw new PyError('ValueError', 'diff requires input that is at least one dimensional');
  const along = normalizeAxis(axis, array.ndim);
  let result = array;
  for (let k = 0; k < times; k++) {
    const n = result.shape[along];
    const later = sliceAxis(result, along, Math.min(1, n), n);
    const earlier = sliceAxis(result, along, 0, Math.max(0, n - 1));
    result = result.dtype === 'bool'
      ? arrayOf(context, binary(context, 'bitwise_xor', later, earlier))
      : compute(context, 'subtract', later, earlier);
  }
  return result;
}

/** The differences of neighbours of a vector, bools refused. */
export function neighbourDifferences(context: Context, array: NDArray): NDArray {
  const n = array.size;
  return compute(context, 'subtract', sliceAxis(array, 0, Math.min(1, n), n), sliceAxis(array, 0, 0, Math.max(0, n - 1)));
}

/** `np.gradient` along one axis; `spacing` is a step or the coordinates of the elements. Ends are first order (`edge` 1) or second. */
export function gradientAlong(context: Context, array: NDArray, spacing: number | NDArray, axis: number, edge: number): NDArray {
  const along = normalizeAxis(axis, array.ndim);
  const n = array.shape[along];
  if (n < edge + 1) {
    throw new PyError('ValueError', 'Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.');
  }
  const steps = typeof spacing === 'number' ? new Float64Array(n - 1).fill(spacing) : elements(diff(context, spacing, 1, 0));
  const out = allocate(context, array.shape, isFloat(array.dtype) ? array.dtype : 'float64');
  const at = (k: number): NDArray => sliceAxis(array, along, k, k + 1);
  const combine = (places: readonly number[], weights: readonly number[]): NDArray =>
    places.map((place, k) => compute(context, 'multiply', at(place), weights[k])).reduce((a, b) => compute(context, 'add', a, b));
  const write = (k: number, places: readonly number[], weights: readonly number[]): void => {
    assign(context, sliceAxis(out, along, k, k + 1), combine(places, weights));
  };
  for (let k = 1; k < n - 1; k++) {
    const before = steps[k - 1];
    const after = steps[k];
    write(k, [k - 1, k, k + 1], [-after / (before * (before + after)), (after - before) / (before * after), before / (after * (before + after))]);
  }
  if (edge === 1) {
    write(0, [0, 1], [-1 / steps[0], 1 / steps[0]]);
    write(n - 1, [n - 2, n - 1], [-1 / steps[n - 2], 1 / steps[n - 2]]);
    return out;
  }
  const [p, q] = [steps[0], steps[1]];
  write(0, [0, 1, 2], [-(2 * p + q) / (p * (p + q)), (p + q) / (p * q), -p / (q * (p + q))]);
  const [r, s] = [steps[n - 3], steps[n - 2]];
  write(n - 1, [n - 3, n - 2, n - 1], [s / (r * (r + s)), -(s + r) / (r * s), (2 * s + r) / (s * (r + s))]);
  return out;
}

/** `np.trapezoid` along `axis`, over steps `dx` or the coordinates `x`. */
export function trapezoid(context: Context, y: NDArray, x: NDArray | null, dx: number | Scalar, axis: number): NDArray | Scalar {
  const along = normalizeAxis(axis, y.ndim);
  const n = y.shape[along];
  const sums = compute(context, 'add', sliceAxis(y, along, Math.min(1, n), n), sliceAxis(y, along, 0, Math.max(0, n - 1)));
  let widths: Operand = dx;
  if (x !== null) {
    const gaps = diff(context, x, 1, x.ndim === 1 ? 0 : along);
    widths = x.ndim === 1 ? expandDims(gaps, y.shape.slice(along + 1).map((_, k) => 1 + k)) : gaps;
  }
  return reduce(context, 'sum', compute(context, 'divide', compute(context, 'multiply', sums, widths), 2), {axis: along});
}

/** `np.interp`: piecewise linear through (xs, ys), which must rise; `left` and `right` are the values outside. */
export function interpolate(context: Context, x: NDArray, xs: NDArray, ys: NDArray, left: Operand | null, right: Operand | null): NDArray {
  if (xs.size === 0) throw new PyError('ValueError', 'array of sample points is empty');
  if (xs.size !== ys.size) throw new PyError('ValueError', 'fp and xp are not of the same length.');
  const out = allocate(context, [x.size], 'float64');
  const points = elements(xs);
  const query = elements(x);
  const element = (array: NDArray, k: number): NDArray => viewOf(array, [], [], array.offset + k * (array.ndim === 0 ? 0 : array.strides[0]));
  const flat = x.contiguous ? viewOf(x, [x.size], [1], x.offset) : fromData(query, [x.size], x.dtype);
  query.forEach((value, k) => {
    let upper = 0;
    while (upper < points.length && points[upper] <= value) upper++;
    context.guards?.decide(upper, Math.min(...points.map((point) => Math.abs(point - value))));
    const target = viewOf(out, [], [], k);
    if (upper === 0) assign(context, target, arrayFor(context, left, element(ys, 0)));
    else if (value > points[points.length - 1]) assign(context, target, arrayFor(context, right, element(ys, points.length - 1)));
    else if (upper === points.length) assign(context, target, element(ys, points.length - 1));
    else {
      const low = upper - 1;
      const rise = compute(context, 'subtract', element(ys, upper), element(ys, low));
      const run = compute(context, 'subtract', element(xs, upper), element(xs, low));
      const offset = compute(context, 'subtract', element(flat, k), element(xs, low));
      const part = compute(context, 'multiply', compute(context, 'divide', rise, run), offset);
      assign(context, target, compute(context, 'add', part, element(ys, low)));
    }
  });
  return viewOf(out, x.shape, x.shape.map((_, axis) => x.shape.slice(axis + 1).reduce((size, n) => size * n, 1)), 0);
}

function arrayFor(context: Context, value: Operand | null, otherwise: NDArray): NDArray {
  return value === null ? otherwise : asArray(context, value);
}

export type ConvolveMode = 'full' | 'same' | 'valid';

/** `np.convolve(a, v, mode)`, one Dot entry for each element. */
export function convolve(context: Context, a: NDArray, v: NDArray, mode: ConvolveMode): NDArray {
  if (a.ndim > 1 || v.ndim > 1) throw new PyError('ValueError', 'object too deep for desired array');
  if (a.size === 0) throw new PyError('ValueError', 'a cannot be empty');
  if (v.size === 0) throw new PyError('ValueError', 'v cannot be empty');
  const [long, short] = v.size > a.size ? [v, a] : [a, v];
  return slide(context, lined(long), flip(lined(short), [0]), mode);
}

/** `np.correlate(a, v, mode)`. */
export function correlate(context: Context, a: NDArray, v: NDArray, mode: ConvolveMode): NDArray {
  if (a.ndim > 1 || v.ndim > 1) throw new PyError('ValueError', 'object too deep for desired array');
  if (a.size === 0 || v.size === 0) throw new PyError('ValueError', `${a.size === 0 ? 'first' : 'second'} array argument cannot be empty`);
  if (v.size <= a.size) return slide(context, lined(a), lined(v), mode);
  return flip(slide(context, lined(v), lined(a), mode), [0]);
}

function lined(array: NDArray): NDArray {
  return array.ndim === 0 ? viewOf(array, [1], [1], array.offset) : array;
}

/** Dot products of `short` with the stretches of `long` that it covers, from the first touch on. */
function slide(context: Context, long: NDArray, short: NDArray, mode: ConvolveMode): NDArray {
  const n = long.size;
  const m = short.size;
  const first = mode === 'full' ? 0 : mode === 'valid' ? m - 1 : m - 1 - (m >> 1);
  const count = mode === 'full' ? n + m - 1 : mode === 'valid' ? n - m + 1 : n;
  const pieces: NDArray[] = [];
  for (let k = first; k < first + count; k++) {
    const from = Math.max(0, k - m + 1);
    const to = Math.min(n, k + 1);
    const skip = from - (k - m + 1);
    const out = allocate(context, [1], promote(long.dtype, short.dtype));
    const a = sliceAxis(long, 0, from, to);
    const b = sliceAxis(short, 0, skip, skip + to - from);
    sumProducts(context, out, a, Int32Array.of(a.offset), b, Int32Array.of(b.offset), to - from, a.strides[0], b.strides[0]);
    pieces.push(out);
  }
  return concatenate(context, pieces, 0);
}

/** `np.bincount`: how often each number occurs, or the sum of the weights there. */
export function bincount(context: Context, numbers: NDArray, weights: NDArray | null, least: number): NDArray {
  if (numbers.ndim !== 1) throw new PyError('ValueError', numbers.ndim === 0 ? 'object of too small depth for desired array' : 'object too deep for desired array');
  if (isFloat(numbers.dtype) && numbers.size > 0) {
    throw new PyError('TypeError', `Cannot cast array data from dtype('${numbers.dtype}') to dtype('int64') according to the rule 'safe'`);
  }
  const places = elements(numbers);
  if (places.some((place) => place < 0)) throw new PyError('ValueError', '\'list\' argument must have no negative elements');
  const size = places.reduce((most, place) => Math.max(most, place + 1), least);
  const out = allocate(context, [size], weights === null ? 'int64' : 'float64');
  if (weights !== null && weights.size !== places.length) {
    throw new PyError('ValueError', 'The weights and list don\'t have the same length.');
  }
  places.forEach((place, k) => {
    const cell = viewOf(out, [1], [1], place);
    const added = weights === null ? 1 : viewOf(weights, [1], [1], weights.offset + k * weights.strides[0]);
    const sum = compute(context, 'add', cell, added);
    out.buffer.data[place] = sum.buffer.data[0];
    if (sum.buffer.ids !== null) out.buffer.idsForWrite()[place] = sum.buffer.ids[0];
  });
  return out;
}

/** Counts in the bins between rising `edges` (the last bin is closed); floats. */
export function histogramCounts(values: ArrayLike<number>, edges: Float64Array, weights: ArrayLike<number> | null): Float64Array {
  const bins = edges.length - 1;
  const counts = new Float64Array(bins);
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (!(value >= edges[0] && value <= edges[bins])) continue;
    let bin = 0;
    while (bin < bins - 1 && value >= edges[bin + 1]) bin++;
    counts[bin] += weights === null ? 1 : weights[k];
  }
  return counts;
}
