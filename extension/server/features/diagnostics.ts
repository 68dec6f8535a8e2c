/**
 * What is wrong, as diagnostics with stable codes: wrong gradients at the line at fault, with the returned name as
 * related information, and the engine's other problems. When they are shown is the session's business.
 */
import {DiagnosticSeverity} from 'vscode-languageserver';
import type {Diagnostic} from 'vscode-languageserver';
import type {PairAnalysis} from '../../../engine/check/analysis.ts';
import type {GradientReport, ProblemReport} from '../../../engine/check/report.ts';
import {helpScheme} from '../../protocol.ts';
import type {Site} from '../../protocol.ts';
import type {Programs} from '../programs.ts';
import {lineEnd, lineText, offsetOfReport} from '../text.ts';
import type {Known, View} from '../view.ts';
import {errorText, gradientSentence, shapeText} from '../wording.ts';

/** A diagnostic with its document, and a key that an edit elsewhere doesn't change. */
export interface Finding {
  readonly uri: string;
  readonly key: string;
  readonly diagnostic: Diagnostic;
}

const severities = {
  error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information, hint: DiagnosticSeverity.Hint,
} as const;

export function findings(view: View, programs: Programs): readonly Finding[] {
  const {known} = view;
  if (known === null) return [];
  const found: Finding[] = [];
  const said = new Set<string>();
  const add = (site: Site, code: string, severity: DiagnosticSeverity, message: string, related: Diagnostic['relatedInformation'] = []): void => {
    said.add(`${site.range.start.line} ${code}`);
    found.push({
      uri: site.uri,
      key: `${code} ${message}`,
      diagnostic: {
        range: site.range, severity, code, codeDescription: {href: `${helpScheme}:/${code}.md`}, source: 'backprop-tutor', message,
        ...(related.length === 0 ? {} : {relatedInformation: related}),
      },
    });
  };
  for (const pair of known.analysis.pairs) {
    for (const gradient of pair.report.gradients) {
      if (!isWrong(gradient) || gradient.causedBy !== undefined) continue;
      const line = faultLine(pair, gradient);
      const code = gradient.diagnosis?.code ?? (gradient.verdict === 'missing' ? 'missing-gradient' : 'other');
      const related = pair.report.gradients
        .filter((other) => (other === gradient || other.causedBy === line) && other.line !== line)
        .map((other) => ({location: siteOfLine(view, programs, other.line), message: relatedText(other)}));
      add(siteOfLine(view, programs, line), code, DiagnosticSeverity.Error, gradientMessage(gradient), related);
    }
  }
  for (const {report} of known.analysis.pairs) {
    const {verdict, reason, backward, firstWrong} = report;
    if (verdict === 'inconclusive' || verdict === 'unsupported') {
      add(siteOfLine(view, programs, backward.line), verdict, DiagnosticSeverity.Hint, `${backward.name}: ${reason}.`);
    } else if (verdict === 'disagrees' && !report.gradients.some(isWrong)) {
      add(siteOfLine(view, programs, firstWrong?.line ?? backward.line), 'other', DiagnosticSeverity.Error, `${backward.name}: ${reason}.`);
    }
  }
  for (const problem of known.analysis.report.problems) {
    const site = siteOfProblem(view, programs, known, problem);
    if (said.has(`${site.range.start.line} ${problem.code}`)) continue;
    add(site, problem.code, severities[problem.severity], problem.message);
  }
  return found;
}

export function isWrong(gradient: GradientReport): boolean {
  return gradient.verdict === 'disagrees' || gradient.verdict === 'missing';
}

/** The line that is to blame; for a gradient that is not there, the backward's first. */
export function faultLine(pair: PairAnalysis, gradient: GradientReport): number {
  return gradient.diagnosis?.line ?? (gradient.line > 0 ? gradient.line : pair.report.backward.line);
}

/** Without its indentation and trailing comment, where a 1-based line of the analysed text is now. */
export function siteOfLine(view: View, programs: Programs, line: number): Site {
  const {text} = view.known!;
  const index = Math.max(0, Math.min(line, text.lineStarts.length) - 1);
  const content = lineText(text, index);
  const indentation = Math.max(0, content.search(/\S/));
  const code = content.replace(/\s+#[^'"]*$/, '').trimEnd();
  const start = text.lineStarts[index] + indentation;
  return programs.site(view.program, view.now(start), view.now(text.lineStarts[index] + Math.max(indentation, code.length)));
}

function siteOfProblem(view: View, programs: Programs, known: Known, problem: ProblemReport): Site {
  const start = offsetOfReport(known.text, problem.line, problem.column);
  const end = lineEnd(known.text, Math.min(problem.line, known.text.lineStarts.length) - 1);
  const rest = known.text.content.slice(start, end);
  const length = rest.replace(/\s+#[^'"]*$/, '').trimEnd().length;
  return programs.site(view.program, view.now(start), view.now(start + length));
}

function gradientMessage(gradient: GradientReport): string {
  const sentence = gradientSentence(gradient);
  const {witness, size, expectedSize, diagnosis} = gradient;
  const subject = diagnosis === undefined || diagnosis.message.includes(gradient.name) ? '' : `${gradient.name}: `;
  const shapes = size.join() === expectedSize.join() || gradient.verdict === 'missing' ? ''
    : ` ${gradient.name} is ${shapeText(size)}, ${gradient.of} is ${shapeText(expectedSize)}.`;
  const numbers = witness === undefined ? '' : ` At [${witness.index.join(', ')}] it is ${errorNumber(witness.actual)}, and should be ${errorNumber(witness.expected)}.`;
  return `${subject}${sentence}${sentence.includes(shapeText(expectedSize)) ? '' : shapes}${numbers}`;
}

function errorNumber(value: number): string {
  return String(Number(value.toPrecision(5)));
}

function relatedText(gradient: GradientReport): string {
  const error = gradient.maxRelativeError === null ? '' : ` (largest relative error ${errorText(gradient.maxRelativeError)})`;
  return gradient.causedBy === undefined
    ? `${gradient.name} is the gradient of ${gradient.of} that comes out wrong${error}.`
    : `${gradient.name} is wrong only because of this${error}.`;
}
