/**
 * Chooses small sizes for letters: not 1, pairwise distinct within a run, different in each run, under constraints.
 * Distinct, so that a missing transpose cannot hide in a square matrix and a size in an error message tells its letter.
 */
import type {DimExpression, Sizes} from './expression.ts';
import {evaluate, lettersOf} from './expression.ts';

export type SizeConstraint =
  /** The letter is this number, or what the expression gives. */
  | {readonly type: 'equal'; readonly letter: string; readonly to: DimExpression}
  | {readonly type: 'divisible'; readonly value: DimExpression; readonly by: DimExpression}
  /** The letter is at least this: an image is no smaller than its kernel. */
  | {readonly type: 'at-least'; readonly letter: string; readonly than: DimExpression};

/** The sizes of the first run are preferred in this order; later runs rotate it. */
const preferred = [3, 4, 5, 2, 6, 7, 8, 9, 10, 12, 11, 14, 16, 15, 18, 20, 24];
/** Where sizes may repeat, each letter begins at another of these. */
const repeated = [3, 4, 2, 5, 6, 7, 8];
/** With more letters than this, kernel sizes may repeat the size of another letter, to keep loops short. */
const mostDistinct = 5;
const mostSteps = 4000;

/**
 * A size for every letter, in the order of `letters`. `known` gives values to names in the constraints that are no
 * letters (`stride`, `pad`). A constraint that names neither is ignored; when constraints cannot all be met, those that
 * state equalities are.
 */
export function chooseSizes(
  letters: readonly string[], constraints: readonly SizeConstraint[], runIndex: number, known: Sizes = new Map(),
): Sizes {
  const usable = constraints.filter((constraint) => namesOf(constraint).every((name) => letters.includes(name) || known.has(name)));
  const earlier: Sizes[] = [];
  for (let run = 0; run < runIndex; run++) earlier.push(assign(letters, usable, run, known, earlier));
  return assign(letters, usable, runIndex, known, earlier);
}

function namesOf(constraint: SizeConstraint): readonly string[] {
  switch (constraint.type) {
    case 'equal': return [constraint.letter, ...lettersOf(constraint.to)];
    case 'divisible': return [...lettersOf(constraint.value), ...lettersOf(constraint.by)];
    case 'at-least': return [constraint.letter, ...lettersOf(constraint.than)];
  }
}

function holds(constraint: SizeConstraint, sizes: Sizes): boolean {
  switch (constraint.type) {
    case 'equal': return sizes.get(constraint.letter) === evaluate(constraint.to, sizes);
    case 'divisible': {
      const value = evaluate(constraint.value, sizes);
      const by = evaluate(constraint.by, sizes);
      return value !== null && by !== null && by !== 0 && value >= 0 && value % by === 0;
    }
    case 'at-least': return (sizes.get(constraint.letter) ?? 0) >= (evaluate(constraint.than, sizes) ?? 0);
  }
}

function assign(
  letters: readonly string[], constraints: readonly SizeConstraint[], run: number, known: Sizes, earlier: readonly Sizes[],
): Sizes {
  const equalities = constraints.filter((constraint) => constraint.type === 'equal');
  for (const [ease, kept] of [[0, constraints], [1, constraints], [2, constraints], [3, constraints], [3, equalities], [3, []]] as const) {
    const sizes = search(letters, kept, run, known, earlier, ease);
    if (sizes !== null) return new Map(letters.map((letter) => [letter, sizes.get(letter)!]));
  }
  return new Map(letters.map((letter, i) => [letter, 2 + i]));
}

/**
 * Ease 0 also avoids sizes that are products or quotients of two others, kernels that cannot move, and outputs of a kernel that are as
 * high as wide; 1 does not; 2 allows a size of an earlier run, 3 also equal sizes.
 */
