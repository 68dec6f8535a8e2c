/**
 * Joins what was tried for one pair into its analysis: verdicts over all input sets, letters for sizes, reasons in words.
 * Runs nothing.
 */
import {makeLabeller} from '../dims/label.ts';
import type {Labeller} from '../dims/label.ts';
import {lineAt, positionAt} from '../python/lines.ts';
import type {AssignEvent} from '../interpreter/events.ts';
import type {Pair} from '../program/pair.ts';
import type {GradientInfo, InputInfo, Preview, ValueInfo} from './analysis.ts';
import {diagnosisOf} from './diagnosis.ts';
import type {PairFile} from './file.ts';
import type {Evidence, Failure, Outcome} from './evidence.ts';
import {matchBackward} from './matching.ts';
import type {Match} from './matching.ts';
import {mutationProblems} from './mutations.ts';
import {truncationProblems} from './integers.ts';
import {namedIntegers, observe} from './observed.ts';
import type {Observed} from './observed.ts';
import {describeFailure, describeGradient, describePair, exceptionsOf, raisedLine} from './describe.ts';
import {lintProblems} from './lints.ts';
import {operationText, operationsOf} from './operations.ts';
import {PYTHON_2_NOTE} from './python2.ts';
import {placesOf} from './places.ts';
import {raisedReports} from './raised.ts';
import type {Letters, PairResult} from './result.ts';
import type {Quantity} from './quantity.ts';
import type {ExceptionReport, GradientReport, HintReport, PairReport, ProblemReport} from './report.ts';
import {isUnwritten} from './unwritten.ts';

export function summarise(evidence: Evidence, file: PairFile): PairResult {
  const {pair, base} = evidence;
  const places = placesOf(pair, file.lines);
  const letters = lettersOf(evidence, file);
  const observed = observe(file.path, base.map(({trial}) => trial.events));
  const gradients = base.length > 0 ? gradientReports(evidence, file, letters) : [];
  const exceptions = exceptionsOf(evidence, letters, file);
  const described = base.length > 0 ? describePair(evidence, gradients, letters) : describeFailure(evidence);
  const {verdict} = described;
  const remarks = [...(file.floorDivision === true ? [PYTHON_2_NOTE] : []), ...standInsOf(evidence)];
  const reason = remarks.length === 0 ? described.reason : `${described.reason} (${remarks.join('; ')})`;
  const first = firstWrong(evidence, gradients, file);
  const inputs = inputInfos(evidence, letters);
  const report: PairReport = {
    name: pair.name, pattern: pair.pattern, forward: places.forward, backward: places.backward, verdict, reason,
    ...(remarks.length === 0 ? {} : {remarks}),
    inputs: inputs.filter(({name}) => name !== 'self').map(({name, shape, size, role}) => ({name, shape, size, dtype: 'float64', role})).map((input) => ({...input, dtype: dtypeOf(evidence, input.name)})),
    gradients,
    ...(first === null ? {} : {firstWrong: first}),
    ...(exceptions.length === 0 ? {} : {exceptions}),
  };
  const matches = matchBackward(base.map(({trial}) => trial));
  const values = observed.map((value) => valueInfo(value, letters, gradients, isOfBackward(pair, value.event) ? matches.get(value.event) : undefined, file));
  const operations = operationsOf(file.path, base.map(({trial}) => trial.events), letters);
  const tried = [...evidence.base, ...evidence.settings].map(({attempt}) => attempt.label);
  return {
    analysis: {report, forwardSpan: places.forwardSpan, backwardSpan: places.backwardSpan, inputs, values, operations, tried},
    hints: observed.map((value) => hintReport(value, letters, file)),
    problems: [...mutationProblems(evidence, file), ...truncationProblems(base[0]?.trial.found ?? [], evidence.asWritten ?? [], file), ...lintProblems(evidence, file), ...problemsOf(evidence, file, exceptions, report)],
    runs: {attempts: base.map(({attempt}) => attempt), letters, floorDivision: file.floorDivision === true},
  };
}

/** What the reader is told of files that no run has read. */
function standInsOf({base}: Evidence): readonly string[] {
  return [...base[0]?.trial.run.standIns ?? []].map(([name, kind]) => `a made ${kind} stood in for what ${name} holds`);
}

