/** What one outcome shows: whether all is well with it, and what its mistakes say of the inputs that were made. Runs nothing. */
import type {Pair} from '../program/pair.ts';
import type {Attempt} from './attempt.ts';
import type {Outcome} from './evidence.ts';

export function isGood({trial, findings, doubt}: Outcome): boolean {
  return trial.raised === null && doubt === null && findings.length > 0 && findings.every(({kind}) => kind === 'agrees' || kind === 'skipped');
}

/** Whether the outputs have no elements, as of a filter larger than its image: that says nothing of any gradient. */
export function isEmpty({trial}: Outcome): boolean {
  return trial.outputs.every(({data}) => data.length === 0);
}

/** Whether a gradient was zero against zero in every set: that says nothing yet. */
export function isVacuous([first, ...others]: readonly Outcome[]): boolean {
  const zero = ({findings}: Outcome, name: string): boolean => findings.some((finding) => finding.gradient.name === name && 'comparison' in finding && finding.comparison.vacuous);
  return first.findings.some(({gradient}) => zero(first, gradient.name) && others.every((outcome) => zero(outcome, gradient.name)));
}

/** Whether a wrong loss gives a matrix where its inputs are as the text says: `np.dot(t - p, t - p)` is meant for one example, whatever its text says. */
export function isNoLoss(pair: Pair, outcome: Outcome): boolean {
  if (pair.pattern !== 'derivative-pair' || isGood(outcome)) return false;
  const {attempt, trial} = outcome;
  return attempt.made.filter(({shape}) => shape.length > 0).length > 1 && trial.outputs[0].shape.length > 1 && trial.outputs[0].data.length > 1;
}

/** Whether a loss came out as an array: its inputs may be meant in another way. */
export function hasManyLosses({pattern}: Pair, {trial}: Outcome): boolean {
  return pattern === 'loss-with-gradients' && trial.raised === null && trial.outputs.some(({data}) => data.length > 1);
}

/** Whether a derivative is a square that its input is not: a Jacobian, for whose input a column may be meant. */
export function isJacobian({pattern}: Pair, {findings}: Outcome): boolean {
  return pattern === 'derivative-pair' && findings.length > 0 && findings.every((finding) => finding.kind === 'disagrees' && finding.comparison.difference === 'shape'
    && finding.actual.shape.length === 2 && finding.actual.shape[0] === finding.actual.shape[1]);
}

/** Whether a derivative was run on a column, and gave a Jacobian of it or something of its shape. */
export function isOfColumn(pair: Pair, outcome: Outcome): boolean {
  const {trial} = outcome;
  return pair.pattern === 'derivative-pair' && trial.raised === null && trial.leaves.get(pair.of)?.shape.at(-1) === 1 && !isJacobian(pair, outcome);
}

/** Whether a backward could not add to a gradient in place because an input was guessed too wide. */
export function grewInPlace({trial}: Outcome): boolean {
  return trial.raised?.error.message.startsWith('non-broadcastable output operand') === true;
}

/** Whether all that is wrong are gradients with the axes of their inputs and other sizes: the text may say less than it seems. */
export function isOffInSizes({findings, trial}: Outcome): boolean {
  const wrong = findings.filter((finding) => finding.kind === 'disagrees');
  return trial.raised === null && wrong.length > 0 && wrong.every(({comparison, actual, truth}) =>
    comparison.difference === 'shape' && actual.shape.length === truth.shape.length && !actual.shape.includes(1) && !truth.shape.includes(1));
}

/** Whether an input has as many axes as before, and more of them are of one element: over those a missing sum is none. */
export function hasNewSingles({made}: Attempt, before: Attempt): boolean {
  const singles = (shape: readonly number[]): number => shape.filter((size) => size === 1).length;
  return made.some(({name, shape}) => {
    const other = before.made.find((one) => one.name === name);
    return other !== undefined && other.shape.length === shape.length && singles(shape) > singles(other.shape);
  });
}
