/**
 * Rows of `scipy.signal`: convolution and correlation over any number of axes, as padding, sliding windows and one tensor
 * product, so that the tape sees ordinary array operations.
 */
import {fromData, viewOf} from '../../ndarray/array.ts';
import type {NDArray} from '../../ndarray/array.ts';
import type {Context} from '../../ndarray/context.ts';
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import {padByMode, padConstant} from '../../ndarray/pad.ts';
import {arrayOf, tensordot} from '../../ndarray/product-tensor.ts';
import {flip} from '../../ndarray/rearrange.ts';
import {slidingWindowView} from '../../ndarray/strides.ts';
import type {Value} from '../../ndarray/values.ts';
import {toArray, toFloat} from '../arguments.ts';
import type {Row} from '../row.ts';

interface Style {
  /** Whether only arrays of two axes are taken. */
  readonly flat: boolean;
  /** What is said of arrays whose axes do not fit. */
  readonly mismatch: string;
  /** Whether the kernel is turned around, as a convolution does. */
  readonly turned: boolean;
  /** Where the part that `same` keeps begins in the full result, for a kernel of so many places. */
  readonly start: (full: number, size: number, kernel: number) => number;
  /** What lies outside: a number, or `wrap` or `symmetric`. */
  readonly outside: number | 'wrap' | 'symmetric';
}

/** Every product of the kernel with a window of `array` of its shape. */
function windowProducts(context: Context, array: NDArray, kernel: NDArray): NDArray {
  const axes = kernel.shape.map((_, axis) => axis);
  const windows = slidingWindowView(array, kernel.shape, null, false);
  return arrayOf(context, tensordot(context, windows, kernel, axes.map((axis) => axis + kernel.ndim), axes));
}

function padded(context: Context, array: NDArray, kernel: NDArray, outside: Style['outside']): NDArray {
  const widths = kernel.shape.map((n): [number, number] => [n - 1, n - 1]);
  if (typeof outside === 'string') return padByMode(context, array, widths, outside);
  const values = fromData(new Float64Array(array.ndim * 2).fill(outside), [array.ndim, 2], array.dtype);
  return padConstant(context, array, widths, values);
}

/** The middle of `full` that has this shape. */
function middle(full: NDArray, shape: readonly number[], starts: readonly number[]): NDArray {
  const offset = starts.reduce((sum, start, axis) => sum + start * full.strides[axis], full.offset);
  return viewOf(full, shape, full.strides, offset);
}

function slide(context: Context, first: Value, second: Value, mode: Value, style: Style): NDArray {
  const array = toArray(context, first);
  const kernel = toArray(context, second);
  if (array.ndim !== kernel.ndim || (style.flat && array.ndim !== 2)) throw new PyError('ValueError', style.mismatch);
  if (array.ndim === 0) throw new UnsupportedError('convolution of single numbers');
  const oriented = style.turned ? flip(kernel, null) : kernel;
  if (mode === 'valid') return valid(context, array, kernel, oriented, style.turned);
  const full = windowProducts(context, padded(context, array, kernel, style.outside), oriented);
  if (mode === 'full') return full;
  if (mode === 'same') return middle(full, array.shape, array.shape.map((n, axis) => style.start(full.shape[axis], n, kernel.shape[axis])));
  throw new PyError('ValueError', "Acceptable mode flags are 'valid', 'same', or 'full'.");
}

function valid(context: Context, array: NDArray, kernel: NDArray, oriented: NDArray, turned: boolean): NDArray {
  if (array.shape.every((n, axis) => n >= kernel.shape[axis])) return windowProducts(context, array, oriented);
  if (!kernel.shape.every((n, axis) => n >= array.shape[axis])) {
    throw new PyError('ValueError', "For 'valid' mode, one must be at least as large as the other in every dimension");
  }
  const swapped = windowProducts(context, kernel, turned ? flip(array, null) : array);
  return turned ? swapped : flip(swapped, null);
}

const centred = (full: number, size: number): number => (full - size) >> 1;

function overAnyAxes(name: string, turned: boolean): Row {
  return {
    names: [`scipy.signal.${name}`, ...(turned ? ['scipy.signal.fftconvolve', 'scipy.signal.oaconvolve'] : [])],
    signature: "in1, in2, mode='full', method='auto'",
    call: (context, [first, second, mode]) => slide(context, first, second, mode, {
      turned, start: centred, outside: 0, flat: false,
      mismatch: `${turned ? 'volume and kernel' : 'in1 and in2'} should have the same dimensionality`,
    }),
  };
}

const boundaries: Readonly<Record<string, 'wrap' | 'symmetric'>> = {wrap: 'wrap', symm: 'symmetric', symmetric: 'symmetric'};

function overTwoAxes(name: string, turned: boolean): Row {
  return {
    names: [`scipy.signal.${name}`],
    signature: "in1, in2, mode='full', boundary='fill', fillvalue=0",
    call: (context, [first, second, mode, boundary, fill]) => {
      const outside = boundary === 'fill' ? toFloat(fill) : typeof boundary === 'string' ? boundaries[boundary] : undefined;
      if (outside === undefined) throw new PyError('ValueError', "Acceptable boundary flags are 'fill', 'circular' (or 'wrap'), and 'symmetric' (or 'symm').");
      const start = turned ? centred : (_full: number, _size: number, kernel: number): number => kernel >> 1;
      return slide(context, first, second, mode, {turned, start, outside, flat: true, mismatch: `${name} inputs must both be 2-D arrays`});
    },
  };
}

export const signalRows: readonly Row[] = [
  overAnyAxes('convolve', true), overAnyAxes('correlate', false), overTwoAxes('convolve2d', true), overTwoAxes('correlate2d', false),
];
