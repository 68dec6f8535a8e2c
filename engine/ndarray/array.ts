/**
 * Strided views over a shared buffer, with a tape node id beside each element.
 * Holds the data model only: shapes, strides, views, snapshots. Arithmetic, indexing and reductions are files of their own.
 */
import type {Context} from './context.ts';
import type {DType} from './dtype.ts';
import {freshIds, freshNumbers} from './memory.ts';

/** A shared buffer. `ids` runs parallel to `data`; null means that every element is a constant. */
export class Buffer {
  /** Set by a snapshot: the next write copies `data` and `ids` first, so that the snapshot keeps what it saw. */
  frozen = false;

  constructor(public data: Float64Array, public ids: Int32Array | null) {}

  /** Call before any write into `data` or `ids`. */
  beforeWrite(): void {
    if (!this.frozen) return;
    this.data = this.data.slice();
    this.ids = this.ids?.slice() ?? null;
    this.frozen = false;
  }

  /** The ids, made if there are none. Call only to write into them. */
  idsForWrite(): Int32Array {
    return (this.ids ??= freshIds(this.data.length));
  }
}

/** An array as it was at one moment; later writes do not reach it. */
export interface Snapshot {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly data: Float64Array;
  readonly ids: Int32Array | null;
  /** The array that was snapshotted. */
  readonly of: NDArray;
}

/** Makes a base array of its own for every handle, so that identity of handles is identity of Python objects. */
export class NDArray {
  /** Elements in the array: the product of its shape. */
  readonly size: number;
  /** Whether its elements stand side by side in C order (then element k is at `offset + k`). */
  readonly contiguous: boolean;

  constructor(
    readonly buffer: Buffer,
    readonly dtype: DType,
    public shape: readonly number[],
    /** In elements, not bytes. */
    public strides: readonly number[],
    readonly offset: number,
    /** The array that this one is a view of, as NumPy's `.base` but one step only; null for an owner. */
    readonly base: NDArray | null,
    /** False for `broadcast_to` results and the like. */
    readonly writeable = true,
  ) {
    let size = 1;
    let contiguous = true;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (shape[axis] !== 1 && strides[axis] !== size) contiguous = false;
      size *= shape[axis];
    }
    this.size = size;
    this.contiguous = contiguous || size === 0;
  }

  get ndim(): number {
    return this.shape.length;
  }

  /** The whole contents as they are now. Cheap: the next write pays for the copy. */
  snapshot(): Snapshot {
    this.buffer.frozen = true;
    const {dtype, shape, strides, offset, buffer} = this;
    return {dtype, shape, strides, offset, data: buffer.data, ids: buffer.ids, of: this};
  }
}

export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const n of shape) size *= n;
  return size;
}

/** Strides of a C-contiguous array, in elements. */
export function contiguousStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
}

/** A new array of zeros (constants). Charges the budget before it allocates. */
export function allocate(context: Context, shape: readonly number[], dtype: DType): NDArray {
  const size = sizeOf(shape);
  context.budget.allocate(size);
  return new NDArray(new Buffer(freshNumbers(size), null), dtype, shape, contiguousStrides(shape), 0, null);
}

/** Wraps data in C order. `ids` may be null for constants. Does not copy. */
export function fromData(data: Float64Array, shape: readonly number[], dtype: DType, ids: Int32Array | null = null): NDArray {
  return new NDArray(new Buffer(data, ids), dtype, shape, contiguousStrides(shape), 0, null);
}

/** Another view of the same buffer. */
export function viewOf(array: NDArray, shape: readonly number[], strides: readonly number[], offset: number): NDArray {
  return new NDArray(array.buffer, array.dtype, shape, strides, offset, array, array.writeable);
}

/** Buffer positions of all elements in C order. */
export function positions(array: {readonly shape: readonly number[]; readonly strides: readonly number[]; readonly offset: number}): Int32Array {
  const {shape, strides, offset} = array;
  const size = sizeOf(shape);
  const out = freshIds(size);
  if (size === 0) return out;
  out[0] = offset;
  let filled = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const block = filled;
    for (let i = 1; i < shape[axis]; i++) {
      const shift = i * strides[axis];
      for (let k = 0; k < block; k++) out[filled++] = out[k] + shift;
    }
  }
  return out;
}

/** The elements in C order, copied out. */
export function elements(array: NDArray | Snapshot): Float64Array {
  const data = array instanceof NDArray ? array.buffer.data : array.data;
  const run = contiguousRun(array);
  if (run >= 0) return data.slice(array.offset, array.offset + run);
  const places = positions(array);
  const out = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) out[i] = data[places[i]];
  return out;
}

/** The node ids in C order, copied out; all 0 for constants. */
export function elementIds(array: NDArray | Snapshot): Int32Array {
  const ids = array instanceof NDArray ? array.buffer.ids : array.ids;
  if (ids === null) return new Int32Array(sizeOf(array.shape));
  const run = contiguousRun(array);
  if (run >= 0) return ids.slice(array.offset, array.offset + run);
  return positions(array).map((position) => ids[position]);
}

/** The number of elements if they stand side by side from the offset on, else -1. */
function contiguousRun({shape, strides}: {readonly shape: readonly number[]; readonly strides: readonly number[]}): number {
  let size = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== size) return -1;
    size *= shape[axis];
  }
  return size;
}
