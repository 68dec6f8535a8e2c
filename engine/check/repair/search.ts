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
import {candidateEdits, inOrder} from './candidates.ts';
import type {Edit, EditScope} from './edit.ts';
import {mendedBy, provedEdit} from './evaluate.ts';
import type {Allowance, Patient} from './evaluate.ts';
import {culpritOfAll, culpritsAmong} from './intervene.ts';
import type {Culprit} from './intervene.ts';
import {withReplaced} from './rewrite.ts';
import {fromAbove, scopesOf} from './scopes.ts';
import type {FromAbove} from './scopes.ts';
import type {LineEdit} from './splice.ts';
import {staleAmong} from './stale.ts';
import {stepsOf} from './steps.ts';
import type {Step} from './steps.ts';
import {synthesisedEdits} from './synthesis.ts';
import {givenOf, sourcesOf, suspectsOf} from './suspects.ts';

/** One mistake: where it is and what it spoils, and how it is mended where that has been found. */
export interface Repair {
  /** The statement at fault. */
  readonly statement: Stmt;
  /** The gradients that are right once it is right. */
  readonly mends: ReadonlySet<string>;
  /** The value that an intervention showed to be wrong, or null. */
  readonly culprit: Culprit | null;
  /** The saved value that is changed afterwards, where that is the mistake. */
  readonly saved?: string;
  /** Whether what is wrong is made from the upstream gradient at all; true for a loss. */
  readonly readsUpstream: boolean;
  /** A proved edit, or null. */
  readonly fix: {readonly edit: Edit; readonly lines: LineEdit} | null;
  /** How many edits were run in the search for the fix. */
  readonly tried: number;
}

/** Interpreter steps that interventions, and edits, may take together for one pair. */
const STEPS_OF_INTERVENTIONS = 1_500_000;
const STEPS_OF_EDITS = 4_000_000;
const EVALUATIONS_BETWEEN_YIELDS = 25;
/** The culprit by intervention is where an edit is looked for first. */
const BONUS_OF_CULPRIT = 1;
const BONUS_OF_END = 0.2;
const BONUS_OF_RAISING = 1;
/** A value that has the name of a gradient and another shape. */
const BONUS_OF_SHAPE = 1;
/** What is only unpacked from the cache is seldom the mistake. */
const MALUS_OF_CACHED = 1.5;

/** Every independent mistake of the patient. Yields now and then, so that the search can be stopped. */
export function* findMistakes(patient: Patient, trials: readonly Trial[]): Generator<string, Repair[]> {
  const {trial, pair, file} = patient;
  const steps = stepsOf(file, trial, pair.pattern === 'script' ? pair.backward : null);
  const truths = truthIndex(trial);
  const matches = matchBackward(trials);
  const above = fromAbove(steps, trial.interleaved ? [] : upstreamNames(pair));
  const search: Search = {steps, truths, above, allowance: {steps: STEPS_OF_EDITS}, interventions: {steps: STEPS_OF_INTERVENTIONS}, tried: {edits: 0}};
  const found: Repair[] = [];
  let wrong = patient.wrong;
  while (wrong.size > 0 && found.length < MOST_MISTAKES) {
    const now: Patient = {...patient, wrong};
    const stale = staleAmong(now, search.interventions);
    if (stale !== null) {
      found.push({statement: stale.changed.statement, mends: stale.mends, culprit: null, readsUpstream: true, fix: stale.fix, tried: 0, saved: stale.name});
      wrong = new Set([...wrong].filter((name) => !stale.mends.has(name)));
      continue;
    }
    const before = search.tried.edits;
    const suspects = suspectsIn(now, steps, matches, truths, true);
    const mistake = yield* findMistake(now, suspects, suspectsIn(now, steps, matches, truths, false), search);
    if (mistake === null) break;
    found.push({...mistake, readsUpstream: readsUpstream(now, mistake.mends, steps), tried: search.tried.edits - before});
    wrong = new Set([...wrong].filter((name) => !mistake.mends.has(name)));
  }
  return found;
}

/** A mistake before it is known how long was looked for it. */
type Found = Omit<Repair, 'tried'>;

/** What all searches for one patient share. */
interface Search {
  readonly steps: readonly Step[];
  readonly truths: readonly NamedTruth[];
  readonly above: FromAbove;
  /** For edits. */
  readonly allowance: Allowance;
  readonly interventions: Allowance;
  /** Counts the edits that were run. */
  readonly tried: {edits: number};
}

/**
 * One mistake behind the wrong gradients: one that explains all of them if there is such a one, or else the first. The
 * `doubtful` are the suspects and what is known to be right only as the gradient of something without a name.
 */
