/** One kind of mistake: how it is recognised by numbers, what is said of it, and why it is one. Each has a file of its own. */
import type {DiagnosisCode, SymbolicShape} from '../report.ts';
import {shapeWords} from '../reasons.ts';
import type {WrongValue} from './wrong-value-facts.ts';

/** What a message may speak of, in the user's own names and letters. */
export interface MistakeFacts {
  /** The gradient and what it is of, as the user writes them. */
  readonly name: string;
  readonly of: string;
  /** The gradient is this many times the true one; null when it is no multiple. */
  readonly factor: number | null;
  /** The texts of the forward's operations through which nothing comes, for a path that is missing. */
  readonly missing: readonly string[];
  /** The name of the upstream gradient; null for a loss. */
  readonly upstream: string | null;
  /** The saved value that is changed afterwards; null where that is not the mistake. */
  readonly saved: string | null;
  readonly actual: SymbolicShape;
  readonly expected: SymbolicShape;
}

export interface MistakeKind {
  readonly code: DiagnosisCode;
  /** Whether a wrong value is related to the truth as this mistake makes it; absent where only an edit tells. */
  readonly explains?: (value: WrongValue) => boolean;
  /** One sentence that does not give the fix away. */
  readonly message: (facts: MistakeFacts) => string;
  /** The principle behind it, in one or two sentences. */
  readonly why: string;
}

/** The shapes first, where they differ. */
export function shapesFirst({name, of, actual, expected}: MistakeFacts): string {
  if (actual.join() === expected.join()) return '';
  return `${name} ${hasShape(actual)}, ${of} ${hasShape(expected)}: `;
}

function hasShape(shape: SymbolicShape): string {
  return shape.length === 0 ? 'is a scalar' : `has the shape ${shapeWords(shape)}`;
}

/** `2 times`, `0.333 times`. */
export function times(factor: number): string {
  if (Math.abs(factor) >= 1e-3 && Math.abs(factor) < 1e4) return `${Number(factor.toFixed(3))} times`;
  return `${factor.toPrecision(3)} times`;
}
