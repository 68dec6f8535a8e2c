/**
 * Gathers what the text says of the parameters of one function: pragmas, annotations, docstrings (its own, its class's,
 * its backward's, those of functions that it names or that are variants of it), comments and call sites.
 * Merges them by the quality of their origin, field by field.
 */
import type {SizeConstraint} from '../dims/sizes.ts';
import type {ClassDef, FunctionDef, Module, StringLiteral} from '../python/ast.ts';
import {annotationFacts} from './annotation.ts';
import {callFacts} from './calls.ts';
import {commentFacts} from './comments.ts';
import {docstringFacts} from './docstring.ts';
import {pragmaFacts} from './pragma.ts';
import type {Fact, InputProblem, Origin} from './spec.ts';

export interface TextFacts {
  readonly facts: ReadonlyMap<string, Fact>;
  readonly ties: readonly SizeConstraint[];
  readonly problems: readonly InputProblem[];
}

const quality: readonly Origin[] = ['trial', 'pragma', 'annotation', 'docstring', 'comment', 'call', 'use', 'default', 'guess'];

/** `related` are definitions whose documentation may also speak of these parameters (the backward). */
export function textFacts(
  definition: FunctionDef, owner: ClassDef | null, module: Module, text: string, related: readonly FunctionDef[],
): TextFacts {
  const names = definition.params.map(({name}) => name);
  const pragma = pragmaFacts(definition, owner?.span ?? null, module);
  const all: Fact[] = [...pragma.params, ...annotationFacts(definition.params, text)];
  const ties: SizeConstraint[] = [];
  const read = (docstring: StringLiteral | null): void => {
    if (docstring === null) return;
    const {start, end} = docstring.span;
    const found = docstringFacts(text.slice(start, end), start, names);
    all.push(...found.params);
    ties.push(...found.ties);
  };
  read(definition.docstring);
  for (const other of referred(definition, module)) read(other.docstring);
  if (owner !== null) {
    read(owner.docstring);
    if (definition.docstring === null || definition.name === '__init__') {
      for (const statement of owner.body) if (statement.kind === 'FunctionDef' && statement.name === '__init__' && statement !== definition) read(statement.docstring);
    }
  }
  for (const other of related) read(other.docstring);
  all.push(...commentFacts(definition, module, text), ...callFacts(definition, owner, module));
  return {facts: mergeFacts(all), ties, problems: pragma.problems};
}

/** Facts of the same input together: each field from the best origin that has it; among equals the first. */
export function mergeFacts(all: readonly Fact[]): ReadonlyMap<string, Fact> {
  const merged = new Map<string, Fact>();
  for (const fact of all.toSorted((a, b) => quality.indexOf(a.origin) - quality.indexOf(b.origin))) {
    const before = merged.get(fact.name);
    if (before === undefined) { merged.set(fact.name, fact); continue; }
    // What one source says of shape and value belongs together: a worse source must not add a shape to a better literal.
    const settled = before.shape !== undefined || before.literal !== undefined || before.shapeOf !== undefined;
    merged.set(fact.name, settled ? {...withoutShape(fact), ...before} : {...fact, ...before, origin: fact.shape === undefined ? before.origin : fact.origin});
  }
  return merged;
}

function withoutShape(fact: Fact): Fact {
  return Object.fromEntries(Object.entries(fact).filter(([field]) => field !== 'shape' && field !== 'shapeOf' && field !== 'literal')) as unknown as Fact;
}

const variant = /(?:_(?:naive|fast|vectorized|im2col|strides?|alt\w*|reshape|loops?|loop|v\d|np|numpy|\d+))+$/;

/** Functions whose documentation holds for this one: named in its own, or the same but for `_naive` and `_vectorized`. */
function referred(definition: FunctionDef, module: Module): readonly FunctionDef[] {
  const own = definition.docstring?.value ?? '';
  const stem = definition.name.replace(variant, '');
  return module.body.filter((statement): statement is FunctionDef => statement.kind === 'FunctionDef' && statement !== definition
    && statement.docstring !== null
    && (isNamedIn(own, statement.name) || (statement.name.replace(variant, '') === stem && stem.length > 3)));
}

function isNamedIn(text: string, name: string): boolean {
  return text.includes(name) && new RegExp(`\\b${name}\\b`).test(text);
}
