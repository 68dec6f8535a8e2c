/** One trial of the only pair of a text, for tests of what looks at trials. */
import assert from 'node:assert/strict';
import type {PairFile} from '../../../engine/check/file.ts';
import {tryInputs} from '../../../engine/check/judge.ts';
import type {Outcome} from '../../../engine/check/evidence.ts';
import {prepare} from '../../../engine/check/prepare.ts';
import type {Attempt} from '../../../engine/check/attempt.ts';
import type {Patient} from '../../../engine/check/repair/evaluate.ts';
import {findPairs} from '../../../engine/program/find-pairs.ts';
import type {Pair} from '../../../engine/program/pair.ts';
import {parse} from '../../../engine/python/parse.ts';

export interface Tried {
  readonly pair: Pair;
  readonly file: PairFile;
  readonly outcome: Outcome;
  readonly unseen: readonly Attempt[];
  /** What a repair starts from. */
  readonly patient: Patient;
}

export function tried(text: string): Tried {
  const parsed = parse(text);
  const [pair] = findPairs('layers.py', text, parsed.module);
  const file: PairFile = {path: 'layers.py', text, module: parsed.module, lines: parsed.lines, source: {resolve: () => null}, statements: null};
  const prepared = prepare(pair, file, {seed: 0, ignorePragmas: false});
  const attempt = prepared.next();
  assert.ok(attempt);
  const outcome = tryInputs(pair, file, attempt, {seed: 0, ignorePragmas: false, numerical: false, shouldStop: () => false, now: () => 0}, true);
  assert.ok('trial' in outcome, 'trial' in outcome ? '' : outcome.kind);
  const unseen = prepared.unseen(attempt);
  const wrong = new Set(outcome.findings.filter(({kind}) => kind === 'disagrees').map(({gradient}) => gradient.name));
  return {pair, file, outcome, unseen, patient: {pair, file, trial: outcome.trial, attempt, unseen, wrong, allWrong: wrong}};
}

/** The value of a generator that has run to its end. */
export function finished<T>(generator: Generator<string, T>): T {
  let step = generator.next();
  while (!step.done) step = generator.next();
  return step.value;
}
