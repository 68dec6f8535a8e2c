/**
 * One rule per unary operation: its dtype, its value, and its derivative. Knows nothing of arrays.
 */
import {Op} from '../tape/tape.ts';
import type {DType} from './dtype.ts';
import {isFloat} from './dtype.ts';
import {floatFor, noLoop} from './elementwise-rules.ts';
import {PyError} from './errors.ts';
import {erf, erfc} from './special.ts';

/** NumPy's ufunc names, and three of scipy.special. */
export type UnaryName =
  | 'negative' | 'positive' | 'absolute' | 'fabs' | 'sign' | 'exp' | 'exp2' | 'expm1' | 'log' | 'log2' | 'log10' | 'log1p'
  | 'sqrt' | 'cbrt' | 'square' | 'reciprocal' | 'sin' | 'cos' | 'tan' | 'arcsin' | 'arccos' | 'arctan' | 'sinh' | 'cosh'
  | 'tanh' | 'arcsinh' | 'arccosh' | 'arctanh' | 'floor' | 'ceil' | 'trunc' | 'rint' | 'deg2rad' | 'rad2deg' | 'radians'
  | 'degrees' | 'isnan' | 'isfinite' | 'isinf' | 'signbit' | 'invert' | 'logical_not' | 'erf' | 'erfc' | 'expit';

export interface UnaryRule {
  /** The result's dtype, from the operand's. Raises TypeError where NumPy has no loop. */
  readonly dtype: (operand: DType) => DType;
  readonly value: (x: number) => number;
  /** The value for integer operands, where it differs. */
  readonly integer?: (x: number) => number;
  readonly op: Op;
  /** The derivative, where `r` is the result; absent for what has none. */
  readonly by?: (x: number, r: number) => number;
  /** How far a float operand is from a jump or a kink, and what the guards note with it. */
  readonly distance?: (x: number) => number;
  readonly outcome?: (x: number, r: number) => number;
}

function same(dtype: DType): DType {
  return dtype;
}

function boolean(): DType {
  return 'bool';
}

function smallInt(dtype: DType): DType {
  return dtype === 'bool' ? 'int8' : dtype;
}

function noBool(ufunc: string): (dtype: DType) => DType {
  return (dtype) => {
    if (dtype === 'bool') {
      throw new PyError('TypeError', ufunc === 'negative'
        ? 'The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.'
        : `ufunc '${ufunc}' did not contain a loop with signature matching types <class 'numpy.dtypes.BoolDType'> -> None`);
    }
    return dtype;
  };
}

function integral(dtype: DType): DType {
  if (isFloat(dtype)) throw noLoop('invert');
  return dtype;
}

function floating(op: Op, value: (x: number) => number, by: (x: number, r: number) => number): UnaryRule {
  return {dtype: floatFor, value, op, by};
}

function toZero(x: number): number {
  return Math.abs(x);
}

function toWhole(x: number): number {
  return Math.min(x - Math.floor(x), Math.ceil(x) - x);
}

function result(_x: number, r: number): number {
  return r;
}

function rounding(value: (x: number) => number, distance: (x: number) => number = toWhole): UnaryRule {
  return {dtype: same, value, op: Op.Linear, distance, outcome: result};
}

/** To the nearest whole number, halves to even; keeps the sign of zero. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest === 0 || Number.isNaN(rest)) return x;
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
  return rounded === 0 && x < 0 ? -0 : rounded;
}

/** How far `x` is from the middle between two whole numbers, where rounding jumps. */
export function toHalf(x: number): number {
  return Math.abs(x - Math.floor(x) - 0.5);
}

