/**
 * Judges one pair: finds inputs that its forward accepts, takes verdicts in several input sets and settings, confirms the
 * tape by running again, and joins everything into one analysis. Yields between units of work, so that it can be stopped.
 */
import {BudgetExceeded, Budget} from '../ndarray/context.ts';
import {UnsupportedError} from '../ndarray/errors.ts';
import {TapeFull} from '../tape/tape.ts';
import type {ClassPair, Pair} from '../program/pair.ts';
import {asUpstream, upstreamOf} from '../program/roles.ts';
import {centralDifferences, confirm, lookAlong} from './confirm.ts';
import type {Direction} from './confirm.ts';
import {conventions} from './conventions/table.ts';
import {withOneColumn, withOneExample} from './subjects/network-inputs.ts';
import {hasShrunk, isSlightlyWrong, withSmallerEpsilons, withSmallerInputs} from './conventions/epsilon-neglected.ts';
import {wrongIn} from './conventions/convention.ts';
import {balanced, ignoresProbabilities, leavesSoftmaxOut, wholesOf} from './conventions/softmax-left-out.ts';
import {diagnose} from './diagnosis.ts';
import {isLeftBlank} from './blank.ts';
import type {Evidence, Failure, JudgeOptions, Outcome} from './evidence.ts';
import type {PairFile} from './file.ts';
import {grewInPlace, hasManyLosses, hasNewSingles, isEmpty, isGood, isJacobian, isNoLoss, isOfColumn, isOffInSizes, isVacuous} from './outcomes.ts';
import {prepare} from './prepare.ts';
import {listWords} from './reasons.ts';
import type {Attempt, Prepared} from './attempt.ts';
import {priorOf} from '../inputs/priors.ts';
import {createRandom} from '../inputs/random.ts';
import {MANY_LOSSES} from '../inputs/trial.ts';
import {CannotRun} from './subjects/subject.ts';
import type {FoundGradient} from './subjects/subject.ts';
import type {Repair} from './repair/search.ts';
import type {Convention} from './report.ts';
import {isOfDivision, stumblesOverDivision} from './python2.ts';
import {startSubject} from './subjects/table.ts';
import {recordTrial, replayForward, runOnValues} from './trial.ts';
import type {Experiment, Trial} from './trial.ts';
import {findingsOf} from './verdicts.ts';
import {summarise} from './summary.ts';
import type {PairResult} from './result.ts';
import {isUnwritten} from './unwritten.ts';

/** How much one run may use. Small inputs need a hundredth of it. */
const STEPS = 6_000_000;
const BYTES = 256e6;
/** Directions that confirm the tape on the first input set, and on each further one. */
const DIRECTIONS = 3;
const MORE_DIRECTIONS = 1;
const MOST_ATTEMPTS = 60;
/** What rounding may do, against the largest element of a gradient, to numbers that are a script's own and of any size. */
const LARGEST_ROUNDING = 1e-6;

/** Judges `pair`; yields the name of the setting after each trial. */
export function* judge(pair: Pair, file: PairFile, options: JudgeOptions): Generator<string, PairResult> {
  const evidence = yield* gather(pair, file, options, false);
  if (!stumblesOverDivision(evidence, file)) return summarise(evidence, file);
  const old: PairFile = {...file, floorDivision: true};
  const again = yield* gather(pair, old, options, true);
  if (again.base.length > 0 && !stumblesOverDivision(again, file)) return summarise(again, old);
  const isEarly = evidence.failure?.kind === 'raised' && evidence.failure.isEarly === true;
  return summarise(isEarly ? yield* gather(pair, file, options, true) : evidence, file);
}

