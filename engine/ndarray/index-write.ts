/**
 * Moving elements between buffers: broadcast assignment, gather and scatter by buffer position.
 * Every element that arrives in another buffer gets an identity entry of its own on the tape; constants get id 0.
 * Knows nothing of index expressions.
 */
import type {Context} from './context.ts';
import {Buffer, NDArray, contiguousStrides, positions} from './array.ts';
import {sameShape, shapeText} from './broadcast.ts';
import {castValue, keepsGradient} from './cast.ts';
import type {DType} from './dtype.ts';
import {PyError} from './errors.ts';

/** Raises NumPy's ValueError when `array` may not be written. */
export function requireWriteable(array: NDArray): void {
  if (!array.writeable) throw new PyError('ValueError', 'assignment destination is read-only');
}

/** Writes one element at a buffer position. `id` is the node of `value`, 0 for a constant. */
export function writeElement(context: Context, target: NDArray, position: number, value: number, id: number, from: DType): void {
  requireWriteable(target);
  const {buffer, dtype} = target;
  buffer.beforeWrite();
  const written = castValue(context, value, from, dtype);
  buffer.data[position] = written;
  if (id !== 0 && context.tape !== null && keepsGradient(from, dtype)) {
    buffer.idsForWrite()[position] = context.tape.identity(id, written);
  } else if (buffer.ids !== null) {
    buffer.ids[position] = 0;
  }
}

/** A new C-ordered array of the elements of `source`'s buffer at `where`, each under an identity of its own. */
export function gather(context: Context, source: NDArray, where: Int32Array, shape: readonly number[]): NDArray {
  const n = where.length;
  context.budget.allocate(n);
  const data = new Float64Array(n);
  const from = source.buffer.data;
  for (let k = 0; k < n; k++) data[k] = from[where[k]];
  const {tape} = context;
  const fromIds = source.buffer.ids;
  let ids: Int32Array | null = null;
  if (tape !== null && fromIds !== null) {
    ids = new Int32Array(n);
    for (let k = 0; k < n; k++) {
      const id = fromIds[where[k]];
      if (id !== 0) ids[k] = tape.identity(id, data[k]);
    }
  }
  return new NDArray(new Buffer(data, ids), source.dtype, shape, contiguousStrides(shape), 0, null);
}

/** Writes one number to the buffer positions `where`. `id` is its node, 0 for a constant. */
export function scatterNumber(context: Context, target: NDArray, where: Int32Array, value: number, id: number, from: DType): void {
  requireWriteable(target);
  context.budget.spend(where.length);
  const {buffer, dtype} = target;
  buffer.beforeWrite();
  const written = castValue(context, value, from, dtype);
  const {data} = buffer;
  for (let k = 0; k < where.length; k++) data[where[k]] = written;
  const {tape} = context;
  if (id !== 0 && tape !== null && keepsGradient(from, dtype)) {
    const ids = buffer.idsForWrite();
    for (let k = 0; k < where.length; k++) ids[where[k]] = tape.identity(id, written);
  } else if (buffer.ids !== null) {
    const {ids} = buffer;
    for (let k = 0; k < where.length; k++) ids[where[k]] = 0;
  }
}

/**
 * Writes the elements of `value`, in C order, to the buffer positions `where` of `target` (later ones win).
 * `value` must have as many elements as there are positions, or one. `moved`: nobody else sees `value`, so its nodes
 * go over as they are, without identity entries.
 */
export function scatter(context: Context, target: NDArray, where: Int32Array, value: NDArray, moved = false): void {
  requireWriteable(target);
  const n = where.length;
  context.budget.spend(n);
  const from = positions(value);
  const single = from.length === 1;
  const {buffer, dtype} = target;
  const source = value.buffer;
  buffer.beforeWrite();
  const {data} = buffer;
  const same = source === buffer;
  const values = same ? data.slice() : source.data;
  const convert = value.dtype !== dtype;
  const {tape} = context;
  const sourceIds = tape !== null && keepsGradient(value.dtype, dtype) ? (same ? source.ids?.slice() ?? null : source.ids) : null;
  const ids = sourceIds === null ? buffer.ids : buffer.idsForWrite();
  for (let k = 0; k < n; k++) {
    const at = from[single ? 0 : k];
    let written = values[at];
    if (convert) written = castValue(context, written, value.dtype, dtype);
    const place = where[k];
    data[place] = written;
    if (ids !== null) {
      const id = sourceIds === null ? 0 : sourceIds[at];
      ids[place] = id === 0 || tape === null ? 0 : moved ? id : tape.identity(id, written);
    }
  }
}

