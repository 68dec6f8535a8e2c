/**
 * `==`, `<`, `in`, `is`: comparing any two Python values. Decisions on differentiable numbers are noted as guards.
 */
import type {CompareOperator} from '../python/ast.ts';
import {NDArray} from '../ndarray/array.ts';
import {asArray} from '../ndarray/cast.ts';
import {compare as arrayCompare} from '../ndarray/compare.ts';
import {isFloat} from '../ndarray/dtype.ts';
import {PyError, UnsupportedError} from '../ndarray/errors.ts';
import {isOperand} from '../ndarray/operands.ts';
import {Scalar} from '../ndarray/scalar.ts';
import {DTypeValue, List, Slice, Tuple, typeName} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {call} from './calls.ts';
import {DONE, Dict, DictView, PySet, Range} from './containers.ts';
import {keyOf} from './hash.ts';
import {iterator, viewItems} from './iteration.ts';
import {BoundMethod, Instance, ModuleValue} from './objects.ts';
import {callSpecial} from './operators.ts';
import {findSpecial} from './attributes.ts';
import type {Run} from './run.ts';
import {truth} from './truth.ts';
import {DTYPE_CLASS_NAMES} from './numpy-module.ts';

type Ordering = '<' | '<=' | '>' | '>=';
type Rich = Ordering | '==' | '!=';

const specials: Readonly<Record<Rich, readonly [string, string]>> = {
  '<': ['__lt__', '__gt__'], '<=': ['__le__', '__ge__'], '>': ['__gt__', '__lt__'], '>=': ['__ge__', '__le__'],
  '==': ['__eq__', '__eq__'], '!=': ['__ne__', '__ne__'],
};

/** `a <operator> b`; an array when one side is one. Unknown operands give themselves. */
export function compare(run: Run, operator: CompareOperator, a: Value, b: Value): Value {
  switch (operator) {
    case 'is': return same(a, b);
    case 'is not': return !same(a, b);
    case 'in': return run.poisonBy(b) ?? contains(run, b, a);
    case 'not in': return run.poisonBy(b) ?? !contains(run, b, a);
    default: return rich(run, operator, a, b);
  }
}

/** Python's `is`: one object, or two equal small constants. */
function same(a: Value, b: Value): boolean {
  if (a === b) return true;
  // Each file has a module of ours of its own: `cuda.get_array_module(x) is np` asks whether both are NumPy.
  if (a instanceof ModuleValue && b instanceof ModuleValue) return a.path === null && b.path === null && a.name === b.name;
  if (a instanceof DTypeValue && b instanceof DTypeValue) return a.name === b.name;
  return a instanceof Scalar && b instanceof Scalar && a.weak === b.weak && a.value === b.value && a.id === b.id && a.id !== 0;
}

function rich(run: Run, operator: Rich, a: Value, b: Value): Value {
  if (a instanceof NDArray || b instanceof NDArray) return onArrays(run, operator, a, b);
  if (isNumber(a) && isNumber(b)) {
    return isNumPy(a) || isNumPy(b) ? arrayCompare(run, operator, a, b) : onNumbers(run, operator, a, b);
  }
  const by = run.poisonBy(a) ?? run.poisonBy(b);
  if (by !== null) return by;
  if (a instanceof Instance || b instanceof Instance) {
    const result = onInstances(run, operator, a, b);
    if (result !== undefined) return result;
  }
  if (operator === '==') return equalObjects(run, a, b);
  if (operator === '!=') return !equalObjects(run, a, b);
  return ordered(run, operator, a, b);
}

