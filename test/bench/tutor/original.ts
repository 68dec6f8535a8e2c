/**
 * Whether a proposed fix is the line that the mutant was made of, up to algebra: the syntax trees are compared after
 * sorting commuting operands and writing the spellings of one operation alike.
 */
import {parse} from '../../../engine/python/parse.ts';
import {printExpr} from '../../../engine/python/print.ts';
import type {Expr, Stmt} from '../../../engine/python/ast.ts';

/** `source` is the right text; `line` the line that was mutated. */
export function isOriginal(source: string, line: number, fix: {readonly line: number; readonly newText: string}): boolean {
  if (fix.line !== line) return false;
  const [before] = source.split('\n').slice(line - 1, line);
  return normal(before) === normal(fix.newText.replace('range(0, ', 'range('));
}

function normal(line: string): string {
  const text = line.trim();
  const statement = parse(text.endsWith(':') ? `${text}\n  pass\n` : `${text}\n`).module.body.at(0);
  return statement === undefined ? text : normalStatement(statement, text);
}

function normalStatement(statement: Stmt, text: string): string {
  switch (statement.kind) {
    case 'Assign': {
      const target = normalExpr(statement.targets[0], text);
      const value = normalExpr(statement.value, text);
      const added = sumOf(statement.value, text);
      if (added.includes(target)) return `${target} += ${added.filter((term) => term !== target).join(' + ')}`;
      return `${target} = ${value}`;
    }
    case 'AugAssign': return `${normalExpr(statement.target, text)} ${statement.operator}= ${normalExpr(statement.value, text)}`;
    case 'Return': return `return ${statement.value === null ? '' : normalExpr(statement.value, text)}`;
    case 'ExprStmt': return normalExpr(statement.value, text);
    case 'For': return `for ${normalExpr(statement.iterable, text)}`;
    default: return text.replace(/\s+/g, '');
  }
}

/** Products and sums as sorted lists, products of arrays as `dot(a, b)`, reductions as `name(x, axis)`. */
function normalExpr(expression: Expr, text: string): string {
  switch (expression.kind) {
    case 'Binary': {
      const {operator, left, right} = expression;
      if (operator === '+' || operator === '-') return `(${sumOf(expression, text).sort().join(' + ')})`;
      if (operator === '*' || operator === '/' || operator === '**') return productText(factorsOf(expression, text));
      if (operator === '@') return `dot(${normalExpr(left, text)}, ${normalExpr(right, text)})`;
      return `(${normalExpr(left, text)} ${operator} ${normalExpr(right, text)})`;
    }
    case 'Unary': return expression.operator === '-' ? productText(factorsOf(expression, text)) : `${expression.operator}${normalExpr(expression.operand, text)}`;
    case 'Compare': {
      const left = normalExpr(expression.left, text);
      const right = normalExpr(expression.comparators[0], text);
      const operator = expression.operators[0].replace('>=', '>').replace('<=', '<');
      return operator === '<' ? `${right} > ${left}` : `${left} ${operator} ${right}`;
    }
    case 'Call': {
      const {callee} = expression;
      const args = expression.args.map(({name, value}) => (name === null || name === 'axis' ? '' : `${name}=`) + normalExpr(value, text));
      if (callee.kind !== 'Attribute') return `${normalExpr(callee, text)}(${args.join(', ')})`;
      const own = callee.object.kind === 'Name' && callee.object.id === 'np';
      return `${callee.name}(${[...(own ? [] : [normalExpr(callee.object, text)]), ...args].join(', ')})`;
    }
    case 'Subscript': return `${normalExpr(expression.object, text)}[${normalExpr(expression.index, text)}]`;
    case 'Attribute': return `${normalExpr(expression.object, text)}.${expression.name}`;
    case 'Tuple': return expression.items.map((item) => normalExpr(item, text)).join(', ');
    case 'Slice': return [expression.start, expression.stop].map((end) => (end === null ? '' : normalExpr(end, text))).join(':');
    case 'Number': return String(Number(expression.value));
    default: return printExpr(expression, text).replace(/\s+/g, '');
  }
}

function sumOf(expression: Expr, text: string, sign = 1): string[] {
  if (expression.kind === 'Binary' && (expression.operator === '+' || expression.operator === '-')) {
    return [...sumOf(expression.left, text, sign), ...sumOf(expression.right, text, expression.operator === '-' ? -sign : sign)];
  }
  if (expression.kind === 'Unary' && expression.operator === '-') return sumOf(expression.operand, text, -sign);
  const product = factorsOf(expression, text);
  product.number *= sign;
  return [productText(product)];
}

interface Product {
  number: number;
  readonly powers: Map<string, number>;
}

function factorsOf(expression: Expr, text: string): Product {
  const product: Product = {number: 1, powers: new Map()};
  const visit = (node: Expr, power: number): void => {
    if (node.kind === 'Binary' && (node.operator === '*' || node.operator === '/')) {
      visit(node.left, power);
      visit(node.right, node.operator === '/' ? -power : power);
    } else if (node.kind === 'Binary' && node.operator === '**' && node.right.kind === 'Number') visit(node.left, power * Number(node.right.value));
    else if (node.kind === 'Unary' && node.operator === '-') {
      product.number *= -1;
      visit(node.operand, power);
    } else if (node.kind === 'Number') product.number *= Number(node.value) ** power;
    else {
      const key = node.kind === 'Binary' && (node.operator === '+' || node.operator === '-') ? `(${sumOf(node, text).sort().join(' + ')})` : node.kind === 'Binary' && node.operator === '**' ? printExpr(node, text) : normalExpr(node, text);
      product.powers.set(key, (product.powers.get(key) ?? 0) + power);
    }
  };
  visit(expression, 1);
  return product;
}

function productText({number, powers}: Product): string {
  const parts = [...powers].filter(([, power]) => power !== 0).map(([key, power]) => (power === 1 ? key : `${key}**${power}`)).sort();
  return [...(number === 1 && parts.length > 0 ? [] : [String(Number(number.toPrecision(12)))]), ...parts].join('*');
}
