/**
 * `choice`: which items of a population are drawn, with or without putting back, with or without weights.
 * The two generations differ only in how they draw without putting back and without weights.
 */
import {elements, fromData, sizeOf} from '../../ndarray/array.ts';
import type {NDArray} from '../../ndarray/array.ts';
import {asArray} from '../../ndarray/cast.ts';
import type {Context} from '../../ndarray/context.ts';
import {PyError} from '../../ndarray/errors.ts';
import {asInt} from '../../ndarray/index-plan.ts';
import {getItem} from '../../ndarray/index.ts';
import {List, Slice, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import type {Bits} from './bits.ts';
import {shapeOf} from './draw.ts';
import {integerDrawer} from './integers.ts';
import {shuffledRange} from './permute.ts';

export interface ChoiceStyle {
  /** How `randint` or `integers` bounds its numbers. */
  readonly masked: boolean;
  /** `size` places of a population, none twice. */
  readonly distinct: (context: Context, bits: Bits, population: number, size: number, shuffle: boolean) => Float64Array;
  /** The words of the messages, which the generations spell differently. */
  readonly words: Readonly<Record<'empty' | 'emptyArray' | 'sameSize' | 'negative' | 'sum' | 'larger', string>>;
}

export const legacyChoice: ChoiceStyle = {
  masked: true,
  distinct: (context, bits, population, size) => shuffledRange(context, bits, population).buffer.data.slice(0, size),
  words: {
    empty: 'a must be greater than 0 unless no samples are taken',
    emptyArray: "'a' cannot be empty unless no samples are taken",
    sameSize: "'a' and 'p' must have same size",
    negative: 'probabilities are not non-negative',
    sum: 'probabilities do not sum to 1',
    larger: "Cannot take a larger sample than population when 'replace=False'",
  },
};

export const generatorChoice: ChoiceStyle = {
  masked: false,
  distinct: floydSample,
  words: {
    empty: 'a must be a positive integer unless no samples are taken',
    emptyArray: 'a cannot be empty unless no samples are taken',
    sameSize: 'a and p must have same size',
    negative: 'Probabilities are not non-negative',
    sum: 'Probabilities do not sum to 1. See Notes section of docstring for more information.',
    larger: 'Cannot take a larger sample than population when replace is False',
  },
};

/** `choice(a, size, replace, p, axis, shuffle)`. */
export function choice(
  context: Context, bits: Bits, style: ChoiceStyle, a: Value, size: Value, replace: boolean, p: Value, axis = 0, shuffle = true,
): Value {
  const shape = shapeOf(context, size);
  const count = shape === null ? 1 : sizeOf(shape);
  const whole = asInt(a);
  const texts = (a instanceof List || a instanceof Tuple) && a.items.some((item) => typeof item === 'string') ? a.items : null;
  const array = whole === null && texts === null ? asArray(context, a) : null;
  const population = whole ?? texts?.length ?? array?.shape[axis] ?? 0;
  if (population <= 0 && count !== 0) throw new PyError('ValueError', whole === null ? style.words.emptyArray : style.words.empty);
  const weights = p === null ? null : checkedWeights(asArray(context, p, 'float64'), population, style);
  const places = replace
    ? drawnWithReplacement(bits, style, population, count, weights)
    : drawnWithoutReplacement(context, bits, style, population, count, weights, shuffle);
  if (texts !== null) {
    const chosen = Array.from(places, (place) => texts[place]);
    return shape === null ? chosen[0] : new List(chosen);
  }
  if (shape === null) return array === null ? places[0] : taken(context, array, places[0], axis);
  const index = fromData(places, shape, 'int64');
  return array === null ? index : taken(context, array, index, axis);
}

function taken(context: Context, array: NDArray, index: Value, axis: number): Value {
  if (axis === 0) return getItem(context, array, index);
  const all = new Slice(null, null, null);
  return getItem(context, array, new Tuple([...Array.from({length: axis}, () => all), index]));
}

function checkedWeights(p: NDArray, population: number, style: ChoiceStyle): Float64Array {
  if (p.ndim !== 1) throw new PyError('ValueError', "'p' must be 1-dimensional");
  if (p.size !== population) throw new PyError('ValueError', style.words.sameSize);
  const weights = elements(p);
  const sum = compensatedSum(weights);
  if (Number.isNaN(sum)) throw new PyError('ValueError', style.masked ? 'probabilities contain NaN' : 'Probabilities contain NaN');
  if (weights.some((weight) => weight < 0)) throw new PyError('ValueError', style.words.negative);
  if (Math.abs(sum - 1) > 1.4901161193847656e-8) throw new PyError('ValueError', style.words.sum);
  return weights;
}

/** Kahan's sum of all but the last `without` numbers. */
export function compensatedSum(values: Float64Array, without = 0): number {
  let sum = values.length > 0 ? values[0] : 0;
  let lost = 0;
  for (let i = 1; i < values.length - without; i++) {
    const next = values[i] - lost;
    const total = sum + next;
    lost = (total - sum) - next;
    sum = total;
  }
  return sum;
}

function drawnWithReplacement(bits: Bits, style: ChoiceStyle, population: number, count: number, weights: Float64Array | null): Float64Array {
  const places = new Float64Array(count);
  if (weights !== null) {
    const steps = cumulated(weights);
    return places.map(() => placeAbove(steps, bits.double()));
  }
  const next = integerDrawer(bits, 'int64', style.masked);
  return places.map(() => next(population - 1));
}

function drawnWithoutReplacement(
  context: Context, bits: Bits, style: ChoiceStyle, population: number, count: number, weights: Float64Array | null, shuffle: boolean,
): Float64Array {
  if (count > population) throw new PyError('ValueError', style.words.larger);
  if (weights === null) return style.distinct(context, bits, population, count, shuffle);
  if (weights.filter((weight) => weight > 0).length < count) throw new PyError('ValueError', 'Fewer non-zero entries in p than size');
  const left = weights.slice();
  const found: number[] = [];
  while (found.length < count) {
    const draws = Float64Array.from({length: count - found.length}, () => bits.double());
    for (const place of found) left[place] = 0;
    const steps = cumulated(left);
    const fresh = new Set<number>();
    for (const draw of draws) fresh.add(placeAbove(steps, draw));
    found.push(...fresh);
  }
  return Float64Array.from(found);
}

/** The running sums of the weights, scaled so that the last is 1. */
function cumulated(weights: Float64Array): Float64Array {
  let sum = 0;
  const steps = weights.map((weight) => (sum += weight));
  return steps.map((step) => step / sum);
}

/** The first place whose step is above `draw`. */
function placeAbove(steps: Float64Array, draw: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (draw < steps[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Floyd's algorithm, or the tail of a shuffle where many of a large population are asked for. */
function floydSample(_context: Context, bits: Bits, population: number, size: number, shuffle: boolean): Float64Array {
  const next = integerDrawer(bits, 'int64', false);
  if (population > 10000 && size > Math.floor(population / (shuffle ? 50 : 20))) {
    const all = Float64Array.from({length: population}, (_, i) => i);
    swapDown(all, Math.max(population - size, 1), next);
    return all.slice(population - size);
  }
  const seen = new Set<number>();
  for (let j = population - size; j < population; j++) {
    const value = next(j);
    seen.add(seen.has(value) ? j : value);
  }
  const places = Float64Array.from(seen);
  if (shuffle) swapDown(places, 1, next);
  return places;
}

function swapDown(items: Float64Array, first: number, next: (max: number) => number): void {
  for (let i = items.length - 1; i >= first; i--) {
    const j = next(i);
    const kept = items[j];
    items[j] = items[i];
    items[i] = kept;
  }
}

