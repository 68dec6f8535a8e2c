/** The text of an edit: whole lines, everything as the user wrote it but for the node that changes. */
import {lineAt, lineEnd, offsetAt} from '../../python/lines.ts';
import type {Lines} from '../../python/lines.ts';
import {printExpr} from '../../python/print.ts';
import {printStmt} from '../../python/print-statements.ts';
import type {SimpleStmt} from '../../python/print-statements.ts';
import type {Expr, Stmt} from '../../python/ast.ts';
import type {Edit} from './edit.ts';

export interface LineEdit {
  readonly line: number;
  readonly endLine: number;
  readonly newText: string;
  /** The whole text after the edit. */
  readonly text: string;
}

/** The edit as text, bare and in parentheses: the caller takes the first that means the same. */
export function* spliced(text: string, lines: Lines, {old, now}: Edit): Iterable<LineEdit> {
  const isStatement = isSimpleStatement(now);
  const printed = isStatement ? printStmt(now, text) : printExpr(now as Expr, text);
  const line = lineAt(lines, old.span.start);
  const endLine = lineAt(lines, old.span.end);
  const start = offsetAt(lines, {line, column: 1});
  const end = lineEnd(lines, endLine);
  for (const piece of isStatement ? [printed] : [printed, `(${printed})`]) {
    const newText = text.slice(start, old.span.start) + piece + text.slice(old.span.end, end);
    yield {line, endLine, newText, text: text.slice(0, start) + newText + text.slice(end)};
  }
}

function isSimpleStatement(node: Expr | Stmt): node is SimpleStmt {
  return node.kind === 'Assign' || node.kind === 'AugAssign' || node.kind === 'Return' || node.kind === 'ExprStmt';
}
