/**
 * Texts as an editor sees them: lines, positions in the negotiated encoding, and edits.
 * Offsets are UTF-16 code units, as in the engine. Knows nothing of Python.
 */
import type {Position, Range} from 'vscode-languageserver';

/** What a column counts, as agreed with the editor. */
export type Encoding = 'utf-16' | 'utf-8' | 'utf-32';

/** A text with its lines found. `\r\n`, `\n` and `\r` end a line. */
export interface Text {
  readonly content: string;
  /** Offset of the first character of each line. */
  readonly lineStarts: readonly number[];
}

/** `[start, end)` of the old text was replaced by `length` characters. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

export function textOf(content: string): Text {
  const lineStarts = [0];
  for (let i = 0; i < content.length; i++) {
    const code = content.charCodeAt(i);
    if (code === 10) lineStarts.push(i + 1);
    else if (code === 13 && content.charCodeAt(i + 1) !== 10) lineStarts.push(i + 1);
  }
  return {content, lineStarts};
}

/** The 0-based line that holds an offset. */
export function lineAt(text: Text, offset: number): number {
  let low = 0;
  let high = text.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (text.lineStarts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where a line ends, its line break not counted. */
export function lineEnd(text: Text, line: number): number {
  let end = line + 1 < text.lineStarts.length ? text.lineStarts[line + 1] : text.content.length;
  while (end > text.lineStarts[line] && (text.content.charCodeAt(end - 1) === 10 || text.content.charCodeAt(end - 1) === 13)) end--;
  return end;
}

export function lineText(text: Text, line: number): string {
  return text.content.slice(text.lineStarts[line], lineEnd(text, line));
}

export function positionAt(text: Text, offset: number, encoding: Encoding): Position {
  const bounded = Math.max(0, Math.min(offset, text.content.length));
  const line = lineAt(text, bounded);
  const start = text.lineStarts[line];
  return {line, character: encoding === 'utf-16' ? bounded - start : measure(text.content, start, bounded, encoding)};
}

export function rangeOf(text: Text, start: number, end: number, encoding: Encoding): Range {
  return {start: positionAt(text, start, encoding), end: positionAt(text, end, encoding)};
}

/** The offset of a position; a character beyond its line means the line's end, as the protocol has it. */
export function offsetAt(text: Text, position: Position, encoding: Encoding): number {
  if (position.line >= text.lineStarts.length) return text.content.length;
  if (position.line < 0) return 0;
  const start = text.lineStarts[position.line];
  const end = lineEnd(text, position.line);
  if (encoding === 'utf-16') return Math.min(start + Math.max(0, position.character), end);
  let units = 0;
  let offset = start;
  while (offset < end && units < position.character) {
    const code = text.content.codePointAt(offset)!;
    units += unitsOf(code, encoding);
    offset += code > 0xffff ? 2 : 1;
  }
  return offset;
}

/** The offset of a 1-based line and a 1-based column that counts code points, as the engine's reports have them. */
export function offsetOfReport(text: Text, line: number, column: number): number {
  return offsetAt(text, {line: line - 1, character: column - 1}, 'utf-32');
}

/** The least edit that does what replacing `[start, end)` of `before` by `inserted` does: what both share is left alone. */
export function leastEdit(before: string, start: number, end: number, inserted: string): Edit {
  let from = start;
  let to = end;
  let length = inserted.length;
  while (from < to && length > 0 && before.charCodeAt(from) === inserted.charCodeAt(from - start)) {
    from++;
    length--;
  }
  while (to > from && length > 0 && before.charCodeAt(to - 1) === inserted.charCodeAt(inserted.length - (end - to) - 1)) {
    to--;
    length--;
  }
  return {start: from, end: to, length};
}

/**
 * Where an offset is after an edit. What stood inside the replaced part moves to its start, or to its end if `after`;
 * so does a place at which something is only inserted.
 */
export function shift(offset: number, edit: Edit, after: boolean): number {
  if (offset < edit.start) return offset;
  if (offset === edit.start && (edit.end > edit.start || !after)) return offset;
  if (offset >= edit.end) return offset + edit.length - (edit.end - edit.start);
  return after ? edit.start + edit.length : edit.start;
}

function measure(content: string, start: number, end: number, encoding: Encoding): number {
  let units = 0;
  for (let i = start; i < end;) {
    const code = content.codePointAt(i)!;
    units += unitsOf(code, encoding);
    i += code > 0xffff ? 2 : 1;
  }
  return units;
}

function unitsOf(code: number, encoding: Encoding): number {
  if (encoding === 'utf-32') return 1;
  if (encoding === 'utf-16') return code > 0xffff ? 2 : 1;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
