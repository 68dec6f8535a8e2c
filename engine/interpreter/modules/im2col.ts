/**
 * The compiled module `im2col_cython` that CS231n's fast layers import. Its source is no Python, so the engine brings its
 * three functions: windows of images as columns, and columns added back into images.
 */
import {allocate, viewOf} from '../../ndarray/array.ts';
import type {NDArray} from '../../ndarray/array.ts';
import {asArray} from '../../ndarray/cast.ts';
import type {Context} from '../../ndarray/context.ts';
import {binaryInPlace} from '../../ndarray/elementwise.ts';
import {PyError} from '../../ndarray/errors.ts';
import {assign} from '../../ndarray/index-write.ts';
import {reshape, transpose} from '../../ndarray/shape.ts';
import {slidingWindowView} from '../../ndarray/strides.ts';
import type {Value} from '../../ndarray/values.ts';
import {toInt} from '../../numpy/arguments.ts';
import type {Row} from '../../numpy/row.ts';
import {NumpyFunction} from '../objects.ts';

interface Geometry {
  /** Batch, channels, height and width of the images. */
  readonly images: readonly [number, number, number, number];
  readonly field: readonly [number, number];
  readonly pad: number;
  readonly stride: number;
}

/** How many windows there are along the height and along the width. */
function windowsOf({images, field, pad, stride}: Geometry): [number, number] {
  return [0, 1].map((axis) => Math.floor((images[2 + axis] + 2 * pad - field[axis]) / stride) + 1) as [number, number];
}

/** A blank batch of images with their border, (N, C, H + 2 pad, W + 2 pad), and the part inside the border. */
function padded(context: Context, {images: [n, c, h, w], pad}: Geometry, like: NDArray): {readonly whole: NDArray; readonly inside: NDArray} {
  const whole = allocate(context, [n, c, h + 2 * pad, w + 2 * pad], like.dtype);
  const inside = viewOf(whole, [n, c, h, w], whole.strides, whole.offset + pad * (whole.strides[2] + whole.strides[3]));
  return {whole, inside};
}

/** (N, C, H, W) to (C HH WW, windows N): each window a column, the images of the batch side by side. */
function toColumns(context: Context, x: NDArray, geometry: Geometry): NDArray {
  const {field: [hh, ww], stride, images: [n, c]} = geometry;
  const {whole, inside} = padded(context, geometry, x);
  assign(context, inside, x);
  const [rows, columns] = windowsOf(geometry);
  const every = slidingWindowView(whole, [hh, ww], [2, 3], false);
  const {strides} = every;
  const chosen = viewOf(every, [n, c, rows, columns, hh, ww],
    [strides[0], strides[1], strides[2] * stride, strides[3] * stride, strides[4], strides[5]], every.offset);
  return reshape(context, transpose(chosen, [1, 4, 5, 2, 3, 0]), [c * hh * ww, rows * columns * n]);
}

/** (C, HH, WW, N, rows, columns) added up into (N, C, H, W). */
function fromWindows(context: Context, windows: NDArray, geometry: Geometry): NDArray {
  const {field: [hh, ww], stride, images: [n, c]} = geometry;
  const [rows, columns] = windowsOf(geometry);
  const {whole, inside} = padded(context, geometry, windows);
  const {strides} = whole;
  for (let i = 0; i < hh; i++) {
    for (let j = 0; j < ww; j++) {
      const target = viewOf(whole, [n, c, rows, columns], [strides[0], strides[1], strides[2] * stride, strides[3] * stride],
        whole.offset + i * strides[2] + j * strides[3]);
      const part = viewOf(windows, [c, n, rows, columns], [0, 3, 4, 5].map((axis) => windows.strides[axis]),
        windows.offset + i * windows.strides[1] + j * windows.strides[2]);
      binaryInPlace(context, 'add', target, transpose(part, [1, 0, 2, 3]));
    }
  }
  return inside;
}

function geometryOf(images: readonly Value[], fieldHeight: Value, fieldWidth: Value, pad: Value, stride: Value): Geometry {
  const [n, c, h, w] = images.map(toInt);
  return {images: [n, c, h, w], field: [toInt(fieldHeight), toInt(fieldWidth)], pad: toInt(pad), stride: toInt(stride)};
}

function withAxes(context: Context, value: Value, count: number): NDArray {
  const array = asArray(context, value);
  if (array.ndim !== count) throw new PyError('ValueError', `Buffer has wrong number of dimensions (expected ${count}, got ${array.ndim})`);
  return array;
}

const rows: readonly Row[] = [
  {
    names: ['im2col_cython.im2col_cython'],
    signature: 'x, field_height, field_width, padding, stride',
    call: (context, [images, height, width, pad, stride]) => {
      const x = withAxes(context, images, 4);
      return toColumns(context, x, geometryOf(x.shape, height, width, pad, stride));
    },
  },
  {
    names: ['im2col_cython.col2im_cython'],
    signature: 'cols, N, C, H, W, field_height, field_width, padding, stride',
    call: (context, [columns, n, c, h, w, height, width, pad, stride]) => {
      const geometry = geometryOf([n, c, h, w], height, width, pad, stride);
      const [down, across] = windowsOf(geometry);
      const {images, field} = geometry;
      const cols = reshape(context, withAxes(context, columns, 2), [images[1], field[0], field[1], down, across, images[0]]);
      return fromWindows(context, transpose(cols, [0, 1, 2, 5, 3, 4]), geometry);
    },
  },
  {
    names: ['im2col_cython.col2im_6d_cython'],
    signature: 'cols, N, C, H, W, HH, WW, pad, stride',
    call: (context, [columns, n, c, h, w, height, width, pad, stride]) =>
      fromWindows(context, withAxes(context, columns, 6), geometryOf([n, c, h, w], height, width, pad, stride)),
  },
];

/** The names of the module. */
export const im2col: ReadonlyMap<string, Value> = new Map(rows.map((row) => {
  const [name] = row.names;
  return [name.slice(name.indexOf('.') + 1), new NumpyFunction(row, name)];
}));
