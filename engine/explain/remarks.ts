/** The sentences of an explanation, with the user's names and letters. */
import type {ShapeText} from '../graph/graph.ts';

export interface Product {
  readonly gradient: string;
  /** The factor that the gradient is of, the other one, and what comes in. */
  readonly of: string;
  readonly shape: ShapeText;
  readonly other: string;
  readonly otherShape: ShapeText;
  readonly upstream: string;
  readonly upstreamShape: ShapeText;
  readonly result: string;
  /** Whether the factor stands on the left. */
  readonly isLeft: boolean;
  /** What is handed back. */
  readonly code: string;
}

/** Why the transpose stands where it stands, and what is not formed. */
export function matrixProduct({of, shape, other, otherShape, upstream, upstreamShape, result, isLeft, code}: Product): string {
  const isSquare = otherShape[0] === otherShape[1];
  const meeting = isSquare ? undefined : otherShape.find((axis) => upstreamShape.includes(axis) && !shape.includes(axis));
  const byPlace = ` and the place in the forward says how: there ${of} met the ${isLeft ? 'first' : 'second'} axis of ${other}, so ${upstream} meets the other one:`;
  const middle = meeting === undefined ? '' : ` so that ${meeting}, which ${of} does not have, meets in the middle and is summed:`;
  return `${of} is ${shapeText(shape)}, and its gradient has the same shape. It is made of ${upstream} ${shapeText(upstreamShape)} and ${other} ${shapeText(otherShape)},`
    + `${isSquare ? byPlace : middle === '' ? ' and the shapes leave one order:' : middle} ${code}. `
    + `The derivative of ${result} by ${of} itself would be a table of ${size(upstreamShape)} × ${size(shape)} numbers; only its product with ${upstream} is needed (a vector-Jacobian product), so the table is never formed.`;
}

export function axisSum(operand: string, shape: ShapeText, result: ShapeText, axes: readonly number[]): string {
  const lost = axes.map((axis) => String(result[axis])).join(' and ');
  return `${operand} is ${shape.length === 0 ? 'one number' : shapeText(shape)} and was used for ${result.length === 0 ? 'all' : `every one of the ${lost}`}: what comes back from each is added up (axis ${axes.join(', ')}).`;
}

export function asIs(upstream: string): string {
  return `${upstream} comes through unchanged.`;
}

export function manyUses(of: string, count: number): string {
  return `${of} is used in ${count} places; what comes back from each is added up.`;
}

export function manyTimes(of: string, gradient: string): string {
  return `This is what comes back from one round of the loop. ${of} is there for all rounds, so ${gradient} is the sum over them: += in the backward.`;
}

export function timesOver(gradient: string): string {
  return `The same place may be picked twice, so what comes back is added: np.add.at(${gradient}, …), not =.`;
}

export function shapeText(shape: ShapeText): string {
  return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}

function size(shape: ShapeText): string {
  return shape.length === 0 ? '1' : shape.length === 1 ? String(shape[0]) : `(${shape.join('·')})`;
}
