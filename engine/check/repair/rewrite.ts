/**
 * A module with one node replaced by another. Everything that does not hold the node is shared with the old tree, so that
 * compiled code is shared too. Spans of new nodes are those of what they replace.
 */
import type {Expr, Stmt} from '../../python/ast.ts';
import type {Span} from '../../python/span.ts';
import type {PairFile} from '../file.ts';

/** The file as it would be after the edit; its text and lines are still the old ones. */
export function withReplaced(file: PairFile, old: Stmt | Expr, now: Stmt | Expr): PairFile {
  const statements = file.statements === null ? null : new Set(file.statements);
  const body = file.module.body.map((statement) => {
    if (!spans(statement.span, old.span)) return statement;
    const changed = replaceIn(statement, old, now) as Stmt;
    if (changed !== statement && statements?.delete(statement) === true) statements.add(changed);
    return changed;
  });
  return {...file, module: {...file.module, body}, statements};
}

/** The same value if nothing in it is `old`. What does not span `old` cannot hold it. */
function replaceIn(value: unknown, old: Stmt | Expr, now: Stmt | Expr): unknown {
  if (value === old) return now;
  if (Array.isArray(value)) {
    let changed: unknown[] | null = null;
    for (let i = 0; i < value.length; i++) {
      const item: unknown = replaceIn(value[i], old, now);
      if (item !== value[i]) {
        changed ??= [...value as unknown[]];
        changed[i] = item;
      }
    }
    return changed ?? value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if ('span' in value && !spans((value as Stmt | Expr).span, old.span)) return value;
  let copy: Record<string, unknown> | null = null;
  for (const [key, item] of Object.entries(value)) {
    if (typeof item !== 'object' || key === 'span' || key === 'nameSpan') continue;
    const changed = replaceIn(item, old, now);
    if (changed !== item) {
      copy ??= {...value};
      copy[key] = changed;
    }
  }
  return copy ?? value;
}

function spans(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