function* findMistake(now: Patient, suspects: readonly Step[], doubtful: readonly Step[], search: Search): Generator<string, Found | null> {
  const {steps, truths, above, interventions} = search;
  const culprits = yield* culpritsAmong(now, suspects.filter((step) => mayHoldGradient(step, above)), truths, interventions);
  const first = culprits.find(({mends}) => mends.size === now.wrong.size) ?? culprits.at(0) ?? null;
  if (first !== null && first.mends.size === now.wrong.size) {
    const likely = narrowed(suspects, first, steps);
    return (yield* searchEdits(now, likely, first, search))
      ?? (yield* searchEdits(now, narrowed(doubtful, first, steps).filter((step) => !likely.includes(step)), null, search))
      ?? withoutFix(now, suspects, first);
  }
  const common = commonSuspects(now, doubtful, steps, above);
  if (common.length > 0) {
    const mistake = yield* searchEdits(now, common, null, search);
    if (mistake !== null) return mistake;
  }
  const shared = now.wrong.size < 2 || now.trial.found === null ? null
    : yield* culpritOfAll(now, lastShared(now, suspects, steps, above), truths, interventions);
  if (shared !== null) return (yield* searchEdits(now, [shared.step], shared, search)) ?? withoutFix(now, suspects, shared);
  const blamed = common.filter((step) => suspects.includes(step));
  return (yield* searchEdits(now, narrowed(suspects, first, steps), first, search))
    ?? withoutFix(now, blamed.length > 0 ? blamed : suspects, blamed.length > 0 ? null : first);
}

/** Whether a step makes something from the upstream gradient, or has the name of a gradient: a mask or a slope is none. */
function mayHoldGradient({writes, statement}: Step, {names}: FromAbove): boolean {
  return names.size === 0 || statement.kind === 'For' || writes.some((key) => names.has(key) || /^(?:self\.)?(?:d[A-Z_a-z]|grad|delta)/.test(key));
}

/** The last right values that every wrong gradient comes from: what should have followed one of them may be missing. */
function lastShared({trial, wrong}: Patient, suspects: readonly Step[], steps: readonly Step[], above: FromAbove): Step[] {
  const sources = trial.found!.filter(({name}) => wrong.has(name)).map((gradient) => sourcesOf(steps, givenOf(gradient)));
  const shared = steps.filter((step) => step.events.length > 0 && !suspects.includes(step) && mayHoldGradient(step, above) && sources.every((own) => own.has(step)));
  return shared.slice(-MOST_SHARED).reverse();
}

const MOST_SHARED = 3;
const MOST_MISTAKES = 3;

