/**
 * What a run costs, counted on its tape: multiplications of the forward pass, and the products of local derivative and
 * upstream that the backward pass adds to it. Counts scalar arithmetic; says nothing of time.
 */
import {Op} from '../tape/tape.ts';
import type {Tape} from '../tape/tape.ts';
import type {Drafts} from './draft.ts';
import {eachOperand} from './owners.ts';

export interface StepCost {
  forward: number;
  backward: number;
}

/** For each draft what all its steps cost together. */
export function costsOf({record: {tape}, owners, drafts, draftOf}: Drafts): readonly StepCost[] {
  const costs = drafts.map((): StepCost => ({forward: 0, backward: 0}));
  for (let entry = 1; entry < tape.length; entry++) {
    // Also what a dead unit computes: code on arrays computes it all the same.
    if (owners.of[entry] < 0) continue;
    const draft = draftOf[owners.of[entry]];
    if (draft < 0) continue;
    costs[draft].forward += multiplications(tape, entry);
    eachOperand(tape, entry, (_, partial) => { if (Math.abs(partial) !== 1 || isFactor(tape, entry)) costs[draft].backward++; });
  }
  return costs;
}

/** Multiplications and divisions that compute an entry; a function such as exp counts as one. */
export function multiplications({op, b}: Tape, entry: number): number {
  switch (op[entry]) {
    case Op.Leaf: case Op.Identity: case Op.Neg: case Op.Add: case Op.Sub: case Op.Sum: case Op.Abs: return 0;
    case Op.Dot: return b[entry] / 2;
    default: return 1;
  }
}

/** Where a partial derivative is another value, it is multiplied with even if that value happens to be 1. */
function isFactor({op}: Tape, entry: number): boolean {
  return op[entry] === Op.Mul || op[entry] === Op.Dot;
}

/** Scalar operations that the outputs depend on, and those that the gradient, and a Hessian times a direction, add to them. */
export function growthOf({record: {tape}, owners}: Pick<Drafts, 'record' | 'owners'>): {forward: number; gradient: number; product: number} {
  let forward = 0;
  let gradient = 0;
  let product = 0;
  const readers = new Int32Array(tape.length);
  for (let entry = 1; entry < tape.length; entry++) {
    if (owners.reaches[entry] === 0 || tape.op[entry] === Op.Leaf) continue;
    forward += tape.op[entry] === Op.Dot ? tape.b[entry] - 1 : tape.op[entry] === Op.Sum ? Math.max(1, tape.b[entry] - 1) : 1;
    const bends = !isStraight(tape, entry);
    eachOperand(tape, entry, (operand, partial) => {
      readers[operand]++;
      // A product where the partial is not 1, and a sum where the value has other readers.
      const times = Math.abs(partial) !== 1 || bends ? 1 : 0;
      const adds = readers[operand] > 1 ? 1 : 0;
      gradient += times + adds;
      // Along a direction: the value moves, and the product rule makes two products and a sum of each product.
      product += times + adds + (bends ? 3 : times) + adds;
    });
  }
  return {forward, gradient: forward + gradient, product: forward + gradient + product};
}

function isStraight({op}: Tape, entry: number): boolean {
  return op[entry] === Op.Identity || op[entry] === Op.Neg || op[entry] === Op.Add || op[entry] === Op.Sub || op[entry] === Op.Sum || op[entry] === Op.Abs;
}
