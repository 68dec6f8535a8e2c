/** Numbers, strings and f-strings as Python text, in the spelling of Python's own `repr` where it has one. */
import type {Expr, FString, NumberLiteral} from './ast.ts';

export function printNumber({value, type}: NumberLiteral): string {
  if (type === 'int') return String(value);
  const number = Number(value);
  const digits = number === Infinity ? '1e999' : String(number);
  if (type === 'imaginary') return `${digits}j`;
  return /[.e]/.test(digits) ? digits : `${digits}.0`;
}

/** In single quotes, or in double ones when that saves escapes. */
export function printString(value: string, bytes: boolean): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  return `${bytes ? 'b' : ''}${quote}${escaped(value, quote, bytes)}${quote}`;
}

/** Before Python 3.12 no field holds the quotes of its string, so that there are only so many strings in strings. */
const QUOTES = ["'", '"', '"""', "'''"];

/** `printField` prints the expression of a field. */
export function printFString(parts: FString['parts'], printField: (value: Expr) => string): string {
  const fields = printParts(parts, '', printField);
  const quote = QUOTES.find((one) => !fields.includes(one)) ?? "'";
  return `f${quote}${printParts(parts, quote, printField)}${quote}`;
}

/** With no quote, only the fields, to see what quotes they hold. */
function printParts(parts: FString['parts'], quote: string, printField: (value: Expr) => string): string {
  return parts.map((part) => {
    if (typeof part === 'string') return quote === '' ? '' : escaped(part, quote[0], false).replace(/[{}]/g, '$&$&');
    const inner = printField(part.value);
    const value = part.debug === null ? protectedField(part.value, inner) : `${part.debug}=`;
    const conversion = part.conversion === null || (part.debug !== null && part.format === null && part.conversion === 'r') ? '' : `!${part.conversion}`;
    const format = part.format === null ? '' : `:${printParts(part.format, quote, printField)}`;
    return `{${value}${conversion}${format}}`;
  }).join('');
}

/** A lambda's colon and a brace would be read as the field's own. */
function protectedField(value: Expr, printed: string): string {
  if (value.kind === 'Lambda') return `(${printed})`;
  return printed.startsWith('{') ? ` ${printed} ` : printed;
}

const NAMED: Readonly<Partial<Record<string, string>>> = {'\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t'};

function escaped(value: string, quote: string, bytes: boolean): string {
  const special = bytes ? /[\\\x00-\x1f'"\x7f-\xff]/g : /[\\\x00-\x1f'"\x7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
  return value.replace(special, (character) => {
    if (character === "'" || character === '"') return character === quote ? `\\${character}` : character;
    const named = NAMED[character];
    if (named !== undefined) return named;
    const code = character.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
}
