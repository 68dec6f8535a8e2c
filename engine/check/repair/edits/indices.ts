/** Places in arrays: steps before and after, the stride or the window that an index forgets, and elements as factors and terms. */
import type {Expr} from '../../../python/ast.ts';
import type {Change, EditScope, ScopeName} from '../edit.ts';
import {binary, int, name} from '../build.ts';

/** Changes of a whole number inside an index. */
export function* indexEdits(expression: Expr, {names, counters}: EditScope): Iterable<Change> {
  const {span} = expression;
  const isInt = expression.kind === 'Name' ? names.some(({id, isInt: whole}) => whole && id === expression.id) : isArithmetic(expression);
  if (!isInt) return;
  yield {now: binary(expression, '-', int(1, span), span), code: 'off-by-one', cost: 2.3};
  yield {now: binary(expression, '+', int(1, span), span), code: 'off-by-one', cost: 2.3};
  for (const {id, isInt: whole} of names) {
    if (!whole || counters.includes(id)) continue;
    yield {now: binary(expression, '*', name(id, span), span), code: 'wrong-index', cost: 2.6};
    yield {now: binary(expression, '+', name(id, span), span), code: 'wrong-index', cost: 2.6};
  }
}

function isArithmetic(expression: Expr): boolean {
  return expression.kind === 'Binary' && (expression.operator === '+' || expression.operator === '*' || expression.operator === '-');
}

/** Elements of arrays, at the loops' places or at a fixed one, as a further factor or term. */
export function* elementEdits(expression: Expr, scope: EditScope): Iterable<Change> {
  const {span} = expression;
  for (const other of scope.names) {
    for (const element of elementsOf(other, scope, span)) {
      const code = other.role === 'upstream' ? 'missing-upstream' : 'missing-factor';
      yield {now: binary(expression, '*', element, span), code, cost: scope.lacksUpstream && other.role !== 'other' ? 3 : 4};
      if (scope.counters.length > 0) yield {now: binary(expression, '+', element, span), code: 'missing-path', cost: 4};
    }
  }
}

/** What comes from above at this step, beside what another step has carried here: `carried` for `dout[:, t] + carried`. */
export function* stepEdits(expression: Expr, scope: EditScope): Iterable<Change> {
  if (expression.kind !== 'Name' || scope.counters.length === 0 || !scope.names.some(({id, role, isInt}) => id === expression.id && role !== 'upstream' && !isInt)) return;
  for (const other of scope.names) {
    if (other.role !== 'upstream' || !/^(?:d|g|self\.d)/.test(expression.id) && !/carr|next|delta|prev|acc/.test(expression.id)) continue;
    for (const element of elementsOf(other, scope, expression.span)) yield {now: binary(expression, '+', element, expression.span), code: 'missing-path', cost: 3};
  }
}

/** `w[0]` of a short vector, `w[k, j]`, `dout[:, t]`, `dout[t]`. */
function* elementsOf({id, shape, isInt}: ScopeName, {counters}: EditScope, span: Expr['span']): Iterable<Expr> {
  if (isInt || shape === null || shape.length === 0 || shape.length > MOST_AXES) return;
  const at = (index: Expr): Expr => ({kind: 'Subscript', span, object: name(id, span), index});
  if (shape.length === 1 && counters.length === 0 && shape[0] <= MOST_FIXED) {
    for (let k = 0; k < shape[0]; k++) yield at(int(k, span));
  }
  for (const one of counters) {
    yield at(name(one, span));
    if (shape.length > 1) yield at({kind: 'Tuple', span, items: [{kind: 'Slice', span, start: null, stop: null, step: null}, name(one, span)]});
  }
  if (shape.length === 1) return;
  for (const places of arrangements(counters, shape.length)) yield at({kind: 'Tuple', span, items: places.map((one) => name(one, span))});
}

const MOST_AXES = 4;
const MOST_FIXED = 4;

/** Every choice of `count` different counters in every order; those of deep loops in their own order only. */
function arrangements(counters: readonly string[], count: number): readonly (readonly string[])[] {
  if (count === 0) return [[]];
  return counters.flatMap((first, i) => {
    const others = counters.length > 3 ? counters.slice(i + 1) : counters.filter((_, k) => k !== i);
    return arrangements(others, count - 1).map((rest) => [first, ...rest]);
  });
}
