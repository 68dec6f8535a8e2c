/** Writes made values as Python text, so that NumPy gets the very numbers that the check was run on. */
import {NDArray, elements} from '../../ndarray/array.ts';
import {Scalar} from '../../ndarray/scalar.ts';
import {List, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {Dict} from '../../interpreter/containers.ts';
import {stringRepr} from '../../interpreter/text/repr.ts';
import {floatRepr} from '../../interpreter/text/decimal.ts';

/** Null for what has no text of its own, such as an object or a function. */
export function literal(value: Value): string | null {
  if (value === null) return 'None';
  switch (typeof value) {
    case 'boolean': return value ? 'True' : 'False';
    case 'number': case 'bigint': return String(value);
    case 'string': return stringRepr(value);
    default: break;
  }
  if (value instanceof Scalar) return value.weak ? numberText(value.value, value.dtype) : `np.${value.dtype}(${numberText(value.value, value.dtype)})`;
  if (value instanceof NDArray) return arrayText(elements(value), value.shape, value.dtype);
  if (value instanceof Tuple) return sequence('(', value.items, value.items.length === 1 ? ',)' : ')');
  if (value instanceof List) return sequence('[', value.items, ']');
  if (value instanceof Dict) {
    const entries = value.entries().map(([key, item]) => [literal(key), literal(item)]);
    return entries.some(([key, item]) => key === null || item === null) ? null : `{${entries.map(([key, item]) => `${key!}: ${item!}`).join(', ')}}`;
  }
  return null;
}

export function arrayText(data: ArrayLike<number>, shape: readonly number[], dtype: string): string {
  const numbers = Array.from(data, (number) => numberText(number, dtype)).join(', ');
  const reshaped = shape.length === 1 ? '' : `.reshape(${shape.length === 0 ? '()' : shape.join(', ')})`;
  return `np.array([${numbers}], dtype='${dtype}')${reshaped}`;
}

function numberText(number: number, dtype: string): string {
  if (dtype === 'bool') return number === 0 ? 'False' : 'True';
  if (dtype === 'int64') return String(number);
  if (Number.isFinite(number)) return floatRepr(number);
  return Number.isNaN(number) ? 'np.nan' : number > 0 ? 'np.inf' : '-np.inf';
}

function sequence(open: string, items: readonly Value[], close: string): string | null {
  const texts = items.map(literal);
  return texts.includes(null) ? null : `${open}${texts.join(', ')}${close}`;
}
