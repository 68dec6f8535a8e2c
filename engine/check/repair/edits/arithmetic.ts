/** Signs, scales, operators, powers and number literals. */
import type {BinaryOperator, CompareOperator, Expr} from '../../../python/ast.ts';
import {walk} from '../../../python/walk.ts';
import type {Change, EditScope} from '../edit.ts';
import type {DiagnosisCode} from '../../report.ts';
import {binary, float, int, method, name, negative, sizeOfAxis} from '../build.ts';

const otherOperators: Partial<Record<BinaryOperator, readonly BinaryOperator[]>> = {
  '+': ['-'], '-': ['+'], '*': ['/', '+'], '/': ['*'], '//': ['/'],
};
const otherComparisons: Partial<Record<CompareOperator, readonly CompareOperator[]>> = {
  '<': ['>', '<='], '<=': ['>', '<'], '>': ['<', '>='], '>=': ['<', '>'], '==': ['!='], '!=': ['=='],
};

export function* arithmeticEdits(expression: Expr, scope: EditScope, inIndex: boolean): Iterable<Change> {
  for (const change of changesOf(expression, scope)) yield inIndex ? {...change, code: indexCode(change)} : change;
}

/** In an index whatever is wrong is the place, or the mask. */
function indexCode({now, code}: Change): DiagnosisCode {
  if (code === 'wrong-mask') return code;
  return code === 'off-by-one' || now.kind !== 'Number' ? 'wrong-index' : 'off-by-one';
}

function* changesOf(expression: Expr, scope: EditScope): Iterable<Change> {
  const {span} = expression;
  switch (expression.kind) {
    case 'Unary':
      if (expression.operator === '-') yield {now: expression.operand, code: 'wrong-sign', cost: 1};
      if (expression.operator === '~' || expression.operator === 'not') yield {now: expression.operand, code: 'wrong-mask', cost: 1};
      return;
    case 'Compare':
      if (expression.operators.length !== 1) return;
      for (const operator of otherComparisons[expression.operators[0]] ?? []) yield {now: {...expression, operators: [operator]}, code: 'wrong-mask', cost: 2};
      if (scope.ties && expression.operators[0] === '==') yield* sharedTies(expression);
      return;
    case 'Number': {
      const value = Number(expression.value);
      const make = expression.type === 'float' ? float : int;
      const isInt = expression.type === 'int';
      for (const other of [2 * value, value / 2, value + 1, value - 1]) {
        if (other === value || (isInt && !Number.isInteger(other))) continue;
        if (other >= 0) yield {now: make(other, span), code: other === 2 * value || other === value / 2 ? 'wrong-scale' : isInt ? 'off-by-one' : 'wrong-value', cost: 2};
      }
      return;
    }
    case 'Binary': {
      const {left, right, operator} = expression;
      for (const other of otherOperators[operator] ?? []) {
        const sign = (operator === '+' && other === '-') || (operator === '-' && other === '+');
        yield {now: {...expression, operator: other}, code: sign ? 'wrong-sign' : 'wrong-operation', cost: sign || other === '*' ? 2 : operator === '*' ? (other === '+' ? 5 : 2.5) : 3};
      }
      if (operator === '-') yield {now: {...expression, left: right, right: left}, code: 'wrong-sign', cost: 2};
      if (operator === '/' || operator === '**') yield {now: {...expression, left: right, right: left}, code: 'swapped-operands', cost: 3};
      if (operator === '*' || operator === '/') {
        const scale = isScale(right, scope) || isScale(left, scope);
        yield {now: left, code: scale ? 'wrong-scale' : 'wrong-value', cost: isNumber(right) ? COST_OF_A_NUMBER_LESS : 2};
        if (operator === '*') yield {now: right, code: scale ? 'wrong-scale' : 'wrong-value', cost: isNumber(left) ? COST_OF_A_NUMBER_LESS : 2};
        if (operator === '/' && isPlace(right)) yield {now: {...expression, right: binary(right, '**', int(2, right.span), right.span)}, code: 'wrong-value', cost: 1.95};
      }
      if (operator === '+' || operator === '-') {
        yield {now: left, code: mentionsRate(right) ? 'missing-regularization' : 'wrong-value', cost: 2.4};
        yield {now: operator === '-' ? negative(right) : right, code: mentionsRate(left) ? 'missing-regularization' : 'wrong-value', cost: 2.6};
      }
      if (operator === '**') {
        if (right.kind === 'Number' && right.type === 'int') {
          for (const power of [Number(right.value) - 1, Number(right.value) + 1, Number(right.value) / 2]) {
            if (Number.isInteger(power) && power > 1) yield {now: {...expression, right: int(power, right.span)}, code: 'wrong-value', cost: 1.9};
          }
        }
        yield {now: left, code: 'wrong-value', cost: 2};
        yield {now: binary(left, '**', negative(right), span), code: 'wrong-value', cost: 3};
      }
      return;
    }
    case 'Name': case 'Attribute': case 'Subscript':
      yield {now: binary(expression, '**', int(2, span), span), code: 'wrong-value', cost: 4.5};
      return;
    default:
  }
}

