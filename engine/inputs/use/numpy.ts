/**
 * What NumPy functions and array methods say of the shapes of their arguments and results. Only shapes: no values.
 * A function that is not known here gives an unknown value and says nothing.
 */
import {Dimension, Shape, arithmetic, dimensionOf} from './dimension.ts';
import type {Whole} from './dimension.ts';
import {Thing, array, bool, float, unknown, whole} from './values.ts';
import type {Abstract} from './values.ts';
import {asArray, broadcast, inArithmetic, matrixProduct, shapeFrom, shapeOf, wholeOf} from './world.ts';

/** The arguments of a call: those by position, and those by name. */
export interface Arguments {
  readonly positional: readonly Abstract[];
  readonly named: ReadonlyMap<string, Abstract>;
}

const unary = new Set(`exp log log2 log10 log1p expm1 sqrt square abs absolute fabs tanh sinh cosh sin cos tan arctan negative sign
  reciprocal floor ceil round rint around clip nan_to_num copy array asarray ascontiguousarray asanyarray astype float32 float64
  relu sigmoid clamp clamp_min clamp_max clone detach contiguous isnan isinf logical_not cumsum cumprod sort flip flipud fliplr roll triu tril real conj expit erf zeros_like
  ones_like empty_like full_like invert softplus tolist conjugate`.split(/\s+/));
const binary = new Set(`maximum minimum fmax fmin multiply add subtract divide true_divide power arctan2 logaddexp greater less
  greater_equal less_equal equal not_equal logical_and logical_or logical_xor floor_divide mod hypot float_power remainder`.split(/\s+/));
const reductions = new Set('sum mean max min amax amin prod std var any all argmax argmin average median nanmax nansum nanmean logsumexp'.split(' '));
const filled = new Set('zeros ones empty full'.split(' '));
const drawn = new Set('rand randn'.split(' '));
const sizedDraws = new Map([['normal', 2], ['uniform', 2], ['randint', 2], ['random', 0], ['random_sample', 0], ['binomial', 2], ['choice', 1], ['standard_normal', 0], ['ranf', 0], ['rayleigh', 1], ['integers', 2]]);

