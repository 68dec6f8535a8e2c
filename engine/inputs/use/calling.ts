/**
 * Reads calls: builtins, NumPy, methods of arrays, dictionaries and lists, and functions of the same file, which are
 * followed. A call of something unknown says little, except by well-known names.
 */
import type {Call} from '../../python/ast.ts';
import {elementOf} from './binding.ts';
import {Dimension, Shape, arithmetic, dimensionOf, nameRank} from './dimension.ts';
import type {Whole} from './dimension.ts';
import {subscript} from './indexing.ts';
import type {Arguments} from './numpy.ts';
import {numpyCall} from './numpy.ts';
import type {Reading, Scope} from './reading.ts';
import {isLate, tested, thingsIn} from './expressions.ts';
import {believe, newScope} from './reading.ts';
import {Thing, array, bool, float, none, unknown, whole} from './values.ts';
import type {Abstract} from './values.ts';
import {asArray, inArithmetic, shapeOf, wholeOf} from './world.ts';
import type {AxisSpec} from '../spec.ts';

export function call(reading: Reading, expression: Call, scope: Scope): Abstract {
  const callee = reading.evaluate(expression.callee, scope);
  const positional: Abstract[] = [];
  const named = new Map<string, Abstract>();
  for (const argument of expression.args) {
    const value = reading.evaluate(argument.value, scope);
    if (argument.name !== null) named.set(argument.name, value);
    else if (argument.star === '*' && value.kind === 'sequence' && !value.open) positional.push(...value.items);
    else if (argument.star === '*' && value.kind === 'shape' && value.of.axes !== null) positional.push(...value.of.axes.map((axis) => whole(axis)));
    else if (argument.star !== '**') positional.push(value);
  }
  return apply(reading, callee, {positional, named}, scope);
}

function apply(reading: Reading, callee: Abstract, args: Arguments, scope: Scope): Abstract {
  switch (callee.kind) {
    case 'function': return reading.invoke(callee.definition, args, callee.self, scope);
    case 'class': return reading.construct(callee.definition, args, scope);
    case 'lambda': {
      if (reading.world.calls-- <= 0) return unknown();
      const inner = newScope(callee.scope, callee.scope.definition);
      for (const [i, {name}] of callee.expression.params.entries()) inner.names.set(name, args.positional.at(i) ?? args.named.get(name) ?? unknown());
      return reading.evaluate(callee.expression.body, inner);
    }
    case 'object': return unknown();
    case 'module': return moduleCall(reading, callee.path, args);
    case 'method': return callee.of.kind === 'none' ? builtin(reading, callee.name, args, scope) : methodCall(reading, callee.of, callee.name, args);
    case 'thing': {
      callee.evidence.called++;
      const [first] = args.positional as readonly (Abstract | undefined)[];
      return first?.kind === 'thing' && args.positional.length === 1 ? new Thing(first.shape) : unknown();
    }
    default: return unknown();
  }
}

function moduleCall(reading: Reading, path: string, args: Arguments): Abstract {
  const name = path.replace(/^[^.]+\./, '').replace(/^(?:random|lib|lib\.stride_tricks|core|special|nn\.functional|ma)\./, '');
  if (name === 'add.at' || name === 'subtract.at' || name === 'maximum.at') {
    const [target, index] = args.positional as readonly (Abstract | undefined)[];
    if (target !== undefined && index !== undefined) subscript(reading.world, target, index);
    return none;
  }
  // The functions of torch take other arguments than those of NumPy.
  return (path.startsWith('torch') ? undefined : numpyCall(name, args, false)) ?? known(reading, name, args) ?? unknown();
}

