/**
 * Python exceptions on their way up: errors of the array layer become exception instances, which keep where they were
 * raised. Budgets and errors of ours are never exceptions of this kind.
 */
import {PyError} from '../ndarray/errors.ts';
import type {Value} from '../ndarray/values.ts';
import {str} from './text/repr.ts';
import {call} from './calls.ts';
import {Class, ExceptionInstance} from './objects.ts';
import type {RaisedAt} from './objects.ts';
import type {Run} from './run.ts';
import {baseExceptionType, exceptionTypes} from './types.ts';

/** A Python exception that the text raised, or that has been seen by a handler. What leaves the interpreter. */
export class PythonException extends Error {
  constructor(readonly exception: ExceptionInstance, message: string) {
    super(message);
  }

  /** The class's name: `ValueError`. */
  get type(): string {
    return this.exception.cls.name;
  }

  /** The innermost user line, and the activation that ran it; its `caller` and `callSpan` say who called. */
  get raisedAt(): RaisedAt | null {
    return this.exception.raisedAt;
  }
}

/** An exception instance of a Python class, as `ValueError('...')`. */
export function makeException(type: string, ...args: readonly Value[]): ExceptionInstance {
  return new ExceptionInstance(exceptionTypes.get(type)!, args);
}

/** What to throw to raise an exception instance here. */
export function raised(run: Run, exception: ExceptionInstance): PythonException {
  if (exception.raisedAt === null && run.activation !== null) exception.raisedAt = {span: run.span, activation: run.activation};
  return new PythonException(exception, str(run, exception));
}

/** The Python exception that a thrown error is, or null when it is none (a budget, an error of ours). */
export function asPythonException(run: Run, error: unknown): PythonException | null {
  if (error instanceof PythonException) return error;
  if (error instanceof PyError) return raised(run, makeException(error.type, error.message));
  return null;
}

/** What `raise value` raises: an instance, or a class that is called without arguments. */
export function exceptionOf(run: Run, value: Value): ExceptionInstance {
  const instance = value instanceof Class && value.isSubclass(baseExceptionType) ? call(run, value, [], null) : value;
  if (instance instanceof ExceptionInstance) return instance;
  throw new PyError('TypeError', 'exceptions must derive from BaseException');
}
