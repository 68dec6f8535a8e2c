/**
 * What is wrong with a backward: the lines at fault, what kind of mistake each is, and a fix that has been proved. A fix found
 * by the search tells both; without one, the relation of the wrong value to the truth tells the kind.
 */
import {lineAt} from '../python/lines.ts';
import type {Pair} from '../program/pair.ts';
import type {PairFile} from './file.ts';
import type {Outcome} from './judge.ts';
import {kindOfRelation} from './mistakes/relation.ts';
import {messageFor} from './mistakes/messages.ts';
import type {Attempt} from './prepare.ts';
import {findMistakes} from './repair/search.ts';
import type {Repair} from './repair/search.ts';
import type {Diagnosis} from './report.ts';
import type {SymbolicShape} from './report.ts';

/** Searches for the mistakes behind the wrong gradients of the first of the trials, one after the other. */
export function* diagnose(pair: Pair, file: PairFile, base: readonly Outcome[], unseen: readonly Attempt[], conventions: ReadonlyMap<string, string>): Generator<string, Repair[]> {
  const [outcome] = base;
  const wrong = wrongNames(pair, outcome, conventions);
  if (wrong.size === 0) return [];
  return yield* findMistakes({pair, file, trial: outcome.trial, attempt: outcome.attempt, unseen, wrong}, base.map(({trial}) => trial));
}

function wrongNames(pair: Pair, {trial, findings}: Outcome, conventions: ReadonlyMap<string, string>): Set<string> {
  if (trial.raised !== null) return new Set(pair.gradients.map(({name, position}) => name ?? `return[${position ?? 0}]`));
  return new Set(findings.filter(({kind, gradient}) => kind === 'disagrees' && !conventions.has(gradient.name)).map(({gradient}) => gradient.name));
}

/** The diagnosis of the gradient called `name`, or the line that spoils it; nothing when nothing is known. */
export function diagnosisOf(
  name: string, shapes: {readonly actual: SymbolicShape; readonly expected: SymbolicShape}, outcome: Outcome, repairs: readonly Repair[], file: PairFile,
): {readonly diagnosis?: Diagnosis; readonly causedBy?: number} {
  const finding = outcome.findings.find(({gradient}) => gradient.name === name);
  const repair = repairs.find(({mends}) => mends.has(name));
  if (repair !== undefined) {
    const line = lineAt(file.lines, repair.statement.span.start);
    const first = outcome.findings.find(({gradient}) => repair.mends.has(gradient.name));
    if (first !== undefined && first.gradient.name !== name) return {causedBy: line};
    const relation = finding?.kind === 'disagrees' ? kindOfRelation(finding) : null;
    const code = repair.fix?.edit.code ?? relation?.code ?? 'raises';
    const message = messageFor(code, {name, of: finding?.gradient.of ?? '', factor: relation?.factor ?? null, ...shapes});
    return {diagnosis: {code, line, message, ...fixOf(repair)}};
  }
  if (finding?.kind !== 'disagrees') return {};
  const relation = kindOfRelation(finding);
  const line = lineAt(file.lines, finding.gradient.source.span.start);
  return {diagnosis: {code: relation.code, line, message: messageFor(relation.code, {name, of: finding.gradient.of, factor: relation.factor, ...shapes})}};
}

export function fixOf({fix}: Repair): Pick<Diagnosis, 'fix'> {
  if (fix === null) return {};
  const {line, endLine, newText} = fix.lines;
  return {fix: {line, ...(endLine === line ? {} : {endLine}), newText}};
}
