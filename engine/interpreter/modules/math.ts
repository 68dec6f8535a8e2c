/**
 * The module `math`. Its functions take and give Python floats; where they have a derivative the tape keeps it, and what
 * jumps (`floor`, `ceil`, `trunc`) is noted as a guard.
 */
import {Op} from '../../tape/tape.ts';
import type {BinaryName} from '../../ndarray/elementwise-rules.ts';
import {scalarBinary} from '../../ndarray/elementwise-scalars.ts';
import {PyError} from '../../ndarray/errors.ts';
import {isFloat} from '../../ndarray/dtype.ts';
import {NDArray} from '../../ndarray/array.ts';
import {Scalar, float} from '../../ndarray/scalar.ts';
import {scalarUnary} from '../../ndarray/unary.ts';
import type {UnaryName} from '../../ndarray/unary-rules.ts';
import {Tuple, typeName} from '../../ndarray/values.ts';
import type {Value} from '../../ndarray/values.ts';
import {toFloat, toIndex, truncated, wholeNumber} from '../builtins/conversion.ts';
import {asOperation, native, wrongType} from '../builtins/native.ts';
import {operate} from '../builtins/numbers.ts';
import {listOf} from '../iteration.ts';
import {Instance} from '../objects.ts';
import type {Builtin} from '../objects.ts';
import {callSpecial} from '../operators.ts';
import type {Run} from '../run.ts';
import {decide} from '../truth.ts';
import {combinatorics} from './combinatorics.ts';
import {gammaFunctions} from './gamma.ts';

/** A number where `math` asks for one: a Python float with the tape node of what was given. */
function real(run: Run, value: Value): Scalar {
  if (typeof value === 'string' || value === null) throw new PyError('TypeError', `must be real number, not ${typeName(value)}`);
  if (value instanceof NDArray && value.ndim > 0) throw new PyError('TypeError', 'only 0-dimensional arrays can be converted to Python scalars');
  if (typeof value === 'object' && !(value instanceof Scalar || value instanceof NDArray || value instanceof Instance)) {
    throw wrongType(value, `must be real number, not ${typeName(value)}`);
  }
  return toFloat(run, value) as Scalar;
}

/** A result that is infinite or no number although its argument was finite is an error in Python. */
function checked(result: Scalar, ...args: readonly Scalar[]): Scalar {
  if (Number.isFinite(result.value) || args.some(({value}) => Number.isNaN(value))) return result;
  if (Number.isNaN(result.value)) throw new PyError('ValueError', 'math domain error');
  if (args.every(({value}) => Number.isFinite(value))) throw new PyError('OverflowError', 'math range error');
  return result;
}

/** A function of one number that NumPy has too. `pole` tells where Python raises although NumPy gives an infinity. */
function function1(name: string, rule: UnaryName, pole: (x: number) => boolean = () => false): Builtin {
  return native(name, 'x, /', (run, [value]) => {
    const x = real(run, value);
    if (pole(x.value)) throw new PyError('ValueError', 'math domain error');
    return asOperation(run, `math.${name}`, [value], () => checked(scalarUnary(run, rule, x), x));
  });
}

function function2(name: string, rule: BinaryName): Builtin {
  return native(name, 'x, y, /', (run, [first, second]) => {
    const x = real(run, first);
    const y = real(run, second);
    if (rule === 'power' && x.value === 0 && y.value < 0) throw new PyError('ValueError', 'math domain error');
    if (rule === 'power' && x.value < 0 && !Number.isInteger(y.value) && Number.isFinite(y.value)) throw new PyError('ValueError', 'math domain error');
    if (rule === 'fmod' && y.value === 0) throw new PyError('ValueError', 'math domain error');
    return asOperation(run, `math.${name}`, [first, second], () => checked(scalarBinary(run, rule, x, y), x, y));
  });
}

function predicate(name: string, holds: (x: number) => boolean): Builtin {
  return native(name, 'x, /', (run, [value]) => holds(real(run, value).value));
}

