/**
 * What one operation hands back to one of its operands, written with the user's own operands. The rules are the texts of the
 * NumPy tables, which a test holds to the tape; here they are worked out for the shapes and options at hand.
 */
import {NDArray} from '../ndarray/array.ts';
import {Tuple} from '../ndarray/values.ts';
import type {Value} from '../ndarray/values.ts';
import type {OperationEvent} from '../interpreter/events.ts';
import {lookup} from '../numpy/table.ts';
import type {Explanation, Row} from '../numpy/row.ts';
import type {Expr} from '../python/ast.ts';
import {binary, call, formula, literal, number, rewrite, subscript, tidy, transpose} from './formula.ts';
import {operators} from './operation.ts';

/** What comes back. */
export type Handed =
  | {readonly kind: 'value'; readonly expr: Expr; /** The axes that it was summed over because the operand had been broadcast. */ readonly summed: readonly number[]}
  /** Added at an index of zeros of the operand's shape. */
  | {readonly kind: 'scatter'; readonly index: Expr; readonly expr: Expr; readonly repeats: boolean}
  /** All but what was written over. */
  | {readonly kind: 'rest'; readonly index: Expr; readonly expr: Expr};

export interface Call {
  readonly event: OperationEvent;
  /** The operands as they are to be written, in the event's order. */
  readonly operands: readonly Expr[];
  /** For each keyword argument its name, in the order of the operands; null for what was given by position. */
  readonly keywords: readonly (string | null)[];
  /** The gradient of the result, and the result. */
  readonly g: Expr;
  readonly out: Expr;
}

/** What is said of the operation in words; null when nothing is known of it. */
export function ruleOf(operation: string): Explanation | null {
  return rowOf(operation)?.explain ?? null;
}

/** Null when it can't be written down in one line. */
export function handedBack(given: Call, operand: number, inList: number | null): Handed | null {
  const {event: {name: operation, operands: values, result}, operands, g} = given;
  if (operation === 'getitem') return operand === 0 ? {kind: 'scatter', index: operands[1], expr: g, repeats: mayRepeat(values[1])} : null;
  if (operation === 'setitem') return operand === 2 ? written(subscript(g, operands[1]), given) : operand === 0 ? {kind: 'rest', index: operands[1], expr: g} : null;
  if (/=$/.test(operation) && values.length === 3) return augmented(given, operand);
  const row = rowOf(operation);
  if (row?.explain === undefined) return null;
  if (inList !== null) return listed(row, given, inList);
  if (row.names.includes('np.dot') || row.names.includes('np.matmul')) return product(given, operand, row);
  const bound = bind(row, given);
  const parameter = [...bound].find(([, {place}]) => place === operand)?.[0];
  const text = parameter === undefined ? undefined : row.explain.pullback[parameter];
  if (parameter === undefined || text === undefined) return null;
  const env = new Environment(bound, result);
  const worked = env.work(formula(text), values[operand]);
  if (worked === null) return null;
  const inUsersWords = rewrite(worked.expr, (part) => {
    if (part.kind !== 'Name') return part;
    if (part.id === 'g') return g;
    if (part.id === 'out') return given.out;
    return bound.get(part.id)?.expr ?? part;
  });
  return {kind: 'value', expr: tidy(inUsersWords), summed: worked.summed};
}

/** By the name of an event: an operator, also one that writes into its operand, or a function of NumPy or `math`. */
function rowOf(operation: string): Row | undefined {
  const bare = operation.replace(/^([-+*/@]|\*\*)=$/, '$1').replace(/^math\./, 'np.');
  return lookup(operators[bare] ?? bare);
}

interface Bound {
  readonly expr: Expr;
  /** Undefined for a default, which `expr` holds. */
  readonly value: Value | undefined;
  readonly place: number;
}

/** Parameters of the row with what the call gives for them. */
function bind(row: Row, {operands, keywords, event}: Call): Map<string, Bound> {
  const bound = new Map<string, Bound>();
  const parameters = row.signature.replace(/\([^)]*\)/g, '0').split(',').map((part) => part.trim()).filter((part) => part !== '' && part !== '/' && part !== '*');
  let next = 0;
  const positional = keywords.flatMap((keyword, place) => (keyword === null ? [place] : []));
  for (const parameter of parameters) {
    const [key, preset] = parameter.split('=').map((part) => part.trim());
    if (key.startsWith('*')) {
      const rest = positional.slice(next);
      next = positional.length;
      // No operand of the gradient: how axes are given.
      bound.set(key.slice(1), {expr: {kind: 'Tuple', span: {start: 0, end: 0}, items: rest.map((place) => operands[place])}, value: new Tuple(rest.map((place) => event.operands[place])), place: operands.length});
      continue;
    }
    const place = keywords.includes(key) ? keywords.indexOf(key) : next < positional.length ? positional[next++] : -1;
    if (place >= 0) bound.set(key, {expr: operands[place], value: event.operands[place], place});
    else bound.set(key, {expr: formula(preset), value: undefined, place});
  }
  return bound;
}