function suspectsIn(patient: Patient, steps: readonly Step[], matches: ReturnType<typeof matchBackward>, truths: readonly NamedTruth[], trustUnnamed: boolean): Step[] {
  const {trial, pair, wrong} = patient;
  const lossPosition = 'lossPosition' in pair ? pair.lossPosition : null;
  const gradients = trial.found ?? pair.gradients.map((source) => ({source, name: source.name ?? `return[${source.position ?? 0}]`, of: source.of ?? '', value: undefined}));
  const isRight = ({of, name}: {of: string; name: string}): boolean => trial.found !== null && !wrong.has(name) && trial.truths.has(of);
  const suspects = suspectsOf(steps, gradients.filter(({name}) => wrong.has(name)).map(givenOf), gradients.filter(isRight).map(givenOf), matches, trial, truths, lossPosition, trustUnnamed);
  if (trial.raised === null) return suspects;
  const raised = raisedStep(patient, steps);
  return raised === null ? suspects : steps.filter((step) => step === raised || (suspects.includes(step) && (step.place <= raised.place || sharesLoop(step, raised))));
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
function commonSuspects({trial, wrong}: Patient, suspects: readonly Step[], steps: readonly Step[], above: FromAbove): Step[] {
  if (trial.found === null || wrong.size < 2) return [];
  const sources = trial.found.filter(({name}) => wrong.has(name)).map((gradient) => sourcesOf(steps, givenOf(gradient)));
  return suspects.filter((step) => mayHoldGradient(step, above) && sources.every((own) => own.has(step)));
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

function sharesLoop(a: Step, b: Step): boolean {
  return a.loops.some((loop) => b.loops.includes(loop));
}

/** What the culprit's value comes from, in loops also what the last iteration left; everything where no culprit is known. */
function narrowed(suspects: readonly Step[], culprit: Culprit | null, steps: readonly Step[]): readonly Step[] {
  if (culprit === null) return suspects;
  const mayPrecede = (step: Step): boolean => step.place <= culprit.step.place || sharesLoop(step, culprit.step);
  const sources = sourcesOf(steps.filter(mayPrecede), {name: culprit.event.target, position: null});
  const kept = suspects.filter((step) => step === culprit.step || step.definition !== culprit.step.definition || (sources.has(step) && mayPrecede(step)));
  return kept.length > 0 ? kept : suspects;
}

/** The smallest proved edit of the suspects that mends what it can. */
function* searchEdits(patient: Patient, suspects: readonly Step[], culprit: Culprit | null, {steps, truths, above, allowance, tried}: Search): Generator<string, Found | null> {
  const {file, wrong} = patient;
  const scopes = scopesOf(file, patient.trial, suspects, truths, above);
  const raised = raisedStep(patient, steps);
  const bonuses = new Map(scopes.map((scope) => [scope.statement, bonusOf(scope, patient, culprit, raised, above, suspects)]));
  const edits = inOrder([...synthesisedFor(culprit, scopes, patient), ...candidateEdits(scopes, (statement) => bonuses.get(statement) ?? 0)]);
  const goal = patient.trial.raised !== null ? wrong.size : culprit?.mends.size ?? wrong.size;
  let best: Found | null = null;
  for (const edit of edits) {
    if (allowance.steps < 0 || (best !== null && edit.cost > best.fix!.edit.cost + MORE_FOR_THE_TRUTH)) break;
    if (++tried.edits % EVALUATIONS_BETWEEN_YIELDS === 0) yield 'looking for a fix';
    const watch = culprit === null ? null : watching(culprit);
    const mends = mendedBy(patient, withReplaced(file, edit.old, edit.now), allowance, watch);
    if (mends === null || mends.size < (best?.mends.size ?? 1)) continue;
    const isTrue = culprit === null || watch!.isTrue();
    if (!isTrue && best !== null && mends.size === best.mends.size) continue;
    const lines = provedEdit(patient, edit, mends);
    if (lines === null) continue;
    best = {statement: edit.statement, readsUpstream: true, mends, culprit: culprit?.step.statement === edit.statement ? culprit : null, fix: {edit, lines}};
    if (isTrue && mends.size >= goal) break;
  }
  return best;
}

/** What the numbers of the culprit's value say that it lacks. */
function synthesisedFor(culprit: Culprit | null, scopes: readonly EditScope[], {trial}: Patient): readonly Edit[] {
  if (culprit === null) return [];
  const scope = scopes.find(({statement}) => statement === culprit.step.statement);
  if (scope === undefined) return [];
  const bonus = isEnd(culprit, trial) ? BONUS_OF_END : BONUS_OF_CULPRIT;
  return synthesisedEdits({event: culprit.event, truth: culprit.truth.truth}, scope, trial).map((edit) => ({...edit, cost: edit.cost - bonus}));
}

/** How much likelier a statement is than others, in the measure of the costs of edits. */
function bonusOf({statement, shape, wantedShape}: EditScope, {trial}: Patient, culprit: Culprit | null, raised: Step | null, above: FromAbove, suspects: readonly Step[]): number {
  const step = suspects.find((other) => other.statement === statement)!;
  let bonus = 0;
  if (statement === culprit?.step.statement) bonus += isEnd(culprit, trial) ? BONUS_OF_END : BONUS_OF_CULPRIT;
  if (statement === raised?.statement) bonus += BONUS_OF_RAISING;
  else if (raised !== null && step.writes.some((key) => raised.reads.has(key))) bonus += BONUS_OF_RAISING / 2;
  if (shape !== null && wantedShape !== null && shape.join() !== wantedShape.join()) bonus += BONUS_OF_SHAPE;
  if (raised === null && step.loops.length === 0 && isUnpacking(statement) && !mayHoldGradient(step, above)) bonus -= MALUS_OF_CACHED;
  return bonus;
}

/** `x, w = cache`, `out = cache` */
function isUnpacking(statement: Stmt): boolean {
  return statement.kind === 'Assign' && (statement.value.kind === 'Name' || statement.value.kind === 'Subscript' || statement.value.kind === 'Attribute');
}

/** The truth in the place of a final gradient mends it whatever is wrong before: that says little. */
function isEnd({event, mends}: Culprit, {found}: Trial): boolean {
  return mends.size === 1 && found?.some(({name}) => name === event.target) === true;
}

/**
 * An edit that mends the gradients but leaves the culprit's value wrong is kept only if none gives it the truth for this much
 * more: normalisation forgives many changes of what it normalises.
 */
const MORE_FOR_THE_TRUTH = 2;

/** Sees whether the culprit's value becomes the truth. */
function watching({event, occurrence, truth}: Culprit): Listener & {readonly isTrue: () => boolean} {
  let isTrue = false;
  let count = 0;
  return {
    event: (other) => {
      if (other.type !== 'assign' || other.span.start !== event.span.start || other.how !== event.how || count++ !== occurrence) return;
      const value = quantityOfAssignment(other);
      isTrue = value !== null && compare(truth.truth, value).difference === 'none';
    },
    isTrue: () => isTrue,
  };
}

/** The line at fault where no edit mends it: by intervention, or the only one left, or the last one that computes something. */
function withoutFix({wrong, trial, ...patient}: Patient, suspects: readonly Step[], culprit: Culprit | null): Found | null {
  if (culprit !== null) return {statement: culprit.step.statement, readsUpstream: true, mends: culprit.mends, culprit, fix: null};
  const raised = raisedStep({...patient, wrong, trial}, suspects);
  const assigning = suspects.filter(({statement}) => statement.kind !== 'Return' && statement.kind !== 'For');
  const returned = suspects.find(({statement: {kind, span}}) => kind === 'Return' && trial.found?.some(({name, source}) => wrong.has(name) && span.start <= source.span.start && source.span.end <= span.end));
  const last = raised ?? assigning.findLast(({statement}) => !isUnpacking(statement)) ?? returned ?? assigning.at(-1) ?? suspects.at(-1);
  return last === undefined ? null : {statement: last.statement, readsUpstream: true, mends: wrong, culprit: null, fix: null};
}
