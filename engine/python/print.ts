/**
 * Expressions as Python text: canonical, on one line, with no parenthesis that Python does not need.
 * What is printed reads back as the same tree. With the source text at hand, literals keep their spelling.
 */
import type {Argument, BinaryOperator, Comprehension, Expr, Parameter} from './ast.ts';
import {printFString, printNumber, printString} from './print-literals.ts';

/** How tightly a kind of expression binds; what is looser than its place allows gets parentheses. */
const LOOSEST = 0, TERNARY = 1, OR = 2, AND = 3, NOT = 4, COMPARE = 5, UNARY = 12, POWER = 13, AWAIT = 14, ATOM = 15;
const BINARY: Readonly<Record<BinaryOperator, number>> = {
  '|': 6, '^': 7, '&': 8, '<<': 9, '>>': 9, '+': 10, '-': 10, '*': 11, '@': 11, '/': 11, '//': 11, '%': 11, '**': POWER,
};

/** Prints an expression; `text`, when given, is the text that its spans belong to. Tuples get parentheses. */
export function printExpr(expr: Expr, text: string | null = null): string {
  return print(expr, TERNARY, text);
}

/** Prints an expression where a tuple needs no parentheses: as a target, behind `return`, in a subscript. */
export function printBare(expr: Expr, text: string | null = null): string {
  if (expr.kind === 'Yield') return printYield(expr.value, expr.from, text);
  if (expr.kind !== 'Tuple' || expr.items.length === 0) return print(expr, TERNARY, text);
  return expr.items.length === 1 ? `${print(expr.items[0], TERNARY, text)},` : printList(expr.items, text);
}

/** Prints parameters as they stand between the parentheses of a `def`. */
export function printParams(params: readonly Parameter[], text: string | null = null): string {
  const parts: string[] = [];
  let star = false;
  for (const [i, param] of params.entries()) {
    if (param.passing === 'keyword' && !star) parts.push('*');
    if (param.star === '*' || param.passing === 'keyword') star = true;
    const annotation = param.annotation === null ? '' : `: ${print(param.annotation, TERNARY, text)}`;
    const equals = param.annotation === null ? '=' : ' = ';
    const initial = param.default === null ? '' : `${equals}${print(param.default, TERNARY, text)}`;
    parts.push(`${param.star}${param.name}${annotation}${initial}`);
    if (param.passing === 'position' && params.at(i + 1)?.passing !== 'position') parts.push('/');
  }
  return parts.join(', ');
}

export function printArguments(args: readonly Argument[], text: string | null = null): string {
  const [only] = args;
  if (args.length === 1 && only.star === '' && only.name === null && only.value.kind === 'Comprehension' && only.value.type === 'generator') {
    return printComprehension(only.value, text);
  }
  return args.map(({name, star, value}) => `${star}${name === null ? '' : `${name}=`}${print(value, TERNARY, text)}`).join(', ');
}

function print(expr: Expr, least: number, text: string | null): string {
  const printed = unparenthesized(expr, text);
  return tightness(expr) < least ? `(${printed})` : printed;
}

function tightness(expr: Expr): number {
  switch (expr.kind) {
    case 'NamedExpr': case 'Yield':
      return LOOSEST;
    case 'Lambda': case 'Conditional':
      return TERNARY;
    case 'BoolOp':
      return expr.operator === 'or' ? OR : AND;
    case 'Compare':
      return COMPARE;
    case 'Unary':
      return expr.operator === 'not' ? NOT : UNARY;
    case 'Binary':
      return BINARY[expr.operator];
    case 'Await':
      return AWAIT;
    default:
      return ATOM;
  }
}

