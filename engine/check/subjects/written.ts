/**
 * Values by the way they are written: `dx`, `self.dW`, `grads['W1']`, `self.grads[0]`, and dictionaries with computed keys.
 * Reads attributes, keys and places only; calls nothing.
 */
import {NDArray} from '../../ndarray/array.ts';
import {List, Tuple} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {Dict} from '../../interpreter/containers.ts';
import {Instance} from '../../interpreter/objects.ts';

export type Step = {readonly attribute: string} | {readonly key: string} | {readonly place: number} | {readonly computed: string};

/** A name and the steps from it: `self.grads['W1']` is `self`, attribute grads, key W1. Null for any other expression. */
export interface WrittenPath {
  readonly root: string;
  readonly steps: readonly Step[];
}

const stepPattern = /\s*(?:\.\s*(?<attribute>[A-Za-z_]\w*)|\[\s*(?:(?<quote>['"])(?<key>[^'"\\]*)\k<quote>|(?<place>-?\d+)|(?<computed>[^[\]]+))\s*\])/y;

export function parseWritten(text: string): WrittenPath | null {
  const root = /^\s*[A-Za-z_]\w*/.exec(text);
  if (root === null) return null;
  const steps: Step[] = [];
  stepPattern.lastIndex = root[0].length;
  const end = text.trimEnd().length;
  while (stepPattern.lastIndex < end) {
    const match = stepPattern.exec(text);
    if (match === null) return null;
    const {attribute, key, place, computed} = match.groups as Record<string, string | undefined>;
    if (attribute !== undefined) steps.push({attribute});
    else if (key !== undefined) steps.push({key});
    else if (place !== undefined) steps.push({place: Number(place)});
    else steps.push({computed: computed!});
  }
  return {root: root[0].trim(), steps};
}

/** The attributes that code has given to tensors. */
export type HungOn = WeakMap<NDArray, ReadonlyMap<string, Value>>;

/** One step down from a value, or undefined when there is nothing. A computed key has no single value. */
export function take(value: Value, step: Step, hungOn?: HungOn): Value | undefined {
  if ('attribute' in step) return value instanceof Instance ? value.attributes.get(step.attribute) : value instanceof NDArray ? hungOn?.get(value)?.get(step.attribute) : undefined;
  if ('key' in step) return value instanceof Dict ? value.get(step.key) : undefined;
  if ('place' in step) {
    if (value instanceof List || value instanceof Tuple) return value.items.at(step.place);
    if (value instanceof Dict) return value.get(step.place);
  }
  return undefined;
}

/** The value at the end of `steps`, or undefined. */
export function follow(value: Value | undefined, steps: readonly Step[], hungOn?: HungOn): Value | undefined {
  for (const step of steps) {
    if (value === undefined) return undefined;
    value = take(value, step, hungOn);
  }
  return value;
}

/** A value inside a container with the text that leads to it from `prefix`. */
export interface Reached {
  readonly name: string;
  readonly value: Value;
}

/** The numeric values inside dictionaries, lists and tuples, as a student would write them: `params['W1']`, `weights[0]`. */
export function parts(prefix: string, value: Value, depth = 3): Reached[] {
  if (depth === 0) return [];
  if (value instanceof Dict) {
    return value.entries().flatMap(([key, item]) =>
      typeof key === 'string' || typeof key === 'number' ? parts(`${prefix}[${typeof key === 'string' ? `'${key}'` : key}]`, item, depth - 1) : []);
  }
  if ((value instanceof List || value instanceof Tuple) && value.items.some((item) => item instanceof NDArray || item instanceof Dict || item instanceof List)) {
    return value.items.flatMap((item, place) => parts(`${prefix}[${place}]`, item, depth - 1));
  }
  return [{name: prefix, value}];
}
