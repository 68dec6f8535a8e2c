/**
 * Arrays of Python objects: `np.empty(shape, dtype=object)`, as people keep the places of maxima in. A grid that is filled and
 * read one item at a time; knows no arithmetic, which is left unsupported.
 */
import {contiguousStrides, sizeOf} from '../ndarray/array.ts';
import {PyError, UnsupportedError} from '../ndarray/errors.ts';
import {Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import {toInt, toShape} from '../numpy/arguments.ts';
import type {Row} from '../numpy/row.ts';
import {Builtin, Class, Instance} from './objects.ts';
import type {Keywords} from './objects.ts';
import type {Run} from './run.ts';
import {types} from './types.ts';

/** What each item is at first; `np.full` says so in its second argument. */
const fillers: ReadonlyMap<string, Value> = new Map<string, Value>([['np.empty', null], ['np.zeros', 0], ['np.ones', 1], ['np.full', null]]);

/** The array of objects that a call of `row` makes, or null for a row that makes none. */
export function objectArray(run: Run, row: Row, args: readonly Value[], keywords: Keywords): Instance | null {
  const filler = fillers.get(row.names[0]);
  if (filler === undefined) return null;
  const shape = toShape(args.at(0) ?? keywords?.get('shape') ?? null);
  run.budget.allocate(sizeOf(shape));
  const fill = row.names[0] === 'np.full' ? args.at(1) ?? keywords?.get('fill_value') ?? null : filler;
  return gridOf(shape, new Array<Value>(sizeOf(shape)).fill(fill), 0);
}

/** One view of the items: those from `start` on. */
class Grid extends Instance {
  constructor(cls: Class, readonly shape: readonly number[], readonly items: Value[], readonly start: number) {
    super(cls);
    this.attributes.set('shape', new Tuple(shape.slice())).set('ndim', shape.length).set('size', sizeOf(shape));
  }

  /** The place of an index of whole numbers, one for each of the first axes, and the axes that are left. */
  place(index: Value): {readonly at: number; readonly rest: readonly number[]} {
    const whole = index instanceof Tuple ? index.items : [index];
    const {shape} = this;
    if (whole.length > shape.length) {
      throw new PyError('IndexError', `too many indices for array: array is ${shape.length}-dimensional, but ${whole.length} were indexed`);
    }
    const strides = contiguousStrides(shape);
    let at = this.start;
    for (const [axis, item] of whole.entries()) {
      const given = wholeNumber(item);
      const size = shape[axis];
      if (given < -size || given >= size) throw new PyError('IndexError', `index ${given} is out of bounds for axis ${axis} with size ${size}`);
      at += (given < 0 ? given + size : given) * strides[axis];
    }
    return {at, rest: shape.slice(whole.length)};
  }
}

function wholeNumber(index: Value): number {
  try {
    return toInt(index);
  } catch (error) {
    if (error instanceof PyError) throw new UnsupportedError('an index of several items into an array of objects');
    throw error;
  }
}

function gridOf(shape: readonly number[], items: Value[], start: number): Grid {
  return new Grid(gridClass, shape, items, start);
}

/** The grid that a method was called on. */
function own([self]: readonly Value[]): Grid {
  if (!(self instanceof Grid)) throw new UnsupportedError('an array of objects');
  return self;
}

const gridClass: Class = new Class('ndarray', [types.object], new Map<string, Value>([
  ['__getitem__', new Builtin('__getitem__', (_run, args) => {
    const grid = own(args);
    const {at, rest} = grid.place(args[1]);
    return rest.length === 0 ? grid.items[at] : gridOf(rest, grid.items, at);
  })],
  ['__setitem__', new Builtin('__setitem__', (_run, args) => {
    const grid = own(args);
    const {at, rest} = grid.place(args[1]);
    if (rest.length > 0) throw new UnsupportedError('several items of an array of objects at once');
    grid.items[at] = args[2];
    return null;
  })],
  ['__len__', new Builtin('__len__', (_run, args) => {
    const {shape} = own(args);
    if (shape.length === 0) throw new PyError('TypeError', 'len() of unsized object');
    return shape[0];
  })],
]), [types.object], true);
