/**
 * Iterating over any Python value, lazily or all at once.
 */
import {NDArray} from '../ndarray/array.ts';
import {PyError} from '../ndarray/errors.ts';
import {List, Tuple, typeName} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {findSpecial} from './attributes.ts';
import {call} from './calls.ts';
import {DONE, Dict, DictView, PyIterator, PySet, Range} from './containers.ts';
import {PythonException, asPythonException} from './exceptions.ts';
import {NDIter} from './numpy-iterators.ts';
import {Class, Instance, UnknownOperand, Unsupported} from './objects.ts';
import type {Run} from './run.ts';
import {getItem} from './subscripts.ts';
import {exceptionTypes} from './types.ts';

/** An iterator over what `items` holds; items that are added while it runs are seen. */
export function listIterator(items: readonly Value[], name = 'list_iterator'): PyIterator {
  let index = 0;
  return new PyIterator(name, () => (index < items.length ? items[index++] : DONE));
}

function rangeIterator(range: Range): PyIterator {
  let index = 0;
  return new PyIterator('range_iterator', () => (index < range.length ? range.at(index++) : DONE));
}

/** The items of a dictionary view, as they are now. */
export function viewItems(view: DictView): Value[] {
  if (view.part === 'keys') return view.dict.keys();
  if (view.part === 'values') return view.dict.values();
  return view.dict.entries().map((entry) => new Tuple(entry));
}

function dictIterator(dict: Dict, items: readonly Value[], name: string): PyIterator {
  const size = dict.size;
  let index = 0;
  return new PyIterator(name, () => {
    if (dict.size !== size) throw new PyError('RuntimeError', 'dictionary changed size during iteration');
    return index < items.length ? items[index++] : DONE;
  });
}

/** Python's `iter(value)`. TypeError if it is not iterable; UnsupportedError if it is not known. */
export function iterator(run: Run, value: Value): PyIterator {
  if (value instanceof PyIterator) return value;
  const by = run.poisonBy(value);
  if (by !== null) throw new UnknownOperand(by);
  if (value instanceof List) return listIterator(value.items);
  if (value instanceof Tuple) return listIterator(value.items, 'tuple_iterator');
  if (value instanceof Range) return rangeIterator(value);
  if (typeof value === 'string') return listIterator(Array.from(value), 'str_iterator');
  if (value instanceof Dict) return dictIterator(value, value.keys(), 'dict_keyiterator');
  if (value instanceof DictView) return dictIterator(value.dict, viewItems(value), 'dict_iterator');
  if (value instanceof PySet) return listIterator(value.items(), 'set_iterator');
  if (value instanceof NDArray) return arrayIterator(run, value);
  if (value instanceof NDIter) return value.items();
  if (value instanceof Instance) return instanceIterator(run, value);
  throw new PyError('TypeError', `'${typeName(value)}' object is not iterable`);
}

function arrayIterator(run: Run, array: NDArray): PyIterator {
  if (array.ndim === 0) throw new PyError('TypeError', 'iteration over a 0-d array');
  let index = 0;
  return new PyIterator('numpy_iterator', () => (index < array.shape[0] ? getItem(run, array, index++) : DONE));
}

function instanceIterator(run: Run, value: Instance): PyIterator {
  const iter = findSpecial(value, '__iter__');
  if (iter !== undefined) {
    const result = call(run, iter, [value], null);
    return result instanceof Instance ? nextIterator(run, result) : iterator(run, result);
  }
  if (value.native !== undefined) return iterator(run, value.native);
  const get = findSpecial(value, '__getitem__');
  if (get === undefined) {
    if (value.cls.unknownBase !== null) throw new UnknownOperand(value.cls.unknownBase);
    throw new PyError('TypeError', `'${value.typeName}' object is not iterable`);
  }
  let index = 0;
  return new PyIterator('iterator', () => untilRaised(run, 'IndexError', () => call(run, get, [value, index++], null)));
}

/** The iterator that an instance with `__next__` is. */
function nextIterator(run: Run, value: Instance): PyIterator {
  const next = findSpecial(value, '__next__');
  if (next === undefined) throw new PyError('TypeError', `iter() returned non-iterator of type '${value.typeName}'`);
  return new PyIterator('iterator', () => untilRaised(run, 'StopIteration', () => call(run, next, [value], null)));
}

/** What `step` gives, or DONE if it raises an exception of this class. */
function untilRaised(run: Run, type: string, step: () => Value): Value | typeof DONE {
  const {activation, depth} = run;
  try {
    return step();
  } catch (error) {
    const exception = asPythonException(run, error);
    if (exception === null) throw error;
    if (!(exception instanceof PythonException) || !exception.exception.cls.isSubclass(exceptionTypes.get(type)!)) throw exception;
    run.activation = activation;
    run.depth = depth;
    return DONE;
  }
}

/** All items of an iterable. May be the list's own storage: copy before you change it. Charges a step an item. */
export function listOf(run: Run, value: Value): readonly Value[] {
  if ((value instanceof List || value instanceof Tuple) && !run.anyPoison) {
    run.budget.spend(value.items.length);
    return value.items;
  }
  if (value instanceof Class) throw new PyError('TypeError', `'type' object is not iterable`);
  if (value instanceof Unsupported) throw new UnknownOperand(value);
  const items: Value[] = [];
  const {next} = iterator(run, value);
  for (let item = next(); item !== DONE; item = next()) {
    items.push(item);
    run.step();
  }
  return items;
}
