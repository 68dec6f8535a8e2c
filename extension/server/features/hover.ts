/** What stands under the mouse: a value with its shape and numbers, or an operation with how gradients pass through it. */
import type {Hover} from 'vscode-languageserver';
import type {GradientInfo, InputInfo, PairAnalysis, ValueInfo} from '../../../engine/check/analysis.ts';
import type {SymbolicShape} from '../../../engine/check/report.ts';
import {commands} from '../../protocol.ts';
import type {ExplainGradientParams} from '../../protocol.ts';
import type {Programs} from '../programs.ts';
import {lineAt, lineText} from '../text.ts';
import type {Text} from '../text.ts';
import {errorText, inferredText, numberText, previewText, shapeText, shapeWithSize} from '../wording.ts';
import type {RunHint, StandingHint, View} from '../view.ts';

/** How an operation passes gradients on, as Markdown; empty when nothing is known of it. */
export type Explain = (operation: string, operands: readonly SymbolicShape[], result: SymbolicShape) => string;

export function hover(view: View, offset: number, programs: Programs, explain: Explain): Hover | null {
  const {text} = view.program;
  const name = nameAt(text, offset);
  if (name !== null) {
    const value = valueOf(view, name.text, offset);
    if (value !== null) return shown(view, programs, name.start, name.end, [valueText(value.value), ...explainLink(view, value.pair, value.value)].join('\n\n'));
    const inferred = lastBefore(view, view.inferred(), name.text, offset);
    if (inferred !== null) return shown(view, programs, name.start, name.end, `**${inferred.value.name}** ${inferredText(inferred.value.shape)}`);
    const input = inputOf(view, name.text, offset);
    if (input !== null) return shown(view, programs, name.start, name.end, inputText(input));
  }
  const found = view.operationAt(offset);
  if (found === null) return null;
  const {operation} = found;
  const lines = [
    `**\`${operation.name}\`** ${operation.operands.map(shapeText).join(', ')} → ${shapeText(operation.result)}`,
    explain(operation.name, operation.operands, operation.result),
  ];
  return shown(view, programs, found.start, found.end, lines.filter((line) => line !== '').join('\n\n'));
}