function onArrays(run: Run, operator: Rich, a: Value, b: Value): Value {
  const by = run.poisonBy(a) ?? run.poisonBy(b);
  if (by !== null) return by;
  const x = a instanceof List || a instanceof Tuple ? asArray(run, a) : a;
  const y = b instanceof List || b instanceof Tuple ? asArray(run, b) : b;
  if (isOperand(x) && isOperand(y)) return arrayCompare(run, operator, x, y);
  if (a instanceof Instance || b instanceof Instance) {
    const result = onInstances(run, operator, a, b);
    if (result !== undefined) return result;
  }
  if (operator === '==' || operator === '!=') return elsewise(run, a instanceof NDArray ? a : (b as NDArray), operator === '!=');
  throw mismatch(operator, a, b);
}

/** An array compared with something that is no number is unequal in every element. */
function elsewise(run: Run, array: NDArray, value: boolean): Value {
  return arrayCompare(run, value ? '==' : '!=', arrayCompare(run, '==', array, array), true);
}

type PlainNumber = number | bigint | boolean | Scalar;

function isNumber(value: Value): value is PlainNumber {
  return typeof value === 'number' || value instanceof Scalar || typeof value === 'boolean' || typeof value === 'bigint';
}

function isNumPy(value: Value): boolean {
  return value instanceof Scalar && !value.weak;
}

function onNumbers(run: Run, operator: Rich, a: PlainNumber, b: PlainNumber): boolean {
  if (!(a instanceof Scalar) && !(b instanceof Scalar)) return holds(operator, a, b);
  const x = a instanceof Scalar ? a.value : Number(a);
  const y = b instanceof Scalar ? b.value : Number(b);
  const outcome = holds(operator, x, y);
  if (run.guards !== null && (isDifferentiable(a) || isDifferentiable(b))) run.guards.decide(outcome ? 1 : 0, Math.abs(x - y));
  return outcome;
}

function isDifferentiable(value: PlainNumber): boolean {
  return value instanceof Scalar && (value.id !== 0 || isFloat(value.dtype));
}

function holds(operator: Rich, x: number | bigint | boolean | string, y: number | bigint | boolean | string): boolean {
  switch (operator) {
    case '==': return x == y;
    case '!=': return x != y;
    case '<': return x < y;
    case '<=': return x <= y;
    case '>': return x > y;
    case '>=': return x >= y;
  }
}

function onInstances(run: Run, operator: Rich, a: Value, b: Value): Value | undefined {
  const [name, reflected] = specials[operator];
  if (a instanceof Instance) {
    const result = callSpecial(run, a, name, b);
    if (result !== undefined) return result;
  }
  if (b instanceof Instance) {
    const result = callSpecial(run, b, reflected, a);
    if (result !== undefined) return result;
  }
  if (operator === '!=' && a instanceof Instance) {
    const equal = callSpecial(run, a, '__eq__', b);
    if (equal !== undefined) return !truth(run, equal);
  }
  const x = a instanceof Instance ? a.native : a;
  const y = b instanceof Instance ? b.native : b;
  if ((x !== a || y !== b) && x !== undefined && y !== undefined) return rich(run, operator, x, y);
  return undefined;
}

/** `a == b` as a truth value. Raises ValueError for arrays of several elements. */
export function equals(run: Run, a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a === b;
  return truth(run, rich(run, '==', a, b));
}

/** `a < b` as a truth value, for sorting. */
export function less(run: Run, a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  return truth(run, rich(run, '<', a, b));
}

function equalObjects(run: Run, a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a === 'string' || typeof b === 'string') return dtypeText(a) === dtypeText(b);
  if (a instanceof List && b instanceof List) return equalItems(run, a.items, b.items);
  if (a instanceof Tuple && b instanceof Tuple) return equalItems(run, a.items, b.items);
  if (a instanceof Dict && b instanceof Dict) return equalDicts(run, a, b);
  if (a instanceof PySet && b instanceof PySet) return a.size === b.size && a.items().every((item) => b.has(item));
  if (a instanceof DictView && b instanceof DictView) return equalItems(run, viewItems(a), viewItems(b));
  if (a instanceof Range && b instanceof Range) {
    return a.length === b.length && (a.length === 0 || (a.start === b.start && (a.length === 1 || a.step === b.step)));
  }
  if (a instanceof Slice && b instanceof Slice) {
    return equalItems(run, [a.start, a.stop, a.step], [b.start, b.stop, b.step]);
  }
  if (a instanceof BoundMethod && b instanceof BoundMethod) return a.self === b.self && a.callee === b.callee;
  const dtype = dtypeText(a);
  return dtype !== null && dtype === dtypeText(b);
}

