/**
 * Where things are: nonzero and its relatives, flat against multi-dimensional indices, index grids and triangles.
 * All results are integer arrays without nodes.
 */
import type {Context} from './context.ts';
import type {NDArray} from './array.ts';
import {elements, fromData, positions, sizeOf, viewOf} from './array.ts';
import {tupleText} from './broadcast.ts';
import {isFloat} from './dtype.ts';
import {PyError} from './errors.ts';
import {assign} from './index-write.ts';


/** A 1-d int64 array. */
export function intArray(values: ArrayLike<number>): NDArray {
  return fromData(Float64Array.from(values), [values.length], 'int64');
}

/** C-order numbers of the elements that are not zero; for floats each is a decision. */
export function nonzeroPlaces(context: Context, array: NDArray): number[] {
  context.budget.spend(array.size);
  const {data} = array.buffer;
  const guards = isFloat(array.dtype) ? context.guards : null;
  const out: number[] = [];
  positions(array).forEach((place, k) => {
    const value = data[place];
    guards?.decide(value === 0 ? 0 : 1, Math.abs(value));
    if (value !== 0) out.push(k);
  });
  return out;
}

/** `np.nonzero`: one index array for each axis. */
export function nonzero(context: Context, array: NDArray): NDArray[] {
  if (array.ndim === 0) {
    const hint = array.dtype === 'bool' ? ' If the context of this error is of the form `arr[nonzero(cond)]`, just use `arr[cond]`.' : '';
    throw new PyError('ValueError', `Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.${hint}`);
  }
  return columns(nonzeroPlaces(context, array), array.shape);
}

/** C-order numbers taken apart into one index array for each axis. */
function columns(places: readonly number[], shape: readonly number[]): NDArray[] {
  const out = shape.map(() => new Float64Array(places.length));
  places.forEach((place, k) => {
    let rest = place;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      out[axis][k] = rest % shape[axis];
      rest = Math.floor(rest / shape[axis]);
    }
  });
  return out.map((values) => fromData(values, [values.length], 'int64'));
}

/** `np.argwhere`: shape (count, ndim). */
export function argwhere(context: Context, array: NDArray): NDArray {
  const places = nonzeroPlaces(context, array);
  const indices = columns(places, array.shape);
  const {ndim} = array;
  const data = new Float64Array(places.length * ndim);
  indices.forEach((column, axis) => {
    column.buffer.data.forEach((value, k) => data[k * ndim + axis] = value);
  });
  return fromData(data, [places.length, ndim], 'int64');
}

/** `np.unravel_index` of one flat index. Raises ValueError when it is outside. */
export function unravel(index: number, shape: readonly number[], order: 'C' | 'F'): number[] {
  const size = sizeOf(shape);
  if (index < 0 || index >= size) {
    throw new PyError('ValueError', `index ${index} is out of bounds for array with size ${size}`);
  }
  const out = new Array<number>(shape.length).fill(0);
  let rest = index;
  for (let k = 0; k < shape.length; k++) {
    const axis = order === 'C' ? shape.length - 1 - k : k;
    out[axis] = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
  }
  return out;
}

/** `np.ravel_multi_index` of one index. Raises ValueError when it is outside. */
export function ravelIndex(index: readonly number[], shape: readonly number[], mode: 'raise' | 'wrap' | 'clip', order: 'C' | 'F'): number {
  if (index.length !== shape.length) {
    throw new PyError('ValueError', `parameter multi_index must be a sequence of length ${shape.length}`);
  }
  let flat = 0;
  for (let k = 0; k < shape.length; k++) {
    const axis = order === 'C' ? k : shape.length - 1 - k;
    const n = shape[axis];
    let value = index[axis];
    if (mode === 'wrap') value = ((value % n) + n) % n;
    else if (mode === 'clip') value = Math.min(n - 1, Math.max(0, value));
    else if (value < 0 || value >= n) throw new PyError('ValueError', 'invalid entry in coordinates array');
    flat = flat * n + value;
  }
  return flat;
}

/** `np.ix_`: each list along an axis of its own. Masks become the places where they hold. */
export function openGrid(context: Context, lists: readonly NDArray[]): NDArray[] {
  return lists.map((list, axis) => {
    if (list.ndim !== 1) throw new PyError('ValueError', 'Cross index must be 1 dimensional');
    const values = list.dtype === 'bool' ? Float64Array.from(nonzeroPlaces(context, list)) : elements(list);
    const shape = lists.map((_, each) => each === axis ? values.length : 1);
    return fromData(values, shape, list.dtype === 'bool' || list.size === 0 ? 'int64' : list.dtype);
  });
}

/** `np.indices(shape)`: the index of every element along every axis, shape (ndim, ...shape). */
export function indexGrid(shape: readonly number[]): NDArray {
  const size = sizeOf(shape);
  const places = Array.from({length: size}, (_, k) => k);
  const data = new Float64Array(size * shape.length);
  columns(places, shape).forEach((column, axis) => {
    data.set(column.buffer.data, axis * size);
  });
  return fromData(data, [shape.length, ...shape], 'int64');
}

/** Rows and columns of the lower (`upper` false) or upper triangle of an (n, m) matrix, shifted by `shift`. */
export function triangle(n: number, m: number, shift: number, upper: boolean): [NDArray, NDArray] {
  const rows: number[] = [];
  const cols: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      if (upper ? j - i >= shift : j - i <= shift) {
        rows.push(i);
        cols.push(j);
      }
    }
  }
  return [intArray(rows), intArray(cols)];
}

/** `np.fill_diagonal`: writes `values` along the main diagonal, in place. */
export function fillDiagonal(context: Context, array: NDArray, values: NDArray, wrap: boolean): void {
  if (array.ndim < 2) throw new PyError('ValueError', 'array must be at least 2-d');
  if (array.ndim > 2 && array.shape.some((n) => n !== array.shape[0])) {
    throw new PyError('ValueError', 'All dimensions of input must be of equal length');
  }
  const [n, m] = array.shape;
  const step = array.strides.reduce((sum, stride) => sum + stride, 0);
  if (!wrap || n <= m) {
    const count = Math.min(...array.shape);
    assignRepeated(context, viewOf(array, [count], [step], array.offset), values);
    return;
  }
  for (let start = 0; start < n; start += m + 1) {
    assignRepeated(context, viewOf(array, [Math.min(m, n - start)], [step], array.offset + start * array.strides[0]), values);
  }
}

function assignRepeated(context: Context, line: NDArray, values: NDArray): void {
  const flat = values.ndim === 0 ? values : viewOf(values, [Math.min(values.size, line.size)], [values.ndim === 1 ? values.strides[0] : 1], values.offset);
  if (flat.size !== line.size && flat.ndim > 0 && flat.size !== 1) {
    throw new PyError('ValueError', `could not broadcast input array from shape ${tupleText(values.shape)} into shape ${tupleText(line.shape)}`);
  }
  assign(context, line, flat);
}