/** The value of `np.name(...)`, or of `array.name(...)` with the array as the first argument; undefined when it is not known. */
export function numpyCall(name: string, {positional, named}: Arguments, method: boolean): Abstract | undefined {
  const at = (index: number, key: string): Abstract | undefined => positional[index] ?? named.get(key);
  const first = positional[0] as Abstract | undefined ?? named.get('a') ?? named.get('x');
  if (filled.has(name)) return made(at(0, 'shape'));
  if (drawn.has(name)) return spread(positional);
  const sized = sizedDraws.get(name);
  if (sized !== undefined && !method) return made(named.get('size') ?? positional[sized]);
  if (first === undefined) return undefined;
  if (unary.has(name)) return unaryCall(name, first);
  if (binary.has(name) && positional.length >= 2) {
    for (const value of positional.slice(0, 2)) inArithmetic(value);
    const [left, right] = [shapeOf(positional[0]), shapeOf(positional[1])];
    if (left === null || right === null) return unknown();
    const out = array(broadcast(left, right));
    return /greater|less|equal|logical/.test(name) ? new Thing(out.shape, 'mask') : out;
  }
  if (reductions.has(name)) return reduced(name, first, at(1, 'axis'), named.get('keepdims'));
  switch (name) {
    case 'dot': case 'matmul': return product(first, positional[1], name === 'dot');
    case 'outer': {
      const [a, b] = positional.map(asArray);
      if (!a || !b) return unknown();
      return array(new Shape([a.shape.rank === 1 ? a.shape.axis(0)! : new Dimension(), b.shape.rank === 1 ? b.shape.axis(0)! : new Dimension()]));
    }
    case 'where': {
      const shapes = positional.map(shapeOf);
      if (positional.length < 3 || shapes.some((shape) => shape === null)) return unknown();
      for (const value of positional.slice(1)) inArithmetic(value);
      return array(shapes.slice(1).reduce((sum, shape) => broadcast(sum!, shape!), shapes[0])!);
    }
    case 'arange': {
      const [from, to] = positional;
      const count = positional.length > 1 ? wholeOf(to, true) : wholeOf(from, true);
      if (count === null || positional.length > 2) return new Thing(new Shape([new Dimension()]), 'arange');
      const start = positional.length > 1 ? wholeOf(from, true) ?? 0 : 0;
      return new Thing(new Shape([dimensionOf(arithmetic('-', count, start))]), 'arange');
    }
    case 'eye': case 'identity': {
      const size = wholeOf(first, true);
      return size === null ? unknown() : array(new Shape([dimensionOf(size), dimensionOf(wholeOf(positional[1] ?? first, true) ?? size)]));
    }
    case 'reshape': return reshaped(first, method && positional.length > 2 ? {kind: 'sequence', tuple: true, open: false, items: positional.slice(1)} : at(1, 'newshape') ?? named.get('shape'));
    case 'transpose': case 'permute': return transposed(first, positional.slice(1));
    case 'swapaxes': case 'rollaxis': case 'moveaxis': return moved(name, first, positional.slice(1));
    case 'flatten': case 'ravel': {
      const thing = asArray(first);
      if (thing === null) return unknown();
      if (thing.shape.rank === 1) return array(thing.shape, thing);
      return array(new Shape([thing.shape.axes === null ? new Dimension() : dimensionOf(thing.shape.axes.reduce<Whole>((all, axis) => arithmetic('*', all, axis), 1))]), thing);
    }
    case 'to': case 'cuda': case 'cpu': case 'detach': case 'contiguous': case 'clone': {
      const shape = method ? shapeOf(first) : null;
      return shape === null ? undefined : array(shape, asArray(first));
    }
    case 'squeeze': return array(new Shape(), asArray(first));
    case 'expand_dims': {
      const thing = asArray(first);
      const axis = at(1, 'axis');
      if (!thing?.shape.axes || axis?.kind !== 'int' || typeof axis.value !== 'number') return array(new Shape(), thing);
      const axes = [...thing.shape.axes];
      axes.splice(axis.value < 0 ? axes.length + 1 + axis.value : axis.value, 0, new Dimension().fix(1));
      return array(new Shape(axes), thing);
    }
    case 'pad': {
      const thing = asArray(first);
      const widths = at(1, 'pad_width');
      if (thing === null) return unknown();
      if (widths?.kind === 'sequence' && widths.items[0]?.kind === 'sequence' && widths.items.length > 1) thing.shape.settle(widths.items.length);
      if (widths !== undefined) integers(widths);
      if (thing.shape.axes === null) return array(new Shape());
      return array(new Shape(thing.shape.axes.map((axis, i) => isZero(widths, i) ? axis : new Dimension())));
    }
    case 'concatenate': case 'hstack': case 'vstack': case 'append': case 'column_stack': case 'c_': return joined(name, first, at(1, 'axis'));
    case 'stack': return array(new Shape());
    case 'linalg.norm': return named.has('axis') || positional.length > 2 ? array(new Shape()) : float;
    case 'ndim': return {kind: 'ndim', of: shapeOf(first) ?? new Shape(), thing: asArray(first) ?? unknown()};
    case 'shape': {
      const thing = asArray(first);
      return thing === null ? unknown() : {kind: 'shape', of: thing.shape, thing};
    }
    case 'size': return whole(new Dimension());
    case 'item': return float;
    case 'add.at': case 'subtract.at': return undefined;
    case 'fill': case 'seed': return unknown();
    case 'array_equal': case 'allclose': return bool;
    case 'tensordot': return contracted(asArray(first), asArray(positional[1]), at(2, 'axes'));
    case 'split': return split(asArray(first), at(1, 'indices_or_sections'), at(2, 'axis'));
    case 'argsort': case 'nonzero': case 'repeat': case 'tile': case 'einsum': case 'array_split': case 'linalg.inv':
      asArray(first);
      return array(new Shape());
    default: return undefined;
  }
}

