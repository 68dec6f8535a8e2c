/**
 * `repr` and `str` of every Python value, as CPython 3.11 and NumPy 2 print them.
 */
import {NDArray} from '../../ndarray/array.ts';
import {fit} from '../../ndarray/dtype.ts';
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import {shortestFloat} from '../../ndarray/print-elements.ts';
import {arrayRepr, arrayStr} from '../../ndarray/print.ts';

import {Scalar} from '../../ndarray/scalar.ts';
import {DTypeValue, ELLIPSIS, List, Slice, Tuple, typeName} from '../../ndarray/values.ts';
import type {PyObject, Value} from '../../ndarray/values.ts';
import {findSpecial} from '../attributes.ts';
import {call} from '../calls.ts';
import {Dict, DictView, PySet, Range} from '../containers.ts';
import {viewItems} from '../iteration.ts';
import {
  BoundMethod, Builtin, Class, ExceptionInstance, Func, Instance, ModuleValue, NOT_IMPLEMENTED, NumpyFunction, Unsupported,
} from '../objects.ts';
import type {Run} from '../run.ts';
import {floatRepr} from './decimal.ts';

/** Objects of our modules that print in a way of their own. */
export interface Printed {
  /** `inner` prints what the object holds. */
  printed(inner: (value: Value) => string): string;
}

/** Python's `repr(value)`. Throws UnsupportedError for a value that is not known. */
export function repr(run: Run, value: Value): string {
  return shown(run, value, []);
}

/** Python's `str(value)`. Throws UnsupportedError for a value that is not known. */
export function str(run: Run, value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Scalar) return scalarText(value);
  if (value instanceof NDArray) return arrayStr(run, value);
  if (value instanceof DTypeValue) return value.name;
  if (value instanceof Instance) return instanceText(run, value, '__str__') ?? plainInstance(run, value);
  return repr(run, value);
}

/** Python's `ascii(value)`. */
export function ascii(run: Run, value: Value): string {
  return repr(run, value).replace(/[^\x20-\x7e]/gu, (character) => {
    const code = character.codePointAt(0)!;
    const [letter, width] = code < 256 ? ['x', 2] as const : code < 65536 ? ['u', 4] as const : ['U', 8] as const;
    return `\\${letter}${code.toString(16).padStart(width, '0')}`;
  });
}

/** `around` are the containers that are being printed, outermost first: one inside itself is `[...]`. */
function shown(run: Run, value: Value, around: readonly Value[]): string {
  switch (typeof value) {
    case 'string': return stringRepr(value);
    case 'boolean': return value ? 'True' : 'False';
    case 'number': case 'bigint': return String(value);
    default: break;
  }
  if (value === null) return 'None';
  if (value instanceof Scalar) return scalarRepr(value);
  if (value instanceof NDArray) return arrayRepr(run, value);
  if (value instanceof Instance) return instanceText(run, value, '__repr__') ?? plainRepr(run, value);
  if (value instanceof Unsupported) throw new UnsupportedError(value.construct);
  run.budget.spend(1);
  if (around.includes(value)) return cycleText(value);
  const inside = [...around, value];
  const inner = (item: Value): string => shown(run, item, inside);
  if ('printed' in value) return (value as unknown as Printed).printed(inner);
  return containerRepr(value, inner) ?? objectRepr(value, inner);
}

function cycleText(value: Value): string {
  if (value instanceof List) return '[...]';
  return value instanceof Tuple ? '(...)' : '{...}';
}

function containerRepr(value: PyObject, inner: (value: Value) => string): string | null {
  if (value instanceof List) return `[${value.items.map(inner).join(', ')}]`;
  if (value instanceof Tuple) return value.items.length === 1 ? `(${inner(value.items[0])},)` : `(${value.items.map(inner).join(', ')})`;
  if (value instanceof Dict) return dictRepr(value, inner);
  if (value instanceof PySet) {
    const items = value.items().map(inner).join(', ');
    if (value.typeName === 'frozenset') return items === '' ? 'frozenset()' : `frozenset({${items}})`;
    return items === '' ? 'set()' : `{${items}}`;
  }
  if (value instanceof DictView) return `${value.typeName}([${viewItems(value).map(inner).join(', ')}])`;
  return null;
}

