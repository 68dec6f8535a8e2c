/**
 * What a reduction does with one group of elements: sums in NumPy's order, winners, products.
 * A group is `data[start + inner[i]]` for i below n. Knows nothing of shapes.
 */
import type {Tape} from '../tape/tape.ts';
import {Op} from '../tape/tape.ts';
import type {GuardLog} from '../tape/guards.ts';

/** One group of elements. A reduction moves one such object from group to group. */
export interface Group {
  readonly data: Float64Array;
  readonly ids: Int32Array | null;
  start: number;
  inner: Int32Array;
  n: number;
}

/** NumPy's pairwise sum: eight accumulators in blocks of up to 128, halves above. `single` rounds each step to float32. */
export function pairwiseSum(data: Float64Array, start: number, inner: Int32Array, from: number, n: number, single: boolean): number {
  if (single) return pairwiseSingle(data, start, inner, from, n);
  if (n < 8) {
    let sum = -0;
    for (let i = from; i < from + n; i++) sum += data[start + inner[i]];
    return sum;
  }
  if (n > 128) {
    let half = n >> 1;
    half -= half % 8;
    return pairwiseSum(data, start, inner, from, half, false) + pairwiseSum(data, start, inner, from + half, n - half, false);
  }
  let r0 = data[start + inner[from]];
  let r1 = data[start + inner[from + 1]];
  let r2 = data[start + inner[from + 2]];
  let r3 = data[start + inner[from + 3]];
  let r4 = data[start + inner[from + 4]];
  let r5 = data[start + inner[from + 5]];
  let r6 = data[start + inner[from + 6]];
  let r7 = data[start + inner[from + 7]];
  let i = 8;
  for (; i < n - (n % 8); i += 8) {
    const at = from + i;
    r0 += data[start + inner[at]];
    r1 += data[start + inner[at + 1]];
    r2 += data[start + inner[at + 2]];
    r3 += data[start + inner[at + 3]];
    r4 += data[start + inner[at + 4]];
    r5 += data[start + inner[at + 5]];
    r6 += data[start + inner[at + 6]];
    r7 += data[start + inner[at + 7]];
  }
  let sum = r0 + r1 + (r2 + r3) + (r4 + r5 + (r6 + r7));
  for (; i < n; i++) sum += data[start + inner[from + i]];
  return sum;
}

function pairwiseSingle(data: Float64Array, start: number, inner: Int32Array, from: number, n: number): number {
  const round = Math.fround;
  if (n < 8) {
    let sum = -0;
    for (let i = from; i < from + n; i++) sum = round(sum + data[start + inner[i]]);
    return sum;
  }
  if (n > 128) {
    let half = n >> 1;
    half -= half % 8;
    return round(pairwiseSingle(data, start, inner, from, half) + pairwiseSingle(data, start, inner, from + half, n - half));
  }
  const r = new Float32Array(8);
  const whole = n - (n % 8);
  for (let i = 0; i < whole; i++) r[i % 8] += data[start + inner[from + i]];
  let sum = round(round(round(r[0] + r[1]) + round(r[2] + r[3])) + round(round(r[4] + r[5]) + round(r[6] + r[7])));
  for (let i = whole; i < n; i++) sum = round(sum + data[start + inner[from + i]]);
  return sum;
}

/** One element after the other, as NumPy adds along an axis that is not the innermost. */
export function sequentialSum(data: Float64Array, start: number, inner: Int32Array, n: number, single: boolean): number {
  let sum = -0;
  if (single) for (let i = 0; i < n; i++) sum = Math.fround(sum + data[start + inner[i]]);
  else for (let i = 0; i < n; i++) sum += data[start + inner[i]];
  return sum;
}

/** Which element wins: the first largest (or smallest); the first NaN before all. -1 for an empty group. */
export function winner(group: Group, largest: boolean): number {
  const {data, start, inner, n} = group;
  if (n === 0) return -1;
  let best = data[start + inner[0]];
  let at = 0;
  if (Number.isNaN(best)) return 0;
  for (let i = 1; i < n; i++) {
    const value = data[start + inner[i]];
    if (largest ? value > best : value < best) {
      best = value;
      at = i;
    } else if (Number.isNaN(value)) return i;
  }
  return at;
}

/** Notes who won and how far the next one is behind. */
export function noteWinner(guards: GuardLog, group: Group, at: number): void {
  const {data, start, inner, n} = group;
  if (n < 2) return;
  const best = data[start + inner[at]];
  let margin = Infinity;
  for (let i = 0; i < n; i++) {
    if (i !== at) margin = Math.min(margin, Math.abs(best - data[start + inner[i]]));
  }
  guards.decide(at, margin);
}

/** An entry that is a weighted sum of the group's elements, all with one weight; 0 when all are constants. */
export function recordSum(tape: Tape, group: Group, value: number, weight: number, extra = 0): number {
  const {ids, start, inner, n} = group;
  let places = extra === 0 ? 0 : 1;
  if (ids !== null) for (let i = 0; i < n; i++) if (ids[start + inner[i]] !== 0) places++;
  if (places === 0) return 0;
  const from = tape.reserve(places);
  let at = from;
  const {pool, poolPartial} = tape;
  if (ids !== null) {
    for (let i = 0; i < n; i++) {
      const id = ids[start + inner[i]];
      if (id === 0) continue;
      pool[at] = id;
      poolPartial[at++] = weight;
    }
  }
  if (extra !== 0) {
    pool[at] = extra;
    poolPartial[at] = 1;
  }
  return tape.nary(Op.Sum, from, value);
}

/** The same with a weight for each element. */
export function recordWeighted(tape: Tape, group: Group, value: number, weight: (i: number) => number): number {
  const {ids, start, inner, n} = group;
  if (ids === null) return 0;
  let places = 0;
  for (let i = 0; i < n; i++) if (ids[start + inner[i]] !== 0) places++;
  if (places === 0) return 0;
  const from = tape.reserve(places);
  let at = from;
  for (let i = 0; i < n; i++) {
    const id = ids[start + inner[i]];
    if (id === 0) continue;
    tape.pool[at] = id;
    tape.poolPartial[at++] = weight(i);
  }
  return tape.nary(Op.Sum, from, value);
}

/** For each element the product of all others, without dividing (an element may be zero). */
export function productsOfOthers(group: Group): Float64Array {
  const {data, start, inner, n} = group;
  const others = new Float64Array(n).fill(1);
  let before = 1;
  for (let i = 0; i < n; i++) {
    others[i] = before;
    before *= data[start + inner[i]];
  }
  let after = 1;
  for (let i = n - 1; i >= 0; i--) {
    others[i] *= after;
    after *= data[start + inner[i]];
  }
  return others;
}