/** A name with what is reached through it: `x`, `self.W`, `grads['W1']`, `cache[0]`. */
export function nameAt(text: Text, offset: number): {readonly text: string; readonly start: number; readonly end: number} | null {
  const line = lineAt(text, offset);
  const start = text.lineStarts[line];
  for (const match of lineText(text, line).matchAll(/[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*(?:\.[A-Za-z_]\w*|\[\s*(?:'[^']*'|"[^"]*")\s*\])*/g)) {
    const from = start + match.index;
    if (offset < from || offset > from + match[0].length) continue;
    // Of `x.shape` under `x`, the x; of `self.W.T` under `W`, self.W.
    const rest = match[0].slice(offset - from);
    const stop = /[.[]/.exec(rest);
    const inKey = (match[0].slice(0, offset - from).match(/\[/g)?.length ?? 0) > (match[0].slice(0, offset - from).match(/\]/g)?.length ?? 0);
    const until = inKey ? offset - from + rest.indexOf(']') + 1 : stop === null || stop.index === 0 ? wordEnd(match[0], offset - from) : offset - from + stop.index;
    const word = match[0].slice(0, until);
    return word === '' ? null : {text: word, start: from, end: from + word.length};
  }
  return null;
}

function wordEnd(text: string, from: number): number {
  const rest = /^[\w\u0080-\uffff]*/.exec(text.slice(from))![0].length;
  return from + rest;
}

/** The last value that a name was given up to a place in the same function. */
export function valueOf(view: View, name: string, offset: number): RunHint | null {
  return lastBefore(view, view.values(), name, offset);
}

function lastBefore<H extends StandingHint>(view: View, hints: readonly H[], name: string, offset: number): H | null {
  const {text} = view.program;
  const home = definitionAt(text, offset);
  let best: H | null = null;
  for (const candidate of hints) {
    if (candidate.value.name !== name && text.content.slice(candidate.start, candidate.end) !== name) continue;
    if (candidate.start > offset || definitionAt(text, candidate.start) !== home) continue;
    const target = candidate.start <= offset && offset <= candidate.end;
    // `x = x * 2` reads the x of the lines before.
    if (!target && best !== null && lineAt(text, candidate.start) === lineAt(text, offset)) continue;
    if (best === null || candidate.start >= best.start) best = candidate;
  }
  return best;
}

function inputOf(view: View, name: string, offset: number): InputInfo | null {
  const {text} = view.program;
  const home = definitionAt(text, offset);
  for (const pair of view.known?.analysis.pairs ?? []) {
    const homes = [pair.forwardSpan, pair.backwardSpan].map((span) => lineAt(text, view.now(span.start)));
    if (!homes.includes(home)) continue;
    const input = pair.inputs.find((candidate) => candidate.name === name);
    if (input !== undefined) return input;
  }
  return null;
}

/** The line of the `def` that a place is in, or -1 outside of all. Only indentation is looked at. */
export function definitionAt(text: Text, offset: number): number {
  let indentation = Infinity;
  for (let line = lineAt(text, offset); line >= 0; line--) {
    const content = lineText(text, line);
    const depth = content.search(/\S/);
    // Comments, and the `):` of a signature of several lines, stand anywhere.
    if (depth < 0 || (depth < indentation && /[#)\]}]/.test(content[depth]))) continue;
    const definition = /^\s*(?:async\s+)?def\b/.test(content);
    if (definition && (depth < indentation)) return line;
    if (depth < indentation) indentation = depth;
    if (indentation === 0) return -1;
  }
  return -1;
}

function valueText(value: ValueInfo): string {
  const {name, shape, size, dtype, preview, gradient} = value;
  const lines = [`**${name}** \`${shapeWithSize(shape, size)}\` ${dtype}`];
  if (gradient !== null) {
    lines.push(gradientText(gradient));
  }
  lines.push(table(preview));
  return lines.join('\n\n');
}

function gradientText({status, of, error, note}: GradientInfo): string {
  const measured = error === null ? '' : status === 'agrees' ? (error === 0 ? ', exactly' : `, to ${errorText(error)}`) : ` (largest relative error ${errorText(error)})`;
  return `${status === 'agrees' ? '✓' : `✗ ∂L/∂${of}:`} ${note.replace(/\.$/, '')}${measured}.`;
}

/** To the account of how the gradient comes about; only where a gradient or a value with one is pointed at. */
function explainLink(view: View, pair: PairAnalysis, value: ValueInfo): readonly string[] {
  if (value.gradient === null) return [];
  const params: ExplainGradientParams = {uri: view.program.uri, pair: pair.report.name, of: value.gradient.of};
  return [`[Explain this gradient](command:${commands.explainGradient}?${encodeURIComponent(JSON.stringify([params]))})`];
}

function table(preview: ValueInfo['preview']): string {
  if (preview.count === 0) return 'No elements.';
  if (preview.count === 1) return `Value: ${numberText(preview.first[0])}`;
  const nans = preview.nans === 0 ? ['', '', ''] : [' NaN |', ' --- |', ` ${preview.nans} of ${preview.count} |`];
  return `| first elements | min | max | mean |${nans[0]}\n| --- | --- | --- | --- |${nans[1]}\n`
    + `| ${previewText(preview)} | ${numberText(preview.min)} | ${numberText(preview.max)} | ${numberText(preview.mean)} |${nans[2]}`;
}

function inputText(input: InputInfo): string {
  const origins: Readonly<Record<string, string>> = {
    pragma: 'said by the pragma', annotation: 'said by the annotation', docstring: 'said by the docstring', comment: 'said by a comment',
    call: 'seen in a call', use: 'seen from its use', trial: 'found by trying', default: 'its default', guess: 'a guess',
  };
  return `**${input.name}** \`${shapeWithSize(input.shape, input.size)}\` ${input.role}\n\nShape: ${origins[input.origin] ?? input.origin}.`;
}

function shown(view: View, programs: Programs, start: number, end: number, value: string): Hover {
  return {contents: {kind: 'markdown', value}, range: programs.site(view.program, start, end).range};
}
