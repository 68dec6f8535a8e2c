/**
 * Python's dict, set and range, and iterators. Lists and tuples are the array layer's.
 * Data only: methods are in builtins/, operators in operators.ts.
 */
import {PyObject} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {keyOf} from './hash.ts';
import type {Key, Unhashable} from './hash.ts';

interface Entry {
  readonly key: Value;
  value: Value;
}

/** Insertion ordered. Every method that takes a key raises TypeError for an unhashable one. */
export class Dict extends PyObject implements Unhashable {
  /** `dict`, or `defaultdict`, `OrderedDict`, `Counter`. */
  readonly typeName: string = 'dict';
  readonly unhashable = true;
  private readonly map = new Map<Key, Entry>();

  static of(entries: Iterable<readonly [Value, Value]>): Dict {
    const dict = new Dict();
    for (const [key, value] of entries) dict.set(key, value);
    return dict;
  }

  get size(): number {
    return this.map.size;
  }

  get(key: Value): Value | undefined {
    return this.map.get(keyOf(key))?.value;
  }

  /** The value of a key that is not there, or undefined (then KeyError). `defaultdict` and `Counter` have it. */
  missing?(key: Value): Value | undefined;

  set(key: Value, value: Value): void {
    const canonical = keyOf(key);
    const entry = this.map.get(canonical);
    if (entry === undefined) this.map.set(canonical, {key, value});
    else entry.value = value;
  }

  has(key: Value): boolean {
    return this.map.has(keyOf(key));
  }

  /** Whether it was there. */
  delete(key: Value): boolean {
    return this.map.delete(keyOf(key));
  }

  clear(): void {
    this.map.clear();
  }

  keys(): Value[] {
    return Array.from(this.map.values(), (entry) => entry.key);
  }

  values(): Value[] {
    return Array.from(this.map.values(), (entry) => entry.value);
  }

  entries(): [Value, Value][] {
    return Array.from(this.map.values(), (entry): [Value, Value] => [entry.key, entry.value]);
  }
}

/** A set or frozenset. */
export class PySet extends PyObject implements Unhashable {
  readonly typeName: 'set' | 'frozenset';
  readonly unhashable: boolean;
  private readonly map = new Map<Key, Value>();

  constructor(items: Iterable<Value> = [], frozen = false) {
    super();
    this.typeName = frozen ? 'frozenset' : 'set';
    this.unhashable = !frozen;
    for (const item of items) this.add(item);
  }

  get size(): number {
    return this.map.size;
  }

  has(item: Value): boolean {
    return this.map.has(keyOf(item));
  }

  add(item: Value): void {
    const key = keyOf(item);
    if (!this.map.has(key)) this.map.set(key, item);
  }

  /** Whether it was there. */
  delete(item: Value): boolean {
    return this.map.delete(keyOf(item));
  }

  clear(): void {
    this.map.clear();
  }

  items(): Value[] {
    return [...this.map.values()];
  }
}

export class Range extends PyObject {
  readonly typeName = 'range';
  readonly length: number;

  constructor(readonly start: number, readonly stop: number, readonly step: number) {
    super();
    this.length = Math.max(0, Math.ceil((stop - start) / step));
  }

  at(index: number): number {
    return this.start + index * this.step;
  }
}

/** What an iterator gives when it has no more. */
export const DONE: unique symbol = Symbol('done');

/** Any Python iterator: `zip(...)`, `enumerate(...)`, a list's iterator, a generator. */
export class PyIterator extends PyObject {
  constructor(
    /** `zip`, `list_iterator`, `generator`. */
    readonly typeName: string,
    readonly next: () => Value | typeof DONE,
  ) {
    super();
  }
}

/** The live view that `d.keys()`, `d.values()` and `d.items()` give. */
export class DictView extends PyObject {
  readonly typeName: string;
  constructor(readonly dict: Dict, readonly part: 'keys' | 'values' | 'items') {
    super();
    this.typeName = `dict_${part}`;
  }
}
