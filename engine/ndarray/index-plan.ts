/**
 * What an index expression selects: one element, a view, or a list of buffer positions.
 * Follows NumPy's rules for ints, slices, ellipsis, newaxis, int arrays and masks, and where the broadcast axes of several
 * index arrays go. Reads and writes nothing of the indexed array.
 */
import type {Context} from './context.ts';
import {NDArray, positions, sizeOf, viewOf} from './array.ts';
import {broadcastTwo, shapeText} from './broadcast.ts';
import {asArray} from './cast.ts';
import {isFloat} from './dtype.ts';
import {PyError} from './errors.ts';
import {Scalar} from './scalar.ts';
import {ELLIPSIS, List, Slice, Tuple} from './values.ts';
import type {Value} from './values.ts';

/** Elements picked one by one: buffer positions in C order of the resulting shape. */
export interface Selection {
  readonly positions: Int32Array;
  readonly shape: readonly number[];
  /** True when the index is one mask over all axes (its assignment errors have words of their own). */
  readonly mask: boolean;
}

const WRONG_INDEX = 'only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices';

/** The place of index `value` on an axis of `size`. Raises IndexError when it is outside. */
export function normalizeIndex(value: number, axis: number, size: number): number {
  if (value >= size || value < -size) {
    throw new PyError('IndexError', `index ${value} is out of bounds for axis ${axis} with size ${size}`);
  }
  return value < 0 ? value + size : value;
}

/** What {@link resolveSlice} found last: read at once, so that slicing allocates nothing. */
export const sliced = {start: 0, length: 0, step: 1};

/** Applies a slice to an axis of `size` and leaves start, length and step in {@link sliced}. */
export function resolveSlice(slice: Slice, size: number): void {
  const step = slice.step === null ? 1 : sliceBound(slice.step);
  if (step === 0) throw new PyError('ValueError', 'slice step cannot be zero');
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? size : size - 1;
  let start = step > 0 ? low : high;
  if (slice.start !== null) {
    start = sliceBound(slice.start);
    if (start < 0) start += size;
    start = start < low ? low : start > high ? high : start;
  }
  let stop = step > 0 ? high : low;
  if (slice.stop !== null) {
    stop = sliceBound(slice.stop);
    if (stop < 0) stop += size;
    stop = stop < low ? low : stop > high ? high : stop;
  }
  const span = step > 0 ? stop - start : start - stop;
  sliced.start = start;
  sliced.step = step;
  sliced.length = span <= 0 ? 0 : Math.ceil(span / Math.abs(step));
}

function sliceBound(value: Value): number {
  if (typeof value === 'number') return value;
  const int = asInt(value);
  if (int === null) {
    throw new PyError('TypeError', 'slice indices must be integers or None or have an __index__ method');
  }
  return int;
}

/** The int that `value` is (Python's `__index__`), or null when it is none. Bools are ints here. */
export function asInt(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Scalar) return isFloat(value.dtype) || value.dtype === 'bool' ? null : Math.round(value.value);
  if (value instanceof NDArray && value.ndim === 0 && !isFloat(value.dtype) && value.dtype !== 'bool') {
    return value.buffer.data[value.offset];
  }
  return null;
}

/** An index array: its shape, and the buffer offsets that its elements add, in C order. */
interface Picker {
  readonly shape: readonly number[];
  readonly shifts: Int32Array;
}

/**
 * Resolves `index` on `array`: a buffer position (one element), a view, or positions.
 * Raises IndexError in NumPy's words.
 */
