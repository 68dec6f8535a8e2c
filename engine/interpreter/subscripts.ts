/**
 * `object[index]`: reading, writing and deleting items of any Python value.
 */
import {NDArray} from '../ndarray/array.ts';
import {isFloat} from '../ndarray/dtype.ts';
import {PyError} from '../ndarray/errors.ts';
import {getItem as arrayGetItem, setItem as arraySetItem} from '../ndarray/index.ts';
import {Scalar} from '../ndarray/scalar.ts';
import {List, Slice, Tuple, typeName} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {Dict, Range} from './containers.ts';
import {makeException, raised} from './exceptions.ts';
import {listOf} from './iteration.ts';
import {Class, Instance, Unsupported} from './objects.ts';
import {callSpecial, unknownBase} from './operators.ts';
import type {Run} from './run.ts';

/** Python's `object[index]`. An unknown object or index is the result. */
export function getItem(run: Run, object: Value, index: Value): Value {
  if (run.anyPoison || index instanceof Unsupported || object instanceof Unsupported) {
    const by = run.poisonBy(object) ?? run.poisonBy(index);
    if (by !== null) return by;
  }
  if (object instanceof NDArray) return arrayGetItem(run, object, arrayIndex(index));
  if (object instanceof List) return fromItems(object.items, index, 'list', (items) => new List(items));
  if (object instanceof Tuple) return fromItems(object.items, index, 'tuple', (items) => new Tuple(items));
  if (object instanceof Dict) return fromDict(run, object, index);
  if (typeof object === 'string') return fromString(object, index);
  if (object instanceof Range) return fromRange(object, index);
  if (object instanceof Instance) {
    const result = callSpecial(run, object, '__getitem__', index);
    if (result !== undefined) return result;
    if (object.native instanceof Dict && !object.native.has(index)) {
      const missing = callSpecial(run, object, '__missing__', index);
      if (missing !== undefined) return missing;
    }
    if (object.native !== undefined) return getItem(run, object.native, index);
    const unknown = unknownBase(object);
    if (unknown !== null) return unknown;
  }
  if (object instanceof Class) return object;
  if (object instanceof Scalar && !object.weak) throw new PyError('IndexError', 'invalid index to scalar variable.');
  throw new PyError('TypeError', `'${typeName(object)}' object is not subscriptable`);
}

function fromDict(run: Run, dict: Dict, key: Value): Value {
  const value = dict.get(key);
  if (value !== undefined) return value;
  const missing = dict.missing?.(key);
  if (missing !== undefined) return missing;
  throw raised(run, makeException('KeyError', key));
}

/** An index of an array, in which ranges are the lists that they stand for. */
export function arrayIndex(index: Value): Value {
  if (index instanceof Range) return listOfRange(index);
  if (index instanceof Tuple) {
    for (const item of index.items) {
      if (item instanceof Range) return new Tuple(index.items.map((each) => (each instanceof Range ? listOfRange(each) : each)));
    }
  }
  return index;
}

/** A range as a list. */
export function listOfRange(range: Range): List {
  return new List(Array.from({length: range.length}, (_, i) => range.at(i)));
}

/** A whole number used as an index, or null. Raises TypeError for an array of several elements. */
export function indexOf(value: Value): number | null {
  if (value instanceof NDArray) {
    if (value.ndim === 0 && !isFloat(value.dtype)) return value.buffer.data[value.offset];
    throw new PyError('TypeError', 'only integer scalar arrays can be converted to a scalar index');
  }
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  return value instanceof Scalar && (value.dtype.startsWith('int') || value.dtype.startsWith('uint')) ? Math.round(value.value) : null;
}

function fromItems(items: readonly Value[], index: Value, type: string, make: (items: Value[]) => Value): Value {
  const place = typeof index === 'number' ? index : indexOf(index);
  if (place !== null) {
    const item = items[place < 0 ? place + items.length : place] as Value | undefined;
    if (item === undefined) throw new PyError('IndexError', `${type} index out of range`);
    return item;
  }
  if (index instanceof Slice) return make(slicePlaces(index, items.length).map((at) => items[at]));
  throw new PyError('TypeError', `${type} indices must be integers or slices, not ${typeName(index)}`);
}

function fromString(text: string, index: Value): string {
  const characters = Array.from(text);
  const place = indexOf(index);
  if (place !== null) {
    const character = characters[place < 0 ? place + characters.length : place] as string | undefined;
    if (character === undefined) throw new PyError('IndexError', 'string index out of range');
    return character;
  }
  if (index instanceof Slice) return slicePlaces(index, characters.length).map((at) => characters[at]).join('');
  throw new PyError('TypeError', `string indices must be integers, not '${typeName(index)}'`);
}

