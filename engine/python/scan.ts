/**
 * The pre-pass: cuts a text into logical lines and comments, so that what is broken stays in its own line.
 * A bracket that never closes ends its line before the next line that begins a statement.
 * Also makes the readable copy of the text, of the same length, that the grammar is given: it differs only where the grammar
 * does not know what Python allows (`1.`, `x[*i]`, `lambda x, /: x`, CRLF after a backslash) or allowed (`10L`, `ur''`).
 * Knows brackets, strings and line breaks; nothing of statements but how they begin.
 */
import type {Comment} from './ast.ts';
import {beginsStatement} from './statement-start.ts';
import {isDigit, isStringPrefix, isTriple, isWord, numberAt, stringEnd, wordEnd} from './tokens.ts';

/** One statement's text, over several physical lines when brackets or backslashes join them. */
export interface LogicalLine {
  /** Where its first physical line starts. */
  readonly lineStart: number;
  /** Its first character that is not blank. */
  readonly start: number;
  /** Behind its last character; a trailing comment is left out. */
  readonly end: number;
  /** Columns of indentation, tabs to multiples of 8. */
  readonly indent: number;
  /** A bracket or a string in it is left open. */
  readonly open: boolean;
  /** Brackets nest deeper in it than Python itself allows. */
  readonly deep: boolean;
}

export interface Scan {
  readonly lines: readonly LogicalLine[];
  readonly comments: readonly Comment[];
  readonly readable: string;
  /** Whether a triple-quoted string was taken to be left open, which only the whole text can tell. */
  readonly cut: boolean;
}

/** A scan of the lines from one offset to another. */
export interface ScannedPart extends Omit<Scan, 'cut'> {
  readonly end: number;
}

interface Scanner {
  readonly text: string;
  position: number;
  lines: LogicalLine[];
  comments: Comment[];
  /** Offsets and characters in which the readable copy differs. */
  patches: {offset: number; character: string}[];
  /** Opening quotes, by offset, of triple-quoted strings that are taken to be left open. */
  readonly openTriples: ReadonlySet<number>;
  triples: {start: number; end: number}[];
  /** Characters that may still be read a second time. */
  budget: number;
  unterminated: number;
}

const MAX_BRACKETS = 200;

export function scan(text: string): Scan {
  const openTriples = new Set<number>();
  for (;;) {
    const s = scannerAt(text, text.charCodeAt(0) === 0xfeff ? 1 : 0, 20 * text.length + 100_000, openTriples);
    while (s.position < text.length) scanLine(s);
    if (s.unterminated < 0 || openTriples.size >= 8) return {lines: s.lines, comments: s.comments, readable: patched(s, 0, text.length), cut: openTriples.size > 0};
    openTriples.add(openTriple(s));
  }
}

/**
 * Scans from the start of a physical line to the start of the first one for which `isEnd` holds, given the lines so far, or to the
 * end of the text. Null when a string is left open, about which only a scan of the whole text can tell.
 */
export function scanPart(text: string, from: number, isEnd: (position: number, lines: readonly LogicalLine[]) => boolean): ScannedPart | null {
  const s = scannerAt(text, from, 20 * text.length + 100_000);
  while (s.position < text.length && !isEnd(s.position, s.lines)) scanLine(s);
  return s.unterminated >= 0 ? null : {lines: s.lines, comments: s.comments, readable: patched(s, from, s.position), end: s.position};
}

function scannerAt(text: string, position: number, budget: number, openTriples: ReadonlySet<number> = new Set()): Scanner {
  return {text, position, lines: [], comments: [], patches: [], openTriples, triples: [], budget, unterminated: -1};
}

/** Cuts a logical line again, now at each physical line that begins a statement, for when its brackets close only by chance. */
export function splitLine(text: string, line: LogicalLine): readonly LogicalLine[] {
  const s = scannerAt(text.slice(0, line.end), line.lineStart, 0);
  while (s.position < line.end) scanLine(s);
  return s.lines;
}

