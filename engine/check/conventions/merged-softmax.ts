/**
 * A softmax and the cross entropy behind it whose derivatives are merged, each half in a place of its own: the softmax hands the
 * upstream on as it is, the loss gives `p - y`. Recognised only where the text of the half says that it is one, beside the numbers.
 */
import type {Pair} from '../../program/pair.ts';
import {inEvery, isMultiple} from './convention.ts';
import type {ConventionRule, Judged, Wrong} from './convention.ts';
import {wholesOf} from './softmax-left-out.ts';

export const mergedSoftmax: ConventionRule = {
  name: 'merged-with-loss',
  recognise(pair, trials) {
    const said = wordsBeside(pair);
    const half = /cross.?entro|entropy|loss/i.test(said) ? handsOn : /softmax/i.test(said) ? isDifference : null;
    return half === null ? null : inEvery(trials, half);
  },
};

/** What the comments and the documentation of a backward say. */
function wordsBeside(pair: Pair): string {
  if (pair.pattern === 'script' || pair.pattern === 'loss-with-gradients' || pair.pattern === 'engine') return '';
  const {backward, module} = pair;
  const inside = module.comments.filter(({span}) => span.start >= backward.span.start && span.start <= backward.span.end + LINE);
  return [backward.docstring?.value ?? '', ...inside.map(({text}) => text)].join('\n');
}

/** A comment behind the last statement lies past the definition's end, on the same line. */
const LINE = 8;

/** A softmax that hands the upstream on: its output is made of parts of a whole. */
function handsOn({actual}: Wrong, {trial}: Judged): boolean {
  if (trial.outputs.length !== 1 || trial.upstreams.length !== 1 || wholesOf(trial.outputs[0]) === null) return false;
  return isMultiple(actual.data, trial.upstreams[0].data, 1);
}

/** `p - y`, or a mean of it, where the gradient is `-y / p` with the same factor, y one-hot. */
function isDifference({gradient, actual, truth}: Wrong, {trial}: Judged): boolean {
  const p = trial.leaves.get(gradient.of);
  if (p === undefined || actual.data.length !== truth.data.length) return false;
  const y = truth.data.map((slope, i) => -slope * p.data[i]);
  const scale = y.reduce((largest, one) => (Math.abs(one) > Math.abs(largest) ? one : largest), 0);
  if (scale === 0 || y.some((one) => Math.min(Math.abs(one), Math.abs(one - scale)) > 1e-6 * Math.abs(scale))) return false;
  const difference = p.data.map((share, i) => share * scale - y[i]);
  return isMultiple(actual.data, difference, 1, 1e-6);
}
