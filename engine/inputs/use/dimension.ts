/**
 * Unknown sizes and shapes that get known while code is read: dimensions and shapes are variables that can be made equal.
 * Knows nothing of Python; what makes two of them equal is decided by the reader of the code.
 */

/** An integer of the code: a number, a dimension, or arithmetic on them. */
export type Whole = number | Dimension | {readonly operator: '+' | '-' | '*' | '//'; readonly left: Whole; readonly right: Whole};

/** How good a name for a dimension is; smaller is better. */
export const nameRank = {pragma: 0, annotation: 1, docstring: 2, comment: 3, unpack: 4, parameter: 5, computed: 6} as const;
export type NameRank = (typeof nameRank)[keyof typeof nameRank];

let serial = 0;
/** Dimensions with smaller numbers are not made equal to each other any more. */
let settledBefore = 0;

/**
 * From now on dimensions that exist stay apart: code that is judged (a backward) names them and tells ranks, but its
 * mistakes must not make two sizes one, or a missing transpose would hide in the square matrix that it made.
 */
export function keepApart(): Apart {
  const before = settledBefore;
  settledBefore = serial;
  return before;
}

/** Ends keepApart, given what it gave. */
export function letMeet(before: Apart): void {
  settledBefore = before;
}

export type Apart = number;

export class Dimension {
  private parent: Dimension | null = null;
  private ownNames: {readonly text: string; readonly rank: NameRank}[] = [];
  private ownSize: number | null = null;
  private ownDefinition: Whole | null = null;
  private ownMeetings = 0;
  readonly number = serial++;

  /** The one dimension that stands for all that were made equal to this one. */
  root(): Dimension {
    if (this.parent === null) return this;
    this.parent = this.parent.root();
    return this.parent;
  }

  get size(): number | null {
    return this.root().ownSize;
  }

  /** Whether nothing ties it to another dimension and nothing names it. */
  get isOpen(): boolean {
    const {ownMeetings, ownSize, ownDefinition, ownNames} = this.root();
    return ownMeetings === 0 && ownSize === null && ownDefinition === null && ownNames.every(({text}) => text === '_');
  }

  /** Whether nothing ties it to another dimension and no text speaks of it; code may have given it a name. */
  get isUntied(): boolean {
    const {ownMeetings, ownSize, ownDefinition, ownNames} = this.root();
    return ownMeetings === 0 && ownSize === null && ownDefinition === null && ownNames.every(({rank}) => rank > nameRank.comment);
  }

  /** Whether the text gives both letters, and not the same: then the code that makes them one contradicts the text. */
  private isToldApartFrom(other: Dimension): boolean {
    const own = this.ownNames.filter(({rank}) => rank <= nameRank.docstring);
    const others = other.ownNames.filter(({rank}) => rank <= nameRank.docstring);
    return own.length > 0 && others.length > 0 && !own.some(({text}) => others.some((one) => one.text === text));
  }

  /** What it was computed as, where the code says so. */
  get definition(): Whole | null {
    return this.root().ownDefinition;
  }

  /** The names that it was given, best first. */
  get names(): readonly {readonly text: string; readonly rank: NameRank}[] {
    return this.root().ownNames.toSorted((a, b) => a.rank - b.rank);
  }

  name(text: string, rank: NameRank): this {
    const {ownNames} = this.root();
    if (!ownNames.some((one) => one.text === text && one.rank <= rank)) ownNames.push({text, rank});
    return this;
  }

  fix(size: number): this {
    const root = this.root();
    if (root.number >= settledBefore) root.ownSize ??= size;
    return this;
  }

  define(definition: Whole): this {
    const root = this.root();
    if (root.number < settledBefore) return this;
    if (typeof definition === 'number') root.ownSize ??= definition;
    else if (definition instanceof Dimension) this.equate(definition);
    else root.ownDefinition ??= definition;
    return this;
  }

  /** Makes both one. False when they have different known sizes: then nothing is changed. */
  equate(other: Dimension): boolean {
    const a = this.root();
    const b = other.root();
    if (a === b || Math.max(a.number, b.number) < settledBefore) return true;
    if (a.ownSize !== null && b.ownSize !== null && a.ownSize !== b.ownSize) return false;
    if ((a.ownSize === 1) !== (b.ownSize === 1) || a.isToldApartFrom(b)) return false;
    const [kept, gone] = a.number < b.number ? [a, b] : [b, a];
    gone.parent = kept;
    kept.ownMeetings += 1 + gone.ownMeetings;
    if (kept.number >= settledBefore) {
      kept.ownSize ??= gone.ownSize;
      kept.ownDefinition ??= gone.ownDefinition;
    }
    for (const {text, rank} of gone.ownNames) kept.name(text, rank);
    return true;
  }
}

/** A shape whose rank may be unknown. */
export class Shape {
  private parent: Shape | null = null;
  private ownAxes: Dimension[] | null;
  private readonly front = new Map<number, Dimension>();
  private readonly back = new Map<number, Dimension>();
  private ownLeast = 0;

