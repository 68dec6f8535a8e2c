/**
 * What NumPy's functions and the methods of arrays make of the shapes of their arguments. A function that is not known
 * here gives an unknown value; so does one whose arguments do not say enough.
 */
import {broadcast, matrixProduct, reduced, reshaped, transposed} from './broadcast.ts';
import type {Shape} from './broadcast.ts';
import {compute, numberOf, productOf} from './dimension.ts';
import type {Dim} from './dimension.ts';
import {array, int, join, number, shapeOf, unknown, wholeOf} from './values.ts';
import type {Abstract, ElementType} from './values.ts';

export interface Arguments {
  readonly positional: readonly Abstract[];
  readonly named: ReadonlyMap<string, Abstract>;
  /** `*args` or `**kwargs` are among them: their number is not known. */
  readonly open: boolean;
}

const elementwise = new Set(('exp log log2 log10 log1p expm1 sqrt cbrt square abs absolute fabs negative positive sign reciprocal sin cos tan sinh cosh tanh '
  + 'arcsin arccos arctan arcsinh arccosh arctanh floor ceil rint trunc round around isnan isinf isfinite logical_not nan_to_num clip maximum minimum fmax fmin add subtract '
  + 'multiply divide true_divide floor_divide power float_power mod remainder equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor '
  + 'hypot arctan2 logaddexp heaviside expit erf special.expit special.erf bitwise_and bitwise_or conj conjugate real copysign deg2rad float32 float64').split(' '));
const truths = new Set('isnan isinf isfinite logical_not equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor'.split(' '));
const reductions = new Set('sum mean max min amax amin prod std var any all median nansum nanmean nanmax nanmin ptp logsumexp special.logsumexp argmax argmin count_nonzero'.split(' '));
const likes = new Set('zeros_like ones_like empty_like full_like'.split(' '));
const fills = new Set('zeros ones empty full'.split(' '));
const unchanged = new Set('copy array asarray ascontiguousarray asfortranarray asanyarray cumsum cumprod sort argsort flip fliplr flipud roll softmax special.softmax'.split(' '));
/** Where a reduction over the whole array flattens it first. */
const flattening = new Set('cumsum cumprod'.split(' '));
const drawn = new Set('random.normal random.uniform random.binomial random.randint random.laplace random.exponential random.poisson random.choice'.split(' '));