/**
 * `target[...] = value`, broadcast. Overlapping memory behaves as if `value` were copied first.
 * Raises ValueError "could not broadcast input array from shape ... into shape ...".
 */
export function assign(context: Context, target: NDArray, value: NDArray): void {
  requireWriteable(target);
  if (target.size === 0) {
    assignmentStrides(value, target.shape);
    return;
  }
  context.budget.spend(target.size);
  const source = value.buffer === target.buffer ? detached(value) : value;
  const strides = assignmentStrides(source, target.shape);
  const {buffer, dtype, shape} = target;
  buffer.beforeWrite();
  const ndim = shape.length;
  if (ndim > 4 || source.dtype !== dtype) {
    assignAny(context, target, source, strides);
    return;
  }
  const {tape} = context;
  const sourceIds = tape === null ? null : source.buffer.ids;
  const ids = sourceIds === null ? buffer.ids : buffer.idsForWrite();
  const {data} = buffer;
  const values = source.buffer.data;
  const to = target.strides;
  const n3 = ndim > 0 ? shape[ndim - 1] : 1, t3 = ndim > 0 ? to[ndim - 1] : 0, s3 = ndim > 0 ? strides[ndim - 1] : 0;
  const n2 = ndim > 1 ? shape[ndim - 2] : 1, t2 = ndim > 1 ? to[ndim - 2] : 0, s2 = ndim > 1 ? strides[ndim - 2] : 0;
  const n1 = ndim > 2 ? shape[ndim - 3] : 1, t1 = ndim > 2 ? to[ndim - 3] : 0, s1 = ndim > 2 ? strides[ndim - 3] : 0;
  const n0 = ndim > 3 ? shape[0] : 1, t0 = ndim > 3 ? to[0] : 0, s0 = ndim > 3 ? strides[0] : 0;
  for (let i0 = 0; i0 < n0; i0++) {
    for (let i1 = 0; i1 < n1; i1++) {
      for (let i2 = 0; i2 < n2; i2++) {
        let t = target.offset + i0 * t0 + i1 * t1 + i2 * t2;
        let s = source.offset + i0 * s0 + i1 * s1 + i2 * s2;
        for (let i3 = 0; i3 < n3; i3++) {
          data[t] = values[s];
          if (ids !== null) {
            const id = sourceIds === null ? 0 : sourceIds[s];
            ids[t] = id === 0 || tape === null ? 0 : tape.identity(id, values[s]);
          }
          t += t3;
          s += s3;
        }
      }
    }
  }
}

/** Fills a view with one number. `id` is its node, 0 for a constant. */
export function fillWith(context: Context, target: NDArray, value: number, id: number, from: DType): void {
  const single = new NDArray(new Buffer(Float64Array.of(value), id === 0 ? null : Int32Array.of(id)), from, [], [], 0, null);
  assign(context, target, single);
}

function assignAny(context: Context, target: NDArray, source: NDArray, strides: readonly number[]): void {
  const spread = new NDArray(source.buffer, source.dtype, target.shape, strides, source.offset, source, false);
  scatter(context, target, positions(target), spread);
}

/** A copy with the same nodes (no identity entries), for sources that the coming write would overwrite. */
export function detached(array: NDArray): NDArray {
  return pick(array, positions(array), array.shape);
}

/** The elements at `where` in a new array under the same nodes: an intermediate that nobody sees. */
export function pick(source: NDArray, where: Int32Array, shape: readonly number[]): NDArray {
  const {data, ids} = source.buffer;
  const values = new Float64Array(where.length);
  for (let k = 0; k < where.length; k++) values[k] = data[where[k]];
  const nodes = ids === null ? null : where.map((position) => ids[position]);
  return new NDArray(new Buffer(values, nodes), source.dtype, shape, contiguousStrides(shape), 0, null);
}

function assignmentStrides(value: NDArray, shape: readonly number[]): readonly number[] {
  const strides = stridesInto(value, shape);
  if (strides === null) {
    throw new PyError('ValueError', `could not broadcast input array from shape ${shapeText(value.shape)} into shape ${shapeText(shape)}`);
  }
  return strides;
}

/** The strides that read `value` as if it had `shape` (axes of 1 in front of it may go), or null when it does not fit. */
export function stridesInto(value: NDArray, shape: readonly number[]): readonly number[] | null {
  if (sameShape(value.shape, shape)) return value.strides;
  const extra = value.shape.length - shape.length;
  const strides = new Array<number>(shape.length).fill(0);
  for (let axis = 0; axis < value.shape.length; axis++) {
    const n = value.shape[axis];
    const to = axis - extra;
    if (to >= 0 && n === shape[to]) strides[to] = value.strides[axis];
    else if (n !== 1) return null;
  }
  return strides;
}
