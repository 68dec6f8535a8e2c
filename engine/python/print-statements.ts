/** Statements of one line as Python text. Statements with blocks are not printed. */
import type {Expr, Stmt} from './ast.ts';
import {printBare, printExpr} from './print.ts';

export type SimpleStmt = Exclude<Stmt, {kind: 'If' | 'For' | 'While' | 'FunctionDef' | 'ClassDef' | 'Try' | 'With'}>;

/** Prints a statement without indentation; `text`, when given, is the text that its spans belong to. */
export function printStmt(stmt: SimpleStmt, text: string | null = null): string {
  switch (stmt.kind) {
    case 'ExprStmt':
      return printBare(stmt.value, text);
    case 'Assign':
      return [...stmt.targets, stmt.value].map((part) => printBare(part, text)).join(' = ');
    case 'AugAssign':
      return `${printExpr(stmt.target, text)} ${stmt.operator}= ${printBare(stmt.value, text)}`;
    case 'AnnAssign':
      return `${printExpr(stmt.target, text)}: ${printExpr(stmt.annotation, text)}${after(' = ', stmt.value, text)}`;
    case 'Return':
      return `return${after(' ', stmt.value, text)}`;
    case 'Import':
      return `import ${stmt.names.map(({module, as}) => renamed(module, as)).join(', ')}`;
    case 'ImportFrom':
      return `from ${'.'.repeat(stmt.level)}${stmt.module} import ${stmt.names.map(({name, as}) => renamed(name, as)).join(', ')}`;
    case 'Global': case 'Nonlocal':
      return `${stmt.kind.toLowerCase()} ${stmt.names.join(', ')}`;
    case 'Pass': case 'Break': case 'Continue':
      return stmt.kind.toLowerCase();
    case 'Raise':
      return `raise${after(' ', stmt.exception, text, printExpr)}${after(' from ', stmt.cause, text, printExpr)}`;
    case 'Delete':
      return `del ${stmt.targets.map((target) => printExpr(target, text)).join(', ')}`;
    case 'Assert':
      return `assert ${printExpr(stmt.test, text)}${after(', ', stmt.message, text, printExpr)}`;
    case 'Invalid':
      return text === null ? '<invalid>' : text.slice(stmt.span.start, stmt.span.end);
  }
}

function after(separator: string, value: Expr | null, text: string | null, print: typeof printExpr = printBare): string {
  return value === null ? '' : `${separator}${print(value, text)}`;
}

function renamed(name: string, as: string | null): string {
  return as === null ? name : `${name} as ${as}`;
}