/** `np.name(...)`, with `name` without its `np.`. */
export function callNumpy(name: string, args: Arguments): Abstract {
  if (args.open) return unknown;
  const at = (place: number, keyword: string): Abstract | undefined => args.positional.at(place) ?? args.named.get(keyword);
  const first = args.positional.at(0);
  if (name === 'random.randn' || name === 'random.rand') return array(args.positional.map(wholeOf));
  if (name === 'random.random' || name === 'random.random_sample' || name === 'random.standard_normal') return filled(at(0, 'size'));
  if (drawn.has(name)) {
    const place = name === 'random.choice' ? 1 : 2;
    const size = args.named.get('size') ?? args.positional.at(place);
    return size === undefined && name !== 'random.choice' ? unknown : filled(size, name === 'random.randint' ? 'int' : 'unknown');
  }
  if (fills.has(name)) return filled(at(0, 'shape'), typeFrom(args.named.get('dtype') ?? args.positional.at(name === 'full' ? 2 : 1)));
  if (name === 'eye' || name === 'identity') {
    const n = first === undefined ? null : wholeOf(first);
    const m = at(1, 'M');
    return array([n, m === undefined || name === 'identity' ? n : wholeOf(m)]);
  }
  if (name === 'arange') return args.positional.length === 1 && args.named.size === 0 ? array([wholeOf(first!)], 'int') : array([null], 'unknown');
  if (name === 'linspace') return array([wholeOf(at(2, 'num') ?? int(50))]);
  if (first === undefined) return unknown;
  const shape = shapeOf(first);
  if (likes.has(name)) return shape === undefined ? unknown : array(shape, args.named.has('dtype') ? 'unknown' : typeOf(first));
  if (elementwise.has(name)) return mapped(args.positional.slice(0, name === 'clip' || name === 'round' || name === 'around' ? 1 : 2), truths.has(name) ? 'bool' : 'float');
  if (unchanged.has(name)) {
    if (shape === undefined) return unknown;
    if (flattening.has(name) && at(1, 'axis') === undefined) return array([shape === null ? null : productOf(shape)]);
    return array(shape, name === 'argsort' ? 'int' : typeOf(first));
  }
  if (reductions.has(name)) return shape === undefined ? unknown : reduce(name, shape, args.positional.at(1), args.named);
  switch (name) {
    case 'dot': return product(first, at(1, 'b'), true);
    case 'matmul': return product(first, at(1, 'x2'), false);
    case 'outer': {
      const other = shapeOf(at(1, 'b') ?? unknown);
      return array([shape == null ? null : productOf(shape), other == null ? null : productOf(other)]);
    }
    case 'where': return args.positional.length === 3 ? mapped(args.positional, 'unknown') : unknown;
    case 'transpose': return shape === undefined ? unknown : array(transposed(shape, orderOf(at(1, 'axes'))), typeOf(first));
    case 'reshape': return reshape(shape, at(1, 'newshape') ?? args.named.get('shape'), typeOf(first));
    case 'ravel': return shape === undefined ? unknown : array([shape === null ? null : productOf(shape)], typeOf(first));
    case 'expand_dims': return expanded(shape, at(1, 'axis'));
    case 'squeeze': return squeezed(shape, at(1, 'axis'));
    case 'swapaxes': return swapped(shape, at(1, 'axis1'), at(2, 'axis2'));
    case 'broadcast_to': return filled(at(1, 'shape'), typeOf(first));
    case 'atleast_2d': return shape == null ? unknown : array(shape.length === 0 ? [1, 1] : shape.length === 1 ? [1, shape[0]] : shape);
    case 'repeat': return repeated(shape, at(1, 'repeats'), at(2, 'axis'));
    case 'tile': return tiled(shape, at(1, 'reps'));
    case 'pad': return padded(shape, at(1, 'pad_width'));
    case 'concatenate': case 'append': return name === 'append' ? unknown : concatenated(first, at(1, 'axis') ?? int(0));
    case 'hstack': return concatenated(first, int(1), true);
    case 'vstack': return concatenated(first, int(0), true);
    case 'column_stack': return unknown;
    case 'stack': return stacked(first, at(1, 'axis') ?? int(0));
    case 'linalg.norm': return at(1, 'ord') === undefined || args.named.has('axis') ? reduce('sum', shape ?? null, undefined, args.named) : number;
    case 'float': case 'int32': case 'int64': return isScalarShape(shape) ? number : unknown;
    default: return unknown;
  }
}

/** A method of an array. */
export function callMethod(of: Abstract, name: string, args: Arguments): Abstract {
  // Only arrays have a reshape.
  const shape = name === 'reshape' && of.kind === 'unknown' ? null : shapeOf(of);
  if (shape === undefined || args.open) return unknown;
  const [first] = args.positional;
  switch (name) {
    case 'dot': return product(of, first, true);
    case 'reshape': case 'view':
      if (name === 'view') return unknown;
      return args.positional.length === 1 ? reshape(shape, first, typeOf(of)) : array(reshaped(shape, args.positional.map(wholeOf)), typeOf(of));
    case 'transpose': return array(transposed(shape, args.positional.length === 0 ? null : args.positional.length === 1 ? orderOf(first) : args.positional.map((one) => numberOf(wholeOf(one)) ?? NaN)), typeOf(of));
    case 'flatten': case 'ravel': return array([shape === null ? null : productOf(shape)], typeOf(of));
    case 'astype': return array(shape, typeFrom(first));
    case 'copy': case 'clip': case 'round': case 'conj': return array(shape, typeOf(of));
    case 'item': return number;
    case 'squeeze': return squeezed(shape, args.positional.at(0) ?? args.named.get('axis'));
    case 'swapaxes': return swapped(shape, first, args.positional.at(1));
    case 'repeat': return repeated(shape, first, args.positional.at(1) ?? args.named.get('axis'));
    case 'cumsum': case 'cumprod': return args.positional.length + args.named.size === 0 ? array([shape === null ? null : productOf(shape)]) : array(shape);
    default: return reductions.has(name) ? reduce(name, shape, args.positional.at(0), args.named) : unknown;
  }
}

