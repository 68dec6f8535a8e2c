/** The graph of one pair as the panel draws it: places in documents instead of offsets, and the table of gradients. */
import type {PairAnalysis} from '../../../engine/check/analysis.ts';
import type {GradientReport} from '../../../engine/check/report.ts';
import type {Explanation, Graph} from '../../../engine/graph/graph.ts';
import type {Span} from '../../../engine/python/span.ts';
import type {GradientRow, PanelNode, Picture} from '../../../webview/protocol.ts';
import {hintQuestions} from '../../protocol.ts';
import type {HintStep, Site} from '../../protocol.ts';
import {isWrong, mistakeOf, reaches} from '../ladder.ts';
import type {Ladder} from '../ladder.ts';
import type {Programs} from '../programs.ts';
import {lineEnd} from '../text.ts';
import type {View} from '../view.ts';
import {gradientSentence, shapeText} from '../wording.ts';
import {shownLine} from './diagnostics.ts';

export interface Sites {
  readonly uri: string;
  /** The engine's path of the program; nodes of other files have no place. */
  readonly path: string;
  readonly ofSpan: (span: Span) => Site;
  /** Of a 1-based line. */
  readonly ofLine: (line: number) => Site;
}

/** The graph in the documents as they are now. */
export function pictureIn(view: View, graph: Graph, pair: PairAnalysis, programs: Programs, ladder: Ladder): Picture {
  const {program} = view;
  return picture(graph, pair, {
    uri: program.uri, path: program.path,
    ofSpan: ({start, end}) => programs.site(program, view.now(start), view.now(end, true)),
    ofLine: (line) => {
      const {text} = view.known?.text === undefined ? program : view.known;
      const start = view.now(text.lineStarts[line - 1] ?? 0);
      return programs.site(program, start, view.now(lineEnd(text, line - 1)));
    },
  }, {
    told: (gradient) => ladder.shown(program.uri, mistakeOf(pair, gradient)),
    next: (gradient) => {
      const mistake = mistakeOf(pair, gradient);
      const next = isWrong(gradient) && gradient.causedBy === undefined ? ladder.next(program.uri, mistake) : null;
      return next === null ? null : {mistake: mistake.key, question: hintQuestions[next]};
    },
  });
}

/** Of each value the drawing shows so many numbers; the others are asked for. */
const mostShown = 3;

/** How much of a wrong gradient may be shown, and what can be asked for next. */
export interface Telling {
  readonly told: (gradient: GradientReport) => HintStep;
  readonly next: (gradient: GradientReport) => GradientRow['hint'];
}

export function picture(graph: Graph, pair: PairAnalysis, {uri, path, ofSpan, ofLine}: Sites, {told, next}: Telling): Picture {
  const {report} = pair;
  const wrong = report.gradients.filter((gradient) => isWrong(gradient) && gradient.causedBy === undefined);
  const lineOfFirst = wrong.every((gradient) => reaches(told(gradient), 'where')) ? report.firstWrong?.line : undefined;
  const explanations: Record<string, Explanation> = {};
  const nodes = graph.nodes.map(({span, path: file, user, explanation, ...node}): PanelNode => {
    if (explanation !== null) explanations[node.operation] = explanation;
    return {
      ...node,
      first: node.first.slice(0, mostShown), gradient: node.gradient.slice(0, mostShown),
      site: span === null || file !== path ? null : ofSpan(span),
      user: user === null ? null : {name: user.name, size: user.size, first: user.first.slice(0, mostShown), status: user.status, site: ofSpan(user.span)},
    };
  });
  return {
    uri, pair: report.name, verdict: report.verdict, reason: report.reason,
    nodes, edges: graph.edges.map((edge) => ({...edge, contribution: edge.contribution.slice(0, mostShown)})), groups: graph.groups, explanations,
    gradients: report.gradients.map((gradient): GradientRow => ({
      name: gradient.name, of: gradient.of, shape: shapeText(gradient.shape), verdict: gradient.verdict, error: gradient.maxRelativeError,
      message: isWrong(gradient) ? gradientSentence(gradient, told(gradient)) : gradient.reason ?? '', site: ofLine(shownLine({pair, gradient}, told(gradient))), hint: next(gradient),
    })),
    firstWrong: lineOfFirst === undefined ? null : ofLine(lineOfFirst),
  };
}