/** Of the triple-quoted strings before one that never closes, the first that swallowed a definition is to blame. */
function openTriple(s: Scanner): number {
  const swallowing = /\n[ \t]*(?:def|class)[ \t]+\w+[^\n]*:[ \t]*(?:#[^\n]*)?\r?\n/;
  const culprit = s.triples.find(({start, end}) => swallowing.test(s.text.slice(start, end)));
  return culprit?.start ?? s.unterminated;
}

/** The readable copy of the text between two offsets. */
function patched(s: Scanner, start: number, end: number): string {
  if (s.patches.length === 0) return s.text.slice(start, end);
  const parts: string[] = [];
  let from = start;
  for (const {offset, character} of s.patches) {
    parts.push(s.text.slice(from, offset), character);
    from = offset + 1;
  }
  parts.push(s.text.slice(from, end));
  return parts.join('');
}

/** Reads from the start of a physical line to the end of its logical line. */
function scanLine(s: Scanner): void {
  const {text} = s;
  const lineStart = s.position;
  let indent = 0;
  let at = lineStart;
  for (; ; at++) {
    const code = text.charCodeAt(at);
    if (code === 32) indent++;
    else if (code === 9) indent += 8 - (indent % 8);
    else if (code === 12) indent = 0;
    else break;
  }
  s.position = at;
  if (at >= text.length || skipBlank(s)) return;
  const comments = s.comments.length;
  const patches = s.patches.length;
  const triples = s.triples.length;
  const base = {lineStart, start: at, indent};
  const ending = s.budget > 0 ? scanRest(s, base, false) : null;
  if (ending !== null && !ending.open) {
    s.lines.push({...base, ...ending});
    return;
  }
  s.budget -= s.position - at;
  s.position = at;
  s.comments.length = comments;
  s.patches.length = patches;
  s.triples.length = triples;
  s.lines.push({...base, ...scanRest(s, base, true)});
}

/** Skips the rest of a physical line that holds nothing but a comment or nothing at all. */
function skipBlank(s: Scanner): boolean {
  const code = s.text.charCodeAt(s.position);
  if (code === 35) skipComment(s);
  else if (code !== 10 && code !== 13) return false;
  skipBreak(s);
  return true;
}

function skipComment(s: Scanner): void {
  const start = s.position;
  let at = start;
  for (; at < s.text.length; at++) {
    const code = s.text.charCodeAt(at);
    if (code === 10 || code === 13) break;
  }
  s.comments.push({span: {start, end: at}, text: s.text.slice(start, at)});
  s.position = at;
}

/** Steps over one line break. The grammar takes a lone CR for a break too, and the LF of a CRLF for a blank line. */
function skipBreak(s: Scanner): void {
  if (s.text.charCodeAt(s.position) === 13 && s.text.charCodeAt(s.position + 1) === 10) s.position++;
  s.position++;
}

interface Ending { readonly end: number; readonly open: boolean; readonly deep: boolean }

/**
 * Reads on to the end of a logical line. Without `recovering` Python's own rule holds and a bracket left open takes in all that
 * follows; with it, the line ends before the next line that begins a statement.
 */
function scanRest(s: Scanner, base: {start: number; indent: number}, recovering: boolean): Ending {
  const {text} = s;
  const stack: number[] = [];
  /** At which depths the open bracket is that of a subscript. */
  const subscripts = new Set<number>();
  let open = false;
  let deep = false;
  let end = base.start;
  while (s.position < text.length) {
    const at = s.position;
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9 || code === 12) {
      s.position++;
      continue;
    }
    if (code === 10 || code === 13) {
      skipBreak(s);
      if (stack.length === 0) return {end, open, deep};
      if (recovering && beginsStatement(text, s.position, base)) return {end, open: true, deep};
      continue;
    }
    if (code === 35) {
      skipComment(s);
      continue;
    }
    if (code === 92) {
      skipBackslash(s);
    } else if (code === 40 || code === 91 || code === 123) {
      stack.push(code === 40 ? 41 : code + 2);
      if (code === 91 && end === at && at > base.start && isOperandEnd(text.charCodeAt(at - 1))) subscripts.add(stack.length);
      else subscripts.delete(stack.length);
      if (stack.length > MAX_BRACKETS) deep = true;
      s.position++;
    } else if (code === 41 || code === 93 || code === 125) {
      if (stack.length === 0 || stack.at(-1) !== code) open = true;
      const opener = stack.lastIndexOf(code);
      if (opener >= 0) stack.length = opener;
      s.position++;
    } else if (code === 34 || code === 39) {
      if (!skipString(s)) open = true;
    } else if ((code >= 48 && code <= 57) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) {
      skipNumber(s);
    } else if (isWord(code)) {
      if (!skipWord(s)) open = true;
    } else {
      if (code === 42 && subscripts.has(stack.length) && startsItem(text, end)) s.patches.push({offset: at, character: '~'});
      else if (code === 47 && text.charCodeAt(end - 1) === 44) s.patches.push({offset: at, character: '_'});
      s.position++;
    }
    end = s.position;
  }
  return {end, open: open || stack.length > 0, deep};
}

