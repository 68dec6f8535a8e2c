/**
 * Rule 7: what whole numbers do to a gradient. Verdicts are taken on floats; a script whose inputs Python calls ints is run once
 * more as it is written, and a gradient that loses its fraction in an array of ints is a warning.
 */
import {lineAt} from '../python/lines.ts';
import {isFloat} from '../ndarray/dtype.ts';
import type {PairFile} from './file.ts';
import {quantityOf} from './quantity.ts';
import type {ProblemReport} from './report.ts';
import type {FoundGradient} from './subjects/subject.ts';

/** One warning for each gradient that agrees in floats (`judged`) and is cut off to whole numbers as the text stands (`asWritten`). */
export function truncationProblems(judged: readonly FoundGradient[], asWritten: readonly FoundGradient[], file: PairFile): ProblemReport[] {
  const problems: ProblemReport[] = [];
  judged.forEach(({name, value, source}, i) => {
    const right = quantityOf(value);
    const written = quantityOf(asWritten.at(i)?.value);
    if (right === null || written === null || isFloat(written.dtype) || right.data.length !== written.data.length) return;
    if (!right.data.some((number, k) => number !== written.data[k] && Math.trunc(number) === written.data[k])) return;
    problems.push({
      code: 'integer-truncation', severity: 'warning', line: lineAt(file.lines, source.span.start), column: 1,
      message: `${name} is an array of whole numbers, like the input that it is made after: what is written into it loses its fraction. Make it with dtype=float`,
    });
  });
  return problems;
}
