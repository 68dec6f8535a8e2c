/**
 * Python's idea of equal keys, as a key of a JavaScript Map: 1, 1.0 and True are one key, tuples are equal by items,
 * every other object is itself. Knows nothing of dictionaries.
 */
import {Scalar} from '../ndarray/scalar.ts';
import {NDArray} from '../ndarray/array.ts';
import {DTypeValue, List, Slice, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {PyError} from '../ndarray/errors.ts';

/** What stands for a key in a JavaScript Map. */
export type Key = string | number | bigint | object | null;

/** Containers say whether they can be keys. */
export interface Unhashable {
  readonly unhashable: boolean;
}

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

/** A number of its own for every object, as Python's `id`. */
export function identityOf(object: object): number {
  let identity = identities.get(object);
  if (identity === undefined) {
    identity = nextIdentity++;
    identities.set(object, identity);
  }
  return identity;
}

/** The canonical key of a value. TypeError for lists, dictionaries, sets and arrays. */
export function keyOf(value: Value): Key {
  switch (typeof value) {
    case 'string': return value.charCodeAt(0) === 0 ? `\0s${value}` : value;
    case 'number': case 'bigint': return value;
    case 'boolean': return value ? 1 : 0;
    default: break;
  }
  if (value === null) return null;
  if (value instanceof Scalar) return (value.dtype.startsWith('float') ? value.value : Math.round(value.value)) + 0;
  if (value instanceof Tuple) return tupleKey(value.items);
  if (value instanceof DTypeValue) return `\0d${value.name}`;
  if (value instanceof List || value instanceof NDArray || value instanceof Slice || ('unhashable' in value && value.unhashable === true)) {
    throw new PyError('TypeError', `unhashable type: '${value instanceof NDArray ? 'numpy.ndarray' : value.typeName}'`);
  }
  return value;
}

function tupleKey(items: readonly Value[]): string {
  let text = '\0t';
  for (const item of items) {
    const key = keyOf(item);
    const part = typeof key === 'string' ? `s${key}` : typeof key === 'object' && key !== null ? `o${identityOf(key)}` : `n${String(key)}`;
    text += `${part.length}:${part}`;
  }
  return text;
}
