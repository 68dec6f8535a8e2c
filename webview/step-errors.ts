/** How wrong central differences are for each step. Pure. */
import type {StepAnswer} from '../engine/graph/study.ts';

export interface StepError {
  readonly h: number;
  /** Relative to the exact derivative; its own size where that is zero. */
  readonly error: number;
  readonly kink: boolean;
}

/** The error of each step, largest step first; no error at all is as small as doubles can tell. */
export function errorsOf({points, exact}: StepAnswer): readonly StepError[] {
  const scale = Math.abs(exact) === 0 ? 1 : Math.abs(exact);
  return points.map(({h, estimate, kink}) => ({h, kink, error: Math.max(1e-17, Math.abs(estimate - exact) / scale)}));
}