function methodCall(reading: Reading, of: Abstract, name: string, args: Arguments): Abstract {
  const [first, second] = args.positional as readonly (Abstract | undefined)[];
  if (name === 'get' || name === 'setdefault' || name === 'pop') {
    if (first?.kind === 'string' && (of.kind === 'thing' || of.kind === 'dict')) {
      const item = subscript(reading.world, of, first);
      if (item.kind === 'thing') item.evidence.optional = true;
      if (item.kind === 'thing' && second !== undefined && shapeOf(second)?.rank !== 0) {
        const shape = shapeOf(second);
        if (shape?.axes && second.kind === 'thing') item.shape.equate(shape);
      }
      return item;
    }
    if (name !== 'get') return unknown();
  }
  if (of.kind === 'thing') {
    if (name === 'items' || name === 'keys' || name === 'values') {
      of.evidence.keyed++;
      const key: Abstract = {kind: 'string', value: null, prefix: ''};
      const items: Abstract[] = name === 'keys' ? [key] : name === 'values' ? [unknown()] : [{kind: 'sequence', items: [key, unknown()], tuple: true, open: false}];
      return {kind: 'sequence', items, tuple: false, open: true};
    }
    const result = numpyCall(name, {positional: [of, ...args.positional], named: args.named}, true);
    if (result !== undefined) {
      of.evidence.array++;
      return result;
    }
    if (name === 'save_for_backward') (of.kept ??= new Map()).set('saved_tensors', {kind: 'sequence', items: [...args.positional], tuple: true, open: false});
    if (name === 'append' || name === 'extend') of.evidence.iterated++;
    else if (name === 'lower' || name === 'upper' || name === 'startswith') of.evidence.choices.push('');
    else if (!['format', 'view', 'tobytes', 'clear', 'update'].includes(name)) of.evidence.object++;
    return unknown();
  }
  if (of.kind === 'sequence' && name === 'append' && first !== undefined) {
    of.items.push(first);
    return none;
  }
  if (of.kind === 'dict' && name === 'update') {
    for (const [key, value] of [...(first?.kind === 'dict' ? first.entries : []), ...args.named]) of.entries.set(key, value);
    return none;
  }
  if (of.kind === 'dict' && (name === 'items' || name === 'values')) {
    const one = [...of.entries.values()][0] ?? unknown();
    const key: Abstract = {kind: 'string', value: null, prefix: ''};
    return {kind: 'sequence', tuple: false, open: true, items: [name === 'values' ? one : {kind: 'sequence', items: [key, one], tuple: true, open: false}]};
  }
  if (of.kind === 'string' && name === 'format') {
    return {kind: 'string', value: null, prefix: of.prefix.split('{')[0], late: first !== undefined && isLate(reading, first), parts: thingsIn([first])};
  }
  return unknown();
}

function builtin(reading: Reading, name: string, args: Arguments, scope: Scope): Abstract {
  const [first, second] = args.positional as readonly (Abstract | undefined)[];
  switch (name) {
    case 'range': case 'xrange': {
      const end = second ?? first;
      const count = end === undefined ? null : wholeOf(end, true);
      if (second !== undefined && first !== undefined) wholeOf(first, true);
      const fromZero = second === undefined || (first?.kind === 'int' && first.value === 0);
      return {kind: 'range', count: count !== null && fromZero && args.positional.length < 3 ? count : new Dimension()};
    }
    case 'len': {
      if (first?.kind === 'thing') return whole(first.shape.axis(0) ?? new Dimension());
      if (first?.kind === 'sequence' && !first.open) return whole(first.items.length);
      if (first?.kind === 'shape') return {kind: 'ndim', of: first.of, thing: first.thing};
      return whole(new Dimension());
    }
    case 'int': return first?.kind === 'int' ? first : whole(first?.kind === 'thing' && first.shape.rank === null ? first.whole : new Dimension());
    case 'float': case 'round': case 'sum': return first?.kind === 'int' ? first : float;
    case 'abs': return first ?? unknown();
    case 'max': case 'min': return first?.kind === 'int' ? first : float;
    case 'reversed': case 'sorted': case 'list': case 'tuple': case 'iter': return first ?? {kind: 'sequence', items: [], tuple: name === 'tuple', open: true};
    case 'enumerate': return {kind: 'sequence', tuple: false, open: true, items: [{kind: 'sequence', tuple: true, open: false, items: [whole(new Dimension()), first === undefined ? unknown() : elementOf(reading, first)]}]};
    case 'zip': return {kind: 'sequence', tuple: false, open: true, items: [{kind: 'sequence', tuple: true, open: false, items: args.positional.map((one) => elementOf(reading, one))}]};
    case 'isinstance': case 'hasattr': case 'callable': return bool;
    case 'bool': return first === undefined ? bool : tested(first);
    case 'str': case 'repr': return {kind: 'string', value: null, prefix: first?.kind === 'string' ? first.prefix : '', late: first !== undefined && isLate(reading, first), parts: thingsIn([first])};
    case 'dict': return {kind: 'dict', entries: new Map(args.named)};
    case 'super': {
      const self = scope.definition === null ? undefined : scope.names.get(scope.definition.params[0]?.name);
      return self ?? unknown();
    }
    case 'print': case 'type': case 'id': return unknown();
    default: return known(reading, name, args) ?? unknown();
  }
}

