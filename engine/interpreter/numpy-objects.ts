/**
 * Objects of NumPy that are neither functions nor arrays: what `np.errstate` and `np.vectorize` give.
 */
import {PyError} from '../ndarray/errors.ts';
import {NDArray} from '../ndarray/array.ts';
import {List, Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {lookup} from '../numpy/table.ts';
import {call, callRow} from './calls.ts';
import {Builtin, Class, Instance} from './objects.ts';
import type {Run} from './run.ts';
import {types} from './types.ts';

const managerType = new Class('errstate', [types.object], new Map<string, Value>([
  ['__enter__', new Builtin('__enter__', () => null)],
  ['__exit__', new Builtin('__exit__', () => null)],
]), [types.object], true);

/** A context manager that does nothing. */
export function contextManager(): Instance {
  return new Instance(managerType);
}

/** `np.vectorize(f)`: calls `f` on every element of the arguments, broadcast together. */
export function vectorize(_run: Run, [callee]: readonly Value[]): Value {
  return new Builtin('vectorize', (run, args) => applyToElements(run, callee, args));
}

function applyToElements(run: Run, callee: Value, args: readonly Value[]): Value {
  const broadcast = rowResult(run, 'np.broadcast_arrays', args);
  const arrays = run.iterate(broadcast).filter((array) => array instanceof NDArray);
  if (arrays.length === 0) throw new PyError('ValueError', 'cannot call `vectorize` with no args');
  const columns = arrays.map((array) => run.iterate(rowResult(run, 'np.ravel', [array])));
  const results = columns[0].map((_, i) => call(run, callee, columns.map((column) => column[i]), null));
  const flat = rowResult(run, 'np.array', [new List(results)]);
  return rowResult(run, 'np.reshape', [flat, new Tuple(arrays[0].shape)]);
}

function rowResult(run: Run, name: string, args: readonly Value[]): Value {
  const row = lookup(name);
  return row === undefined ? run.unsupported(name) : callRow(run, row, args, null);
}
