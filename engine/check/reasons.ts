/**
 * The words of verdicts: one sentence each, in the user's own names and letters. Knows shapes and numbers, not how they were found.
 */
import type {SymbolicShape} from './report.ts';

/** As Python prints a shape: `(N,)`, `(N, D)`; a scalar is said to be one. */
export function shapeWords(shape: SymbolicShape): string {
  if (shape.length === 0) return 'a scalar';
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

export function wrongShape(name: string, shape: SymbolicShape, of: string, expected: SymbolicShape): string {
  const is = shape.length === 0 ? `${name} is a scalar` : `${name} has the shape ${shapeWords(shape)}`;
  const should = expected.length === 0 ? `${of} is a scalar` : `${of} has ${shapeWords(expected)}`;
  return `${is}, but ${should}`;
}

export function wrongValue(name: string, of: string, error: number): string {
  return `${name} is not ∂L/∂${of}: it is off by up to ${percent(error)}`;
}

/** How the gradient of a parameter was found where a backward only takes a step with it. */
export const READ_FROM_UPDATE = 'read from the update: what the parameter lost, divided by the learning rate';

export function wrongUpdate(of: string, error: number): string {
  return `the update of ${of} does not follow ∂L/∂${of}: it is off by up to ${percent(error)}`;
}

export function notANumber(name: string): string {
  return `${name} holds nan or infinity where the true gradient is finite`;
}

/** A relative error |a-b|/(|a|+|b|) in words; 1 means a wrong sign or zero against something. */
function percent(error: number): string {
  if (error >= 0.01) return `${Math.round(error * 100)}%`;
  return `a relative ${error.toExponential(1)}`;
}

export function raisesText(type: string, message: string): string {
  return message === '' ? type : `${type}: ${message}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listWords(items: readonly string[]): string {
  if (items.length <= 1) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`;
}
