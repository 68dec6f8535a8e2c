/**
 * Makes syntax trees for edits. A new node takes the span of what it replaces; a new literal an empty span there, because a
 * literal with a span is printed as the text has it.
 */
import type {BinaryOperator, Call, Expr} from '../../python/ast.ts';
import type {Span} from '../../python/span.ts';

/** A name, or an attribute written with its dots: `self.x`. */
export function name(id: string, span: Span): Expr {
  const dot = id.lastIndexOf('.');
  if (dot > 0) return {kind: 'Attribute', span, object: name(id.slice(0, dot), span), name: id.slice(dot + 1), nameSpan: span};
  return {kind: 'Name', span, id};
}

export function int(value: number, span: Span): Expr {
  return {kind: 'Number', span: {start: span.start, end: span.start}, value, type: 'int'};
}

export function float(value: number, span: Span): Expr {
  return {kind: 'Number', span: {start: span.start, end: span.start}, value, type: 'float'};
}

export function binary(left: Expr, operator: BinaryOperator, right: Expr, span: Span): Expr {
  return {kind: 'Binary', span, operator, left, right, operatorSpan: span};
}

export function negative(operand: Expr): Expr {
  return {kind: 'Unary', span: operand.span, operator: '-', operand};
}

export function attribute(object: Expr, name: string): Expr {
  return {kind: 'Attribute', span: object.span, object, name, nameSpan: object.span};
}

/** `object.method(args, key=value)` */
export function method(object: Expr, name: string, args: readonly Expr[], keywords: Readonly<Record<string, Expr>> = {}): Expr {
  return {kind: 'Call', span: object.span, callee: attribute(object, name), args: argumentsOf(args, keywords)};
}

/** `np.name(args)`, under the alias that the text has for NumPy. */
export function numpy(alias: string, name_: string, args: readonly Expr[], keywords: Readonly<Record<string, Expr>>, span: Span): Expr {
  return {kind: 'Call', span, callee: attribute(name(alias, span), name_), args: argumentsOf(args, keywords)};
}

function argumentsOf(args: readonly Expr[], keywords: Readonly<Record<string, Expr>>): Call['args'] {
  return [
    ...args.map((value) => ({span: value.span, name: null, star: '' as const, value})),
    ...Object.entries(keywords).map(([key, value]) => ({span: value.span, name: key, star: '' as const, value})),
  ];
}

/** `x.T`, or x where it is `x.T` already. */
export function transposed(expression: Expr): Expr {
  return expression.kind === 'Attribute' && expression.name === 'T' ? expression.object : attribute(expression, 'T');
}

/** `object.shape[axis]` */
export function sizeOfAxis(object: Expr, axis: number): Expr {
  return {kind: 'Subscript', span: object.span, object: attribute(object, 'shape'), index: int(axis, object.span)};
}
