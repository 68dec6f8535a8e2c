/**
 * The gamma function and its logarithm, with their derivatives (the digamma function).
 */
import {PyError} from '../../ndarray/errors.ts';
import type {Scalar} from '../../ndarray/scalar.ts';
import {float} from '../../ndarray/scalar.ts';
import type {Value} from '../../ndarray/values.ts';
import {Op} from '../../tape/tape.ts';
import {toFloat} from '../builtins/conversion.ts';
import {asOperation, native} from '../builtins/native.ts';
import type {Builtin} from '../objects.ts';
import type {Run} from '../run.ts';

/** Lanczos's approximation with g = 7 and nine terms. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** The gamma function; NaN at its poles. Whole numbers below 172 are exact factorials as far as a float can hold them. */
function gamma(x: number): number {
  if (Number.isInteger(x)) {
    if (x <= 0) return NaN;
    if (x < 172) {
      let product = 1;
      for (let i = 2; i < x; i++) product *= i;
      return product;
    }
  }
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  if (x > 171.7) return Infinity;
  const shifted = x - 1;
  const base = shifted + 7.5;
  return Math.sqrt(2 * Math.PI) * Math.pow(base, shifted + 0.5) * Math.exp(-base) * lanczosSum(shifted);
}

function lanczosSum(x: number): number {
  let sum = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (x + i);
  return sum;
}

/** log|gamma(x)|; infinite at the poles. */
function logGamma(x: number): number {
  if (Number.isInteger(x) && x <= 0) return Infinity;
  if (x === 1 || x === 2) return 0;
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  const shifted = x - 1;
  const base = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(lanczosSum(shifted));
}

/** The derivative of log gamma. */
function digamma(x: number): number {
  if (x < 0.5) return digamma(1 - x) - Math.PI / Math.tan(Math.PI * x);
  let result = 0;
  let y = x;
  while (y < 10) {
    result -= 1 / y;
    y += 1;
  }
  const square = 1 / (y * y);
  const series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))));
  return result + Math.log(y) - 0.5 / y - series;
}

function recorded(name: string, value: (x: number) => number, slope: (x: number, r: number) => number): Builtin {
  return native(name, 'x, /', (run: Run, [given]: readonly Value[]) => {
    const {value: x, id} = toFloat(run, given) as Scalar;
    const r = value(x);
    if (Number.isNaN(r) && !Number.isNaN(x)) throw new PyError('ValueError', 'math domain error');
    if (r === Infinity && Number.isFinite(x)) throw new PyError(x <= 0 ? 'ValueError' : 'OverflowError', x <= 0 ? 'math domain error' : 'math range error');
    const {tape} = run;
    if (tape === null || id === 0) return float(r);
    return asOperation(run, `math.${name}`, [given], () => float(r, tape.unary(Op.Gamma, id, r, slope(x, r))));
  });
}

export const gammaFunctions: readonly Builtin[] = [
  recorded('gamma', gamma, (x, r) => r * digamma(x)),
  recorded('lgamma', logGamma, (x) => digamma(x)),
];
