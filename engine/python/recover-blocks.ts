/**
 * Statements that the grammar finds an error in, taken apart line by line. Opening lines with the blocks below them
 * are in recover-clauses.ts, lines that stand alone in recover-simple.ts.
 */
import type {Expr, Stmt} from './ast.ts';
import {lowerLines, MAX_LEVELS} from './blocks.ts';
import {lowerParsed} from './grammar.ts';
import {MATCH} from './lower-statements.ts';
import {recoverCompound, unknownBranch} from './recover-clauses.ts';
import {expressionOf, recoverSimple} from './recover-simple.ts';
import type {Reading} from './reading.ts';
import {splitLine, type LogicalLine} from './scan.ts';
import {tokensIn} from './tokens.ts';

const COMPOUND = new Set(['if', 'elif', 'else', 'for', 'while', 'with', 'def', 'class', 'try', 'except', 'finally', 'async']);
const DEFINITIONS = new Set(['def', 'class', 'async']);

/** Lowers one statement: its first line, what is indented below it, and its further clauses. */
export function recoverGroup(r: Reading, group: readonly LogicalLine[], level: number, into: Stmt[]): void {
  const span = {start: group[0].start, end: group.at(-1)!.end};
  if (level > MAX_LEVELS) {
    into.push({kind: 'Invalid', span, message: 'too many levels of indentation'});
    return;
  }
  const split = splitMultiline(r, group);
  if (split !== null) {
    into.push(...lowerLines(r, split, level));
    return;
  }
  const undecorated = group.findIndex((line) => r.text[line.start] !== '@');
  const decorators = undecorated < 0 ? group : group.slice(0, undecorated);
  const rest = group.slice(decorators.length);
  const keyword = rest.length === 0 || rest[0].deep ? '' : keywordOf(r, rest[0]);
  if (decorators.length > 0 && !DEFINITIONS.has(keyword)) {
    into.push({kind: 'Invalid', span: {start: span.start, end: decorators.at(-1)!.end}, message: 'a definition is missing'});
  }
  if (rest.length === 0) return;
  if (keyword === 'match' || keyword === 'case') into.push({kind: 'Invalid', span: {...span, start: rest[0].start}, message: MATCH});
  else if (DEFINITIONS.has(keyword)) recoverCompound(r, rest, level, decoratorsOf(r, decorators), span.start, into);
  else if (COMPOUND.has(keyword)) recoverCompound(r, rest, level, [], rest[0].start, into);
  else recoverLine(r, rest, level, into);
}

function decoratorsOf(r: Reading, lines: readonly LogicalLine[]): Expr[] {
  return lines.map(({start, end}) => expressionOf(r, tokensIn(r.text, start + 1, end), end));
}

/** A statement over several lines whose brackets close only by chance may be several statements. */
function splitMultiline(r: Reading, group: readonly LogicalLine[]): readonly LogicalLine[] | null {
  const first = group[0];
  if (first.open || first.deep || !/[\n\r]/.test(r.text.slice(first.start, first.end))) return null;
  const split = splitLine(r.text, first);
  if (split.length < 2) return null;
  if (group.length > 1 && lowerParsed(r, `${r.readable.slice(first.start, first.end)} pass`, first.start) !== null) return null;
  return [...split, ...group.slice(1)];
}

function keywordOf(r: Reading, line: LogicalLine): string {
  const tokens = tokensIn(r.text, line.start, line.end);
  const first = tokens[0]?.type === 'word' ? tokens[0].text : '';
  if ((first === 'match' || first === 'case') && (tokens.at(-1)!.text !== ':' || ['=', '.', '(', '['].includes(tokens[1]?.text ?? '='))) return '';
  return first;
}

/** A line that opens no block. What is indented below it may still be read, and clauses behind it that belong to nothing. */
function recoverLine(r: Reading, group: readonly LogicalLine[], level: number, into: Stmt[]): void {
  const line = group[0];
  const sibling = group.findIndex(({indent}, i) => i > 0 && indent <= line.indent);
  const below = group.slice(1, sibling < 0 ? undefined : sibling);
  const body = lowerLines(r, below, level + 1);
  if (body.length > 0 && r.text[line.end - 1] === ':') {
    into.push(unknownBranch(line.start, line.end, body));
  } else {
    if (line.deep) into.push({kind: 'Invalid', span: {start: line.start, end: line.end}, message: 'too many nested brackets'});
    else recoverSimple(r, line.start, line.end, group.length === 1 && !line.open, into);
    if (body.length > 0) into.push({kind: 'Invalid', span: {start: below[0].lineStart, end: below[0].start}, message: 'unexpected indent'}, ...body);
  }
  if (sibling > 0) recoverGroup(r, group.slice(sibling), level, into);
}
