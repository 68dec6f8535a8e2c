/**
 * Where a line inside a bracket that is known to be left open begins a new statement.
 * Judges by the line's first words, its end and its indentation, nothing else.
 */

const ALWAYS = /(?:def|class|return|raise|import|global|nonlocal|assert|del|pass|break|continue|except|finally|try|elif|while|with)\b(?![ \t]*=(?!=))/y;
const FROM_IMPORT = /from[ \t]+[\w.]+[ \t]+import\b/y;
const WITH_COLON = /(?:if|for|else|async)\b[^\n\r]*:[ \t]*(?:#[^\n\r]*)?(?=[\n\r]|$)/y;
const DECORATOR = /@[ \t]*[\w.]+[ \t]*(?:\([^\n\r]*\))?[ \t]*(?=[\n\r]|$)/y;
const ASSIGNMENT = /[A-Za-z_][\w.]*(?:\[[^\n\r]*?\])*(?:[ \t]*,[ \t]*[A-Za-z_][\w.]*(?:\[[^\n\r]*?\])*)*[ \t]*(?:[+\-*/%@&|^]|\/\/|\*\*|<<|>>)?=(?!=)[^\n\r]*/y;
const REST_OF_LINE = /[^\n\r]*/y;
const COMMA_AT_END = /,[ \t]*(?:#.*)?$/;
const HEADER = /(?:def|class|if|elif|else|for|while|with|try|except|finally|async)\b/y;
const EXPRESSION = /[A-Za-z_'"]/y;
const OPERATOR_WORD = /(?:if|else|for|in|is|and|or|not|async)\b/y;

/**
 * Whether the physical line at `lineStart` begins a statement, given the statement that was left open.
 * Behind the opening line of a block, deeper lines are its body unless they read like the rest of its parameters.
 */
export function beginsStatement(text: string, lineStart: number, open: {start: number; indent: number}): boolean {
  let indent = 0;
  let at = lineStart;
  for (; ; at++) {
    const code = text.charCodeAt(at);
    if (code === 32) indent++;
    else if (code === 9) indent += 8 - (indent % 8);
    else break;
  }
  if (matches(ALWAYS, text, at) || matches(FROM_IMPORT, text, at) || matches(WITH_COLON, text, at)) return true;
  if (indent > open.indent && !matches(HEADER, text, open.start)) return false;
  if (indent <= open.indent && (matches(DECORATOR, text, at) || matches(ASSIGNMENT, text, at))) return true;
  if (!matches(EXPRESSION, text, at) || matches(OPERATOR_WORD, text, at)) return false;
  return indent <= open.indent || !continuesList(text, at);
}

/** Whether the rest of the line reads like items of an open list: a comma at its end, or brackets that don't balance. */
function continuesList(text: string, at: number): boolean {
  REST_OF_LINE.lastIndex = at;
  const rest = REST_OF_LINE.exec(text)![0];
  if (COMMA_AT_END.test(rest)) return true;
  let depth = 0;
  for (const character of rest.replace(/(['"]).*?\1|#.*$/g, '')) {
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth < 0) return true;
  }
  return false;
}

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
