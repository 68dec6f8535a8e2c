/** One line over each pair: its verdict, and what can be done with it. */
import type {CodeLens} from 'vscode-languageserver';
import type {PairAnalysis} from '../../../engine/check/analysis.ts';
import {commands} from '../../protocol.ts';
import {mistakesOf} from '../ladder.ts';
import type {Ladder} from '../ladder.ts';
import type {Programs} from '../programs.ts';
import {lineAt} from '../text.ts';
import type {View} from '../view.ts';
import {marks, pairSummary} from '../wording.ts';

export function codeLenses(view: View, uri: string, programs: Programs, ladder: Ladder): CodeLens[] {
  const lenses: CodeLens[] = [];
  for (const pair of view.known?.analysis.pairs ?? []) {
    const standing = places(view, pair);
    for (const offset of standing) {
      const part = programs.partAt(view.program, offset);
      if (part.uri !== uri) continue;
      const position = programs.position(part, offset);
      const range = {start: position, end: position};
      lenses.push(
        {range, command: {title: title(pair), command: commands.showChecked, arguments: [uri, position]}},
        {range, command: {title: 'Check', command: commands.checkFunction, arguments: [uri, position]}},
        ...(offset === standing.at(-1) ? hintLens(view, pair, ladder) : []).map((hint) => ({range, command: {title: hint, command: commands.nextHint, arguments: [uri, position]}})),
        {range, command: {title: 'Graph', command: commands.showGraph, arguments: [uri, position]}},
      );
    }
  }
  return lenses;
}

/** What the lenses say, as one text. */
export function lensSignature(view: View, ladder: Ladder): string {
  return (view.known?.analysis.pairs ?? []).map((pair) => `${places(view, pair).join()}${title(pair)}${hintLens(view, pair, ladder).join('')}`).join('|');
}

function title({report}: PairAnalysis): string {
  return `${marks[report.verdict]} ${pairSummary(report)}`;
}

/** While there is something left to ask. */
function hintLens(view: View, pair: PairAnalysis, ladder: Ladder): readonly string[] {
  const asks = mistakesOf(view).some((mistake) => mistake.pair === pair && ladder.next(view.program.uri, mistake) !== null);
  return asks ? ['Next Hint'] : [];
}

/** Over the forward and over the backward, once when they are one. */
function places(view: View, pair: PairAnalysis): readonly number[] {
  const {text} = view.program;
  const starts = [pair.forwardSpan.start, pair.backwardSpan.start].map((offset) => view.now(offset));
  return lineAt(text, starts[0]) === lineAt(text, starts[1]) ? [starts[0]] : starts;
}
