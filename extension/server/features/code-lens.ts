/** One line over each pair: its verdict, and what can be done with it. */
import type {CodeLens} from 'vscode-languageserver';
import type {PairAnalysis} from '../../../engine/check/analysis.ts';
import {commands} from '../../protocol.ts';
import type {Programs} from '../programs.ts';
import {lineAt} from '../text.ts';
import type {View} from '../view.ts';
import {marks, pairSummary} from '../wording.ts';

export function codeLenses(view: View, uri: string, programs: Programs): CodeLens[] {
  const lenses: CodeLens[] = [];
  for (const pair of view.known?.analysis.pairs ?? []) {
    for (const offset of places(view, pair)) {
      const part = programs.partAt(view.program, offset);
      if (part.uri !== uri) continue;
      const position = programs.position(part, offset);
      const range = {start: position, end: position};
      lenses.push(
        {range, command: {title: `${marks[pair.report.verdict]} ${pairSummary(pair.report)}`, command: commands.showChecked, arguments: [uri, position]}},
        {range, command: {title: 'Check', command: commands.checkFunction, arguments: [uri, position]}},
        {range, command: {title: 'Graph', command: commands.showGraph, arguments: [uri, position]}},
      );
    }
  }
  return lenses;
}

/** What the lenses say, as one text. */
export function lensSignature(view: View): string {
  return (view.known?.analysis.pairs ?? []).map((pair) => `${view.now(pair.backwardSpan.start)}${pairSummary(pair.report)}`).join('|');
}

/** Over the forward and over the backward, once when they are one. */
function places(view: View, pair: PairAnalysis): readonly number[] {
  const {text} = view.program;
  const starts = [pair.forwardSpan.start, pair.backwardSpan.start].map((offset) => view.now(offset));
  return lineAt(text, starts[0]) === lineAt(text, starts[1]) ? [starts[0]] : starts;
}
