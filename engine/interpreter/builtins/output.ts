/**
 * `print`, and the builtin functions that reach outside of the text, which the engine never does.
 */
import {PyError, UnsupportedError} from '../../ndarray/errors.ts';
import type {Value} from '../../ndarray/values.ts';
import {Builtin} from '../objects.ts';
import type {Keywords} from '../objects.ts';
import type {Run} from '../run.ts';
import {str} from '../text/repr.ts';

function printed(run: Run, value: Value): string {
  try {
    return str(run, value);
  } catch (error) {
    if (error instanceof UnsupportedError) return `<${error.construct}>`;
    throw error;
  }
}

function option(keywords: Keywords, name: string, byDefault: string): string {
  const value = keywords?.get(name) ?? null;
  if (value === null) return byDefault;
  if (typeof value !== 'string') throw new PyError('TypeError', `${name} must be None or a string, not int`);
  return value;
}

const outside = ['input', 'eval', 'exec', 'compile', '__import__', 'globals', 'locals', 'breakpoint', 'memoryview', 'raw_input'];

export const outputFunctions: readonly Builtin[] = [
  new Builtin('print', (run, args, keywords) => {
    const separator = option(keywords, 'sep', ' ');
    run.print(args.map((arg) => printed(run, arg)).join(separator) + option(keywords, 'end', '\n'));
    return null;
  }),
  ...outside.map((name) => new Builtin(name, () => {
    throw new UnsupportedError(`${name}()`);
  })),
];
