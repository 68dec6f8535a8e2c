/** What a missing factor or term may be made of: the arrays at hand, simple functions and products of them, and numbers. */
import type {Expr} from '../../python/ast.ts';
import type {Span} from '../../python/span.ts';
import type {Quantity} from '../quantity.ts';
import {attribute, binary, int, name, numpy} from './build.ts';
import type {EditScope} from './edit.ts';

/** An array that broadcasts into the shape of a value, with how it is written. */
export interface Atom {
  /** The name that it is made of; the first of two. */
  readonly name: string;
  readonly expression: (span: Span) => Expr;
  /** Stretched to the shape. */
  readonly data: Float64Array;
  readonly cost: number;
  /** Whether it is a local derivative such as `1 - s`. */
  readonly isDerivative: boolean;
  /** Whether it is a name and nothing else. */
  readonly isPlain: boolean;
}

/** A number with a name: a size, a rate. */
export interface NamedNumber {
  readonly value: number;
  readonly expression: (span: Span) => Expr;
  readonly isRate: boolean;
  /** Whether it is a whole number: a size. */
  readonly isSize: boolean;
}

/** The atoms among the values `known`, plain names first. */
export function atomsFor(known: ReadonlyMap<string, Quantity>, scope: EditScope, shape: readonly number[]): Atom[] {
  const plain: Atom[] = [];
  const made: Atom[] = [];
  const ids = new Set(scope.names.map(({id}) => id));
  const arrays = [...known].filter(([id, {shape: own}]) => ids.has(id) && own.length > 0);
  for (const [id, quantity] of arrays) {
    const data = stretch(quantity, shape);
    if (data === null || data.every((value) => value === data[0])) continue;
    const self = (span: Span): Expr => name(id, span);
    plain.push({name: id, expression: self, data, cost: 0.4, isDerivative: false, isPlain: true});
    if (quantity.dtype === 'bool') {
      made.push({name: id, expression: (span) => ({kind: 'Unary', span, operator: '~', operand: self(span)}), data: data.map((value) => 1 - value), cost: 0.6, isDerivative: false, isPlain: false});
      continue;
    }
    const rest = (inner: Expr, span: Span): Expr => binary(int(1, span), '-', inner, span);
    made.push(
      {name: id, expression: (span) => rest(self(span), span), data: data.map((value) => 1 - value), cost: 0.6, isDerivative: true, isPlain: false},
      {name: id, expression: (span) => rest(binary(self(span), '**', int(2, span), span), span), data: data.map((value) => 1 - value * value), cost: 0.7, isDerivative: true, isPlain: false},
      {name: id, expression: (span) => numpy(scope.numpy, 'exp', [self(span)], {}, span), data: data.map(Math.exp), cost: 0.8, isDerivative: false, isPlain: false},
      {name: id, expression: (span) => positive(self(span)), data: data.map((value) => (value > 0 ? 1 : 0)), cost: 0.8, isDerivative: false, isPlain: false},
    );
  }
  return [...plain, ...made, ...sumsOf(arrays, shape, scope.numpy), ...matrixProducts(arrays, shape)];
}

/** `x > 0` */
function positive(left: Expr): Expr {
  return {kind: 'Compare', span: left.span, left, operators: ['>'], comparators: [int(0, left.span)]};
}

/** Scalars at hand by their names. */
export function constantsIn(known: ReadonlyMap<string, Quantity>, scope: EditScope): NamedNumber[] {
  const numbers: NamedNumber[] = [];
  for (const {id, isInt} of scope.names) {
    const quantity = known.get(id);
    if (quantity?.shape.length !== 0) continue;
    const [value] = quantity.data;
    if (Number.isFinite(value) && value !== 0 && value !== 1) numbers.push({value, expression: (span) => name(id, span), isSize: isInt, isRate: !isInt && /^(?:reg|lam|lambda_?|lambd|decay|weight_decay|l2|alpha)$/.test(id)});
  }
  return numbers;
}

type NamedArray = readonly [string, Quantity];

/** Sums of one array along one axis, stretched along it again. */
function* sumsOf(arrays: readonly NamedArray[], shape: readonly number[], alias: string): Iterable<Atom> {
  for (const [id, {shape: own, data}] of arrays) {
    if (own.length < 2 || own.join() !== shape.join()) continue;
    for (let axis = 0; axis < own.length; axis++) {
      const inner = own.slice(axis + 1).reduce((product, size) => product * size, 1);
      const sums = new Float64Array(data.length);
      data.forEach((_, i) => {
        const first = i - (Math.floor(i / inner) % own[axis]) * inner;
        for (let k = 0; k < own[axis]; k++) sums[i] += data[first + k * inner];
      });
      const yes = (span: Span): Expr => ({kind: 'Constant', span, value: true});
      yield {name: id, expression: (span) => numpy(alias, 'sum', [name(id, span)], {axis: int(axis, span), keepdims: yes(span)}, span), data: sums, cost: 1.2, isDerivative: false, isPlain: false};
    }
  }
}

/** `a @ b`, `a @ b.T` and `a.T @ b` of the shape. */
function* matrixProducts(arrays: readonly NamedArray[], shape: readonly number[]): Iterable<Atom> {
  if (shape.length !== 2) return;
  const matrices = arrays.filter(([, {shape: own}]) => own.length === 2).slice(0, MOST_MATRICES);
  for (const [leftName, left] of matrices) {
    for (const [rightName, right] of matrices) {
      for (const [turnLeft, turnRight] of [[false, false], [false, true], [true, false]]) {
        const [rows, inner] = turnLeft ? [left.shape[1], left.shape[0]] : left.shape;
        const [innerToo, columns] = turnRight ? [right.shape[1], right.shape[0]] : right.shape;
        if (rows !== shape[0] || columns !== shape[1] || inner !== innerToo) continue;
        const data = new Float64Array(rows * columns);
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            for (let k = 0; k < inner; k++) data[i * columns + j] += left.data[turnLeft ? k * rows + i : i * inner + k] * right.data[turnRight ? j * inner + k : k * columns + j];
          }
        }
        const turned = (id: string, turn: boolean, span: Span): Expr => (turn ? attribute(name(id, span), 'T') : name(id, span));
        yield {name: leftName, expression: (span) => ({kind: 'Binary', span, operator: '@', left: turned(leftName, turnLeft, span), right: turned(rightName, turnRight, span), operatorSpan: span}), data, cost: 1.2, isDerivative: false, isPlain: false};
      }
    }
  }
}

const MOST_MATRICES = 24;

/** The numbers broadcast to `shape`; null where they do not broadcast. */
export function stretch({shape: own, data}: Quantity, shape: readonly number[]): Float64Array | null {
  if (own.length > shape.length || data.length === 0) return null;
  const before = shape.length - own.length;
  if (own.some((size, axis) => size !== 1 && size !== shape[before + axis])) return null;
  const count = shape.reduce((product, size) => product * size, 1);
  const stretched = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let rest = i;
    let at = 0;
    let stride = 1;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const place = rest % shape[axis];
      rest = Math.floor(rest / shape[axis]);
      if (axis < before) continue;
      const size = own[axis - before];
      if (size !== 1) at += place * stride;
      stride *= size;
    }
    stretched[i] = data[at];
  }
  return stretched;
}