/** `floor` and `ceil`: an int; the jump is noted. */
function stair(name: string, step: (x: number) => number, special: string): Builtin {
  return native(name, 'x, /', (run, [value]) => {
    if (typeof value === 'number' || typeof value === 'bigint') return value;
    if (value instanceof Scalar && !isFloat(value.dtype)) return wholeNumber(value.value);
    if (value instanceof Instance) {
      const own = callSpecial(run, value, special);
      if (own !== undefined) return own;
    }
    const x = real(run, value);
    const whole = step(x.value);
    if (!Number.isFinite(whole)) return truncated(run, x);
    decide(run, x, whole, Math.abs(x.value - Math.round(x.value)));
    return wholeNumber(whole);
  });
}

function log(run: Run, args: readonly Value[]): Value {
  const [value, base] = args;
  if ((typeof value === 'number' || typeof value === 'bigint') && value > 0 && base === null && value > Number.MAX_SAFE_INTEGER) {
    const digits = BigInt(value).toString(2).length - 1000;
    if (digits > 0) return float(Math.log(Number(BigInt(value) >> BigInt(digits))) + digits * Math.LN2);
  }
  const x = real(run, value);
  if (x.value <= 0) throw new PyError('ValueError', 'math domain error');
  const numerator = asOperation(run, 'math.log', [value], () => scalarUnary(run, 'log', x));
  return base === null ? numerator : operate(run, '/', numerator, log(run, [base, null]));
}

/** The exact sum of floats, rounded once (Shewchuk's partial sums). */
function exactSum(values: readonly number[]): number {
  const partials: number[] = [];
  for (let x of values) {
    let kept = 0;
    for (let y of partials) {
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y;
      const low = y - (high - x);
      if (low !== 0) partials[kept++] = low;
      x = high;
    }
    partials.length = kept;
    partials.push(x);
  }
  let total = 0;
  for (let i = partials.length - 1; i >= 0; i--) {
    const before = total;
    total += partials[i];
    const lost = partials[i] - (total - before);
    if (lost !== 0) {
      const next = i > 0 ? partials[i - 1] : 0;
      if (next !== 0 && lost < 0 === next < 0 && total + lost * 2 - total === lost * 2) total += lost * 2;
      return total;
    }
  }
  return total;
}

function fsum(run: Run, items: Value): Value {
  const scalars = listOf(run, items).map((item) => real(run, item));
  const value = exactSum(scalars.map((scalar) => scalar.value));
  const {tape} = run;
  if (tape === null || scalars.every(({id}) => id === 0)) return float(value);
  return asOperation(run, 'math.fsum', scalars, () => {
    const start = tape.reserve(scalars.length);
    scalars.forEach(({id}, i) => {
      tape.pool[start + i] = id;
      tape.poolPartial[start + i] = 1;
    });
    return float(value, tape.nary(Op.Sum, start, value));
  });
}

/** The length of a vector: the square root of the sum of squares. */
function length(run: Run, items: readonly Value[]): Value {
  const scalars = items.map((item) => real(run, item));
  if (scalars.length === 1) return asOperation(run, 'math.fabs', items, () => scalarUnary(run, 'absolute', scalars[0]));
  return scalars.slice(1).reduce<Value>((sum, item) =>
    asOperation(run, 'math.hypot', [sum, item], () => scalarBinary(run, 'hypot', sum as Scalar, item)), scalars[0] ?? float(0));
}

function isClose(run: Run, [a, b, relative, absolute]: readonly Value[]): boolean {
  const [x, y] = [real(run, a).value, real(run, b).value];
  if (x === y) return true;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
  const tolerance = Math.max(real(run, relative).value * Math.max(Math.abs(x), Math.abs(y)), real(run, absolute).value);
  return Math.abs(x - y) <= tolerance;
}

function split(run: Run, value: Value): Tuple {
  const {value: x} = real(run, value);
  const whole = Math.trunc(x);
  return new Tuple([float(Number.isFinite(x) ? x - whole : x > 0 ? 0 : -0), float(whole)]);
}

