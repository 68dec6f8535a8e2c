/**
 * The functions of `math` on whole numbers: factorials, binomial coefficients, divisors, roots.
 */
import {PyError} from '../../ndarray/errors.ts';
import type {Tuple, Value} from '../../ndarray/values.ts';
import {toIndex} from '../builtins/conversion.ts';
import {native} from '../builtins/native.ts';
import type {Builtin} from '../objects.ts';
import type {Run} from '../run.ts';

/** An int of Python: a plain number where it is small enough. */
function int(value: bigint): number | bigint {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

function big(run: Run, value: Value): bigint {
  return typeof value === 'bigint' ? value : BigInt(toIndex(run, value));
}

/** n (n - 1) ... (n - k + 1). */
function falling(run: Run, n: bigint, k: bigint): bigint {
  run.budget.spend(Number(k) * (1 + Math.floor(Number(k) / 64)));
  let product = 1n;
  for (let i = 0n; i < k; i++) product *= n - i;
  return product;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function lcm(a: bigint, b: bigint): bigint {
  if (a === 0n || b === 0n) return 0n;
  const product = (a / gcd(a, b)) * b;
  return product < 0n ? -product : product;
}

function overAll(name: string, start: bigint, combine: (a: bigint, b: bigint) => bigint): Builtin {
  return native(name, '*integers', (run, [integers]) =>
    int((integers as Tuple).items.reduce<bigint>((result, item) => combine(result, big(run, item)), start)));
}

function choose(run: Run, [n, k]: readonly Value[], name: 'comb' | 'perm'): number | bigint {
  const from = big(run, n);
  const taken = k === null ? from : big(run, k);
  if (from < 0n) throw new PyError('ValueError', 'n must be a non-negative integer');
  if (taken < 0n) throw new PyError('ValueError', 'k must be a non-negative integer');
  if (taken > from) return 0;
  if (name === 'perm') return int(falling(run, from, taken));
  const fewer = taken < from - taken ? taken : from - taken;
  return int(falling(run, from, fewer) / falling(run, fewer, fewer));
}

function integerRoot(run: Run, value: Value): number | bigint {
  const n = big(run, value);
  if (n < 0n) throw new PyError('ValueError', 'isqrt() argument must be nonnegative');
  if (n === 0n) return 0;
  let root = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (let next = (root + n / root) >> 1n; next < root; next = (root + n / root) >> 1n) root = next;
  return int(root);
}

export const combinatorics: readonly Builtin[] = [
  native('factorial', 'n, /', (run, [n]) => {
    const whole = big(run, n);
    if (whole < 0n) throw new PyError('ValueError', 'factorial() not defined for negative values');
    return int(falling(run, whole, whole));
  }),
  native('comb', 'n, k, /', (run, args) => choose(run, args, 'comb')),
  native('perm', 'n, k=None, /', (run, args) => choose(run, args, 'perm')),
  overAll('gcd', 0n, gcd),
  overAll('lcm', 1n, lcm),
  native('isqrt', 'n, /', (run, [n]) => integerRoot(run, n)),
];