export function typeOf(value: Abstract): ElementType {
  return value.kind === 'array' ? value.type : value.kind === 'int' || value.kind === 'range' ? 'int' : 'unknown';
}

/** The elementwise result of all; unknown as soon as one may be anything. */
export function mapped(values: readonly Abstract[], type: ElementType): Abstract {
  let shape: Shape = [];
  for (const value of values) {
    const own = shapeOf(value);
    if (own === undefined) return unknown;
    shape = broadcast(shape, own);
  }
  return array(shape, type);
}

export function product(a: Abstract, b: Abstract | undefined, dot: boolean): Abstract {
  const [left, right] = [shapeOf(a), b === undefined ? undefined : shapeOf(b)];
  return left === undefined || right === undefined ? unknown : array(matrixProduct(left, right, dot));
}

/** `np.zeros(size)`: a tuple of sizes or one size. */
function filled(size: Abstract | undefined, type: ElementType = 'float'): Abstract {
  if (size === undefined || size.kind === 'none') return array([], type);
  if (size.kind === 'int') return array([size.value], type);
  if (size.kind === 'sequence' && size.items !== null) return array(size.items.map(wholeOf), type);
  return array(null, type);
}

function typeFrom(dtype: Abstract | undefined): ElementType {
  if (dtype === undefined) return 'float';
  const name = dtype.kind === 'module' || dtype.kind === 'method' ? ('path' in dtype ? dtype.path : dtype.name) : dtype.kind === 'string' ? dtype.value ?? '' : '';
  if (/bool/.test(name)) return 'bool';
  if (/int/.test(name)) return 'int';
  return /float|double/.test(name) ? 'float' : 'unknown';
}

function isScalarShape(shape: Shape | undefined): boolean {
  return shape?.length === 0;
}

/** The axes of a reduction: null for all, undefined when they are not known. */
function axesOf(axis: Abstract | undefined): readonly number[] | null | undefined {
  if (axis === undefined || axis.kind === 'none') return null;
  const items = axis.kind === 'sequence' ? axis.items : [axis];
  const axes = items?.map((item) => numberOf(item.kind === 'int' ? item.value : null));
  return axes?.every((one) => one !== null) === true ? (axes) : undefined;
}

/** NumPy's names of its options, and torch's. */
const reductionOptions = new Set('axis dim keepdims keepdim dtype out ddof unbiased'.split(' '));

function reduce(name: string, shape: Shape, given: Abstract | undefined, named: ReadonlyMap<string, Abstract>): Abstract {
  if ([...named.keys()].some((option) => !reductionOptions.has(option))) return unknown;
  const axis = given ?? named.get('axis') ?? named.get('dim');
  const keepdims = named.get('keepdims') ?? named.get('keepdim');
  const keep = keepdims === undefined ? false : keepdims.kind === 'number' && keepdims.whole !== null ? keepdims.whole === 1 : undefined;
  return array(reduced(shape, axesOf(axis), keep), name.startsWith('arg') || name === 'count_nonzero' ? 'int' : name === 'any' || name === 'all' ? 'bool' : 'float');
}

function orderOf(axes: Abstract | undefined): readonly number[] | null {
  if (axes === undefined || axes.kind === 'none') return null;
  return axes.kind === 'sequence' && axes.items !== null ? axes.items.map((item) => numberOf(wholeOf(item)) ?? NaN) : null;
}

function reshape(shape: Shape | undefined, wanted: Abstract | undefined, type: ElementType): Abstract {
  if (wanted === undefined) return unknown;
  if (wanted.kind === 'int') return array(reshaped(shape ?? null, [wanted.value]), type);
  return wanted.kind === 'sequence' && wanted.items !== null ? array(reshaped(shape ?? null, wanted.items.map(wholeOf)), type) : array(null, type);
}

function expanded(shape: Shape | undefined, axis: Abstract | undefined): Abstract {
  const place = axis === undefined ? null : numberOf(wholeOf(axis));
  if (shape == null || place === null) return shape === undefined ? unknown : array(null);
  const out = [...shape];
  out.splice(place < 0 ? shape.length + 1 + place : place, 0, 1);
  return array(out);
}