export function planIndex(context: Context, array: NDArray, index: Value): number | NDArray | Selection {
  const entries = index instanceof Tuple ? index.items.map((item) => readEntry(context, item)) : [readEntry(context, index)];
  const {ndim, strides} = array;
  let used = 0;
  let ints = 0;
  let ellipses = 0;
  let fancy = false;
  for (const entry of entries) {
    used += axesOf(entry);
    if (typeof entry === 'number') ints++;
    else if (entry === ELLIPSIS) ellipses++;
    else if (typeof entry === 'boolean' || entry instanceof NDArray) fancy = true;
  }
  if (ellipses > 1) throw new PyError('IndexError', 'an index can only have a single ellipsis (\'...\')');
  if (used > ndim) {
    throw new PyError('IndexError', `too many indices for array: array is ${ndim}-dimensional, but ${used} were indexed`);
  }
  const kept: Axes = {shape: [], strides: []};
  const pickers: Picker[] = [];
  let {offset} = array;
  let axis = 0;
  let groupAt = 0;
  let group: 'none' | 'open' | 'closed' | 'split' = 'none';
  for (const entry of entries) {
    const picks = fancy && (typeof entry === 'number' || typeof entry === 'boolean' || entry instanceof NDArray);
    if (picks && group === 'none') {
      group = 'open';
      groupAt = kept.shape.length;
    } else if (picks && group === 'closed') group = 'split';
    else if (!picks && group === 'open') group = 'closed';
    if (entry === null) keepAxis(kept, 1, 0);
    else if (entry === ELLIPSIS) {
      for (const stop = axis + ndim - used; axis < stop; axis++) keepAxis(kept, array.shape[axis], strides[axis]);
    } else if (entry instanceof Slice) {
      resolveSlice(entry, array.shape[axis]);
      offset += sliced.start * strides[axis];
      keepAxis(kept, sliced.length, sliced.step * strides[axis]);
      axis++;
    } else if (typeof entry === 'number') {
      offset += normalizeIndex(entry, axis, array.shape[axis]) * strides[axis];
      axis++;
    } else if (typeof entry === 'boolean') pickers.push({shape: [entry ? 1 : 0], shifts: new Int32Array(entry ? 1 : 0)});
    else if (entry instanceof NDArray) {
      pickers.push(entry.dtype === 'bool' ? maskPicker(array, entry, axis) : intPicker(array, entry, axis));
      axis += axesOf(entry);
    }
  }
  if (ints === ndim && ints === entries.length) return offset;
  for (; axis < ndim; axis++) keepAxis(kept, array.shape[axis], strides[axis]);
  if (!fancy) return viewOf(array, kept.shape, kept.strides, offset);
  const [first] = entries;
  const mask = entries.length === 1 && first instanceof NDArray && first.dtype === 'bool' && first.ndim === ndim;
  return select(kept, pickers, offset, group === 'split' ? 0 : groupAt, mask);
}

/** The axes of the source that stay axes of the result. */
interface Axes {
  readonly shape: number[];
  readonly strides: number[];
}

function keepAxis(axes: Axes, length: number, stride: number): void {
  axes.shape.push(length);
  axes.strides.push(stride);
}

type Entry = null | number | boolean | Slice | typeof ELLIPSIS | NDArray;

function readEntry(context: Context, item: Value): Entry {
  if (item === null || typeof item === 'number' || typeof item === 'boolean' || item === ELLIPSIS) return item as Entry;
  if (item instanceof Slice) return item;
  if (item instanceof Scalar && item.dtype === 'bool') return item.value !== 0;
  const int = asInt(item);
  if (int !== null) return int;
  if (item instanceof NDArray || item instanceof List || item instanceof Tuple) {
    const array = item instanceof NDArray ? item : asArray(context, item);
    if (array.ndim === 0 && array.dtype === 'bool') return array.buffer.data[array.offset] !== 0;
    if (!isFloat(array.dtype)) return array;
    if (!(item instanceof NDArray) && array.size === 0) return asArray(context, item, 'int64');
    if (item instanceof NDArray) throw new PyError('IndexError', 'arrays used as indices must be of integer (or boolean) type');
  }
  throw new PyError('IndexError', WRONG_INDEX);
}

function axesOf(entry: Entry): number {
  if (entry === null || entry === ELLIPSIS || typeof entry === 'boolean') return 0;
  return entry instanceof NDArray && entry.dtype === 'bool' ? entry.ndim : 1;
}

