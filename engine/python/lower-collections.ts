/** Lists, tuples, sets, dictionaries and comprehensions: from the grammar's tree to ours. A cursor is left where it was found. */
import type {TreeCursor} from '@lezer/common';
import type {Comprehension, ComprehensionClause, Expr} from './ast.ts';
import {lowerExpression, noItems, oneOrTuple, readItems} from './lower-expressions.ts';
import {firstChild, invalid, is, nextSibling, spanOf, type Reading} from './reading.ts';

export function lowerSequence(r: Reading, c: TreeCursor): Expr {
  const span = spanOf(r, c);
  const kind = is(c, 'TupleExpression') ? 'Tuple' : is(c, 'ArrayExpression') ? 'List' : 'Set';
  const into = noItems();
  firstChild(c);
  if (nextSibling(c)) readItems(r, c, into);
  c.parent();
  return {kind, span, items: into.items};
}

export function lowerDictionary(r: Reading, c: TreeCursor): Expr {
  const span = spanOf(r, c);
  const entries: {key: Expr | null; value: Expr}[] = [];
  firstChild(c);
  while (nextSibling(c)) {
    if (is(c, ',') || is(c, '}')) continue;
    entries.push(readEntry(r, c));
  }
  c.parent();
  return {kind: 'Dict', span, entries};
}

/** Reads `key: value` or `**mapping`; the cursor ends on the value. */
function readEntry(r: Reading, c: TreeCursor): {key: Expr | null; value: Expr} {
  let key: Expr | null = null;
  if (!is(c, '**')) {
    key = lowerExpression(r, c);
    if (!nextSibling(c) || !is(c, ':')) invalid(r, spanOf(r, c), 'a value is missing');
  }
  const span = spanOf(r, c);
  return {key, value: nextSibling(c) ? lowerExpression(r, c) : invalid(r, span, 'a value is missing')};
}

const COMPREHENSION_TYPES: Readonly<Record<string, Comprehension['type']>> = {
  ComprehensionExpression: 'generator',
  ArrayComprehensionExpression: 'list',
  SetComprehensionExpression: 'set',
  DictionaryComprehensionExpression: 'dict',
};

export function lowerBracketedComprehension(r: Reading, c: TreeCursor): Expr {
  const span = spanOf(r, c);
  const type = COMPREHENSION_TYPES[c.name];
  firstChild(c);
  nextSibling(c);
  const entry = type === 'dict' ? readEntry(r, c) : {key: null, value: lowerExpression(r, c)};
  if (type === 'dict' && entry.key === null) invalid(r, span, 'a mapping cannot be unpacked here');
  nextSibling(c);
  const clauses = readClauses(r, c);
  c.parent();
  return {kind: 'Comprehension', span, type, key: entry.key, element: entry.value, clauses};
}

/** Reads from `for` to the closing bracket, on which the cursor ends. */
export function readClauses(r: Reading, c: TreeCursor): ComprehensionClause[] {
  const clauses: ComprehensionClause[] = [];
  for (;;) {
    if (is(c, 'async')) nextSibling(c);
    if (!is(c, 'for') || !nextSibling(c)) return clauses;
    const targets = noItems();
    if (!readItems(r, c, targets) || !nextSibling(c)) {
      invalid(r, spanOf(r, c), 'not a comprehension');
      return clauses;
    }
    const iterable = lowerExpression(r, c);
    const conditions: Expr[] = [];
    clauses.push({target: oneOrTuple(r, targets), iterable, conditions});
    while (nextSibling(c) && is(c, 'if') && nextSibling(c)) conditions.push(lowerExpression(r, c));
  }
}
