/**
 * Reads a docstring for what it says of each parameter and each returned value: bullet lists, `x -- text`, `x : type`,
 * Google, NumPy and Sphinx styles, keys of a dictionary below it, and plain sentences.
 * Knows the text only; whether the code agrees is found by others.
 */
import {parseDimension} from '../dims/expression.ts';
import type {SizeConstraint} from '../dims/sizes.ts';
import type {Span} from '../python/span.ts';
import type {Described} from './shape-text.ts';
import {describe, findShape, orArray} from './shape-text.ts';
import type {Fact, Origin} from './spec.ts';

export interface DocFacts {
  readonly params: readonly Fact[];
  /** What the returns section says, in its order. */
  readonly returns: readonly Fact[];
  /** Equations of the prose: `D = d_1 * ... * d_k`. */
  readonly ties: readonly SizeConstraint[];
}

interface Entry {
  readonly names: readonly string[];
  readonly quoted: boolean;
  readonly indent: number;
  readonly section: 'inputs' | 'returns';
  readonly span: Span;
  text: string;
}

const name = String.raw`[*]{0,2}(?:['"\x60][\w.]+['"\x60]|[A-Za-z_][\w.]*(?:\[['"]?\w+['"]?\])?)`;
const entryLine = new RegExp(
  String.raw`^(\s*)(?:[-*+•]\s+|[-•](?=['"\w])|\d+[.)]\s+)?(?::param\s+(?:[\w.\[\]]+\s+)?(?=\w+\s*:)|@param\s+|:(?=\w+:))?` +
  `(${name}(?:\\s*(?:,|/|and)\\s*${name})*)` +
  String.raw`\s*(\([^()]*(?:\([^()]*\)[^()]*)*\)|\{[^{}]*\})?\s*(?::|--+|–|—|：|\s-\s|\s->\s|（)\s*(.*)$`,
);
const inputHeader = /^\s*(?:inputs?|arguments?|args|parameters?|params|attributes|hyperparameters?|keyword args?|参数|输入|入力|引数|인자)\s*(?:[:：].{0,25})?$/i;
const returnHeader = /^\s*(?::?returns?\b|:rtype|outputs?\b|@return|返回|输出|戻り値|yields)/i;

/**
 * `raw` is the docstring as it stands in the text (quotes included) and `start` its offset there. Entries that are no
 * parameter are keys of the dictionary parameter above them, or are dropped.
 */
export function docstringFacts(raw: string, start: number, params: readonly string[], origin: Origin = 'docstring'): DocFacts {
  const known = new Set(params);
  const entries = readEntries(raw, start, known);
  const facts = new Map<string, Fact>();
  const returns: Fact[] = [];
  let parent: {readonly name: string; readonly indent: number} | null = null;
  for (const entry of entries) {
    const described = describe(entry.text, true, known);
    if (entry.section === 'returns') {
      for (const one of entry.names) returns.push({...described, name: one, origin, span: entry.span});
      continue;
    }
    const own = entry.names.filter((one) => known.has(one));
    if (own.length > 0 && !(entry.quoted && parent !== null && entry.indent > parent.indent)) {
      for (const one of own) if (!isTold(facts.get(one))) facts.set(one, {...typed(described, entry.text), name: one, origin, span: entry.span});
      parent = {name: own[0], indent: entry.indent};
    } else if (parent !== null && (entry.indent > parent.indent || entry.quoted)) {
      const of = facts.get(parent.name)!;
      const keys = entry.names.map((one): Fact => ({...typed(described, entry.text), name: one, origin, span: entry.span}));
      facts.set(parent.name, {...of, kind: of.kind ?? 'dict', entries: [...of.entries ?? [], ...keys]});
    }
  }
  const ties: SizeConstraint[] = [];
  readProse(raw, start, params, facts, ties, origin);
  return {params: [...facts.values()], returns, ties};
}

function isTold(fact: Fact | undefined): boolean {
  return fact !== undefined && (fact.shape !== undefined || fact.kind !== undefined || fact.role !== undefined);
}

