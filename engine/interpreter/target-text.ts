/**
 * Targets as their author wrote them, for events: `dW`, `self.W`, `grads['W1']`, `dx[i, j]`.
 */
import type {Expr} from '../python/ast.ts';

const remembered = new WeakMap<Expr, string>();

/** An expression as text, in Python's usual spacing. What is long or rare is `...`. Remembered on the tree. */
export function textOf(expr: Expr): string {
  if (expr.kind === 'Name') return expr.id;
  let text = remembered.get(expr);
  if (text === undefined) {
    text = written(expr);
    remembered.set(expr, text);
  }
  return text;
}

function written(expr: Expr): string {
  switch (expr.kind) {
    case 'Name': return expr.id;
    case 'Number': return expr.type === 'imaginary' ? `${String(expr.value)}j` : String(expr.value);
    case 'String': return quoted(expr.value);
    case 'Constant': return constantText(expr.value);
    case 'Attribute': return `${textOf(expr.object)}.${expr.name}`;
    case 'Subscript': return `${textOf(expr.object)}[${indexText(expr.index)}]`;
    case 'Slice': return sliceText(expr);
    case 'Tuple': return `(${listText(expr.items)}${expr.items.length === 1 ? ',' : ''})`;
    case 'List': return `[${listText(expr.items)}]`;
    case 'Star': return `*${textOf(expr.value)}`;
    case 'Unary': return expr.operator === 'not' ? `not ${textOf(expr.operand)}` : `${expr.operator}${textOf(expr.operand)}`;
    case 'Binary': return `${textOf(expr.left)} ${expr.operator} ${textOf(expr.right)}`;
    case 'Compare':
      return expr.operators.reduce((text, operator, i) => `${text} ${operator} ${textOf(expr.comparators[i])}`, textOf(expr.left));
    case 'Call': return `${textOf(expr.callee)}(${listText(expr.args.map((argument) => argument.value))})`;
    default: return '...';
  }
}

function constantText(value: null | boolean | 'Ellipsis'): string {
  if (value === null) return 'None';
  if (value === 'Ellipsis') return '...';
  return value ? 'True' : 'False';
}

function listText(items: readonly Expr[]): string {
  return items.map(textOf).join(', ');
}

function indexText(index: Expr): string {
  return index.kind === 'Tuple' && index.items.length > 1 ? listText(index.items) : textOf(index);
}

function sliceText(slice: Extract<Expr, {kind: 'Slice'}>): string {
  const bound = (expr: Expr | null): string => (expr === null ? '' : textOf(expr));
  return `${bound(slice.start)}:${bound(slice.stop)}${slice.step === null ? '' : `:${textOf(slice.step)}`}`;
}

/** A string as Python's `repr` shows it. */
export function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}