export function expit(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

const radian = Math.PI / 180;
const degree = 180 / Math.PI;
const inDegrees: UnaryRule = floating(Op.Linear, (x) => x * degree, () => degree);
const inRadians: UnaryRule = floating(Op.Linear, (x) => x * radian, () => radian);
const magnitude: Omit<UnaryRule, 'dtype'> = {
  value: Math.abs, op: Op.Abs, by: Math.sign, distance: toZero, outcome: (x) => (x < 0 ? 1 : 0),
};

export const unaryRules: Readonly<Record<UnaryName, UnaryRule>> = {
  negative: {dtype: noBool('negative'), value: (x) => -x, integer: (x) => 0 - x, op: Op.Neg, by: () => -1},
  positive: {dtype: noBool('positive'), value: (x) => x, op: Op.Identity, by: () => 1},
  absolute: {dtype: same, ...magnitude},
  fabs: {dtype: floatFor, ...magnitude},
  sign: {dtype: noBool('sign'), value: Math.sign, op: Op.Linear, distance: toZero, outcome: result},
  exp: floating(Op.Exp, Math.exp, result),
  exp2: floating(Op.Exp, (x) => 2 ** x, (_, r) => r * Math.LN2),
  expm1: floating(Op.Expm1, Math.expm1, (x) => Math.exp(x)),
  log: floating(Op.Log, Math.log, (x) => 1 / x),
  log2: floating(Op.Log, Math.log2, (x) => 1 / (x * Math.LN2)),
  log10: floating(Op.Log, Math.log10, (x) => 1 / (x * Math.LN10)),
  log1p: floating(Op.Log1p, Math.log1p, (x) => 1 / (1 + x)),
  sqrt: floating(Op.Sqrt, Math.sqrt, (_, r) => 0.5 / r),
  cbrt: floating(Op.Pow, Math.cbrt, (_, r) => 1 / (3 * r * r)),
  square: {dtype: smallInt, value: (x) => x * x, op: Op.Pow, by: (x) => 2 * x},
  reciprocal: {
    dtype: smallInt, value: (x) => 1 / x, integer: (x) => (x === 0 ? 0 : Math.trunc(1 / x) + 0), op: Op.Div, by: (_, r) => -r * r,
  },
  sin: floating(Op.Sin, Math.sin, (x) => Math.cos(x)),
  cos: floating(Op.Cos, Math.cos, (x) => -Math.sin(x)),
  tan: floating(Op.Tan, Math.tan, (_, r) => 1 + r * r),
  arcsin: floating(Op.Asin, Math.asin, (x) => 1 / Math.sqrt(1 - x * x)),
  arccos: floating(Op.Acos, Math.acos, (x) => -1 / Math.sqrt(1 - x * x)),
  arctan: floating(Op.Atan, Math.atan, (x) => 1 / (1 + x * x)),
  sinh: floating(Op.Sinh, Math.sinh, (x) => Math.cosh(x)),
  cosh: floating(Op.Cosh, Math.cosh, (x) => Math.sinh(x)),
  tanh: floating(Op.Tanh, Math.tanh, (_, r) => 1 - r * r),
  arcsinh: floating(Op.Asinh, Math.asinh, (x) => 1 / Math.sqrt(x * x + 1)),
  arccosh: floating(Op.Acosh, Math.acosh, (x) => 1 / Math.sqrt(x * x - 1)),
  arctanh: floating(Op.Atanh, Math.atanh, (x) => 1 / (1 - x * x)),
  floor: rounding(Math.floor),
  ceil: rounding(Math.ceil),
  trunc: rounding(Math.trunc),
  rint: {...rounding(roundHalfEven, toHalf), dtype: floatFor},
  deg2rad: inRadians,
  radians: inRadians,
  rad2deg: inDegrees,
  degrees: inDegrees,
  isnan: {dtype: boolean, value: (x) => (Number.isNaN(x) ? 1 : 0), op: Op.Linear},
  isfinite: {dtype: boolean, value: (x) => (Number.isFinite(x) ? 1 : 0), op: Op.Linear},
  isinf: {dtype: boolean, value: (x) => (Math.abs(x) === Infinity ? 1 : 0), op: Op.Linear},
  signbit: {
    dtype: boolean, value: (x) => (x < 0 || Object.is(x, -0) ? 1 : 0), op: Op.Linear, distance: toZero, outcome: result,
  },
  invert: {dtype: integral, value: (x) => -1 - x, op: Op.Linear},
  logical_not: {dtype: boolean, value: (x) => (x === 0 ? 1 : 0), op: Op.Linear, distance: toZero, outcome: result},
  erf: floating(Op.Erf, erf, (x) => 2 / Math.sqrt(Math.PI) * Math.exp(-x * x)),
  erfc: floating(Op.Erf, erfc, (x) => -2 / Math.sqrt(Math.PI) * Math.exp(-x * x)),
  expit: floating(Op.Linear, expit, (_, r) => r * (1 - r)),
};