  constructor(axes: readonly Dimension[] | null = null) {
    this.ownAxes = axes === null ? null : [...axes];
  }

  root(): Shape {
    if (this.parent === null) return this;
    this.parent = this.parent.root();
    return this.parent;
  }

  get axes(): readonly Dimension[] | null {
    return this.root().ownAxes;
  }

  get rank(): number | null {
    return this.root().ownAxes?.length ?? null;
  }

  /** The fewest axes that the code needs. */
  get least(): number {
    return this.root().ownLeast;
  }

  /** Notes that the code needs at least this rank. */
  need(rank: number): void {
    const root = this.root();
    root.ownLeast = Math.max(root.ownLeast, rank);
  }

  /** Fixes the rank. False when it is another one already. */
  settle(rank: number): boolean {
    const root = this.root();
    if (root.ownAxes !== null) return root.ownAxes.length === rank;
    root.ownAxes = Array.from({length: rank}, (_, i) => root.front.get(i) ?? root.back.get(rank - i) ?? new Dimension());
    for (const [i, dimension] of root.back) if (i <= rank) root.ownAxes[rank - i].equate(dimension);
    return true;
  }

  /** The dimension of an axis, counted from the end when negative; null beyond the rank. */
  axis(index: number): Dimension | null {
    const root = this.root();
    if (root.ownAxes !== null) return root.ownAxes.at(index) ?? null;
    const [from, at] = index < 0 ? [root.back, -index] : [root.front, index];
    root.ownLeast = Math.max(root.ownLeast, index < 0 ? -index : index + 1);
    let dimension = from.get(at);
    if (dimension === undefined) from.set(at, dimension = new Dimension());
    return dimension;
  }

  /** Makes both one shape. False when ranks or sizes contradict. */
  equate(other: Shape): boolean {
    const a = this.root();
    const b = other.root();
    if (a === b) return true;
    const [kept, gone] = a.ownAxes === null && b.ownAxes !== null ? [b, a] : [a, b];
    if (kept.ownAxes !== null && gone.ownAxes !== null) {
      if (kept.ownAxes.length !== gone.ownAxes.length) return false;
      return kept.ownAxes.map((axis, i) => axis.equate(gone.ownAxes![i])).every(Boolean);
    }
    gone.parent = kept;
    kept.ownLeast = Math.max(kept.ownLeast, gone.ownLeast);
    for (const [i, dimension] of gone.front) kept.axis(i)?.equate(dimension);
    for (const [i, dimension] of gone.back) kept.axis(-i)?.equate(dimension);
    return true;
  }
}

/** A dimension for a whole number; a new one with a definition for arithmetic. */
export function dimensionOf(whole: Whole): Dimension {
  return whole instanceof Dimension ? whole : new Dimension().define(whole);
}

/** Arithmetic on whole numbers, with constants folded and `a*H - b*H` brought together. */
export function arithmetic(operator: '+' | '-' | '*' | '//', left: Whole, right: Whole): Whole {
  if (typeof left === 'number' && typeof right === 'number') {
    switch (operator) {
      case '+': return left + right;
      case '-': return left - right;
      case '*': return left * right;
      case '//': return right === 0 ? 0 : Math.floor(left / right);
    }
  }
  if (operator === '*' && (left === 1 || right === 1)) return left === 1 ? right : left;
  if ((operator === '+' && left === 0)) return right;
  if ((operator === '+' || operator === '-') && right === 0) return left;
  if (operator === '//' && right === 1) return left;
  if (operator === '-' && typeof left === 'object' && !(left instanceof Dimension) && left.operator === '+') {
    if (isSame(left.left, right)) return left.right;
    if (isSame(left.right, right)) return left.left;
  }
  const a = multipleOf(left);
  const b = multipleOf(right);
  if (a !== null && b !== null && a.of.root() === b.of.root()) {
    if (operator === '-' || operator === '+') {
      const count = operator === '-' ? a.count - b.count : a.count + b.count;
      return count === 1 ? a.of : count === 0 ? 0 : {operator: '*', left: count, right: a.of};
    }
    if (operator === '//' && a.count % b.count === 0) return a.count / b.count;
  }
  return {operator, left, right};
}

function isSame(a: Whole, b: Whole): boolean {
  if (typeof a === 'number' || typeof b === 'number') return a === b;
  if (a instanceof Dimension || b instanceof Dimension) return a instanceof Dimension && b instanceof Dimension && a.root() === b.root();
  return a.operator === b.operator && isSame(a.left, b.left) && isSame(a.right, b.right);
}

/** `k * dimension`, when the number is one. */
export function multipleOf(whole: Whole): {readonly count: number; readonly of: Dimension} | null {
  if (whole instanceof Dimension) return {count: 1, of: whole};
  if (typeof whole === 'number' || whole.operator !== '*') return null;
  if (typeof whole.left === 'number' && whole.right instanceof Dimension) return {count: whole.left, of: whole.right};
  if (typeof whole.right === 'number' && whole.left instanceof Dimension) return {count: whole.right, of: whole.left};
  return null;
}