function unparenthesized(expr: Expr, text: string | null): string {
  switch (expr.kind) {
    case 'Name':
      return expr.id;
    case 'Number':
      return spelling(expr, text) ?? printNumber(expr);
    case 'String':
      return spelling(expr, text) ?? printString(expr.value, expr.bytes);
    case 'FString':
      return spelling(expr, text) ?? printFString(expr.parts, (field) => printBare(field, text));
    case 'Constant':
      return printConstant(expr.value);
    case 'Tuple':
      return `(${expr.items.length === 0 ? '' : printBare(expr, text)})`;
    case 'List':
      return `[${printList(expr.items, text)}]`;
    case 'Set':
      return `{${printList(expr.items, text)}}`;
    case 'Dict':
      return `{${expr.entries.map(({key, value}) => printEntry(key, value, text)).join(', ')}}`;
    case 'Unary':
      return expr.operator === 'not' ? `not ${print(expr.operand, NOT, text)}` : `${expr.operator}${print(expr.operand, UNARY, text)}`;
    case 'Binary': {
      const own = BINARY[expr.operator];
      const [left, right] = expr.operator === '**' ? [AWAIT, UNARY] : [own, own + 1];
      return `${print(expr.left, left, text)} ${expr.operator} ${print(expr.right, right, text)}`;
    }
    case 'BoolOp':
      return expr.values.map((value) => print(value, tightness(expr) + 1, text)).join(` ${expr.operator} `);
    case 'Compare': {
      const rest = expr.comparators.map((value, i) => ` ${expr.operators[i]} ${print(value, COMPARE + 1, text)}`);
      return `${print(expr.left, COMPARE + 1, text)}${rest.join('')}`;
    }
    case 'Call':
      return `${printObject(expr.callee, text)}(${printArguments(expr.args, text)})`;
    case 'Attribute':
      return `${printObject(expr.object, text)}.${expr.name}`;
    case 'Subscript':
      return `${printObject(expr.object, text)}[${printBare(expr.index, text)}]`;
    case 'Slice':
      return printSlice(expr.start, expr.stop, expr.step, text);
    case 'Star':
      return `*${print(expr.value, BINARY['|'], text)}`;
    case 'Lambda':
      return `lambda${expr.params.length > 0 ? ' ' : ''}${printParams(expr.params, text)}: ${print(expr.body, TERNARY, text)}`;
    case 'Conditional':
      return `${print(expr.then, OR, text)} if ${print(expr.test, OR, text)} else ${print(expr.otherwise, TERNARY, text)}`;
    case 'Comprehension':
      return inBrackets(expr.type, printComprehension(expr, text));
    case 'Yield':
      return printYield(expr.value, expr.from, text);
    case 'Await':
      return `await ${print(expr.value, ATOM, text)}`;
    case 'NamedExpr':
      return `${expr.target.id} := ${print(expr.value, TERNARY, text)}`;
    case 'InvalidExpr':
      return text === null ? '<invalid>' : text.slice(expr.span.start, expr.span.end);
  }
}

/** A literal as the source has it, unless it runs over several lines. */
function spelling(expr: Expr, text: string | null): string | null {
  const written = text?.slice(expr.span.start, expr.span.end) ?? '';
  return written === '' || /[\n\r]/.test(written) ? null : written;
}

function printConstant(value: null | boolean | 'Ellipsis'): string {
  if (value === null) return 'None';
  if (value === 'Ellipsis') return '...';
  return value ? 'True' : 'False';
}

/** What a dot, a bracket or a call follows; behind a number a dot would be read as its own. */
function printObject(expr: Expr, text: string | null): string {
  const printed = print(expr, ATOM, text);
  const ambiguous = expr.kind === 'Number' || (expr.kind === 'Constant' && expr.value === 'Ellipsis');
  return ambiguous ? `(${printed})` : printed;
}

function printList(items: readonly Expr[], text: string | null): string {
  return items.map((item) => print(item, TERNARY, text)).join(', ');
}

function printEntry(key: Expr | null, value: Expr, text: string | null): string {
  return key === null ? `**${print(value, BINARY['|'], text)}` : `${print(key, TERNARY, text)}: ${print(value, TERNARY, text)}`;
}

function printSlice(start: Expr | null, stop: Expr | null, step: Expr | null, text: string | null): string {
  const part = (expr: Expr | null): string => (expr === null ? '' : print(expr, TERNARY, text));
  return `${part(start)}:${part(stop)}${step === null ? '' : `:${part(step)}`}`;
}

function printYield(value: Expr | null, from: boolean, text: string | null): string {
  if (value === null) return 'yield';
  return from ? `yield from ${print(value, TERNARY, text)}` : `yield ${printBare(value, text)}`;
}

function inBrackets(type: Comprehension['type'], inner: string): string {
  if (type === 'generator') return `(${inner})`;
  return type === 'list' ? `[${inner}]` : `{${inner}}`;
}

function printComprehension(expr: Comprehension, text: string | null): string {
  const clauses = expr.clauses.map(({target, iterable, conditions}) => {
    const tests = conditions.map((condition) => ` if ${print(condition, OR, text)}`);
    return ` for ${printBare(target, text)} in ${print(iterable, OR, text)}${tests.join('')}`;
  });
  const element = print(expr.element, TERNARY, text);
  return `${expr.key === null ? element : `${print(expr.key, TERNARY, text)}: ${element}`}${clauses.join('')}`;
}
