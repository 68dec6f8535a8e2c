/**
 * Looks for the smallest edit of a backward that makes wrong gradients right and breaks none, among the statements that may
 * be at fault, and proves it. Bounded by interpreter steps, so that the answer is the same on every machine.
 */
import type {Stmt} from '../../python/ast.ts';
import {compare} from '../compare.ts';
import type {Listener} from '../../interpreter/events.ts';
import {matchBackward, quantityOfAssignment, truthIndex} from '../matching.ts';
import type {NamedTruth} from '../matching.ts';
import type {Trial} from '../trial.ts';
import type {Pair} from '../../program/pair.ts';
import {candidateEdits} from './candidates.ts';
import type {Edit} from './edit.ts';
import {mendedBy, provedEdit} from './evaluate.ts';
import type {Allowance, Patient} from './evaluate.ts';
import {culpritsAmong} from './intervene.ts';
import type {Culprit} from './intervene.ts';
import {withReplaced} from './rewrite.ts';
import {scopesOf} from './scopes.ts';
import type {LineEdit} from './splice.ts';
import {stepsOf, upstreamOf} from './steps.ts';
import type {Step} from './steps.ts';
import {givenOf, sourcesOf, suspectsOf} from './suspects.ts';

/** One mistake: where it is and what it spoils, and how it is mended where that has been found. */
export interface Repair {
  /** The statement at fault. */
  readonly statement: Stmt;
  /** The gradients that are right once it is right. */
  readonly mends: ReadonlySet<string>;
  /** The value that an intervention showed to be wrong, or null. */
  readonly culprit: Culprit | null;
  /** Whether what is wrong is made from the upstream gradient at all; true for a loss. */
  readonly readsUpstream: boolean;
  /** A proved edit, or null. */
  readonly fix: {readonly edit: Edit; readonly lines: LineEdit} | null;
}

/** Interpreter steps that interventions, and edits, may take together for one pair. */
const STEPS_OF_INTERVENTIONS = 3_000_000;
const STEPS_OF_EDITS = 5_000_000;
const EVALUATIONS_BETWEEN_YIELDS = 25;
/** The culprit by intervention is where an edit is looked for first. */
const BONUS_OF_CULPRIT = 1;

/** Every independent mistake of the patient. Yields now and then, so that the search can be stopped. */
export function* findMistakes(patient: Patient, trials: readonly Trial[]): Generator<string, Repair[]> {
  const {trial, pair, file} = patient;
  const steps = stepsOf(file, trial, pair.pattern === 'script' ? pair.backward : null);
  const truths = truthIndex(trial);
  const matches = matchBackward(trials);
  const found: Repair[] = [];
  const allowance = {steps: STEPS_OF_EDITS};
  const interventions = {steps: STEPS_OF_INTERVENTIONS};
  let wrong = patient.wrong;
  while (wrong.size > 0 && found.length < MOST_MISTAKES) {
    const now: Patient = {...patient, wrong};
    const suspects = suspectsIn(now, steps, matches, truths);
    const culprits = yield* culpritsAmong(now, suspects, truths, interventions);
    const first = culprits.at(0) ?? null;
    const common = first === null || first.mends.size < wrong.size ? commonSuspects(now, suspects, steps) : [];
    const mistake = (common.length > 0 ? yield* searchEdits(now, common, null, truths, allowance) : null)
      ?? (yield* searchEdits(now, narrowed(suspects, first, steps), first, truths, allowance))
      ?? withoutFix(now, common.length > 0 ? common : suspects, common.length > 0 ? null : first);
    if (mistake === null) break;
    found.push({...mistake, readsUpstream: readsUpstream(now, mistake.mends, steps)});
    wrong = new Set([...wrong].filter((name) => !mistake.mends.has(name)));
  }
  return found;
}

const MOST_MISTAKES = 3;

function suspectsIn(patient: Patient, steps: readonly Step[], matches: ReturnType<typeof matchBackward>, truths: readonly NamedTruth[]): Step[] {
  const {trial, pair, wrong} = patient;
  const lossPosition = 'lossPosition' in pair ? pair.lossPosition : null;
  const gradients = trial.found ?? pair.gradients.map((source) => ({source, name: source.name ?? `return[${source.position ?? 0}]`, of: source.of ?? '', value: undefined}));
  const isRight = ({of, name}: {of: string; name: string}): boolean => trial.found !== null && !wrong.has(name) && trial.truths.has(of);
  const suspects = suspectsOf(steps, gradients.filter(({name}) => wrong.has(name)).map(givenOf), gradients.filter(isRight).map(givenOf), matches, trial, truths, lossPosition);
  if (trial.raised === null) return suspects;
  const raised = raisedStep(patient, steps);
  return raised === null ? suspects : suspects.filter((step) => step.place <= raised.place || step.loops.some((loop) => raised.loops.includes(loop)));
}

/** Whether a gradient among `names` comes from the parameter that holds the upstream gradient. */
function readsUpstream({pair, trial}: Patient, names: ReadonlySet<string>, steps: readonly Step[]): boolean {
  if (trial.interleaved || trial.found === null) return true;
  const upstreams = upstreamNames(pair);
  const wrong = trial.found.filter(({name}) => names.has(name)).map(givenOf);
  const ends = wrong.flatMap((gradient) => [...sourcesOf(steps, gradient)]);
  const returns = steps.filter(({statement}) => statement.kind === 'Return');
  return upstreams.length === 0 || [...ends, ...returns].some(({reads}) => upstreams.some((name) => reads.has(name)));
}

