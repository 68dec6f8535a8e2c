/**
 * The values of the reading of code: what is known of a value before anything is run. A `Thing` is a value of unknown
 * kind that collects evidence; the others are known for what they are.
 */
import type {ClassDef, FunctionDef, Lambda} from '../../python/ast.ts';
import type {Scope} from './reading.ts';
import type {Literal} from '../spec.ts';
import {Dimension, Shape} from './dimension.ts';
import type {Whole} from './dimension.ts';

/** What the code does with a value, collected at the value that it came from. */
export interface Evidence {
  /** Used as only arrays are: `.shape`, `.T`, `np.dot`, indexed by several indices. */
  array: number;
  /** Took part in arithmetic or in an elementwise function. */
  arithmetic: number;
  /** Used where only integers fit: range, a shape, a slice bound. */
  integer: number;
  /** Used as an index of axes of these sizes. */
  readonly index: Dimension[];
  /** Indexed an axis beside np.arange, as labels do. */
  picks: number;
  /** Compared with whole numbers, as labels are. */
  counted: number;
  /** Literals that it was compared with. */
  readonly choices: Literal[];
  /** Tested as a condition by itself. */
  tested: number;
  keyed: number;
  /** Written into a key of a dictionary: `f'mean{l}'`. */
  numbered: number;
  /** Keys that are put together at run time: `'W' + str(l)` gives `W`. */
  readonly prefixes: Set<string>;
  unpacked: number;
  iterated: number;
  called: number;
  optional: boolean;
  /** An attribute or a method of it is used that arrays do not have. */
  object: number;
  logged: number;
  /** `1 - x` was logged. */
  complement: number;
  rooted: number;
  oneHot: number;
  /** Ranks that a condition asks for (`x.ndim == 4`). */
  readonly ranks: Set<number>;
  matrix: number;
  /** It was transposed as a whole. */
  turned: number;
  /** Was added to a product of weights with data, in that order: one number for each row. */
  column: number;
}

export class Thing {
  readonly kind = 'thing';
  readonly evidence: Evidence = {
    array: 0, arithmetic: 0, integer: 0, index: [], picks: 0, counted: 0, choices: [], tested: 0, keyed: 0, numbered: 0, prefixes: new Set(),
    unpacked: 0, iterated: 0, called: 0, optional: false, object: 0, logged: 0, complement: 0, rooted: 0, oneHot: 0,
    ranks: new Set(), matrix: 0, turned: 0, column: 0,
  };
  /** Its value when it is an integer. */
  readonly whole = new Dimension();
  readonly entries = new Map<string | number, Thing>();
  /** It is `weights @ data`, not `data @ weights`. */
  weightsFirst = false;
  /** How many axes of its source were indexed away beside a slice: 1 for `x[:, t]`. */
  dropped = 0;
  /** It is one element or row of its source: `y[i]`. */
  element = false;
  /** What was left in attributes of it, as a forward does with its context; made when it is needed. */
  kept: Map<string, Abstract> | null = null;

  constructor(
    readonly shape: Shape = new Shape(),
    /** What it is called in the text, or empty. */
    readonly name = '',
    /** The value whose elements, reshaped or cast, these are: evidence of being an index goes there too. */
    readonly source: Thing | null = null,
    /** `1 - source`. */
    readonly complement = false,
  ) {}

  /** Itself and everything that it came from. */
  lineage(): readonly Thing[] {
    return this.source === null ? [this] : [this, ...this.source.lineage()];
  }

  entry(key: string | number): Thing {
    let found = this.entries.get(key);
    if (found === undefined) this.entries.set(key, found = new Thing(new Shape(), typeof key === 'string' ? key : ''));
    return found;
  }
}

export interface ObjectValue {
  readonly kind: 'object';
  readonly definition: ClassDef;
  readonly attributes: Map<string, Abstract>;
}

export type Abstract =
  | Thing
  /** `below` is set for a loop variable: how far it runs. */
  | {readonly kind: 'int'; readonly value: Whole; readonly below?: Whole}
  | {readonly kind: 'float'} | {readonly kind: 'none'} | {readonly kind: 'bool'}
  | {readonly kind: 'string'; readonly value: string | null; readonly prefix: string; /** Ends in a number that is no loop variable. */ readonly late?: boolean; /** What is written into it. */ readonly parts?: readonly Thing[]}
  | {readonly kind: 'sequence'; readonly items: Abstract[]; readonly tuple: boolean; readonly open: boolean}
  | {readonly kind: 'dict'; readonly entries: Map<string, Abstract>}
  | {readonly kind: 'shape'; readonly of: Shape; readonly thing: Thing}
  | {readonly kind: 'ndim'; readonly of: Shape; readonly thing: Thing}
  | {readonly kind: 'range'; readonly count: Whole}
  | {readonly kind: 'slice'; readonly start: Abstract | null; readonly stop: Abstract | null; readonly step: Abstract | null}
  | {readonly kind: 'ellipsis'}
  | {readonly kind: 'module'; readonly path: string}
  | {readonly kind: 'function'; readonly definition: FunctionDef; readonly self: ObjectValue | null}
  | {readonly kind: 'class'; readonly definition: ClassDef}
  | {readonly kind: 'lambda'; readonly expression: Lambda; readonly scope: Scope}
  | {readonly kind: 'method'; readonly of: Abstract; readonly name: string}
  | ObjectValue;

export const none: Abstract = {kind: 'none'};
export const float: Abstract = {kind: 'float'};
export const bool: Abstract = {kind: 'bool'};

export function array(shape: Shape, source: Thing | null = null): Thing {
  const thing = new Thing(shape, '', source);
  thing.evidence.array++;
  return thing;
}

export function unknown(): Thing {
  return new Thing();
}

export function whole(value: Whole): Abstract {
  return {kind: 'int', value};
}

/** Whether a value is known to be a plain number. */
export function isNumber(value: Abstract): boolean {
  return value.kind === 'int' || value.kind === 'float' || value.kind === 'bool' || value.kind === 'ndim';
}