/** In a script, where no function tells forward from backward, numbers of the forward may happen to be a gradient. */
function isOfBackward(pair: Pair, {statement}: AssignEvent): boolean {
  return pair.pattern !== 'script' || pair.forward.every(({span}) => span.end <= statement.span.start)
    || pair.backward.some(({span}) => span.start <= statement.span.start && statement.span.end <= span.end);
}

function lettersOf({base}: Evidence, file: PairFile): Letters {
  const runs = base.length;
  const letters = new Map<string, number[]>();
  for (const [letter, size] of base[0]?.attempt.letters ?? []) {
    const sizes = base.map(({attempt}) => attempt.letters.get(letter));
    if (sizes.every((number) => number !== undefined)) letters.set(letter, [size, ...sizes.slice(1)]);
  }
  const labeller: Labeller = makeLabeller(letters, namedIntegers(file.path, base.map(({trial}) => trial.events)));
  return {
    shape(sizes) {
      const first = sizes[0] ?? [];
      if (sizes.length < runs) return first;
      return first.map((_, axis) => labeller.label(sizes.map((shape) => shape[axis])));
    },
  };
}

function gradientReports(evidence: Evidence, file: PairFile, letters: Letters): GradientReport[] {
  const first = evidence.base[0];
  if (first.trial.raised !== null) return raisedReports(evidence, file, letters.shape);
  return first.findings.filter(({kind}) => kind !== 'skipped').map((finding, i): GradientReport => {
    const over = evidence.base.map((outcome) => outcome.findings.filter(({kind}) => kind !== 'skipped').at(i)).filter((other) => other !== undefined);
    const {gradient} = finding;
    const actual = 'actual' in finding ? finding.actual : null;
    const truth = 'truth' in finding ? finding.truth : null;
    const convention = evidence.conventions.get(gradient.name);
    const shape = actual === null ? [] : letters.shape(over.flatMap((other) => ('actual' in other ? [other.actual.shape] : [])));
    const expected = truth === null ? [] : letters.shape(over.flatMap((other) => ('truth' in other && other.truth !== null ? [other.truth.shape] : [])));
    const worst = over.find(({kind}) => kind === 'disagrees') ?? over.find(({kind}) => kind !== 'agrees') ?? finding;
    const described = describeGradient(worst, convention, shape, expected, evidence.base);
    const comparison = 'comparison' in worst ? worst.comparison : null;
    return {
      of: gradient.of, name: gradient.name, line: lineAt(file.lines, gradient.source.span.start),
      shape, size: actual?.shape ?? [], expectedSize: truth?.shape ?? [],
      verdict: described.verdict,
      ...(described.reason === null ? {} : {reason: described.reason}),
      maxRelativeError: comparison === null ? null : described.verdict === 'agrees' && convention === undefined ? Math.min(comparison.maxRelativeError ?? 0, 1) : comparison.maxRelativeError,
      ...numericalError(first, gradient.of, actual),
      kinks: first.kinks,
      ...(over.every((other) => 'comparison' in other && other.comparison.vacuous) ? {vacuous: true} : {}),
      ...(convention === undefined ? {} : {convention}),
      ...(described.verdict === 'disagrees' ? diagnosisOf(gradient.name, {actual: shape, expected}, first, evidence.repairs, file, evidence.pair) : {}),
      ...(described.verdict === 'disagrees' && comparison?.witness != null ? {witness: comparison.witness} : {}),
    };
  });
}

/** What a gradient check by hand would read. */
function numericalError({numerical}: Outcome, of: string, actual: Quantity | null): {numericalError?: number} {
  const differences = numerical?.get(of);
  if (differences === undefined || actual?.data.length !== differences.length) return {};
  let worst = 0;
  differences.forEach((difference, i) => {
    const both = Math.abs(difference) + Math.abs(actual.data[i]);
    worst = Math.max(worst, Math.abs(difference - actual.data[i]) / Math.max(1e-8, both));
  });
  return {numericalError: worst};
}

