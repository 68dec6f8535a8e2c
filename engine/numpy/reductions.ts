/**
 * Sums, means, extremes and the like over axes, running sums, and the `reduce` and `accumulate` of ufuncs.
 */
import {NDArray} from '../ndarray/array.ts';
import {scalarIfZeroD, writeOut} from '../ndarray/cast.ts';
import {binary} from '../ndarray/elementwise.ts';
import {PyError} from '../ndarray/errors.ts';
import {broadcastShapes, broadcastStrides, sameShape} from '../ndarray/broadcast.ts';
import {viewOf} from '../ndarray/array.ts';
import {dtypeOf, operandArray} from '../ndarray/operands.ts';
import type {Operand} from '../ndarray/operands.ts';
import {reduce} from '../ndarray/reduce.ts';
import type {ReduceName, ReduceOptions} from '../ndarray/reduce.ts';
import {scan} from '../ndarray/reduce-scan.ts';
import type {ScanName} from '../ndarray/reduce-scan.ts';
import {unary} from '../ndarray/unary.ts';
import {Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toArray, toAxes, toAxis, toDType, toFlag, toFloat, toInitial, toMask, toOperand, toOut} from './arguments.ts';
import type {Explanation, NumpyContext, Row} from './row.ts';

const SUM = 'a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True';
const EXTREME = 'a, axis=None, out=None, keepdims=False, initial=None, where=True';
const MEAN = 'a, axis=None, dtype=None, out=None, keepdims=False, *, where=True';
const SPREAD = 'a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=None';
const TRUTH = 'a, axis=None, out=None, keepdims=False, *, where=True';
const PLACE = 'a, axis=None, out=None, *, keepdims=False';

/** Broadcasts a result back over the axes that were reduced, as pullback texts write it. */
const back = (value: string): string => `(${value} if keepdims or axis is None else np.expand_dims(${value}, axis))`;

interface Family {
  readonly names: readonly string[];
  readonly signature: string;
  readonly kind: ReduceName;
  /** The reduction's options from the arguments. */
  readonly options: (context: NumpyContext, args: readonly Value[]) => ReduceOptions;
  readonly explain?: Explanation;
}

function reduction({names, signature, kind, options, explain}: Family): Row {
  const row: Row = {
    names, signature,
    call: (context, args) => reduce(context, kind, toOperand(context, args[0]), options(context, args)),
  };
  return explain === undefined ? row : {...row, explain};
}

function sumOptions(context: NumpyContext, [, axis, dtype, out, keepdims, initial, where]: readonly Value[]): ReduceOptions {
  return {
    axis: toAxes(axis), dtype: toDType(dtype), out: toOut(out), keepdims: toFlag(keepdims), initial: toInitial(initial),
    where: toMask(context, where),
  };
}

function extremeOptions(context: NumpyContext, [a, axis, out, keepdims, initial, where]: readonly Value[]): ReduceOptions {
  return sumOptions(context, [a, axis, null, out, keepdims, initial, where]);
}

function meanOptions(context: NumpyContext, [a, axis, dtype, out, keepdims, where]: readonly Value[]): ReduceOptions {
  return sumOptions(context, [a, axis, dtype, out, keepdims, null, where]);
}

function spreadOptions(context: NumpyContext, [a, axis, dtype, out, ddof, keepdims, where, , correction]: readonly Value[]): ReduceOptions {
  return {...meanOptions(context, [a, axis, dtype, out, keepdims, where]), ddof: toFloat(correction ?? ddof)};
}

function truthOptions(context: NumpyContext, [a, axis, out, keepdims, where]: readonly Value[]): ReduceOptions {
  return sumOptions(context, [a, axis, null, out, keepdims, null, where]);
}

function placeOptions(_context: NumpyContext, [, axis, out, keepdims]: readonly Value[]): ReduceOptions {
  return {axis: toAxis(axis), out: toOut(out), keepdims: toFlag(keepdims)};
}

const extremeTold = (which: string): Explanation => ({
  pullback: {a: `${back('g')} * (a == ${back('out')})`},
  pattern: 'max routes',
  why: `Only the ${which} element is seen in the result, so it takes the whole upstream gradient.`,
  pitfalls: ['At a tie this mask lets the gradient through twice.', 'The mask is taken along the wrong axis.'],
});