/** Everything that is tried for `pair`. Unless it is thorough, it ends where floor division helps the first inputs. */
function* gather(pair: Pair, file: PairFile, options: JudgeOptions, thorough: boolean): Generator<string, Evidence> {
  const prepared = prepare(pair, file, options);
  const chosen = yield* chooseInputs(pair, file, prepared, options, thorough);
  if (!('trial' in chosen)) return withoutVerdict(pair, prepared, chosen);
  const base = [chosen];
  for (const attempt of prepared.moreSets(chosen.attempt)) {
    const outcome = tryInputs(pair, file, attempt, options, true);
    if ('trial' in outcome && !isEmpty(outcome)) base.push(outcome);
    yield attempt.label;
  }
  for (const attempt of isVacuous(base) ? prepared.unseen(chosen.attempt) : []) {
    const outcome = tryInputs(pair, file, attempt, options, true);
    if ('trial' in outcome) base.push(outcome);
    yield attempt.label;
  }
  const ofOutput = yield* takenOfTheOutput(pair, file, base, options);
  if (ofOutput !== null) {
    const named = new Map(ofOutput[0].findings.map(({gradient}): [string, Convention] => [gradient.name, 'of-the-output']));
    return {pair, prepared, base: ofOutput, settings: [], failure: null, conventions: named, repairs: [], inSettings: new Map(), asWritten: null};
  }
  const handed = yield* handedUpstream(pair, file, base, options);
  if (handed !== null) return yield* gather(handed, file, options, thorough);
  const neglected = yield* epsilonNeglected(pair, file, base, options);
  const unfair = neglected === null ? whyNotJudged(pair, base) ?? (yield* softmaxLeftOut(pair, file, base, options)) : null;
  if (unfair !== null) return withoutVerdict(pair, prepared, {kind: 'cannot-run', why: unfair});
  const settings: Outcome[] = [];
  for (const attempt of prepared.settings(chosen.attempt)) {
    const outcome = tryInputs(pair, file, attempt, options, false);
    if ('trial' in outcome) settings.push(outcome);
    yield attempt.label;
  }
  const named = neglected ?? conventionsOf(pair, base);
  const repairs = yield* repairsFor(pair, file, prepared, base, settings, named);
  const inSettings = yield* repairsInSettings(pair, file, base, settings, named, options);
  return {pair, prepared, base, settings, failure: null, conventions: named, repairs, inSettings, asWritten: asWritten(pair, file, chosen, options)};
}

/** What there is to say of a pair that is not judged. */
function withoutVerdict(pair: Pair, prepared: Prepared, failure: Failure): Evidence {
  return {pair, prepared, base: [], settings: [], failure, conventions: new Map(), repairs: [], inSettings: new Map(), asWritten: null};
}

/** Why a disagreement is no mistake that anybody can name: rounding, or a backward that was never meant to be a derivative. Null when it counts. */
function whyNotJudged(pair: Pair, base: readonly Outcome[]): string | null {
  if (pair.pattern === 'script' && isSlightlyWrong(base, LARGEST_ROUNDING)) {
    return 'with the numbers of this script its gradients differ from the true ones in the last digits only, as rounding does where a sigmoid or an exponential saturates: smaller numbers would tell';
  }
  const isStep = ({findings, trial}: Outcome): boolean => trial.raised === null && findings.length > 0
    && findings.every((finding) => finding.kind === 'disagrees' && finding.comparison.difference === 'value' && finding.truth.data.every((number) => number === 0));
  if ((pair.pattern === 'class' || pair.pattern === 'derivative-pair') && base.every(isStep)) return `the forward of ${pair.name} is constant between its steps: its backward is chosen, not derived`;
  return null;
}

/** Why a backward that leaves out the softmax at the end of its forward is not blamed: its caller may hand it the gradient of what goes in. Null when it does not. */
function* softmaxLeftOut(pair: Pair, file: PairFile, base: readonly Outcome[], options: JudgeOptions): Generator<string, string | null> {
  if (base.some((outcome) => outcome.trial.raised !== null || outcome.trial.interleaved || isGood(outcome)) || wholesOf(base[0].trial.outputs[0]) === null) return null;
  if (!base.every((outcome) => ignoresProbabilities(pair, outcome)) || conventionsOf(pair, base).size > 0) return null;
  for (const {attempt} of base) {
    const trial = recordTrial(experimentFor(pair, file, attempt, options, false), {seed: attempt.seed + 101, factor: attempt.upstreamFactor, adjust: balanced}, false);
    yield `${attempt.label}, past the softmax`;
    if ('phase' in trial || !leavesSoftmaxOut(trial)) return null;
  }
  return `the backward of ${pair.name} leaves its softmax out: that is right if what it is handed is p - y, the gradient of the cross entropy and the softmax together, and wrong if it is the gradient of the probabilities. A comment in the backward that names the cross entropy says which is meant`;
}

