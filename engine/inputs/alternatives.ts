/**
 * Other readings of inputs that were not told by the text, each with a cost: other ranks, a bias as a row or a column,
 * one-hot instead of labels, a scalar.
 */
import type {Decision} from './decide.ts';
import {priorOf} from './priors.ts';
import type {Alternative, AxisSpec, Choice, Fact, InputSpec} from './spec.ts';

export interface Decided {
  readonly key: string;
  readonly name: string;
  readonly decision: Decision;
  readonly spec: InputSpec;
  /** What the text said, if anything. */
  readonly told: Fact | undefined;
}

const unknown: AxisSpec = {unknown: true};
const one: AxisSpec = {size: 1};

/** Single changes and the pairs that go together, cheapest first. */
export function alternativesOf(inputs: readonly Decided[]): readonly Alternative[] {
  const out: Alternative[] = [];
  const add = (cost: number, ...choices: readonly Choice[]): void => { out.push({choices, cost}); };
  for (const {key, name, decision, spec, told} of inputs) {
    const base = told === undefined ? 0 : 4;
    if (told?.origin === 'pragma') continue;
    if (decision.kind === 'array') {
      const rank = spec.shape?.length ?? 2;
      if (decision.role === 'label') {
        if (decision.domain !== 'one-hot') add(base + 1, {name: key, rank: 2, role: 'label', domain: 'one-hot'});
        if (rank !== 1 || decision.domain !== 'any') add(base + 1.2, {name: key, rank: 1, role: 'label', domain: 'any', below: {unknown: true}});
        if (decision.domain !== 'mask') add(base + 2, {name: key, rank, role: 'label', domain: 'mask'});
        add(base + 2.5, {name: key, role: 'differentiable', domain: 'any'});
      }
      if (told?.shape !== undefined && told.shape !== null) continue;
      const {ranks} = priorOf(name);
      if (ranks[0] === 1 && rank !== 2) {
        add(1, {name: key, axes: [one, unknown]});
        add(1.1, {name: key, axes: [unknown, one]});
      }
      for (const [i, other] of [...decision.ranks, ...ranks, 1, 2, 3, 4].entries()) if (other !== rank && other > 0) add(base + 1.5 + 0.4 * i, {name: key, rank: other});
      add(base + 3, {name: key, rank: 0, role: decision.role});
    } else if (decision.kind === 'float' && told === undefined && decision.role === 'differentiable') {
      add(2, {name: key, rank: 2});
      add(2.2, {name: key, rank: 1});
    }
  }
  const seen = new Set<string>();
  return out.toSorted((a, b) => a.cost - b.cost).filter(({choices}) => {
    const id = JSON.stringify(choices);
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}
