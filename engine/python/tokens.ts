/**
 * The smallest pieces of a Python text: strings, numbers, words, operators, brackets.
 * Used where there is no tree to rely on: for the pre-pass, and for lines that the grammar finds an error in.
 */

export interface Token {
  readonly type: 'word' | 'number' | 'string' | 'operator';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** How many brackets are open around it; a bracket itself is outside of what it encloses. */
  readonly depth: number;
}

const NUMBER = /0[xX][\da-fA-F_]+[lL]?|0[oO][0-7_]+[lL]?|0[bB][01_]+[lL]?|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJlL]?/y;
const STRING_PREFIX = /^(?:[rbuf]|br|rb|fr|rf|ur)$/i;
const OPERATOR = /\*\*=?|\/\/=?|>>=?|<<=?|->|:=|<>|[=!<>+\-*/%@&|^]=|\.\.\.|./suy;

/** The tokens between two offsets; blanks, line breaks and comments are left out. */
export function tokensIn(text: string, start: number, end: number): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (let at = start; at < end;) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === 92) {
      at++;
      continue;
    }
    if (code === 35) {
      while (at < end && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
      continue;
    }
    const type = typeAt(text, at);
    const until = Math.min(tokenEnd(text, at, type), end);
    const written = text.slice(at, until);
    if (type === 'operator' && ')]}'.includes(written)) depth = Math.max(0, depth - 1);
    tokens.push({type, text: written, start: at, end: until, depth});
    if (type === 'operator' && '([{'.includes(written)) depth++;
    at = until;
  }
  return tokens;
}

/** The end of the string whose opening quote is at the offset. A triple-quoted one that is `cut` ends with its line, left open. */
export function stringEnd(text: string, start: number, cut: boolean): {end: number; closed: boolean} {
  const quote = text.charCodeAt(start);
  const triple = isTriple(text, start);
  for (let at = start + (triple ? 3 : 1); at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92 && !cut) {
      at++;
      if (text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10) at++;
    } else if (code === quote) {
      if (!triple) return {end: at + 1, closed: true};
      if (!cut && text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) return {end: at + 3, closed: true};
    } else if ((code === 10 || code === 13) && (!triple || cut)) {
      return {end: at, closed: false};
    }
  }
  return {end: text.length, closed: false};
}

export function isTriple(text: string, start: number): boolean {
  const quote = text.charCodeAt(start);
  return text.charCodeAt(start + 1) === quote && text.charCodeAt(start + 2) === quote;
}

/** The number literal at the offset, Python 2's `10L` included. */
export function numberAt(text: string, offset: number): string {
  NUMBER.lastIndex = offset;
  return NUMBER.exec(text)![0];
}

export function wordEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && isWord(text.charCodeAt(at))) at++;
  return at;
}

export function isStringPrefix(word: string): boolean {
  return STRING_PREFIX.test(word);
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Letters, digits, underscores and everything beyond ASCII. */
export function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 48 && code <= 57) || code > 160;
}

function typeAt(text: string, at: number): Token['type'] {
  const code = text.charCodeAt(at);
  if (code === 34 || code === 39) return 'string';
  if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) return 'number';
  if (!isWord(code)) return 'operator';
  const end = wordEnd(text, at);
  const next = text.charCodeAt(end);
  return (next === 34 || next === 39) && end - at <= 2 && isStringPrefix(text.slice(at, end)) ? 'string' : 'word';
}

function tokenEnd(text: string, at: number, type: Token['type']): number {
  switch (type) {
    case 'word':
      return wordEnd(text, at);
    case 'number':
      return at + numberAt(text, at).length;
    case 'string':
      return stringEnd(text, isWord(text.charCodeAt(at)) ? wordEnd(text, at) : at, false).end;
    case 'operator':
      OPERATOR.lastIndex = at;
      return at + OPERATOR.exec(text)![0].length;
  }
}
