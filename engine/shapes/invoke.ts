/** Follows a call of a function of the module: its body is read with what is known of the arguments. */
import type {FunctionDef} from '../python/ast.ts';
import {evaluate} from './expressions.ts';
import type {Arguments} from './functions.ts';
import type {Reading} from './reading.ts';
import {readBody} from './statements.ts';
import {join, listOf, unknown} from './values.ts';
import type {Abstract} from './values.ts';

const DEEPEST = 4;

/** What the call gives; unknown where calls are nested too deeply, or the function is being read already. */
export function invoke(reading: Reading, definition: FunctionDef, args: Arguments, self: Abstract | null): Abstract {
  const {callers} = reading;
  if (callers.length > DEEPEST || callers.includes(definition) || definition.generator || args.open) return unknown;
  const names = new Map<string, Abstract>();
  const isStatic = definition.decorators.some((decorator) => decorator.kind === 'Name' && decorator.id === 'staticmethod');
  const params = self !== null && !isStatic ? definition.params.slice(1) : definition.params;
  if (self !== null && !isStatic && definition.params.length > 0) names.set(definition.params[0].name, self);
  for (const [place, param] of params.entries()) {
    const given = param.star === '' ? args.positional.at(place) ?? args.named.get(param.name) : undefined;
    names.set(param.name, given ?? (param.star === '*' ? listOf(unknown) : param.default === null ? unknown : evaluate(reading, param.default)));
  }
  const {given} = reading.library;
  given.set(definition, [...given.get(definition) ?? [], new Map(names)]);
  const inner: Reading = {library: reading.library, callers: [...callers, definition], names, returned: [], notes: null, loops: 0};
  readBody(inner, definition.body);
  return inner.returned.length === 0 ? {kind: 'none'} : inner.returned.reduce(join);
}