const plain: readonly Row[] = [
  reduction({
    names: ['np.sum', 'ndarray.sum'], signature: SUM, kind: 'sum', options: sumOptions,
    explain: {
      pullback: {a: `np.ones_like(a) * ${back('g')}`},
      pattern: 'add distributes',
      why: 'Every element enters the sum once, so every element receives the upstream gradient of its sum.',
      pitfalls: ['The summed axis is not put back before the gradient is broadcast.', 'The gradient is summed once more in place of repeated.'],
    },
  }),
  reduction({
    names: ['np.mean', 'ndarray.mean'], signature: MEAN, kind: 'mean', options: meanOptions,
    explain: {
      pullback: {a: `np.ones_like(a) * ${back('g')} * np.size(out) / a.size`},
      pattern: 'add distributes',
      why: 'The mean is the sum divided by the count, and so is what each element receives.',
      pitfalls: ['The division by the count is forgotten.', 'The count is that of all elements in place of those along the axis.'],
    },
  }),
  reduction({
    names: ['np.var', 'ndarray.var'], signature: SPREAD, kind: 'var', options: spreadOptions,
    explain: {
      pullback: {a: `2 * (a - a.mean(axis, keepdims=True)) * ${back('g')} / (a.size / np.size(out) - ddof)`},
      pattern: 'local slope',
      why: 'Each squared deviation has the slope of twice the deviation; what flows through the mean cancels, since deviations sum to zero.',
      pitfalls: ['The factor 2 or the division by the count is forgotten.', 'The path through the mean is added with a term that is not zero.'],
    },
  }),
  reduction({
    names: ['np.std', 'ndarray.std'], signature: SPREAD, kind: 'std', options: spreadOptions,
    explain: {
      pullback: {a: `(a - a.mean(axis, keepdims=True)) * ${back('g / out')} / (a.size / np.size(out) - ddof)`},
      pattern: 'local slope',
      why: 'It is the root of the variance, and the root brings the factor 0.5 / std.',
      pitfalls: ['The gradient is not divided by the standard deviation.'],
    },
  }),
  reduction({
    names: ['np.prod', 'ndarray.prod', 'np.product'], signature: SUM, kind: 'prod', options: sumOptions,
    explain: {
      pullback: {a: `${back('g')} * ${back('out')} / a`},
      pattern: 'multiply switches',
      why: 'How much a product changes with one factor is the product of all the others.',
      pitfalls: ['Dividing the product by the factor fails where the factor is zero.'],
    },
  }),
  reduction({
    names: ['np.max', 'np.amax', 'ndarray.max'], signature: EXTREME, kind: 'max', options: extremeOptions, explain: extremeTold('largest'),
  }),
  reduction({
    names: ['np.min', 'np.amin', 'ndarray.min'], signature: EXTREME, kind: 'min', options: extremeOptions, explain: extremeTold('smallest'),
  }),
  reduction({names: ['np.any', 'ndarray.any', 'np.sometrue'], signature: TRUTH, kind: 'any', options: truthOptions}),
  reduction({names: ['np.all', 'ndarray.all', 'np.alltrue'], signature: TRUTH, kind: 'all', options: truthOptions}),
  reduction({names: ['np.argmax', 'ndarray.argmax'], signature: PLACE, kind: 'argmax', options: placeOptions}),
  reduction({names: ['np.argmin', 'ndarray.argmin'], signature: PLACE, kind: 'argmin', options: placeOptions}),
  {
    names: ['np.count_nonzero'],
    signature: 'a, axis=None, *, keepdims=False',
    call: (context, [a, axis, keepdims]) =>
      reduce(context, 'count_nonzero', toOperand(context, a), {axis: toAxes(axis), keepdims: toFlag(keepdims)}),
  },
  {
    names: ['np.median'],
    signature: 'a, axis=None, out=None, overwrite_input=False, keepdims=False',
    call: (context, [a, axis, out, , keepdims]) =>
      reduce(context, 'median', toOperand(context, a), {axis: toAxes(axis), out: toOut(out), keepdims: toFlag(keepdims)}),
  },
  {
    names: ['scipy.special.logsumexp'],
    signature: 'a, axis=None, b=None, keepdims=False, return_sign=False',
    call: (context, [a, axis, , keepdims]) =>
      reduce(context, 'logsumexp', toOperand(context, a), {axis: toAxes(axis), keepdims: toFlag(keepdims)}),
    explain: {
      pullback: {a: `${back('g')} * np.exp(a - ${back('out')})`},
      pattern: 'softmax shares',
      why: 'The slope of a log of summed exponentials is the softmax, whose shares sum to one.',
    },
  },
];

/** A reduction that skips NaN. */
function skippingNaN(names: readonly string[], kind: ReduceName, signature: string,
  options: (context: NumpyContext, args: readonly Value[]) => ReduceOptions, ifEmpty?: number): Row {
  return {
    names, signature,
    call: (context, args) => {
      const a = toOperand(context, args[0]);
      const array = operandArray(context, a, dtypeOf(a));
      const where = unary(context, 'logical_not', unary(context, 'isnan', array));
      const own = options(context, args);
      const mask = operandArray(context, where, 'bool');
      return reduce(context, kind, array, ifEmpty === undefined ? {...own, where: mask} : {...own, where: mask, ifEmpty});
    },
  };
}

const ignoringNaN: readonly Row[] = [
  skippingNaN(['np.nansum'], 'sum', SUM, sumOptions),
  skippingNaN(['np.nanprod'], 'prod', SUM, sumOptions),
  skippingNaN(['np.nanmean'], 'mean', MEAN, meanOptions),
  skippingNaN(['np.nanvar'], 'var', SPREAD, spreadOptions),
  skippingNaN(['np.nanstd'], 'std', SPREAD, spreadOptions),
  skippingNaN(['np.nanmax'], 'max', EXTREME, extremeOptions, NaN),
  skippingNaN(['np.nanmin'], 'min', EXTREME, extremeOptions, NaN),
];

