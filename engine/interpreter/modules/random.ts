/**
 * Python's module `random`, to the last bit: MT19937 seeded from the words of an int.
 */
import {isFloat} from '../../ndarray/dtype.ts';
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import {Scalar, float} from '../../ndarray/scalar.ts';
import {List} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {MT19937} from '../../numpy/random/mt19937.ts';
import {wordsOf} from '../../numpy/random/seedsequence.ts';
import {lengthOf} from '../builtins/inspection.ts';
import {toFloat, toIndex} from '../builtins/conversion.ts';
import {native} from '../builtins/native.ts';
import {PySet} from '../containers.ts';
import {listOf} from '../iteration.ts';
import type {Builtin} from '../objects.ts';
import type {Run} from '../run.ts';
import {getItem, setItem} from '../subscripts.ts';

/** A generator and the normal number that `gauss` keeps for its next call. */
class Twister {
  kept: number | null = null;
  constructor(readonly bits: MT19937) {}
}

const TAU = 2 * Math.PI;
const LOG4 = Math.log(4);
const SG_MAGIC = 1 + Math.log(4.5);
const NORMAL_MAGIC = 4 * Math.exp(-0.5) / Math.sqrt(2);

/** The generator of a run, seeded by the run until the text seeds it. */
function generator(run: Run): Twister {
  const known = run.moduleState.get('random');
  if (known instanceof Twister) return known;
  return seeded(run, run.options.seed);
}

function seeded(run: Run, seed: Value): Twister {
  const made = new Twister(MT19937.fromWords(seedWords(seed)));
  run.moduleState.set('random', made);
  return made;
}

function seedWords(seed: Value): number[] {
  if (seed === null) return [0];
  if (typeof seed === 'number' || typeof seed === 'bigint' || typeof seed === 'boolean') {
    const whole = BigInt(seed);
    return wordsOf(whole < 0n ? -whole : whole);
  }
  if (seed instanceof Scalar && !isFloat(seed.dtype)) return wordsOf(BigInt(Math.round(Math.abs(seed.value))));
  throw new UnsupportedError('random.seed of something that is no int');
}

/** `count` random bits. */
function randomBits(bits: MT19937, count: number): bigint {
  let result = 0n;
  let shift = 0n;
  for (let left = count; left > 0; left -= 32) {
    const word = left < 32 ? bits.uint32() >>> (32 - left) : bits.uint32();
    result |= BigInt(word) << shift;
    shift += 32n;
  }
  return result;
}

/** A number below `n`. */
function below(bits: MT19937, n: number): number {
  if (n <= 0) return 0;
  const width = n <= 0xffffffff ? 32 - Math.clz32(n) : BigInt(n).toString(2).length;
  if (width <= 32) {
    let value: number;
    do value = bits.uint32() >>> (32 - width); while (value >= n);
    return value;
  }
  let value: bigint;
  do value = randomBits(bits, width); while (value >= BigInt(n));
  return Number(value);
}

function number(run: Run, value: Value): number {
  return (toFloat(run, value) as Scalar).value;
}

function gauss(twister: Twister): number {
  const {kept, bits} = twister;
  twister.kept = null;
  if (kept !== null) return kept;
  const angle = bits.double() * TAU;
  const radius = Math.sqrt(-2 * Math.log(1 - bits.double()));
  twister.kept = Math.sin(angle) * radius;
  return Math.cos(angle) * radius;
}

/** Kinderman and Monahan's method, which `normalvariate` uses. */
function normal(bits: MT19937): number {
  for (;;) {
    const u = bits.double();
    const v = 1 - bits.double();
    const z = NORMAL_MAGIC * (u - 0.5) / v;
    if (z * z / 4 <= -Math.log(v)) return z;
  }
}

function gamma(bits: MT19937, alpha: number, beta: number): number {
  if (alpha > 1) {
    const root = Math.sqrt(2 * alpha - 1);
    const b = alpha - LOG4;
    const c = alpha + root;
    for (;;) {
      const u = bits.double();
      if (!(u > 1e-7 && u < 0.9999999)) continue;
      const w = 1 - bits.double();
      const v = Math.log(u / (1 - u)) / root;
      const x = alpha * Math.exp(v);
      const z = u * u * w;
      const r = b + c * v - x;
      if (r + SG_MAGIC - 4.5 * z >= 0 || r >= Math.log(z)) return x * beta;
    }
  }
  if (alpha === 1) return -Math.log(1 - bits.double()) * beta;
  for (;;) {
    const b = (Math.E + alpha) / Math.E;
    const p = b * bits.double();
    const x = p <= 1 ? Math.pow(p, 1 / alpha) : -Math.log((b - p) / alpha);
    const u = bits.double();
    if (p > 1 ? u <= Math.pow(x, alpha - 1) : u <= Math.exp(-x)) return x * beta;
  }
}

function range(run: Run, [start, stop, step]: readonly Value[]): number {
  const {bits} = generator(run);
  const from = toIndex(run, start);
  if (stop === null) {
    if (from > 0) return below(bits, from);
    throw new PyError('ValueError', 'empty range for randrange()');
  }
  const to = toIndex(run, stop);
  const by = toIndex(run, step);
  if (by === 0) throw new PyError('ValueError', 'zero step for randrange()');
  const count = Math.ceil((to - from) / by);
  if (count <= 0) throw new PyError('ValueError', `empty range for randrange() (${from}, ${to}, ${to - from})`);
  return from + by * below(bits, count);
}

