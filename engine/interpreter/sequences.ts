/**
 * `+`, `*`, `%`, `|`, `&`, `-`, `^` on strings, lists, tuples, dictionaries and sets.
 */
import type {BinaryOperator} from '../python/ast.ts';
import {PyError} from '../ndarray/errors.ts';
import {Scalar} from '../ndarray/scalar.ts';
import {List, Tuple, typeName} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {Dict, DictView, PySet} from './containers.ts';
import {listOf, viewItems} from './iteration.ts';
import type {Run} from './run.ts';
import {percentFormat} from './text/percent.ts';

/** Elements that one repetition may make. */
const repeatLimit = 50_000_000;

/** The result, or undefined when neither side is such a value. */
export function sequenceBinary(run: Run, operator: BinaryOperator, a: Value, b: Value): Value | undefined {
  switch (operator) {
    case '+': return concatenate(run, a, b);
    case '*': return repeat(run, a, b) ?? repeat(run, b, a);
    case '%': return typeof a === 'string' ? percentFormat(run, a, b) : undefined;
    case '|': case '&': case '-': case '^': return setBinary(operator, a, b);
    default: return undefined;
  }
}

function concatenate(run: Run, a: Value, b: Value): Value | undefined {
  if (typeof a === 'string') {
    if (typeof b === 'string') {
      if (a.length + b.length > repeatLimit) throw new PyError('MemoryError', '');
      return a + b;
    }
    throw new PyError('TypeError', `can only concatenate str (not "${typeName(b)}") to str`);
  }
  if (a instanceof List) {
    if (b instanceof List) {
      run.budget.spend(a.items.length + b.items.length);
      return new List(a.items.concat(b.items));
    }
    throw new PyError('TypeError', `can only concatenate list (not "${typeName(b)}") to list`);
  }
  if (a instanceof Tuple) {
    if (b instanceof Tuple) {
      run.budget.spend(a.items.length + b.items.length);
      return new Tuple(a.items.concat(b.items));
    }
    throw new PyError('TypeError', `can only concatenate tuple (not "${typeName(b)}") to tuple`);
  }
  return undefined;
}

function repeat(run: Run, sequence: Value, times: Value): Value | undefined {
  const isText = typeof sequence === 'string';
  if (!isText && !(sequence instanceof List) && !(sequence instanceof Tuple)) return undefined;
  const count = countOf(times);
  if (count === null) throw new PyError('TypeError', `can't multiply sequence by non-int of type '${typeName(times)}'`);
  const n = Math.max(0, count);
  const length = isText ? sequence.length : sequence.items.length;
  if (n * length > repeatLimit) throw new PyError('MemoryError', '');
  run.budget.spend(n * length);
  if (isText) return sequence.repeat(n);
  const items: Value[] = [];
  for (let i = 0; i < n; i++) for (const item of sequence.items) items.push(item);
  return sequence instanceof List ? new List(items) : new Tuple(items);
}

/** A whole number of Python or NumPy, else null. */
export function countOf(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  return value instanceof Scalar && value.dtype !== 'bool' && !value.dtype.startsWith('float') ? Math.round(value.value) : null;
}

function setBinary(operator: '|' | '&' | '-' | '^', a: Value, b: Value): Value | undefined {
  if (a instanceof Dict && b instanceof Dict && operator === '|') return Dict.of([...a.entries(), ...b.entries()]);
  const x = setOf(a);
  const y = setOf(b);
  if (x === null || y === null) return undefined;
  const frozen = x.typeName === 'frozenset';
  switch (operator) {
    case '|': return new PySet([...x.items(), ...y.items()], frozen);
    case '&': return new PySet(x.items().filter((item) => y.has(item)), frozen);
    case '-': return new PySet(x.items().filter((item) => !y.has(item)), frozen);
    case '^': return new PySet([...x.items().filter((item) => !y.has(item)), ...y.items().filter((item) => !x.has(item))], frozen);
  }
}

function setOf(value: Value): PySet | null {
  if (value instanceof PySet) return value;
  return value instanceof DictView && value.part !== 'values' ? new PySet(viewItems(value)) : null;
}

/** `a <operator>= b` where `a` is changed in place; undefined when it is not. */
export function sequenceInPlace(run: Run, operator: BinaryOperator, a: Value, b: Value): Value | undefined {
  if (a instanceof List) {
    if (operator === '+') {
      for (const item of [...listOf(run, b)]) a.items.push(item);
      return a;
    }
    const product = operator === '*' ? repeat(run, a, b) : undefined;
    if (product instanceof List) {
      a.items.splice(0, a.items.length, ...product.items);
      return a;
    }
  }
  if (a instanceof Dict && b instanceof Dict && operator === '|') {
    for (const [key, value] of b.entries()) a.set(key, value);
    return a;
  }
  if (a instanceof PySet && b instanceof PySet && a.typeName === 'set') {
    const result = sequenceBinary(run, operator, a, b);
    if (result instanceof PySet) {
      a.clear();
      for (const item of result.items()) a.add(item);
      return a;
    }
  }
  return undefined;
}
