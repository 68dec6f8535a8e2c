/**
 * Draws the numbers of one array under what is promised of them. Float64, signed, of order 1 and away from 0, so that
 * no mistake hides behind a neutral value; labels cover several classes and repeat one.
 */
import type {DType} from '../ndarray/dtype.ts';
import type {Domain} from './spec.ts';
import type {Random} from './random.ts';
import {below, shuffled} from './random.ts';

export interface Drawn {
  readonly data: Float64Array;
  readonly dtype: DType;
}

/** Signed numbers with 0.1 <= |x| < 1.7. */
export function signed(random: Random, count: number): Float64Array {
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const sign = random() < 0.5 ? -1 : 1;
    out[i] = sign * (0.1 + 1.6 * random());
  }
  if (count > 1 && out.every((value) => value > 0 === out[0] > 0)) out[below(random, count)] *= -1;
  return out;
}

/** Numbers between `from` and `to`. */
function between(random: Random, count: number, from: number, to: number): Float64Array {
  return Float64Array.from({length: count}, () => from + (to - from) * random());
}

/** Whole numbers below `bound`: as many different ones as fit, and at least one twice. */
export function labels(random: Random, count: number, bound: number): Float64Array {
  const order = shuffled(random, bound);
  const out = Float64Array.from({length: count}, (_, i) => order[i % bound]);
  if (count > 2 && count <= bound) out[count - 1] = out[0];
  const places = shuffled(random, count);
  return out.map((_, i) => out[places[i]]);
}

/**
 * The numbers for a shape. `axis` is the one along which one-hot and probabilities hold: rows sum to one, unless the
 * shape has one column only: then each number stands for itself.
 */
export function draw(random: Random, shape: readonly number[], domain: Domain, axis: number): Drawn {
  const count = shape.reduce((product, size) => product * size, 1);
  const along = shape[axis] ?? 1;
  switch (domain) {
    case 'any': return float(signed(random, count));
    case 'positive': case 'non-negative': return float(between(random, count, 0.4, 2));
    case 'unit-interval': return float(between(random, count, 0.12, 0.88));
    case 'permutation': return {data: Float64Array.from(shuffled(random, count)), dtype: 'int64'};
    case 'mask': return float(bits(random, count));
    case 'one-hot': {
      if (along === 1) return float(bits(random, count));
      const data = new Float64Array(count);
      const chosen = labels(random, count / along, along);
      forEachLine(shape, axis, (places, line) => { data[places[chosen[line]]] = 1; });
      return float(data);
    }
    case 'probabilities': {
      if (along === 1) return float(between(random, count, 0.12, 0.88));
      const data = between(random, count, 0.2, 1.4);
      forEachLine(shape, axis, (places) => {
        const total = places.reduce((sum, place) => sum + data[place], 0);
        for (const place of places) data[place] /= total;
      });
      return float(data);
    }
  }
}

function float(data: Float64Array): Drawn {
  return {data, dtype: 'float64'};
}

/** Zeros and ones, both of them where there is room. */
function bits(random: Random, count: number): Float64Array {
  const out = Float64Array.from({length: count}, () => random() < 0.6 ? 1 : 0);
  if (count > 1 && out.every((bit) => bit === out[0])) out[below(random, count)] = 1 - out[0];
  return out;
}

/** Calls `visit` with the places (in C order) of each line along `axis`. */
function forEachLine(shape: readonly number[], axis: number, visit: (places: readonly number[], line: number) => void): void {
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const along = shape[axis];
  const outer = shape.slice(0, axis).reduce((product, size) => product * size, 1);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) visit(Array.from({length: along}, (_, k) => (o * along + k) * inner + i), o * inner + i);
  }
}
