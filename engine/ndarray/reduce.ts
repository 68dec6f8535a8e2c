/**
 * Reductions over one axis, several or all, with NumPy's dtypes, `keepdims`, `initial`, `where` and `out`.
 * Groups are cut in reduce-groups.ts; what happens within one is in reduce-kernels.ts and reduce-moments.ts.
 */
import type {Context} from './context.ts';
import type {DType} from './dtype.ts';
import {isFloat, kindOf} from './dtype.ts';
import type {NDArray} from './array.ts';
import {allocate} from './array.ts';
import {astype, checkWriteable, moveInto, roundOne, scalarIfZeroD} from './cast.ts';
import {shapeText} from './broadcast.ts';
import {PyError} from './errors.ts';
import {dtypeOf, idOf, numberOf, operandArray} from './operands.ts';
import type {Operand} from './operands.ts';
import {fitsGroups, groupsOf, maskGroups} from './reduce-groups.ts';
import type {Axes} from './reduce-groups.ts';
import {noteWinner, pairwiseSum, productsOfOthers, recordSum, recordWeighted, sequentialSum, winner} from './reduce-kernels.ts';
import type {Group} from './reduce-kernels.ts';
import {logSumExp, median, variance} from './reduce-moments.ts';
import type {Scalar} from './scalar.ts';
import {freshIds} from './memory.ts';

export type ReduceName =
  | 'sum' | 'prod' | 'max' | 'min' | 'mean' | 'var' | 'std' | 'any' | 'all' | 'argmax' | 'argmin' | 'count_nonzero'
  | 'median' | 'logsumexp';

export interface ReduceOptions {
  readonly axis?: Axes;
  readonly keepdims?: boolean;
  /** The dtype in which sums and products are made; null for NumPy's choice. */
  readonly dtype?: DType | null;
  readonly out?: NDArray | null;
  /** A value that takes part in a sum, a product or a choice. */
  readonly initial?: Scalar | number | bigint | boolean | null;
  /** Only the elements where this broadcasts to true. */
  readonly where?: NDArray | null;
  /** For `var` and `std`: the divisor is n - ddof. */
  readonly ddof?: number;
  /** What `max` and `min` give for no elements; without it that raises ValueError. */
  readonly ifEmpty?: number;
}

const ufuncOf: Partial<Readonly<Record<ReduceName, string>>> = {
  sum: 'add', prod: 'multiply', max: 'maximum', min: 'minimum', any: 'logical_or', all: 'logical_and',
};

/**
 * Reduces `a`. A 0-d result is a NumPy scalar unless `out` is given.
 * Raises AxisError for an axis that does not exist and ValueError for the largest of no elements.
 */
export function reduce(context: Context, kind: ReduceName, a: Operand, options: ReduceOptions = {}): NDArray | Scalar {
  let array = operandArray(context, a, dtypeOf(a));
  const dtype = options.dtype ?? resultDType(kind, array.dtype);
  if (options.dtype != null && options.dtype !== array.dtype && (kind === 'sum' || kind === 'prod') && !isFloat(dtype)) {
    array = astype(context, array, dtype);
  }
  const groups = groupsOf(array, options.axis ?? null);
  const {starts} = groups;
  const shape = options.keepdims === true ? groups.keptShape : groups.shape;
  const result = allocate(context, shape, dtype);
  context.budget.spend(array.size);
  const masked = options.where == null ? null : maskGroups(array, groups, options.where);
  const ids = context.tape === null ? null : array.buffer.ids;
  const out = result.buffer.data;
  const nodes = context.tape !== null && (ids !== null || idOf(options.initial ?? 0) !== 0) ? freshIds(out.length) : null;
  const fine: Fine = {
    dtype, single: dtype === 'float32' && !context.exact, sequential: groups.sequential,
    decides: context.guards !== null && isFloat(array.dtype), options,
  };
  const group: Group = {data: array.buffer.data, ids, start: 0, inner: groups.inner, n: groups.length};
  for (let g = 0; g < out.length; g++) {
    group.start = starts[g];
    if (masked !== null) {
      group.inner = masked(g);
      group.n = group.inner.length;
    }
    const id = one(context, kind, group, fine, out, g);
    if (nodes !== null) nodes[g] = id;
  }
  result.buffer.ids = nodes;
  if (options.out == null) return scalarIfZeroD(result);
  const {out: into} = options;
  if (!fitsGroups(groups, into.shape, options.keepdims === true)) throw wrongOutput(ufuncOf[kind] ?? kind, into, shape);
  checkWriteable(into, 'output array');
  moveInto(context, result, into, null);
  return into;
}

