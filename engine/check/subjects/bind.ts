/** Binds made values to the parameters of a definition, as positional and keyword arguments of a call. */
import {float} from '../../ndarray/scalar.ts';
import type {Value} from '../../ndarray/values.ts';
import type {FunctionDef} from '../../python/ast.ts';
import {CannotRun} from './subject.ts';

export interface Arguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value> | null;
}

/**
 * Arguments for `definition` from `value(name)`; parameters for which it gives undefined keep their defaults.
 * `skip` counts leading parameters that are bound already (`self`). Throws CannotRun for a parameter with neither.
 */
export function bindParameters(definition: FunctionDef, skip: number, value: (name: string) => Value | undefined): Arguments {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  let byName = false;
  for (const parameter of definition.params.slice(skip)) {
    if (parameter.star !== '') {
      byName = true;
      continue;
    }
    const bound = value(parameter.name);
    if (bound === undefined) {
      if (parameter.default === null) throw new CannotRun(`nothing is known about the argument ${parameter.name} of ${definition.name}`);
      byName = true;
    } else if (byName || parameter.passing === 'keyword') keywords.set(parameter.name, bound);
    else positional.push(bound);
  }
  return {positional, keywords: keywords.size > 0 ? keywords : null};
}

/** Looks an argument of a call up by its parameter's name: as it was given, or as its default says. */
export function argumentOf({params}: FunctionDef, {positional, keywords}: Arguments): (name: string) => Value | undefined {
  const plain = params.filter(({star}) => star === '');
  const skip = plain.length > 0 && plain[0].name === 'self' ? 1 : 0;
  return (name) => {
    const at = plain.findIndex((parameter) => parameter.name === name) - skip;
    if (at >= 0 && at < positional.length) return positional[at];
    const preset = plain.find((parameter) => parameter.name === name)?.default;
    return keywords?.get(name) ?? (preset?.kind === 'Number' ? float(Number(preset.value)) : undefined);
  };
}
