/** Gradients clipped on return, which only large ones show: equal to the truth where it is small, and to the same bound with the truth's sign elsewhere. */
import {walk} from '../../python/walk.ts';
import type {Pair} from '../../program/pair.ts';
import {wrongIn} from './convention.ts';
import type {ConventionRule, Judged, Wrong} from './convention.ts';

export const clipped: ConventionRule = {
  name: 'clipped',
  recognise: (pair, trials) => (clips(pair) ? clippedIn(trials) : null),
};

/** Each gradient is clipped for itself: what else is wrong beside it stays wrong. */
function clippedIn(trials: readonly Judged[]): ReadonlySet<string> | null {
  const wrong = trials.flatMap(wrongIn);
  const others = new Set(wrong.filter((finding) => !isClipped(finding)).map(({gradient}) => gradient.name));
  const names = new Set(wrong.map(({gradient}) => gradient.name).filter((name) => !others.has(name)));
  return names.size > 0 ? names : null;
}

/** Whether the backward calls anything that bounds numbers. */
function clips(pair: Pair): boolean {
  const statements = pair.pattern === 'script' ? pair.backward : [pair.backward];
  let found = false;
  for (const statement of statements) {
    walk(statement, (node) => {
      if (node.kind !== 'Call') return;
      const name = node.callee.kind === 'Attribute' ? node.callee.name : node.callee.kind === 'Name' ? node.callee.id : '';
      if (/clip|^(minimum|maximum|clamp)$/.test(name)) found = true;
    });
  }
  return found;
}

function isClipped({truth, actual, comparison}: Wrong): boolean {
  if (comparison.difference !== 'value') return false;
  let bound = 0;
  for (const value of actual.data) bound = Math.max(bound, Math.abs(value));
  if (bound === 0) return false;
  let cut = 0;
  for (let i = 0; i < truth.data.length; i++) {
    const expected = Math.max(-bound, Math.min(bound, truth.data[i]));
    if (Math.abs(actual.data[i] - expected) > 1e-9 * bound) return false;
    if (expected !== truth.data[i]) cut++;
  }
  return cut > 0 && Math.abs(bound - Number(bound.toPrecision(3))) <= 1e-9 * bound;
}
