/**
 * Expressions: from the grammar's tree to ours. A cursor is left where it was found.
 * An error in the tree marks the reading as broken; nothing here repairs.
 */
import type {TreeCursor} from '@lezer/common';
import type {Expr, Name, SliceExpr} from './ast.ts';
import {lowerCall} from './lower-calls.ts';
import {lowerBracketedComprehension, lowerDictionary, lowerSequence} from './lower-collections.ts';
import {lowerOperators} from './lower-operators.ts';
import {lowerParams} from './lower-params.ts';
import {lowerStrings} from './lower-strings.ts';
import {readNumber} from './numbers.ts';
import {firstChild, invalid, MAX_DEPTH, nextSibling, normalized, spanOf, textOf, type Items, type Reading, is} from './reading.ts';

export function lowerExpression(r: Reading, c: TreeCursor): Expr {
  if (r.depth >= MAX_DEPTH) return invalid(r, spanOf(r, c), 'nested too deeply');
  r.depth++;
  const value = lowerByKind(r, c);
  r.depth--;
  return value;
}

/** Reads expressions and commas from the cursor's node on, until a sibling that is neither; true if there is such a sibling. */
export function readItems(r: Reading, c: TreeCursor, into: Items): boolean {
  let star = -1;
  do {
    switch (c.name) {
      case ',':
        into.comma = true;
        into.end = c.to + r.base;
        break;
      case '*':
        star = c.from + r.base;
        break;
      case ')': case ']': case '}': case ':': case 'AssignOp': case 'UpdateOp': case 'TypeDef': case 'in': case 'for': case 'async': case 'Body':
      case 'FormatSelfDoc': case 'FormatConversion': case 'FormatSpec':
        return true;
      default: {
        const end = c.to + r.base;
        const start = star >= 0 ? star : c.from + r.base;
        const value = lowerExpression(r, c);
        if (into.items.length === 0) into.start = start;
        into.items.push(star >= 0 ? {kind: 'Star', span: {start, end}, value} : value);
        into.end = end;
        star = -1;
      }
    }
  } while (nextSibling(c));
  return false;
}

export function noItems(): Items {
  return {items: [], comma: false, start: 0, end: 0};
}

/** One expression, or the tuple that commas make of several. */
export function oneOrTuple(r: Reading, items: Items): Expr {
  if (items.items.length === 1 && !items.comma) return items.items[0];
  const span = {start: items.start, end: items.end};
  if (items.items.length === 0) return invalid(r, span, 'an expression is missing');
  return {kind: 'Tuple', span, items: items.items};
}

function lowerByKind(r: Reading, c: TreeCursor): Expr {
  switch (c.name) {
    case 'VariableName':
      return lowerName(r, c);
    case 'Number': {
      const number = readNumber(textOf(r, c));
      return number === null ? invalid(r, spanOf(r, c), 'not a number') : {kind: 'Number', span: spanOf(r, c), ...number};
    }
    case 'String': case 'FormatString': case 'ContinuedString':
      return lowerStrings(r, c);
    case 'Boolean':
      return {kind: 'Constant', span: spanOf(r, c), value: c.to - c.from === 4};
    case 'None':
      return {kind: 'Constant', span: spanOf(r, c), value: null};
    case 'Ellipsis':
      return {kind: 'Constant', span: spanOf(r, c), value: 'Ellipsis'};
    case 'BinaryExpression': case 'UnaryExpression': case 'AwaitExpression':
      return lowerOperators(r, c);
    case 'MemberExpression':
      return lowerMember(r, c);
    case 'CallExpression':
      return lowerCall(r, c);
    case 'ParenthesizedExpression':
      return lowerParenthesized(r, c);
    case 'TupleExpression': case 'ArrayExpression': case 'SetExpression':
      return lowerSequence(r, c);
    case 'DictionaryExpression':
      return lowerDictionary(r, c);
    case 'ComprehensionExpression': case 'ArrayComprehensionExpression':
    case 'SetComprehensionExpression': case 'DictionaryComprehensionExpression':
      return lowerBracketedComprehension(r, c);
    case 'ConditionalExpression':
      return lowerConditional(r, c);
    case 'LambdaExpression':
      return lowerLambda(r, c);
    case 'NamedExpression':
      return lowerNamed(r, c);
    case 'YieldExpression':
      return lowerYield(r, c);
    default:
      return invalid(r, spanOf(r, c), 'not an expression');
  }
}

