/**
 * Gives every unknown dimension of the inputs a letter: the user's where there is one, else one made up by convention.
 * Writes what is known between dimensions as constraints between letters.
 */
import type {DimExpression} from '../dims/expression.ts';
import {lettersOf} from '../dims/expression.ts';
import type {SizeConstraint} from '../dims/sizes.ts';
import type {AxisSpec} from './spec.ts';
import {Dimension} from './use/dimension.ts';
import type {Whole} from './use/dimension.ts';
import type {World} from './use/world.ts';

const inventions: Readonly<Record<number, readonly string[]>> = {
  1: ['D', 'M', 'K', 'L', 'P'], 2: ['N', 'D', 'M', 'K', 'L', 'P'], 3: ['N', 'T', 'D', 'M'], 4: ['N', 'C', 'H', 'W', 'F', 'HH', 'WW'],
};

/** What an array is by its name, for the letters that are made up: weights are (D, M), filters (F, C, HH, WW), labels (N,). */
export type Habit = 'data' | 'weights' | 'filters' | 'labels';

const habits: Readonly<Record<Habit, readonly string[]>> = {data: [], weights: ['D', 'M'], filters: ['F', 'C', 'HH', 'WW'], labels: ['N', 'C']};

/** Definitions may go in circles when the code reuses a name. */
const deepest = 24;

export class Letters {
  private readonly byRoot = new Map<Dimension, string>();
  private readonly used = new Set<string>();
  /** Names of integers that are settings, not sizes of arrays: `conv_param.stride`. */
  private readonly settings = new Map<Dimension, string>();
  private readonly order: string[] = [];
  readonly ties: SizeConstraint[] = [];

  constructor(private readonly world: World) {}

  /** All letters: given ones first, then made-up ones. */
  get all(): readonly string[] {
    return this.order;
  }

  /** Letters that the text gave must not be made up for another dimension. */
  reserve(names: Iterable<string>): void {
    for (const name of names) this.used.add(name);
  }

  nameSetting(dimension: Dimension, path: string): void {
    if (!this.byRoot.has(dimension.root())) this.settings.set(dimension.root(), path);
  }

  isSetting(dimension: Dimension): boolean {
    return this.settings.has(dimension.root());
  }

  /** The axis for a dimension of an input of this rank. */
  axis(dimension: Dimension, rank: number, position: number, habit: Habit): AxisSpec {
    const root = dimension.root();
    const given = root.names.find(({text}) => text !== '_' && /^[A-Za-z]/.test(text) && this.isFree(text, root));
    if (root.size !== null && this.byRoot.get(root) === undefined && (given === undefined || root.size === 1)) return {size: root.size};
    const known = this.byRoot.get(root);
    if (known !== undefined) return {letter: known};
    if (given === undefined && root.definition !== null && !this.settings.has(root)) {
      const expression = this.expression(root.definition, false);
      if (expression !== null && typeof expression === 'object') return {expression};
    }
    if (given === undefined && this.settings.has(root)) {
      const expression = this.settings.get(root)!;
      return {expression};
    }
    const text = given?.text ?? this.invent(rank, position, habit);
    this.claim(root, text);
    if (root.size !== null) this.ties.push({type: 'equal', letter: text, to: root.size});
    if (root.definition !== null && !isQuotient(root.definition)) {
      const expression = this.expression(root.definition, true);
      if (expression !== null && !lettersOf(expression).includes(text)) this.ties.push({type: 'equal', letter: text, to: expression});
    }
    return {letter: text};
  }

  private isFree(text: string, root: Dimension): boolean {
    return ![...this.byRoot].some(([other, name]) => name === text && other !== root);
  }

  private claim(root: Dimension, text: string): void {
    this.byRoot.set(root, text);
    this.used.add(text);
    this.order.push(text);
  }

  private invent(rank: number, position: number, habit: Habit): string {
    const pool = inventions[Math.min(4, Math.max(1, rank))];
    const preferred = habits[habit].at(position) ?? pool[position];
    for (const text of [preferred, ...habits[habit].slice(position), ...pool.filter((one) => habit !== 'weights' || one !== 'N'), 'M', 'K', 'L', 'P', 'Q', 'R', 'S', 'U', 'V']) {
      if ((text as string | undefined) !== undefined && !this.used.has(text)) return text;
    }
    return `n_${this.order.length}`;
  }

  /** A whole number in letters and names of settings; null when it holds something that has none. Loop variables are 0. */
  expression(value: Whole, invent: boolean, depth = 0): DimExpression | null {
    if (typeof value === 'number') return value;
    if (depth > deepest) return null;
    if (value instanceof Dimension) {
      const root = value.root();
      if (this.world.loops.has(value) || this.world.loops.has(root)) return 0;
      const known = this.byRoot.get(root) ?? this.settings.get(root);
      if (known !== undefined) return known;
      if (root.size !== null) return root.size;
      if (root.definition !== null) return this.expression(root.definition, invent, depth + 1);
      const name = invent ? root.names.find(({text}) => text !== '_' && this.isFree(text, root))?.text : undefined;
      if (name === undefined) return null;
      this.claim(root, name);
      return name;
    }
    const left = this.expression(value.left, invent, depth + 1);
    const right = this.expression(value.right, invent, depth + 1);
    if (left === null || right === null) return null;
    if (value.operator === '*' && (left === 0 || right === 0)) return 0;
    if (value.operator === '+' && left === 0) return right;
    if ((value.operator === '+' || value.operator === '-') && right === 0) return left;
    return {operator: value.operator, left, right};
  }

  /** What the code's divisions and slices need of the letters. */
  codeTies(): readonly SizeConstraint[] {
    const ties: SizeConstraint[] = [];
    const letters = new Set(this.order);
    for (const {value, by} of this.world.divisible) {
      const left = this.expression(value, false);
      const right = this.expression(by, false);
      if (left === null || right === null || left === 0 || typeof left === 'number') continue;
      const own = lettersOf(left).filter((letter) => letters.has(letter));
      if (own.length === 0) continue;
      ties.push({type: 'divisible', value: left, by: right});
      for (const [larger, smaller] of differences(left)) {
        if (letters.has(larger)) ties.push({type: 'at-least', letter: larger, than: smaller});
      }
      if (typeof left === 'string' && typeof right === 'string') ties.push({type: 'at-least', letter: left, than: right});
    }
    for (const {dimension, than} of this.world.reach) {
      const letter = this.byRoot.get(dimension.root());
      const floor = this.expression(than, false);
      if (letter !== undefined && floor !== null && floor !== letter && !lettersOf(floor).includes(letter)) ties.push({type: 'at-least', letter, than: floor});
    }
    return ties;
  }
}

/** The size of an input is never told by a division: the code then divides something else that came to be called so. */
function isQuotient(value: Whole): boolean {
  return typeof value === 'object' && !(value instanceof Dimension) && (value.operator === '//' || isQuotient(value.left) || isQuotient(value.right));
}

/** The pairs of letters where one is taken from another: (H, HH) in `H + 2*pad - HH`. */
function differences(expression: DimExpression): readonly (readonly [string, string])[] {
  if (typeof expression !== 'object') return [];
  const inner = [...differences(expression.left), ...differences(expression.right)];
  if (expression.operator !== '-') return inner;
  const taken = typeof expression.right === 'string' ? [expression.right] : [];
  const from = lettersOf(expression.left).slice(0, 1);
  return [...inner, ...from.flatMap((larger) => taken.map((smaller) => [larger, smaller] as const))];
}
