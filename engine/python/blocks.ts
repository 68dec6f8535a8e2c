/**
 * Statements from logical lines. A statement with all its blocks goes to the grammar as one piece; only where the grammar
 * finds an error in it is it taken apart, down to the lines that are broken.
 */
import type {Stmt} from './ast.ts';
import {lowerParsed, lowerRange} from './grammar.ts';
import type {Reading} from './reading.ts';
import {recoverGroup} from './recover-blocks.ts';
import type {LogicalLine} from './scan.ts';

const CLAUSE = /(?:else|elif|except|finally)\b/y;
const DECORATED = /@/y;
const BLOCK_PREFIX = 'if 1:\n';
/** Python's own limit on indentation. */
export const MAX_LEVELS = 100;
/** How often a broken statement's inner statements are first tried whole. */
const WHOLE_LEVELS = 8;

/**
 * The statements of a run of lines that form one block, `level` blocks below the broken statement that it came from.
 * Where a line is not indented by `indent`, an Invalid marks its blanks.
 */
export function lowerLines(r: Reading, lines: readonly LogicalLine[], level: number, indent = lines.at(0)?.indent ?? 0): Stmt[] {
  const body: Stmt[] = [];
  for (let i = 0; i < lines.length;) {
    const end = groupEnd(r.text, lines, i);
    const line = lines[i];
    if (line.indent !== indent) {
      const message = line.indent > indent ? 'unexpected indent' : 'unindent does not match any outer indentation level';
      body.push({kind: 'Invalid', span: {start: line.lineStart, end: line.start}, message});
    }
    lowerGroup(r, lines.slice(i, end), level, body);
    i = end;
  }
  return body;
}

/** Where the statement that begins at a line ends: behind its deeper lines, its clauses, and for decorators what they decorate. */
export function groupEnd(text: string, lines: readonly LogicalLine[], from: number): number {
  const {indent} = lines[from];
  let at = from;
  while (startsWith(DECORATED, text, lines[at]) && lines[at + 1]?.indent === indent) at++;
  for (at++; at < lines.length; at++) {
    const line = lines[at];
    if (line.indent < indent || (line.indent === indent && !startsWith(CLAUSE, text, line))) break;
  }
  return at;
}

function lowerGroup(r: Reading, group: readonly LogicalLine[], level: number, into: Stmt[]): void {
  const whole = lowerWhole(r, group, level);
  if (whole === null) recoverGroup(r, group, level, into);
  else into.push(...whole);
}

function lowerWhole(r: Reading, group: readonly LogicalLine[], level: number): readonly Stmt[] | null {
  if (group.some((line) => line.open || line.deep) || (group.length > 1 && level > WHOLE_LEVELS)) return null;
  if (!isIndented(r.text, group)) return null;
  const first = group[0];
  const end = group.at(-1)!.end;
  if (group.length === 1 || first.indent === 0) return lowerRange(r, first.start, end);
  const wrapped = lowerParsed(r, BLOCK_PREFIX + r.readable.slice(first.lineStart, end), first.lineStart - BLOCK_PREFIX.length);
  const wrapper = wrapped?.length === 1 ? wrapped[0] : null;
  return wrapper?.kind === 'If' && wrapper.otherwise.length === 0 ? wrapper.body : null;
}

function startsWith(pattern: RegExp, text: string, line: LogicalLine): boolean {
  pattern.lastIndex = line.start;
  return pattern.test(text);
}

/** Whether each deeper line follows a colon and each return meets an outer level; the grammar overlooks what does not. */
function isIndented(text: string, group: readonly LogicalLine[]): boolean {
  const levels = [group[0].indent];
  for (let i = 1; i < group.length; i++) {
    const {indent} = group[i];
    const opened = text.charCodeAt(group[i - 1].end - 1) === 58;
    if (opened !== indent > levels.at(-1)!) return false;
    if (opened && levels.push(indent) > MAX_LEVELS) return false;
    while (levels.at(-1)! > indent) levels.pop();
    if (levels.at(-1) !== indent) return false;
  }
  return true;
}