/** The suspects that every wrong gradient comes from: one mistake among them explains all. */
function commonSuspects({trial, wrong, pair}: Patient, suspects: readonly Step[], steps: readonly Step[]): Step[] {
  if (trial.found === null || wrong.size < 2) return [];
  const sources = trial.found.filter(({name}) => wrong.has(name)).map((gradient) => sourcesOf(steps, givenOf(gradient)));
  const common = suspects.filter((step) => sources.every((own) => own.has(step)));
  return upstreamNames(pair).length === 0 ? common : common.filter((step) => comesFromUpstream(step, upstreamNames(pair), steps));
}

/** Cached values that are unpacked are no gradients. */
function comesFromUpstream(step: Step, upstreams: readonly string[], steps: readonly Step[]): boolean {
  return [step, ...upstreamOf(steps, step.reads, step)].some(({reads}) => upstreams.some((name) => reads.has(name)));
}

function upstreamNames(pair: Pair): string[] {
  return 'parameters' in pair ? pair.parameters.filter(({role}) => role === 'upstream').map(({name}) => name) : [];
}

/** The statement that raised. */
function raisedStep({trial, file}: Patient, steps: readonly Step[]): Step | null {
  const raisedAt = trial.raised?.error.raisedAt ?? null;
  if (raisedAt === null) return null;
  let {span}: {span: typeof raisedAt.span | null} = raisedAt;
  let activation: typeof raisedAt.activation | null = raisedAt.activation;
  while (activation !== null && activation.path !== file.path) {
    span = activation.callSpan;
    activation = activation.caller;
  }
  if (span === null) return null;
  const {start} = span;
  return steps.findLast(({statement}) => statement.span.start <= start && start < statement.span.end) ?? null;
}

/** What the culprit's value comes from; everything where no culprit is known. */
function narrowed(suspects: readonly Step[], culprit: Culprit | null, steps: readonly Step[]): readonly Step[] {
  if (culprit === null) return suspects;
  const sources = sourcesOf(steps.filter(({place}) => place <= culprit.step.place), {name: culprit.event.target, position: null});
  const kept = suspects.filter((step) => step === culprit.step || (sources.has(step) && step.place <= culprit.step.place));
  return kept.length > 0 ? kept : suspects;
}

/** The smallest proved edit of the suspects that mends what it can. */
function* searchEdits(patient: Patient, suspects: readonly Step[], culprit: Culprit | null, truths: readonly NamedTruth[], allowance: Allowance): Generator<string, Repair | null> {
  const {file, wrong} = patient;
  const scopes = scopesOf(file, patient.trial, suspects, truths);
  const edits = candidateEdits(scopes, (statement) => (statement === culprit?.step.statement ? BONUS_OF_CULPRIT : 0));
  const goal = culprit?.mends.size ?? wrong.size;
  let best: Repair | null = null;
  let evaluations = 0;
  for (const edit of edits) {
    if (allowance.steps < 0 || (best !== null && edit.cost > best.fix!.edit.cost + MORE_FOR_THE_TRUTH)) break;
    if (++evaluations % EVALUATIONS_BETWEEN_YIELDS === 0) yield 'looking for a fix';
    const watch = culprit === null ? null : watching(culprit);
    const mends = mendedBy(patient, withReplaced(file, edit.old, edit.now), allowance, watch);
    if (mends === null || (patient.trial.raised !== null && mends.size < goal) || mends.size < (best?.mends.size ?? 1)) continue;
    const isTrue = culprit === null || watch!.isTrue();
    if (!isTrue && best !== null && mends.size === best.mends.size) continue;
    const lines = provedEdit(patient, edit, mends);
    if (lines === null) continue;
    best = {statement: edit.statement, readsUpstream: true, mends, culprit: culprit?.step.statement === edit.statement ? culprit : null, fix: {edit, lines}};
    if (isTrue && mends.size >= goal) break;
  }
  return best;
}

/**
 * An edit that mends the gradients but leaves the culprit's value wrong is kept only if none gives it the truth for this much
 * more: normalisation forgives many changes of what it normalises.
 */
const MORE_FOR_THE_TRUTH = 2;

/** Sees whether the culprit's value becomes the truth. */
function watching({event, truth}: Culprit): Listener & {readonly isTrue: () => boolean} {
  let isTrue = false;
  return {
    event: (other) => {
      if (other.type !== 'assign' || other.span.start !== event.span.start || other.target !== event.target) return;
      const value = quantityOfAssignment(other);
      isTrue = value !== null && compare(truth.truth, value).difference === 'none';
    },
    isTrue: () => isTrue,
  };
}

/** The line at fault where no edit mends it: by intervention, or the only one left, or the last one. */
function withoutFix({wrong, trial, ...patient}: Patient, suspects: readonly Step[], culprit: Culprit | null): Repair | null {
  if (culprit !== null) return {statement: culprit.step.statement, readsUpstream: true, mends: culprit.mends, culprit, fix: null};
  const raised = raisedStep({...patient, wrong, trial}, suspects);
  const assigning = suspects.filter(({statement}) => statement.kind !== 'Return' && statement.kind !== 'For');
  const last = raised ?? assigning.at(-1) ?? suspects.at(-1);
  return last === undefined ? null : {statement: last.statement, readsUpstream: true, mends: wrong, culprit: null, fix: null};
}
