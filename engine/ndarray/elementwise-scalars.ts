/**
 * Binary arithmetic on single numbers without making arrays: NumPy scalars by NumPy's rules, and Python floats (and ints
 * that a script treats as inputs) by Python's, where division by zero raises.
 */
import type {Context} from './context.ts';
import type {DType} from './dtype.ts';
import {isFloat} from './dtype.ts';
import {roundOne} from './cast.ts';
import {binaryRules, floorDivide, remainder, valueFor} from './elementwise-rules.ts';
import type {BinaryName, BinaryRule} from './elementwise-rules.ts';
import {recordBinary} from './elementwise-strips.ts';
import {PyError, UnsupportedError} from './errors.ts';
import {checkPythonInt, commonDType, dtypeOf, idOf, isContinuous, numberOf} from './operands.ts';
import {Scalar} from './scalar.ts';

export type ScalarOperand = Scalar | number | bigint | boolean;

/**
 * `a <operation> b` as Python's operator does it on numbers of which at least one is a Python float, a NumPy scalar, or an
 * int with a tape node. Two Python numbers give a Python number; anything else gives a NumPy scalar.
 * Raises ZeroDivisionError for Python numbers only.
 */
export function scalarBinary(context: Context, operation: BinaryName, a: ScalarOperand, b: ScalarOperand): Scalar {
  if (a instanceof Scalar ? a.weak : true) {
    if (b instanceof Scalar ? b.weak : true) return pythonBinary(context, operation, a, b);
  }
  return numpyBinary(context, operation, a, b);
}

/** `np.<operation>(a, b)` on numbers: always a NumPy scalar. */
export function numpyBinary(context: Context, operation: BinaryName, a: ScalarOperand, b: ScalarOperand): Scalar {
  const rule = binaryRules[operation];
  const common = commonDType(a, b);
  const dtype = rule.dtype(common);
  checkPythonInt(a, common);
  checkPythonInt(b, common);
  let x = numberOf(a);
  let y = numberOf(b);
  if (common === 'float32' && !context.exact) {
    x = Math.fround(x);
    y = Math.fround(y);
  }
  context.budget.spend(1);
  const value = roundOne(context, dtype, directly(operation, x, y) ?? valueFor(rule, dtype)(x, y));
  return finish(context, rule, a, b, x, y, value, dtype, false);
}

function directly(operation: BinaryName, x: number, y: number): number | null {
  switch (operation) {
    case 'add': return x + y;
    case 'subtract': return x - y;
    case 'multiply': return x * y;
    case 'divide': return x / y;
    default: return null;
  }
}

function finish(
  context: Context, rule: BinaryRule, a: ScalarOperand, b: ScalarOperand, x: number, y: number, value: number,
  dtype: DType, weak: boolean,
): Scalar {
  const {tape, guards} = context;
  if (guards !== null && rule.distance !== undefined && (isContinuous(a) || isContinuous(b))) {
    guards.decide(rule.outcome!(x, y, value), rule.distance(x, y, value));
  }
  const id = tape === null ? 0 : recordBinary(tape, rule, idOf(a), idOf(b), x, y, value);
  return new Scalar(value, id, dtype, weak);
}

function pythonBinary(context: Context, operation: BinaryName, a: ScalarOperand, b: ScalarOperand): Scalar {
  const x = numberOf(a);
  const y = numberOf(b);
  const whole = !isFloat(dtypeOf(a)) && !isFloat(dtypeOf(b));
  context.budget.spend(1);
  const value = directly(operation, x, y);
  const rule = binaryRules[operation];
  if (value !== null) {
    if (operation === 'divide' && y === 0) throw zeroDivision(whole ? 'division by zero' : 'float division by zero');
    return finish(context, rule, a, b, x, y, value, whole && operation !== 'divide' ? 'int64' : 'float64', true);
  }
  switch (operation) {
    case 'floor_divide':
      if (y === 0) throw zeroDivision(whole ? 'integer division or modulo by zero' : 'float floor division by zero');
      return finish(context, rule, a, b, x, y, floorDivide(x, y), whole ? 'int64' : 'float64', true);
    case 'remainder':
      if (y === 0) throw zeroDivision(whole ? 'integer modulo by zero' : 'float modulo');
      return finish(context, rule, a, b, x, y, remainder(x, y), whole ? 'int64' : 'float64', true);
    case 'power':
      return finish(context, rule, a, b, x, y, pythonPower(x, y), whole && y >= 0 ? 'int64' : 'float64', true);
    default:
      return finish(context, rule, a, b, x, y, valueFor(rule, whole ? 'int64' : 'float64')(x, y), whole ? 'int64' : 'float64', true);
  }
}

function pythonPower(x: number, y: number): number {
  if (x === 0 && y < 0) throw zeroDivision('0.0 cannot be raised to a negative power');
  if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && !Number.isInteger(y)) throw new UnsupportedError('complex numbers');
  const value = binaryRules.power.value(x, y);
  if (Math.abs(value) === Infinity && Number.isFinite(x) && Number.isFinite(y)) {
    throw new PyError('OverflowError', `(34, 'Numerical result out of range')`);
  }
  return value;
}

function zeroDivision(message: string): PyError {
  return new PyError('ZeroDivisionError', message);
}