const image: readonly AxisSpec[] = [{letter: 'N'}, {letter: 'C'}, {letter: 'H'}, {letter: 'W'}];
const filters: readonly AxisSpec[] = [{letter: 'F'}, {letter: 'C'}, {letter: 'HH'}, {letter: 'WW'}];

/** Functions that people import under well-known names and that are not in this file. */
function known(reading: Reading, name: string, args: Arguments): Abstract | undefined {
  const [x, w, b] = args.positional as readonly (Abstract | undefined)[];
  if (x === undefined) return undefined;
  const cache = (out: Abstract): Abstract => ({kind: 'sequence', tuple: true, open: false, items: [out, unknown()]});
  // Their letters are their own: D of one layer is not D of the next.
  const inside: Reading = {...reading, letters: new Map()};
  const like = (value: Abstract): Thing => new Thing(shapeOf(value) ?? new Shape());
  const tell = (value: Abstract | undefined, axes: readonly AxisSpec[]): void => {
    if (value?.kind === 'thing' && value.shape.rank === null) believe(inside, value.shape, axes, nameRank.computed);
    if (value !== undefined) asArray(value);
  };
  if (/^(?:sigmoid|softmax|relu|tanh|leaky_relu|lrelu|elu|swish|gelu|softplus|identity(?:_function)?|step_function|stable_softmax)$/i.test(name)) {
    inArithmetic(x);
    const shape = shapeOf(x);
    return shape === null ? unknown() : array(shape);
  }
  if (name === 'conv2d' && w !== undefined) {
    tell(x, image);
    tell(w, filters);
    tell(b, [{letter: 'F'}]);
    if (!args.named.has('groups') && args.positional.length < 7) tie(x, 1, w, 1);
    tie(b, 0, w, 0);
    for (const axis of [2, 3]) {
      const [dimension, than] = [shapeOf(x)?.axes?.[axis], shapeOf(w)?.axes?.[axis]];
      if (dimension !== undefined && than !== undefined) reading.world.reach.push({dimension, than});
    }
    return array(new Shape([shapeOf(x)?.axes?.[0] ?? new Dimension(), shapeOf(w)?.axes?.[0] ?? new Dimension(), new Dimension(), new Dimension()]));
  }
  if (/^(?:im2col|im2col_indices|im2col_cython)$/.test(name)) {
    tell(x, image);
    for (const one of args.positional.slice(1)) wholeOf(one, true);
    return array(new Shape([new Dimension(), new Dimension()]));
  }
  if (/^affine_(?:\w+_)?forward$/.test(name)) {
    tell(w, [{letter: 'D'}, {letter: 'M'}]);
    tell(b, [{letter: 'M'}]);
    tell(x, [{letter: 'N'}, {letter: 'D'}]);
    const features = shapeOf(x)?.axes?.slice(1) ?? [];
    if (features.length === 1) tie(x, 1, w, 0);
    else if (features.length > 1) (w === undefined ? null : shapeOf(w))?.axis(0)?.define(features.reduce<Whole>((all, axis) => arithmetic('*', all, axis), 1));
    tie(b, 0, w, 1);
    const [rows, columns] = [shapeOf(x)?.axes?.[0], w?.kind === 'thing' ? w.shape.axes?.[1] : undefined];
    return cache(array(rows && columns ? new Shape([rows, columns]) : new Shape()));
  }
  if (/^conv_(?:\w+_)?forward(?:_\w+)?$/.test(name)) {
    tell(x, image);
    tell(w, filters);
    tell(b, [{letter: 'F'}]);
    const of = args.positional.at(3);
    settings(of, ['stride', 'pad']);
    const filter = w === undefined ? null : shapeOf(w);
    tie(x, 1, w, 1);
    tie(b, 0, w, 0);
    const pool = name.includes('pool') ? args.positional.at(-1) : undefined;
    if (pool !== undefined) {
      settings(pool, ['pool_height', 'pool_width', 'stride']);
      const inner = array(slid(reading, shapeOf(x), filter, of, (axis) => filter?.axes?.[axis], 'stride'));
      return cache(pooled(reading, inner, pool));
    }
    return cache(array(slid(reading, shapeOf(x), filter, of, (axis) => filter?.axes?.[axis], 'stride')));
  }
  if (/^max_pool_forward(?:_\w+)?$/.test(name)) {
    tell(x, image);
    settings(w, ['pool_height', 'pool_width', 'stride']);
    return cache(pooled(reading, x, w));
  }
  if (name === 'dropout_forward') settings(w, ['mode', 'p']);
  if (/^(?:relu|sigmoid|tanh|dropout)_forward$/.test(name)) return cache(like(x));
  if (/^(?:spatial_)?(?:batch|layer|group)norm_forward$/.test(name)) {
    const spatial = name.startsWith('spatial');
    tell(x, spatial ? image : [{letter: 'N'}, {letter: 'D'}]);
    for (const one of [w, b]) {
      tell(one, [{letter: spatial ? 'C' : 'D'}]);
      tie(one, 0, x, spatial ? 1 : -1);
    }
    settings(args.positional[3], name.includes('batch') ? ['mode'] : []);
    return cache(like(x));
  }
  if (/^(?:softmax|svm)_loss$/.test(name) && w?.kind === 'thing') {
    tell(x, [{letter: 'N'}, {letter: 'C'}]);
    if (w.shape.rank === null) w.shape.settle(1);
    const [rows, columns] = (shapeOf(x)?.axes ?? []) as readonly (Dimension | undefined)[];
    if (rows !== undefined) w.shape.axis(0)?.equate(rows);
    if (columns !== undefined) w.evidence.index.push(columns);
    w.evidence.picks++;
    return {kind: 'sequence', tuple: true, open: false, items: [float, like(x)]};
  }
  return undefined;
}