/** The gradients of a right script, run without making floats of its inputs. */
function asWritten(pair: Pair, file: PairFile, outcome: Outcome, options: JudgeOptions): readonly FoundGradient[] | null {
  if (pair.pattern !== 'script' || !isGood(outcome)) return null;
  try {
    return runOnValues(experimentFor(pair, file, outcome.attempt, options, false), {seed: 0, factor: 1})?.gradients ?? null;
  } catch (error) {
    failureOf(error);
    return null;
  }
}

/** Fixes for a pair that is wrong in its base sets, proved on other sizes and seeds and in the settings. */
function* repairsFor(
  pair: Pair, file: PairFile, prepared: Prepared, base: readonly Outcome[], settings: readonly Outcome[], named: ReadonlyMap<string, Convention>,
): Generator<string, readonly Repair[]> {
  const [first] = base;
  const isTrusted = base.every(({trial, doubt}) => trial.unknown === null && doubt === null);
  if (!isTrusted || first.trial.raised !== null && isUnwritten(first.trial.raised.error)) return [];
  const unseen = [...prepared.unseen(first.attempt), ...settings.filter(({trial}) => trial.raised === null).map(({attempt}) => attempt)];
  return yield* diagnose(pair, file, base, unseen, named);
}

/** Fixes for what is right in the base sets and wrong in other settings, proved on the base sets too. */
function* repairsInSettings(
  pair: Pair, file: PairFile, base: readonly Outcome[], settings: readonly Outcome[], named: ReadonlyMap<string, Convention>, options: JudgeOptions,
): Generator<string, Evidence['inSettings']> {
  const found = new Map<Outcome, {outcome: Outcome; repairs: readonly Repair[]}>();
  if (!base.every((outcome) => outcome.trial.unknown === null && isGood(outcome))) return found;
  for (const outcome of settings) {
    if (outcome.doubt !== null || outcome.trial.unknown !== null || outcome.trial.raised !== null || found.size === MOST_SETTINGS) continue;
    if (!outcome.findings.some(({kind}) => kind === 'disagrees')) continue;
    const again = tryInputs(pair, file, outcome.attempt, options, true);
    if ('trial' in again) found.set(outcome, {outcome: again, repairs: yield* diagnose(pair, file, [again], base.map(({attempt}) => attempt), named)});
  }
  return found;
}

/** Settings whose mistakes are looked into. */
const MOST_SETTINGS = 2;

/** The same input sets with the activation handed to a derivative that disagrees on its input; null unless it agrees on all. */
function* takenOfTheOutput(pair: Pair, file: PairFile, base: readonly Outcome[], options: JudgeOptions): Generator<string, Outcome[] | null> {
  if (pair.pattern !== 'derivative-pair' || base.every(isGood)) return null;
  const again: Outcome[] = [];
  for (const {attempt} of base) {
    const outcome = tryInputs(pair, file, attempt, options, true, true);
    yield `${attempt.label}, of the output`;
    if (!('trial' in outcome) || !isGood(outcome)) return null;
    again.push(outcome);
  }
  return again;
}

/** The pair with its backward's only parameter, called like the forward's, as the upstream, where that reading is right and the other is not; else null. */
function* handedUpstream(pair: Pair, file: PairFile, base: readonly Outcome[], options: JudgeOptions): Generator<string, Pair | null> {
  const parameters = pair.pattern !== 'class' || base.every(isGood) ? null : asUpstream(pair.parameters);
  if (parameters === null) return null;
  const other: Pair = {...(pair as ClassPair), parameters, upstream: upstreamOf(parameters)};
  for (const {attempt} of base) {
    const outcome = tryInputs(other, file, attempt, options, true);
    yield `${attempt.label}, handed the upstream`;
    if (!('trial' in outcome) || !isGood(outcome)) return null;
  }
  return other;
}

