/**
 * Python's arithmetic operators on any two values: ints, floats, arrays, strings, lists, sets and objects with special
 * methods. One number is enough to reach arrays: the array layer decides.
 */
import type {BinaryOperator, UnaryOperator} from '../python/ast.ts';
import {asksForTrueDivision} from '../python/future.ts';
import {NDArray} from '../ndarray/array.ts';
import {asArray} from '../ndarray/cast.ts';
import {binary as arrayBinary, binaryInPlace} from '../ndarray/elementwise.ts';
import type {BinaryName} from '../ndarray/elementwise-rules.ts';
import {scalarBinary} from '../ndarray/elementwise-scalars.ts';
import {PyError} from '../ndarray/errors.ts';
import {isOperand} from '../ndarray/operands.ts';
import type {Operand} from '../ndarray/operands.ts';
import {matmul} from '../ndarray/product.ts';
import {Scalar} from '../ndarray/scalar.ts';
import {scalarUnary, unary as arrayUnary} from '../ndarray/unary.ts';
import {List, Tuple, typeName} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {findSpecial} from './attributes.ts';
import {call} from './calls.ts';
import {sequenceBinary, sequenceInPlace} from './sequences.ts';
import {percentFormat} from './text/percent.ts';
import {intBinary, intUnary} from './integers.ts';
import type {Int} from './integers.ts';
import {Instance, NOT_IMPLEMENTED, Unsupported} from './objects.ts';
import type {Run} from './run.ts';
import {truth} from './truth.ts';

/** NumPy's function and Python's special method of each operator. */
const names: Readonly<Record<BinaryOperator, {readonly array: BinaryName | 'matmul'; readonly special: string}>> = {
  '+': {array: 'add', special: 'add'}, '-': {array: 'subtract', special: 'sub'}, '*': {array: 'multiply', special: 'mul'},
  '/': {array: 'divide', special: 'truediv'}, '//': {array: 'floor_divide', special: 'floordiv'},
  '%': {array: 'remainder', special: 'mod'}, '**': {array: 'power', special: 'pow'}, '@': {array: 'matmul', special: 'matmul'},
  '<<': {array: 'left_shift', special: 'lshift'}, '>>': {array: 'right_shift', special: 'rshift'},
  '&': {array: 'bitwise_and', special: 'and'}, '|': {array: 'bitwise_or', special: 'or'}, '^': {array: 'bitwise_xor', special: 'xor'},
};

/** Whether the array layer computes with these operands, so that an operation is recorded and announced. */
export function isArrayOperation(a: Value, b: Value): boolean {
  return a instanceof NDArray || b instanceof NDArray || a instanceof Scalar || b instanceof Scalar;
}

/** `a <operator> b`. Raises Python's TypeError and ZeroDivisionError and NumPy's errors; an unknown operand is the result. */
export function binary(run: Run, operator: BinaryOperator, a: Value, b: Value): Value {
  if (a instanceof NDArray || b instanceof NDArray) return onArrays(run, operator, a, b);
  if (isOperand(a) && isOperand(b)) return onNumbers(run, operator, a, b);
  const by = run.poisonBy(a) ?? run.poisonBy(b);
  if (by !== null) return by;
  const result = sequenceBinary(run, operator, a, b);
  return result === undefined ? special(run, operator, a, b) : result;
}

function onNumbers(run: Run, operator: BinaryOperator, a: Exclude<Operand, NDArray>, b: Exclude<Operand, NDArray>): Value {
  if (!(a instanceof Scalar) && !(b instanceof Scalar)) {
    if (typeof a === 'boolean' && typeof b === 'boolean') {
      if (operator === '&') return a && b;
      if (operator === '|') return a || b;
      if (operator === '^') return a !== b;
    }
    const result = intBinary(operator, asInt(a), asInt(b), floorsDivision(run));
    if (result !== undefined) return result;
  } else if (operator !== '@') {
    if (isPythonFloat(a) || isPythonFloat(b)) refuseBits(operator, a, b);
    return scalarBinary(run, functionFor(run, operator, a, b), a, b);
  }
  throw mismatch(operator, a, b);
}

function asInt(value: Int | boolean): Int {
  return typeof value === 'boolean' ? Number(value) : value;
}

function isPythonFloat(value: Value): boolean {
  return value instanceof Scalar && value.weak && value.dtype === 'float64';
}

function refuseBits(operator: BinaryOperator, a: Value, b: Value): void {
  if (operator === '&' || operator === '|' || operator === '^' || operator === '<<' || operator === '>>') {
    throw mismatch(operator, a, b);
  }
}

function onArrays(run: Run, operator: BinaryOperator, a: Value, b: Value): Value {
  const by = run.poisonBy(a) ?? run.poisonBy(b);
  if (by !== null) return by;
  if (typeof a === 'string' && operator === '%') return percentFormat(run, a, b);
  if (b instanceof Instance || a instanceof Instance) return special(run, operator, a, b);
  const x = operandOf(run, operator, a, b, a);
  const y = operandOf(run, operator, a, b, b);
  if (operator === '@') return matmul(run, asArray(run, x), asArray(run, y));
  return arrayBinary(run, functionFor(run, operator, x, y), x, y);
}

