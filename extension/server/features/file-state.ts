/** What the Testing view and the status bar show of one program: pairs with their gradients, as plain data. */
import {DiagnosticSeverity} from 'vscode-languageserver';
import type {PairAnalysis} from '../../../engine/check/analysis.ts';
import type {GradientReport} from '../../../engine/check/report.ts';
import type {FileState, GradientState, PairState, Site} from '../../protocol.ts';
import {isWrong, mistakeOf} from '../ladder.ts';
import type {Ladder} from '../ladder.ts';
import type {Programs} from '../programs.ts';
import {lineAt, lineEnd} from '../text.ts';
import type {View} from '../view.ts';
import {gradientSentence, numberText, shapeText} from '../wording.ts';
import {findings, shownLine, siteOfLine} from './diagnostics.ts';

export function fileState(view: View, programs: Programs, ladder: Ladder): FileState {
  const found = findings(view, programs, ladder).map((finding) => finding.diagnostic.severity);
  const seen = new Map<string, number>();
  return {
    uri: view.program.uri,
    checking: !view.upToDate,
    pairs: (view.known?.analysis.pairs ?? []).map((pair) => pairState(view, programs, ladder, pair, seen)),
    errors: found.filter((severity) => severity === DiagnosticSeverity.Error).length,
    warnings: found.filter((severity) => severity === DiagnosticSeverity.Warning).length,
  };
}

/** The pair that a place is in: the one whose definitions begin nearest above it. */
export function pairAt(view: View, offset: number): PairAnalysis | null {
  let best: PairAnalysis | null = null;
  let nearest = -1;
  for (const pair of view.known?.analysis.pairs ?? []) {
    for (const [start, end] of extents(view, pair)) {
      if (offset < start || offset > end || start <= nearest) continue;
      best = pair;
      nearest = start;
    }
  }
  return best;
}

function pairState(view: View, programs: Programs, ladder: Ladder, pair: PairAnalysis, seen: Map<string, number>): PairState {
  const {report} = pair;
  const base = report.name;
  const count = (seen.get(base) ?? 0) + 1;
  seen.set(base, count);
  return {
    id: count === 1 ? base : `${base}#${count}`,
    name: report.name,
    verdict: report.verdict,
    reason: report.reason,
    site: siteOfLine(view, programs, report.backward.line),
    spans: extents(view, pair).map(([start, end]) => programs.site(view.program, start, end)),
    gradients: report.gradients.map((gradient) => gradientState(view, programs, ladder, pair, gradient)),
    milliseconds: view.known?.analysis.report.timeMs.analyze ?? 0,
  };
}

function gradientState(view: View, programs: Programs, ladder: Ladder, pair: PairAnalysis, gradient: GradientReport): GradientState {
  const told = ladder.shown(view.program.uri, mistakeOf(pair, gradient));
  const line = isWrong(gradient) ? shownLine({pair, gradient}, told) : gradient.line;
  const site: Site = siteOfLine(view, programs, line > 0 ? line : pair.report.backward.line);
  const {witness, size, expectedSize} = gradient;
  const [expected, actual] = witness !== undefined
    ? [numberText(witness.expected), `${gradient.name}[${witness.index.join(', ')}]: ${numberText(witness.actual)}`]
    : isWrong(gradient) && size.join() !== expectedSize.join()
      ? [shapeText(expectedSize), gradient.verdict === 'missing' ? `${gradient.name}: None` : `${gradient.name}: ${shapeText(size)}`]
      : [null, null];
  return {
    id: gradient.of, name: gradient.name, of: gradient.of, verdict: gradient.verdict,
    message: gradientSentence(gradient, told), code: gradient.diagnosis?.code ?? null, site, expected, actual,
  };
}

/** From the `def` line of each half to its end and what was typed below it since; of a script, from its first statement to its last. */
function extents(view: View, pair: PairAnalysis): readonly (readonly [number, number])[] {
  const {text} = view.program;
  const {forwardSpan, backwardSpan} = pair;
  if (pair.report.pattern === 'script') {
    return [[text.lineStarts[lineAt(text, view.now(forwardSpan.start))], view.now(Math.max(forwardSpan.end, backwardSpan.end), true)]];
  }
  const extended = [forwardSpan, backwardSpan].map(({start, end}): readonly [number, number] => {
    const first = lineAt(text, view.now(start));
    const depth = text.content.slice(text.lineStarts[first], lineEnd(text, first)).search(/\S/);
    let last = lineAt(text, view.now(end, true));
    for (let line = last + 1; line < text.lineStarts.length; line++) {
      const indentation = text.content.slice(text.lineStarts[line], lineEnd(text, line)).search(/\S/);
      if (indentation >= 0 && indentation <= depth) break;
      if (indentation >= 0) last = line;
    }
    return [text.lineStarts[first], lineEnd(text, last)];
  });
  return extended[0][0] === extended[1][0] ? [extended[0]] : extended;
}
