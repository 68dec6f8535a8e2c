/** Compares shapes that were inferred from the text with sizes that a run had at the same places. */
import {evaluate, lettersOf, parseDimension} from '../../engine/dims/expression.ts';
import type {Module, Stmt} from '../../engine/python/ast.ts';
import type {InferredShape} from '../../engine/shapes/infer.ts';

export interface Agreement {
  /** Places at which both say something. */
  readonly both: number;
  /** Axes of them whose size is inferred, and those that are `?`. */
  readonly axes: number;
  readonly open: number;
  readonly disagreements: readonly string[];
}

/**
 * A letter has one size in a function: the first that is met. `sizesAt` gives what a run had at the start of a target, or undefined.
 * `place` names a place in what is listed.
 */
export function compareInferred(module: Module, inferred: readonly InferredShape[], sizesAt: (start: number) => readonly number[] | undefined, place: (start: number) => string): Agreement {
  const disagreements: string[] = [];
  let both = 0;
  let axes = 0;
  let open = 0;
  const letters = new Map<string, Map<string, number>>();
  const known = inferred.flatMap((one) => {
    const sizes = sizesAt(one.span.start);
    return sizes === undefined ? [] : [{...one, sizes, env: envOf(letters, homeOf(module.body, one.span.start))}];
  });
  for (const {shape, sizes, env} of known) {
    if (shape.length !== sizes.length) continue;
    shape.forEach((dim, axis) => { if (typeof dim === 'string' && /^[A-Za-z_]\w*$/.test(dim) && !env.has(dim)) env.set(dim, sizes[axis]); });
  }
  for (const {name, shape, sizes, env, span} of known) {
    both++;
    const said = `${place(span.start)} ${name} is (${sizes.join(', ')}), inferred (${shape.join(', ')})`;
    if (shape.length !== sizes.length) {
      disagreements.push(said);
      continue;
    }
    const wrong = shape.filter((dim, axis) => {
      const expression = typeof dim === 'number' ? dim : dim === '?' ? null : parseDimension(dim);
      if (expression === null) open++;
      else axes++;
      if (expression === null || !lettersOf(expression).every((letter) => env.has(letter))) return false;
      return evaluate(expression, env) !== sizes[axis];
    });
    if (wrong.length > 0) disagreements.push(`${said} where ${[...env].map(([letter, size]) => `${letter} = ${size}`).join(', ')}`);
  }
  return {both, axes, open, disagreements};
}

function envOf(letters: Map<string, Map<string, number>>, home: string): Map<string, number> {
  let env = letters.get(home);
  if (env === undefined) letters.set(home, env = new Map<string, number>());
  return env;
}

/** The function that a place is in. */
function homeOf(body: readonly Stmt[], offset: number): string {
  for (const statement of body) {
    if (statement.span.start > offset || statement.span.end < offset) continue;
    if (statement.kind === 'FunctionDef') return `${statement.name} ${statement.span.start}`;
    if (statement.kind === 'ClassDef') return homeOf(statement.body, offset);
  }
  return '';
}