function sample(run: Run, population: Value, k: Value): List {
  if (population instanceof PySet) throw new PyError('TypeError', 'Population must be a sequence.  For dicts or sets, use sorted(d).');
  const {bits} = generator(run);
  const items = listOf(run, population);
  const n = items.length;
  const count = toIndex(run, k);
  if (count < 0 || count > n) throw new PyError('ValueError', 'Sample larger than population or is negative');
  const setSize = 21 + (count > 5 ? 4 ** Math.ceil(Math.log(count * 3) / Math.log(4)) : 0);
  const result: Value[] = [];
  if (n <= setSize) {
    const pool = [...items];
    for (let i = 0; i < count; i++) {
      const place = below(bits, n - i);
      result.push(pool[place]);
      pool[place] = pool[n - i - 1];
    }
    return new List(result);
  }
  const seen = new Set<number>();
  while (result.length < count) {
    const place = below(bits, n);
    if (seen.has(place)) continue;
    seen.add(place);
    result.push(items[place]);
  }
  return new List(result);
}

function choices(run: Run, [population, weights, cumulative, k]: readonly Value[]): List {
  const {bits} = generator(run);
  const items = listOf(run, population);
  const count = toIndex(run, k);
  run.budget.spend(Math.max(0, count));
  if (weights === null && cumulative === null) {
    return new List(Array.from({length: count}, () => items[Math.floor(bits.double() * items.length)]));
  }
  let sum = 0;
  const steps = weights === null
    ? listOf(run, cumulative).map((weight) => number(run, weight))
    : listOf(run, weights).map((weight) => (sum += number(run, weight)));
  if (steps.length !== items.length) throw new PyError('ValueError', 'The number of weights does not match the population');
  const total = steps[steps.length - 1];
  return new List(Array.from({length: count}, () => {
    const at = bits.double() * total;
    const place = steps.findIndex((step) => at < step);
    return items[place < 0 ? items.length - 1 : place];
  }));
}

/** A distribution with numbers for parameters. */
function distribution(name: string, signature: string, draw: (twister: Twister, a: number, b: number) => number): Builtin {
  return native(name, signature, (run, args) => {
    const [a, b] = [...args.map((arg) => number(run, arg)), 0, 0];
    return float(draw(generator(run), a, b));
  });
}

const functions: readonly Builtin[] = [
  native('seed', 'a=None, version=2', (run, [seed]) => {
    seeded(run, seed ?? run.options.seed);
    return null;
  }),
  distribution('random', '', ({bits}) => bits.double()),
  distribution('uniform', 'a, b', ({bits}, a, b) => a + (b - a) * bits.double()),
  distribution('gauss', 'mu=0.0, sigma=1.0', (twister, mu, sigma) => mu + gauss(twister) * sigma),
  distribution('normalvariate', 'mu=0.0, sigma=1.0', ({bits}, mu, sigma) => mu + normal(bits) * sigma),
  distribution('lognormvariate', 'mu, sigma', ({bits}, mu, sigma) => Math.exp(mu + normal(bits) * sigma)),
  distribution('expovariate', 'lambd', ({bits}, rate) => -Math.log(1 - bits.double()) / rate),
  distribution('gammavariate', 'alpha, beta', ({bits}, alpha, beta) => gamma(bits, alpha, beta)),
  distribution('betavariate', 'alpha, beta', ({bits}, alpha, beta) => {
    const y = gamma(bits, alpha, 1);
    return y === 0 ? 0 : y / (y + gamma(bits, beta, 1));
  }),
  native('triangular', 'low=0.0, high=1.0, mode=None', (run, [low, high, mode]) => {
    let u = generator(run).bits.double();
    let [from, to] = [number(run, low), number(run, high)];
    let c = mode === null ? 0.5 : (number(run, mode) - from) / (to - from);
    if (u > c) {
      u = 1 - u;
      c = 1 - c;
      [from, to] = [to, from];
    }
    return float(from + (to - from) * Math.sqrt(u * c));
  }),
  native('randrange', 'start, stop=None, step=1', range),
  native('randint', 'a, b', (run, [a, b]) => range(run, [a, toIndex(run, b) + 1, 1])),
  native('getrandbits', 'k', (run, [k]) => {
    const count = toIndex(run, k);
    run.budget.spend(Math.floor(count / 32) * (1 + Math.floor(count / 2048)));
    const value = randomBits(generator(run).bits, count);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }),
  native('choice', 'seq', (run, [items]) => {
    const length = lengthOf(run, items);
    if (length === 0) throw new PyError('IndexError', 'Cannot choose from an empty sequence');
    return getItem(run, items, below(generator(run).bits, length));
  }),
  native('choices', 'population, weights=None, *, cum_weights=None, k=1', choices),
  native('sample', 'population, k, *, counts=None', (run, [population, k]) => sample(run, population, k)),
  native('shuffle', 'x', (run, [items]) => {
    const {bits} = generator(run);
    for (let i = lengthOf(run, items) - 1; i > 0; i--) {
      const j = below(bits, i + 1);
      const kept = getItem(run, items, i);
      setItem(run, items, i, getItem(run, items, j));
      setItem(run, items, j, kept);
    }
    return null;
  }),
];

export const random: ReadonlyMap<string, Value> = new Map(functions.map((each) => [each.name, each]));
