/**
 * Rule 3: at a kink a gradient is right if it lies between the one-sided slopes. Element by element, and for elements whose
 * kinks are one (a tie in a maximum) in pairs, so that a tie is not counted twice.
 */
import {tolerance, largestOf} from './compare.ts';
import type {Truth} from './compare.ts';
import {between} from './confirm.ts';
import type {Direction} from './confirm.ts';
import type {Quantity} from './quantity.ts';

/** Looks at the loss along a direction of one leaf alone; null when it cannot be had. */
export type LookAlong = (of: string, vector: Float64Array) => Direction | null;

/** With more elements or more pairs at kinks than this, the rest is not looked at. */
const MOST_ELEMENTS = 2000;
const MOST_PAIRS = 300;

/** Whether every element that differs from the tape's choice is another choice that the kinks allow. */
export function agreesAtKink(of: string, truth: Truth, actual: Quantity, lookAlong: LookAlong): boolean {
  const count = truth.data.length;
  if (count > MOST_ELEMENTS) return false;
  const largest = largestOf(truth.scale);
  const differs = (i: number): boolean => !(Math.abs(actual.data[i] - truth.data[i]) <= tolerance(truth, i, largest));
  const kinks = new Map<number, Direction>();
  for (let i = 0; i < count; i++) {
    const direction = lookAlong(of, along(count, [[i, 1]]));
    if (direction === null) return false;
    if (direction.kink && Math.abs(direction.right - direction.left) > direction.floor) kinks.set(i, direction);
    if (differs(i) && !(kinks.has(i) && between(actual.data[i], direction))) return false;
  }
  let pairs = 0;
  for (const [i, one] of kinks) {
    for (const [j, other] of kinks) {
      if (j <= i || !(differs(i) || differs(j))) continue;
      if (++pairs > MOST_PAIRS) return true;
      for (const sign of [1, -1]) {
        const direction = lookAlong(of, along(count, [[i, 1], [j, sign]]));
        if (direction === null) return false;
        if (areSeparate(one, other, sign, direction)) continue;
        if (!between(actual.data[i] + sign * actual.data[j], direction)) return false;
      }
    }
  }
  return true;
}

function along(count: number, steps: readonly (readonly [number, number])[]): Float64Array {
  const vector = new Float64Array(count);
  for (const [i, step] of steps) vector[i] = step;
  return vector;
}

/** Whether the slopes of two elements together are the sums of their own: then each may choose for itself. */
function areSeparate(one: Direction, other: Direction, sign: number, both: Direction): boolean {
  const right = one.right + (sign > 0 ? other.right : -other.left);
  const left = one.left + (sign > 0 ? other.left : -other.right);
  const floor = one.floor + other.floor + both.floor;
  return Math.abs(both.right - right) <= floor && Math.abs(both.left - left) <= floor;
}
