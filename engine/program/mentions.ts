/**
 * What a file says of a definition outside of what the definition reaches: statements that name it, such as calls, and
 * comments between statements. Only text is looked at, so that it costs little at each edit.
 */
import type {Module, Stmt} from '../python/ast.ts';

/** Changes whenever something outside of `reached` changes that may tell about inputs of what is called `names`. */
export function mentionsOf(module: Module, text: string, reached: ReadonlySet<Stmt>, names: readonly string[]): string {
  const parts: string[] = [];
  for (const statement of module.body) {
    if (reached.has(statement)) continue;
    const words = wordsOf(statement, text);
    if (names.some((name) => words.has(name))) parts.push(text.slice(statement.span.start, statement.span.end));
  }
  return [...parts, ...looseComments(module)].join('\n');
}

const words = new WeakMap<Stmt, ReadonlySet<string>>();

/** Every word in the text of a statement, comments and strings included. */
function wordsOf(statement: Stmt, text: string): ReadonlySet<string> {
  const known = words.get(statement);
  if (known !== undefined) return known;
  const found = new Set(text.slice(statement.span.start, statement.span.end).match(/[\p{L}\p{N}_]+/gu));
  words.set(statement, found);
  return found;
}

const comments = new WeakMap<Module, readonly string[]>();

/** The comments between the statements of the module. */
function looseComments(module: Module): readonly string[] {
  const known = comments.get(module);
  if (known !== undefined) return known;
  const found: string[] = [];
  let next = 0;
  for (const {span, text} of module.comments) {
    while (next < module.body.length && module.body[next].span.end <= span.start) next++;
    const inside = next < module.body.length && module.body[next].span.start <= span.start;
    if (!inside) found.push(text);
  }
  comments.set(module, found);
  return found;
}
