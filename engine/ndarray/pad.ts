/**
 * `np.pad`. Constant padding writes the array into a larger one; the other modes gather by a map from each place of the
 * larger axis to its source, so that an element that is repeated gathers gradient from each of its copies.
 */
import type {Context} from './context.ts';
import {copy} from './cast.ts';
import type {NDArray} from './array.ts';
import {allocate, viewOf} from './array.ts';
import {PyError, UnsupportedError} from './errors.ts';
import {assign} from './index-write.ts';
import {sliceAxis} from './join.ts';
import {takeAlong} from './rearrange.ts';


/** How many elements to add before and after, one pair for each axis. */
export type Widths = readonly (readonly [number, number])[];

/** Pads with `values[axis, 0]` before and `values[axis, 1]` after; `values` has the shape (ndim, 2), null for zeros. Later axes win corners. */
export function padConstant(context: Context, array: NDArray, widths: Widths, values: NDArray | null): NDArray {
  checkWidths(widths);
  const shape = array.shape.map((n, axis) => n + widths[axis][0] + widths[axis][1]);
  const out = allocate(context, shape, array.dtype);
  let center = out;
  widths.forEach(([before], axis) => center = sliceAxis(center, axis, before, before + array.shape[axis]));
  assign(context, center, array);
  if (values === null) return out;
  const {data, ids} = values.buffer;
  widths.forEach(([before, after], axis) => {
    for (const side of [0, 1]) {
      const place = values.offset + axis * values.strides[0] + side * values.strides[1];
      if (data[place] === 0 && (ids === null || ids[place] === 0)) continue;
      const slab = side === 0 ? sliceAxis(out, axis, 0, before) : sliceAxis(out, axis, shape[axis] - after, shape[axis]);
      assign(context, slab, viewOf(values, [], [], place));
    }
  });
  return out;
}

/** Pads by repeating the array's own elements: `edge`, `reflect`, `symmetric`, `wrap`. */
export function padByMode(context: Context, array: NDArray, widths: Widths, mode: string): NDArray {
  checkWidths(widths);
  const source = sourceOf[mode];
  if ((source as typeof source | undefined) === undefined) {
    if (['linear_ramp', 'maximum', 'mean', 'median', 'minimum'].includes(mode)) throw new UnsupportedError(`np.pad(mode='${mode}')`);
    throw new PyError('ValueError', `mode '${mode}' is not supported`);
  }
  let out = array;
  for (const [axis, [before, after]] of widths.entries()) {
    if (before === 0 && after === 0) continue;
    const n = array.shape[axis];
    if (n === 0) throw new PyError('ValueError', `can't extend empty axis ${axis} using modes other than 'constant' or 'empty'`);
    const order = Array.from({length: before + n + after}, (_, place) => source(place - before, n));
    out = takeAlong(context, out, order, axis);
  }
  return out === array ? copy(context, array) : out;
}

/** For each mode: which element of an axis of size `n` stands at `place`, which may be outside. */
const sourceOf: Readonly<Record<string, (place: number, n: number) => number>> = {
  edge: (place, n) => Math.min(n - 1, Math.max(0, place)),
  wrap: (place, n) => modulo(place, n),
  reflect: (place, n) => {
    if (n === 1) return 0;
    const folded = modulo(place, 2 * (n - 1));
    return folded < n ? folded : 2 * (n - 1) - folded;
  },
  symmetric: (place, n) => {
    const folded = modulo(place, 2 * n);
    return folded < n ? folded : 2 * n - 1 - folded;
  },
};

function modulo(value: number, n: number): number {
  return ((value % n) + n) % n;
}

function checkWidths(widths: Widths): void {
  if (widths.some(([before, after]) => before < 0 || after < 0)) {
    throw new PyError('ValueError', 'index can\'t contain negative values');
  }
}
