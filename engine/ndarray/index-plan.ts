/**
 * What an index expression selects: one element, a view, or a list of buffer positions.
 * Follows NumPy's rules for ints, slices, ellipsis, newaxis, int arrays and masks, and where the broadcast axes of several
 * index arrays go. Reads and writes nothing of the indexed array.
 */
import type {Context} from './context.ts';
import {NDArray, positions, sizeOf, viewOf} from './array.ts';
import {shapeText} from './broadcast.ts';
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

/** An index array on one axis of the source, or (axis -1) a 0-d mask that only adds an axis. */
interface Picker {
  readonly axis: number;
  readonly shape: readonly number[];
  /** Buffer offsets that its elements add, C order. */
  readonly shifts: Int32Array;
}

type Part = {readonly length: number; readonly stride: number} | Picker;

/**
 * Resolves `index` on `array`: a buffer position (one element), a view, or positions.
 * Raises IndexError in NumPy's words.
 */
export function planIndex(context: Context, array: NDArray, index: Value): number | NDArray | Selection {
  const items = index instanceof Tuple ? index.items : [index];
  const entries = items.map((item) => readEntry(context, item));
  const ellipses = entries.filter((entry) => entry === ELLIPSIS).length;
  if (ellipses > 1) throw new PyError('IndexError', 'an index can only have a single ellipsis (\'...\')');
  const {ndim} = array;
  const used = entries.reduce<number>((sum, entry) => sum + axesOf(entry), 0);
  if (used > ndim) {
    throw new PyError('IndexError', `too many indices for array: array is ${ndim}-dimensional, but ${used} were indexed`);
  }
  const fancy = entries.some((entry) => typeof entry === 'boolean' || entry instanceof NDArray);
  if (!fancy && ellipses === 0 && used === ndim && entries.every((entry) => typeof entry === 'number')) {
    let position = array.offset;
    entries.forEach((entry, axis) => position += normalizeIndex(entry, axis, array.shape[axis]) * array.strides[axis]);
    return position;
  }
  const parts: Part[] = [];
  let offset = array.offset;
  let axis = 0;
  let groupAt = -1;
  let groupClosed = false;
  let split = false;
  const openGroup = (): void => {
    if (groupAt === -1) groupAt = parts.length;
    else if (groupClosed) split = true;
  };
  const addAxis = (length: number, stride: number): void => {
    parts.push({length, stride});
  };
  const addRest = (count: number): void => {
    for (let k = 0; k < count; k++, axis++) addAxis(array.shape[axis], array.strides[axis]);
  };
  for (const entry of entries) {
    const basic = entry === null || entry === ELLIPSIS || entry instanceof Slice;
    if (basic && groupAt !== -1) groupClosed = true;
    if (entry === null) addAxis(1, 0);
    else if (entry === ELLIPSIS) addRest(ndim - used);
    else if (entry instanceof Slice) {
      resolveSlice(entry, array.shape[axis]);
      offset += sliced.start * array.strides[axis];
      addAxis(sliced.length, sliced.step * array.strides[axis]);
      axis++;
    } else if (typeof entry === 'number') {
      if (fancy) openGroup();
      offset += normalizeIndex(entry, axis, array.shape[axis]) * array.strides[axis];
      axis++;
    } else if (typeof entry === 'boolean') {
      openGroup();
      parts.push({axis: -1, shape: [entry ? 1 : 0], shifts: new Int32Array(entry ? 1 : 0)});
    } else if (entry instanceof NDArray) {
      openGroup();
      const pickers = entry.dtype === 'bool' ? maskPickers(array, entry, axis) : [intPicker(array, entry, axis)];
      for (const picker of pickers) parts.push(picker);
      axis += axesOf(entry);
    }
  }
  addRest(ndim - axis);
  if (!fancy) {
    const axes = parts as {length: number; stride: number}[];
    return viewOf(array, axes.map((part) => part.length), axes.map((part) => part.stride), offset);
  }
  const [first] = entries;
  const mask = entries.length === 1 && first instanceof NDArray && first.dtype === 'bool' && first.ndim === ndim;
  return select(parts, offset, split ? 0 : groupAt, mask);
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
  const shifts = positions(index);
  const {data} = index.buffer;
  const size = array.shape[axis];
  const stride = array.strides[axis];
  for (let k = 0; k < shifts.length; k++) shifts[k] = normalizeIndex(data[shifts[k]], axis, size) * stride;
  return {axis, shape: index.shape, shifts};
}

function maskPickers(array: NDArray, mask: NDArray, axis: number): Picker[] {
  for (let k = 0; k < mask.ndim; k++) {
    if (mask.shape[k] !== array.shape[axis + k]) {
      throw new PyError('IndexError', `boolean index did not match indexed array along axis ${axis + k}; size of axis is ${array.shape[axis + k]} but size of corresponding boolean axis is ${mask.shape[k]}`);
    }
  }
  const at = positions(mask);
  const {data} = mask.buffer;
  const shifts = positions({shape: mask.shape, strides: array.strides.slice(axis, axis + mask.ndim), offset: 0});
  let count = 0;
  for (let k = 0; k < at.length; k++) if (data[at[k]] !== 0) shifts[count++] = shifts[k];
  return [{axis, shape: [count], shifts: shifts.slice(0, count)}];
}

function select(parts: readonly Part[], offset: number, groupAt: number, mask: boolean): Selection {
  const pickers = parts.filter((part): part is Picker => 'shifts' in part);
  const axes = parts.filter((part): part is {length: number; stride: number} => 'stride' in part);
  const groupShape = pickers.length === 1 ? pickers[0].shape : commonShape(pickers);
  const group = sumShifts(pickers, groupShape);
  const before = axes.slice(0, groupAt);
  const after = axes.slice(groupAt);
  const pre = positions({shape: before.map((part) => part.length), strides: before.map((part) => part.stride), offset});
  const post = positions({shape: after.map((part) => part.length), strides: after.map((part) => part.stride), offset: 0});
  const shape = [...before.map((part) => part.length), ...groupShape, ...after.map((part) => part.length)];
  const out = new Int32Array(pre.length * group.length * post.length);
  let filled = 0;
  for (const start of pre) {
    for (const middle of group) {
      const from = start + middle;
      for (let k = 0; k < post.length; k++) out[filled++] = from + post[k];
    }
  }
  return {positions: out, shape, mask};
}

function commonShape(pickers: readonly Picker[]): number[] {
  const ndim = Math.max(...pickers.map((picker) => picker.shape.length));
  const out = new Array<number>(ndim).fill(1);
  for (const {shape} of pickers) {
    for (let k = 0; k < shape.length; k++) {
      const to = k + ndim - shape.length;
      if (out[to] === 1) out[to] = shape[k];
      else if (shape[k] !== 1 && shape[k] !== out[to]) {
        const shapes = pickers.map((picker) => shapeText(picker.shape)).join(' ');
        throw new PyError('IndexError', `shape mismatch: indexing arrays could not be broadcast together with shapes ${shapes} `);
      }
    }
  }
  return out;
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
