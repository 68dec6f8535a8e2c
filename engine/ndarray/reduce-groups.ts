/**
 * How a reduction cuts an array: one group of elements for each element of the result.
 * Knows shapes and strides, no values but those of a `where` mask.
 */
import type {NDArray} from './array.ts';
import {broadcastPositions, normalizeAxis, positionsOf, sameShape} from './broadcast.ts';
import {PyError} from './errors.ts';
import {freshIds} from './memory.ts';

/** Null reduces over all axes. */
export type Axes = number | readonly number[] | null;

/** Element i of group g is at `starts[g] + inner[i]` in the buffer, in C order of the reduced axes. */
export interface Groups {
  /** The result's shape. */
  readonly shape: readonly number[];
  /** The same with the reduced axes kept as 1. */
  readonly keptShape: readonly number[];
  readonly starts: Int32Array;
  readonly inner: Int32Array;
  /** Elements in a group. */
  readonly length: number;
  /** NumPy adds such groups one after the other, and the others pairwise. */
  readonly sequential: boolean;
}

let counting = Int32Array.from({length: 64}, (_, i) => i);

/** 0, 1, 2, ... for at least `length` places. Shared: do not write. */
export function countingTo(length: number): Int32Array {
  if (counting.length < length) counting = Int32Array.from({length: length * 2}, (_, i) => i);
  return counting;
}

/** The axes counted from 0, in rising order. Raises AxisError, and ValueError for an axis named twice. */
export function reducedAxes(axes: Axes, ndim: number): readonly number[] {
  if (axes === null) return Array.from({length: ndim}, (_, axis) => axis);
  if (typeof axes === 'number') return ndim === 0 && (axes === 0 || axes === -1) ? [] : [normalizeAxis(axes, ndim)];
  const found = axes.map((axis) => normalizeAxis(axis, ndim)).sort((p, q) => p - q);
  if (found.some((axis, i) => i > 0 && axis === found[i - 1])) throw new PyError('ValueError', `duplicate value in 'axis'`);
  return found;
}

export function groupsOf(a: NDArray, axes: Axes): Groups {
  const {shape, strides, offset} = a;
  const ndim = shape.length;
  if (axes === null && a.contiguous) {
    return {
      shape: [], keptShape: ndim === 0 ? [] : new Array<number>(ndim).fill(1), starts: Int32Array.of(offset),
      inner: countingTo(a.size), length: a.size, sequential: false,
    };
  }
  if (typeof axes === 'number' && ndim > 0) return alongOne(a, normalizeAxis(axes, ndim));
  const reduced = reducedAxes(axes, ndim);
  const keptShape = shape.slice();
  const outerShape: number[] = [];
  const outerStrides: number[] = [];
  const innerShape: number[] = [];
  const innerStrides: number[] = [];
  let smallestOuter = Infinity;
  for (let axis = 0, next = 0; axis < ndim; axis++) {
    if (reduced[next] === axis) {
      next++;
      keptShape[axis] = 1;
      innerShape.push(shape[axis]);
      innerStrides.push(strides[axis]);
    } else {
      outerShape.push(shape[axis]);
      outerStrides.push(strides[axis]);
      if (shape[axis] > 1) smallestOuter = Math.min(smallestOuter, Math.abs(strides[axis]));
    }
  }
  let length = 1;
  for (const n of innerShape) length *= n;
  const last = innerStrides.length - 1;
  const inner = last === 0 && innerStrides[0] === 1 ? countingTo(length) : positionsOf(innerShape, innerStrides, 0, last + 1);
  return {
    shape: outerShape, keptShape, starts: positionsOf(outerShape, outerStrides, offset, outerShape.length), inner, length,
    sequential: last >= 0 && Math.abs(innerStrides[last]) > smallestOuter,
  };
}

function alongOne(a: NDArray, along: number): Groups {
  const {shape, strides, offset} = a;
  const outer = shape.length - 1;
  const keptShape = shape.slice();
  keptShape[along] = 1;
  const outerShape = new Array<number>(outer);
  const outerStrides = new Array<number>(outer);
  let smallest = Infinity;
  for (let i = 0; i < outer; i++) {
    const axis = i < along ? i : i + 1;
    outerShape[i] = shape[axis];
    outerStrides[i] = strides[axis];
    if (shape[axis] > 1) smallest = Math.min(smallest, Math.abs(strides[axis]));
  }
  const length = shape[along];
  const step = strides[along];
  let inner = countingTo(length);
  if (step !== 1) {
    inner = freshIds(length);
    for (let i = 0, at = 0; i < length; i++, at += step) inner[i] = at;
  }
  return {
    shape: outerShape, keptShape, starts: positionsOf(outerShape, outerStrides, offset, outer), inner, length,
    sequential: Math.abs(step) > smallest,
  };
}

/** The places of one group that a mask (an array that broadcasts to `a`) lets through. */
export type Masked = (group: number) => Int32Array;

/** For each group, its `inner` places where `where` is true. */
export function maskGroups(a: NDArray, groups: Groups, where: NDArray): Masked {
  const flags = new Map<number, number>();
  const own = broadcastPositions(a, a.shape);
  const mask = broadcastPositions(where, a.shape);
  own.forEach((position, k) => flags.set(position, where.buffer.data[mask[k]]));
  return (group) => groups.inner.subarray(0, groups.length).filter((shift) => flags.get(groups.starts[group] + shift) !== 0);
}

/** Whether `shape` is what a reduction over these groups gives. */
export function fitsGroups(groups: Groups, shape: readonly number[], keepdims: boolean): boolean {
  return sameShape(keepdims ? groups.keptShape : groups.shape, shape);
}
