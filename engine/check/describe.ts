/** Verdicts in words: what a gradient, a pair, a failure or a setting is said to be. Decides nothing that findings have not decided. */
import type {Pair} from '../program/pair.ts';
import {diagnosisOf} from './diagnosis.ts';
import type {PairFile} from './file.ts';
import type {Evidence, Outcome} from './evidence.ts';
import {ELLIPSIS} from '../ndarray/values.ts';
import {lineAt} from '../python/lines.ts';
import {READ_FROM_UPDATE, listWords, notANumber, raisesText, shapeWords, wrongShape, wrongUpdate, wrongValue} from './reasons.ts';
import type {Convention, ExceptionReport, GradientReport, SymbolicShape, Verdict} from './report.ts';
import {targetWords} from './subjects/target.ts';
import type {Letters} from './result.ts';
import type {Raised} from './trial.ts';
import type {Finding} from './verdicts.ts';
import {isUnwritten} from './unwritten.ts';

interface Described {
  readonly verdict: Verdict | 'missing';
  readonly reason: string | null;
}

const conventionWords: Readonly<Record<Convention, string>> = {
  'mean-folded': '1/m of the mean cost is folded in here, as in the deeplearning.ai course',
  'numerator-layout': 'the gradient of a scalar is written as a row vector',
  'merged-with-loss': 'the derivative of the loss is merged with the last layer',
  'of-the-output': 'the derivative takes the activation, not its input',
  'unit-upstream': 'the upstream gradient is taken to be 1',
  'descent-sign': 'this is the direction of descent; the weights are updated with +=',
  'epsilon-neglected': 'the small constant in the forward is neglected',
  'clipped': 'the gradient is clipped',
  'decay-added': 'weight decay is added here',
  'sum-loss': 'the loss is a sum over the batch',
  'mean-loss': 'the loss is a mean over the batch',
  'half': 'the loss carries a factor of one half',
};

export function describeGradient(finding: Finding, convention: Convention | undefined, shape: SymbolicShape, expected: SymbolicShape, base: readonly Outcome[]): Described {
  const {gradient} = finding;
  if (base.some(({doubt}) => doubt !== null)) return {verdict: 'inconclusive', reason: 'the exact gradient could not be confirmed'};
  switch (finding.kind) {
    case 'agrees':
      if (convention !== undefined) return {verdict: 'agrees', reason: conventionWords[convention]};
      if (gradient.source.update !== undefined) return {verdict: 'agrees', reason: READ_FROM_UPDATE};
      return {verdict: 'agrees', reason: finding.atKink ? 'it lies between the one-sided slopes at a kink' : null};
    case 'missing':
      return {verdict: 'missing', reason: gradient.value === undefined || gradient.value === null || gradient.value === ELLIPSIS ? `${gradient.name} is ${isComputed(gradient.name, base) ? NOT_RETURNED : 'not computed yet'}` : `${gradient.name} is still zero everywhere: not computed yet`};
    case 'skipped':
    case 'unknown':
      return {verdict: 'inconclusive', reason: finding.why};
    case 'disagrees': {
      if (convention !== undefined) return {verdict: 'agrees', reason: conventionWords[convention]};
      const {difference, maxRelativeError} = finding.comparison;
      if (difference === 'shape') return {verdict: 'disagrees', reason: wrongShape(gradient.name, shape, gradient.of, expected)};
      if (difference === 'nan') return {verdict: 'disagrees', reason: notANumber(gradient.name)};
      if (gradient.source.update !== undefined) return {verdict: 'disagrees', reason: wrongUpdate(gradient.of, maxRelativeError ?? 1)};
      return {verdict: 'disagrees', reason: wrongValue(gradient.name, gradient.of, maxRelativeError ?? 1)};
    }
  }
}

const NOT_RETURNED = 'computed, but not returned yet';

/** Whether the backward has a value of that name all the same. */
function isComputed(name: string, [{trial}]: readonly Outcome[]): boolean {
  return trial.events.slice(trial.forwardEnd.events).some((event) => event.type === 'assign' && event.how === 'name' && event.target === name && event.value !== null && event.value !== ELLIPSIS);
}

