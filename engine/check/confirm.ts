/**
 * The tape is confirmed by running again: the slope of the loss along random directions, by central differences of fresh
 * interpretations, must be what the tape says. A difference is an error of ours, and the verdict becomes inconclusive.
 * At a kink the one-sided slopes are kept instead, to judge gradients between them.
 */
import type {GuardLog} from '../tape/guards.ts';
import type {Truth} from './compare.ts';
import type {Leaves} from './leaves.ts';
import {normals} from '../inputs/random.ts';
import type {Random} from '../inputs/random.ts';

/** The forward run again on other numbers: its loss, and the decisions it took. Null when it raised. */
export type Replay = (numbers: ReadonlyMap<string, Float64Array>) => {readonly loss: number; readonly guards: GuardLog} | null;

/** The loss seen along one direction. */
export interface Direction {
  readonly vector: ReadonlyMap<string, Float64Array>;
  /** The slope to the left and to the right of x; equal but for rounding where the loss is smooth. */
  readonly left: number;
  readonly right: number;
  /** How much rounding may have moved the slopes. */
  readonly floor: number;
  readonly kink: boolean;
}

export interface Confirmation {
  readonly confirmed: boolean;
  readonly kinks: number;
  readonly directions: readonly Direction[];
  /** What was seen where it was not confirmed. */
  readonly slope?: number;
  readonly expected?: number;
}

/** Step sizes, largest first: a smaller one is taken when a larger crosses a kink or does not match. */
const STEPS = [1e-5, 1e-6, 1e-7, 1e-4];

/** Checks `truths` against `count` random directions over all leaves together. `base` is the loss at x. */
export function confirm(
  leaves: Leaves, truths: ReadonlyMap<string, Truth>, base: {readonly loss: number; readonly guards: GuardLog},
  replay: Replay, random: Random, count: number,
): Confirmation {
  const directions: Direction[] = [];
  for (let i = 0; i < count; i++) {
    const vector = new Map<string, Float64Array>();
    for (const [of, quantity] of leaves) vector.set(of, normals(random, quantity.data.length));
    let expected = 0;
    let scale = 0;
    for (const [of, v] of vector) {
      const truth = truths.get(of);
      if (truth === undefined) continue;
      for (let k = 0; k < v.length; k++) {
        expected += truth.data[k] * v[k];
        scale += truth.scale[k] * Math.abs(v[k]);
      }
    }
    let seen: Direction | null = null;
    let matches = false;
    for (const h of STEPS) {
      const direction = lookAlong(leaves, vector, base, replay, h, scale);
      if (direction === null) continue;
      seen = direction;
      if (direction.kink) continue;
      matches = Math.abs((direction.left + direction.right) / 2 - expected) <= direction.floor;
      if (matches) break;
    }
    if (seen === null) return {confirmed: false, kinks: kinksIn(directions), directions};
    directions.push(seen);
    if (!matches && !seen.kink) {
      return {confirmed: false, kinks: kinksIn(directions), directions, slope: (seen.left + seen.right) / 2, expected};
    }
    if (seen.kink && !between(expected, seen) && !(base.guards.ties > 0 && confirmsBesideKinks(leaves, truths, vector, base, replay))) {
      return {confirmed: false, kinks: kinksIn(directions), directions, slope: seen.right, expected};
    }
  }
  return {confirmed: true, kinks: kinksIn(directions), directions};
}

function kinksIn(directions: readonly Direction[]): number {
  return directions.filter((direction) => direction.kink).length;
}

/** With more numbers than this, elements at kinks are not looked for one by one. */
const MOST_NUMBERS = 400;

/**
 * Where x itself is at several kinks the one-sided slopes of all together say little: the elements at kinks are held still,
 * and the slope along the others must be the tape's.
 */
function confirmsBesideKinks(
  leaves: Leaves, truths: ReadonlyMap<string, Truth>, vector: ReadonlyMap<string, Float64Array>,
  base: {readonly loss: number; readonly guards: GuardLog}, replay: Replay,
): boolean {
  const numbers = [...leaves.values()].reduce((sum, {data}) => sum + data.length, 0);
  if (numbers > MOST_NUMBERS) return false;
  const h = STEPS[1];
  const still = new Map([...vector].map(([of, v]) => [of, v.slice()]));
  const single = new Map([...leaves].map(([of, {data}]) => [of, new Float64Array(data.length)]));
  let expected = 0;
  let scale = 0;
  for (const [of, v] of still) {
    const truth = truths.get(of);
    const one = single.get(of)!;
    for (let k = 0; k < v.length; k++) {
      one[k] = 1;
      if (lookAlong(leaves, single, base, replay, h, 1)?.kink !== false) v[k] = 0;
      one[k] = 0;
      if (truth === undefined) continue;
      expected += truth.data[k] * v[k];
      scale += truth.scale[k] * Math.abs(v[k]);
    }
  }
  const direction = lookAlong(leaves, still, base, replay, h, scale);
  return direction !== null && !direction.kink && Math.abs((direction.left + direction.right) / 2 - expected) <= direction.floor;
}

/** Whether a slope lies between the one-sided ones, give or take rounding. */
export function between(slope: number, direction: Direction): boolean {
  const {left, right, floor} = direction;
  return slope >= Math.min(left, right) - floor && slope <= Math.max(left, right) + floor;
}

/** The one-sided slopes along `vector` at step `h`. Null when the forward raises or gives no number there. */
export function lookAlong(
  leaves: Leaves, vector: ReadonlyMap<string, Float64Array>, base: {readonly loss: number; readonly guards: GuardLog},
  replay: Replay, h: number, scale: number,
): Direction | null {
  const up = replay(moved(leaves, vector, h));
  const down = replay(moved(leaves, vector, -h));
  if (up === null || down === null || !Number.isFinite(up.loss) || !Number.isFinite(down.loss)) return null;
  const magnitude = Math.abs(base.loss) + Math.abs(up.loss - base.loss);
  const floor = 2 ** -50 * (magnitude + scale) / h + 1e-5 * scale + 1e-12;
  return {
    vector,
    left: (base.loss - down.loss) / h,
    right: (up.loss - base.loss) / h,
    floor,
    kink: !(up.guards.sameAs(base.guards) && down.guards.sameAs(base.guards)),
  };
}

function moved(leaves: Leaves, vector: ReadonlyMap<string, Float64Array>, h: number): Map<string, Float64Array> {
  const numbers = new Map<string, Float64Array>();
  for (const [of, {data}] of leaves) {
    const v = vector.get(of)!;
    const there = data.slice();
    for (let i = 0; i < there.length; i++) there[i] += h * v[i];
    numbers.set(of, there);
  }
  return numbers;
}

/** The gradient of every leaf, two runs for each coordinate: what a gradient check by hand does. Elements that raise are nan. */
export function centralDifferences(leaves: Leaves, replay: Replay): Map<string, Float64Array> {
  const h = STEPS[0];
  const gradients = new Map<string, Float64Array>();
  const numbers = new Map([...leaves].map(([of, {data}]) => [of, data.slice()]));
  for (const [of, {data}] of leaves) {
    const own = numbers.get(of)!;
    gradients.set(of, data.map((x, i) => {
      own[i] = x + h;
      const up = replay(numbers)?.loss ?? NaN;
      own[i] = x - h;
      const down = replay(numbers)?.loss ?? NaN;
      own[i] = x;
      return (up - down) / (2 * h);
    }));
  }
  return gradients;
}