/** A backslash before a line break joins the lines; the grammar does not know `\` before CRLF. */
function skipBackslash(s: Scanner): void {
  const next = s.text.charCodeAt(s.position + 1);
  if (next === 13 && s.text.charCodeAt(s.position + 2) === 10) {
    s.patches.push({offset: s.position, character: ' '}, {offset: s.position + 1, character: '\\'});
    s.position += 3;
  } else {
    s.position += next === 10 || next === 13 ? 2 : 1;
  }
}

/** Steps over a string from its opening quote; false when it is left open. */
function skipString(s: Scanner): boolean {
  const start = s.position;
  const triple = isTriple(s.text, start);
  const cut = triple && s.openTriples.has(start);
  const {end, closed} = stringEnd(s.text, start, cut);
  s.position = end;
  if (!triple) patchJoins(s, start, end);
  if (triple && !cut) {
    if (closed) s.triples.push({start, end});
    else if (s.unterminated < 0) s.unterminated = start;
  }
  return closed;
}

/** In a string too the grammar does not know a backslash before CRLF. */
function patchJoins(s: Scanner, start: number, end: number): void {
  const content = s.text.slice(start, end);
  if (!content.includes('\\\r\n')) return;
  for (let at = content.indexOf('\\'); at >= 0; at = content.indexOf('\\', at + 2)) {
    if (content.startsWith('\r\n', at + 1)) s.patches.push({offset: start + at, character: ' '}, {offset: start + at + 1, character: '\\'});
  }
}

/** `1.` and `10L` are numbers of Python, or were; the grammar is given `10` and `100` and the value is read from the text. */
function skipNumber(s: Scanner): void {
  const written = numberAt(s.text, s.position);
  const dot = written.indexOf('.');
  if (dot >= 0 && !isDigit(written.charCodeAt(dot + 1))) s.patches.push({offset: s.position + dot, character: '0'});
  if (/[lL]$/.test(written)) s.patches.push({offset: s.position + written.length - 1, character: '0'});
  s.position += written.length;
}

/** Steps over a name, or over a string when the name is its prefix; false when that string is left open. */
function skipWord(s: Scanner): boolean {
  const {text} = s;
  const start = s.position;
  const at = wordEnd(text, start);
  s.position = at;
  const code = text.charCodeAt(at);
  if ((code !== 34 && code !== 39) || at - start > 2) return true;
  const prefix = text.slice(start, at);
  if (!isStringPrefix(prefix)) return true;
  if (/^u./i.test(prefix)) s.patches.push({offset: start, character: 'b'});
  const closed = skipString(s);
  if (/f/i.test(prefix)) patchFormats(s, at, s.position);
  return closed;
}

/** In `f'{x:=8}'` a format begins with `=`, which fills; the grammar would take the two for a walrus. */
function patchFormats(s: Scanner, start: number, end: number): void {
  const {text} = s;
  if (!text.slice(start, end).includes(':=')) return;
  /** Of what is open at this place: how many brackets in a field, or -1 in its format. */
  const open: number[] = [];
  for (let at = start; at < end; at++) {
    const character = text[at];
    const brackets = open.at(-1) ?? -1;
    if (brackets < 0) {
      if (character === '{' && text[at + 1] === '{' && open.length === 0) at++;
      else if (character === '{') open.push(0);
      else if (character === '}') open.splice(-2);
    } else if (character === '"' || character === "'") {
      at = stringEnd(text, at, false).end - 1;
    } else if ('([{'.includes(character)) {
      open[open.length - 1]++;
    } else if (brackets > 0 && ')]}'.includes(character)) {
      open[open.length - 1]--;
    } else if (character === '}') {
      open.pop();
    } else if (character === ':' && brackets === 0) {
      if (text[at + 1] === '=') s.patches.push({offset: at + 1, character: '_'});
      open.push(-1);
    }
  }
}

/** Whether an operand may end with this character, so that a bracket right behind it is a subscript. */
function isOperandEnd(code: number): boolean {
  return isWord(code) || code === 41 || code === 93;
}

/** Whether what ends at the offset leaves an item of a subscript to begin: there the grammar knows no `*`, but a `~`. */
function startsItem(text: string, end: number): boolean {
  const code = text.charCodeAt(end - 1);
  return code === 91 || code === 44;
}
