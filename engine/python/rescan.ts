/**
 * The scan of an edited text at the price of what the edit touched: the top-level statements in front of it and behind it stand
 * as they were. Gives the same as a scan of the whole text, and falls back to one where a line left open could reach further.
 */
import type {Comment} from './ast.ts';
import {groupEnd} from './blocks.ts';
import {scan, scanPart} from './scan.ts';
import type {LogicalLine, Scan} from './scan.ts';

/** A text as it was scanned and cut into the logical lines of its top-level statements. */
export interface Before {
  readonly text: string;
  readonly readable: string;
  readonly cut: boolean;
  readonly comments: readonly Comment[];
  readonly chunks: readonly {readonly start: number; readonly lines: readonly LogicalLine[]}[];
}

/** `lines` are those between the first `front` and the last `back` chunks, which are still what they were. */
export interface Rescan extends Scan {
  readonly front: number;
  readonly back: number;
}

/** With so many lines left open, each of which is read twice, the whole text is scanned, whose budget is for all of them. */
const MOST_OPEN = 8;

export function rescan(before: Before, text: string): Rescan {
  return around(before, text) ?? {...scan(text), front: 0, back: 0};
}

/** Where the lines of every top-level statement lie in `lines`. */
export function chunksIn(text: string, lines: readonly LogicalLine[]): LogicalLine[][] {
  const chunks: LogicalLine[][] = [];
  for (let i = 0; i < lines.length;) {
    const end = groupEnd(text, lines, i);
    chunks.push(lines.slice(i, end));
    i = end;
  }
  return chunks;
}

export function movedLine(line: LogicalLine, delta: number): LogicalLine {
  return {...line, lineStart: line.lineStart + delta, start: line.start + delta, end: line.end + delta};
}

function around({text: old, readable, cut, comments, chunks}: Before, text: string): Rescan | null {
  if (cut) return null;
  const {start, behind} = differenceOf(old, text);
  let front = chunks.findIndex((chunk) => chunk.start > start);
  // The statement in which the edit begins, and the one before it, which may take in what follows it now.
  front = Math.max(0, (front < 0 ? chunks.length : front) - 2);
  const delta = text.length - old.length;
  const from = front === 0 ? (text.charCodeAt(0) === 0xfeff ? 1 : 0) : chunks[front].start;
  let next = chunks.findIndex((chunk) => chunk.start >= old.length - behind);
  if (next < 0) next = chunks.length;
  const part = scanPart(text, from, (position, lines) => {
    while (next < chunks.length && chunks[next].start + delta < position) next++;
    return next < chunks.length && chunks[next].start + delta === position && begins(text, lines, movedLine(chunks[next].lines[0], delta));
  });
  if (part === null) return null;
  if (part.end === text.length) next = chunks.length;
  const kept = [...chunks.slice(0, front), ...chunks.slice(next)];
  if (kept.some(({lines}) => lines.some(({open}) => open)) || part.lines.filter(({open}) => open).length > MOST_OPEN) return null;
  const oldEnd = part.end - delta;
  const head = front === 0 ? {readable: text.slice(0, from), comments: []} : {readable: readable.slice(0, from), comments: comments.filter(({span}) => span.start < from)};
  return {
    front, back: chunks.length - next, lines: part.lines, cut: false,
    readable: head.readable + part.readable + readable.slice(oldEnd),
    comments: [
      ...head.comments, ...part.comments,
      ...comments.filter(({span}) => span.start >= oldEnd).map(({span, text: own}) => ({span: {start: span.start + delta, end: span.end + delta}, text: own})),
    ],
  };
}

/** Whether a line begins a top-level statement behind these lines. */
function begins(text: string, lines: readonly LogicalLine[], line: LogicalLine): boolean {
  const all = [...lines, line];
  let last = 0;
  for (let i = 0; i < all.length; i = groupEnd(text, all, i)) last = i;
  return last === lines.length;
}

/** How many characters are the same at the start, and of the rest at the end. */
function differenceOf(old: string, text: string): {readonly start: number; readonly behind: number} {
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  let behind = 0;
  while (behind < shorter - start && old.charCodeAt(old.length - 1 - behind) === text.charCodeAt(text.length - 1 - behind)) behind++;
  return {start, behind};
}