/** Gradients that are off by what a small constant of the forward explains: with a smaller constant they are less off. */
function* epsilonNeglected(pair: Pair, file: PairFile, base: readonly Outcome[], options: JudgeOptions): Generator<string, Map<string, Convention> | null> {
  if (!isSlightlyWrong(base)) return null;
  const smaller = withSmallerEpsilons(file);
  const again: Outcome[] = [];
  for (const {attempt} of base) {
    const outcome = tryInputs(pair, smaller, withSmallerInputs(attempt), options, false);
    yield `${attempt.label}, with smaller constants`;
    if (!('trial' in outcome)) return null;
    again.push(outcome);
  }
  if (!hasShrunk(base, again)) return null;
  return new Map(base.flatMap(wrongIn).map(({gradient}): [string, Convention] => [gradient.name, 'epsilon-neglected']));
}

/** The first inputs on which the pair agrees, or else the best guess on which its forward runs. */
function* chooseInputs(pair: Pair, file: PairFile, prepared: Prepared, options: JudgeOptions, thorough: boolean): Generator<string, Outcome | Failure> {
  let fallback: Outcome | null = null;
  let failure: Failure = {kind: 'cannot-run', why: 'nothing is known about its inputs'};
  let exhausted = 0;
  for (let tries = 0; tries < MOST_ATTEMPTS; tries++) {
    const attempt = prepared.next();
    if (attempt === null) break;
    const outcome = tryInputs(pair, file, attempt, options, true);
    yield attempt.label;
    if (!('trial' in outcome)) {
      if (tries === 0 && !thorough && outcome.kind === 'raised' && isOfDivision(outcome.raised.error, file)
        && 'trial' in tryInputs(pair, {...file, floorDivision: true}, attempt, options, false)) return {...outcome, isEarly: true};
      if (tries === 0 || (failure.kind !== 'raised' && failure.kind !== 'cannot-run')) failure = outcome;
      // A reading that never ends says nothing of the next one, but it costs a lot.
      if (outcome.kind === 'budget' && fallback === null) return outcome;
      if (outcome.kind === 'budget' && ++exhausted > 1) break;
      prepared.failed(outcome.kind === 'raised' ? outcome.raised.error.type : '', outcome.kind === 'raised' ? outcome.raised.error.message : '');
      continue;
    }
    if ((attempt.stated && !isOffInSizes(outcome) && !isNoLoss(pair, outcome)) || (isGood(outcome) && (fallback === null || clears(pair, file, prepared, outcome, fallback, options)))) return outcome;
    const fitsBetter = fallback === null || fits(outcome) > fits(fallback) || (isJacobian(pair, fallback) && isOfColumn(pair, outcome))
      || (hasManyLosses(pair, fallback) && outcome.trial.raised === null && !hasManyLosses(pair, outcome)) || (isExcused(pair, outcome) && !isExcused(pair, fallback));
    if (fitsBetter) fallback = outcome;
    const {raised} = outcome.trial;
    for (const finding of isJacobian(pair, outcome) ? [] : outcome.findings) {
      if (finding.kind === 'disagrees' && finding.comparison.difference === 'shape') prepared.shaped(finding.gradient.of, finding.actual.shape);
    }
    prepared.failed(raised?.error.type ?? '', raised?.error.message ?? (hasManyLosses(pair, outcome) ? MANY_LOSSES : ''));
  }
  const guessed = fallback?.attempt.target?.loss ?? null;
  if (guessed !== null && fallback!.trial.raised?.error.type === 'IndexError') {
    return {kind: 'cannot-run', why: `no labels were found that the backward of ${pair.name} accepts: it raises IndexError: ${fallback!.trial.raised.error.message}`};
  }
  if (guessed !== null && fits(fallback!) === 0 && fallback!.trial.raised === null) {
    return {kind: 'cannot-run', why: `it is not known which loss ${pair.name} is trained with: its gradients are those of none of the usual ones`};
  }
  const excuse = fallback === null ? null : yield* excuseFor(pair, file, fallback, options);
  return excuse === null ? fallback ?? failure : {kind: 'cannot-run', why: excuse};
}