/** The places of an array product, by the number of axes of its factors. */
function product({event, operands: [a, b], g}: Call, operand: number, row: Row): Handed | null {
  const [x, y] = event.operands;
  const [m, n] = [rankOf(x), rankOf(y)];
  const value = (expr: Expr): Handed => ({kind: 'value', expr: tidy(expr), summed: []});
  const outer = (left: Expr, right: Expr): Expr => call('np.outer', [left, right]);
  const first = operand === 0;
  if (m === 1 && n === 1) return value(binary(g, '*', first ? b : a));
  if (m === 2 && n === 2) return value(first ? binary(g, '@', transpose(b)) : binary(transpose(a), '@', g));
  if (m === 2 && n === 1) return value(first ? outer(g, b) : binary(transpose(a), '@', g));
  if (m === 1 && n === 2) return value(first ? binary(b, '@', g) : outer(a, g));
  if (m === 0 || n === 0) {
    const own = first ? m : n;
    const factors = binary(g, '*', first ? b : a);
    return own === 0 && rankOf(event.result) > 0 ? {kind: 'value', expr: call('np.sum', [factors]), summed: axes(rankOf(event.result))} : value(factors);
  }
  // A batch of rows times one matrix: all axes but the last are one long batch.
  if (n === 2 && m > 2) {
    if (first) return value(binary(g, '@', transpose(b)));
    return value(call('np.tensordot', [a, g], {axes: {kind: 'Tuple', span: {start: 0, end: 0}, items: [list(axes(m - 1)), list(axes(m - 1))]}}));
  }
  if (m === n && row.names.includes('np.matmul') && sameBatch(x, y)) {
    const swap = (expr: Expr): Expr => call('np.swapaxes', [expr, number(-1), number(-2)]);
    return value(first ? binary(g, '@', swap(b)) : binary(swap(a), '@', g));
  }
  return null;
}

function augmented(all: Call, operand: number): Handed | null {
  const {event, operands: [, index, given], g} = all;
  const at = subscript(g, index);
  if (operand === 0 && /^[-+]=$/.test(event.name)) return {kind: 'value', expr: g, summed: []};
  if (operand !== 2) return null;
  if (event.name === '+=') return written(at, all);
  return event.name === '-=' ? written({kind: 'Unary', span: given.span, operator: '-', operand: at}, all) : null;
}

/** One of a list of arrays that are put together. */
function listed(row: Row, {g, operands}: Call, k: number): Handed | null {
  const plain = operands.length === 1;
  if (row.names.includes('np.array') || (row.names.includes('np.stack') && plain)) return {kind: 'value', expr: subscript(g, number(k)), summed: []};
  return null;
}

/** What goes back to something that was written into a part of an array; a number may have filled many places. */
function written(expr: Expr, {event}: Call): Handed | null {
  const value = event.operands[2];
  const places = event.endEntry - event.firstEntry;
  const size = value instanceof NDArray ? value.size : 1;
  if (size === places) return {kind: 'value', expr, summed: []};
  return size === 1 && rankOf(value) === 0 ? {kind: 'value', expr: call('np.sum', [expr]), summed: []} : null;
}

/** What is known of the parameters of a call, and the rules of a pullback text worked out with it. */
class Environment {
  constructor(private readonly bound: ReadonlyMap<string, Bound>, private readonly result: Value) {}

  /** With the names of the row's parameters still in it. Null when something of it stays open. */
  work(text: Expr, operand: Value): {readonly expr: Expr; readonly summed: readonly number[]} | null {
    let summed: readonly number[] = [];
    const open: Expr[] = [];
    const expr = rewrite(this.choose(text), (part) => {
      if (part.kind === 'Conditional') open.push(part);
      if (part.kind === 'Call' && part.callee.kind === 'Name' && part.callee.id === 'unbroadcast') {
        const {leading, kept} = broadcastAxes(shapeOf(operand), shapeOf(this.result));
        summed = [...leading, ...kept];
        return summedOver(part.args[0].value, leading, kept, rankOf(operand));
      }
      return this.shorten(part);
    });
    return open.length > 0 ? null : {expr, summed};
  }

  /** Conditional expressions by their tests, from the outside in. */
  private choose(expr: Expr): Expr {
    if (expr.kind === 'Conditional') {
      const holds = this.truth(expr.test);
      if (holds !== null) return this.choose(holds ? expr.then : expr.otherwise);
      return expr;
    }
    return rewriteOutside(expr, (part) => (part.kind === 'Conditional' ? this.choose(part) : null));
  }

