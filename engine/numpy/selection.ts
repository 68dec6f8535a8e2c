/**
 * Comparisons, logical operations, `where`, `clip`, rounding, and tests of whole arrays.
 */
import type {NDArray} from '../ndarray/array.ts';
import {compare, logical} from '../ndarray/compare.ts';
import type {CompareName, LogicalName} from '../ndarray/compare.ts';
import {approximately, allTrue} from '../ndarray/closeness.ts';
import {nonzero} from '../ndarray/places.ts';
import {clip, replaceNonFinite, roundTo, where} from '../ndarray/select.ts';
import {sameShape} from '../ndarray/broadcast.ts';
import {PyError} from '../ndarray/errors.ts';
import {Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toArray, toFlag, toFloat, toInt, toOperand, toOut} from './arguments.ts';
import type {NumpyContext, Row} from './row.ts';
import {pairwise} from './ufunc.ts';

function comparison(name: string, operation: CompareName): Row[] {
  return pairwise([`np.${name}`], (context, x1, x2, out, mask) => compare(context, operation, x1, x2, out, mask));
}

function logicalRow(operation: LogicalName): Row[] {
  return pairwise([`np.logical_${operation}`], (context, x1, x2, out, mask) => logical(context, operation, x1, x2, out, mask));
}

function clipped(context: NumpyContext, args: readonly Value[]): Value {
  const [a, lowFirst, highFirst, out, low, high] = args;
  const from = lowFirst ?? low;
  const to = highFirst ?? high;
  return clip(context, toOperand(context, a), from === null ? null : toOperand(context, from),
    to === null ? null : toOperand(context, to), toOut(out));
}

function close(context: NumpyContext, args: readonly Value[]): NDArray {
  const [a, b, relative, absolute, equalNaN] = args;
  return approximately(context, toArray(context, a), toArray(context, b), toFloat(relative), toFloat(absolute), toFlag(equalNaN));
}

/** The rows of this file. */
export const selection: readonly Row[] = [
  ...comparison('less', '<'),
  ...comparison('less_equal', '<='),
  ...comparison('equal', '=='),
  ...comparison('not_equal', '!='),
  ...comparison('greater', '>'),
  ...comparison('greater_equal', '>='),
  ...logicalRow('and'),
  ...logicalRow('or'),
  ...logicalRow('xor'),
  {
    names: ['np.where'],
    signature: 'condition, x=None, y=None, /',
    call: (context, [condition, x, y]) => {
      if (x === null && y === null) return new Tuple(nonzero(context, toArray(context, condition)));
      if (x === null || y === null) throw new PyError('ValueError', 'either both or neither of x and y should be given');
      return where(context, toOperand(context, condition), toOperand(context, x), toOperand(context, y));
    },
    explain: {
      pullback: {x: 'unbroadcast(np.where(condition, g, 0), x)', y: 'unbroadcast(np.where(condition, 0, g), y)'},
      pattern: 'max routes',
      why: 'Each element of the result is one of the two, and only that one feels a change.',
      pitfalls: ['The condition itself has no gradient: a small change of its inputs does not turn it.'],
    },
  },
  {
    names: ['np.clip', 'ndarray.clip'],
    signature: 'a, a_min=None, a_max=None, out=None, *, min=None, max=None',
    call: clipped,
    explain: {
      pullback: {a: 'g * ((a >= a_min) & (a <= a_max))'},
      pattern: 'max routes',
      why: 'Where the input was cut off, the result is the bound and no longer depends on the input.',
      pitfalls: ['The gradient goes through clipped elements too.'],
    },
  },
  {
    names: ['np.round', 'np.around', 'np.round_', 'ndarray.round'],
    signature: 'a, decimals=0, out=None',
    call: (context, [a, decimals, out]) => roundTo(context, toOperand(context, a), toInt(decimals), toOut(out)),
  },
  {
    names: ['np.nan_to_num'],
    signature: 'x, copy=True, nan=0.0, posinf=None, neginf=None',
    call: (context, [x, , nan, high, low]) => replaceNonFinite(context, toArray(context, x), toFloat(nan),
      high === null ? null : toFloat(high), low === null ? null : toFloat(low)),
  },
  {
    names: ['np.isclose'],
    signature: 'a, b, rtol=1e-05, atol=1e-08, equal_nan=False',
    call: (context, args) => {
      const result = close(context, args);
      return result.ndim === 0 ? allTrue(result) : result;
    },
  },
  {
    names: ['np.allclose'],
    signature: 'a, b, rtol=1e-05, atol=1e-08, equal_nan=False',
    call: (context, args) => allTrue(close(context, args)).value !== 0,
  },
  {
    names: ['np.array_equal'],
    signature: 'a1, a2, equal_nan=False',
    call: (context, [a1, a2, equalNaN]) => {
      const a = toArray(context, a1);
      const b = toArray(context, a2);
      return sameShape(a.shape, b.shape) && allTrue(approximately(context, a, b, 0, 0, toFlag(equalNaN))).value !== 0;
    },
  },
];
