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
    const said = text.slice(statement.span.start, statement.span.end);
    if (names.some((name) => said.includes(name))) parts.push(said);
  }
  let next = 0;
  for (const {span, text: comment} of module.comments) {
    while (next < module.body.length && module.body[next].span.end <= span.start) next++;
    const inside = next < module.body.length && module.body[next].span.start <= span.start;
    if (!inside) parts.push(comment);
  }
  return parts.join('\n');
}
