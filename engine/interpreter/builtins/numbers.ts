/**
 * Builtin functions of numbers: `abs`, `round`, `pow`, `divmod`, `sum`, `max`, `min`, and the texts of numbers.
 * Differentiable numbers keep their nodes through `abs`, `sum`, `max` and `min`; `round` drops them and notes a guard.
 */
import {NDArray} from '../../ndarray/array.ts';
import {roundOne} from '../../ndarray/cast.ts';
import {isFloat} from '../../ndarray/dtype.ts';
import {PyError} from '../../ndarray/errors.ts';
import {Scalar} from '../../ndarray/scalar.ts';
import {scalarUnary, unary as arrayUnary} from '../../ndarray/unary.ts';
import {Tuple, typeName} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import type {BinaryOperator} from '../../python/ast.ts';
import {call} from '../calls.ts';
import {compare} from '../comparison.ts';
import {DONE} from '../containers.ts';
import {listOf, iterator} from '../iteration.ts';
import {Builtin, Instance} from '../objects.ts';
import type {Keywords} from '../objects.ts';
import {binary, callSpecial, isArrayOperation} from '../operators.ts';
import type {Run} from '../run.ts';
import {roundFloat} from '../text/decimal.ts';
import {decide, truth} from '../truth.ts';
import {toIndex, wholeNumber} from './conversion.ts';
import {asOperation, exactly, native, wrongType} from './native.ts';

/** `a <operator> b`, recorded as an operation of its own where the array layer computes it. */
export function operate(run: Run, operator: BinaryOperator, a: Value, b: Value): Value {
  if (!isArrayOperation(a, b)) return binary(run, operator, a, b);
  return asOperation(run, operator, [a, b], () => binary(run, operator, a, b));
}

function abs(run: Run, value: Value): Value {
  if (typeof value === 'number') return Math.abs(value);
  if (typeof value === 'bigint') return value < 0n ? -value : value;
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Scalar) return asOperation(run, 'abs', [value], () => scalarUnary(run, 'absolute', value));
  if (value instanceof NDArray) return asOperation(run, 'abs', [value], () => arrayUnary(run, 'absolute', value));
  if (value instanceof Instance) {
    const result = callSpecial(run, value, '__abs__') ?? (value.native === undefined ? undefined : abs(run, value.native));
    if (result !== undefined) return result;
  }
  throw wrongType(value, `bad operand type for abs(): '${typeName(value)}'`);
}

function round(run: Run, value: Value, places: Value): Value {
  if (typeof value === 'boolean') return roundInt(Number(value), places === null ? 0 : toIndex(run, places));
  if (typeof value === 'number' || typeof value === 'bigint') return roundInt(value, places === null ? 0 : toIndex(run, places));
  if (value instanceof Scalar) return roundScalar(run, value, places);
  if (value instanceof Instance) {
    const result = callSpecial(run, value, '__round__', ...(places === null ? [] : [places]));
    if (result !== undefined) return result;
    if (value.native !== undefined) return round(run, value.native, places);
  }
  throw wrongType(value, `type ${typeName(value)} doesn't define __round__ method`);
}

function roundInt(value: number | bigint, places: number): number | bigint {
  if (places >= 0) return value;
  const unit = 10n ** BigInt(-places);
  const whole = BigInt(value);
  const rest = ((whole % unit) + unit) % unit;
  const down = whole - rest;
  const up = rest * 2n > unit || (rest * 2n === unit && (down / unit) % 2n !== 0n);
  const result = up ? down + unit : down;
  return Number.isSafeInteger(Number(result)) ? Number(result) : result;
}

