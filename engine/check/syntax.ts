/** What could not be read of a text, as problems. */
import type {Invalid, InvalidExpr, Module, Stmt} from '../python/ast.ts';
import type {Lines} from '../python/lines.ts';
import {positionAt} from '../python/lines.ts';
import {walk} from '../python/walk.ts';
import type {ProblemReport} from './report.ts';

/** One hint for each statement or expression that is not Python; what stands around it is judged all the same. */
export function syntaxProblems(module: Module, lines: Lines): ProblemReport[] {
  return module.body.flatMap(unreadIn).map(({span, message}): ProblemReport => {
    const {line, column} = positionAt(lines, span.start);
    return {code: 'syntax', severity: 'information', line, column, message};
  });
}

type Unread = Invalid | InvalidExpr;

const remembered = new WeakMap<Stmt, readonly Unread[]>();

function unreadIn(statement: Stmt): readonly Unread[] {
  const known = remembered.get(statement);
  if (known !== undefined) return known;
  const found: Unread[] = [];
  walk(statement, (node) => {
    if (node.kind === 'Invalid' || node.kind === 'InvalidExpr') found.push(node);
  });
  remembered.set(statement, found);
  return found;
}
