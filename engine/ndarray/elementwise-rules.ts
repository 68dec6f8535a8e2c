/**
 * One rule per binary operation: its dtype, its value on two numbers, and its partial derivatives.
 * Knows nothing of arrays; the loops that use the rules are in elementwise.ts.
 */
import {Op} from '../tape/tape.ts';
import type {DType} from './dtype.ts';
import {isFloat, kindOf} from './dtype.ts';
import {PyError} from './errors.ts';

/** NumPy's ufunc names. */
export type BinaryName =
  | 'add' | 'subtract' | 'multiply' | 'divide' | 'floor_divide' | 'remainder' | 'fmod' | 'power' | 'float_power'
  | 'maximum' | 'minimum' | 'fmax' | 'fmin' | 'arctan2' | 'hypot' | 'logaddexp' | 'logaddexp2' | 'copysign'
  | 'heaviside' | 'nextafter' | 'bitwise_and' | 'bitwise_or' | 'bitwise_xor' | 'left_shift' | 'right_shift' | 'gcd' | 'lcm';

export interface BinaryRule {
  /** The result's dtype, from the dtype in which the operands meet. Raises TypeError where NumPy has no loop. */
  readonly dtype: (common: DType) => DType;
  readonly value: (x: number, y: number) => number;
  /** The value when the result is of an integer dtype, where it differs. */
  readonly integer?: (x: number, y: number) => number;
  /** What the tape calls it; `Linear` stands for any function that has no name of its own there. */
  readonly op: Op;
  /** The partial derivatives by `x` and `y`, where `r` is the result; absent for what has none. */
  readonly byX?: (x: number, y: number, r: number) => number;
  readonly byY?: (x: number, y: number, r: number) => number;
  /** The result is one of the operands: is it the first? */
  readonly first?: (x: number, y: number) => boolean;
  /** How far a float result is from changing by a jump or a kink, for the guards. */
  readonly distance?: (x: number, y: number, r: number) => number;
  /** What the guards note with that distance. */
  readonly outcome?: (x: number, y: number, r: number) => number;
}

function same(common: DType): DType {
  return common;
}

function smallInt(common: DType): DType {
  return common === 'bool' ? 'int8' : common;
}

/** exp, hypot and the like: small integers become small floats. */
export function floatFor(common: DType): DType {
  switch (common) {
    case 'bool': case 'int8': case 'uint8': case 'float16': return 'float16';
    case 'int16': case 'uint16': case 'float32': return 'float32';
    default: return 'float64';
  }
}

function quotient(common: DType): DType {
  return isFloat(common) ? common : 'float64';
}

/** NumPy's TypeError when a ufunc has no loop for the dtypes. */
export function noLoop(ufunc: string): PyError {
  return new PyError('TypeError', `ufunc '${ufunc}' not supported for the input types, and the inputs could not be safely ` +
    `coerced to any supported types according to the casting rule ''safe''`);
}

function integral(ufunc: string, forBool: (common: DType) => DType): (common: DType) => DType {
  return (common) => {
    if (isFloat(common)) throw noLoop(ufunc);
    return forBool(common);
  };
}

function notBool(ufunc: string): (common: DType) => DType {
  return (common) => {
    if (common === 'bool') {
      throw new PyError('TypeError', `ufunc '${ufunc}' did not contain a loop with signature matching types ` +
        `(<class 'numpy.dtypes.BoolDType'>, <class 'numpy.dtypes.BoolDType'>) -> None`);
    }
    if (isFloat(common)) throw noLoop(ufunc);
    return common;
  };
}

function subtractable(common: DType): DType {
  if (common === 'bool') {
    throw new PyError('TypeError', 'numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, ' +
      'the `^` operator, or the logical_xor function instead.');
  }
  return common;
}

/** Python's and NumPy's remainder: its sign is the divisor's. */
export function remainder(x: number, y: number): number {
  if (y === 0) return NaN;
  const rest = x % y;
  if (rest === 0) return y < 0 ? -0 : 0;
  return (y < 0) === (rest < 0) ? rest : rest + y;
}