/** `np.split(a, 4, axis=1)`: four parts of one size, and an axis that is four of them. */
function split(thing: Thing | null, sections: Abstract | undefined, along: Abstract | undefined): Abstract {
  const count = sections?.kind === 'int' && typeof sections.value === 'number' ? sections.value : null;
  const axis = along === undefined ? 0 : along.kind === 'int' && typeof along.value === 'number' ? along.value : null;
  if (thing === null || count === null || axis === null || count < 2 || count > 8) return array(new Shape());
  const own = new Dimension();
  const rank = thing.shape.rank;
  thing.shape.axis(axis)?.define(arithmetic('*', count, own));
  const items = Array.from({length: count}, () => array(rank === null ? new Shape() : new Shape(thing.shape.axes!.map((one, i) => (i === (axis + rank) % rank ? own : one)))));
  return {kind: 'sequence', tuple: false, open: false, items};
}

/** `np.tensordot(a, b, axes=((1, 2), (1, 2)))`: the axes that are summed over are the same in both. */
function contracted(a: Thing | null, b: Thing | null, axes: Abstract | undefined): Abstract {
  const [left, right] = axes?.kind === 'sequence' && axes.items.length === 2 ? axes.items.map(axesOf) : [];
  if (!a?.shape.axes || !b?.shape.axes || !left || !right || left.length !== right.length) return array(new Shape());
  for (const [i, own] of left.entries()) {
    const other = b.shape.axis(right[i]);
    if (other !== null) a.shape.axis(own)?.equate(other);
  }
  const kept = [[a, left] as const, [b, right] as const].flatMap(([{shape}, gone]) =>
    shape.axes!.filter((_, i) => !gone.includes(i) && !gone.includes(i - shape.axes!.length)));
  return array(new Shape(kept));
}

function made(shape: Abstract | undefined): Abstract {
  const known = shape === undefined ? new Shape([]) : shapeFrom(shape);
  return array(known ?? new Shape());
}

/** `np.random.randn(N, D)`, or `(*x.shape)`. */
function spread(items: readonly Abstract[]): Abstract {
  if (items.length === 1 && items[0].kind === 'shape') return array(items[0].of);
  return made({kind: 'sequence', tuple: true, open: false, items: [...items]});
}

function unaryCall(name: string, first: Abstract): Abstract {
  inArithmetic(first);
  const shape = shapeOf(first);
  if (shape === null) return unknown();
  if (first.kind === 'thing') {
    for (const thing of first.lineage()) {
      if (name.startsWith('log')) {
        if (first.complement) thing.evidence.complement++;
        else thing.evidence.logged++;
      }
      if (name === 'sqrt') thing.evidence.rooted++;
    }
    if (['array', 'asarray', 'copy', 'astype', 'clip'].includes(name)) return new Thing(shape, '', first, first.complement);
  }
  if (shape.rank === 0) return float;
  return array(shape);
}

function reduced(name: string, first: Abstract, axis: Abstract | undefined, keepdims: Abstract | undefined): Abstract {
  const thing = asArray(first);
  if (thing === null) return unknown();
  thing.evidence.arithmetic++;
  if (/^arg/.test(name) && axis !== undefined) for (const one of thing.lineage()) one.evidence.oneHot++;
  const keep = keepdims !== undefined;
  const numbers = axesOf(axis);
  if (axis === undefined || axis.kind === 'none') {
    if (keep && thing.shape.axes !== null) return array(new Shape(thing.shape.axes.map(() => new Dimension().fix(1))));
    return keep ? array(new Shape()) : array(new Shape([]));
  }
  if (numbers === null) return array(new Shape());
  for (const number of numbers) thing.shape.need(number < 0 ? -number : number + 1);
  const {axes} = thing.shape;
  if (axes === null) {
    const out = new Shape();
    if (keep) out.need(Math.max(...numbers.map((number) => number < 0 ? -number : number + 1)));
    return array(out);
  }
  const gone = new Set(numbers.map((number) => number < 0 ? number + axes.length : number));
  return array(new Shape(axes.flatMap((dimension, i) => gone.has(i) ? keep ? [new Dimension().fix(1)] : [] : [dimension])));
}

