/**
 * Gradients that hang on the values themselves: `self.inp.g = self.out.g @ self.w.t()`. What a backward reads that way and never
 * writes is the upstream gradient, on the forward's output. Reads text only.
 */
import type {Expr, FunctionDef} from '../python/ast.ts';
import {expressionsIn, flatten} from './definitions.ts';
import type {Match} from './matching.ts';
import {isGenericGradient} from './naming.ts';
import {dottedName} from './scopes.ts';
import {targetsOf} from './targets.ts';

/** The attributes in which a backward expects the upstream gradient on the output, `g` or `grad`; empty for most. */
export function upstreamAttributes(backward: FunctionDef): ReadonlySet<string> {
  return new Set([...expected(backward).values()].flat());
}

/** A parameter whose gradient is only read is the output: `def bwd(self, out, inp): inp.g = mask * out.g`. */
export function withHungOutput(match: Match): Match {
  const read = expected(match.backward);
  return {...match, parameters: match.parameters.map((parameter) =>
    read.has(parameter.name) && parameter.role !== 'forward-argument' ? {...parameter, role: 'forward-output', of: null} as const : parameter)};
}

/** What a backward reads a gradient of and gives none to, by its text, with the attributes. */
function expected(backward: FunctionDef): ReadonlyMap<string, readonly string[]> {
  const statements = flatten(backward.body);
  const given = new Set(statements.flatMap(targetsOf).flatMap(([target]) => subjectOf(target)?.subject ?? []));
  const read = new Map<string, readonly string[]>();
  for (const part of statements.flatMap(expressionsIn)) {
    const hung = subjectOf(part);
    if (hung === null || given.has(hung.subject)) continue;
    read.set(hung.subject, [...read.get(hung.subject) ?? [], hung.attribute]);
  }
  return read;
}

/** `out` and `g` for `out.g`; `self.grad` hangs on no value. */
function subjectOf(expression: Expr): {readonly subject: string; readonly attribute: string} | null {
  if (expression.kind !== 'Attribute' || !isGenericGradient(expression.name)) return null;
  const subject = dottedName(expression.object);
  return subject === null || subject === 'self' ? null : {subject, attribute: expression.name};
}