/** The verdict on a pair whose forward ran. */
export function describePair({base, conventions, pair}: Evidence, gradients: readonly GradientReport[], letters: Letters): {verdict: Verdict; reason: string} {
  const doubt = base.find((outcome) => outcome.doubt !== null)?.doubt;
  if (doubt != null) return {verdict: 'inconclusive', reason: `the exact gradient could not be confirmed: ${doubt}`};
  const unknown = base.find(({trial}) => trial.unknown !== null)?.trial.unknown;
  if (unknown != null) return {verdict: 'unsupported', reason: `${unknown} is not supported, so there is no verdict`};
  const raised = base.find(({trial}) => trial.raised !== null)?.trial.raised;
  if (raised != null) {
    if (isUnwritten(raised.error)) {
      const [next] = pair.gradients;
      return {verdict: 'incomplete', reason: `the backward is not written yet${pair.gradients.length === 0 ? '' : nextWords({name: next.name ?? `the gradient of ${next.of ?? ''}`, of: next.of ?? ''}, base, letters)}`};
    }
    return {verdict: 'disagrees', reason: `${backwardName(pair)} raises ${raisesText(raised.error.type, raised.error.message)}`};
  }
  const of = (verdict: GradientReport['verdict']): GradientReport[] => gradients.filter((gradient) => gradient.verdict === verdict);
  const wrong = of('disagrees');
  if (wrong.length > 0) return {verdict: 'disagrees', reason: wrong.length === 1 ? (wrong[0].reason ?? `${wrong[0].name} is wrong`) : `${listWords(wrong.map(({name}) => name))} are wrong`};
  const missing = of('missing');
  if (missing.length > 0) {
    const names = listWords(missing.map(({name}) => name));
    const computed = missing.filter(({reason}) => reason?.endsWith(NOT_RETURNED));
    if (computed.length === missing.length) return {verdict: 'incomplete', reason: `${names} ${missing.length === 1 ? 'is' : 'are'} ${NOT_RETURNED}`};
    const next = missing.find((gradient) => !computed.includes(gradient)) ?? missing[0];
    return {verdict: 'incomplete', reason: `${missing.length === gradients.length && computed.length === 0 ? 'the backward is not written yet' : `${names} ${missing.length === 1 ? 'is' : 'are'} not computed yet`}${nextWords(next, base, letters)}`};
  }
  const unsure = of('inconclusive');
  if (unsure.length > 0) return {verdict: 'inconclusive', reason: unsure[0].reason ?? 'not all gradients could be judged'};
  if (gradients.length === 0) return {verdict: 'inconclusive', reason: 'no gradient was found in what the backward returns'};
  if (conventions.size > 0) return {verdict: 'agrees', reason: conventionWords[[...conventions.values()][0]]};
  const target = base[0].attempt.target;
  if (target !== undefined && target.loss !== null) return {verdict: 'agrees', reason: `all gradients are those of ${targetWords(target)}`};
  if (base[0].findings.some(({gradient}) => gradient.source.update !== undefined)) return {verdict: 'agrees', reason: `all gradients are exact; ${READ_FROM_UPDATE}`};
  return {verdict: 'agrees', reason: 'all gradients are exact'};
}

/** What can be written next, and how large it is. */
function nextWords({name, of}: Pick<GradientReport, 'name' | 'of'>, base: readonly Outcome[], letters: Letters): string {
  const expected = expectedShape(base, of, letters);
  if (!base.some(({trial}) => trial.truths.has(of))) return '';
  return `; next is ${name}, ${expected.length === 0 ? `a scalar like ${of}` : `of the shape ${shapeWords(expected)} of ${of}`}`;
}

function backwardName(pair: Pair): string {
  return pair.pattern === 'script' ? 'the backward' : pair.backward.name;
}

/** The verdict on a pair for which no inputs worked. */
export function describeFailure({failure, pair}: Evidence): {verdict: Verdict; reason: string} {
  switch (failure?.kind) {
    case 'budget': return {verdict: 'inconclusive', reason: failure.why};
    case 'unsupported': return {verdict: 'unsupported', reason: `${failure.construct} is not supported`};
    case 'raised': {
      const {error} = failure.raised;
      if (isUnwritten(error)) return {verdict: 'incomplete', reason: 'the forward is not written yet'};
      return {verdict: 'inconclusive', reason: `no inputs were found that the forward accepts: it raises ${raisesText(error.type, error.message)}. A comment such as "# backprop: x (N, D)" above it says what they are`};
    }
    case 'cannot-run': return {verdict: 'inconclusive', reason: failure.why};
    default: return {verdict: 'inconclusive', reason: `${pair.name} could not be run`};
  }
}

