/**
 * The two pragmas that say what belongs together: `# backprop: pair encode decode_grad` and `# backprop: ignore`.
 * An ignore above a definition (or on its line) leaves that definition out; above all code, the whole file. The
 * pragmas that state shapes are read in inputs/.
 */
import type {ClassDef, Comment, FunctionDef, Module, Stmt} from '../python/ast.ts';
import {innerStatements} from './definitions.ts';

export interface PairPragmas {
  /** Forward and backward, as stated: `encode`, `Codec.decode_grad`. */
  readonly stated: readonly {readonly forward: string; readonly backward: string; readonly comment: Comment}[];
  readonly ignored: ReadonlySet<FunctionDef | ClassDef>;
  readonly ignoresFile: boolean;
}

const PRAGMA = /^#+\s*backprop\s*:\s*(.*?)\s*$/i;

export function pairPragmas(module: Module, text: string): PairPragmas {
  const stated: {forward: string; backward: string; comment: Comment}[] = [];
  const ignored = new Set<FunctionDef | ClassDef>();
  const definitions = allDefinitions(module.body);
  let ignoresFile = false;
  for (const comment of module.comments) {
    const said = PRAGMA.exec(comment.text)?.[1];
    if (said === undefined) continue;
    const pair = /^pair\s+([\w.]+)\s*,?\s+(?:with\s+)?([\w.]+)$/.exec(said);
    if (pair !== null) stated.push({forward: pair[1], backward: pair[2], comment});
    if (!/^ignore\b/.test(said)) continue;
    const definition = definitionFor(comment, definitions, text);
    if (definition !== null) ignored.add(definition);
    else if (!module.body.some(statement => statement.span.start < comment.span.start && !isDocstring(statement))) ignoresFile = true;
  }
  return {stated, ignored, ignoresFile};
}

/** The definition whose first line holds the comment, or that comes next with only comments and blank lines between. */
function definitionFor(comment: Comment, definitions: readonly (FunctionDef | ClassDef)[], text: string): FunctionDef | ClassDef | null {
  for (const definition of definitions) {
    const decorated = definition.decorators[0]?.span.start ?? definition.span.start;
    const start = Math.min(definition.span.start, decorated);
    const head = text.indexOf('\n', definition.nameSpan.end);
    if (comment.span.start > start && comment.span.end <= (head < 0 ? text.length : head)) return definition;
    if (start >= comment.span.end && /^(?:\s|#[^\n]*(?:\n|$)|@)*$/.test(text.slice(comment.span.end, start))) return definition;
  }
  return null;
}

function isDocstring(statement: Stmt): boolean {
  return statement.kind === 'ExprStmt' && statement.value.kind === 'String';
}

function allDefinitions(statements: readonly Stmt[]): readonly (FunctionDef | ClassDef)[] {
  return statements.flatMap((statement): readonly (FunctionDef | ClassDef)[] =>
    statement.kind === 'FunctionDef' || statement.kind === 'ClassDef' ? [statement, ...allDefinitions(statement.body)] : allDefinitions(innerStatements(statement)));
}
