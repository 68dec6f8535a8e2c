/**
 * When a value counts as true, and how a decision on a differentiable number is noted.
 */
import {NDArray} from '../ndarray/array.ts';
import {isFloat} from '../ndarray/dtype.ts';
import {PyError} from '../ndarray/errors.ts';
import {Scalar} from '../ndarray/scalar.ts';
import {List, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {findSpecial} from './attributes.ts';
import {call} from './calls.ts';
import {Dict, PySet, Range} from './containers.ts';
import {Instance, UnknownOperand, Unsupported} from './objects.ts';
import type {Run} from './run.ts';

/** Notes that a float was turned into a choice: what was chosen, and how far the value was from another choice. */
export function decide(run: Run, value: Scalar, outcome: number, distance: number): void {
  if (run.guards !== null && (value.id !== 0 || isFloat(value.dtype))) run.guards.decide(outcome, distance);
}

/** Python's `bool(value)`. Throws UnsupportedError for a value that is not known. */
export function truth(run: Run, value: Value): boolean {
  switch (typeof value) {
    case 'boolean': return value;
    case 'number': return value !== 0;
    case 'bigint': return value !== 0n;
    case 'string': return value !== '';
    default: break;
  }
  if (value === null) return false;
  if (value instanceof Scalar) {
    const outcome = value.value !== 0;
    decide(run, value, outcome ? 1 : 0, Math.abs(value.value));
    return outcome;
  }
  if (value instanceof List || value instanceof Tuple) return value.items.length > 0;
  if (value instanceof Dict || value instanceof PySet) return value.size > 0;
  if (value instanceof Range) return value.length > 0;
  if (value instanceof NDArray) return arrayTruth(run, value);
  if (value instanceof Unsupported) throw new UnknownOperand(value);
  if (value instanceof Instance) return instanceTruth(run, value);
  return true;
}

function arrayTruth(run: Run, array: NDArray): boolean {
  const by = run.poisonBy(array);
  if (by !== null) throw new UnknownOperand(by);
  if (array.size === 1) {
    const {data, ids} = array.buffer;
    return truth(run, new Scalar(data[array.offset], ids === null ? 0 : ids[array.offset], array.dtype, false));
  }
  throw new PyError('ValueError', array.size === 0
    ? 'The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.'
    : 'The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()');
}

function instanceTruth(run: Run, value: Instance): boolean {
  const bool = findSpecial(value, '__bool__');
  if (bool !== undefined) return truth(run, call(run, bool, [value], null));
  const length = findSpecial(value, '__len__');
  if (length !== undefined) return truth(run, call(run, length, [value], null));
  return value.native === undefined || truth(run, value.native);
}