/** `{'a': 1}`. */
export function dictRepr(dict: Dict, inner: (value: Value) => string): string {
  return `{${dict.entries().map(([key, item]) => `${inner(key)}: ${inner(item)}`).join(', ')}}`;
}

function objectRepr(value: PyObject, inner: (value: Value) => string): string {
  if (value instanceof Range) return value.step === 1 ? `range(${value.start}, ${value.stop})` : `range(${value.start}, ${value.stop}, ${value.step})`;
  if (value instanceof Slice) return `slice(${inner(value.start)}, ${inner(value.stop)}, ${inner(value.step)})`;
  if (value instanceof DTypeValue) return `dtype('${value.name}')`;
  if (value === ELLIPSIS) return 'Ellipsis';
  if (value === NOT_IMPLEMENTED) return 'NotImplemented';
  if (value instanceof Class) return `<class '${value.builtin || value.name.includes('.') ? value.name : `__main__.${value.name}`}'>`;
  if (value instanceof Func) return `<function ${value.code.qualifiedName}>`;
  if (value instanceof Builtin) return `<built-in function ${value.name}>`;
  if (value instanceof NumpyFunction) return `<function ${value.name}>`;
  if (value instanceof BoundMethod) return `<bound method of ${typeName(value.self)} object>`;
  if (value instanceof ModuleValue) return `<module '${value.name}'>`;
  return `<${value.typeName} object>`;
}

/** A Python string literal: single quotes unless only the text has them. */
export function stringRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (character === quote || character === '\\') out += `\\${character}`;
    else if (character === '\n') out += '\\n';
    else if (character === '\r') out += '\\r';
    else if (character === '\t') out += '\\t';
    else if (code < 32 || (code >= 127 && code < 161) || code === 173) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += character;
  }
  return out + quote;
}

function scalarText({value, dtype}: Scalar): string {
  switch (dtype) {
    case 'float64': return floatRepr(value);
    case 'float32': case 'float16': return shortestFloat(value, (number) => fit(dtype, number));
    case 'bool': return value === 0 ? 'False' : 'True';
    default: return wholeText(value);
  }
}

function wholeText(value: number): string {
  const whole = Math.round(value);
  return Number.isSafeInteger(whole) ? String(whole) : Number.isFinite(whole) ? String(BigInt(whole)) : floatRepr(value);
}

function scalarRepr(scalar: Scalar): string {
  const text = scalarText(scalar);
  if (scalar.weak) return text;
  return scalar.dtype === 'bool' ? `np.${text}_` : `np.${scalar.dtype}(${text})`;
}

/** What the class's own `__repr__` or `__str__` gives; null if it has none. */
function instanceText(run: Run, value: Instance, name: '__repr__' | '__str__'): string | null {
  const method = findSpecial(value, name);
  if (method === undefined) return null;
  const text = call(run, method, [value], null);
  if (text instanceof Unsupported) throw new UnsupportedError(text.construct);
  if (typeof text !== 'string') throw new PyError('TypeError', `${name} returned non-string (type ${typeName(text)})`);
  return text;
}

/** `str` of an instance whose class says nothing about `str`. */
function plainInstance(run: Run, value: Instance): string {
  if (value instanceof ExceptionInstance) {
    if (value.args.length === 0) return '';
    if (value.args.length > 1) return repr(run, new Tuple(value.args));
    return value.cls.name === 'KeyError' ? repr(run, value.args[0]) : str(run, value.args[0]);
  }
  return repr(run, value);
}

/** `repr` of an instance whose class says nothing about it. */
function plainRepr(run: Run, value: Instance): string {
  if (value instanceof ExceptionInstance) return `${value.cls.name}(${value.args.map((arg) => repr(run, arg)).join(', ')})`;
  if (value.native !== undefined) return repr(run, value.native);
  return `<${value.cls.builtin ? '' : '__main__.'}${value.cls.name} object>`;
}