function intPicker(array: NDArray, index: NDArray, axis: number): Picker {
  const {data} = index.buffer;
  const size = array.shape[axis];
  const stride = array.strides[axis];
  if (index.contiguous) {
    const own = new Int32Array(index.size);
    for (let k = 0, at = index.offset; k < own.length; k++, at++) own[k] = normalizeIndex(data[at], axis, size) * stride;
    return {shape: index.shape, shifts: own};
  }
  const shifts = positions(index);
  for (let k = 0; k < shifts.length; k++) shifts[k] = normalizeIndex(data[shifts[k]], axis, size) * stride;
  return {shape: index.shape, shifts};
}

function maskPicker(array: NDArray, mask: NDArray, axis: number): Picker {
  for (let k = 0; k < mask.ndim; k++) {
    if (mask.shape[k] !== array.shape[axis + k]) {
      throw new PyError('IndexError', `boolean index did not match indexed array along axis ${axis + k}; size of axis is ${array.shape[axis + k]} but size of corresponding boolean axis is ${mask.shape[k]}`);
    }
  }
  const {data} = mask.buffer;
  const shifts = new Int32Array(mask.size);
  let count = 0;
  if (mask.contiguous && array.contiguous && mask.ndim === array.ndim) {
    for (let k = 0, at = mask.offset; k < shifts.length; k++, at++) if (data[at] !== 0) shifts[count++] = k;
  } else {
    const at = positions(mask);
    const all = positions({shape: mask.shape, strides: array.strides.slice(axis, axis + mask.ndim), offset: 0});
    for (let k = 0; k < at.length; k++) if (data[at[k]] !== 0) shifts[count++] = all[k];
  }
  return {shape: [count], shifts: shifts.subarray(0, count)};
}

/** The positions of the selection: the index arrays' common axes stand at `groupAt` among the kept ones. */
function select(kept: Axes, pickers: readonly Picker[], offset: number, groupAt: number, mask: boolean): Selection {
  const groupShape = pickers.length === 1 ? pickers[0].shape : commonShape(pickers);
  const group = sumShifts(pickers, groupShape);
  if (kept.shape.length === 0) return {positions: offset === 0 ? group : group.map((shift) => shift + offset), shape: groupShape, mask};
  const before = kept.shape.slice(0, groupAt);
  const after = kept.shape.slice(groupAt);
  const pre = positions({shape: before, strides: kept.strides.slice(0, groupAt), offset});
  const post = positions({shape: after, strides: kept.strides.slice(groupAt), offset: 0});
  const out = new Int32Array(pre.length * group.length * post.length);
  let filled = 0;
  for (let i = 0; i < pre.length; i++) {
    for (let j = 0; j < group.length; j++) {
      const from = pre[i] + group[j];
      for (let k = 0; k < post.length; k++) out[filled++] = from + post[k];
    }
  }
  return {positions: out, shape: [...before, ...groupShape, ...after], mask};
}

function commonShape(pickers: readonly Picker[]): readonly number[] {
  let shape = pickers[0].shape;
  for (const picker of pickers) {
    const common = broadcastTwo(shape, picker.shape);
    if (common === null) {
      const shapes = pickers.map((each) => shapeText(each.shape)).join(' ');
      throw new PyError('IndexError', `shape mismatch: indexing arrays could not be broadcast together with shapes ${shapes} `);
    }
    shape = common;
  }
  return shape;
}

function sumShifts(pickers: readonly Picker[], shape: readonly number[]): Int32Array {
  if (pickers.length === 1) return pickers[0].shifts;
  const sum = new Int32Array(sizeOf(shape));
  for (const picker of pickers) {
    const {shifts} = picker;
    if (shifts.length === sum.length) for (let k = 0; k < sum.length; k++) sum[k] += shifts[k];
    else if (shifts.length === 1) for (let k = 0; k < sum.length; k++) sum[k] += shifts[0];
    else {
      const strides = new Array<number>(shape.length).fill(0);
      let step = 1;
      for (let k = picker.shape.length - 1; k >= 0; k--) {
        if (picker.shape[k] !== 1) strides[k + shape.length - picker.shape.length] = step;
        step *= picker.shape[k];
      }
      const at = positions({shape, strides, offset: 0});
      for (let k = 0; k < sum.length; k++) sum[k] += shifts[at[k]];
    }
  }
  return sum;
}
