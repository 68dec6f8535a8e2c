/**
 * NumPy's constants and dtypes: names that are values and not functions.
 */
import type {DType} from '../ndarray/dtype.ts';
import {float} from '../ndarray/scalar.ts';
import {DTypeValue} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';

function dtype(name: DType): DTypeValue {
  return new DTypeValue(name);
}

const float64 = dtype('float64');
const float32 = dtype('float32');
const float16 = dtype('float16');
const int64 = dtype('int64');
const bool = dtype('bool');

/** Values by their names after `np.`. */
export const constants: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['pi', float(Math.PI)], ['e', float(Math.E)], ['euler_gamma', float(0.5772156649015329)],
  ['inf', float(Infinity)], ['nan', float(NaN)], ['newaxis', null],
  ['True_', true], ['False_', false], ['little_endian', true],
  ['float64', float64], ['double', float64], ['float32', float32], ['single', float32], ['float16', float16], ['half', float16],
  ['int64', int64], ['int_', int64], ['intp', int64], ['long', int64], ['longlong', int64],
  ['int32', dtype('int32')], ['intc', dtype('int32')], ['int16', dtype('int16')], ['short', dtype('int16')],
  ['int8', dtype('int8')], ['byte', dtype('int8')], ['uint8', dtype('uint8')], ['ubyte', dtype('uint8')],
  ['uint16', dtype('uint16')], ['uint32', dtype('uint32')], ['uint64', dtype('uint64')], ['uint', dtype('uint64')],
  ['bool_', bool], ['bool', bool],
  // Removed from NumPy, still written.
  ['float', float64], ['float_', float64], ['int', int64], ['bool8', bool], ['Inf', float(Infinity)], ['Infinity', float(Infinity)],
  ['infty', float(Infinity)], ['NaN', float(NaN)], ['NAN', float(NaN)], ['PINF', float(Infinity)], ['NINF', float(-Infinity)],
]);
