/**
 * The functions that Python has without an import, with the leftovers of Python 2. Types and exceptions are in types.ts.
 */
import type {Value} from '../../ndarray/values.ts';
import {compare} from '../comparison.ts';
import type {Builtin} from '../objects.ts';
import type {Run} from '../run.ts';
import {truth} from '../truth.ts';
import {types} from '../types.ts';
import {open} from './files.ts';
import {inspectionFunctions} from './inspection.ts';
import {iterableFunctions, reduce} from './iterables.ts';
import {native} from './native.ts';
import {numberFunctions} from './numbers.ts';
import {outputFunctions} from './output.ts';

function cmp(run: Run, a: Value, b: Value): number {
  if (truth(run, compare(run, '<', a, b))) return -1;
  return truth(run, compare(run, '>', a, b)) ? 1 : 0;
}

const functions: readonly Builtin[] = [...numberFunctions, ...iterableFunctions, ...inspectionFunctions, ...outputFunctions];

/** By name. */
export const builtins: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...functions.map((each) => [each.name, each] as const),
  ['basestring', types.str], ['unichr', functions.find((each) => each.name === 'chr')!], ['reduce', reduce],
  ['cmp', native('cmp', 'x, y, /', (run, [a, b]) => cmp(run, a, b))],
  ['open', open], ['file', open],
  ['intern', native('intern', 'string, /', (_run, [text]) => text)],
]);