/** Sharpens a kind by type words that open a description: `x (int): ...`, `eps: float, ...`. */
function typed(described: Described, text: string): Described {
  if (described.kind !== undefined || described.shape !== undefined || described.role !== undefined || orArray.test(text)) return described;
  const word = /^[({]?\s*(?:(?:an?\s+)(?=string\b|dictionary\b))?(int|integer|float|scal[ao]r|str|string|bool|boolean|dict|dictionary|list|tuple|callable|function)\b(?!\s*array)/i.exec(text)?.[1].toLowerCase();
  const kinds = {
    int: 'int', integer: 'int', float: 'float', scalar: 'float', scalor: 'float', str: 'string', string: 'string', bool: 'bool', boolean: 'bool', dict: 'dict', dictionary: 'dict',
    list: 'list', tuple: 'tuple', callable: 'callable', function: 'callable',
  } as const;
  return word === undefined ? described : {...described, kind: kinds[word as keyof typeof kinds]};
}

function readEntries(raw: string, start: number, known: ReadonlySet<string>): readonly Entry[] {
  const entries: Entry[] = [];
  let section: 'inputs' | 'returns' = 'inputs';
  let open: Entry | null = null;
  let offset = start;
  for (const line of raw.split('\n')) {
    const at = offset;
    offset += line.length + 1;
    const text = line.trimEnd().replace(/^\s*[rRuU]?(?:"""|''')/, (quotes) => ' '.repeat(quotes.length)).replace(/(?:"""|''')\s*$/, '');
    if (text.trim() === '' || /^\s*[-=]{3,}\s*$/.test(text)) {
      if (text.trim() === '') open = null;
      continue;
    }
    if (returnHeader.test(text) && !known.has(/\w+/.exec(text)?.[0] ?? '')) {
      section = 'returns';
      const rest = /^\s*:?@?(?:returns?|outputs?|返回)\s*[:：]\s*(\w.*|\(.*)$/i.exec(text);
      open = rest === null ? null : {names: ['return'], quoted: false, indent: indentOf(text), section, span: {start: at, end: at + line.length}, text: rest[1]};
      if (open !== null) entries.push(open);
      continue;
    }
    if (inputHeader.test(text)) {
      section = 'inputs';
      open = null;
      continue;
    }
    const match = entryLine.exec(text);
    const names = match?.[2].split(/\s*(?:,|\/|\band\b)\s*/).map((one) => one.replace(/[*'"`]/g, '')) ?? [];
    if (match !== null) {
      open = {
        names, quoted: /['"`]/.test(match[2]), indent: indentOf(text), section: names.some((one) => known.has(one)) && section === 'returns' && /:param|@param/.test(text) ? 'inputs' : section,
        span: {start: at + indentOf(text), end: at + line.trimEnd().length}, text: `${(match[3] as string | undefined) ?? ''} ${match[4]}`.trim(),
      };
      if (open.section === 'inputs') section = 'inputs';
      entries.push(open);
    } else if (open !== null) {
      open.text += ` ${text.trim()}`;
    }
  }
  return entries;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Sentences: "The input x has shape (N, D)", "D = d_1 * ... * d_k", and `Input shape: (...)` for the only parameter. */
function readProse(
  raw: string, start: number, params: readonly string[], facts: Map<string, Fact>, ties: SizeConstraint[], origin: Origin,
): void {
  const known = new Set(params);
  const span = {start, end: start + raw.length};
  const give = (one: string, shape: NonNullable<Fact['shape']>): void => {
    const fact = facts.get(one);
    if (fact?.shape === undefined && fact?.kind === undefined) facts.set(one, {...fact, name: one, shape, origin, span});
  };
  for (const one of params) {
    const sentence = new RegExp(`\\b${one}\\b(?: and (\\w+))? (?:has|have|is|are|with|of)(?: an?| of| a numpy array of)?(?: the)? ([^.\\n]{0,60})`).exec(raw);
    const shape = sentence === null ? null : findShape(/^(?:shape|size|dimension)|^[\w]+ x /.test(sentence[2]) ? sentence[2] : '', false, known);
    if (shape === null || sentence === null) continue;
    give(one, shape);
    if (sentence[1] && known.has(sentence[1])) give(sentence[1], shape);
  }
  for (const one of params) {
    const listed = new RegExp(`(?:^|[\\s,;"'])${one}\\s*[:=]\\s*(\\([^()]*\\))`).exec(raw);
    const shape = listed === null ? null : findShape(listed[1], true, known);
    if (shape !== null) give(one, shape);
  }
  const only = /\binput(?:s|_?shape| shape)?\s*(?:shape)?\s*[:：=-]?\s*(\([^()]*,[^()]*\))/i.exec(raw);
  if (only !== null && params.length > 0 && params.every((one) => facts.get(one)?.shape === undefined)) {
    const shape = findShape(only[1], true, known);
    if (shape !== null) give(params[0], shape);
  }
  if (/\bD\s*=\s*(?:\\?prod|d_?1\s*\*|np\.prod|∏)/.test(raw)) ties.push({type: 'equal', letter: 'D', to: parseDimension('d_1*d_2')!});
}
