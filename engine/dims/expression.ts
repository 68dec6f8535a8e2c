/**
 * A dimension as an expression in letters: `N`, `4*H`, `C*HH*WW`, `(H + 2*pad - HH) // stride + 1`.
 * Evaluates, prints and reads such expressions. Knows nothing of arrays, Python or where the letters come from.
 */

/** A number, a letter (any name) or an operation on two of them. `/` in a text is read as `//`. */
export type DimExpression =
  | number
  | string
  | {readonly operator: '+' | '-' | '*' | '//'; readonly left: DimExpression; readonly right: DimExpression};

export type Sizes = ReadonlyMap<string, number>;

/** The size, or null when a letter is unknown or a division by zero. */
export function evaluate(expression: DimExpression, sizes: Sizes): number | null {
  if (typeof expression === 'number') return expression;
  if (typeof expression === 'string') return sizes.get(expression) ?? null;
  const left = evaluate(expression.left, sizes);
  const right = evaluate(expression.right, sizes);
  if (left === null || right === null) return null;
  switch (expression.operator) {
    case '+': return left + right;
    case '-': return left - right;
    case '*': return left * right;
    case '//': return right === 0 ? null : Math.floor(left / right);
  }
}

/** The letters of an expression, each once, from left to right. */
export function lettersOf(expression: DimExpression): readonly string[] {
  const letters = new Set<string>();
  collect(expression, letters);
  return [...letters];
}

function collect(expression: DimExpression, into: Set<string>): void {
  if (typeof expression === 'string') into.add(expression);
  else if (typeof expression === 'object') {
    collect(expression.left, into);
    collect(expression.right, into);
  }
}

/** The same expression with each letter replaced by what `rename` gives for it. */
export function rename(expression: DimExpression, change: (letter: string) => DimExpression): DimExpression {
  if (typeof expression === 'number') return expression;
  if (typeof expression === 'string') return change(expression);
  return combine(expression.operator, rename(expression.left, change), rename(expression.right, change));
}

/** An operation on two expressions, with constants folded and neutral elements dropped. */
export function combine(operator: '+' | '-' | '*' | '//', left: DimExpression, right: DimExpression): DimExpression {
  if (typeof left === 'number' && typeof right === 'number') {
    const value = evaluate({operator, left, right}, new Map());
    if (value !== null) return value;
  }
  if (operator === '*' && (left === 1 || right === 1)) return left === 1 ? right : left;
  if (operator === '+' && (left === 0 || right === 0)) return left === 0 ? right : left;
  if ((operator === '-' && right === 0) || (operator === '//' && right === 1)) return left;
  return {operator, left, right};
}

/** As people write it: `4*H`, `H-HH+1`, `(H-pool)/stride`. */
export function print(expression: DimExpression): string {
  return printAt(expression, 0);
}

function printAt(expression: DimExpression, precedence: number): string {
  if (typeof expression !== 'object') return String(expression);
  const own = expression.operator === '+' || expression.operator === '-' ? 1 : 2;
  const sign = expression.operator === '//' ? '/' : expression.operator;
  const text = `${printAt(expression.left, own)}${sign}${printAt(expression.right, own + 1)}`;
  return own < precedence ? `(${text})` : text;
}

const token = /\s*(?:(\d+)|([A-Za-z_][A-Za-z_0-9]*(?:\.[A-Za-z_]\w*)*'*)|(\/\/|[-+*/()]))/y;

/**
 * Reads a dimension from text: numbers, names (with primes: `H'`), `+ - * / //`, parentheses, and a product written side
 * by side (`4H`). Null when the text is anything else.
 */
export function parseDimension(text: string): DimExpression | null {
  const tokens: string[] = [];
  const source = text.trim();
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const match = token.exec(source);
    if (match === null) return null;
    const word = match[0].trim();
    const previous = tokens.at(-1);
    if (previous !== undefined && /^\d+$/.test(previous) && /^[A-Za-z_]/.test(word)) tokens.push('*');
    tokens.push(word);
  }
  if (tokens.length === 0) return null;
  let at = 0;

  const sum = (): DimExpression | null => {
    let left = product();
    while (left !== null && (tokens[at] === '+' || tokens[at] === '-')) {
      const operator = tokens[at++] as '+' | '-';
      const right = product();
      left = right === null ? null : combine(operator, left, right);
    }
    return left;
  };
  const product = (): DimExpression | null => {
    let left = atom();
    while (left !== null && (tokens[at] === '*' || tokens[at] === '/' || tokens[at] === '//')) {
      const operator = tokens[at++] === '*' ? '*' : '//';
      const right = atom();
      left = right === null ? null : combine(operator, left, right);
    }
    return left;
  };
  const atom = (): DimExpression | null => {
    const word = tokens[at++] as string | undefined;
    if (word === undefined) return null;
    if (/^\d/.test(word)) return Number(word);
    if (/^[A-Za-z_]/.test(word)) return word;
    if (word !== '(') return null;
    const inner = sum();
    return tokens[at++] === ')' ? inner : null;
  };

  const expression = sum();
  return at === tokens.length ? expression : null;
}
