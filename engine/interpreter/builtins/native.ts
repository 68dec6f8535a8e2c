/**
 * How functions and methods of ours are declared: a name, a signature as Python writes it, and what they compute.
 */
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import type {Value} from '../../ndarray/values.ts';
import {bindArguments} from '../../numpy/bind.ts';
import type {Row} from '../../numpy/row.ts';
import {Builtin, Unsupported} from '../objects.ts';
import type {NativeCall, NativeMethod} from '../objects.ts';
import {beginOperation, announceOperation} from '../operations.ts';
import type {Run} from '../run.ts';

/** A function of the arguments in the order of its signature, defaults filled in. */
export type BoundCall = (run: Run, args: readonly Value[]) => Value;

/** A signature that arguments can be bound to, for errors under `name`. */
function signatureOf(name: string, signature: string): Row {
  return {names: [name], signature, call: () => null};
}

/** A call that binds its arguments first. */
export function boundCall(name: string, signature: string, body: BoundCall): NativeCall {
  const row = signatureOf(name, signature);
  return (run, args, keywords) => body(run, bindArguments(row, args, keywords));
}

/** A function value. */
export function native(name: string, signature: string, body: BoundCall): Builtin {
  return new Builtin(name, boundCall(name, signature, body));
}

/** The body of a method; it may name the type of `self` that the lookup of methods promises. */
type MethodBody = {call(run: Run, self: Value, args: readonly Value[]): Value}['call'];

/** A method that binds its arguments first. */
export function boundMethod(name: string, signature: string, body: MethodBody): readonly [string, NativeMethod] {
  const row = signatureOf(name, signature);
  return [name, (run, self, args, keywords) => body(run, self, bindArguments(row, args, keywords))];
}

/** Raises the TypeError of builtins that take so many arguments and no other number. */
export function exactly(name: string, args: readonly Value[], count: number): void {
  if (args.length === count) return;
  const wanted = count === 0 ? 'no arguments' : count === 1 ? 'exactly one argument' : `exactly ${count} arguments`;
  throw new PyError('TypeError', `${name}() takes ${wanted} (${args.length} given)`);
}

/** The TypeError for a value of the wrong type; what is not known is never the user's mistake. */
export function wrongType(value: Value, message: string): Error {
  return value instanceof Unsupported ? new UnsupportedError(value.construct) : new PyError('TypeError', message);
}

/** Runs `compute` as an array-level operation of its own, as the tape and the listener see it. */
export function asOperation(run: Run, name: string, operands: readonly Value[], compute: () => Value): Value {
  const {span} = run;
  const first = beginOperation(run);
  const number = run.operations;
  const result = compute();
  if (run.listener !== null) announceOperation(run, number, span, name, first, operands, result);
  return result;
}
