/** Another variable in the place of one, factors and masks that are missing, and terms that are missing. */
import type {Expr, Stmt} from '../../../python/ast.ts';
import {walk} from '../../../python/walk.ts';
import type {Change, EditScope, ScopeName} from '../edit.ts';
import type {DiagnosisCode} from '../../report.ts';
import {keyOf} from '../steps.ts';
import {attribute, binary, int, method, name, sizeOfAxis} from '../build.ts';

/** Another name of the same shape. */
export function* nameEdits(expression: Expr, {names, statement}: EditScope, inMask = false): Iterable<Change> {
  const written = keyOf(expression);
  if (written === null || expression.kind === 'Subscript' || isReturned(written, statement)) return;
  const own = names.find(({id}) => id === written);
  for (const other of names) {
    if (other.id === written || own === undefined) continue;
    if ((own.shape === null) !== (other.shape === null)) continue;
    const same = own.shape?.length === other.shape?.length && own.shape?.every((size, axis) => size === other.shape?.[axis]) === true;
    yield {now: name(other.id, expression.span), code: own.isInt ? 'wrong-index' : inMask ? 'wrong-mask' : 'wrong-variable', cost: own.isInt !== other.isInt ? 4.5 : same ? 2 : 3};
  }
}

/** Another name in every place where a statement reads one: `z * (1 - z)` for `a * (1 - a)`. */
export function* renamings(value: Expr, {names}: EditScope): Iterable<Change> {
  for (const own of names) {
    if (own.isInt || own.shape === null || own.shape.length === 0 || occurrences(value, own.id) < 2) continue;
    for (const other of names) {
      if (other.id !== own.id && sameAs(other, own.shape)) yield {now: renamed(value, own.id, other.id), code: 'wrong-variable', cost: 2.4};
    }
  }
}

/** One size in the place of every other in a statement that computes places: `i * stride, j * stride` for `i * height, j * width`. */
export function* sizeRenamings(value: Expr, {names, counters, isInt}: EditScope): Iterable<Change> {
  if (!isInt && value.kind !== 'Tuple') return;
  const sizes = names.filter(({id, isInt: whole}) => whole && !counters.includes(id)).map(({id}) => id);
  const read = sizes.filter((id) => occurrences(value, id) > 0);
  if (read.length < 2) return;
  for (const to of sizes) yield {now: read.reduce((changed, from) => renamed(changed, from, to), value), code: 'wrong-index', cost: 2.2};
}

function occurrences(value: Expr, id: string): number {
  let count = 0;
  walk(value, (node) => {
    if (node.kind === 'Name' && node.id === id) count++;
  });
  return count;
}

function renamed(value: Expr, from: string, to: string): Expr {
  const change = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(change);
    if (typeof part !== 'object' || part === null) return part;
    const node = part as Expr;
    if (node.kind === 'Name') return node.id === from ? name(to, node.span) : node;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, key === 'span' || key === 'nameSpan' || key === 'operatorSpan' ? item : change(item)] as const));
  };
  return change(value) as Expr;
}

/** A returned gradient is no stand-in for another: what is wrong with it is wrong where it is made. */
function isReturned(id: string, statement: Stmt): boolean {
  if (statement.kind !== 'Return' || (statement.value?.kind !== 'Tuple' && statement.value?.kind !== 'List')) return false;
  return statement.value.items.filter((item) => item.kind === 'Name' && item.id === id).length === 1;
}

/** Something that the right-hand side is to be multiplied with. */
export function* factorEdits(expression: Expr, scope: EditScope, depth = 0): Iterable<Change> {
  const {span} = expression;
  const times = (factor: Expr): Expr => binary(expression, '*', factor, span);
  for (const other of scope.names) {
    if (other.isInt || other.shape === null) continue;
    const own = name(other.id, span);
    if (depth > 2 && other.shape.length > 0 && !fits(other, scope.shape)) continue;
    const isAbove = scope.lacksUpstream && other.role !== 'other';
    const wider = other.shape.length > (scope.shape?.length ?? other.shape.length) || changesShape(other, scope.shape) ? 1 : 0;
    yield {now: times(own), code: codeOfFactor(other), cost: isAbove ? 2 : 3 + wider};
    if (other.isBool) {
      yield {now: times({kind: 'Unary', span, operator: '~', operand: own}), code: 'missing-mask', cost: 3 + wider};
      continue;
    }
    if (depth > 1 || (depth > 0 && !fits(other, scope.shape))) continue;
    yield {now: binary(expression, '/', own, span), code: 'missing-factor', cost: 3.5 + wider};
    if (!fits(other, scope.shape)) continue;
    yield {now: times(binary(own, '**', int(2, span), span)), code: 'missing-factor', cost: 4.5};
    yield {now: times(binaryCompare(own, '>')), code: 'missing-mask', cost: 3.5};
    yield {now: times(binary(own, '*', binary(int(1, span), '-', own, span), span)), code: 'missing-local-derivative', cost: 4};
    yield {now: times(binary(int(1, span), '-', binary(own, '**', int(2, span), span), span)), code: 'missing-local-derivative', cost: 4};
    yield {now: times(binary(int(1, span), '-', own, span)), code: 'missing-factor', cost: 4};
  }
}

/** Whether multiplying by the name makes the value larger: it had the shape of something else. */
function changesShape({shape: factor}: ScopeName, shape: readonly number[] | null): boolean {
  if (shape === null || factor === null) return false;
  return factor.some((size, axis) => size !== 1 && shape[shape.length - factor.length + axis] === 1);
}