function wrongOutput(ufunc: string, out: NDArray, shape: readonly number[]): PyError {
  return new PyError('ValueError', out.ndim === shape.length
    ? `non-broadcastable output operand with shape ${shapeText(out.shape)} doesn't match the broadcast shape ${shapeText(shape)}`
    : `output parameter for reduction operation ${ufunc} has the wrong number of dimensions: Found ${out.ndim} but expected ${shape.length}`);
}

/** NumPy's choice of dtype. */
function resultDType(kind: ReduceName, dtype: DType): DType {
  switch (kind) {
    case 'max': case 'min': return dtype;
    case 'sum': case 'prod':
      if (isFloat(dtype)) return dtype;
      return kindOf(dtype) === 'uint' ? 'uint64' : 'int64';
    case 'any': case 'all': return 'bool';
    case 'argmax': case 'argmin': case 'count_nonzero': return 'int64';
    default: return isFloat(dtype) ? dtype : 'float64';
  }
}

/** What is the same for every group. */
interface Fine {
  readonly dtype: DType;
  readonly single: boolean;
  readonly sequential: boolean;
  readonly decides: boolean;
  readonly options: ReduceOptions;
}

/** Reduces one group into `out[g]` and returns the tape node of the result, 0 for a constant. */
function one(context: Context, kind: ReduceName, group: Group, fine: Fine, out: Float64Array, g: number): number {
  const {data, start, inner, n} = group;
  const {tape} = context;
  switch (kind) {
    case 'sum': case 'mean': {
      const {initial} = fine.options;
      const total = fine.sequential
        ? sequentialSum(data, start, inner, n, fine.single) : pairwiseSum(data, start, inner, 0, n, fine.single);
      let value = n === 0 ? 0 : total;
      if (initial != null) value += numberOf(initial);
      if (kind === 'mean') value = n === 0 ? NaN : value / n;
      out[g] = roundOne(context, fine.dtype, value);
      return tape === null ? 0 : recordSum(tape, group, out[g], kind === 'mean' ? 1 / n : 1, idOf(initial ?? 0));
    }
    case 'prod': {
      const scale = numberOf(fine.options.initial ?? 1);
      let value = scale;
      for (let i = 0; i < n; i++) value = roundOne(context, fine.dtype, value * data[start + inner[i]]);
      out[g] = value;
      if (tape === null || group.ids === null) return 0;
      const others = productsOfOthers(group);
      return recordWeighted(tape, group, value, (i) => scale * others[i]);
    }
    case 'max': case 'min': return extreme(context, kind, group, fine, out, g);
    case 'argmax': case 'argmin': {
      const at = winner(group, kind === 'argmax');
      if (at < 0) throw new PyError('ValueError', `attempt to get ${kind} of an empty sequence`);
      if (fine.decides) noteWinner(context.guards!, group, at);
      out[g] = at;
      return 0;
    }
    case 'any': case 'all': case 'count_nonzero': {
      let count = 0;
      for (let i = 0; i < n; i++) {
        const value = data[start + inner[i]];
        if (value !== 0) count++;
        if (fine.decides) context.guards!.decide(value === 0 ? 0 : 1, Math.abs(value));
      }
      out[g] = kind === 'count_nonzero' ? count : kind === 'any' ? (count > 0 ? 1 : 0) : count === n ? 1 : 0;
      return 0;
    }
    case 'var': return variance(context, group, fine, false, out, g);
    case 'std': return variance(context, group, fine, true, out, g);
    case 'median': return median(context, group, fine.decides, out, g);
    case 'logsumexp': return logSumExp(context, group, out, g);
  }
}

function extreme(context: Context, kind: 'max' | 'min', group: Group, fine: Fine, out: Float64Array, g: number): number {
  const {data, start, inner} = group;
  const {initial, ifEmpty} = fine.options;
  const at = winner(group, kind === 'max');
  if (at < 0) {
    if (initial == null && ifEmpty === undefined) {
      throw new PyError('ValueError', `zero-size array to reduction operation ${ufuncOf[kind]!} which has no identity`);
    }
    out[g] = initial == null ? ifEmpty! : numberOf(initial);
    return 0;
  }
  if (fine.decides) noteWinner(context.guards!, group, at);
  const value = data[start + inner[at]];
  out[g] = value;
  if (initial != null) {
    const bound = numberOf(initial);
    if (fine.decides) context.guards!.decide(0, Math.abs(value - bound));
    if (kind === 'max' ? bound > value : bound < value) {
      out[g] = bound;
      return 0;
    }
  }
  const id = group.ids === null ? 0 : group.ids[start + inner[at]];
  return id === 0 || context.tape === null ? 0 : context.tape.identity(id, value);
}
