/**
 * `int(x)` and `float(x)`: what texts and numbers become. A conversion that jumps is noted as a guard and has no gradient.
 */
import {NDArray} from '../../ndarray/array.ts';
import {isFloat} from '../../ndarray/dtype.ts';
import {PyError} from '../../ndarray/errors.ts';
import {elementAt} from '../../ndarray/index.ts';
import {Scalar, float} from '../../ndarray/scalar.ts';
import {typeName} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {callSpecial} from '../operators.ts';
import {Instance} from '../objects.ts';
import type {Run} from '../run.ts';
import {wrongType} from './native.ts';
import {stringRepr} from '../text/repr.ts';
import {decide} from '../truth.ts';

/** The single element of an array of no dimension. */
function elementOf(run: Run, array: NDArray): Scalar {
  if (array.ndim !== 0) throw new PyError('TypeError', 'only 0-dimensional arrays can be converted to Python scalars');
  return elementAt(run, array, array.offset);
}

/** `float(x)`: keeps the tape node. */
export function toFloat(run: Run, value: Value): Value {
  switch (typeof value) {
    case 'boolean': case 'number': return float(Number(value));
    case 'bigint': return float(finite(Number(value)));
    case 'string': return float(parseFloatText(value));
    default: break;
  }
  if (value instanceof Scalar) return new Scalar(value.value, value.id, 'float64', true);
  if (value instanceof NDArray) return toFloat(run, elementOf(run, value));
  if (value instanceof Instance) {
    const result = callSpecial(run, value, '__float__') ?? callSpecial(run, value, '__index__');
    if (result !== undefined) return toFloat(run, result);
    if (value.native !== undefined) return toFloat(run, value.native);
  }
  throw wrongType(value, `float() argument must be a string or a real number, not '${typeName(value)}'`);
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new PyError('OverflowError', 'int too large to convert to float');
  return value;
}

const FLOAT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/iu;

function parseFloatText(text: string): number {
  const trimmed = text.trim();
  if (FLOAT.test(trimmed)) return Number(trimmed.replaceAll('_', ''));
  const named = /^([+-]?)(inf|infinity|nan)$/iu.exec(trimmed);
  if (named === null) throw new PyError('ValueError', `could not convert string to float: ${stringRepr(text)}`);
  const size = named[2].toLowerCase() === 'nan' ? NaN : Infinity;
  return named[1] === '-' ? -size : size;
}

/** `int(x)`, or `int(text, base)`. */
export function toInt(run: Run, value: Value, base: Value = null): Value {
  if (typeof value === 'string') return parseIntText(value, base === null ? 10 : Number(base));
  if (base !== null) throw new PyError('TypeError', "int() can't convert non-string with explicit base");
  switch (typeof value) {
    case 'boolean': return Number(value);
    case 'number': case 'bigint': return value;
    default: break;
  }
  if (value instanceof Scalar) return scalarToInt(run, value);
  if (value instanceof NDArray) return scalarToInt(run, elementOf(run, value));
  if (value instanceof Instance) {
    const result = callSpecial(run, value, '__int__') ?? callSpecial(run, value, '__index__');
    if (result !== undefined) return toInt(run, result);
    if (value.native !== undefined) return toInt(run, value.native);
  }
  throw wrongType(value, `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`);
}

function scalarToInt(run: Run, scalar: Scalar): Value {
  if (!isFloat(scalar.dtype)) return scalar.weak ? scalar : wholeNumber(scalar.value);
  return truncated(run, scalar);
}

/** A float without its fraction, as an int; the jump at the next whole number is noted. */
export function truncated(run: Run, scalar: Scalar): number | bigint {
  const {value} = scalar;
  if (Number.isNaN(value)) throw new PyError('ValueError', 'cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw new PyError('OverflowError', 'cannot convert float infinity to integer');
  const whole = Math.trunc(value);
  const nearest = Math.round(value);
  decide(run, scalar, whole, nearest === 0 ? 1 - Math.abs(value) : Math.abs(value - nearest));
  return wholeNumber(whole);
}

/**
 * A whole number of any size as a Python int. What a script's int has become in a replay is not whole any more: it is
 * rounded, as it is wherever Python needs a whole number.
 */
export function wholeNumber(value: number): number | bigint {
  const whole = Math.round(value);
  return Number.isSafeInteger(whole) ? whole + 0 : BigInt(whole);
}

/** CPython's own limit on reading ints that are not in a power of two. */
const DIGIT_LIMIT = 4300;

function parseIntText(text: string, base: number): number | bigint {
  const match = /^([+-]?)(0[xX]|0[oO]|0[bB])?([\da-zA-Z]+(?:_[\da-zA-Z]+)*)$/u.exec(text.trim());
  const failure = new PyError('ValueError', `invalid literal for int() with base ${base}: ${stringRepr(text)}`);
  if (match === null) throw failure;
  const [, sign, prefix, body] = match as unknown as readonly [string, string, string | undefined, string];
  const implied = prefix === undefined ? base : {x: 16, o: 8, b: 2}[prefix[1].toLowerCase()]!;
  if (base !== 0 && implied !== base) throw failure;
  const radix = implied === 0 ? 10 : implied;
  if (body.length > DIGIT_LIMIT && (radix & (radix - 1)) !== 0) {
    throw new PyError('ValueError', `Exceeds the limit (${DIGIT_LIMIT} digits) for integer string conversion: value has ${body.length} digits; use sys.set_int_max_str_digits() to increase the limit`);
  }
  let value = 0n;
  for (const digit of body.replaceAll('_', '')) {
    const worth = parseInt(digit, 36);
    if (worth >= radix) throw failure;
    value = value * BigInt(radix) + BigInt(worth);
  }
  if (sign === '-') value = -value;
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** A whole number where Python asks for one (`range(n)`, `chr(n)`). Raises TypeError for anything else. */
export function toIndex(run: Run, value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  if (value instanceof Scalar && !isFloat(value.dtype) && value.dtype !== 'bool') return Math.round(value.value);
  if (value instanceof NDArray && value.ndim === 0 && !isFloat(value.dtype)) return value.buffer.data[value.offset];
  if (value instanceof Instance) {
    const result = callSpecial(run, value, '__index__');
    if (result !== undefined) return toIndex(run, result);
    if (value.native !== undefined) return toIndex(run, value.native);
  }
  throw wrongType(value, `'${typeName(value)}' object cannot be interpreted as an integer`);
}
