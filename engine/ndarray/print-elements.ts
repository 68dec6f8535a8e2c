/**
 * The elements of an array as words of one width, as NumPy aligns them. Knows nothing of lines and brackets.
 */
import type {DType} from './dtype.ts';
import {fit, isFloat} from './dtype.ts';

const DIGITS = 8;

/** Shortest digits of a float as Python prints it: `0.1`, `1e-05`, `3.0`, `nan`. */
export function shortestFloat(value: number, narrow: (x: number) => number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const text = shortest(value, narrow);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [mantissa, exponent] = scientific(text);
    return `${mantissa}e${exponentText(exponent, 2)}`;
  }
  const plain = positional(text);
  return plain.includes('.') ? plain : `${plain}.0`;
}

/** The fewest digits that read back as the same element, in JavaScript's exponential form: `1.5e-7`. */
function shortest(value: number, narrow: (x: number) => number): string {
  for (let digits = 0; digits < 17; digits++) {
    const text = value.toExponential(digits);
    if (Object.is(narrow(Number(text)), value) || Number(text) === value) return signed(text, value);
  }
  return signed(value.toExponential(16), value);
}

function signed(text: string, value: number): string {
  return Object.is(value, -0) ? `-${text}` : text;
}

/** Mantissa and exponent of JavaScript's exponential form. */
function scientific(text: string): [string, number] {
  const at = text.indexOf('e');
  return [text.slice(0, at), Number(text.slice(at + 1))];
}

function exponentText(exponent: number, width: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(width, '0')}`;
}

/** The digits of an exponential form without an exponent: `0.00015`, `-1200`. */
function positional(text: string): string {
  const [mantissa, exponent] = scientific(text);
  const negative = mantissa.startsWith('-');
  const digits = mantissa.replace(/[-.]/g, '');
  const point = exponent + 1;
  const whole = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const fraction = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  return `${negative ? '-' : ''}${whole}${/[1-9]/.test(fraction) ? `.${fraction}` : ''}`;
}

/** Every value as a word; all words are equally wide, except in a 0-d array. */
export function formatElements(values: readonly number[], dtype: DType, zeroD: boolean): string[] {
  if (isFloat(dtype)) return formatFloats(values, dtype);
  const words = values.map((value) => (dtype === 'bool' ? (value === 0 ? 'False' : 'True') : String(value)));
  const width = zeroD ? 0 : dtype === 'bool' ? 5 : Math.max(0, ...words.map((word) => word.length));
  return words.map((word) => word.padStart(width));
}

function formatFloats(values: readonly number[], dtype: DType): string[] {
  const finite = values.filter((value) => Number.isFinite(value));
  const sizes = finite.filter((value) => value !== 0).map((value) => Math.abs(value));
  const largest = Math.max(...sizes);
  const smallest = Math.min(...sizes);
  const exponential = sizes.length > 0 && (largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000);
  const narrow = (x: number): number => fit(dtype, x);
  const words = exponential ? exponentials(finite, narrow) : plainWords(finite, narrow);
  let width = Math.max(0, ...words.map((word) => word.length));
  const odd = values.filter((value) => !Number.isFinite(value)).map(oddText);
  width = Math.max(width, ...odd.map((word) => word.length));
  let next = 0;
  return values.map((value) => (Number.isFinite(value) ? words[next++] : oddText(value)).padStart(width));
}

function oddText(value: number): string {
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

/** Aligned at the decimal point: `1.  `, `0.25`. */
function plainWords(values: readonly number[], narrow: (x: number) => number): string[] {
  const parts = values.map((value) => {
    const text = positional(shortest(value, narrow));
    const places = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
    const limited = places <= DIGITS ? text : trimmed(value.toFixed(DIGITS));
    const [whole, fraction = ''] = limited.split('.');
    return {whole, fraction};
  });
  const left = Math.max(0, ...parts.map(({whole}) => whole.length));
  const right = Math.max(0, ...parts.map(({fraction}) => fraction.length));
  return parts.map(({whole, fraction}) => `${whole.padStart(left)}.${fraction.padEnd(right)}`);
}

function trimmed(text: string): string {
  return text.replace(/\.?0+$/, '');
}

/** All with the same number of digits: `1.50e-05`. */
function exponentials(values: readonly number[], narrow: (x: number) => number): string[] {
  const places = Math.max(0, ...values.map((value) => {
    const [mantissa] = scientific(limitedScientific(value, narrow));
    return mantissa.includes('.') ? mantissa.length - mantissa.indexOf('.') - 1 : 0;
  }));
  const parts = values.map((value) => scientific(signed(value.toExponential(places), value)));
  const width = Math.max(2, ...parts.map(([, exponent]) => String(Math.abs(exponent)).length));
  return parts.map(([mantissa, exponent]) => `${mantissa}${places === 0 ? '.' : ''}e${exponentText(exponent, width)}`);
}

function limitedScientific(value: number, narrow: (x: number) => number): string {
  const text = shortest(value, narrow);
  const [mantissa, exponent] = scientific(text);
  if (mantissa.replace(/[-.]/g, '').length - 1 <= DIGITS) return text;
  const [rounded] = scientific(value.toExponential(DIGITS));
  return `${trimmed(rounded)}e${exponent}`;
}
