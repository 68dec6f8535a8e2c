/**
 * A layer that ends in a softmax, and whose backward takes its upstream for the gradient of what went into the softmax: right where
 * the caller hands it `p - y`, the derivative of cross entropy and softmax together, wrong where it hands on the loss's own gradient.
 * The backward alone does not tell which. Such a gradient is that of `sum(upstream * log(p))` where the upstreams of each row sum to zero.
 */
import {flatten} from '../../program/definitions.ts';
import type {Pair} from '../../program/pair.ts';
import {scopeOf, selfAttribute} from '../../program/scopes.ts';
import {targetsOf} from '../../program/targets.ts';
import {reverseSweep} from '../../tape/sweep.ts';
import {quantityOf, sameShape} from '../quantity.ts';
import type {Quantity} from '../quantity.ts';
import {truthAt} from '../trial.ts';
import type {Trial} from '../trial.ts';
import {isMultiple} from './convention.ts';
import type {Judged} from './convention.ts';

/** For outputs that are shares of wholes, the whole that each element belongs to; null for any others. */
export function wholesOf({data, shape}: Pick<Quantity, 'data' | 'shape'>): ((i: number) => number) | null {
  if (data.some((share) => share <= 0 || share >= 1)) return null;
  const last = shape.at(-1) ?? 1;
  const columns = data.length / (shape[0] ?? 1);
  const ways: readonly (readonly [number, (i: number) => number])[] = [[data.length / last, (i) => Math.floor(i / last)], [columns, (i) => i % columns], [1, () => 0]];
  for (const [count, of] of ways) {
    const totals = new Float64Array(count);
    data.forEach((share, i) => { totals[of(i)] += share; });
    if (totals.every((total) => Math.abs(total - 1) < 1e-9)) return of;
  }
  return null;
}

/** An upstream with the part of each whole taken off that a softmax does not hand on. */
export function balanced(upstream: Float64Array, output: Quantity): Float64Array {
  const of = wholesOf(output);
  if (of === null) return upstream;
  const sums = new Map<number, {total: number; count: number}>();
  upstream.forEach((number, i) => {
    const sum = sums.get(of(i)) ?? {total: 0, count: 0};
    sums.set(of(i), {total: sum.total + number, count: sum.count + 1});
  });
  return upstream.map((number, i) => number - sums.get(of(i))!.total / sums.get(of(i))!.count);
}

/**
 * Whether a backward knows nothing of the probabilities: it hands its upstream on as it is, or what it reads of its forward are
 * inputs. One that works with them has not left them out, however wrong it is.
 */
export function ignoresProbabilities(pair: Pair, {findings, trial}: Judged): boolean {
  const wrong = findings.filter((finding) => finding.kind === 'disagrees');
  if (wrong.every(({actual}) => trial.upstreams.length === 1 && isMultiple(actual.data, trial.upstreams[0].data, 1))) return true;
  if (pair.pattern !== 'class' || [...scopeOf(pair.backward).calls].some((name) => /softmax|exp$/.test(name))) return false;
  const {forward, backward} = pair;
  const inputs = new Set(forward.params.map(({name}) => name));
  const {selfReads} = scopeOf(backward);
  return flatten(forward.body).flatMap(targetsOf).every(([target, value]) => {
    const attribute = selfAttribute(target, forward.params.at(0)?.name ?? null);
    return attribute === null || !selfReads.has(attribute) || (value?.kind === 'Name' && inputs.has(value.id));
  });
}

/** Whether every gradient of a trial with a balanced upstream is what reaches its input past the softmax. */
export function leavesSoftmaxOut({outputs, upstreams, tape, leaves, found}: Trial): boolean {
  if (outputs.length !== 1 || found === null || wholesOf(outputs[0]) === null) return false;
  const [{data, ids}] = outputs;
  const sweep = reverseSweep(tape, ids, data.map((share, i) => upstreams[0].data[i] / share));
  const judged = found.filter(({of}) => leaves.has(of));
  return judged.length > 0 && judged.every(({of, value}) => {
    const actual = quantityOf(value);
    const leaf = leaves.get(of)!;
    return actual !== null && sameShape(actual.shape, leaf.shape) && isMultiple(actual.data, truthAt(sweep, leaf.shape, leaf.ids).data, 1);
  });
}
