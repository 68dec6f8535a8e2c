/**
 * Variance, median and log-sum-exp of one group of elements, each as one tape entry over the whole group.
 */
import {Op} from '../tape/tape.ts';
import type {Context} from './context.ts';
import type {DType} from './dtype.ts';
import {roundOne} from './cast.ts';
import {countingTo} from './reduce-groups.ts';
import {pairwiseSum, recordWeighted, sequentialSum, winner} from './reduce-kernels.ts';
import type {Group} from './reduce-kernels.ts';

/** How a variance is computed. */
export interface VarianceSettings {
  readonly dtype: DType;
  readonly single: boolean;
  readonly sequential: boolean;
  readonly options: {readonly ddof?: number};
}

/** Squared deviations of one group; the next group overwrites them. */
let scratch = new Float64Array(64);

/** The variance, or its root, of a group into `out[g]`; returns the tape node. */
export function variance(
  context: Context, group: Group, settings: VarianceSettings, root: boolean, out: Float64Array, g: number,
): number {
  const {data, start, inner, n} = group;
  const {dtype, single, sequential} = settings;
  const divisor = Math.max(n - (settings.options.ddof ?? 0), 0);
  const total = sequential ? sequentialSum(data, start, inner, n, single) : pairwiseSum(data, start, inner, 0, n, single);
  const mean = roundOne(context, dtype, total / n);
  if (scratch.length < n) scratch = new Float64Array(2 * n);
  const squares = scratch;
  for (let i = 0; i < n; i++) {
    const off = roundOne(context, dtype, data[start + inner[i]] - mean);
    squares[i] = roundOne(context, dtype, off * off);
  }
  const order = countingTo(n);
  const sum = sequential ? sequentialSum(squares, 0, order, n, single) : pairwiseSum(squares, 0, order, 0, n, single);
  const value = roundOne(context, dtype, n === 0 ? NaN : sum / divisor);
  const deviation = root ? roundOne(context, dtype, Math.sqrt(value)) : value;
  out[g] = deviation;
  const {tape} = context;
  if (tape === null || group.ids === null) return 0;
  const node = recordWeighted(tape, group, value, (i) => 2 * (data[start + inner[i]] - mean) / divisor);
  return root && node !== 0 ? tape.unary(Op.Sqrt, node, deviation, 0.5 / deviation) : node;
}

/** The middle element, or the mean of the two middle ones. */
export function median(context: Context, group: Group, decides: boolean, out: Float64Array, g: number): number {
  const {data, start, inner, n} = group;
  const at = (i: number): number => data[start + inner[i]];
  const order = Array.from({length: n}, (_, i) => i).sort((p, q) => at(p) - at(q) || p - q);
  if (n === 0 || order.some((i) => Number.isNaN(at(i)))) {
    out[g] = NaN;
    return 0;
  }
  const high = n >> 1;
  const low = n % 2 === 1 ? high : high - 1;
  const value = low === high ? at(order[high]) : (at(order[low]) + at(order[high])) / 2;
  out[g] = value;
  if (decides && n > 1) {
    const below = low > 0 ? at(order[low]) - at(order[low - 1]) : Infinity;
    const above = high < n - 1 ? at(order[high + 1]) - at(order[high]) : Infinity;
    context.guards!.decide(order[low] + order[high], Math.min(below, above));
  }
  if (context.tape === null) return 0;
  const share = low === high ? 1 : 0.5;
  return recordWeighted(context.tape, group, value, (i) => (i === order[low] || i === order[high] ? share : 0));
}

/** log(sum(exp(x))), computed from the largest down. */
export function logSumExp(context: Context, group: Group, out: Float64Array, g: number): number {
  const {data, start, inner, n} = group;
  const top = winner(group, true);
  const largest = top < 0 ? -Infinity : data[start + inner[top]];
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.exp(data[start + inner[i]] - (Number.isFinite(largest) ? largest : 0));
  const value = Math.log(sum) + (Number.isFinite(largest) ? largest : 0);
  out[g] = value;
  if (context.tape === null) return 0;
  return recordWeighted(context.tape, group, value, (i) => Math.exp(data[start + inner[i]] - value));
}
