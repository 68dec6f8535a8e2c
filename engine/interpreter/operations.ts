/**
 * Array-level operations as the tape and the event stream see them: each has a number, which its tape entries carry.
 */
import type {Span} from '../python/span.ts';
import type {Value} from '../ndarray/values.ts';
import type {Run} from './run.ts';

/** Starts an operation; gives the tape's length, to be handed to {@link announceOperation}. */
export function beginOperation(run: Run): number {
  const number = ++run.operations;
  const {tape} = run;
  if (tape === null) return 0;
  tape.operation = number;
  return tape.length;
}

/** Tells the listener of an operation that has been done. Call only when there is one. */
export function announceOperation(
  run: Run, number: number, span: Span, name: string, firstEntry: number, operands: readonly Value[], result: Value,
): void {
  if (run.listener === null || run.activation === null) return;
  const endEntry = run.tape === null ? 0 : run.tape.length;
  run.listener.event({type: 'operation', number, activation: run.activation, span, name, operands, result, firstEntry, endEntry});
}
