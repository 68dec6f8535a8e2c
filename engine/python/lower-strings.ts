/**
 * String literals in the tree: adjacent ones joined, f-strings with their fields.
 * What the characters mean is in strings.ts.
 */
import type {TreeCursor} from '@lezer/common';
import type {Expr, FStringField} from './ast.ts';
import {noItems, oneOrTuple, readItems} from './lower-expressions.ts';
import {firstChild, invalid, nextSibling, spanOf, textOf, type Reading, is} from './reading.ts';
import {decodeContent, literalForm, undoubleBraces, type LiteralForm} from './strings.ts';

type Part = string | FStringField;

interface Joined {
  readonly parts: Part[];
  format: boolean;
  bytes: boolean;
}

/** Lowers a String, a FormatString or a ContinuedString. */
export function lowerStrings(r: Reading, c: TreeCursor): Expr {
  const span = spanOf(r, c);
  const joined: Joined = {parts: [], format: false, bytes: false};
  if (is(c, 'ContinuedString')) {
    let first = true;
    firstChild(c);
    do {
      const {bytes} = joined;
      readLiteral(r, c, joined);
      if (!first && bytes !== joined.bytes) invalid(r, span, 'bytes and text cannot be joined');
      first = false;
    } while (nextSibling(c));
    c.parent();
  } else {
    readLiteral(r, c, joined);
  }
  if (joined.format) return {kind: 'FString', span, parts: joined.parts};
  const value = joined.parts.length === 0 ? '' : joined.parts[0] as string;
  return {kind: 'String', span, value, bytes: joined.bytes};
}

function readLiteral(r: Reading, c: TreeCursor, into: Joined): void {
  const form = is(c, 'String') || is(c, 'FormatString') ? literalForm(r.text, c.from + r.base, c.to + r.base) : null;
  if (form === null) {
    invalid(r, spanOf(r, c), 'a string is left open');
    return;
  }
  into.bytes = form.bytes;
  if (is(c, 'FormatString')) {
    into.format = true;
    readPieces(r, c, form, form.contentStart, form.contentEnd, into.parts);
  } else {
    pushText(into.parts, decodeContent(r.text, form, form.contentStart, form.contentEnd));
  }
}

/** Reads texts and fields between two offsets inside the cursor's node, on which it stays. */
function readPieces(r: Reading, c: TreeCursor, form: LiteralForm, start: number, end: number, into: Part[]): void {
  let at = start;
  if (firstChild(c)) {
    do {
      if (!is(c, 'FormatReplacement')) continue;
      pushText(into, decodeContent(r.text, form, at, c.from + r.base), true);
      into.push(readField(r, c, form));
      at = c.to + r.base;
    } while (nextSibling(c));
    c.parent();
  }
  pushText(into, decodeContent(r.text, form, at, end), true);
}

function readField(r: Reading, c: TreeCursor, form: LiteralForm): FStringField {
  const start = c.from + r.base + 1;
  const items = noItems();
  let conversion: FStringField['conversion'] = null;
  let format: Part[] | null = null;
  let debug: string | null = null;
  firstChild(c);
  let more = nextSibling(c);
  if (more) more = readItems(r, c, items);
  const value = oneOrTuple(r, items);
  for (; more; more = nextSibling(c)) {
    if (is(c, 'FormatSelfDoc')) {
      debug = r.text.slice(start, c.from + r.base);
    } else if (is(c, 'FormatConversion')) {
      conversion = textOf(r, c)[1] as 's' | 'r' | 'a';
    } else if (is(c, 'FormatSpec')) {
      format = [];
      readPieces(r, c, form, c.from + r.base + 1, c.to + r.base, format);
    }
  }
  c.parent();
  if (debug !== null && conversion === null && format === null) conversion = 'r';
  return {value, conversion, format, debug};
}

function pushText(parts: Part[], text: string, doubled = false): void {
  if (text === '') return;
  const plain = doubled ? undoubleBraces(text) : text;
  const last = parts.at(-1);
  if (typeof last === 'string') parts[parts.length - 1] = last + plain;
  else parts.push(plain);
}