/** Python's and NumPy's floor division of floats. */
export function floorDivide(x: number, y: number): number {
  if (y === 0) return x / y;
  let rest = x % y;
  let whole = (x - rest) / y;
  if (rest !== 0 && (y < 0) !== (rest < 0)) {
    rest += y;
    whole -= 1;
  }
  if (whole === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
  const floor = Math.floor(whole);
  return whole - floor > 0.5 ? floor + 1 : floor;
}

export function hypot(x: number, y: number): number {
  if (Math.abs(x) === Infinity || Math.abs(y) === Infinity) return Infinity;
  const large = Math.max(Math.abs(x), Math.abs(y));
  if (large === 0 || Number.isNaN(large)) return large;
  const small = Math.min(Math.abs(x), Math.abs(y)) / large;
  return large * Math.sqrt(1 + small * small);
}

export function logaddexp(x: number, y: number): number {
  if (x === y) return x + Math.LN2;
  const gap = x - y;
  if (gap > 0) return x + Math.log1p(Math.exp(-gap));
  return gap <= 0 ? y + Math.log1p(Math.exp(gap)) : gap;
}

function logaddexp2(x: number, y: number): number {
  if (x === y) return x + 1;
  const gap = x - y;
  if (gap > 0) return x + Math.log1p(2 ** -gap) * Math.LOG2E;
  return gap <= 0 ? y + Math.log1p(2 ** gap) * Math.LOG2E : gap;
}

function power(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x === -1 && Math.abs(y) === Infinity) return 1;
  return y === 2 ? x * x : x ** y;
}

function integerPower(x: number, y: number): number {
  if (y < 0) throw new PyError('ValueError', 'Integers to negative integer powers are not allowed.');
  return x ** y;
}

function bits(operation: (x: bigint, y: bigint) => bigint, small: (x: number, y: number) => number) {
  return (x: number, y: number): number =>
    (x | 0) === x && (y | 0) === y ? small(x, y) : Number(operation(BigInt(x), BigInt(y)));
}