function axesOf(axis: Abstract | undefined): readonly number[] | null {
  if (axis?.kind === 'int') return typeof axis.value === 'number' ? [axis.value] : null;
  if (axis?.kind !== 'sequence') return null;
  const numbers = axis.items.flatMap((item) => item.kind === 'int' && typeof item.value === 'number' ? [item.value] : []);
  return numbers.length === axis.items.length ? numbers : null;
}

export function product(a: Abstract | undefined, b: Abstract | undefined, dot: boolean): Abstract {
  if (a === undefined || b === undefined) return unknown();
  const left = asArray(a);
  const right = asArray(b);
  if (left === null || right === null) return unknown();
  for (const side of [left, right]) {
    side.evidence.matrix++;
    side.evidence.arithmetic++;
    // One step of a batch of sequences: what is left of it is a matrix.
    if (side.dropped > 0 && side.shape.rank === null) side.source?.shape.need(2 + side.dropped);
  }
  const out = array(matrixProduct(left.shape, right.shape, dot));
  out.weightsFirst = isWeight(left) && !isWeight(right);
  return out;
}

/** Whether a value is a parameter that is called as weights are, or its transpose. */
function isWeight(thing: Thing): boolean {
  return /^(?:self\.)?(?:[wW](?:\d|_|$|eights?|[a-z]{1,2}$)|theta|Theta)/.test(thing.name);
}

function reshaped(first: Abstract, to: Abstract | undefined): Abstract {
  const thing = asArray(first);
  if (thing === null) return unknown();
  if (to === undefined) return array(new Shape(), thing);
  const target = to.kind === 'int' ? {kind: 'sequence', tuple: true, open: false, items: [to]} as const : to;
  if (target.kind === 'shape') return array(target.of, thing);
  if (target.kind !== 'sequence' || target.open) return array(new Shape(), thing);
  const sizes = target.items.map((item) => item.kind === 'int' && item.value === -1 ? null : wholeOf(item, true));
  const from = thing.shape.axes;
  const axes = sizes.map((size, i) => {
    if (size !== null) return dimensionOf(size);
    if (target.items[i].kind !== 'int') return new Dimension();
    return from === null ? new Dimension() : remaining(from, sizes.filter((one) => one !== null));
  });
  if (from === null) collapsed(thing, axes, sizes);
  return array(new Shape(axes), thing);
}

/**
 * `ts.reshape(N * T)` and `xs.reshape(N * T, -1)` of an unknown rank: the axes that are multiplied are its own; so are
 * those of `a.reshape(N, T, 1)` but the new one.
 */
function collapsed(thing: Thing, axes: readonly Dimension[], sizes: readonly (Whole | null)[]): void {
  const kept = axes.filter((_, i) => sizes[i] !== 1);
  if (kept.length < axes.length && kept.length > 1 && sizes.every((size) => size === 1 || size instanceof Dimension) && thing.shape.settle(kept.length)) {
    for (const [i, axis] of kept.entries()) thing.shape.axis(i)?.equate(axis);
    return;
  }
  const factors = axes.length > 0 && sizes[0] !== null && axes.length < 3 ? factorsOf(sizes[0]) : [];
  if (factors.length < 2 || !thing.shape.settle(factors.length + axes.length - 1)) return;
  for (const [i, factor] of factors.entries()) thing.shape.axis(i)?.equate(factor);
  if (axes.length === 2) thing.shape.axis(-1)?.equate(axes[1]);
}

