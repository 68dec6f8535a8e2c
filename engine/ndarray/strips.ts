/**
 * How two broadcast operands are walked side by side: strips of elements that stand at even distances, as long as they can be.
 */
import type {NDArray} from './array.ts';
import {broadcastStrides, positionsOf} from './broadcast.ts';

/**
 * `count` strips of `length` elements in C order of the result. Within a strip the elements stand `stepA` and `stepB` apart.
 * Strip s begins at `offset + s * leap`, or where `starts` says when the strips do not stand at even distances.
 */
export interface Strips {
  readonly count: number;
  readonly length: number;
  readonly stepA: number;
  readonly stepB: number;
  readonly offsetA: number;
  readonly offsetB: number;
  readonly leapA: number;
  readonly leapB: number;
  readonly startsA: Int32Array | null;
  readonly startsB: Int32Array | null;
}

export function startA(walk: Strips, s: number): number {
  return walk.startsA === null ? walk.offsetA + s * walk.leapA : walk.startsA[s];
}

export function startB(walk: Strips, s: number): number {
  return walk.startsB === null ? walk.offsetB + s * walk.leapB : walk.startsB[s];
}

/** The walk over `a` and `b` in their broadcast `shape`. Neighbouring axes are merged where they can be. */
export function strips(shape: readonly number[], a: NDArray, b: NDArray): Strips {
  const stridesA = broadcastStrides(a, shape);
  const stridesB = broadcastStrides(b, shape);
  let axis = shape.length - 1;
  while (axis > 0 && shape[axis] === 1) axis--;
  let length = shape[axis];
  const stepA = stridesA[axis];
  const stepB = stridesB[axis];
  axis--;
  while (axis >= 0 && (shape[axis] === 1 || (stridesA[axis] === stepA * length && stridesB[axis] === stepB * length))) {
    length *= shape[axis];
    axis--;
  }
  if (axis < 0) return even(1, length, stepA, stepB, a, b, 0, 0);
  const last = axis;
  let count = shape[axis];
  axis--;
  while (axis >= 0 && (shape[axis] === 1 ||
    (stridesA[axis] === stridesA[last] * count && stridesB[axis] === stridesB[last] * count))) {
    count *= shape[axis];
    axis--;
  }
  if (axis < 0) return even(count, length, stepA, stepB, a, b, stridesA[last], stridesB[last]);
  const startsA = positionsOf(shape, stridesA, a.offset, last + 1);
  return {
    count: startsA.length, length, stepA, stepB, offsetA: 0, offsetB: 0, leapA: 0, leapB: 0, startsA,
    startsB: positionsOf(shape, stridesB, b.offset, last + 1),
  };
}

function even(
  count: number, length: number, stepA: number, stepB: number, a: NDArray, b: NDArray, leapA: number, leapB: number,
): Strips {
  return {count, length, stepA, stepB, offsetA: a.offset, offsetB: b.offset, leapA, leapB, startsA: null, startsB: null};
}

/** The one step that walks all of `array` in C order of a result of `size` elements, or -1 when it takes several. */
export function stepOf(array: NDArray, size: number): number {
  if (array.size === 1) return 0;
  return array.contiguous && array.size === size ? 1 : -1;
}

/** Receives one strip: `n` elements from `i` and `j` on, `di` and `dj` apart, that make the results from `r` on. */
export type Visit = (n: number, i: number, di: number, j: number, dj: number, r: number) => void;

/** Visits all strips of two operands in their broadcast `shape` of `size` elements. */
export function eachStrip(shape: readonly number[], size: number, a: NDArray, b: NDArray, visit: Visit): void {
  if (size === 0) return;
  const stepA = stepOf(a, size);
  const stepB = stepOf(b, size);
  if (stepA >= 0 && stepB >= 0) {
    visit(size, a.offset, stepA, b.offset, stepB, 0);
    return;
  }
  const walk = strips(shape, a, b);
  for (let s = 0; s < walk.count; s++) visit(walk.length, startA(walk, s), walk.stepA, startB(walk, s), walk.stepB, s * walk.length);
}