export function lowerName(r: Reading, c: TreeCursor): Name {
  return {kind: 'Name', span: spanOf(r, c), id: normalized(textOf(r, c))};
}

function lowerMember(r: Reading, c: TreeCursor): Expr {
  const span = spanOf(r, c);
  if (!firstChild(c)) return invalid(r, span, 'not an expression');
  const object = lowerExpression(r, c);
  let result: Expr;
  if (!nextSibling(c)) {
    result = invalid(r, span, 'an attribute is missing');
  } else if (is(c, '[')) {
    nextSibling(c);
    const items = noItems();
    readIndices(r, c, items);
    result = {kind: 'Subscript', span, object, index: oneOrTuple(r, items)};
  } else if (is(c, '.') && nextSibling(c) && is(c, 'PropertyName')) {
    result = {kind: 'Attribute', span, object, name: normalized(textOf(r, c)), nameSpan: spanOf(r, c)};
  } else {
    result = invalid(r, span, 'an attribute is missing');
  }
  c.parent();
  return result;
}

/** Reads the items of a subscript up to its closing bracket. */
function readIndices(r: Reading, c: TreeCursor, into: Items): void {
  let parts: (Expr | null)[] = [];
  let colons = 0;
  let start = -1;
  let end = -1;
  const finish = (): void => {
    if (start < 0) return;
    const span = {start, end};
    const [first = null, stop = null, step = null] = parts;
    const index: Expr = colons === 0 ? first! : {kind: 'Slice', span, start: first, stop, step} satisfies SliceExpr;
    if (into.items.length === 0) into.start = start;
    into.items.push(index);
    if (index.kind === 'Star') into.comma = true;
    into.end = end;
    parts = [];
    colons = 0;
    start = -1;
  };
  do {
    if (is(c, ']')) break;
    if (is(c, ',')) {
      finish();
      into.comma = true;
      into.end = c.to + r.base;
      continue;
    }
    if (start < 0) start = c.from + r.base;
    end = c.to + r.base;
    if (is(c, ':')) {
      if (parts.length === colons) parts.push(null);
      colons++;
    } else if (parts.length > colons) {
      invalid(r, spanOf(r, c), 'not an index');
    } else {
      parts.push(lowerExpression(r, c));
    }
  } while (nextSibling(c));
  finish();
}

function lowerParenthesized(r: Reading, c: TreeCursor): Expr {
  const span = spanOf(r, c);
  firstChild(c);
  const value = nextSibling(c) ? lowerExpression(r, c) : invalid(r, span, 'an expression is missing');
  c.parent();
  return value;
}

function lowerConditional(r: Reading, c: TreeCursor): Expr {
  const span = spanOf(r, c);
  firstChild(c);
  const then = lowerExpression(r, c);
  nextSibling(c);
  nextSibling(c);
  const test = lowerExpression(r, c);
  nextSibling(c);
  nextSibling(c);
  const otherwise = lowerExpression(r, c);
  c.parent();
  return {kind: 'Conditional', span, test, then, otherwise};
}

function lowerLambda(r: Reading, c: TreeCursor): Expr {
  const span = spanOf(r, c);
  const {yields} = r;
  firstChild(c);
  nextSibling(c);
  const params = is(c, 'ParamList') ? lowerParams(r, c) : [];
  c.parent();
  c.lastChild();
  const body = lowerExpression(r, c);
  c.parent();
  r.yields = yields;
  return {kind: 'Lambda', span, params, body};
}

function lowerNamed(r: Reading, c: TreeCursor): Expr {
  const span = spanOf(r, c);
  firstChild(c);
  const target = lowerExpression(r, c);
  nextSibling(c);
  nextSibling(c);
  const value = lowerExpression(r, c);
  c.parent();
  return target.kind === 'Name' ? {kind: 'NamedExpr', span, target, value} : invalid(r, span, 'only a name can be assigned to here');
}

/** Lowers a YieldExpression or YieldStatement. */
export function lowerYield(r: Reading, c: TreeCursor): Expr {
  let span = spanOf(r, c);
  r.yields = true;
  firstChild(c);
  const bare = spanOf(r, c);
  let from = false;
  let value: Expr | null = null;
  if (nextSibling(c) && !c.type.isError) {
    from = is(c, 'from');
    if (!from || nextSibling(c)) {
      const items = noItems();
      readItems(r, c, items);
      value = oneOrTuple(r, items);
    }
  } else {
    span = bare;
  }
  c.parent();
  return {kind: 'Yield', span, value, from};
}