  private truth(test: Expr): boolean | null {
    if (test.kind === 'BoolOp') {
      const values = test.values.map((value) => this.truth(value));
      const decisive = test.operator === 'or';
      if (values.includes(decisive)) return decisive;
      return values.includes(null) ? null : !decisive;
    }
    if (test.kind === 'Name') {
      const value = this.valueOf(test.id);
      return typeof value === 'boolean' ? value : value === undefined ? null : value === null ? false : null;
    }
    if (test.kind !== 'Compare') return null;
    const sides = [test.left, ...test.comparators].map((side) => this.constant(side));
    if (sides.includes(undefined)) return null;
    return test.operators.every((operator, i) => {
      const [left, right] = [sides[i], sides[i + 1]];
      if (operator === 'is' || operator === '==') return left === right;
      if (operator === 'is not' || operator === '!=') return left !== right;
      return Number(left) > Number(right) === (operator === '>');
    });
  }

  /** A number, None, or something that is neither; undefined when it is not known. */
  private constant(expr: Expr): unknown {
    if (expr.kind === 'Constant') return expr.value;
    const value = literal(expr);
    if (value !== null) return value;
    if (expr.kind === 'Name') return this.valueOf(expr.id);
    if (expr.kind === 'Attribute' && expr.name === 'ndim' && expr.object.kind === 'Name') return this.rank(expr.object.id);
    if (expr.kind === 'Call' && expr.callee.kind === 'Attribute' && expr.callee.name === 'ndim' && expr.args[0].value.kind === 'Name') return this.rank(expr.args[0].value.id);
    if (expr.kind === 'Call' && expr.callee.kind === 'Name' && expr.callee.id === 'len' && expr.args[0].value.kind === 'Name') {
      const of = this.valueOf(expr.args[0].value.id);
      return of instanceof Tuple ? of.items.length : of === null || of === undefined ? undefined : 1;
    }
    return undefined;
  }

  private rank(id: string): number | undefined {
    if (id === 'g' || id === 'out') return rankOf(this.result);
    const value = this.bound.get(id)?.value;
    return value === undefined ? undefined : rankOf(value);
  }

  private valueOf(id: string): Value | undefined {
    const known = this.bound.get(id);
    if (known === undefined) return undefined;
    if (known.place >= 0) return known.value;
    if (known.expr.kind === 'Constant' && known.expr.value !== 'Ellipsis') return known.expr.value;
    return literal(known.expr) ?? undefined;
  }

  /** `np.expand_dims` as an index, sizes of what was averaged by their axis. */
  private shorten(part: Expr): Expr {
    if (part.kind === 'Call' && part.callee.kind === 'Attribute' && part.callee.name === 'expand_dims') return this.expanded(part.args[0].value, part.args[1].value) ?? part;
    if (part.kind === 'Call' && part.callee.kind === 'Attribute' && part.callee.name === 'argsort') return this.inverse(part.args[0].value) ?? part;
    if (part.kind === 'Binary' && part.operator === '/') {
      const {left, right} = part;
      if (isSizeOf(right, 'a') && left.kind === 'Binary' && left.operator === '*' && isResultSize(left.right)) return binary(left.left, '/', this.averaged() ?? binary(right, '/', left.right));
      if (isSizeOf(left, 'a') && isResultSize(right)) return this.averaged() ?? part;
    }
    if (part.kind === 'Binary' && part.operator === '-' && part.right.kind === 'Name' && part.right.id === 'ddof') return this.valueOf('ddof') === 0 ? part.left : part;
    if (part.kind === 'Call' && part.callee.kind === 'Attribute' && part.callee.name === 'swapaxes' && part.args[0].value.kind === 'Name' && this.rank(part.args[0].value.id) === 2) return transpose(part.args[0].value);
    return part;
  }

  /** The axes that undo a permutation. */
  private inverse(axes_: Expr): Expr | null {
    const value = axes_.kind === 'Name' ? this.valueOf(axes_.id) : axes_.kind === 'Subscript' && axes_.object.kind === 'Name' ? this.firstOf(axes_.object.id) : undefined;
    if (!(value instanceof Tuple) || value.items.some((item) => typeof item !== 'number')) return null;
    const order = value.items.map((item) => (Number(item) + value.items.length) % value.items.length);
    return {kind: 'Tuple', span: axes_.span, items: order.map((_, axis) => number(order.indexOf(axis)))};
  }

  private firstOf(id: string): Value | undefined {
    const value = this.valueOf(id);
    return value instanceof Tuple ? value.items.at(0) : undefined;
  }