function fromRange(range: Range, index: Value): Value {
  const place = indexOf(index);
  if (place !== null) {
    const at = place < 0 ? place + range.length : place;
    if (at < 0 || at >= range.length) throw new PyError('IndexError', 'range object index out of range');
    return range.at(at);
  }
  if (!(index instanceof Slice)) throw new PyError('TypeError', `range indices must be integers or slices, not ${typeName(index)}`);
  const {start, stop, step} = resolveSlice(index, range.length);
  return new Range(range.at(start), range.at(stop), range.step * step);
}

/** The bounds of a slice of a sequence. Raises TypeError and ValueError as Python does. */
export function resolveSlice(slice: Slice, length: number): {start: number; stop: number; step: number} {
  const step = slice.step === null ? 1 : boundOf(slice.step);
  if (step === 0) throw new PyError('ValueError', 'slice step cannot be zero');
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? length : length - 1;
  const clip = (value: Value, byDefault: number): number => {
    if (value === null) return byDefault;
    const place = boundOf(value);
    return Math.min(high, Math.max(low, place < 0 ? place + length : place));
  };
  return {start: clip(slice.start, step > 0 ? low : high), stop: clip(slice.stop, step > 0 ? high : low), step};
}

function boundOf(value: Value): number {
  const place = indexOf(value);
  if (place === null) throw new PyError('TypeError', 'slice indices must be integers or None or have an __index__ method');
  return place;
}

/** The places that a slice selects, in order. */
export function slicePlaces(slice: Slice, length: number): number[] {
  const {start, stop, step} = resolveSlice(slice, length);
  const places: number[] = [];
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) places.push(at);
  return places;
}

/** Python's `object[index] = value`. Storing into an unknown object does nothing; at an unknown index it poisons. */
export function setItem(run: Run, object: Value, index: Value, value: Value): void {
  if (object instanceof Unsupported) return;
  if (index instanceof Unsupported) {
    run.poison(object, index);
    return;
  }
  if (object instanceof NDArray) {
    const by = run.poisonBy(value) ?? run.poisonBy(index);
    if (by === null) arraySetItem(run, object, arrayIndex(index), value instanceof Range ? listOfRange(value) : value);
    else run.poison(object, by);
  } else if (object instanceof List) setListItem(run, object, index, value);
  else if (object instanceof Dict) object.set(index, value);
  else if (object instanceof Instance) setInstanceItem(run, object, index, value);
  else throw new PyError('TypeError', `'${typeName(object)}' object does not support item assignment`);
}

function setInstanceItem(run: Run, object: Instance, index: Value, value: Value): void {
  if (callSpecial(run, object, '__setitem__', index, value) !== undefined) return;
  if (object.native !== undefined) setItem(run, object.native, index, value);
  else if (unknownBase(object) === null) throw new PyError('TypeError', `'${object.typeName}' object does not support item assignment`);
}

function setListItem(run: Run, list: List, index: Value, value: Value): void {
  const {items} = list;
  const place = indexOf(index);
  if (place !== null) {
    const at = place < 0 ? place + items.length : place;
    if (at < 0 || at >= items.length) throw new PyError('IndexError', 'list assignment index out of range');
    items[at] = value;
    return;
  }
  if (!(index instanceof Slice)) throw new PyError('TypeError', `list indices must be integers or slices, not ${typeName(index)}`);
  const given = [...listOf(run, value)];
  const {start, stop, step} = resolveSlice(index, items.length);
  if (step === 1) {
    items.splice(start, Math.max(0, stop - start), ...given);
    return;
  }
  const places = slicePlaces(index, items.length);
  if (places.length !== given.length) {
    throw new PyError('ValueError', `attempt to assign sequence of size ${given.length} to extended slice of size ${places.length}`);
  }
  places.forEach((at, i) => { items[at] = given[i]; });
}

/** Python's `del object[index]`. */
export function deleteItem(run: Run, object: Value, index: Value): void {
  if (object instanceof Unsupported || index instanceof Unsupported) return;
  if (object instanceof Dict) {
    if (!object.delete(index)) throw raised(run, makeException('KeyError', index));
  } else if (object instanceof List) {
    const {items} = object;
    const place = indexOf(index);
    if (place !== null) {
      const at = place < 0 ? place + items.length : place;
      if (at < 0 || at >= items.length) throw new PyError('IndexError', 'list assignment index out of range');
      items.splice(at, 1);
    } else if (index instanceof Slice) {
      const places = new Set(slicePlaces(index, items.length));
      items.splice(0, items.length, ...items.filter((_, at) => !places.has(at)));
    } else {
      throw new PyError('TypeError', `list indices must be integers or slices, not ${typeName(index)}`);
    }
  } else if (object instanceof Instance && callSpecial(run, object, '__delitem__', index) !== undefined) {
    return;
  } else if (object instanceof Instance && object.native !== undefined) {
    deleteItem(run, object.native, index);
  } else {
    throw new PyError('TypeError', `'${typeName(object)}' object doesn't support item deletion`);
  }
}
