/**
 * What a pass keeps and how much it multiplies, from a picture and counts, in letters and for sizes. Pure: the tab only
 * writes it down.
 */
import type {Amount, CostAnswer} from '../engine/graph/study.ts';
import {productOf, worthOf} from './amounts.ts';
import type {Sizes} from './amounts.ts';
import {titleOf} from './numbers.ts';
import type {PanelNode, Picture} from './protocol.ts';

export interface KeptValue {
  readonly node: string;
  readonly name: string;
  readonly shape: readonly Amount[];
  /** How many numbers it has; with its iterations. */
  readonly numbers: readonly Amount[];
}

export interface Memory {
  /** Both need them: what goes in. */
  readonly inputs: readonly KeptValue[];
  /** Training must keep them until the backward pass; prediction lets go of them. */
  readonly kept: readonly KeptValue[];
}

export function memoryOf({nodes}: Picture): Memory {
  return {
    inputs: nodes.filter(({kind}) => kind === 'input').map(valueOf),
    kept: nodes.filter(({kind, saved}) => kind === 'operation' && saved).map(valueOf),
  };
}

function valueOf(node: PanelNode): KeptValue {
  const {id, shape, count} = node;
  return {node: id, name: titleOf(node), shape, numbers: productOf([count, ...shape])};
}

/** The most numbers that prediction has at hand at one time beside its inputs: each value until its last use. */
export function mostAlive({nodes, edges}: Picture, sizes: Sizes): number {
  const order = new Map(nodes.map(({id}, i) => [id, i]));
  const lastUse = new Map<string, number>();
  for (const {from, to, carried} of edges) lastUse.set(from, Math.max(lastUse.get(from) ?? 0, carried ? nodes.length : order.get(to) ?? 0));
  const ends = new Map<number, number>();
  let alive = 0;
  let most = 0;
  nodes.forEach(({id, kind, shape, isOutput}, i) => {
    if (kind === 'operation') {
      const numbers = worthOf(productOf(shape), sizes);
      alive += numbers;
      most = Math.max(most, alive);
      const end = isOutput ? nodes.length : lastUse.get(id) ?? i;
      ends.set(end, (ends.get(end) ?? 0) + numbers);
    }
    alive -= ends.get(i) ?? 0;
  });
  return most;
}

export interface Multiplications {
  readonly forward: readonly (readonly Amount[])[];
  readonly backward: readonly (readonly Amount[])[];
  /** The numbers that are differentiated by. */
  readonly inputs: readonly (readonly Amount[])[];
  /** For the sizes: of one forward pass, and of all derivatives in each of the ways to take them. */
  readonly counts: {readonly forward: number; readonly reverse: number; readonly forwardMode: number; readonly differences: number};
}

export function multiplicationsOf({nodes}: Picture, answer: CostAnswer, sizes: Sizes): Multiplications {
  const forward = answer.nodes.map((cost) => cost.forward);
  const backward = answer.nodes.map((cost) => cost.backward);
  const inputs = nodes.filter(({kind}) => kind === 'input').map(({shape}) => productOf(shape));
  const sum = (products: readonly (readonly Amount[])[]): number => products.reduce((all, product) => all + worthOf(product, sizes), 0);
  const [once, back, numbers] = [sum(forward), sum(backward), sum(inputs)];
  return {
    forward, backward, inputs,
    counts: {forward: once, reverse: once + back, forwardMode: once + numbers * back, differences: 2 * numbers * once},
  };
}