function running(name: string, kind: ScanName, explain: Explanation): Row {
  return {
    names: [`np.${name}`, `ndarray.${name}`],
    signature: 'a, axis=None, dtype=None, out=None',
    call: (context, [a, axis, dtype, out]) => {
      const result = scan(context, kind, toArray(context, a), toAxis(axis), toDType(dtype));
      const into = toOut(out);
      return into === null ? result : writeOut(context, name, result, into, null);
    },
    explain,
  };
}

const scans: readonly Row[] = [
  running('cumsum', 'cumsum', {
    pullback: {a: 'np.flip(np.cumsum(np.flip(g, axis), axis), axis).reshape(a.shape)'},
    pattern: 'add distributes',
    why: 'An element enters its own running sum and all later ones, so its gradient is the sum of theirs: a running sum from the end.',
    pitfalls: ['The running sum of the gradient is taken from the beginning.'],
  }),
  running('cumprod', 'cumprod', {
    pullback: {a: 'np.flip(np.cumsum(np.flip(g * out, axis), axis), axis).reshape(a.shape) / a'},
    pattern: 'multiply switches',
    why: 'An element is a factor of its own running product and of all later ones.',
  }),
];

const reducible: readonly (readonly [string, ReduceName])[] = [
  ['add', 'sum'], ['multiply', 'prod'], ['maximum', 'max'], ['minimum', 'min'], ['logical_and', 'all'], ['logical_or', 'any'],
];

const accumulated: readonly (readonly [string, ScanName])[] = [
  ['add', 'cumsum'], ['multiply', 'cumprod'], ['maximum', 'cummax'], ['minimum', 'cummin'],
];

const ufuncMethods: readonly Row[] = [
  ...reducible.map(([name, kind]): Row => ({
    names: [`np.${name}.reduce`],
    signature: 'array, axis=0, dtype=None, out=None, keepdims=False, initial=None, where=True',
    call: (context, args) => reduce(context, kind, toOperand(context, args[0]), sumOptions(context, args)),
  })),
  ...accumulated.map(([name, kind]): Row => ({
    names: [`np.${name}.accumulate`],
    signature: 'array, axis=0, dtype=None, out=None',
    call: (context, [a, axis, dtype]) => scan(context, kind, toArray(context, a), toAxis(axis), toDType(dtype)),
  })),
];

const combined: readonly Row[] = [
  {
    names: ['np.ptp'],
    signature: 'a, axis=None, out=None, keepdims=False',
    call: (context, [a, axis, out, keepdims]) => {
      const options = {axis: toAxes(axis), keepdims: toFlag(keepdims)};
      const array = toOperand(context, a);
      return binary(context, 'subtract', reduce(context, 'max', array, options), reduce(context, 'min', array, options), toOut(out));
    },
  },
  {
    names: ['np.average'],
    signature: 'a, axis=None, weights=None, returned=False, *, keepdims=False',
    call: (context, [a, axis, weights, returned, keepdims]) =>
      average(context, toArray(context, a), axis, weights === null ? null : toArray(context, weights), toFlag(returned), toFlag(keepdims)),
  },
];

function average(
  context: NumpyContext, a: NDArray, axis: Value, weights: NDArray | null, returned: boolean, keepdims: boolean,
): Value {
  const options: ReduceOptions = {axis: toAxes(axis), keepdims};
  let mean: Operand;
  let total: Operand;
  if (weights === null) {
    mean = reduce(context, 'mean', a, options);
    total = a.size / (mean instanceof NDArray ? Math.max(mean.size, 1) : 1);
  } else {
    const spread = sameShape(weights.shape, a.shape) ? weights : alongAxis(a, weights, axis);
    const scale = reduce(context, 'sum', spread, options);
    total = scale;
    mean = binary(context, 'divide', reduce(context, 'sum', binary(context, 'multiply', a, spread), options), scale);
  }
  if (!returned) return mean;
  const counts = operandArray(context, total, 'float64');
  const shape = mean instanceof NDArray ? mean.shape : [];
  const widened = viewOf(counts, broadcastShapes(counts.shape, shape), broadcastStrides(counts, shape), counts.offset);
  return new Tuple([mean, scalarIfZeroD(widened)]);
}

/** One-dimensional weights, one for each element along an axis, as an array that broadcasts to `a`. */
function alongAxis(a: NDArray, weights: NDArray, axis: Value): NDArray {
  if (axis === null) throw new PyError('TypeError', 'Axis must be specified when shapes of a and weights differ.');
  const at = toAxis(axis)!;
  const place = at < 0 ? at + a.ndim : at;
  if (weights.ndim !== 1 || weights.size !== a.shape[place]) {
    throw new PyError('ValueError', 'Shape of weights must be consistent with shape of a along specified axis.');
  }
  return viewOf(weights, a.shape, a.shape.map((_, i) => (i === place ? weights.strides[0] : 0)), weights.offset);
}

/** The rows of this file. */
export const reductions: readonly Row[] = [...plain, ...ignoringNaN, ...scans, ...ufuncMethods, ...combined];
