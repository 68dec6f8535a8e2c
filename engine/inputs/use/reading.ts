/**
 * The state of one reading of a function's code: the names in scope, the text around it, and how calls are followed.
 */
import type {ClassDef, Expr, FunctionDef, Module} from '../../python/ast.ts';
import type {AxisSpec} from '../spec.ts';
import {Dimension, arithmetic} from './dimension.ts';
import type {NameRank, Whole, Shape} from './dimension.ts';
import type {Abstract, ObjectValue} from './values.ts';
import type {Arguments} from './numpy.ts';
import type {World} from './world.ts';
import {lettersOf} from '../../dims/expression.ts';
import type {DimExpression} from '../../dims/expression.ts';

export interface Scope {
  readonly names: Map<string, Abstract>;
  readonly outer: Scope | null;
  readonly returns: Abstract[];
  readonly definition: FunctionDef | null;
}

export interface Reading {
  readonly world: World;
  readonly module: Module;
  /** Letters of documentation and pragmas. */
  readonly letters: Map<string, Dimension>;
  /** Shapes behind statements, by the end of their line. */
  readonly lineShape: (offset: number) => readonly AxisSpec[] | null;
  /** Module-level names. */
  readonly globals: Scope;
  /** What a followed function's own documentation says of its parameters' shapes. */
  readonly documented: (definition: FunctionDef) => ReadonlyMap<string, readonly AxisSpec[]>;
  readonly invoke: (definition: FunctionDef, args: Arguments, self: ObjectValue | null, scope: Scope) => Abstract;
  readonly construct: (definition: ClassDef, args: Arguments, scope: Scope) => Abstract;
  readonly evaluate: (expression: Expr, scope: Scope) => Abstract;
}

export function newScope(outer: Scope | null, definition: FunctionDef | null): Scope {
  return {names: new Map(), outer, returns: [], definition};
}

export function lookUp(scope: Scope, name: string): Abstract | undefined {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const value = at.names.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The dimension of a letter, the same for the same letter. */
export function letter(reading: Reading, text: string, rank: NameRank): Dimension {
  let dimension = reading.letters.get(text);
  if (dimension === undefined) reading.letters.set(text, dimension = new Dimension());
  return dimension.name(text, rank);
}

/**
 * Makes a shape what a text says it is. `rest` becomes two axes d_1 and d_2. False when the code has another rank;
 * then nothing is changed. Sizes and letters that contradict are left out.
 */
export function believe(reading: Reading, shape: Shape, axes: readonly AxisSpec[], rank: NameRank): boolean {
  const wanted = axes.flatMap((axis): (AxisSpec | Dimension)[] => 'rest' in axis ? [letter(reading, 'd_1', rank), letter(reading, 'd_2', rank)] : [axis]);
  if (!shape.settle(wanted.length)) return false;
  for (const [i, axis] of wanted.entries()) {
    const own = shape.axis(i)!;
    if (axis instanceof Dimension) own.equate(axis);
    else if ('letter' in axis) own.equate(letter(reading, axis.letter, rank));
    else if ('size' in axis) own.fix(axis.size);
    else if ('expression' in axis) {
      for (const one of lettersOf(axis.expression)) letter(reading, one, rank);
      own.define(wholeFrom(reading, axis.expression));
    }
  }
  return true;
}

function wholeFrom(reading: Reading, expression: DimExpression): Whole {
  if (typeof expression === 'number') return expression;
  if (typeof expression === 'string') return reading.letters.get(expression) ?? new Dimension();
  return arithmetic(expression.operator, wholeFrom(reading, expression.left), wholeFrom(reading, expression.right));
}
