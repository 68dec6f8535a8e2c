/**
 * Moves a result to where its text stands now. Results are kept while the statements that they reach are unchanged, but
 * those statements move when lines are added above them. Messages hold no line numbers, so that only places move.
 */
import type {Span} from '../python/span.ts';
import type {Stmt} from '../python/ast.ts';
import {lineAt} from '../python/lines.ts';
import type {Lines} from '../python/lines.ts';
import type {Anchors, PairAnalysis} from './analysis.ts';
import type {GradientReport, PairReport} from './report.ts';
import type {PairResult} from './result.ts';

/** Where things were and where they are: offsets and 1-based lines. */
export interface Move {
  readonly offset: (offset: number) => number;
  readonly line: (line: number) => number;
}

export function anchorsOf(statements: ReadonlySet<Stmt>, lines: Lines): Anchors {
  return [...statements]
    .map(({span}) => ({start: span.start, end: span.end, line: lineAt(lines, span.start), lastLine: lineAt(lines, span.end)}))
    .sort((a, b) => a.start - b.start);
}

/** How to move from old anchors to new ones; null when nothing has moved. */
export function moveBetween(old: Anchors, now: Anchors): Move | null {
  if (old.every(({start, line}, i) => start === now[i].start && line === now[i].line)) return null;
  return {
    offset(offset) {
      const i = old.findLastIndex(({start}) => start <= offset);
      return i < 0 ? offset : offset + now[i].start - old[i].start;
    },
    line(line) {
      const i = old.findLastIndex((anchor) => anchor.line <= line);
      return i < 0 ? line : line + now[i].line - old[i].line;
    },
  };
}

export function relocate({analysis, hints, problems, runs}: PairResult, move: Move): PairResult {
  return {
    analysis: relocateAnalysis(analysis, move),
    hints: hints.map((hint) => ({...hint, line: move.line(hint.line)})),
    problems: problems.map((problem) => ({...problem, line: move.line(problem.line)})),
    runs,
  };
}

const still: Move = {offset: (offset) => offset, line: (line) => line};

/** The same with places of its own: those of the tree move when the text is edited. */
export function detach(result: PairResult): PairResult {
  return relocate(result, still);
}

export function relocateAnalysis(analysis: PairAnalysis, move: Move): PairAnalysis {
  const span = ({start, end}: Span): Span => ({start: move.offset(start), end: move.offset(end)});
  return {
    report: relocateReport(analysis.report, move),
    forwardSpan: span(analysis.forwardSpan),
    backwardSpan: span(analysis.backwardSpan),
    inputs: analysis.inputs.map((input) => ({...input, span: input.span === null ? null : span(input.span)})),
    values: analysis.values.map((value) => ({...value, span: span(value.span), statement: span(value.statement)})),
    operations: analysis.operations.map((operation) => ({...operation, span: span(operation.span)})),
    tried: analysis.tried,
  };
}

function relocateReport(report: PairReport, {line}: Move): PairReport {
  return {
    ...report,
    forward: {...report.forward, line: line(report.forward.line)},
    backward: {...report.backward, line: line(report.backward.line)},
    gradients: report.gradients.map((gradient) => relocateGradient(gradient, line)),
    ...(report.firstWrong === undefined ? {} : {firstWrong: {...report.firstWrong, line: line(report.firstWrong.line)}}),
  };
}

function relocateGradient(gradient: GradientReport, line: Move['line']): GradientReport {
  const {diagnosis, causedBy} = gradient;
  return {
    ...gradient,
    line: line(gradient.line),
    ...(causedBy === undefined ? {} : {causedBy: line(causedBy)}),
    ...(diagnosis === undefined ? {} : {
      diagnosis: {
        ...diagnosis,
        line: line(diagnosis.line),
        ...(diagnosis.fix === undefined ? {} : {
          fix: {
            ...diagnosis.fix,
            line: line(diagnosis.fix.line),
            ...(diagnosis.fix.endLine === undefined ? {} : {endLine: line(diagnosis.fix.endLine)}),
          },
        }),
      },
    }),
  };
}
