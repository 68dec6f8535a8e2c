/** What a statement assigns: its targets, taken apart, each with its value where the text pairs them up. */
import type {AnnAssign, Assign, AugAssign, Expr, For, Stmt} from '../python/ast.ts';

/** Target and value of each assignment that a statement makes, tuples taken apart. */
export function targetsOf(statement: Stmt): readonly Assigned[] {
  if (statement.kind !== 'Assign' && statement.kind !== 'AugAssign' && statement.kind !== 'AnnAssign' && statement.kind !== 'For') return NOTHING;
  const known = remembered.get(statement);
  if (known !== undefined) return known;
  const found = assignedBy(statement);
  remembered.set(statement, found);
  return found;
}

/** A target and what is assigned to it, null where the text does not pair them up. */
export type Assigned = readonly [target: Expr, value: Expr | null];

const NOTHING: readonly Assigned[] = [];
const remembered = new WeakMap<Stmt, readonly Assigned[]>();

function assignedBy(statement: Assign | AugAssign | AnnAssign | For): readonly Assigned[] {
  if (statement.kind === 'AugAssign') return [[statement.target, null]];
  if (statement.kind === 'AnnAssign') return [[statement.target, statement.value]];
  if (statement.kind === 'For') return apart(statement.target, null);
  return statement.targets.flatMap(target => apart(target, statement.value));
}

function apart(target: Expr, value: Expr | null): readonly Assigned[] {
  if (target.kind !== 'Tuple' && target.kind !== 'List') return [[target, value]];
  const items = value !== null && (value.kind === 'Tuple' || value.kind === 'List') && value.items.length === target.items.length
    ? value.items : null;
  return target.items.flatMap((item, i) => apart(item.kind === 'Star' ? item.value : item, items === null ? null : items[i]));
}
