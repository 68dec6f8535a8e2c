/**
 * Floats as decimal digits, as Python prints them: the shortest that reads back, and exact rounding (half to even) to a
 * number of places or digits. Knows numbers only.
 */

/** Significant digits of a positive finite number and the power of ten of the first: 12.5 is `125` and 1. */
export interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

/** `repr` of a Python float: `0.1`, `3.0`, `1e-05`, `1e+16`, `-0.0`, `nan`, `-inf`. */
export function floatRepr(value: number): string {
  return special(value) ?? signed(value, shortText(shortest(Math.abs(value))));
}

/** `nan`, `inf` or `-inf`; null for a finite number. */
export function special(value: number): string | null {
  if (Number.isFinite(value)) return null;
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

function signed(value: number, text: string): string {
  return value < 0 || Object.is(value, -0) ? `-${text}` : text;
}

/** The fewest digits that read back as the same float. */
export function shortest(size: number): Decimal {
  const [mantissa, exponent] = size.toExponential().split('e');
  return {digits: mantissa.replace('.', ''), exponent: Number(exponent)};
}

function shortText(decimal: Decimal): string {
  const {exponent} = decimal;
  return exponent < -4 || exponent >= 16 ? scientific(decimal, false, 'e') : plain(decimal, true);
}

/** Digits with an exponent of two digits at least: `1e-05`, `1.25e+16`. `point` keeps a point with nothing after it. */
export function scientific({digits, exponent}: Decimal, point: boolean, letter: 'e' | 'E'): string {
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits + (point ? '.' : '');
  return `${mantissa}${letter}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** Digits without an exponent; `fraction` adds `.0` to a whole number. */
export function plain({digits, exponent}: Decimal, fraction: boolean): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length > exponent + 1) return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
  return digits.padEnd(exponent + 1, '0') + (fraction ? '.0' : '');
}

/** A non-negative finite number rounded to `places` decimal places: `2.50`. */
export function fixed(size: number, places: number): string {
  const scaled = roundedTimes(size, places).toString();
  if (places === 0) return scaled;
  const padded = scaled.padStart(places + 1, '0');
  return `${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

/** A non-negative finite number rounded to `count` significant digits, at least 1. */
export function significant(size: number, count: number): Decimal {
  if (size === 0) return {digits: '0'.repeat(count), exponent: 0};
  let {exponent} = shortest(size);
  for (;;) {
    const digits = roundedTimes(size, count - 1 - exponent).toString();
    if (digits.length === count) return {digits, exponent};
    exponent += digits.length - count;
  }
}

const view = new DataView(new ArrayBuffer(8));

/** `size * 10 ** places`, rounded to a whole number, ties to even, without error. */
function roundedTimes(size: number, places: number): bigint {
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & 0xfffffffffffffn;
  let numerator = biased === 0 ? fraction : fraction | 0x10000000000000n;
  let denominator = 1n;
  const power = (biased === 0 ? 1 : biased) - 1075;
  if (power >= 0) numerator <<= BigInt(power);
  else denominator <<= BigInt(-power);
  if (places >= 0) numerator *= 10n ** BigInt(places);
  else denominator *= 10n ** BigInt(-places);
  const quotient = numerator / denominator;
  const twice = (numerator - quotient * denominator) * 2n;
  return twice > denominator || (twice === denominator && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

/** Python's `round(value, places)` on a float: to the nearest decimal of so many places, ties to even. */
export function roundFloat(value: number, places: number): number {
  if (!Number.isFinite(value) || value === 0 || places > 323) return value;
  if (places === 0) return roundWhole(value);
  const size = Math.abs(value);
  const scaled = roundedTimes(size, Math.max(places, -309));
  const result = Number(`${scaled}e${-places}`);
  return value < 0 || Object.is(value, -0) ? -result : result;
}

function roundWhole(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5 || (rest === 0.5 && floor % 2 === 0)) return floor;
  return floor === -1 ? -0 : floor + 1;
}
