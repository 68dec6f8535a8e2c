/**
 * Sizes of axes as expressions in the user's letters, or unknown. Two sizes are the same only where that can be shown:
 * both are brought into one form, a sum of products of letters. Knows nothing of arrays.
 */
import {combine, print} from '../dims/expression.ts';
import type {DimExpression} from '../dims/expression.ts';

/** Null: nothing is known of this axis but that it is there. */
export type Dim = DimExpression | null;

export type DimOperator = '+' | '-' | '*' | '//';

/** Coefficients of products of letters, by the letters in order, `C*H`; the constant's key is ''. */
type Sum = ReadonlyMap<string, number>;

/** With more terms than this an expression is nobody's size. */
const MOST_TERMS = 12;

export function sameDim(a: Dim, b: Dim): boolean {
  if (a === null || b === null) return false;
  return a === b || keyOf(sumOf(a)) === keyOf(sumOf(b));
}

/** A size computed of two others; simpler where it can be. */
export function compute(operator: DimOperator, left: Dim, right: Dim): Dim {
  if (left === null || right === null) return null;
  if (operator === '//' && right === 0) return null;
  const built = combine(operator, left, right);
  const sum = sumOf(built);
  if (sum.size > MOST_TERMS) return null;
  const simple = written(sum);
  if (simple === null) return built;
  const isMultiple = sum.size === 1 && sum.get('') === undefined && ![...sum.values()].includes(1);
  return isMultiple || print(simple).length < print(built).length ? simple : built;
}

/** The product of all; 1 of none. Null as soon as one is unknown. */
export function productOf(dims: readonly Dim[]): Dim {
  return dims.reduce<Dim>((product, dim) => compute('*', product, dim), 1);
}

/** `left / right` when it is a whole number of times, whatever the letters are; else null. */
export function quotient(left: Dim, right: Dim): Dim {
  if (left === null || right === null) return null;
  if (right === 1) return left;
  const divided = divide(sumOf(left), sumOf(right));
  return divided === null ? null : written(divided);
}

/** The number that a size is, or null when it has letters. */
export function numberOf(dim: Dim): number | null {
  return typeof dim === 'number' ? dim : null;
}

/** As people write it; `?` for what is unknown. */
export function dimText(dim: Dim): string | number {
  if (dim === null) return '?';
  return typeof dim === 'number' ? dim : print(dim);
}

function sumOf(expression: DimExpression): Sum {
  if (typeof expression === 'number') return new Map(expression === 0 ? [] : [['', expression]]);
  if (typeof expression === 'string') return new Map([[expression, 1]]);
  const left = sumOf(expression.left);
  const right = sumOf(expression.right);
  switch (expression.operator) {
    case '+': return add(left, right, 1);
    case '-': return add(left, right, -1);
    case '*': return multiply(left, right);
    case '//': return divide(left, right) ?? new Map([[`{${keyOf(left)}//${keyOf(right)}}`, 1]]);
  }
}

function add(left: Sum, right: Sum, sign: number): Sum {
  const sum = new Map(left);
  for (const [letters, count] of right) put(sum, letters, sign * count);
  return sum;
}

function multiply(left: Sum, right: Sum): Sum {
  const product = new Map<string, number>();
  for (const [a, m] of left) for (const [b, n] of right) put(product, joined(a, b), m * n);
  return product;
}

/** By one product of letters only; null when a term is no multiple of it. */
function divide(left: Sum, right: Sum): Sum | null {
  if (right.size !== 1) return null;
  const [[letters, count]] = right;
  const quotients = new Map<string, number>();
  for (const [own, times] of left) {
    const rest = without(own, letters);
    if (rest === null || times % count !== 0) return null;
    quotients.set(rest, times / count);
  }
  return quotients;
}

function put(sum: Map<string, number>, letters: string, count: number): void {
  const total = (sum.get(letters) ?? 0) + count;
  if (total === 0) sum.delete(letters);
  else sum.set(letters, total);
}

function joined(a: string, b: string): string {
  return [...lettersIn(a), ...lettersIn(b)].sort().join('*');
}

function without(letters: string, gone: string): string | null {
  const rest = lettersIn(letters);
  for (const letter of lettersIn(gone)) {
    const place = rest.indexOf(letter);
    if (place < 0) return null;
    rest.splice(place, 1);
  }
  return rest.join('*');
}

/** Letters of a product; a quotient in braces counts as one. */
function lettersIn(product: string): string[] {
  return product.match(/\{(?:[^{}]|\{[^{}]*\})*\}|[^*]+/g) ?? [];
}

function keyOf(sum: Sum): string {
  return [...sum].sort(([a], [b]) => (a < b ? -1 : 1)).map(([letters, count]) => `${count}*${letters}`).join('+');
}

/** A sum as an expression; null with a quotient in it, which keeps the form in which it was built. */
function written(sum: Sum): Dim {
  let expression: DimExpression = 0;
  for (const [letters, count] of sum) {
    if (letters.includes('{')) return null;
    const term = lettersIn(letters).reduce<DimExpression>((product, letter) => combine('*', product, letter), Math.abs(count));
    expression = count < 0 ? combine('-', expression, term) : combine('+', expression, term);
  }
  return expression;
}