/** Why a backward is not blamed for what it raises: its inputs are guessed, and may be meant in another way. Null when it is blamed. */
function* excuseFor(pair: Pair, file: PairFile, outcome: Outcome, options: JudgeOptions): Generator<string, string | null> {
  const {attempt, trial} = outcome;
  if (!attempt.stated && isJacobian(pair, outcome)) return `the derivative is a square array, as the Jacobian of one vector is, and another shape was made for its input: a comment such as "# backprop: x (D, 1)" above the forward says what it is`;
  if (trial.raised === null || attempt.stated || !/^(?:Value|Index|Type|Assertion)Error$/.test(trial.raised.error.type)) return null;
  const {type, message} = trial.raised.error;
  if (pair.gradients.length === 0) return `the backward raises ${type}: ${message}, and no gradient is found in what it returns`;
  if (pair.pattern === 'derivative-pair' && /^(?:invalid index to scalar variable|too many indices)/.test(message)) {
    return `the derivative takes inputs with more axes than those that were made for it; a comment such as "# backprop: x (N, D, 1)" above the forward says what they are`;
  }
  const unknown = 'parameters' in pair ? pair.parameters.filter(({role}) => role === 'unknown').map(({name}) => name) : [];
  if (unknown.length > 0) return `the backward raises ${type}: ${message}, and nothing is known about what it takes as ${unknown.join(' and ')}`;
  const places = attempt.made.filter(({name, role, origin}) => role === 'index' && (origin === 'use' || origin === 'guess') && !/^(?:label|index)$/.test(priorOf(name).role)).map(({name}) => name);
  if (places.length > 1) return `the backward raises ${type}: ${message}, and it is only guessed what ${listWords(places)} hold`;
  const named = attempt.made.filter(({shape}) => shape.length === 2).map(({name}) => name);
  for (const axis of [0, 1]) {
    for (const only of [undefined, ...(named.length > 1 ? named : [])]) {
      const alone = tryInputs(pair, file, withOneExample(attempt, axis, only), options, false);
      yield `${attempt.label}, one example`;
      if ('trial' in alone && isGood(alone)) return `the backward raises ${type} for several examples at once: ${message}; for one all its gradients are right. A comment "# backprop:" with the shapes above it says what is meant`;
    }
  }
  const columns = withOneColumn(attempt);
  const predicted = columns === null ? null : tryInputs(pair, file, columns, options, false);
  if (predicted !== null && 'trial' in predicted && isGood(predicted)) return `the backward raises ${type} for predictions of several columns: ${message}; for one column all its gradients are right. A comment "# backprop:" with the shapes above it says what is meant`;
  return null;
}

/** How many gradients are right for the loss that a network is taken to be trained with; 0 for every other pair. */
function fits({attempt, findings}: Outcome): number {
  return attempt.target === undefined ? 0 : findings.filter(({kind}) => kind === 'agrees').length;
}

/** Whether all that is wrong follows a convention, or is off by as little as a small constant explains. */
function isExcused(pair: Pair, outcome: Outcome): boolean {
  return outcome.trial.raised === null && (isSlightlyWrong([outcome]) || conventionsOf(pair, [outcome]).size > 0);
}

/**
 * Whether another reading of the inputs takes back a disagreement: it has no fewer axes, and it agrees again and again.
 * With single numbers in the place of arrays, wrong code agrees too easily.
 */
function clears(pair: Pair, file: PairFile, prepared: Prepared, outcome: Outcome, fallback: Outcome, options: JudgeOptions): boolean {
  const axes = ({trial}: Outcome): number => [...trial.leaves.values()].reduce((sum, {shape}) => sum + shape.length, 0);
  const smallest = Math.min(...[...outcome.trial.leaves.values()].map(({data}) => data.length));
  if (smallest < 2 && axes(outcome) < axes(fallback)) return false;
  if (!grewInPlace(fallback) && !isJacobian(pair, fallback) && hasNewSingles(outcome.attempt, fallback.attempt)) return false;
  return prepared.moreSets(outcome.attempt).every((attempt) => {
    const again = tryInputs(pair, file, attempt, options, false);
    return 'trial' in again && isGood(again);
  });
}

