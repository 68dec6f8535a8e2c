/**
 * Shapes of results of arithmetic, products, reductions and reshapes from the shapes of their operands. A result is
 * undefined where the operation cannot be, and its shape null where its number of axes is not known.
 */
import type {Dim} from './dimension.ts';
import {productOf, quotient, sameDim} from './dimension.ts';

export type Shape = readonly Dim[] | null;

/** Elementwise. Letters stand for sizes that are not 1: a letter against an unknown size gives the letter. */
export function broadcast(a: Shape, b: Shape): Shape {
  if (a?.length === 0) return b;
  if (b?.length === 0) return a;
  if (a === null || b === null) return null;
  const rank = Math.max(a.length, b.length);
  return Array.from({length: rank}, (_, i) => {
    const left = i < rank - a.length ? 1 : a[i - rank + a.length];
    const right = i < rank - b.length ? 1 : b[i - rank + b.length];
    return meet(left, right);
  });
}

function meet(a: Dim, b: Dim): Dim {
  if (a === 1) return b;
  if (b === 1) return a;
  if (a === null) return b;
  if (b === null || sameDim(a, b)) return a;
  return null;
}

/** `a @ b` and `np.dot(a, b)` (`dot`), which differ from three axes on. */
export function matrixProduct(a: Shape, b: Shape, dot: boolean): Shape {
  if (a === null || b === null) return null;
  if (a.length === 0 || b.length === 0) return dot ? broadcast(a, b) : null;
  if (a.length === 1 && b.length === 1) return [];
  if (b.length === 1) return a.slice(0, -1);
  const columns = b[b.length - 1];
  if (a.length === 1) return [...b.slice(0, -2), columns];
  if (dot) return [...a.slice(0, -1), ...b.slice(0, -2), columns];
  const batch = broadcast(a.slice(0, -2), b.slice(0, -2));
  return batch === null ? null : [...batch, a[a.length - 2], columns];
}

/** Along one axis or several; `axes` null for all of them. Undefined axes are not known. */
export function reduced(shape: Shape, axes: readonly number[] | null | undefined, keep: boolean | undefined): Shape {
  if (axes === null && keep === false) return [];
  if (shape === null || axes === undefined || keep === undefined) return null;
  if (axes === null) return shape.map(() => 1);
  const gone = new Set(axes.map((axis) => (axis < 0 ? axis + shape.length : axis)));
  return keep ? shape.map((dim, axis) => (gone.has(axis) ? 1 : dim)) : shape.filter((_, axis) => !gone.has(axis));
}

/** To the dims asked for, of which one may be -1. */
export function reshaped(shape: Shape, wanted: readonly Dim[]): Shape {
  const open = wanted.findIndex((dim) => dim === -1);
  if (open < 0) return wanted;
  const rest = productOf(wanted.filter((_, i) => i !== open));
  const whole = shape === null ? null : productOf(shape);
  return wanted.map((dim, i) => (i === open ? quotient(whole, rest) : dim));
}

/** In the order given, or reversed. */
export function transposed(shape: Shape, order: readonly number[] | null): Shape {
  if (order === null) return shape === null ? null : [...shape].reverse();
  if (shape === null) return order.map(() => null);
  return order.map((axis) => shape.at(axis) ?? null);
}