function gcd(x: number, y: number): number {
  let a = Math.abs(x);
  let b = Math.abs(y);
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

const view = new DataView(new ArrayBuffer(8));

/** The next float64 after `x` towards `y`. */
function nextAfter(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  if (x === y) return y;
  if (x === 0) return y > 0 ? Number.MIN_VALUE : -Number.MIN_VALUE;
  view.setFloat64(0, x);
  const bitsOfX = view.getBigInt64(0);
  view.setBigInt64(0, (y > x) === (x > 0) ? bitsOfX + 1n : bitsOfX - 1n);
  return view.getFloat64(0);
}

function gap(x: number, y: number): number {
  return Math.abs(x - y);
}

/** How far `x / y` is from a whole number, in units of x. */
function distanceToWhole(x: number, y: number): number {
  const ratio = x / y;
  return Math.abs(ratio - Math.round(ratio)) * Math.abs(y);
}

function winner(first: (x: number, y: number) => boolean): Omit<BinaryRule, 'dtype' | 'value'> {
  return {op: Op.Identity, first, distance: gap, outcome: (x, y) => (first(x, y) ? 1 : 0)};
}

const takesLarger = (x: number, y: number): boolean => x >= y || Number.isNaN(x);
const takesSmaller = (x: number, y: number): boolean => x <= y || Number.isNaN(x);
const takesLargerNumber = (x: number, y: number): boolean => x >= y || Number.isNaN(y);
const takesSmallerNumber = (x: number, y: number): boolean => x <= y || Number.isNaN(y);

export const binaryRules: Readonly<Record<BinaryName, BinaryRule>> = {
  add: {dtype: same, value: (x, y) => x + y, op: Op.Add, byX: () => 1, byY: () => 1},
  subtract: {dtype: subtractable, value: (x, y) => x - y, op: Op.Sub, byX: () => 1, byY: () => -1},
  multiply: {dtype: same, value: (x, y) => x * y, integer: (x, y) => x * y + 0, op: Op.Mul, byX: (_, y) => y, byY: (x) => x},
  divide: {dtype: quotient, value: (x, y) => x / y, op: Op.Div, byX: (_, y) => 1 / y, byY: (_, y, r) => -r / y},
  floor_divide: {
    dtype: smallInt, value: floorDivide, integer: (x, y) => (y === 0 ? 0 : Math.floor(x / y) + 0), op: Op.Linear,
    distance: distanceToWhole, outcome: (_x, _y, r) => r,
  },
  remainder: {
    dtype: smallInt, value: remainder, integer: (x, y) => (y === 0 ? 0 : remainder(x, y) + 0), op: Op.Linear,
    byX: () => 1, byY: (x, y) => -floorDivide(x, y), distance: distanceToWhole, outcome: (x, y) => floorDivide(x, y),
  },
  fmod: {
    dtype: smallInt, value: (x, y) => x % y, integer: (x, y) => (y === 0 ? 0 : (x % y) + 0), op: Op.Linear,
    byX: () => 1, byY: (x, y) => -Math.trunc(x / y), distance: distanceToWhole, outcome: (x, y) => Math.trunc(x / y),
  },
  power: {
    dtype: smallInt, value: power, integer: integerPower, op: Op.Pow,
    byX: (x, y) => (y === 0 ? 0 : y === 2 ? 2 * x : y * x ** (y - 1)),
    byY: (x, y, r) => (x === 0 && y > 0 ? 0 : r * Math.log(x)),
  },
  float_power: {
    dtype: () => 'float64', value: power, op: Op.Pow,
    byX: (x, y) => (y === 0 ? 0 : y * x ** (y - 1)),
    byY: (x, y, r) => (x === 0 && y > 0 ? 0 : r * Math.log(x)),
  },
  maximum: {dtype: same, value: (x, y) => (takesLarger(x, y) ? x : y), ...winner(takesLarger)},
  minimum: {dtype: same, value: (x, y) => (takesSmaller(x, y) ? x : y), ...winner(takesSmaller)},
  fmax: {dtype: same, value: (x, y) => (takesLargerNumber(x, y) ? x : y), ...winner(takesLargerNumber)},
  fmin: {dtype: same, value: (x, y) => (takesSmallerNumber(x, y) ? x : y), ...winner(takesSmallerNumber)},
  arctan2: {
    dtype: floatFor, value: Math.atan2, op: Op.Atan2,
    byX: (x, y) => y / (x * x + y * y), byY: (x, y) => -x / (x * x + y * y),
  },
  hypot: {dtype: floatFor, value: hypot, op: Op.Hypot, byX: (x, _, r) => x / r, byY: (_, y, r) => y / r},
  logaddexp: {
    dtype: floatFor, value: logaddexp, op: Op.Linear,
    byX: (x, _, r) => Math.exp(x - r), byY: (_, y, r) => Math.exp(y - r),
  },
  logaddexp2: {
    dtype: floatFor, value: logaddexp2, op: Op.Linear,
    byX: (x, _, r) => 2 ** (x - r), byY: (_, y, r) => 2 ** (y - r),
  },
  copysign: {
    dtype: floatFor, value: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)), op: Op.Linear,
    byX: (x, _, r) => (x === 0 ? 0 : r / x), distance: (x, y) => Math.min(Math.abs(x), Math.abs(y)),
    outcome: (x, y) => (x < 0 ? 1 : 0) + (y < 0 ? 2 : 0),
  },
  heaviside: {
    dtype: floatFor, value: (x, y) => (x < 0 ? 0 : x > 0 ? 1 : x === 0 ? y : NaN), op: Op.Linear,
    byY: (x) => (x === 0 ? 1 : 0), distance: (x) => Math.abs(x), outcome: (x) => Math.sign(x),
  },
  nextafter: {dtype: floatFor, value: nextAfter, op: Op.Linear, byX: () => 1},
  bitwise_and: {dtype: integral('bitwise_and', same), value: bits((x, y) => x & y, (x, y) => x & y), op: Op.Linear},
  bitwise_or: {dtype: integral('bitwise_or', same), value: bits((x, y) => x | y, (x, y) => x | y), op: Op.Linear},
  bitwise_xor: {dtype: integral('bitwise_xor', same), value: bits((x, y) => x ^ y, (x, y) => x ^ y), op: Op.Linear},
  left_shift: {dtype: integral('left_shift', smallInt), value: (x, y) => (y >= 64 ? 0 : x * 2 ** y), op: Op.Linear},
  right_shift: {dtype: integral('right_shift', smallInt), value: (x, y) => Math.floor(x / 2 ** y), op: Op.Linear},
  gcd: {dtype: notBool('gcd'), value: gcd, op: Op.Linear},
  lcm: {dtype: notBool('lcm'), value: (x, y) => (x === 0 || y === 0 ? 0 : Math.abs(x * y) / gcd(x, y)), op: Op.Linear},
};

/** The value function for a result dtype. */
export function valueFor(rule: BinaryRule, dtype: DType): (x: number, y: number) => number {
  return rule.integer !== undefined && kindOf(dtype) !== 'float' ? rule.integer : rule.value;
}
