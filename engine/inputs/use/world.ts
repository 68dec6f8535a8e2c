/**
 * What reading one function's code gathers beside the values, and the few decisions on values that all readers share.
 */
import type {ClassDef} from '../../python/ast.ts';
import {array} from './values.ts';
import type {Abstract, Thing} from './values.ts';
import {Dimension, Shape, dimensionOf} from './dimension.ts';
import type {Whole} from './dimension.ts';

export class World {
  /** `value` must be divisible by `by`, since the code divides one by the other to get a size. */
  readonly divisible: {readonly value: Whole; readonly by: Whole}[] = [];
  /** `dimension` must be at least `than`, since the code slices that far. */
  readonly reach: {readonly dimension: Dimension; readonly than: Whole}[] = [];
  /** Ranks that the code needs of shapes that are known to have another. */
  readonly contradictions: {readonly shape: Shape; readonly rank: number}[] = [];
  /** The variables of loops: 0 in the first round. */
  readonly loops = new Set<Dimension>();
  /** The classes whose objects are being made. */
  readonly making = new Set<ClassDef>();
  /** Calls still allowed to be followed, so that reading is short whatever the code. */
  calls = 200;
}

/** The whole number that a value is, or null. A thing is asked for one only where nothing but an integer fits. */
export function wholeOf(value: Abstract, needed: boolean): Whole | null {
  if (value.kind === 'int') return value.value;
  if (value.kind !== 'thing') return null;
  if (needed) for (const thing of value.lineage()) thing.evidence.integer++;
  if (needed || (value.evidence.integer > 0 && value.evidence.array === 0)) return value.whole;
  return null;
}

/** The dimensions of `np.zeros((N, D))`'s argument: a tuple, a number, `x.shape`. Null when it is no shape. */
export function shapeFrom(value: Abstract): Shape | null {
  if (value.kind === 'shape') return value.of;
  if (value.kind === 'sequence') {
    if (value.open) return null;
    const axes = value.items.map((item) => wholeOf(item, true));
    return axes.every((axis) => axis !== null) ? new Shape(axes.map(dimensionOf)) : null;
  }
  if (value.kind === 'thing' && value.evidence.unpacked + value.evidence.iterated > 0) return null;
  const size = wholeOf(value, value.kind === 'thing');
  return size === null ? null : new Shape([dimensionOf(size)]);
}

/** The shape of a value that arrays can be made of; null when it is none. Scalars have no axes. */
export function shapeOf(value: Abstract): Shape | null {
  switch (value.kind) {
    case 'thing': return value.shape;
    case 'int': case 'float': case 'bool': case 'ndim': return new Shape([]);
    case 'shape': return new Shape([dimensionOf(value.of.rank ?? 1)]);
    case 'sequence': {
      if (value.open || value.items.length === 0) return null;
      const inner = shapeOf(value.items[0]);
      return inner?.axes ? new Shape([dimensionOf(value.items.length), ...inner.axes]) : null;
    }
    case 'range': return new Shape([dimensionOf(value.count)]);
    default: return null;
  }
}

/** Two dimensions that meet in broadcasting: one of them 1, or both made equal. */
export function meet(a: Dimension, b: Dimension): Dimension {
  if (a.size === 1) return b;
  if (b.size === 1) return a;
  a.equate(b);
  return a;
}

/** The shape of an elementwise result. Unknown ranks stay unknown, unless the other side is a scalar. */
export function broadcast(a: Shape, b: Shape): Shape {
  if (b.rank === 0) return a;
  if (a.rank === 0 || a.root() === b.root()) return b;
  const left = a.axes;
  const right = b.axes;
  if (left === null || right === null) {
    const [known, open] = left === null ? [b, a] : [a, b];
    const least = Math.max(known.rank ?? known.least, open.least);
    if (known.axes !== null && known.axes.length >= Math.max(2, open.least)) return new Shape(known.axes.map((axis) => axis.size === 1 ? new Dimension() : axis));
    const result = new Shape();
    result.need(least);
    return result;
  }
  const rank = Math.max(left.length, right.length);
  return new Shape(Array.from({length: rank}, (_, i): Dimension => {
    const x = left.at(i - rank);
    const y = right.at(i - rank);
    if (i - rank < -left.length || x === undefined) return y!;
    if (i - rank < -right.length || y === undefined) return x;
    return meet(x, y);
  }));
}

/** `a @ b` for known ranks; unknown ranks give an unknown shape. */
export function matrixProduct(a: Shape, b: Shape, dot: boolean): Shape {
  const left = a.axes;
  const right = b.axes;
  if (left === null || right === null) {
    const result = new Shape();
    if (left !== null && right === null && left.length > 0) result.need(left.length - 1);
    return result;
  }
  if (left.length === 0 || right.length === 0) return left.length === 0 ? b : a;
  left.at(-1)!.equate(right.at(right.length === 1 ? 0 : -2)!);
  if (left.length === 1 && right.length === 1) return new Shape([]);
  if (right.length === 1) return new Shape(left.slice(0, -1));
  if (left.length === 1) return new Shape([...right.slice(0, -2), right.at(-1)!]);
  if (dot) return new Shape([...left.slice(0, -1), ...right.slice(0, -2), right.at(-1)!]);
  const batch = broadcast(new Shape(left.slice(0, -2)), new Shape(right.slice(0, -2)));
  return new Shape([...batch.axes!, left.at(-2)!, right.at(-1)!]);
}

/** Notes that a value takes part in array arithmetic. */
export function inArithmetic(value: Abstract): void {
  if (value.kind === 'thing') value.evidence.arithmetic++;
}

/** Notes that a value is used as only arrays are. */
export function asArray(value: Abstract): Thing | null {
  if (value.kind !== 'thing') {
    const shape = shapeOf(value);
    return shape === null ? null : array(shape);
  }
  value.evidence.array++;
  return value;
}