function roundScalar(run: Run, scalar: Scalar, places: Value): Value {
  const {value, dtype, weak} = scalar;
  if (!isFloat(dtype)) return weak && places === null ? scalar : new Scalar(Number(roundInt(Math.round(value), places === null ? 0 : toIndex(run, places))), scalar.id, dtype, weak);
  const digits = places === null ? 0 : toIndex(run, places);
  const rounded = roundOne(run, dtype, roundFloat(value, digits));
  const unit = 10 ** -digits;
  decide(run, scalar, Math.round(rounded / unit) | 0, Math.max(0, unit / 2 - Math.abs(value - rounded)));
  if (places !== null) return new Scalar(rounded, 0, dtype, weak);
  if (Number.isNaN(value)) throw new PyError('ValueError', 'cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw new PyError('OverflowError', 'cannot convert float infinity to integer');
  return wholeNumber(rounded);
}

function sum(run: Run, items: Value, start: Value): Value {
  if (typeof start === 'string') throw new PyError('TypeError', "sum() can't sum strings [use ''.join(seq) instead]");
  let total: Value = start;
  const {next} = iterator(run, items);
  for (let item = next(); item !== DONE; item = next()) {
    run.step();
    total = operate(run, '+', total, item);
  }
  return total;
}

/** `max` and `min`: the first of the greatest (or least) items, itself. */
function extreme(name: 'max' | 'min'): Builtin {
  const operator = name === 'max' ? '>' : '<';
  return new Builtin(name, (run, args, keywords) => {
    if (args.length === 0) throw new PyError('TypeError', `${name} expected at least 1 argument, got 0`);
    const items = args.length === 1 ? listOf(run, args[0]) : args;
    const key = keywords?.get('key') ?? null;
    if (items.length === 0) return emptyExtreme(name, keywords);
    let best = items[0];
    let bestKey = key === null ? best : call(run, key, [best], null);
    for (let i = 1; i < items.length; i++) {
      const itemKey = key === null ? items[i] : call(run, key, [items[i]], null);
      if (truth(run, compare(run, operator, itemKey, bestKey))) {
        best = items[i];
        bestKey = itemKey;
      }
    }
    return best;
  });
}

function emptyExtreme(name: string, keywords: Keywords): Value {
  const byDefault = keywords?.get('default');
  if (byDefault === undefined) throw new PyError('ValueError', `${name}() arg is an empty sequence`);
  return byDefault;
}

function power(run: Run, base: Value, exponent: Value, modulus: Value): Value {
  if (modulus === null) return operate(run, '**', base, exponent);
  const m = BigInt(toIndex(run, modulus));
  if (m === 0n) throw new PyError('ValueError', 'pow() 3rd argument cannot be 0');
  let factor = ((BigInt(toIndex(run, base)) % m) + m) % m;
  let left = BigInt(toIndex(run, exponent));
  if (left < 0n) throw new PyError('ValueError', 'base is not invertible for the given modulus');
  let result = 1n % m;
  for (; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * factor) % m;
    factor = (factor * factor) % m;
  }
  return wholeNumber(Number(result));
}

function isPythonFloat(value: Value): boolean {
  return value instanceof Scalar && value.weak && isFloat(value.dtype);
}

function refuseZero(value: Value): void {
  if (value === 0 || value === false || (value instanceof Scalar && value.value === 0)) throw new PyError('ZeroDivisionError', 'float divmod()');
}

function radix(name: string, prefix: string, base: number): Builtin {
  return native(name, 'number, /', (run, [value]) => {
    const whole = typeof value === 'bigint' ? value : BigInt(toIndex(run, value));
    return whole < 0n ? `-${prefix}${(-whole).toString(base)}` : prefix + whole.toString(base);
  });
}

export const numberFunctions: readonly Builtin[] = [
  new Builtin('abs', (run, args) => {
    exactly('abs', args, 1);
    return abs(run, args[0]);
  }),
  native('round', 'number, ndigits=None', (run, [value, places]) => round(run, value, places)),
  native('sum', 'iterable, /, start=0', (run, [items, start]) => sum(run, items, start)),
  extreme('max'),
  extreme('min'),
  native('pow', 'base, exp, mod=None', (run, [base, exponent, modulus]) => power(run, base, exponent, modulus)),
  native('divmod', 'x, y, /', (run, [a, b]) => {
    if (isPythonFloat(a) || isPythonFloat(b)) refuseZero(b);
    return new Tuple([operate(run, '//', a, b), operate(run, '%', a, b)]);
  }),
  radix('bin', '0b', 2),
  radix('oct', '0o', 8),
  radix('hex', '0x', 16),
  native('chr', 'i, /', (run, [code]) => {
    const point = toIndex(run, code);
    if (point < 0 || point > 0x10ffff) throw new PyError('ValueError', 'chr() arg not in range(0x110000)');
    return String.fromCodePoint(point);
  }),
  native('ord', 'c, /', (_run, [text]) => {
    if (typeof text !== 'string') throw new PyError('TypeError', `ord() expected string of length 1, but ${typeName(text)} found`);
    const points = Array.from(text);
    if (points.length !== 1) throw new PyError('TypeError', `ord() expected a character, but string of length ${points.length} found`);
    return points[0].codePointAt(0)!;
  }),
];