/** Settings in which the pair is wrong although the base sets agree. */
export function exceptionsOf({base, settings, conventions, inSettings, pair}: Evidence, letters: Letters, file: PairFile): ExceptionReport[] {
  const agreed = new Set<string>();
  for (const finding of base[0]?.findings ?? []) {
    const everywhere = base.every(({findings}) => findings.some((other) => other.gradient.name === finding.gradient.name && other.kind === 'agrees'));
    if (everywhere || conventions.has(finding.gradient.name)) agreed.add(finding.gradient.name);
  }
  if (agreed.size === 0 || base.some(({trial}) => trial.raised !== null)) return [];
  const reports: ExceptionReport[] = [];
  for (const outcome of settings) {
    const {attempt, findings, doubt, trial} = outcome;
    const looked = inSettings.get(outcome);
    if (doubt !== null || trial.unknown !== null) continue;
    const when = settingWords(attempt.setting);
    if (trial.raised !== null) {
      reports.push({setting: attempt.setting, of: '', message: `raises ${raisesText(trial.raised.error.type, trial.raised.error.message)} when ${when}`});
      continue;
    }
    for (const finding of findings) {
      if (finding.kind === 'missing' && agreed.has(finding.gradient.name)) {
        reports.push({setting: attempt.setting, of: finding.gradient.of, message: `${finding.gradient.name} is ${finding.gradient.value == null ? 'missing' : 'zero, but ∂L/∂' + finding.gradient.of + ' is not,'} when ${when}`});
      }
      if (finding.kind !== 'disagrees' || !agreed.has(finding.gradient.name) || conventions.has(finding.gradient.name)) continue;
      const {gradient, actual, comparison} = finding;
      const shapes = shapesInSetting(actual.shape, finding.truth.shape, expectedShape(base, gradient.of, letters));
      const message = comparison.difference === 'shape'
        ? `${gradient.name} is ${shapeWords(shapes.actual)} when ${when}, but ${gradient.of} has ${shapeWords(shapes.expected)}`
        : `${gradient.name} is not ∂L/∂${gradient.of} when ${when}`;
      const {diagnosis} = looked === undefined ? {} : diagnosisOf(gradient.name, shapes, looked.outcome, looked.repairs, file, pair);
      reports.push({setting: attempt.setting, of: gradient.of, message, ...(diagnosis === undefined ? {} : {diagnosis})});
    }
  }
  return reports;
}

/** The symbolic shape that a gradient of this leaf has in the base sets. */
function expectedShape(base: readonly Outcome[], of: string, letters: Letters): SymbolicShape {
  return letters.shape(base.flatMap(({trial}) => trial.truths.get(of)?.shape === undefined ? [] : [trial.truths.get(of)!.shape]));
}

/** In letters where an axis has the size that it should have, in numbers where it has not. */
function shapesInSetting(actual: readonly number[], truth: readonly number[], letters: SymbolicShape): {readonly actual: SymbolicShape; readonly expected: SymbolicShape} {
  const expected = truth.map((size, axis) => letters.at(axis) ?? size);
  return {expected, actual: actual.length === truth.length ? actual.map((size, axis) => (size === truth[axis] ? expected[axis] : size)) : actual};
}

function settingWords(setting: Readonly<Record<string, unknown>>): string {
  return listWords(Object.entries(setting).map(([name, value]) => `${name} = ${typeof value === 'string' ? `'${value}'` : String(value)}`));
}

/** The line of the user's file where it was raised, or of the call that led there from this file. */
export function raisedLine({error}: Raised, file: PairFile, otherwise = 1): number {
  let span = error.raisedAt?.span ?? null;
  let activation = error.raisedAt?.activation ?? null;
  while (activation !== null && activation.path !== file.path) {
    span = activation.callSpan;
    activation = activation.caller;
  }
  return span === null || activation === null ? otherwise : lineAt(file.lines, span.start);
}
