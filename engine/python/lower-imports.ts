/** Import statements: from the grammar's tree to ours. */
import type {TreeCursor} from '@lezer/common';
import type {Stmt} from './ast.ts';
import {firstChild, nextSibling, normalized, spanOf, textOf, type Reading, is} from './reading.ts';

/** Lowers an ImportStatement; the cursor stays on it. */
export function lowerImport(r: Reading, c: TreeCursor): Stmt {
  const span = spanOf(r, c);
  firstChild(c);
  const from = is(c, 'from');
  let level = 0;
  let module = '';
  if (from) {
    while (nextSibling(c) && !is(c, 'import')) {
      if (is(c, 'Ellipsis')) level += 3;
      else if (is(c, '.') && module === '') level++;
      else module += textOf(r, c);
    }
  }
  const names = readNames(r, c);
  c.parent();
  if (!from) return {kind: 'Import', span, names: names.map(({name, as}) => ({module: name, as}))};
  return {kind: 'ImportFrom', span, level, module, names};
}

/** Reads `a.b as c, d` from the cursor's next sibling on. */
function readNames(r: Reading, c: TreeCursor): {name: string; as: string | null}[] {
  const names: {name: string; as: string | null}[] = [];
  let name = '';
  let as: string | null = null;
  const finish = (): void => {
    if (name !== '') names.push({name, as});
    name = '';
    as = null;
  };
  while (nextSibling(c)) {
    if (is(c, ',')) finish();
    else if (is(c, 'as') && nextSibling(c)) as = normalized(textOf(r, c));
    else if (!is(c, '(') && !is(c, ')')) name += normalized(textOf(r, c));
  }
  finish();
  return names;
}
