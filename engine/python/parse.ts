/**
 * The entrance: a text to its module, and an edited text to its module again at the price of what changed.
 * The text is cut into chunks, one per top-level statement, and a chunk's statements depend on its own text alone.
 */
import type {Module, Stmt} from './ast.ts';
import {lowerLines} from './blocks.ts';
import {linesOf, type Lines} from './lines.ts';
import {UNREAD} from './lower-statements.ts';
import type {Mend, Reading} from './reading.ts';
import {chunksIn, movedLine, rescan} from './rescan.ts';
import {scan, type LogicalLine, type Scan} from './scan.ts';
import {moveBy, spansIn} from './shift.ts';
import type {Span} from './span.ts';
import {walk} from './walk.ts';

export interface ParsedText {
  readonly text: string;
  /** The text as the grammar is given it, and whether a string in it was taken to be left open. */
  readonly readable: string;
  readonly cut: boolean;
  readonly module: Module;
  readonly lines: Lines;
  readonly chunks: readonly Chunk[];
}

/** The logical lines of one top-level statement and what they were lowered to. Spans are offsets in the whole text. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly LogicalLine[];
  readonly body: readonly Stmt[];
  readonly mended: readonly Mend[];
}

/** Never throws: what cannot be read becomes `Invalid` or `InvalidExpr`, and its neighbours survive. */
export function parse(text: string): ParsedText {
  const scanned = scan(text);
  return assemble(text, scanned, chunksIn(text, scanned.lines).map((lines) => lowerChunk(text, scanned.readable, lines)));
}

/**
 * The same as `parse(text)`; chunks that the edit left alone are kept, those behind it moved in place. `previous` must not
 * be used any more: its nodes are now those of the result.
 */
export function reparse(previous: ParsedText, text: string): ParsedText {
  if (previous.text === text) return previous;
  const {chunks: old, module: {comments}} = previous;
  const scanned = rescan({...previous, comments}, text);
  const back = old.length - scanned.back;
  const delta = text.length - previous.text.length;
  return assemble(text, scanned, [
    ...old.slice(0, scanned.front),
    ...renewed(previous.text, old.slice(scanned.front, back), text, scanned),
    ...old.slice(back).map((chunk) => moved(chunk, delta, chunk.lines.map((line) => movedLine(line, delta)))),
  ]);
}

/** What Python itself would refuse, in text order. `match` and `type` statements are not among it. */
export function syntaxProblems(parsed: ParsedText): Mend[] {
  const problems = parsed.chunks.flatMap(({mended}) => mended);
  for (const statement of parsed.module.body) {
    walk(statement, (node) => {
      if ((node.kind === 'Invalid' && !UNREAD.has(node.message)) || node.kind === 'InvalidExpr') problems.push({span: node.span, message: node.message});
    });
  }
  return problems.sort((a, b) => a.span.start - b.span.start);
}

function assemble(text: string, {readable, cut, comments}: Scan, chunks: readonly Chunk[]): ParsedText {
  const body = chunks.flatMap((chunk) => chunk.body);
  const module: Module = {kind: 'Module', span: {start: 0, end: text.length}, body, comments};
  return {text, readable, cut, module, lines: linesOf(text), chunks};
}

/** The chunks of the lines that were scanned again: those that read as before are taken over. */
function renewed(before: string, old: readonly Chunk[], text: string, {lines, readable}: Scan): Chunk[] {
  const pieces = chunksIn(text, lines);
  const chunks = new Array<Chunk>(pieces.length);
  let front = 0;
  const shorter = Math.min(pieces.length, old.length);
  while (front < shorter) {
    const kept = reused(before, old[front], text, pieces[front]);
    if (kept === null) break;
    chunks[front++] = kept;
  }
  let back = 0;
  while (back < shorter - front) {
    const kept = reused(before, old[old.length - 1 - back], text, pieces[pieces.length - 1 - back]);
    if (kept === null) break;
    chunks[pieces.length - 1 - back++] = kept;
  }
  for (let i = front; i < pieces.length - back; i++) chunks[i] = lowerChunk(text, readable, pieces[i]);
  return chunks;
}

function lowerChunk(text: string, readable: string, lines: readonly LogicalLine[]): Chunk {
  const r: Reading = {text, readable, base: 0, broken: false, yields: false, mended: [], depth: 0};
  const body = lowerLines(r, lines, 0, 0);
  return {start: lines[0].lineStart, end: lines.at(-1)!.end, lines, body, mended: r.mended};
}

/** The old chunk at its new place, if it reads the same there; else null. */
function reused(before: string, chunk: Chunk, after: string, lines: readonly LogicalLine[]): Chunk | null {
  const start = lines[0].lineStart;
  const end = lines.at(-1)!.end;
  if (end - start !== chunk.end - chunk.start || lines.length !== chunk.lines.length) return null;
  const delta = start - chunk.start;
  for (const [i, line] of lines.entries()) {
    const old = chunk.lines[i];
    if (line.start - old.start !== delta || line.end - old.end !== delta || line.indent !== old.indent || line.open !== old.open) return null;
  }
  if (before.slice(chunk.start, chunk.end) !== after.slice(start, end)) return null;
  return moved(chunk, delta, lines);
}

function moved(chunk: Chunk, delta: number, lines: readonly LogicalLine[]): Chunk {
  if (delta === 0) return chunk;
  moveBy(spansOf(chunk), delta);
  return {start: chunk.start + delta, end: chunk.end + delta, lines, body: chunk.body, mended: chunk.mended};
}

const remembered = new WeakMap<readonly Stmt[], readonly Span[]>();

/** Every span of a chunk; gathered when it is moved for the first time. */
function spansOf({body, mended}: Chunk): readonly Span[] {
  const known = remembered.get(body);
  if (known !== undefined) return known;
  const spans = spansIn([body, mended]);
  remembered.set(body, spans);
  return spans;
}