/** NumPy's function of an operator; / of integers is floored where the text is read as Python 2. */
function functionFor(run: Run, operator: BinaryOperator, a: Operand, b: Operand): BinaryName {
  return operator === '/' && floorsDivision(run) && isWhole(a) && isWhole(b) ? 'floor_divide' : names[operator].array as BinaryName;
}

/** Whether / of integers is floored here: in a text read as Python 2 that does not ask for the other division itself. */
function floorsDivision(run: Run): boolean {
  return run.options.floorDivision && (run.activation === null || !asksForTrueDivision(run.activation.module.body));
}

function isWhole(operand: Operand): boolean {
  return operand instanceof NDArray || operand instanceof Scalar ? operand.dtype.startsWith('int') : true;
}

/** One side of an operation with an array: numbers and arrays as they are, sequences as arrays. */
function operandOf(run: Run, operator: BinaryOperator, a: Value, b: Value, side: Value): Operand {
  if (isOperand(side)) return side;
  if (side instanceof List || side instanceof Tuple) return asArray(run, side);
  throw mismatch(operator, a, b);
}

function mismatch(operator: string, a: Value, b: Value): PyError {
  const shown = operator === '**' ? '** or pow()' : operator;
  return new PyError('TypeError', `unsupported operand type(s) for ${shown}: '${typeName(a)}' and '${typeName(b)}'`);
}

/** `__add__` of the left or `__radd__` of the right operand. */
function special(run: Run, operator: BinaryOperator, a: Value, b: Value): Value {
  const name = names[operator].special;
  if (b instanceof Instance && a instanceof Instance && b.cls !== a.cls && b.cls.isSubclass(a.cls)) {
    const result = callSpecial(run, b, `__r${name}__`, a);
    if (result !== undefined) return result;
  }
  if (a instanceof Instance) {
    const result = callSpecial(run, a, `__${name}__`, b);
    if (result !== undefined) return result;
  }
  if (b instanceof Instance) {
    const result = callSpecial(run, b, `__r${name}__`, a);
    if (result !== undefined) return result;
  }
  const x = a instanceof Instance ? a.native : a;
  const y = b instanceof Instance ? b.native : b;
  if ((x !== a || y !== b) && x !== undefined && y !== undefined) return binary(run, operator, x, y);
  const unknown = unknownBase(a) ?? unknownBase(b);
  if (unknown !== null) return unknown;
  throw mismatch(operator, a, b);
}

/** What an instance of a class with unknown bases gives where it has no method of its own. */
export function unknownBase(value: Value): Unsupported | null {
  return value instanceof Instance ? value.cls.unknownBase : null;
}

/** The result of a special method, or undefined if there is none or it gives NotImplemented. */
export function callSpecial(run: Run, object: Instance, name: string, ...args: readonly Value[]): Value | undefined {
  const method = findSpecial(object, name);
  if (method === undefined) return undefined;
  const result = call(run, method, [object, ...args], null);
  return result === NOT_IMPLEMENTED ? undefined : result;
}


/** `a <operator>= b`: changes arrays, lists and sets in place and gives them back; gives a new value for the others. */
export function binaryInto(run: Run, operator: BinaryOperator, a: Value, b: Value): Value {
  if (a instanceof NDArray) {
    const by = run.poisonBy(a) ?? run.poisonBy(b);
    if (by !== null) return by;
    if (operator === '@' || b instanceof Instance) return binary(run, operator, a, b);
    binaryInPlace(run, names[operator].array as BinaryName, a, operandOf(run, operator, a, b, b));
    return a;
  }
  if (a instanceof Instance) {
    const result = callSpecial(run, a, `__i${names[operator].special}__`, b);
    if (result !== undefined) return result;
  }
  return sequenceInPlace(run, operator, a, b) ?? binary(run, operator, a, b);
}

/** NumPy's function of an augmented operator, or null for `@`. */
export function arrayName(operator: BinaryOperator): BinaryName | null {
  const name = names[operator].array;
  return name === 'matmul' ? null : name;
}

const unaryNames = {'-': ['negative', 'neg'], '+': ['positive', 'pos'], '~': ['invert', 'invert']} as const;

/** `-a`, `+a`, `~a` and `not a`. */
export function unary(run: Run, operator: UnaryOperator, a: Value): Value {
  if (operator === 'not') return !truth(run, a);
  const [array, special] = unaryNames[operator];
  if (a instanceof NDArray) return run.poisonBy(a) ?? arrayUnary(run, array, a);
  if (a instanceof Scalar && !(operator === '~' && isPythonFloat(a))) return scalarUnary(run, array, a);
  if (typeof a === 'number' || typeof a === 'bigint' || typeof a === 'boolean') return intUnary(operator, asInt(a));
  if (a instanceof Unsupported) return a;
  if (a instanceof Instance) {
    const result = callSpecial(run, a, `__${special}__`) ?? (a.native === undefined ? undefined : unary(run, operator, a.native));
    if (result !== undefined) return result;
    if (a.cls.unknownBase !== null) return a.cls.unknownBase;
  }
  throw new PyError('TypeError', `bad operand type for unary ${operator}: '${typeName(a)}'`);
}
