/**
 * Python's ints: JavaScript numbers as long as they are exact, bigints beyond.
 */
import {BudgetExceeded} from '../ndarray/context.ts';
import {PyError} from '../ndarray/errors.ts';
import {float} from '../ndarray/scalar.ts';
import type {Value} from '../ndarray/values.ts';
import type {BinaryOperator} from '../python/ast.ts';

export type Int = number | bigint;

/** Bits of the largest int that is computed. */
const bitLimit = 1_000_000;
/** Products stop earlier: in a loop each one costs as much as its digits, and steps do not count those. */
const largestProduct = 1n << 100_000n;

/** The one representation of a whole number. */
export function normalize(value: bigint): Int {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

/** A float of a whole number that need not be exact in it, for `int(x)` and rounding. */
export function intOfFloat(value: number): Int {
  return Number.isSafeInteger(value) ? value + 0 : normalize(BigInt(value));
}

function zeroDivision(message: string): PyError {
  return new PyError('ZeroDivisionError', message);
}

/** `a <operator> b` on ints; undefined for `@`. */
export function intBinary(operator: BinaryOperator, a: Int, b: Int, floorDivision: boolean): Value | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const quick = smallBinary(operator, a, b);
    if (quick !== undefined) return quick;
  }
  switch (operator) {
    case '/':
      if (b == 0) throw zeroDivision('division by zero');
      return floorDivision ? floorDivide(BigInt(a), BigInt(b)) : float(trueDivide(a, b));
    case '**': return power(a, b);
    case '@': return undefined;
    default: return bigBinary(operator, BigInt(a), BigInt(b));
  }
}

function smallBinary(operator: BinaryOperator, a: number, b: number): number | undefined {
  let result: number;
  switch (operator) {
    case '+': result = a + b; break;
    case '-': result = a - b; break;
    case '*': result = a * b; break;
    case '//':
      if (b === 0) throw zeroDivision('integer division or modulo by zero');
      result = Math.floor(a / b);
      if (Math.abs(a) > 4503599627370496) return undefined;
      break;
    case '%':
      if (b === 0) throw zeroDivision('integer modulo by zero');
      result = a % b;
      if (result !== 0 && result < 0 !== b < 0) result += b;
      break;
    default: return undefined;
  }
  return Number.isSafeInteger(result) ? result + 0 : undefined;
}

function trueDivide(a: Int, b: Int): number {
  if (typeof a === 'number' && typeof b === 'number') return a / b;
  const x = Number(a);
  const y = Number(b);
  if (Number.isFinite(x) && Number.isFinite(y)) return x / y;
  const shift = BigInt(Math.max(0, BigInt(b).toString(2).length - 1000));
  const quotient = Number(BigInt(a) >> shift) / Number(BigInt(b) >> shift);
  if (!Number.isFinite(quotient)) throw new PyError('OverflowError', 'integer division result too large for a float');
  return quotient;
}

function floorDivide(a: bigint, b: bigint): Int {
  if (b === 0n) throw zeroDivision('integer division or modulo by zero');
  const quotient = a / b;
  return normalize(quotient * b !== a && a < 0n !== b < 0n ? quotient - 1n : quotient);
}

function bigBinary(operator: Exclude<BinaryOperator, '/' | '**' | '@'>, a: bigint, b: bigint): Int {
  switch (operator) {
    case '+': return normalize(a + b);
    case '-': return normalize(a - b);
    case '*': return normalize(bounded(a * b));
    case '//': return floorDivide(a, b);
    case '%': {
      if (b === 0n) throw zeroDivision('integer modulo by zero');
      const rest = a % b;
      return normalize(rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest);
    }
    case '<<':
      if (b < 0n) throw new PyError('ValueError', 'negative shift count');
      if (b > bitLimit) throw tooLarge();
      return normalize(a << b);
    case '>>':
      if (b < 0n) throw new PyError('ValueError', 'negative shift count');
      return normalize(a >> (b > bitLimit ? BigInt(bitLimit) : b));
    case '&': return normalize(a & b);
    case '|': return normalize(a | b);
    case '^': return normalize(a ^ b);
  }
}

function power(a: Int, b: Int): Value {
  if (b < 0) {
    if (a == 0) throw zeroDivision('0.0 cannot be raised to a negative power');
    return float(Number(a) ** Number(b));
  }
  const quick = Number(a) ** Number(b);
  if (Number.isSafeInteger(quick)) return quick;
  const base = BigInt(a);
  if (base.toString(2).length * Number(b) > bitLimit) throw tooLarge();
  return normalize(base ** BigInt(b));
}

function bounded(product: bigint): bigint {
  if (product > largestProduct || product < -largestProduct) throw tooLarge();
  return product;
}

function tooLarge(): BudgetExceeded {
  return new BudgetExceeded('bytes', 'an integer of this run has too many digits');
}

/** `-a`, `+a`, `~a` on an int. */
export function intUnary(operator: '-' | '+' | '~', a: Int): Int {
  if (operator === '+') return a;
  if (typeof a === 'number') return operator === '-' ? 0 - a : -1 - a;
  return normalize(operator === '-' ? -a : ~a);
}