function search(
  letters: readonly string[], constraints: readonly SizeConstraint[], run: number, known: Sizes,
  earlier: readonly Sizes[], ease: number,
): Map<string, number> | null {
  const equal = new Map(constraints.flatMap((constraint) => constraint.type === 'equal' ? [[constraint.letter, constraint.to] as const] : []));
  const kernels = new Set(constraints.flatMap((constraint) => constraint.type === 'at-least' ? lettersOf(constraint.than) : []));
  const floors = new Map(constraints.flatMap((constraint) => constraint.type === 'at-least' ? [[constraint.letter, constraint.than] as const] : []));
  const free = letters.filter((letter) => !equal.has(letter));
  const order = [...free.filter((letter) => kernels.has(letter)), ...free.filter((letter) => !kernels.has(letter)),
    ...letters.filter((letter) => equal.has(letter))];
  const quotients = constraints.flatMap((constraint) => (constraint.type === 'divisible' && typeof constraint.value === 'string' ? [constraint] : []));
  const crowded = free.length > mostDistinct;
  const ready = readiness(order, constraints);
  const sizes = new Map(known);
  let steps = 0;

  const place = (at: number): boolean => {
    if (at === order.length) return true;
    const letter = order[at];
    for (const size of candidatesFor(letter, at)) {
      if (++steps > mostSteps) return false;
      if (!equal.has(letter) && clashes(letter, size, at)) continue;
      sizes.set(letter, size);
      if (ready[at].every((constraint) => holds(constraint, sizes)) && (ease > 0 || crowded || !quotientTaken(at)) && place(at + 1)) return true;
      sizes.delete(letter);
    }
    return false;
  };
  /** What a size is split into has a size of its own: the `D // heads` that heads get each is no batch. */
  const quotientTaken = (at: number): boolean => quotients.some((constraint) => {
    const [value, by] = [evaluate(constraint.value, sizes), evaluate(constraint.by, sizes)];
    if (value === null || by === null || by < 2) return false;
    const quotient = value / by;
    const own = namesOf(constraint);
    return quotient > 1 && order.slice(0, at + 1).some((letter) => !own.includes(letter) && sizes.get(letter) === quotient);
  });
  const candidatesFor = (letter: string, at: number): readonly number[] => {
    const to = equal.get(letter);
    if (to !== undefined) {
      const size = evaluate(to, sizes);
      return size === null ? preferred : [size];
    }
    // Equal sizes are allowed, but neighbours still differ.
    if (ease > 2) return repeated.map((_, i) => repeated[(i + at + run) % repeated.length]);
    if (crowded) return kernels.has(letter) ? [2, 3, 4, 5] : [2, 3, 4, 5, 6, 7, 8, 9, 10, 12];
    const turn = run % 4;
    return [...preferred.slice(turn, 4), ...preferred.slice(0, turn), ...preferred.slice(4)];
  };
  const clashes = (letter: string, size: number, at: number): boolean => {
    if (ease < 2 && earlier.some((sizesThen) => sizesThen.get(letter) === size)) return true;
    if (ease > 2) return false;
    for (let i = 0; i < at; i++) {
      const other = order[i];
      if (sizes.get(other) === size && (!crowded || kernels.has(other) === kernels.has(letter))) return true;
      // Sizes that are equal in every run could not be told apart when letters are put on them.
      if (sizes.get(other) === size && earlier.length > 0 && earlier.every((then) => then.get(other) === then.get(letter))) return true;
      if (ease > 0 || crowded) continue;
      for (let j = 0; j < i; j++) if (sizes.get(other)! * sizes.get(order[j])! === size) return true;
    }
    if (ease > 0) return false;
    const than = floors.get(letter);
    if (than === undefined) return false;
    const room = size - (evaluate(than, sizes) ?? 0);
    if (room === 0) return true;
    return order.slice(0, at).some((other) => {
      const floor = floors.get(other);
      return floor !== undefined && sizes.get(other)! - (evaluate(floor, sizes) ?? 0) === room;
    });
  };
  return place(0) ? sizes : null;
}

/** For each place in the order, the constraints whose last letter stands there. */
function readiness(order: readonly string[], constraints: readonly SizeConstraint[]): readonly (readonly SizeConstraint[])[] {
  const ready: SizeConstraint[][] = order.map(() => []);
  for (const constraint of constraints) {
    const last = Math.max(...namesOf(constraint).map((name) => order.indexOf(name)));
    if (last >= 0) ready[last].push(constraint);
  }
  return ready;
}
