/** Puts what the user's backward computes beside the values that it is of. Compares nothing but single elements of lists. */
import type {Sweep} from '../tape/sweep.ts';
import type {Claim, Draft} from './draft.ts';
import type {UserGradient} from './graph.ts';
import {mostElements} from './graph.ts';
import type {Owners} from './owners.ts';

/** For each node the first claim that is of it. A value of the forward is the last one of its name. */
export function attachClaims(claims: readonly Claim[], drafts: readonly Draft[], owners: Owners, sweep: Sweep): (UserGradient | null)[] {
  const byName = new Map<string, number>();
  const byOperation = new Map<number, number>();
  drafts.forEach(({event, names, steps}, i) => {
    const step = owners.steps[steps[0]];
    if (step.kind === 'input') byName.set(step.of, i);
    for (const number of steps) {
      const made = owners.steps[number];
      if (made.kind === 'operation') byOperation.set(made.event.number, i);
    }
    if (event !== null) for (const name of names) byName.set(name, i);
  });
  const found = new Array<UserGradient | null>(drafts.length).fill(null);
  const put = (at: number | undefined, gradient: UserGradient): void => {
    if (at !== undefined) found[at] ??= gradient;
  };
  for (const {of, operation, name, span: {start, end}, quantity, status} of claims) {
    const span = {start, end};
    const first = Array.from({length: Math.min(mostElements, quantity.data.length)}, (_, i) => quantity.data[i]);
    put(operation === null ? byName.get(of) : byOperation.get(operation), {name, span, size: quantity.shape, first, status});
    if (operation !== null || quantity.shape.length !== 1) continue;
    for (let i = 0; i < quantity.data.length; i++) {
      const at = byName.get(`${of}[${i}]`);
      if (at === undefined) continue;
      const truth = sweep.bar[drafts[at].numbers.ids[0]];
      const isRight = Math.abs(truth - quantity.data[i]) <= 1e-9 * (Math.abs(truth) + 1);
      put(at, {name: `${name}[${i}]`, span, size: [], first: [quantity.data[i]], status: isRight ? 'agrees' : status});
    }
  }
  return found;
}
