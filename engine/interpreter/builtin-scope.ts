/**
 * The names that every module finds without importing anything.
 */
import {ELLIPSIS} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {builtins} from './builtins/table.ts';
import {NOT_IMPLEMENTED} from './objects.ts';
import {exceptionTypes, types} from './types.ts';

/** Types, exceptions, functions and constants; `xrange` and `unicode` for texts of Python 2. */
export const builtinScope: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...builtins,
  ...Object.entries(types),
  ...exceptionTypes,
  ['NotImplemented', NOT_IMPLEMENTED],
  ['Ellipsis', ELLIPSIS],
  ['xrange', types.range],
  ['unicode', types.str],
  ['long', types.int],
  ['__debug__', true],
]);
