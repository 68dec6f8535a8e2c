/** Sums and means: over another axis, keeping dimensions or not, one in the place of the other, or forgotten. */
import type {Argument, Call, Expr} from '../../../python/ast.ts';
import type {Change, EditScope} from '../edit.ts';
import {int, method} from '../build.ts';

const reductions = /^(sum|mean|max|min|prod|var|std|amax|amin|argmax|argmin)$/;
const others: Readonly<Record<string, readonly string[]>> = {sum: ['mean'], mean: ['sum'], max: ['min', 'sum'], min: ['max'], amax: ['amin'], amin: ['amax']};

export function* reductionEdits(expression: Expr, scope: EditScope): Iterable<Change> {
  if (expression.kind !== 'Call' || expression.callee.kind !== 'Attribute' || !reductions.test(expression.callee.name)) return;
  const {callee} = expression;
  const axis = expression.args.find(({name}) => name === 'axis') ?? positionalAxis(expression);
  for (const value of axesFor(scope, axis?.value ?? null, expression)) {
    yield {now: axis === undefined ? {...expression, args: [...expression.args, keyword('axis', value)]} : withArgument(expression, axis, {...axis, value}), code: 'wrong-axis', cost: 2};
  }
  if (axis !== undefined) yield {now: {...expression, args: expression.args.filter((argument) => argument !== axis)}, code: 'wrong-axis', cost: 3};
  const keepdims = expression.args.find(({name}) => name === 'keepdims');
  const yes: Expr = {kind: 'Constant', span: expression.span, value: true};
  if (keepdims !== undefined) yield {now: {...expression, args: expression.args.filter((argument) => argument !== keepdims)}, code: 'wrong-shape', cost: 2};
  else if (axis !== undefined) yield {now: {...expression, args: [...expression.args, keyword('keepdims', yes)]}, code: 'wrong-shape', cost: 2};
  for (const other of others[callee.name] ?? []) yield {now: {...expression, callee: {...callee, name: other}}, code: other === 'mean' || callee.name === 'mean' ? 'wrong-scale' : 'wrong-operation', cost: 2};
}

/** A gradient that still has its batch axis: the sum over axes that the forward value does not have. */
export function* missingSums(expression: Expr, {shape, wantedShape, raised}: EditScope): Iterable<Change> {
  const {span} = expression;
  const axis = (value: number): Readonly<Record<string, Expr>> => ({axis: int(value, span)});
  const yes: Expr = {kind: 'Constant', span, value: true};
  if (shape === null) {
    for (let i = 0; raised && i < 2; i++) yield {now: method(expression, 'sum', [], axis(i)), code: 'missing-batch-sum', cost: 3};
    return;
  }
  if (wantedShape !== null && shape.length > wantedShape.length) {
    for (let i = 0; i < shape.length; i++) yield {now: method(expression, 'sum', [], axis(i)), code: 'missing-batch-sum', cost: 3};
    const all = shape.map((_, i) => i);
    for (const kept of all) {
      const items = all.filter((i) => i !== kept).map((i) => int(i, span));
      if (items.length > 1) yield {now: method(expression, 'sum', [], {axis: {kind: 'Tuple', span, items}}), code: 'missing-batch-sum', cost: 4};
    }
    yield {now: method(expression, 'sum', []), code: 'missing-batch-sum', cost: 4};
  } else if (wantedShape !== null && shape.length === wantedShape.length) {
    for (let i = 0; i < shape.length; i++) if (wantedShape[i] === 1 && shape[i] !== 1) yield {now: method(expression, 'sum', [], {...axis(i), keepdims: yes}), code: 'missing-batch-sum', cost: 3};
  }
}

/** A sum that is lost inside of an expression: what it gave was subtracted or multiplied along the axis again. */
export function* innerSums(expression: Expr, {shape, wantedShape}: EditScope): Iterable<Change> {
  if (shape === null || shape.length < 2 || shape.length > 4 || (wantedShape !== null && wantedShape.length < shape.length)) return;
  const {span} = expression;
  const yes: Expr = {kind: 'Constant', span, value: true};
  for (let i = 0; i < shape.length; i++) {
    yield {now: method(expression, 'sum', [], {axis: int(i, span), keepdims: yes}), code: 'missing-batch-sum', cost: 3.4};
    yield {now: method(expression, 'sum', [], {axis: int(i, span)}), code: 'missing-batch-sum', cost: 3.4};
  }
}

/** The axis of `x.sum(0)` and `np.sum(x, 0)`. */
function positionalAxis({callee, args}: Call): Argument | undefined {
  if (callee.kind !== 'Attribute') return undefined;
  const own = callee.object.kind === 'Name' && /^(np|numpy)$/.test(callee.object.id);
  const argument = args.filter(({name}) => name === null).at(own ? 1 : 0);
  return argument;
}

function* axesFor(scope: EditScope, now: Expr | null, {span}: Expr): Iterable<Expr> {
  for (const value of [0, 1, -1, 2, 3]) if (!(now?.kind === 'Number' && now.value === value)) yield value < 0 ? {kind: 'Unary', span, operator: '-', operand: int(-value, span)} : int(value, span);
  if ((scope.shape?.length ?? 4) >= 1) {
    for (const axes of [[0, 1], [0, 2, 3], [0, 2], [1, 2], [2, 3], [1, 2, 3]]) yield {kind: 'Tuple', span, items: axes.map((axis) => int(axis, span))};
  }
}

function keyword(name: string, value: Expr): Argument {
  return {span: value.span, name, star: '', value};
}

function withArgument(call: Call, old: Argument, now: Argument): Call {
  return {...call, args: call.args.map((argument) => (argument === old ? now : argument))};
}
