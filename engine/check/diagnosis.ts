/**
 * What is wrong with a backward: the lines at fault, what kind of mistake each is, and a fix that has been proved. A fix found
 * by the search tells both; without one, the relation of the wrong value to the truth tells the kind.
 */
import {lineAt} from '../python/lines.ts';
import type {Pair} from '../program/pair.ts';
import type {PairFile} from './file.ts';
import type {Outcome} from './evidence.ts';
import {quantityOfAssignment} from './matching.ts';
import {kindOf} from './mistakes/table.ts';
import type {Attempt} from './attempt.ts';
import {findMistakes} from './repair/search.ts';
import type {Culprit} from './repair/intervene.ts';
import type {Repair} from './repair/search.ts';
import type {Trial} from './trial.ts';
import {relationOf} from './relation.ts';
import type {Diagnosis, SymbolicShape} from './report.ts';

/** Searches for the mistakes behind the wrong gradients of the first of the trials, one after the other. */
export function* diagnose(pair: Pair, file: PairFile, base: readonly Outcome[], unseen: readonly Attempt[], conventions: ReadonlyMap<string, string>): Generator<string, Repair[]> {
  const [outcome] = base;
  const wrong = wrongNames(pair, outcome, conventions);
  if (wrong.size === 0) return [];
  return yield* findMistakes({pair, file, trial: outcome.trial, attempt: outcome.attempt, unseen, wrong, allWrong: wrong}, base.map(({trial}) => trial));
}

function wrongNames(pair: Pair, {trial, findings}: Outcome, conventions: ReadonlyMap<string, string>): Set<string> {
  if (trial.raised !== null) return new Set(pair.gradients.map(({name, position}) => name ?? `return[${position ?? 0}]`));
  return new Set(findings.filter(({kind, gradient}) => kind === 'disagrees' && !conventions.has(gradient.name)).map(({gradient}) => gradient.name));
}

/** The diagnosis of the gradient called `name`, or the line that spoils it; nothing when nothing is known. */
export function diagnosisOf(
  name: string, shapes: {readonly actual: SymbolicShape; readonly expected: SymbolicShape}, outcome: Outcome, repairs: readonly Repair[], file: PairFile, pair: Pair,
): {readonly diagnosis?: Diagnosis; readonly causedBy?: number} {
  const finding = outcome.findings.find(({gradient}) => gradient.name === name);
  const repair = repairs.find(({mends}) => mends.has(name)) ?? null;
  if (finding?.kind !== 'disagrees') return {};
  const span = repair?.statement.span ?? finding.gradient.source.span;
  const line = lineAt(file.lines, span.start);
  if (repair !== null) {
    const first = outcome.findings.find(({gradient}) => repair.mends.has(gradient.name));
    if (first !== undefined && first.gradient.name !== name) return {causedBy: line};
  }
  const relation = relationOf(finding, repair, outcome.trial, file);
  const kind = repair?.saved !== undefined ? kindOf('stale-cache') : repair?.fix == null ? relation.kind : kindOf(repair.fix.edit.code);
  const culprit = repair?.culprit ?? null;
  const isOther = culprit !== null && culprit.event.target !== name && culprit.truth.of !== '';
  const about = isOther
    ? {name: culprit.event.target, of: culprit.truth.of, actual: quantityOfAssignment(culprit.event)?.shape ?? [], expected: culprit.truth.truth.shape}
    : {name, of: finding.gradient.of, ...shapes};
  const message = kind.message({...about, factor: relation.factor, missing: relation.missing, upstream: upstreamName(pair), saved: repair?.saved ?? null});
  const when = culprit === null ? '' : iterationWords(culprit, outcome.trial);
  const isElsewhere = line !== lineAt(file.lines, finding.gradient.source.span.start);
  const where = about.name !== name ? `${about.name} becomes wrong here${when}, and ${name} with it`
    : isElsewhere ? `what is computed here makes ${name} wrong${when}` : `${name} becomes wrong here${when}`;
  return {diagnosis: {code: kind.code, line, message, why: kind.why, where, ...(repair === null ? {} : fixOf(repair))}};
}

function upstreamName(pair: Pair): string | null {
  return 'parameters' in pair ? pair.parameters.find(({role}) => role === 'upstream')?.name ?? null : null;
}

/** Which iterations of a loop are at fault, where not all of them are: ` from t = 3 on`, ` in the first iteration`. */
function iterationWords({event, occurrence, occurrences, wrongOnes}: Culprit, {events}: Trial): string {
  if (occurrences < 2 || wrongOnes === occurrences || event.iterations.length === 0) return '';
  const head = events.slice(0, events.indexOf(event)).findLast((other) => other.type === 'assign' && other.activation === event.activation && other.statement.kind === 'For' && other.how === 'name');
  const counter = head?.type === 'assign' && typeof head.value === 'number' ? `${head.target} = ${head.value}` : null;
  if (wrongOnes > 1) return ` from ${counter ?? `iteration ${occurrence + 1}`} on`;
  const place = occurrence === 0 ? 'first' : occurrence === occurrences - 1 ? 'last' : null;
  return place !== null ? ` in the ${place} iteration${counter === null ? '' : `, ${counter}`}` : ` in the iteration ${counter ?? occurrence + 1}`;
}

/** The fix, or how long it was looked for. */
export function fixOf({fix, tried}: Repair): Pick<Diagnosis, 'fix' | 'gaveUp'> {
  if (fix === null) return tried === 0 ? {} : {gaveUp: {edits: tried}};
  const {line, endLine, newText} = fix.lines;
  return {fix: {line, ...(endLine === line ? {} : {endLine}), newText}};
}