function mantissa(run: Run, value: Value): Tuple {
  const {value: x} = real(run, value);
  if (x === 0 || !Number.isFinite(x)) return new Tuple([float(x), 0]);
  let exponent = Math.max(-1074, Math.floor(Math.log2(Math.abs(x))) + 1);
  let fraction = x / 2 ** exponent;
  while (Math.abs(fraction) >= 1) {
    fraction /= 2;
    exponent++;
  }
  while (Math.abs(fraction) < 0.5) {
    fraction *= 2;
    exponent--;
  }
  return new Tuple([float(fraction), exponent]);
}

const functions: readonly Builtin[] = [
  function1('exp', 'exp'), function1('exp2', 'exp2'), function1('expm1', 'expm1'), function1('sqrt', 'sqrt'), function1('cbrt', 'cbrt'),
  function1('log2', 'log2', (x) => x <= 0), function1('log10', 'log10', (x) => x <= 0), function1('log1p', 'log1p', (x) => x <= -1),
  function1('sin', 'sin'), function1('cos', 'cos'), function1('tan', 'tan'), function1('asin', 'arcsin'), function1('acos', 'arccos'),
  function1('atan', 'arctan'), function1('sinh', 'sinh'), function1('cosh', 'cosh'), function1('tanh', 'tanh'), function1('asinh', 'arcsinh'),
  function1('acosh', 'arccosh'), function1('atanh', 'arctanh', (x) => Math.abs(x) >= 1), function1('fabs', 'absolute'),
  function1('degrees', 'degrees'), function1('radians', 'radians'), function1('erf', 'erf'), function1('erfc', 'erfc'),
  function2('pow', 'power'), function2('atan2', 'arctan2'), function2('copysign', 'copysign'), function2('fmod', 'fmod'),
  native('log', 'x, base=None, /', log),
  native('hypot', '*coordinates', (run, [coordinates]) => length(run, (coordinates as Tuple).items)),
  native('dist', 'p, q, /', (run, [p, q]) => {
    const [from, to] = [listOf(run, p), listOf(run, q)];
    if (from.length !== to.length) throw new PyError('ValueError', 'both points must have the same number of dimensions');
    return length(run, from.map((x, i) => operate(run, '-', real(run, x), real(run, to[i]))));
  }),
  stair('floor', Math.floor, '__floor__'), stair('ceil', Math.ceil, '__ceil__'), stair('trunc', Math.trunc, '__trunc__'),
  predicate('isnan', Number.isNaN), predicate('isinf', (x) => Math.abs(x) === Infinity), predicate('isfinite', Number.isFinite),
  native('isclose', 'a, b, *, rel_tol=1e-09, abs_tol=0.0', isClose),
  native('fsum', 'seq, /', (run, [items]) => fsum(run, items)),
  native('prod', 'iterable, /, *, start=1', (run, [items, start]) =>
    listOf(run, items).reduce<Value>((product, item) => operate(run, '*', product, item), start)),
  native('modf', 'x, /', (run, [value]) => split(run, value)),
  native('frexp', 'x, /', (run, [value]) => mantissa(run, value)),
  native('ldexp', 'x, i, /', (run, [x, i]) => operate(run, '*', real(run, x), float(2 ** toIndex(run, i)))),
  native('ulp', 'x, /', (run, [value]) => {
    const size = Math.abs(real(run, value).value);
    return float(size === 0 ? 5e-324 : 2 ** Math.max(Math.floor(Math.log2(size)) - 52, -1074));
  }),
  native('remainder', 'x, y, /', (run, [x, y]) => {
    const [a, b] = [real(run, x).value, real(run, y).value];
    const quotient = a / b;
    const floor = Math.floor(quotient);
    const nearest = quotient - floor > 0.5 || (quotient - floor === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
    return float(a - nearest * b);
  }),
  ...combinatorics,
  ...gammaFunctions,
];

export const math: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...functions.map((each) => [each.name, each] as const),
  ['pi', float(Math.PI)], ['e', float(Math.E)], ['tau', float(2 * Math.PI)], ['inf', float(Infinity)], ['nan', float(NaN)],
]);
