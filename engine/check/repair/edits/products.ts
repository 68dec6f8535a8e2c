/** Matrix products: transposes missing or in the wrong place, operands swapped, `*` where `@` is meant. */
import type {Call, Expr} from '../../../python/ast.ts';
import type {Change, EditScope} from '../edit.ts';
import {binary, method, numpy, transposed} from '../build.ts';

interface Product {
  readonly left: Expr;
  readonly right: Expr;
  readonly make: (left: Expr, right: Expr) => Expr;
}

export function* productEdits(expression: Expr, {numpy: alias, raised}: EditScope): Iterable<Change> {
  const product = productOf(expression);
  if (product !== null) {
    const {left, right, make} = product;
    yield {now: make(transposed(left), right), code: 'missing-transpose', cost: 2};
    yield {now: make(left, transposed(right)), code: 'missing-transpose', cost: 2};
    yield {now: make(right, left), code: 'swapped-operands', cost: 2};
    yield {now: make(transposed(right), transposed(left)), code: 'missing-transpose', cost: 3};
    yield {now: make(transposed(right), left), code: 'swapped-operands', cost: 3};
    yield {now: make(right, transposed(left)), code: 'swapped-operands', cost: 3};
    yield {now: make(transposed(left), transposed(right)), code: 'missing-transpose', cost: 4};
    yield {now: transposed(make(left, right)), code: 'missing-transpose', cost: 4};
    yield {now: binary(left, '*', right, expression.span), code: 'wrong-operation', cost: 3};
    yield {now: left, code: 'wrong-value', cost: 3};
    yield {now: right, code: 'wrong-value', cost: 3};
  }
  if (product === null && expression.kind === 'Call') yield* swappedArguments(expression);
  if (expression.kind === 'Binary' && expression.operator === '*') {
    const {left, right, span} = expression;
    for (const [a, b, cost] of [[left, right, 3], [left, transposed(right), 3], [transposed(left), right, 4], [right, left, 4], [transposed(right), left, 4], [right, transposed(left), 4]] as const) {
      yield {now: method(a, 'dot', [b]), code: 'wrong-operation', cost: cost + 0.5};
    }
    if (span.end > span.start) yield {now: binary(left, '@', right, span), code: 'wrong-operation', cost: 4};
    if (raised) for (const [a, b] of [[left, right], [right, left]]) yield {now: numpy(alias, 'outer', [a, b], {}, span), code: 'wrong-operation', cost: 3.5};
  }
  if (expression.kind === 'Attribute' && expression.name === 'T') yield {now: expression.object, code: 'missing-transpose', cost: 2};
}

/** `correlate2d(x, g)` for `correlate2d(g, x)`: functions whose first two arguments may be mistaken for each other. */
function* swappedArguments(call: Call): Iterable<Change> {
  const called = call.callee.kind === 'Attribute' ? call.callee.name : call.callee.kind === 'Name' ? call.callee.id : '';
  if (!/^(?:correlate|convolve|subtract|divide|power|conv|corr)\w*$/.test(called) || call.args.length < 2 || call.args[1].name !== null) return;
  const [first, second, ...rest] = call.args;
  yield {now: {...call, args: [{...first, value: second.value}, {...second, value: first.value}, ...rest]}, code: 'swapped-operands', cost: 2};
}

/** `a @ b`, `a.dot(b)`, `np.dot(a, b)`, `np.matmul(a, b)`; null for anything else. */
function productOf(expression: Expr): Product | null {
  if (expression.kind === 'Binary' && expression.operator === '@') {
    return {left: expression.left, right: expression.right, make: (left, right) => ({...expression, left, right})};
  }
  if (expression.kind !== 'Call' || expression.callee.kind !== 'Attribute') return null;
  const {callee, args} = expression;
  if (args.some(({star, name}) => star !== '' || name !== null)) return null;
  if (/^(dot|matmul)$/.test(callee.name) && args.length === 1) {
    return {left: callee.object, right: args[0].value, make: (left, right) => ({...expression, callee: {...callee, object: left}, args: [{...args[0], value: right}]})};
  }
  if (/^(dot|matmul|outer)$/.test(callee.name) && args.length === 2) {
    return {left: args[0].value, right: args[1].value, make: (left, right) => ({...expression, args: [{...args[0], value: left}, {...args[1], value: right}]})};
  }
  return null;
}
