/**
 * The ladder of hints where the user meets it: the mistake at a place, what the next step tells, the edit that mends it, and
 * both as code actions. How far somebody has climbed is the ladder's business.
 */
import {CodeActionKind} from 'vscode-languageserver';
import type {CodeAction, Range} from 'vscode-languageserver';
import {commands, hintQuestions} from '../../protocol.ts';
import type {FixResult, HintResult, HintStep, MistakeParams, NextHintParams} from '../../protocol.ts';
import {mistakesOf} from '../ladder.ts';
import type {Ladder, Mistake} from '../ladder.ts';
import type {Programs} from '../programs.ts';
import {lineEnd} from '../text.ts';
import type {View} from '../view.ts';
import {fixText, gradientSentence, sentence} from '../wording.ts';
import {siteOfMistake} from './diagnostics.ts';
import {pairAt} from './file-state.ts';

/** The mistake that is meant: a known one, or the one on the line of a place, else the first of the pair there, else the first of all. */
export function mistakeAt(view: View, params: NextHintParams, programs: Programs, ladder: Ladder): Mistake | null {
  const all = mistakesOf(view);
  if ('mistake' in params) return all.find(({key}) => key === params.mistake) ?? null;
  const {uri, position} = params;
  const here = all.find((mistake) => {
    const site = siteOf(view, mistake, programs, ladder);
    return site.uri === uri && site.range.start.line === position.line;
  });
  const pair = pairAt(view, programs.offset(view.program, uri, position));
  const asked = (mistake: Mistake): boolean => ladder.next(view.program.uri, mistake) !== null;
  const near = all.filter((mistake) => mistake.pair === pair);
  return here ?? near.find(asked) ?? near.at(0) ?? all.find(asked) ?? all.at(0) ?? null;
}

/** Climbs one step and says what it tells. */
export function nextHintOf(view: View, mistake: Mistake, programs: Programs, ladder: Ladder): HintResult {
  const {uri} = view.program;
  const step = ladder.climb(uri, mistake);
  return {
    mistake: mistake.key, step, text: step === null ? `${gradientSentence(mistake.gradient, ladder.shown(uri, mistake))} ${noFurther(mistake)}` : told(mistake, step),
    site: siteOf(view, mistake, programs, ladder), next: ladder.next(uri, mistake),
  };
}

/** Why the ladder ends here. */
function noFurther({gradient}: Mistake): string {
  const gaveUp = gradient.diagnosis?.gaveUp;
  return gaveUp === undefined ? 'There is no further hint.' : `There is no further hint: a fix was looked for among ${gaveUp.edits} small edits, and none was found.`;
}

/** Null unless the fix has been shown and the text is the one that it was proved on. */
export function fixOf(view: View, mistake: Mistake, programs: Programs, ladder: Ladder): FixResult | null {
  const fix = mistake.gradient.diagnosis?.fix;
  if (fix === undefined || ladder.shown(view.program.uri, mistake) !== 'fix' || !view.upToDate) return null;
  const {text} = view.known!;
  const first = fix.line - 1;
  const last = (fix.endLine ?? fix.line) - 1;
  if (first < 0 || last >= text.lineStarts.length) return null;
  return {site: programs.site(view.program, text.lineStarts[first], lineEnd(text, last)), newText: fix.newText};
}

/** For each mistake shown on a line of the range: the fix if it has been asked for, else the next step. */
export function codeActions(view: View, uri: string, range: Range, programs: Programs, ladder: Ladder): CodeAction[] {
  const actions: CodeAction[] = [];
  for (const mistake of mistakesOf(view)) {
    const site = siteOf(view, mistake, programs, ladder);
    if (site.uri !== uri || site.range.start.line > range.end.line || site.range.end.line < range.start.line) continue;
    const fix = fixOf(view, mistake, programs, ladder);
    if (fix !== null) {
      actions.push({
        title: `Mend it: ${shortened(fixText(fix.newText))}`, kind: CodeActionKind.QuickFix, isPreferred: true,
        edit: {changes: {[fix.site.uri]: [{range: fix.site.range, newText: fix.newText}]}},
      });
    }
    const next = ladder.next(view.program.uri, mistake);
    if (next === null) continue;
    const params: MistakeParams = {uri, mistake: mistake.key};
    const title = `Hint on ${mistake.gradient.name}: ${hintQuestions[next]}`;
    actions.push({title, kind: CodeActionKind.QuickFix, command: {title, command: commands.nextHint, arguments: [params]}});
  }
  return actions;
}

function siteOf(view: View, mistake: Mistake, programs: Programs, ladder: Ladder): HintResult['site'] {
  return siteOfMistake(view, programs, mistake, ladder.shown(view.program.uri, mistake));
}

function told({gradient}: Mistake, step: HintStep): string {
  const {diagnosis} = gradient;
  switch (step) {
    case 'kind': return sentence(diagnosis?.message ?? gradientSentence(gradient, step));
    case 'why': return `${gradient.name}: ${sentence(diagnosis?.why ?? '')}`;
    case 'fix': return `${gradient.name}, proved by running it again: ${fixText(diagnosis?.fix?.newText ?? '')}`;
    default: return gradientSentence(gradient, step);
  }
}

function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