function factorsOf(size: Whole): readonly Dimension[] {
  if (size instanceof Dimension) return [size];
  return typeof size === 'number' || size.operator !== '*' ? [] : [...factorsOf(size.left), ...factorsOf(size.right)];
}

/** What -1 stands for: the product of the axes that are not named. */
function remaining(from: readonly Dimension[], named: readonly Whole[]): Dimension {
  if (named.some((size) => typeof size === 'number' || factorsOf(size).length === 0)) return new Dimension();
  const left = [...from];
  for (const size of named.flatMap((one) => typeof one === 'number' ? [] : factorsOf(one))) {
    const at = left.findIndex((axis) => axis.root() === size.root());
    if (at < 0) return new Dimension();
    left.splice(at, 1);
  }
  return dimensionOf(left.reduce<Whole>((all, axis) => arithmetic('*', all, axis), 1));
}

function transposed(first: Abstract, order: readonly Abstract[]): Abstract {
  const thing = asArray(first);
  if (thing === null) return unknown();
  if (order.length === 0) return reversed(thing);
  const numbers = order.length === 1 ? axesOf(order[0]) : axesOf({kind: 'sequence', items: [...order], tuple: true, open: false});
  if (numbers !== null) thing.shape.settle(numbers.length);
  const {axes} = thing.shape;
  if (axes === null) return array(new Shape());
  return array(numbers === null || numbers.some((number) => axes.at(number) === undefined) ? new Shape(axes.map(() => new Dimension())) : new Shape(numbers.map((number) => axes.at(number)!)));
}

/** `x.T`. */
export function reversed(thing: Thing): Thing {
  thing.evidence.array++;
  thing.evidence.matrix++;
  for (const one of thing.lineage()) one.evidence.turned++;
  const {axes} = thing.shape;
  const out = new Thing(axes === null ? new Shape() : new Shape(axes.toReversed()), thing.name);
  out.evidence.array++;
  return out;
}

function moved(name: string, first: Abstract, order: readonly Abstract[]): Abstract {
  const thing = asArray(first);
  const numbers = order.flatMap((item) => item.kind === 'int' && typeof item.value === 'number' ? [item.value] : []);
  if (!thing?.shape.axes || numbers.length < 2 || name !== 'swapaxes') return array(new Shape());
  const axes = [...thing.shape.axes];
  const [a, b] = numbers.map((number) => number < 0 ? number + axes.length : number);
  if (a >= axes.length || b >= axes.length) return array(new Shape());
  [axes[a], axes[b]] = [axes[b], axes[a]];
  return array(new Shape(axes));
}

function joined(name: string, list: Abstract, axis: Abstract | undefined): Abstract {
  if (list.kind !== 'sequence') return array(new Shape());
  const shapes = list.items.map((item) => asArray(item)?.shape);
  const first = shapes[0];
  if (!first?.axes || shapes.some((shape) => shape?.rank !== first.rank)) return array(new Shape());
  const rank = first.axes.length;
  const numbers = name === 'concatenate' ? axesOf(axis) ?? [0] : name === 'vstack' ? [0] : [rank > 1 ? 1 : 0];
  const along = numbers[0] < 0 ? numbers[0] + rank : numbers[0];
  return array(new Shape(first.axes.map((dimension, i) => {
    if (i !== along) {
      for (const shape of shapes) shape!.axes![i].equate(dimension);
      return dimension;
    }
    return dimensionOf(shapes.map((shape) => shape!.axes![i] as Whole).reduce((sum, size) => arithmetic('+', sum, size)));
  })));
}

function integers(value: Abstract): void {
  if (value.kind === 'sequence') for (const item of value.items) integers(item);
  else wholeOf(value, true);
}

function isZero(widths: Abstract | undefined, axis: number): boolean {
  const item = widths?.kind === 'sequence' ? widths.items[axis] as Abstract | undefined : undefined;
  return item?.kind === 'sequence' && item.items.every((one) => one.kind === 'int' && one.value === 0);
}