  /** How many numbers each result was made of. */
  private averaged(): Expr | null {
    const axis = this.valueOf('axis');
    if (axis === null || axis === undefined) return formula('a.size');
    if (typeof axis === 'number') return subscript(formula('a.shape'), number(axis));
    if (!(axis instanceof Tuple)) return null;
    return axis.items.map((item) => subscript(formula('a.shape'), number(Number(item)))).reduce((product_, size) => binary(product_, '*', size));
  }

  private expanded(of: Expr, axis: Expr): Expr | null {
    const value = axis.kind === 'Name' ? this.valueOf(axis.id) : this.constant(axis);
    const wanted = typeof value === 'number' ? [value] : value instanceof Tuple ? value.items.map(Number) : null;
    if (wanted === null) return null;
    const rank = rankOf(this.result) + wanted.length;
    const at = new Set(wanted.map((each) => (each + rank) % rank));
    const items = axes(rank).map((each) => (at.has(each) ? 'None' : ':'));
    // In front of all others NumPy adds axes by itself.
    while (items.at(0) === 'None') items.shift();
    return items.includes('None') ? subscript(of, indexOf(items)) : of;
  }
}

function indexOf(items: readonly string[]): Expr {
  const whole = formula(`x[${items.join(', ')}]`);
  if (whole.kind !== 'Subscript') throw new Error('an index is expected');
  return whole.index;
}

/** Parents before children; a part that `change` gives something for is not looked into. */
function rewriteOutside(expr: Expr, change: (expr: Expr) => Expr | null): Expr {
  const whole = change(expr);
  if (whole !== null) return whole;
  const inner = (part: Expr): Expr => rewriteOutside(part, change);
  switch (expr.kind) {
    case 'Unary': return {...expr, operand: inner(expr.operand)};
    case 'Binary': return {...expr, left: inner(expr.left), right: inner(expr.right)};
    case 'Compare': return {...expr, left: inner(expr.left), comparators: expr.comparators.map(inner)};
    case 'Call': return {...expr, args: expr.args.map((arg) => ({...arg, value: inner(arg.value)}))};
    case 'Attribute': return {...expr, object: inner(expr.object)};
    case 'Subscript': return {...expr, object: inner(expr.object), index: inner(expr.index)};
    case 'Tuple': case 'List': return {...expr, items: expr.items.map(inner)};
    default: return expr;
  }
}

function summedOver(expr: Expr, leading: readonly number[], kept: readonly number[], rank: number): Expr {
  const axis = (over: readonly number[]): Expr => (over.length === 1 ? number(over[0]) : {kind: 'Tuple', span: expr.span, items: over.map(number)});
  if (leading.length + kept.length === 0) return expr;
  if (rank === 0) return call('np.sum', [expr]);
  const inner = kept.length === 0 ? expr : call('np.sum', [expr], {axis: axis(kept), keepdims: {kind: 'Constant', span: expr.span, value: true}});
  return leading.length === 0 ? inner : call('np.sum', [inner], {axis: axis(leading)});
}

/** Axes of the result that an operand has not, and those where it has one place for many. */
function broadcastAxes(operand: readonly number[], result: readonly number[]): {leading: readonly number[]; kept: readonly number[]} {
  const extra = result.length - operand.length;
  return {leading: axes(Math.max(0, extra)), kept: operand.flatMap((size, axis) => (size === 1 && result[axis + extra] !== 1 ? [axis + extra] : []))};
}

function mayRepeat(index: Value): boolean {
  if (index instanceof Tuple) return index.items.some(mayRepeat);
  return index instanceof NDArray && index.dtype !== 'bool';
}

function isSizeOf(expr: Expr, id: string): boolean {
  return expr.kind === 'Attribute' && expr.name === 'size' && expr.object.kind === 'Name' && expr.object.id === id;
}

function isResultSize(expr: Expr): boolean {
  return expr.kind === 'Call' && expr.callee.kind === 'Attribute' && expr.callee.name === 'size' && expr.args[0].value.kind === 'Name' && expr.args[0].value.id === 'out';
}

function sameBatch(x: Value, y: Value): boolean {
  return shapeOf(x).slice(0, -2).join() === shapeOf(y).slice(0, -2).join();
}

function list(items: readonly number[]): Expr {
  return {kind: 'List', span: {start: 0, end: 0}, items: items.map(number)};
}

function axes(count: number): number[] {
  return Array.from({length: count}, (_, axis) => axis);
}

function rankOf(value: Value): number {
  return shapeOf(value).length;
}

function shapeOf(value: Value): readonly number[] {
  return value instanceof NDArray ? value.shape : [];
}
