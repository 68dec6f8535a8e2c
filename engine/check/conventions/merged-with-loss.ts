/**
 * The last layer's backward begins with `p - y`: the derivative of the loss behind it is merged with the layer's own. Recognised
 * only where the backward takes no upstream, and every gradient is the true one of one such loss of the output and a target.
 */
import {NDArray, elements} from '../../ndarray/array.ts';
import {reverseSweep} from '../../tape/sweep.ts';
import {sameShape} from '../quantity.ts';
import type {Quantity} from '../quantity.ts';
import {truthAt} from '../trial.ts';
import {isMultiple} from './convention.ts';
import type {ConventionRule, Judged} from './convention.ts';

/** The derivative of a loss by the output `p` for the target `y`: cross entropy, its binary form, half the squared error. */
const losses: readonly ((p: number, y: number) => number)[] = [
  (p, y) => -y / p,
  (p, y) => (p - y) / (p * (1 - p)),
  (p, y) => p - y,
];

export const mergedWithLoss: ConventionRule = {
  name: 'merged-with-loss',
  recognise(pair, trials) {
    if (pair.pattern === 'script' || pair.pattern === 'loss-with-gradients' || trials.some(({trial}) => !trial.interleaved || trial.outputs.length !== 1)) return null;
    const names = new Set<string>();
    for (const judged of trials) {
      const wrong = judged.findings.filter(({kind}) => kind === 'disagrees');
      if (wrong.length === 0 || !targetsOf(judged).some((target) => losses.some((loss) => follows(judged, target, loss)))) return null;
      for (const {gradient} of wrong) names.add(gradient.name);
    }
    return names;
  },
};

/** Inputs of the output's shape, and labels as one-hot rows of it. */
function targetsOf({attempt, trial}: Judged): Float64Array[] {
  const [output] = trial.outputs;
  const targets: Float64Array[] = [];
  for (const {name, role} of attempt.made) {
    const value = attempt.inputs().get(name);
    if (!(value instanceof NDArray)) continue;
    if (sameShape(value.shape, output.shape)) targets.push(elements(value));
    else if (role === 'label' && value.ndim === 1 && output.shape.length === 2 && value.size === output.shape[0]) targets.push(oneHot(elements(value), output));
  }
  return targets;
}

function oneHot(labels: Float64Array, {data, shape}: Quantity): Float64Array {
  const rows = new Float64Array(data.length);
  labels.forEach((label, row) => {
    rows[row * shape[1] + label] = 1;
  });
  return rows;
}

/** Whether every gradient is the true one of this loss, times one factor that losses have: 2, and the mean over an axis or over all. */
function follows({trial, findings}: Judged, target: Float64Array, loss: (p: number, y: number) => number): boolean {
  const [output] = trial.outputs;
  const cotangents = output.data.map((p, i) => loss(p, target[i]));
  const sweep = reverseSweep(trial.tape, output.ids, cotangents);
  return factorsOf(output).some((factor) => findings.every((finding) => {
    if (finding.kind === 'skipped') return true;
    const leaf = trial.leaves.get(finding.gradient.of);
    if (leaf === undefined || !('actual' in finding) || !sameShape(finding.actual.shape, leaf.shape)) return false;
    return isMultiple(finding.actual.data, truthAt(sweep, leaf.shape, leaf.ids).data, factor);
  }));
}

function factorsOf({shape, data}: Quantity): number[] {
  return [1, ...shape.slice(0, 1), ...shape.slice(-1), data.length].flatMap((size) => [1 / size, 2 / size]);
}