/** One input set: the verdicts on it, confirmed along random directions. */
export function tryInputs(pair: Pair, file: PairFile, attempt: Attempt, options: JudgeOptions, listen: boolean, ofTheOutput = false): Outcome | Failure {
  const experiment = experimentFor(pair, file, attempt, options, ofTheOutput);
  try {
    const trial = recordTrial(experiment, {seed: attempt.seed + 101, factor: attempt.upstreamFactor}, listen);
    if ('phase' in trial) return {kind: 'raised', raised: trial, attempt};
    return outcomeOf(experiment, trial, attempt, options.numerical && listen, (name) => isLeftBlank(pair, file.text, name));
  } catch (error) {
    return failureOf(error);
  }
}

export function experimentFor(pair: Pair, file: PairFile, attempt: Attempt, options: JudgeOptions, ofTheOutput: boolean): Experiment {
  return {
    path: file.path, module: file.module, statements: file.statements, source: file.source,
    start: startSubject(pair, attempt.target ?? null, ofTheOutput),
    inputs: attempt.inputs, constructed: attempt.constructed, seed: attempt.seed, floorDivision: file.floorDivision === true, madeArrays: pair.pattern === 'script',
    budget: () => new Budget(STEPS, BYTES, options.shouldStop),
  };
}

function outcomeOf(experiment: Experiment, trial: Trial, attempt: Attempt, numerical: boolean, isBlank: (name: string) => boolean): Outcome {
  const base = {loss: trial.loss, guards: trial.guards};
  const replay = (numbers: ReadonlyMap<string, Float64Array>) => replayForward(experiment, numbers, trial.upstreams);
  const along = (of: string, direction: Float64Array): Direction | null => {
    if (!trial.leaves.has(of)) return null;
    const vector = new Map([...trial.leaves].map(([name, {data}]) => [name, name === of ? direction : new Float64Array(data.length)]));
    return lookAlong(trial.leaves, vector, base, replay, 1e-6, 1);
  };
  const findings = findingsOf(trial, attempt.skipped, along, isBlank);
  if (trial.unknown !== null) return {attempt, trial, findings, kinks: 0, doubt: null, numerical: null};
  // A loss that is only tried, and that no gradient is of, needs no confirming.
  if (attempt.target !== undefined && attempt.target.loss !== null && !findings.some(({kind}) => kind === 'agrees')) return {attempt, trial, findings, kinks: 0, doubt: null, numerical: null};
  const confirmation = confirm(trial.leaves, trial.truths, base, replay, createRandom(attempt.seed + 977), attempt.first ? DIRECTIONS : MORE_DIRECTIONS);
  const doubt = confirmation.confirmed ? null
    : confirmation.slope === undefined ? 'the forward could not be run again close by'
      : `running the forward again along a random direction gives a slope of ${confirmation.slope.toPrecision(6)}, the tape ${confirmation.expected!.toPrecision(6)}`;
  return {attempt, trial, findings, kinks: confirmation.kinks, doubt, numerical: numerical ? centralDifferences(trial.leaves, replay) : null};
}

function failureOf(error: unknown): Failure {
  if (error instanceof CannotRun) return {kind: 'cannot-run', why: error.message};
  if (error instanceof BudgetExceeded) return {kind: 'budget', why: error.message};
  if (error instanceof TapeFull) return {kind: 'budget', why: `the forward computes ${error.message}`};
  if (error instanceof UnsupportedError) return {kind: 'unsupported', construct: error.construct};
  if (error instanceof RangeError) return {kind: 'budget', why: 'the calls of this run are nested too deeply'};
  throw error;
}

function conventionsOf(pair: Pair, base: readonly Outcome[]): Map<string, Convention> {
  const found = new Map<string, Convention>();
  const trusted = base.filter(({trial, doubt}) => trial.raised === null && doubt === null);
  if (trusted.length !== base.length) return found;
  for (const rule of conventions) {
    for (const name of rule.recognise(pair, trusted) ?? []) if (!found.has(name)) found.set(name, rule.name);
    if (found.size > 0) break;
  }
  return found;
}

