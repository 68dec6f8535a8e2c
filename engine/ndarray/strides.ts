/**
 * Views made by hand: `as_strided` and `sliding_window_view`, and whether two arrays share memory.
 */
import {NDArray, positions, viewOf} from './array.ts';
import {normalizeAxis} from './broadcast.ts';
import {itemSize} from './dtype.ts';
import {PyError, UnsupportedError} from './errors.ts';

/**
 * `np.lib.stride_tricks.as_strided`: `strides` in bytes. What would read outside the buffer is undefined in NumPy and
 * unsupported here.
 */
export function asStrided(array: NDArray, shape: readonly number[], strides: readonly number[], writeable: boolean): NDArray {
  if (shape.length !== strides.length) throw new PyError('ValueError', 'mismatch in length of strides and shape');
  const bytes = itemSize(array.dtype);
  const steps = strides.map((stride) => stride / bytes);
  if (!steps.every(Number.isInteger)) throw new UnsupportedError('as_strided with strides inside an element');
  let low = array.offset;
  let high = array.offset;
  shape.forEach((n, axis) => {
    if (n < 0) throw new PyError('ValueError', 'negative dimensions are not allowed');
    if (steps[axis] < 0) low += (n - 1) * steps[axis];
    else high += (n - 1) * steps[axis];
  });
  if (!shape.includes(0) && (low < 0 || high >= array.buffer.data.length)) throw new UnsupportedError('as_strided outside the array');
  return new NDArray(array.buffer, array.dtype, shape, steps, array.offset, array, array.writeable && writeable);
}

/** `sliding_window_view`: the windows' own axes come last. Read-only unless `writeable`. */
export function slidingWindowView(array: NDArray, window: readonly number[], axes: readonly number[] | null, writeable: boolean): NDArray {
  const along = axes === null ? array.shape.map((_, axis) => axis) : axes.map((axis) => normalizeAxis(axis, array.ndim));
  if (window.some((n) => n < 0)) throw new PyError('ValueError', '`window_shape` cannot contain negative values');
  if (window.length !== along.length) {
    throw new PyError('ValueError', axes === null
      ? `Since axis is \`None\`, must provide window_shape for all dimensions of \`x\`; got ${window.length} window_shape elements and \`x.ndim\` is ${array.ndim}.`
      : `Must provide matching length window_shape and axis; got ${window.length} window_shape elements and ${along.length} axes elements.`);
  }
  const shape = array.shape.slice();
  along.forEach((axis, k) => {
    if (shape[axis] < window[k]) throw new PyError('ValueError', 'window shape cannot be larger than input array shape');
    shape[axis] -= window[k] - 1;
  });
  const view = viewOf(array, [...shape, ...window], [...array.strides, ...along.map((axis) => array.strides[axis])], array.offset);
  return new NDArray(view.buffer, view.dtype, view.shape, view.strides, view.offset, array, array.writeable && writeable);
}

/** `np.shares_memory`: whether some element stands in both. */
export function sharesMemory(a: NDArray, b: NDArray): boolean {
  if (a.buffer !== b.buffer || a.size === 0 || b.size === 0) return false;
  const places = new Set(positions(a));
  return positions(b).some((place) => places.has(place));
}

/** `np.may_share_memory`: whether the stretches of memory that they span overlap. */
export function mayShareMemory(a: NDArray, b: NDArray): boolean {
  if (a.buffer !== b.buffer || a.size === 0 || b.size === 0) return false;
  const [lowA, highA] = extent(a);
  const [lowB, highB] = extent(b);
  return lowA <= highB && lowB <= highA;
}

function extent(array: NDArray): [number, number] {
  let low = array.offset;
  let high = array.offset;
  array.shape.forEach((n, axis) => {
    const reach = (n - 1) * array.strides[axis];
    if (reach < 0) low += reach;
    else high += reach;
  });
  return [low, high];
}
