/**
 * Python literals as plain data: read from the syntax tree, and from the text of a pragma.
 * Anything that would have to be run is no literal.
 */
import type {Expr} from '../python/ast.ts';
import type {Literal} from './spec.ts';

/** The value of a literal expression, or undefined when it is none. Numbers with a sign and products of numbers count. */
export function literalOf(expression: Expr): Literal | undefined {
  switch (expression.kind) {
    case 'Constant': return expression.value === 'Ellipsis' ? undefined : expression.value;
    case 'Number': {
      if (typeof expression.value === 'bigint' || expression.type === 'imaginary') return undefined;
      return expression.type === 'float' ? {float: expression.value} : expression.value;
    }
    case 'String': return expression.bytes ? undefined : expression.value;
    case 'Tuple': {
      const items = allOf(expression.items);
      return items && {tuple: items};
    }
    case 'List': {
      const items = allOf(expression.items);
      return items && {list: items};
    }
    case 'Dict': {
      const entries: [Literal, Literal][] = [];
      for (const {key, value} of expression.entries) {
        const left = key === null ? undefined : literalOf(key);
        const right = literalOf(value);
        if (left === undefined || right === undefined) return undefined;
        entries.push([left, right]);
      }
      return {dict: entries};
    }
    case 'Unary': {
      if (expression.operator !== '-') return undefined;
      const operand = literalOf(expression.operand);
      if (typeof operand === 'number') return -operand;
      return isFloat(operand) ? {float: -operand.float} : undefined;
    }
    case 'Binary': {
      const left = numberOf(literalOf(expression.left));
      const right = numberOf(literalOf(expression.right));
      if (left === null || right === null) return undefined;
      const whole = Number.isInteger(left) && Number.isInteger(right);
      if (expression.operator === '*') return whole ? left * right : {float: left * right};
      if (expression.operator === '/') return {float: left / right};
      return undefined;
    }
    default: return undefined;
  }
}

function allOf(items: readonly Expr[]): readonly Literal[] | undefined {
  const out: Literal[] = [];
  for (const item of items) {
    const value = literalOf(item);
    if (value === undefined) return undefined;
    out.push(value);
  }
  return out;
}

export function isFloat(literal: Literal | undefined): literal is {readonly float: number} {
  return typeof literal === 'object' && literal !== null && 'float' in literal;
}

/** The number that an int or float literal is, else null. */
export function numberOf(literal: Literal | undefined): number | null {
  if (typeof literal === 'number') return literal;
  return isFloat(literal) ? literal.float : null;
}

/**
 * Reads a literal from text: numbers, strings in either quotes, True, False, None, lists, tuples and dictionaries.
 * Undefined when the text is anything else.
 */
export function parseLiteral(text: string): Literal | undefined {
  let at = 0;
  const skip = (): void => { while (at < text.length && /\s/.test(text[at])) at++; };

  const value = (): Literal | undefined => {
    skip();
    const rest = text.slice(at);
    const number = /^[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)/.exec(rest);
    if (number !== null) {
      at += number[0].length;
      return /[.eE]/.test(number[0]) ? {float: Number(number[0])} : Number(number[0]);
    }
    const string = /^(?:'([^']*)'|"([^"]*)")/.exec(rest);
    if (string !== null) {
      at += string[0].length;
      return string[0].slice(1, -1);
    }
    const word = /^(?:True|False|None)\b/.exec(rest);
    if (word !== null) {
      at += word[0].length;
      return word[0] === 'None' ? null : word[0] === 'True';
    }
    switch (text[at]) {
      case '[': return sequence(']', (items) => ({list: items}));
      case '(': return sequence(')', (items, comma) => items.length === 1 && !comma ? items[0] : {tuple: items});
      case '{': return dictionary();
      default: return undefined;
    }
  };
  const sequence = (close: string, make: (items: Literal[], comma: boolean) => Literal): Literal | undefined => {
    at++;
    const items: Literal[] = [];
    let comma = false;
    skip();
    while (text[at] !== close) {
      const item = value();
      if (item === undefined) return undefined;
      items.push(item);
      skip();
      comma = text[at] === ',';
      if (comma) at++;
      else if (text[at] !== close) return undefined;
      skip();
    }
    at++;
    return make(items, comma);
  };
  const dictionary = (): Literal | undefined => {
    at++;
    const entries: [Literal, Literal][] = [];
    skip();
    while (text[at] !== '}') {
      const left = value();
      skip();
      if (left === undefined || text[at] !== ':') return undefined;
      at++;
      const right = value();
      if (right === undefined) return undefined;
      entries.push([left, right]);
      skip();
      if (text[at] === ',') at++;
      else if (text[at] !== '}') return undefined;
      skip();
    }
    at++;
    return {dict: entries};
  };

  const literal = value();
  skip();
  return at === text.length ? literal : undefined;
}