function firstWrong({base, pair}: Evidence, gradients: readonly GradientReport[], file: PairFile): {line: number; name: string} | null {
  const raised = base[0]?.trial.raised ?? null;
  if (raised !== null && !gradients.some(({diagnosis}) => diagnosis !== undefined)) {
    const name = 'backward' in pair && 'name' in pair.backward ? pair.backward.name : pair.name;
    return isUnwritten(raised.error) ? null : {line: raisedLine(raised, file), name};
  }
  const lineOf = ({diagnosis, causedBy, line}: GradientReport): number => diagnosis?.line ?? causedBy ?? line;
  const wrong = gradients.filter(({verdict}) => verdict === 'disagrees').sort((a, b) => lineOf(a) - lineOf(b));
  return wrong.length === 0 ? null : {line: lineOf(wrong[0]), name: wrong[0].name};
}

function inputInfos({base, prepared}: Evidence, letters: Letters): InputInfo[] {
  const attempts = base.length > 0 ? base.map(({attempt}) => attempt) : [prepared.first].filter((attempt) => attempt !== null);
  return (attempts[0]?.made ?? []).map((made, i) => ({
    name: made.name, role: made.role, origin: made.origin, span: made.span, size: made.shape,
    shape: base.length > 0 ? letters.shape(attempts.map((attempt) => attempt.made[i].shape)) : made.shape,
  }));
}

function dtypeOf({base, prepared}: Evidence, name: string): string {
  const attempt = base.at(0)?.attempt ?? prepared.first;
  return attempt?.made.find((made) => made.name === name)?.dtype ?? 'object';
}

function hintReport({event, quantity, sizes}: Observed, letters: Letters, file: PairFile): HintReport {
  const {line, column} = positionAt(file.lines, event.span.start);
  return {line, column, name: event.target, shape: letters.shape(sizes), size: quantity.shape, dtype: quantity.dtype};
}

function valueInfo({event, quantity, sizes}: Observed, letters: Letters, gradients: readonly GradientReport[], match: Match | undefined, file: PairFile): ValueInfo {
  const line = lineAt(file.lines, event.span.start);
  const gradient = gradients.find(({name, line: at}) => name === event.target && at === line);
  return {
    span: event.span, statement: event.statement.span, name: event.target, shape: letters.shape(sizes), size: quantity.shape,
    dtype: quantity.dtype, preview: previewOf(quantity), gradient: gradient === undefined ? matchInfo(match, file) : gradientInfo(gradient),
  };
}

function gradientInfo({of, verdict, maxRelativeError, reason}: GradientReport): GradientInfo | null {
  if (verdict !== 'agrees' && verdict !== 'disagrees') return null;
  const note = verdict === 'agrees' ? `this is ∂L/∂${of}, equal to the true gradient` : (reason ?? `this is not ∂L/∂${of}`);
  return {of, status: verdict, error: maxRelativeError, note};
}

function matchInfo(match: Match | undefined, file: PairFile): GradientInfo | null {
  if (match === undefined) return null;
  const {through, computedBy} = match;
  // A value without a name in another file means nothing to who reads this one.
  if (computedBy !== null && computedBy.activation.path !== file.path) return null;
  const of = computedBy === null ? match.of : operationText(computedBy, file);
  if (through === null) return {of, status: 'agrees', error: 0, note: `this is ∂L/∂${of}, equal to the true gradient`};
  return {of, status: 'agrees', error: 0, note: `this is the part of ∂L/∂${of} that comes through ${operationText(through, file)}`};
}

function previewOf({data}: Quantity): Preview {
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let nans = 0;
  for (const value of data) {
    if (Number.isNaN(value)) {
      nans++;
      continue;
    }
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  return {first: [...data.slice(0, 12)], count: data.length, min, max, mean: sum / (data.length - nans), nans};
}

function problemsOf(evidence: Evidence, file: PairFile, exceptions: readonly ExceptionReport[], report: PairReport): ProblemReport[] {
  const {forward, backward} = report;
  const problems: ProblemReport[] = exceptions.map(({message, diagnosis}) => ({code: 'wrong-for-setting', severity: 'warning', line: diagnosis?.line ?? backward.line, column: 1, message: `${backward.name}: ${message}`}));
  const failure: Failure | null = evidence.failure;
  if (failure?.kind === 'raised' && failure.attempt.stated) {
    const {message} = failure.raised.error;
    problems.push({code: 'forward-raises', severity: 'warning', line: raisedLine(failure.raised, file, forward.line), column: 1, message: `${forward.name} raises ${failure.raised.error.type} on the inputs that its text promises: ${message}`});
  }
  return problems;
}