/** A mask of winners in which those that tie share. */
function* sharedTies(mask: Expr): Iterable<Change> {
  const {span} = mask;
  const yes: Expr = {kind: 'Constant', span, value: true};
  for (const axis of [-1, 0, 1, 2]) {
    const at: Expr = axis < 0 ? {kind: 'Unary', span, operator: '-', operand: int(-axis, span)} : int(axis, span);
    yield {now: binary(mask, '/', method(mask, 'sum', [], {axis: at, keepdims: yes}), span), code: 'tie', cost: 1};
  }
  yield {now: binary(mask, '/', method(mask, 'sum', []), span), code: 'tie', cost: 1};
}

/** Changes of a whole right-hand side by a constant or a size. */
export function* scaleEdits(expression: Expr, scope: EditScope): Iterable<Change> {
  const decay = mentionsRate(expression);
  for (const change of scalesOf(expression, scope)) yield decay && change.code === 'wrong-scale' ? {...change, code: 'wrong-regularization-factor'} : change;
}

/** Whether a product has the rate of a regularisation among its factors. */
export function mentionsRate(expression: Expr): boolean {
  const names: string[] = [];
  walk(expression, (node) => {
    if (node.kind === 'Name') names.push(node.id);
  });
  return expression.kind === 'Binary' && expression.operator === '*' && names.some((name) => /^(?:reg|lam|lambd|lambda_?|decay|weight_decay|l2)$/.test(name));
}

function* scalesOf(expression: Expr, scope: EditScope): Iterable<Change> {
  const {span} = expression;
  yield {now: expression.kind === 'Binary' && (expression.operator === '+' || expression.operator === '-') ? binary(int(-1, span), '*', expression, span) : negative(expression), code: 'wrong-sign', cost: 2};
  yield {now: binary(int(2, span), '*', expression, span), code: 'wrong-scale', cost: 2.5};
  yield {now: binary(float(0.5, span), '*', expression, span), code: 'wrong-scale', cost: 2.5};
  for (const size of sizesIn(scope, span)) {
    yield {now: binary(expression, '/', size, span), code: 'wrong-scale', cost: 3};
    yield {now: binary(expression, '*', size, span), code: 'wrong-scale', cost: 3.5};
  }
}

/** Sizes by the names that the text has for them, or as an axis of an array. */
function sizesIn({names}: EditScope, span: Expr['span']): Expr[] {
  const sizes: Expr[] = names.filter(({isInt}) => isInt).map(({id}) => name(id, span));
  const arrays = [names.find(({shape, role}) => role === 'upstream' && shape !== null && shape.length > 0), names.find(({shape, role}) => role === 'other' && shape !== null && shape.length > 1)];
  for (const array of arrays) if (array !== undefined) sizes.push(...array.shape!.map((_, axis) => sizeOfAxis(name(array.id, span), axis)));
  return sizes;
}

/** A number that is written and wrong is likelier than one that has to be added somewhere else. */
const COST_OF_A_NUMBER_LESS = 1.4;

function isNumber({kind}: Expr): boolean {
  return kind === 'Number';
}

function isPlace({kind}: Expr): boolean {
  return kind === 'Name' || kind === 'Attribute' || kind === 'Subscript';
}

function isScale(expression: Expr, scope: EditScope): boolean {
  if (expression.kind === 'Binary') return isScale(expression.left, scope) && isScale(expression.right, scope);
  if (expression.kind === 'Name' && scope.names.some(({id, isInt}) => isInt && id === expression.id)) return true;
  return expression.kind === 'Number' || (expression.kind === 'Name' && /^[NmMnTCKBD]$|size|count|num/.test(expression.id)) || (expression.kind === 'Subscript' && expression.object.kind === 'Attribute' && expression.object.name === 'shape');
}
