/**
 * Offsets, lines and columns of one text. Lines end at LF, CRLF or a lone CR; columns count code points.
 * Knows nothing of Python.
 */
import type {Position} from './span.ts';

/** A text with the offset at which each of its lines starts. The first is 0, or 1 after a byte order mark. */
export interface Lines {
  readonly text: string;
  readonly starts: readonly number[];
}

export function linesOf(text: string): Lines {
  const starts = [text.charCodeAt(0) === 0xfeff ? 1 : 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return {text, starts};
}

/** The 1-based line that holds the offset; offsets outside the text are clamped. */
export function lineAt(lines: Lines, offset: number): number {
  const {starts} = lines;
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** 1-based line and 1-based column in code points; offsets outside the text are clamped. */
export function positionAt(lines: Lines, offset: number): Position {
  const clamped = Math.min(Math.max(offset, lines.starts[0]), lines.text.length);
  const line = lineAt(lines, clamped);
  const start = lines.starts[line - 1];
  let column = 1;
  for (let i = start; i < clamped; i += isPair(lines.text, i) ? 2 : 1) column++;
  return {line, column};
}

/** The offset of a position; a column beyond its line is clamped to the line's end, a line beyond the text to the text's end. */
export function offsetAt(lines: Lines, position: Position): number {
  if (position.line < 1) return lines.starts[0];
  if (position.line > lines.starts.length) return lines.text.length;
  const end = lineEnd(lines, position.line);
  let offset = lines.starts[position.line - 1];
  for (let column = 1; column < position.column && offset < end; column++) offset += isPair(lines.text, offset) ? 2 : 1;
  return Math.min(offset, end);
}

/** The offset behind the last character of a 1-based line, its line break left out. */
export function lineEnd(lines: Lines, line: number): number {
  if (line >= lines.starts.length) return lines.text.length;
  const next = lines.starts[line];
  return lines.text.charCodeAt(next - 1) === 10 && lines.text.charCodeAt(next - 2) === 13 ? next - 2 : next - 1;
}

function isPair(text: string, offset: number): boolean {
  const high = text.charCodeAt(offset);
  if (high < 0xd800 || high > 0xdbff) return false;
  const low = text.charCodeAt(offset + 1);
  return low >= 0xdc00 && low <= 0xdfff;
}
