/** The parameters of functions and lambdas. */
import type {TreeCursor} from '@lezer/common';
import type {Expr, Parameter} from './ast.ts';
import {lowerExpression} from './lower-expressions.ts';
import {firstChild, invalid, nextSibling, normalized, spanOf, textOf, type Reading, is} from './reading.ts';

/** Lowers the ParamList of a `def`, with its parentheses, or of a lambda, without; the cursor stays on it. */
export function lowerParams(r: Reading, c: TreeCursor): Parameter[] {
  const params: Parameter[] = [];
  let keywordOnly = false;
  let positional = 0;
  let previousEnd = c.from + r.base;
  if (!firstChild(c)) return params;
  let pending = !is(c, '(') && !is(c, ',');
  let more = pending || nextSibling(c);
  while (more) {
    if (is(c, ',') || is(c, ')')) {
      if (!pending && isSlash(r.text.slice(previousEnd, c.from + r.base))) positional = params.length;
      pending = false;
      previousEnd = c.to + r.base;
      more = nextSibling(c);
      continue;
    }
    pending = true;
    const star = is(c, '*') ? '*' : is(c, '**') ? '**' : '';
    const start = c.from + r.base;
    if (star !== '') {
      previousEnd = c.to + r.base;
      more = nextSibling(c);
      if (star === '*') keywordOnly = true;
    }
    if (!more || is(c, ',') || is(c, ')')) continue;
    if (!is(c, 'VariableName')) {
      invalid(r, spanOf(r, c), 'not a parameter');
      more = nextSibling(c);
      continue;
    }
    const name = normalized(textOf(r, c));
    const nameSpan = spanOf(r, c);
    let end = nameSpan.end;
    let annotation: Expr | null = null;
    let initial: Expr | null = null;
    more = nextSibling(c);
    if (more && is(c, 'TypeDef')) {
      annotation = lowerTypeDef(r, c);
      end = c.to + r.base;
      more = nextSibling(c);
    }
    if (more && is(c, 'AssignOp') && nextSibling(c)) {
      initial = lowerExpression(r, c);
      end = c.to + r.base;
      more = nextSibling(c);
    }
    previousEnd = end;
    const passing = star === '' && keywordOnly ? 'keyword' : 'any';
    params.push({span: {start, end}, name, nameSpan, star, annotation, default: initial, passing});
  }
  c.parent();
  return positional === 0 ? params : params.map((param, i) => (i < positional ? {...param, passing: 'position'} : param));
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

/** The grammar shows no node for the `/` between parameters. */
function isSlash(gap: string): boolean {
  return gap.replace(/#[^\n\r]*/g, '').includes('/');
}
