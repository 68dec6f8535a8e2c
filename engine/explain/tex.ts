/** Formulas for people: Python expressions as TeX. What has no sign of its own is set as code. */
import type {Expr} from '../python/ast.ts';
import type {ShapeText} from '../graph/graph.ts';
import {printExpr} from '../python/print.ts';

/** How names are written. */
export interface Symbols {
  /** The value that a name is the gradient of; null when it is none. */
  readonly gradientOf: (name: string) => string | null;
  /** The sizes of a name; none when they are not known. */
  readonly shapeOf: (name: string) => ShapeText;
}

const greek = new Set(['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'eta', 'theta', 'lambda', 'mu', 'nu', 'rho', 'sigma', 'tau', 'phi', 'psi', 'omega']);
const functions: Readonly<Record<string, string>> = {exp: '\\exp', log: '\\log', tanh: '\\tanh', sin: '\\sin', cos: '\\cos', sinh: '\\sinh', cosh: '\\cosh', maximum: '\\max', minimum: '\\min', max: '\\max', amax: '\\max', min: '\\min'};
const comparisons: Readonly<Record<string, string>> = {'==': '=', '!=': '\\ne', '<': '<', '<=': '\\le', '>': '>', '>=': '\\ge', 'in': '\\in', 'not in': '\\notin', 'is': '=', 'is not': '\\ne'};

const SUM = 1, PRODUCT = 2, SIGN = 3, POWER = 4;

export function texOf(expr: Expr, symbols: Symbols): string {
  return tex(expr, 0, symbols);
}

/** `∂L/∂w` for the name of a value. */
export function derivative(of: string): string {
  return `\\frac{\\partial L}{\\partial ${texName(of)}}`;
}

export function texName(id: string): string {
  const plain = id.replace(/^self\./, '').replace(/^\w+\[['"](\w+)['"]\]$/, '$1');
  const match = /^([A-Za-z]+?)_?(\d+)$/.exec(plain);
  const base = match === null ? plain : match[1];
  const set = greek.has(base) ? `\\${base}` : /^[A-Za-z]$/.test(base) ? base : `\\mathit{${escaped(base)}}`;
  return match === null ? set : `${set}_{${match[2]}}`;
}

function tex(expr: Expr, least: number, symbols: Symbols): string {
  const [text, binds] = written(expr, symbols);
  return binds < least ? `\\left(${text}\\right)` : text;
}

function written(expr: Expr, symbols: Symbols): readonly [string, number] {
  const inner = (part: Expr, least = 0): string => tex(part, least, symbols);
  switch (expr.kind) {
    case 'Name': {
      const of = symbols.gradientOf(expr.id);
      return [of === null ? texName(expr.id) : derivative(of), 9];
    }
    case 'Number': return [String(expr.value), 9];
    case 'Unary': return expr.operator === '-' ? [`-${inner(expr.operand, SIGN)}`, SUM] : code(expr);
    case 'Binary': return binaryTex(expr, symbols);
    case 'Compare': return [`\\left[${inner(expr.left)}${expr.comparators.map((side, i) => ` ${comparisons[expr.operators[i]]} ${inner(side)}`).join('')}\\right]`, 9];
    case 'Attribute':
      if (expr.name === 'T') return [`${inner(expr.object, 9)}^{\\top}`, POWER];
      return expr.name === 'size' && expr.object.kind === 'Name' && symbols.shapeOf(expr.object.id).length > 0 ? [symbols.shapeOf(expr.object.id).map(sizeTex).join(' \\cdot '), PRODUCT] : code(expr);
    case 'Call': return callTex(expr, symbols);
    case 'Subscript': return subscriptTex(expr, symbols);
    default: return code(expr);
  }
}

/** `x.shape[0]` is a letter, `x[i, j]` stays as it is. */
function subscriptTex({object, index}: Extract<Expr, {kind: 'Subscript'}>, symbols: Symbols): readonly [string, number] {
  if (object.kind === 'Attribute' && object.name === 'shape' && object.object.kind === 'Name' && index.kind === 'Number') {
    const size = symbols.shapeOf(object.object.id).at(Number(index.value));
    if (size !== undefined) return [sizeTex(size), 9];
  }
  return [`${tex(object, POWER, symbols)}\\left[${codeText(index)}\\right]`, POWER];
}

function sizeTex(size: string | number): string {
  return String(size).split('*').map((factor) => (/^\d+$/.test(factor) ? factor : texName(factor))).join(' \\cdot ');
}

function hasGradient(expr: Expr, symbols: Symbols): boolean {
  switch (expr.kind) {
    case 'Name': return symbols.gradientOf(expr.id) !== null;
    case 'Binary': return hasGradient(expr.left, symbols) || hasGradient(expr.right, symbols);
    case 'Unary': return hasGradient(expr.operand, symbols);
    case 'Subscript': case 'Attribute': return hasGradient(expr.object, symbols);
    case 'Call': return expr.args.some(({value}) => hasGradient(value, symbols));
    default: return false;
  }
}

function binaryTex(expr: Extract<Expr, {kind: 'Binary'}>, symbols: Symbols): readonly [string, number] {
  const {left, right, operator} = expr;
  const inner = (part: Expr, least: number): string => tex(part, least, symbols);
  switch (operator) {
    case '+': return [`${inner(left, SUM)} + ${inner(right, SUM)}`, SUM];
    case '-': return [`${inner(left, SUM)} - ${inner(right, PRODUCT)}`, SUM];
    case '@': return [`${inner(left, PRODUCT)}\\, ${inner(right, SIGN)}`, PRODUCT];
    case '*': {
      const between = rank(left, symbols) > 0 && rank(right, symbols) > 0 ? '\\odot' : left.kind === 'Number' && right.kind !== 'Number' ? '\\,' : '\\cdot';
      return [`${inner(left, PRODUCT)} ${between} ${inner(right, SIGN)}`, PRODUCT];
    }
    case '/':
      if (hasGradient(left, symbols)) return [`${inner(left, PRODUCT)} ${rank(right, symbols) > 0 ? '\\odot' : '\\cdot'} \\frac{1}{${inner(right, 0)}}`, PRODUCT];
      return [`\\frac{${inner(left, 0)}}{${inner(right, 0)}}`, SIGN];
    case '**': return [`${inner(left, 9)}^{${inner(right, 0)}}`, POWER];
    default: return code(expr);
  }
}

function callTex(expr: Extract<Expr, {kind: 'Call'}>, symbols: Symbols): readonly [string, number] {
  const {callee, args} = expr;
  if (callee.kind !== 'Attribute') return code(expr);
  const isMethod = !(callee.object.kind === 'Name' && /^(np|numpy|math)$/.test(callee.object.id));
  const values = [...(isMethod ? [callee.object] : []), ...args.filter(({name}) => name === null).map(({value}) => value)];
  const axis = args.find(({name}) => name === 'axis')?.value;
  const under = axis === undefined ? '' : `_{\\text{axis ${escaped(printExpr(axis))}}}`;
  const first = values.at(0);
  if (first === undefined) return code(expr);
  const inner = (part: Expr, least = 0): string => tex(part, least, symbols);
  switch (callee.name) {
    case 'sum': return [`\\sum${under} ${inner(first, PRODUCT)}`, PRODUCT];
    case 'mean': return [`\\operatorname{mean}${under}\\left(${inner(first)}\\right)`, POWER];
    case 'dot': case 'matmul': return values.length === 2 ? [`${inner(first, PRODUCT)}\\, ${inner(values[1], SIGN)}`, PRODUCT] : code(expr);
    case 'sqrt': return [`\\sqrt{${inner(first)}}`, 9];
    case 'square': return [`${inner(first, 9)}^{2}`, POWER];
    case 'outer': return values.length === 2 ? [`${inner(first, PRODUCT)}\\, ${inner(values[1], POWER)}^{\\top}`, PRODUCT] : code(expr);
    case 'ones_like': return ['\\mathbf{1}', 9];
    case 'where':
      return values.length === 3 ? [`\\begin{cases}${inner(values[1])} & \\text{where } ${inner(first)}\\\\ ${inner(values[2])} & \\text{elsewhere}\\end{cases}`, 0] : code(expr);
    case 'exp': return values.length === 1 ? [`e^{${inner(first)}}`, POWER] : code(expr);
    default: {
      return !Object.hasOwn(functions, callee.name) ? code(expr) : [`${functions[callee.name]}${under}\\left(${values.map((value) => inner(value)).join(', ')}\\right)`, POWER];
    }
  }
}

function rank(expr: Expr, symbols: Symbols): number {
  switch (expr.kind) {
    case 'Name': return symbols.shapeOf(expr.id).length;
    case 'Binary': return Math.max(rank(expr.left, symbols), rank(expr.right, symbols));
    case 'Unary': return rank(expr.operand, symbols);
    case 'Compare': return Math.max(rank(expr.left, symbols), ...expr.comparators.map((side) => rank(side, symbols)));
    case 'Attribute': return expr.name === 'T' ? rank(expr.object, symbols) : 0;
    case 'Subscript': return rank(expr.object, symbols);
    case 'Call': return Math.max(0, ...expr.args.map(({value}) => rank(value, symbols)), expr.callee.kind === 'Attribute' ? rank(expr.callee.object, symbols) : 0);
    default: return 0;
  }
}

/** Python as it is. */
export function verbatim(source: string): string {
  return `\\texttt{${escaped(source)}}`;
}

function code(expr: Expr): readonly [string, number] {
  return [codeText(expr), 9];
}

function codeText(expr: Expr): string {
  const text = expr.kind === 'Tuple' ? expr.items.map((item) => printExpr(item)).join(', ') : printExpr(expr);
  return verbatim(text);
}

function escaped(text: string): string {
  return text.replace(/\\/g, '\\textbackslash ').replace(/[_%#&$}{]/g, '\\$&').replace(/\^/g, '\\wedge ').replace(/~/g, '\\sim ').replace(/ /g, '\\ ');
}
