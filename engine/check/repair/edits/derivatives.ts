/** Local derivatives that are half there: `1 - s` without its one, `1 - t ** 2` without its square, or nothing left but a 1. */
import type {Expr} from '../../../python/ast.ts';
import type {Change, EditScope, ScopeName} from '../edit.ts';
import {binary, int, name} from '../build.ts';

export function* derivativeEdits(expression: Expr, scope: EditScope): Iterable<Change> {
  const {span} = expression;
  const rest = (inner: Expr): Expr => binary(int(1, span), '-', inner, span);
  const square = (inner: Expr): Expr => binary(inner, '**', int(2, span), span);
  switch (expression.kind) {
    case 'Number':
      if (Number(expression.value) !== 1) return;
      for (const {id} of scope.names.filter((other) => isActivation(other, scope))) {
        yield {now: rest(name(id, span)), code: 'missing-local-derivative', cost: 3};
        yield {now: rest(square(name(id, span))), code: 'missing-local-derivative', cost: 3};
      }
      return;
    case 'Unary':
      if (expression.operator !== '-' || !isPlace(expression.operand)) return;
      yield {now: rest(expression.operand), code: isNumber(expression.operand, scope) ? 'wrong-value' : 'missing-local-derivative', cost: 2};
      yield {now: rest(square(expression.operand)), code: 'missing-local-derivative', cost: 2.5};
      return;
    case 'Binary':
      if (expression.operator === '-' && expression.left.kind === 'Number' && Number(expression.left.value) === 1 && isPlace(expression.right)) {
        yield {now: {...expression, right: square(expression.right)}, code: 'missing-local-derivative', cost: 2};
      }
      return;
    case 'Name': case 'Attribute':
      if (scope.isInt) return;
      yield {now: rest(expression), code: 'missing-local-derivative', cost: 2.9};
      yield {now: rest(square(expression)), code: 'missing-local-derivative', cost: 2.9};
      return;
    default:
  }
}

/** Two factors at once, where the statement has lost a product or a difference. */
export function* doubleFactorEdits(expression: Expr, scope: EditScope): Iterable<Change> {
  const {span} = expression;
  const names = scope.names.filter((other) => isActivation(other, scope));
  if (names.length > MOST_NAMES) return;
  for (const [i, a] of names.entries()) {
    for (const [j, b] of names.entries()) {
      const [left, right] = [name(a.id, span), name(b.id, span)];
      if (i !== j) yield {now: binary(expression, '*', binary(left, '-', right, span), span), code: 'missing-factor', cost: 5};
      if (i < j) yield {now: binary(binary(expression, '*', left, span), '*', right, span), code: 'missing-factor', cost: 5};
    }
  }
}

const MOST_NAMES = 14;

function isNumber(expression: Expr, {names}: EditScope): boolean {
  return expression.kind === 'Name' && names.some(({id, shape}) => id === expression.id && shape?.length === 0);
}

function isPlace({kind}: Expr): boolean {
  return kind === 'Name' || kind === 'Attribute' || kind === 'Subscript';
}

/** An array of numbers that has the shape of the value. */
function isActivation({isInt, isBool, shape}: ScopeName, scope: EditScope): boolean {
  return !isInt && !isBool && shape !== null && shape.join() === (scope.shape ?? scope.wantedShape)?.join();
}
