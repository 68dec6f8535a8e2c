/** The parameters of functions and lambdas. */
import type {TreeCursor} from '@lezer/common';
import type {Expr, Parameter} from './ast.ts';
import {lowerExpression} from './lower-expressions.ts';
import {firstChild, invalid, is, nextSibling, normalized, spanOf, textOf, type Reading} from './reading.ts';

/** Lowers the ParamList of a `def`, with its parentheses, or of a lambda, without; the cursor stays on it. */
export function lowerParams(r: Reading, c: TreeCursor): Parameter[] {
  const params: Parameter[] = [];
  let keywordOnly = false;
  let positional = 0;
  let more = firstChild(c);
  if (!more) return params;
  while (more) {
    if (is(c, '(') || is(c, ',') || is(c, ')')) {
      more = nextSibling(c);
      continue;
    }
    const start = c.from + r.base;
    const star = is(c, '*') ? '*' : is(c, '**') ? '**' : '';
    if (star !== '') more = nextSibling(c);
    if (star === '' || (more && is(c, 'VariableName'))) {
      if (textOf(r, c) === '/') {
        positional = params.length;
        more = nextSibling(c);
      } else {
        params.push(lowerParam(r, c, start, star, keywordOnly ? 'keyword' : 'any'));
        more = isSeparator(c) || nextSibling(c);
      }
    }
    if (star === '*') keywordOnly = true;
  }
  c.parent();
  return positional === 0 ? params : params.map((param, i) => (i < positional ? {...param, passing: 'position'} : param));
}

/** Reads a name with its annotation and default; the cursor ends on its last node, or on the separator behind it. */
function lowerParam(r: Reading, c: TreeCursor, start: number, star: Parameter['star'], passing: Parameter['passing']): Parameter {
  const nameSpan = spanOf(r, c);
  const name = normalized(textOf(r, c));
  let end = nameSpan.end;
  let annotation: Expr | null = null;
  let initial: Expr | null = null;
  if (!is(c, 'VariableName')) invalid(r, nameSpan, 'not a parameter');
  if (nextSibling(c) && is(c, 'TypeDef')) {
    annotation = lowerTypeDef(r, c);
    end = c.to + r.base;
    nextSibling(c);
  }
  if (is(c, 'AssignOp') && nextSibling(c)) {
    initial = lowerExpression(r, c);
    end = c.to + r.base;
  }
  return {span: {start, end}, name, nameSpan, star, annotation, default: initial, passing: star === '' ? passing : 'any'};
}

function isSeparator(c: TreeCursor): boolean {
  return is(c, ',') || is(c, ')');
}

/** The expression of `: annotation` or `-> annotation`. */
export function lowerTypeDef(r: Reading, c: TreeCursor): Expr {
  const span = spanOf(r, c);
  if (!c.lastChild()) return invalid(r, span, 'an annotation is missing');
  while (is(c, 'Comment') && c.prevSibling());
  const value = lowerExpression(r, c);
  c.parent();
  return value;
}
