/**
 * `format(value, spec)` on any Python value: what f-strings and `str.format` do with the part after the colon.
 */
import {NDArray} from '../../ndarray/array.ts';
import {isFloat} from '../../ndarray/dtype.ts';
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import {Scalar} from '../../ndarray/scalar.ts';
import {typeName} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {findSpecial} from '../attributes.ts';
import {call} from '../calls.ts';
import {Instance, Unsupported} from '../objects.ts';
import type {Run} from '../run.ts';
import {ascii, repr, str} from './repr.ts';
import {formatFloat, formatInteger, formatString, parseSpec} from './spec.ts';

/** Raises TypeError or ValueError in Python's words; UnsupportedError for a value that is not known. */
export function formatValue(run: Run, value: Value, spec: string): string {
  if (value instanceof Instance) return formatInstance(run, value, spec);
  if (spec === '') return str(run, value);
  if (typeof value === 'string') return formatString(value, parseSpec(spec, 'str'));
  if (typeof value === 'number' || typeof value === 'bigint') return formatInteger(value, parseSpec(spec, 'int'));
  if (typeof value === 'boolean') return formatBool(value, spec);
  if (value instanceof Scalar) return formatScalar(value, spec);
  if (value instanceof NDArray && value.ndim === 0) {
    return formatScalar(new Scalar(value.buffer.data[value.offset], 0, value.dtype, false), spec);
  }
  if (value instanceof Unsupported) throw new UnsupportedError(value.construct);
  throw new PyError('TypeError', `unsupported format string passed to ${typeName(value)}.__format__`);
}

/** What `!r`, `!s` and `!a` make of a value before it is formatted. */
export function convert(run: Run, value: Value, conversion: string | null): Value {
  switch (conversion) {
    case 'r': return repr(run, value);
    case 's': return str(run, value);
    case 'a': return ascii(run, value);
    default: return value;
  }
}

function formatBool(value: boolean, spec: string): string {
  const parsed = parseSpec(spec, 'bool');
  return parsed.type === 's' ? formatString(value ? 'True' : 'False', parsed) : formatInteger(Number(value), parsed);
}

function formatScalar(value: Scalar, spec: string): string {
  if (isFloat(value.dtype)) return formatFloat(value.value, parseSpec(spec, 'float'));
  if (value.dtype === 'bool') return formatString(value.value === 0 ? 'False' : 'True', parseSpec(spec, 'numpy.bool'));
  return formatInteger(Math.round(value.value), parseSpec(spec, 'int'));
}

function formatInstance(run: Run, value: Instance, spec: string): string {
  const method = findSpecial(value, '__format__');
  if (method !== undefined) {
    const text = call(run, method, [value, spec], null);
    if (text instanceof Unsupported) throw new UnsupportedError(text.construct);
    if (typeof text !== 'string') throw new PyError('TypeError', `__format__ must return a str, not ${typeName(text)}`);
    return text;
  }
  if (spec === '') return str(run, value);
  if (value.native !== undefined) return formatValue(run, value.native, spec);
  throw new PyError('TypeError', `unsupported format string passed to ${value.typeName}.__format__`);
}
