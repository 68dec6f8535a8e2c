/** Shapes after the names that are assigned, verdicts at the end of backward lines. Never empty in the middle of an edit. */
import {InlayHintKind} from 'vscode-languageserver';
import type {InlayHint} from 'vscode-languageserver';
import type {Settings} from '../../protocol.ts';
import type {Programs} from '../programs.ts';
import {lineAt} from '../text.ts';
import {errorText, inferredText, previewText, shapeText, shapeWithSize} from '../wording.ts';
import {endOfLine} from '../view.ts';
import type {RunHint, StandingHint, View} from '../view.ts';

/** What a hint carries, so that more can be said of it later. */
export interface HintData {
  readonly uri: string;
  readonly name: string;
  readonly kind: StandingHint['kind'];
  readonly kept: boolean;
}

/** The hints of one document between two offsets of its program; what they say when they are pointed at comes with `withTooltip`. */
export function inlayHints(view: View, uri: string, from: number, to: number, programs: Programs, settings: Settings): InlayHint[] {
  const shown: InlayHint[] = [];
  const {show, maximumLength} = settings.hints;
  if (show === 'none') return shown;
  for (const hint of view.hints) {
    if (hint.kind === 'verdict' ? show === 'shapes' : show === 'verdicts' || (hint.kind === 'shape' && isCount(hint))) continue;
    const offset = hint.kind !== 'verdict' ? hint.end : endOfLine(view.program, hint.statementEnd);
    if (offset < from || offset > to) continue;
    const part = programs.partAt(view.program, hint.start);
    if (part.uri !== uri) continue;
    shown.push({
      position: programs.position(part, offset),
      label: cut(labelOf(hint), maximumLength),
      ...(hint.kind !== 'verdict' ? {kind: InlayHintKind.Type} : {paddingLeft: true}),
      data: {uri, name: hint.value.name, kind: hint.kind, kept: hint.kept} satisfies HintData,
    });
  }
  return shown;
}

/** A hint that was given before, with its tooltip if it still stands on its line. */
export function withTooltip(view: View, given: InlayHint, programs: Programs): InlayHint {
  const {uri, name, kind} = given.data as HintData;
  const line = lineAt(view.program.text, programs.offset(view.program, uri, given.position));
  const hint = view.hints.find((other) => other.kind === kind && other.value.name === name
    && lineAt(view.program.text, kind === 'verdict' ? other.statementEnd : other.start) === line);
  if (hint === undefined) return given;
  return {...given, tooltip: {kind: 'markdown', value: tooltipOf(hint)}};
}

function labelOf(hint: StandingHint): string {
  if (hint.kind === 'verdict') return verdictLabel(hint);
  return `: ${shapeText(hint.value.shape)}${hint.kind === 'inferred' ? ' (inferred)' : ''}`;
}

function tooltipOf(hint: StandingHint): string {
  switch (hint.kind) {
    case 'verdict': return verdictTooltip(hint);
    case 'shape': return shapeTooltip(hint);
    case 'inferred': return `**${hint.value.name}** ${inferredText(hint.value.shape)}`;
  }
}

/** `N = x.shape[0]` says enough by itself. */
function isCount({value}: RunHint): boolean {
  return value.shape.length === 0 && /^(u?int|bool)/.test(value.dtype);
}

/** What a reply says, as one text: when it changes, the editor is told to ask again. */
export function hintsSignature(view: View): string {
  return view.hints
    .map((hint) => `${hint.end}${labelOf(hint)}`)
    .join('|');
}

function verdictLabel(hint: RunHint): string {
  const {of, status} = hint.value.gradient!;
  if (status === 'agrees') return `✓ ∂L/∂${of}`;
  const cause = hint.pair.report.gradients.find((gradient) => gradient.of === of && gradient.causedBy !== undefined)?.causedBy;
  if (status === 'spoiled') return cause === undefined ? `✗ ∂L/∂${of} (because of an earlier line)` : `✗ ∂L/∂${of} (because of line ${cause})`;
  return `✗ ∂L/∂${of}`;
}

function verdictTooltip(hint: RunHint): string {
  const {status, note, of, error} = hint.value.gradient!;
  const measured = error === null || status === 'agrees' && error === 0 ? '' : `\n\nLargest relative error: ${errorText(error)}.`;
  return `**${hint.value.name}** ${status === 'agrees' ? 'is' : 'should be'} ∂L/∂${of}. ${note}${measured}`;
}

function shapeTooltip(hint: RunHint): string {
  const {name, shape, size, dtype, preview} = hint.value;
  return `**${name}** ${shapeWithSize(shape, size)}, ${dtype}\n\n${previewText(preview)}`;
}

function cut(label: string, length: number): string {
  const characters = Array.from(label);
  return characters.length <= length ? label : `${characters.slice(0, length - 1).join('')}…`;
}
