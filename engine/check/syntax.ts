/** What could not be read of a text, as problems. */
import type {Module} from '../python/ast.ts';
import type {Lines} from '../python/lines.ts';
import {positionAt} from '../python/lines.ts';
import {walk} from '../python/walk.ts';
import type {ProblemReport} from './report.ts';

/** One hint for each statement or expression that is not Python; what stands around it is judged all the same. */
export function syntaxProblems(module: Module, lines: Lines): ProblemReport[] {
  const problems: ProblemReport[] = [];
  for (const statement of module.body) {
    walk(statement, (node) => {
      if (node.kind !== 'Invalid' && node.kind !== 'InvalidExpr') return;
      const {line, column} = positionAt(lines, node.span.start);
      problems.push({code: 'syntax', severity: 'information', line, column, message: node.message});
    });
  }
  return problems;
}
