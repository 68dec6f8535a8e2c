/**
 * Python's format mini-language: `[[fill]align][sign][#][0][width][grouping][.precision][type]`, for whole numbers,
 * floats and strings. What it is applied to (Python values) is in format.ts.
 */
import {BudgetExceeded} from '../../ndarray/context.ts';
import {PyError} from '../../ndarray/errors.ts';
import {fixed, floatRepr, plain, scientific, significant, special} from './decimal.ts';

export interface Spec {
  readonly fill: string;
  readonly align: '<' | '>' | '^' | '=' | '';
  readonly sign: '+' | '-' | ' ' | '';
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: ',' | '_' | '';
  readonly precision: number | null;
  readonly type: string;
}

const PATTERN = /^(?:(.)?([<>=^]))?([+\- ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?(.)?$/su;

/** The largest width and precision: what asks for more would fill the memory. */
const LARGEST = 100_000;

/** Ends a run that asks for a text too long to keep. */
function tooLong(): BudgetExceeded {
  return new BudgetExceeded('bytes', 'a text of this run is too long');
}

/** Raises ValueError in Python's words for what is no specification. */
export function parseSpec(text: string, typeName: string): Spec {
  const match = PATTERN.exec(text);
  if (match === null) throw new PyError('ValueError', `Invalid format specifier '${text}' for object of type '${typeName}'`);
  const [fill, align, sign, , alternate, zero, width, grouping, precision, type] = match.slice(1) as (string | undefined)[];
  if (Number(width ?? 0) > LARGEST || Number(precision ?? 0) > LARGEST) throw tooLong();
  return {
    fill: fill ?? (zero !== undefined ? '0' : ' '),
    align: (align ?? (zero !== undefined ? '=' : '')) as Spec['align'],
    sign: (sign ?? '') as Spec['sign'],
    alternate: alternate !== undefined,
    width: width === undefined ? 0 : Number(width),
    grouping: (grouping ?? '') as Spec['grouping'],
    precision: precision === undefined ? null : Number(precision),
    type: type ?? '',
  };
}

export function formatString(text: string, spec: Spec): string {
  if (spec.type !== '' && spec.type !== 's') throw unknownCode(spec.type, 'str');
  if (spec.grouping !== '') throw new PyError('ValueError', `Cannot specify '${spec.grouping}' with 's'.`);
  if (spec.sign !== '') throw new PyError('ValueError', `${spec.sign === ' ' ? 'Space' : 'Sign'} not allowed in string format specifier`);
  if (spec.align === '=' && spec.fill !== '0') throw new PyError('ValueError', "'=' alignment not allowed in string format specifier");
  const characters = Array.from(text);
  const cut = spec.precision === null || characters.length <= spec.precision ? text : characters.slice(0, spec.precision).join('');
  return pad(cut, '', spec, '<');
}

export function formatInteger(value: number | bigint, spec: Spec): string {
  const negative = value < 0;
  const size = negative ? -BigInt(value) : BigInt(value);
  const sign = signText(negative, spec);
  switch (spec.type) {
    case '': case 'd': case 'n': return wholeNumber(size.toString(), sign, spec);
    case 'b': return wholeNumber(size.toString(2), sign + (spec.alternate ? '0b' : ''), spec);
    case 'o': return wholeNumber(size.toString(8), sign + (spec.alternate ? '0o' : ''), spec);
    case 'x': return wholeNumber(size.toString(16), sign + (spec.alternate ? '0x' : ''), spec);
    case 'X': return wholeNumber(size.toString(16).toUpperCase(), sign + (spec.alternate ? '0X' : ''), spec);
    case 'c': return pad(characterOf(value), '', spec, '<');
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case '%': return formatFloat(Number(value), spec);
    default: throw unknownCode(spec.type, 'int');
  }
}

/** The character of a code point. Raises OverflowError for what is none. */
export function characterOf(code: number | bigint): string {
  if (code < 0 || code > 0x10ffff) throw new PyError('OverflowError', '%c arg not in range(0x110000)');
  return String.fromCodePoint(Number(code));
}

function wholeNumber(digits: string, prefix: string, spec: Spec): string {
  if (spec.precision !== null) throw new PyError('ValueError', 'Precision not allowed in integer format specifier');
  const group = spec.type === '' || spec.type === 'd' || spec.type === 'n' ? 3 : 4;
  return number(digits, '', prefix, spec, group);
}

export function formatFloat(value: number, spec: Spec): string {
  if ((spec.precision ?? 0) > LARGEST) throw tooLong();
  if (spec.type !== '' && !'eEfFgGn%'.includes(spec.type)) throw unknownCode(spec.type, 'float');
  const negative = value < 0 || Object.is(value, -0);
  const upper = spec.type === 'E' || spec.type === 'F' || spec.type === 'G';
  const size = Math.abs(spec.type === '%' ? value * 100 : value);
  const body = special(size) ?? floatBody(size, spec);
  const suffix = spec.type === '%' ? '%' : '';
  const end = body.search(/[.e]/u);
  const whole = end < 0 || special(size) !== null ? body : body.slice(0, end);
  const text = number(whole, body.slice(whole.length) + suffix, signText(negative, spec), spec, 3);
  return upper ? text.toUpperCase() : text;
}

function floatBody(size: number, {type, precision, alternate}: Spec): string {
  switch (type) {
    case 'f': case 'F': case '%': return fixed(size, precision ?? 6) + (alternate && precision === 0 ? '.' : '');
    case 'e': case 'E': return scientific(significant(size, (precision ?? 6) + 1), alternate, 'e');
    case '': return precision === null ? floatRepr(size) : general(size, Math.max(precision, 1), alternate, true);
    default: return general(size, Math.max(precision ?? 6, 1), alternate, false);
  }
}

/** The `g` format: fixed for moderate exponents, else scientific, without trailing zeros unless `alternate`. */
function general(size: number, precision: number, alternate: boolean, fraction: boolean): string {
  const rounded = significant(size, precision);
  const digits = alternate ? rounded.digits : rounded.digits.replace(/0+$/u, '') || '0';
  const decimal = {digits, exponent: rounded.exponent};
  if (rounded.exponent < -4 || rounded.exponent >= (fraction ? precision - 1 : precision)) return scientific(decimal, alternate, 'e');
  const text = plain(decimal, fraction);
  return alternate && !text.includes('.') ? `${text}.` : text;
}

function signText(negative: boolean, spec: Spec): string {
  if (negative) return '-';
  return spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
}

/** Groups the digits of `whole` and pads: zeros that fill a width are grouped too. */
function number(whole: string, rest: string, prefix: string, spec: Spec, group: number): string {
  if (spec.grouping === '') return pad(whole + rest, prefix, spec, '>');
  let digits = whole;
  if (spec.align === '=' && spec.fill === '0') {
    const room = spec.width - prefix.length - rest.length;
    while (digits.length + Math.floor((digits.length - 1) / group) < room) digits = `0${digits}`;
  }
  const pattern = group === 3 ? /\B(?=(\d{3})+$)/gu : /\B(?=([\da-fA-F]{4})+$)/gu;
  return pad(digits.replace(pattern, spec.grouping) + rest, prefix, spec, '>');
}

function pad(body: string, prefix: string, spec: Spec, byDefault: '<' | '>'): string {
  if (spec.width > LARGEST) throw tooLong();
  const missing = spec.width - Array.from(body).length - prefix.length;
  if (missing <= 0) return prefix + body;
  const align = spec.align === '' ? byDefault : spec.align === '=' && byDefault === '<' ? '<' : spec.align;
  switch (align) {
    case '=': return prefix + spec.fill.repeat(missing) + body;
    case '<': return prefix + body + spec.fill.repeat(missing);
    case '>': return spec.fill.repeat(missing) + prefix + body;
    case '^': return spec.fill.repeat(missing >> 1) + prefix + body + spec.fill.repeat(missing - (missing >> 1));
  }
}

function unknownCode(type: string, typeName: string): PyError {
  return new PyError('ValueError', `Unknown format code '${type}' for object of type '${typeName}'`);
}