/** What a dtype is compared by: `x.dtype == 'float64'`, `x.dtype == float`. */
function dtypeText(value: Value): string | null {
  if (typeof value === 'string') return value;
  if (value instanceof DTypeValue) return value.name;
  return value !== null && typeof value === 'object' && 'name' in value ? (DTYPE_CLASS_NAMES.get(value) ?? null) : null;
}

function equalItems(run: Run, a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i] && !equals(run, a[i], b[i])) return false;
  }
  return true;
}

function equalDicts(run: Run, a: Dict, b: Dict): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a.entries()) {
    const other = b.get(key);
    if (other === undefined || (other !== value && !equals(run, value, other))) return false;
  }
  return true;
}

function ordered(run: Run, operator: Ordering, a: Value, b: Value): boolean {
  if (typeof a === 'string' && typeof b === 'string') return holds(operator, a, b);
  if ((a instanceof List && b instanceof List) || (a instanceof Tuple && b instanceof Tuple)) {
    const [x, y] = [a.items, b.items];
    const shared = Math.min(x.length, y.length);
    for (let i = 0; i < shared; i++) {
      if (!equals(run, x[i], y[i])) return truth(run, rich(run, operator, x[i], y[i]));
    }
    return holds(operator, x.length, y.length);
  }
  if (a instanceof PySet && b instanceof PySet) {
    const [small, large] = operator === '<' || operator === '<=' ? [a, b] : [b, a];
    const inside = small.items().every((item) => large.has(item));
    return inside && (operator === '<=' || operator === '>=' || small.size < large.size);
  }
  throw mismatch(operator, a, b);
}

function mismatch(operator: string, a: Value, b: Value): PyError {
  return new PyError('TypeError', `'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

/** Python's `item in container`. */
export function contains(run: Run, container: Value, item: Value): boolean {
  if (container instanceof Dict) return container.has(item);
  if (container instanceof PySet) return container.has(item);
  if (typeof container === 'string') {
    if (typeof item === 'string') return container.includes(item);
    throw new PyError('TypeError', `'in <string>' requires string as left operand, not ${typeName(item)}`);
  }
  if (container instanceof DictView && container.part === 'keys') return container.dict.has(item);
  if (container instanceof Range) {
    const key = keyOf(item);
    if (typeof key !== 'number') return false;
    const index = (key - container.start) / container.step;
    return Number.isInteger(index) && index >= 0 && index < container.length;
  }
  if (container instanceof NDArray) return truth(run, anyEqual(run, container, item));
  if (container instanceof Instance) {
    const method = findSpecial(container, '__contains__');
    if (method !== undefined) return truth(run, call(run, method, [container, item], null));
    if (container.native !== undefined) return contains(run, container.native, item);
  }
  if (!isIterable(container)) throw new PyError('TypeError', `argument of type '${typeName(container)}' is not iterable`);
  const {next} = iterator(run, container);
  for (let other = next(); other !== DONE; other = next()) {
    run.step();
    if (other === item || equals(run, other, item)) return true;
  }
  return false;
}

function isIterable(value: Value): boolean {
  return value !== null && typeof value === 'object' && !(value instanceof Scalar);
}

function anyEqual(run: Run, array: NDArray, item: Value): Value {
  const result = rich(run, '==', array, item);
  if (result instanceof Scalar) return result.value !== 0;
  if (!(result instanceof NDArray)) throw new UnsupportedError('in on an array');
  for (let i = 0; i < result.buffer.data.length; i++) if (result.buffer.data[i] !== 0) return true;
  return false;
}