/** A number in the place of what should come from above: `np.where(z > 0, da, 0.1)`. */
export function* constantEdits(expression: Expr, scope: EditScope): Iterable<Change> {
  if (expression.kind !== 'Number') return;
  for (const {id, role} of scope.names) {
    if (role === 'other') continue;
    yield {now: binary(expression, '*', name(id, expression.span), expression.span), code: 'missing-upstream', cost: 3};
  }
}

/** What kind of mistake it is to have left the factor out. */
export function codeOfFactor({id, role, shape, isBool}: ScopeName): DiagnosisCode {
  if (role === 'upstream') return 'missing-upstream';
  if (isBool || /mask/.test(id)) return 'missing-mask';
  if (shape?.length === 0 && /^(reg|lam|lambda_?|lambd|decay|weight_decay|l2|alpha)$/.test(id)) return 'wrong-regularization-factor';
  return 'missing-factor';
}

/** Something that is to be added to the right-hand side: another path, a regularisation. */
export function* termEdits(expression: Expr, scope: EditScope): Iterable<Change> {
  const {span} = expression;
  const scalars = scope.names.filter(({shape, isInt}) => shape?.length === 0 && !isInt);
  for (const other of scope.names) {
    if (other.isInt || other.shape === null || other.shape.length === 0) continue;
    const own = name(other.id, span);
    if (fits(other, scope.shape)) {
      yield {now: binary(expression, '+', own, span), code: 'missing-path', cost: 3.5};
      yield {now: binary(expression, '-', own, span), code: 'missing-path', cost: 4};
      for (const {id} of scope.names.filter(({isInt}) => isInt)) yield {now: binary(expression, '+', binary(own, '/', name(id, span), span), span), code: 'missing-path', cost: 4.5};
    }
    yield* productTerms(expression, other, scope);
    if (!sameAs(other, scope.wantedShape ?? scope.shape)) continue;
    for (const {id} of scalars) {
      const decay = binary(name(id, span), '*', own, span);
      yield {now: binary(expression, '+', decay, span), code: 'missing-regularization', cost: 3.5};
      yield {now: binary(expression, '+', binary(int(2, span), '*', decay, span), span), code: 'missing-regularization', cost: 4};
    }
  }
}

/** Another gradient times a matrix, as what comes back through one more layer or gate. */
function* productTerms(expression: Expr, {id, shape, role}: ScopeName, scope: EditScope): Iterable<Change> {
  if (role === 'other' || shape?.length !== 2 || scope.shape?.length !== 2) return;
  const [rows, columns] = scope.shape;
  for (const matrix of scope.names) {
    if (matrix.shape?.length !== 2 || matrix.role !== 'other' || shape[0] !== rows) continue;
    const [above, below] = matrix.shape;
    const {span} = expression;
    const times = (right: Expr): Expr => binary(expression, '+', binary(name(id, span), '@', right, span), span);
    if (shape[1] === below && above === columns) yield {now: times(attribute(name(matrix.id, span), 'T')), code: 'missing-path', cost: 3.3};
    if (shape[1] === above && below === columns) yield {now: times(name(matrix.id, span)), code: 'missing-path', cost: 3.6};
  }
}

/** `pad:pad + x.shape[2]` for `pad:-pad`, which is empty where pad is 0; on every axis at once. */
export function* cropEdits(expression: Expr, {names, wantedShape}: EditScope): Iterable<Change> {
  if (expression.kind !== 'Subscript' || wantedShape === null) return;
  const {index, span} = expression;
  const items = index.kind === 'Tuple' ? index.items : [index];
  if (items.length > wantedShape.length || !items.some(endsBeforeTheEnd)) return;
  const cropped = keyOf(expression.object);
  for (const other of names) {
    if (other.id === cropped || !sameAs(other, wantedShape)) continue;
    const changed = items.map((item, axis): Expr => {
      if (item.kind !== 'Slice' || !endsBeforeTheEnd(item)) return item;
      const size = sizeOfAxis(name(other.id, span), axis);
      return {...item, stop: item.start === null ? size : binary(item.start, '+', size, span)};
    });
    yield {now: {...expression, index: index.kind === 'Tuple' ? {...index, items: changed} : changed[0]}, code: 'wrong-shape', cost: 2};
  }
}

function endsBeforeTheEnd(item: Expr): boolean {
  return item.kind === 'Slice' && item.step === null && item.stop?.kind === 'Unary' && item.stop.operator === '-';
}

/** The shape of a value by that of another. */
export function* reshapeEdits(expression: Expr, {names, wantedShape, shape}: EditScope): Iterable<Change> {
  if (wantedShape === null || shape === null || wantedShape.join() === shape.join()) return;
  for (const other of names) {
    if (sameAs(other, wantedShape)) yield {now: method(expression, 'reshape', [attribute(name(other.id, expression.span), 'shape')]), code: 'wrong-shape', cost: 3};
  }
}

function binaryCompare(left: Expr, operator: '>'): Expr {
  return {kind: 'Compare', span: left.span, left, operators: [operator], comparators: [int(0, left.span)]};
}

function sameAs({shape}: ScopeName, wanted: readonly number[] | null): boolean {
  return shape !== null && wanted?.length === shape.length && wanted.every((size, axis) => size === shape[axis]);
}

/** Whether a name broadcasts into a value of `shape`. */
function fits({shape}: ScopeName, into: readonly number[] | null): boolean {
  if (into === null || shape === null || shape.length > into.length) return into === null;
  return shape.every((size, axis) => size === 1 || size === into[into.length - shape.length + axis]);
}
