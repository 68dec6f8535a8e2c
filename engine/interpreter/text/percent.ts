/**
 * `'W%d' % i`, `'%5.2f %s' % (x, name)`, `'%(lr)g' % options`: formatting by percent.
 */
import {NDArray} from '../../ndarray/array.ts';
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import {isFloat} from '../../ndarray/dtype.ts';
import {Scalar} from '../../ndarray/scalar.ts';
import {List, Tuple, typeName} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {Dict} from '../containers.ts';
import {Instance, Unsupported} from '../objects.ts';
import type {Run} from '../run.ts';
import {getItem} from '../subscripts.ts';
import {ascii, repr, str} from './repr.ts';
import {characterOf, formatFloat, formatInteger, formatString} from './spec.ts';
import type {Spec} from './spec.ts';

const CONVERSION = /%(?:\(([^)]*)\))?([#0\- +]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?(.)?/gsu;

/** Raises TypeError and ValueError in Python's words. */
export function percentFormat(run: Run, template: string, values: Value): string {
  const args = values instanceof Tuple ? values.items : [values];
  const used = {next: 0, byName: false};
  const take = (): Value => {
    if (used.next >= args.length) throw new PyError('TypeError', 'not enough arguments for format string');
    return args[used.next++];
  };
  const star = (): number => {
    const value = take();
    if (typeof value !== 'number') throw new PyError('TypeError', '* wants int');
    return value;
  };
  const text = template.replace(CONVERSION, (whole, ...groups) => {
    const [key, flags, width, precision, letter] = groups as (string | undefined)[];
    if (letter === '%') return '%';
    if (letter === undefined) throw new PyError('ValueError', 'incomplete format');
    let size = width === '*' ? star() : Number(width ?? 0);
    let align: Spec['align'] = flags!.includes('-') || size < 0 ? '<' : '>';
    size = Math.abs(size);
    const places = precision === undefined ? null : precision === '*' ? star() : Number(precision);
    if (!'diouxXeEfFgGcrsa'.includes(letter)) {
      const at = template.indexOf(whole) + whole.length - 1;
      throw new PyError('ValueError', `unsupported format character '${letter}' (0x${letter.charCodeAt(0).toString(16)}) at index ${at}`);
    }
    used.byName ||= key !== undefined;
    const value = key === undefined ? take() : lookup(run, values, key);
    const isText = 'crsa'.includes(letter);
    const zero = flags!.includes('0') && align === '>' && !isText;
    if (zero) align = '=';
    const spec: Spec = {
      fill: zero ? '0' : ' ', align, sign: flags!.includes('+') ? '+' : flags!.includes(' ') ? ' ' : '',
      alternate: flags!.includes('#'), width: size, grouping: '', precision: places, type: letter,
    };
    return isText ? textConversion(run, value, spec) : numberConversion(value, spec);
  });
  if (!used.byName && used.next < args.length && !(values instanceof Dict || values instanceof NDArray || values instanceof List)) {
    throw new PyError('TypeError', 'not all arguments converted during string formatting');
  }
  return text;
}

function lookup(run: Run, values: Value, key: string): Value {
  if (values instanceof Dict || values instanceof Instance) return getItem(run, values, key);
  throw new PyError('TypeError', 'format requires a mapping');
}

function textConversion(run: Run, value: Value, spec: Spec): string {
  const plain: Spec = {...spec, sign: '', alternate: false, type: 's'};
  switch (spec.type) {
    case 'r': return formatString(repr(run, value), plain);
    case 'a': return formatString(ascii(run, value), plain);
    case 'c': return formatString(character(value), {...plain, precision: null});
    default: return formatString(str(run, value), plain);
  }
}

function character(value: Value): string {
  if (typeof value === 'string' && Array.from(value).length === 1) return value;
  const code = numberOf(value);
  if (code === null || (value instanceof Scalar && isFloat(value.dtype))) throw new PyError('TypeError', '%c requires int or char');
  return characterOf(code);
}

function numberConversion(value: Value, spec: Spec): string {
  const letter = spec.type;
  const number = numberOf(value);
  if (value instanceof Unsupported) throw new UnsupportedError(value.construct);
  if ('eEfFgG'.includes(letter)) {
    if (number === null) throw new PyError('TypeError', `must be real number, not ${typeName(value)}`);
    return formatFloat(Number(number), spec);
  }
  if (number === null) {
    const wanted = 'xXo'.includes(letter) ? 'an integer' : 'a real number';
    throw new PyError('TypeError', `%${letter} format: ${wanted} is required, not ${typeName(value)}`);
  }
  if (value instanceof Scalar && isFloat(value.dtype)) {
    if ('xXo'.includes(letter)) throw new PyError('TypeError', `%${letter} format: an integer is required, not float`);
    if (!Number.isFinite(value.value)) {
      throw Number.isNaN(value.value)
        ? new PyError('ValueError', 'cannot convert float NaN to integer')
        : new PyError('OverflowError', 'cannot convert float infinity to integer');
    }
  }
  const whole = typeof number === 'bigint' ? number : Math.trunc(number);
  const type = 'iu'.includes(letter) ? 'd' : letter;
  const digits = formatInteger(whole, {...spec, type, precision: null, width: spec.precision === null ? spec.width : 0});
  if (spec.precision === null) return digits;
  const sign = /^[+\- ]?/u.exec(digits)![0];
  const padded = sign + digits.slice(sign.length).padStart(spec.precision, '0');
  return formatString(padded, {...spec, type: 's', precision: null, sign: '', fill: ' ', align: spec.align === '=' ? '>' : spec.align});
}

/** The number that a value is, or null. A 0-d or one-element array is one too. */
function numberOf(value: Value): number | bigint | null {
  switch (typeof value) {
    case 'number': case 'bigint': return value;
    case 'boolean': return Number(value);
    default: break;
  }
  if (value instanceof Scalar) return isFloat(value.dtype) ? value.value : Math.round(value.value);
  if (value instanceof NDArray && value.ndim === 0) return value.buffer.data[value.offset];
  if (value instanceof Instance && value.native !== undefined) return numberOf(value.native);
  return null;
}