/** Makes an axis of one array equal to an axis of another, where both ranks are known. */
function tie(a: Abstract | undefined, axis: number, b: Abstract | undefined, other: number): void {
  const [left, right] = [a === undefined ? null : shapeOf(a), b === undefined ? null : shapeOf(b)];
  if (left?.axes && right?.axes) {
    const to = right.axes.at(other);
    if (to !== undefined) left.axes.at(axis)?.equate(to);
  }
}

/** A whole number in a dictionary of settings, which is an input or is written in the code. */
function settingOf(of: Abstract | undefined, key: string): Whole | null {
  if (of?.kind === 'thing') return of.entry(key).whole;
  const value = of?.kind === 'dict' ? of.entries.get(key) : undefined;
  return value === undefined ? null : wholeOf(value, false);
}

/** What a max-pooling layer makes of an image: windows that fit without a rest. */
function pooled(reading: Reading, x: Abstract, of: Abstract | undefined): Thing {
  const window = (axis: number): Whole | undefined => settingOf(of, axis === 2 ? 'pool_height' : 'pool_width') ?? undefined;
  for (const axis of [2, 3]) {
    const [value, by] = [shapeOf(x)?.axes?.[axis], window(axis)];
    if (value !== undefined && by !== undefined) reading.world.divisible.push({value, by});
  }
  return array(slid(reading, shapeOf(x), null, of, window, 'stride'));
}

/** The shape after windows have gone over an image: (N, F or C, H', W'), and what that needs of H and W. */
function slid(
  reading: Reading, of: Shape | null, filter: Shape | null, settingsOf: Abstract | undefined, window: (axis: number) => Whole | undefined, stride: string,
): Shape {
  const axes = of?.axes;
  const step = settingOf(settingsOf, stride);
  const pad = filter === null ? 0 : settingOf(settingsOf, 'pad');
  if (axes?.length !== 4) return new Shape([new Dimension(), new Dimension(), new Dimension(), new Dimension()]);
  if (step === null || pad === null) return new Shape([axes[0], filter?.axes?.[0] ?? axes[1], new Dimension(), new Dimension()]);
  const padding = arithmetic('*', 2, pad);
  const out = [2, 3].map((axis) => {
    const size = window(axis);
    if (size === undefined) return new Dimension();
    const room = arithmetic('-', arithmetic('+', axes[axis].definition ?? axes[axis], padding), size);
    reading.world.divisible.push({value: room, by: step});
    return dimensionOf(arithmetic('+', 1, arithmetic('//', room, step)));
  });
  return new Shape([axes[0], filter?.axes?.[0] ?? axes[1], ...out]);
}

function settings(value: Abstract | undefined, keys: readonly string[]): void {
  if (value?.kind !== 'thing') return;
  value.evidence.keyed++;
  for (const key of keys) {
    if (key === 'p') value.entry(key);
    else if (key === 'mode') value.entry(key).evidence.choices.push('train', 'test');
    else value.entry(key).evidence.integer++;
  }
}
