/**
 * What the characters of a Python string literal mean: prefixes, quotes and escapes.
 * Works on text alone; the fields of f-strings are found by the tree and lowered elsewhere.
 */

/** The outer form of one literal: where its content lies, and how its content is to be read. */
export interface LiteralForm {
  readonly raw: boolean;
  readonly bytes: boolean;
  readonly format: boolean;
  readonly contentStart: number;
  readonly contentEnd: number;
}

/** The form of the literal that is text[start, end); null when its closing quote is missing. */
export function literalForm(text: string, start: number, end: number): LiteralForm | null {
  let at = start;
  let raw = false;
  let bytes = false;
  let format = false;
  for (; at < end; at++) {
    const letter = text.charCodeAt(at) | 32;
    if (letter === 114) raw = true;
    else if (letter === 98) bytes = true;
    else if (letter === 102) format = true;
    else if (letter !== 117) break;
  }
  const quote = text[at];
  const triple = text.startsWith(quote.repeat(3), at) && end - at >= 6;
  const width = triple ? 3 : 1;
  const contentStart = at + width;
  const contentEnd = end - width;
  if (contentEnd < contentStart || !text.startsWith(quote.repeat(width), contentEnd)) return null;
  return {raw, bytes, format, contentStart, contentEnd};
}

/** The characters that text[start, end) stands for inside a literal of this form. Line breaks become LF, as in Python. */
export function decodeContent(text: string, form: LiteralForm, start: number, end: number): string {
  const source = text.slice(start, end).replace(/\r\n?/g, '\n');
  if (form.raw || !source.includes('\\')) return source;
  return source.replace(form.bytes ? BYTES_ESCAPE : TEXT_ESCAPE, decodeEscape);
}

/** Inside an f-string doubled braces stand for single ones. */
export function undoubleBraces(text: string): string {
  return text.replace(/\{\{|\}\}/g, (pair) => pair[0]);
}

const TEXT_ESCAPE = /\\(?:\n|[0-7]{1,3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[\\'"abfnrtv])/g;
const BYTES_ESCAPE = /\\(?:\n|[0-7]{1,3}|x[\da-fA-F]{2}|[\\'"abfnrtv])/g;
const NAMED: Readonly<Partial<Record<string, string>>> = {
  '\n': '', '\\': '\\', "'": "'", '"': '"', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v',
};

function decodeEscape(escape: string): string {
  const first = escape[1];
  const named = NAMED[first];
  if (named !== undefined) return named;
  const code = first === 'x' || first === 'u' || first === 'U' ? parseInt(escape.slice(2), 16) : parseInt(escape.slice(1), 8);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