function squeezed(shape: Shape | undefined, axis: Abstract | undefined): Abstract {
  if (shape == null) return shape === undefined ? unknown : array(null);
  const place = axis === undefined ? null : numberOf(wholeOf(axis));
  if (place !== null) return array(shape.filter((_, i) => i !== (place < 0 ? place + shape.length : place)));
  return shape.includes(null) || axis !== undefined ? array(null) : array(shape.filter((dim) => dim !== 1));
}

function swapped(shape: Shape | undefined, a: Abstract | undefined, b: Abstract | undefined): Abstract {
  const [i, j] = [a, b].map((one) => (one === undefined ? null : numberOf(wholeOf(one))));
  if (shape == null || i === null || j === null) return shape === undefined ? unknown : array(null);
  const out = [...shape];
  const [m, n] = [i, j].map((place) => (place < 0 ? place + shape.length : place));
  [out[m], out[n]] = [shape[n], shape[m]];
  return array(out);
}

function repeated(shape: Shape | undefined, count: Abstract | undefined, axis: Abstract | undefined): Abstract {
  if (shape == null || count === undefined) return unknown;
  const times = count.kind === 'int' ? count.value : null;
  if (axis === undefined || axis.kind === 'none') return array([compute('*', productOf(shape), times)]);
  const place = numberOf(wholeOf(axis));
  if (place === null) return array(null);
  return array(shape.map((dim, i) => (i === (place < 0 ? place + shape.length : place) ? compute('*', dim, times) : dim)));
}

function tiled(shape: Shape | undefined, reps: Abstract | undefined): Abstract {
  if (shape == null || reps === undefined) return unknown;
  const times = reps.kind === 'sequence' ? reps.items?.map(wholeOf) : reps.kind === 'int' ? [reps.value] : undefined;
  if (times === undefined) return array(null);
  const rank = Math.max(times.length, shape.length);
  return array(Array.from({length: rank}, (_, i) => compute('*', shape[i - rank + shape.length] ?? (i < rank - shape.length ? 1 : null), i < rank - times.length ? 1 : times[i - rank + times.length])));
}

/** `((0, 0), (pad, pad))` a pair for each axis, or one number for all. */
function padded(shape: Shape | undefined, width: Abstract | undefined): Abstract {
  if (shape == null || width === undefined) return unknown;
  if (width.kind === 'int') return array(shape.map((dim) => compute('+', dim, compute('*', 2, width.value))));
  if (width.kind !== 'sequence' || width.items?.length !== shape.length) return array(shape.map(() => null));
  return array(shape.map((dim, axis) => {
    const own = width.items![axis];
    const sides = own.kind === 'sequence' ? own.items : null;
    if (sides?.length === 2) return compute('+', dim, compute('+', wholeOf(sides[0]), wholeOf(sides[1])));
    return sides?.length === 1 ? compute('+', dim, compute('*', 2, wholeOf(sides[0]))) : null;
  }));
}

function concatenated(parts: Abstract, axis: Abstract, stack = false): Abstract {
  if (parts.kind !== 'sequence') return unknown;
  const place = numberOf(wholeOf(axis));
  const shapes = parts.items?.map(shapeOf) ?? [shapeOf(parts.element)];
  if (shapes.some((shape) => shape === undefined) || place === null) return unknown;
  if (shapes.some((shape) => shape === null || shape!.length !== shapes[0]!.length || (stack && shape!.length < 2))) return array(null);
  const [first] = shapes as (readonly Dim[])[];
  const along = place < 0 ? place + first.length : place;
  const total = parts.items === null ? null : (shapes as (readonly Dim[])[]).reduce<Dim>((sum, shape) => compute('+', sum, shape[along] ?? null), 0);
  return array(first.map((dim, i) => (i === along ? total : (shapes as (readonly Dim[])[]).map((shape) => shape[i]).find((one) => one !== null) ?? dim)));
}

function stacked(parts: Abstract, axis: Abstract): Abstract {
  if (parts.kind !== 'sequence') return unknown;
  const element = parts.items === null || parts.items.length === 0 ? parts.element : parts.items.reduce(join);
  const shape = shapeOf(element);
  const place = numberOf(wholeOf(axis));
  if (shape == null || place === null) return shape === undefined ? unknown : array(null);
  const out = [...shape];
  out.splice(place < 0 ? shape.length + 1 + place : place, 0, parts.items?.length ?? null);
  return array(out);
}
