/**
 * What is wrong, as diagnostics with stable codes: wrong gradients at the line at fault, with the returned name as
 * related information, and the engine's other problems. When they are shown is the session's business.
 */
import {DiagnosticSeverity} from 'vscode-languageserver';
import type {Diagnostic} from 'vscode-languageserver';
import type {PairAnalysis} from '../../../engine/check/analysis.ts';
import type {GradientReport, ProblemReport} from '../../../engine/check/report.ts';
import {helpScheme} from '../../protocol.ts';
import type {HintStep, Site} from '../../protocol.ts';
import {isWrong, mistakesOf, reaches} from '../ladder.ts';
import type {Ladder, Mistake} from '../ladder.ts';
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

export function findings(view: View, programs: Programs, ladder: Ladder): readonly Finding[] {
  const {known} = view;
  if (known === null) return [];
  const found: Finding[] = [];
  const said = new Set<string>();
  const add = (site: Site, code: string, severity: DiagnosticSeverity, message: string, related: Diagnostic['relatedInformation'] = [], key = `${code} ${message}`): void => {
    said.add(`${site.range.start.line} ${code}`);
    found.push({
      uri: site.uri,
      key,
      diagnostic: {
        range: site.range, severity, code, codeDescription: {href: `${helpScheme}:/${code}.md`}, source: 'backprop-tutor', message,
        ...(related.length === 0 ? {} : {relatedInformation: related}),
      },
    });
  };
  for (const mistake of mistakesOf(view)) {
    const {pair: {report}, gradient, key} = mistake;
    const told = ladder.shown(view.program.uri, mistake);
    const line = shownLine(mistake, told);
    const related = !reaches(told, 'where') ? [] : report.gradients
      .filter((other) => (other === gradient || other.causedBy === line) && other.line !== line)
      .map((other) => ({location: siteOfLine(view, programs, other.line), message: relatedText(other)}));
    add(siteOfLine(view, programs, line), codeOf(gradient, told), severityOf(gradient), gradientMessage(gradient, told), related, key);
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

/** The line that a wrong gradient is shown at: the one to blame if that has been told, else where it is given its value. */
export function shownLine({pair, gradient}: {readonly pair: PairAnalysis; readonly gradient: GradientReport}, told: HintStep): number {
  const own = gradient.line > 0 ? gradient.line : pair.report.backward.line;
  return reaches(told, 'where') ? gradient.diagnosis?.line ?? own : own;
}

export function siteOfMistake(view: View, programs: Programs, mistake: Mistake, told: HintStep): Site {
  return siteOfLine(view, programs, shownLine(mistake, told));
}

/** What is not written yet is no error. */
function severityOf({verdict}: GradientReport): DiagnosticSeverity {
  return verdict === 'missing' ? DiagnosticSeverity.Hint : DiagnosticSeverity.Error;
}

/** The kind of mistake is told with the code, too. */
function codeOf({verdict, diagnosis}: GradientReport, told: HintStep): string {
  if (diagnosis === undefined) return verdict === 'missing' ? 'missing-gradient' : 'other';
  return reaches(told, 'kind') ? diagnosis.code : 'wrong-gradient';
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

function gradientMessage(gradient: GradientReport, told: HintStep): string {
  const sentence = gradientSentence(gradient, told);
  const {witness, size, expectedSize, diagnosis} = gradient;
  const subject = diagnosis === undefined || sentence.includes(gradient.name) ? '' : `${gradient.name}: `;
  const shapes = size.join() === expectedSize.join() || gradient.verdict === 'missing' || !reaches(told, 'kind') ? ''
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
