/** How shapes, numbers and verdicts are written for people. Text in, text out. */
import type {Diagnosis, GradientReport, PairReport, SymbolicShape, Verdict} from '../../engine/check/report.ts';
import type {Preview} from '../../engine/check/analysis.ts';
import type {HintStep} from '../protocol.ts';
import {reaches} from './ladder.ts';

/** `(N, C)`, `(M,)`; `()` for a scalar. */
export function shapeText(shape: SymbolicShape): string {
  return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}

/** With the sizes that were tried where they say more than the letters: `(N, D) = (3, 5)`. */
export function shapeWithSize(shape: SymbolicShape, size: readonly number[]): string {
  const letters = shapeText(shape);
  const numbers = shapeText(size);
  return letters === numbers ? letters : `${letters} = ${numbers}`;
}

/** A shape that comes from the text alone. */
export function inferredText(shape: SymbolicShape): string {
  return `\`${shapeText(shape)}\` (inferred)\n\nThis function was not run: its shapes are what the text says of them.`;
}

/** Six significant digits at most, as NumPy prints them. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(3).replace(/\.?0+e/, 'e').replace('e+', 'e');
  return String(Number(value.toPrecision(6)));
}

/** An error as one reads it: `3e-16`, `0.5`. */
export function errorText(error: number): string {
  if (error === 0) return '0';
  return error < 1e-3 || error >= 1e4 ? error.toExponential(0).replace('e+', 'e') : String(Number(error.toPrecision(2)));
}

export const marks: Readonly<Record<Verdict | 'missing', string>> = {
  agrees: '✓', disagrees: '✗', inconclusive: '?', unsupported: '○', incomplete: '…', missing: '…',
};

/** `3 of 3 gradients agree`, or what stands in the way. */
export function pairSummary(pair: PairReport): string {
  const {gradients, verdict} = pair;
  const right = gradients.filter((gradient) => gradient.verdict === 'agrees').length;
  const noun = gradients.length === 1 ? 'gradient' : 'gradients';
  const verb = right === 1 || gradients.length === 1 ? 'agrees' : 'agree';
  if (verdict === 'agrees' || verdict === 'disagrees') {
    if (gradients.length === 0) return verdict === 'agrees' ? 'agrees' : pair.reason;
    return `${right} of ${gradients.length} ${noun} ${verb}`;
  }
  const words = {inconclusive: 'can’t tell', unsupported: 'not supported yet', incomplete: 'being written'};
  return gradients.length > 0 && right > 0 ? `${right} of ${gradients.length} ${noun} ${verb}, ${words[verdict]}` : words[verdict];
}

/** What is said of one gradient; of a wrong one, as much as has been asked for. */
export function gradientSentence(gradient: GradientReport, told: HintStep): string {
  const derivative = `∂L/∂${gradient.of}`;
  switch (gradient.verdict) {
    case 'agrees': {
      const error = gradient.maxRelativeError;
      const convention = gradient.convention === undefined ? '' : `, by the convention ${gradient.convention}`;
      const vacuous = gradient.vacuous === true ? '; both are zero for every input tried, which says little' : '';
      return `Equals ${derivative}${error === null ? '' : error === 0 ? ' exactly' : ` to ${errorText(error)}`}${convention}${vacuous}.`;
    }
    case 'disagrees':
      if (gradient.causedBy !== undefined) return `Differs from ${derivative}, only because of ${reaches(told, 'where') ? `line ${gradient.causedBy}` : 'another line'}.`;
      if (gradient.diagnosis !== undefined) return stepSentences(gradient, gradient.diagnosis, told);
      return gradient.reason ?? `Differs from ${derivative}.`;
    case 'missing':
      return gradient.reason ?? `${derivative} is not returned.`;
    default:
      return gradient.reason ?? `${derivative} could not be judged.`;
  }
}

/** What each step adds. */
function stepSentences(gradient: GradientReport, {message, why, fix, where}: Diagnosis, told: HintStep): string {
  if (!reaches(told, 'kind')) {
    const {name, of, size, expectedSize, reason} = gradient;
    const symptom = reason !== undefined && size.join() !== expectedSize.join() ? ` ${sentence(reason)}` : '';
    if (told === 'where' && where !== undefined) return `${sentence(where)}${symptom}`;
    if (symptom !== '') return symptom.trim();
    return told === 'verdict' ? `${name} is not ∂L/∂${of}.` : `${name} is not ∂L/∂${of}: look at this line.`;
  }
  return [
    sentence(message),
    ...(why !== undefined && reaches(told, 'why') ? [sentence(why)] : []),
    ...(fix !== undefined && told === 'fix' ? [`What mends it: ${fixText(fix.newText)}`] : []),
  ].join(' ');
}

/** The lines of a fix as they are read in a sentence, without comments at their ends. */
export function fixText(newText: string): string {
  return newText.split('\n').map((line) => line.replace(/\s+#[^'"]*$/, '').trim()).join('; ');
}

export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** More numbers than these are not read. */
const mostShown = 6;

/** The first elements, as NumPy would begin to print them. */
export function previewText(preview: Preview): string {
  const first = preview.first.slice(0, mostShown);
  const shown = first.map(numberText).join(', ');
  return preview.count > first.length ? `${shown}, …` : shown;
}
