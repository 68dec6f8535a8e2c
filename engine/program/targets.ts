/** What a statement assigns: its targets, taken apart, each with its value where the text pairs them up. */
import type {Expr, Stmt} from '../python/ast.ts';

/** Target and value of each assignment that a statement makes, tuples taken apart. */
export function targetsOf(statement: Stmt): readonly (readonly [target: Expr, value: Expr | null])[] {
  if (statement.kind === 'AugAssign') return [[statement.target, null]];
  if (statement.kind === 'AnnAssign') return [[statement.target, statement.value]];
  if (statement.kind === 'For') return apart(statement.target, null);
  if (statement.kind !== 'Assign') return [];
  return statement.targets.flatMap(target => apart(target, statement.value));
}

function apart(target: Expr, value: Expr | null): readonly (readonly [Expr, Expr | null])[] {
  if (target.kind !== 'Tuple' && target.kind !== 'List') return [[target, value]];
  const items = value !== null && (value.kind === 'Tuple' || value.kind === 'List') && value.items.length === target.items.length
    ? value.items : null;
  return target.items.flatMap((item, i) => apart(item.kind === 'Star' ? item.value : item, items === null ? null : items[i]));
}
