/**
 * Reads `# backprop:` comments that state inputs: `x (N, D), y labels(C), reg 0.05, conv_param {'stride': 1, 'pad': 1}`.
 * A pragma holds for the definition that it stands in or that follows it, or for the whole file when it stands above
 * all definitions. Pragmas that say what belongs together (`pair`, `ignore`) are read elsewhere.
 */
import type {Comment, FunctionDef, Module, Stmt} from '../python/ast.ts';
import type {Span} from '../python/span.ts';
import {parseLiteral} from './literal.ts';
import {parseAxes, splitTop} from './shape-text.ts';
import type {AxisSpec, Fact, InputProblem} from './spec.ts';

export interface PragmaFacts {
  readonly params: readonly Fact[];
  readonly problems: readonly InputProblem[];
}

const howTo = "write a name and what it is, separated by commas: x (N, D), y labels(C), reg 0.05, conv_param {'stride': 1}";

/** The pragmas that hold for a definition: those of the whole file first, overridden by its own. */
export function pragmaFacts(definition: FunctionDef, owner: Span | null, module: Module): PragmaFacts {
  const comments = module.comments.filter(({text}) => text.includes('backprop'));
  if (comments.length === 0) return {params: [], problems: []};
  const facts = new Map<string, Fact>();
  const problems: InputProblem[] = [];
  const definitions = definitionSpans(module.body);
  const first = Math.min(...definitions.map(({start}) => start), Infinity);
  const own: Comment[] = [];
  const wide: Comment[] = [];
  for (const comment of comments) {
    if (!/^#+\s*backprop\s*:/i.test(comment.text)) continue;
    const at = comment.span.start;
    if (at < first) wide.push(comment);
    else if (covers(definitions, at, definition.span) || (owner !== null && covers(definitions, at, owner))) own.push(comment);
  }
  for (const comment of [...wide, ...own]) readPragma(comment, facts, problems);
  return {params: [...facts.values()], problems};
}

/** Whether a comment at `at` stands in the definition, or is followed by it before any other. */
function covers(definitions: readonly Span[], at: number, definition: Span): boolean {
  if (at >= definition.start && at < definition.end) return true;
  const next = Math.min(...definitions.filter(({start}) => start > at).map(({start}) => start));
  return next === definition.start;
}

function definitionSpans(body: readonly Stmt[]): Span[] {
  return body.flatMap((statement) => {
    if (statement.kind === 'FunctionDef') return [statement.span];
    return statement.kind === 'ClassDef' ? [statement.span, ...definitionSpans(statement.body)] : [];
  });
}

function readPragma(comment: Comment, facts: Map<string, Fact>, problems: InputProblem[]): void {
  const prefix = /^#+\s*backprop\s*:\s*/i.exec(comment.text)![0];
  const body = comment.text.slice(prefix.length).trimEnd();
  if (/^(?:pair|ignore|seed)\b/.test(body)) return;
  let offset = comment.span.start + prefix.length;
  for (const part of splitTop(body, ',')) {
    const lead = part.length - part.trimStart().length;
    const span = {start: offset + lead, end: offset + part.trimEnd().length};
    offset += part.length + 1;
    if (part.trim() === '') continue;
    const fact = readInput(part.trim(), span);
    if (typeof fact === 'string') problems.push({code: 'bad-pragma', span, message: `${fact}; ${howTo}`});
    else facts.set(fact.name, fact);
  }
}

/** One input, or what is wrong with it. */
function readInput(part: string, span: Span): Fact | string {
  const match = /^([A-Za-z_][\w.]*(?:\[['"]?\w+['"]?\])?)\s*[:=]?\s*(.*)$/s.exec(part);
  if (match === null) return `'${part}' does not begin with the name of an input`;
  const [, name, rest] = match;
  const base = {name, origin: 'pragma' as const, span};
  if (rest === '') return `'${name}' is not followed by a shape, a value or a word`;
  const shape = /^\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*(.*)$/s.exec(rest);
  if (shape === null) {
    const words = readWords(rest, name);
    return typeof words === 'string' ? words : {...base, ...words};
  }
  const axes = /["{}:=]/.test(shape[1]) ? null : parseAxes(shape[1]);
  if (axes === null) return `'(${shape[1]})' is no shape: use letters or numbers, (N, D) or (3, 4)`;
  if (shape[2] === '') return {...base, kind: 'array', shape: axes};
  const words = readWords(shape[2], name);
  return typeof words === 'string' ? words : {...base, kind: 'array', ...words, shape: axes};
}

function readWords(text: string, name: string): Omit<Fact, 'name' | 'origin' | 'span'> | string {
  const below = /^(labels|label|index|indices)\s*(?:\(\s*([\w*]+)\s*\))?$/.exec(text);
  if (below !== null) {
    const axis = axisOf(below[2]);
    return {kind: 'array', role: below[1].startsWith('label') ? 'label' : 'index', ...(axis && {below: axis})};
  }
  const oneHot = /^one[-_ ]?hot\s*(?:\(\s*([\w*]+)\s*\))?$/.exec(text);
  if (oneHot !== null) {
    const axis = axisOf(oneHot[1]);
    return {kind: 'array', role: 'label', domain: 'one-hot', ...(axis && {below: axis})};
  }
  switch (text) {
    case 'scalar': return {kind: 'float', shape: [], role: 'differentiable'};
    case 'mask': return {kind: 'array', role: 'config', domain: 'mask'};
    case 'permutation': return {kind: 'array', role: 'index', domain: 'permutation'};
    case 'positive': case 'probabilities': case 'unit-interval': case 'non-negative': return {kind: 'array', domain: text};
    default: break;
  }
  const literal = parseLiteral(text);
  if (literal === undefined) {
    return `'${text}' after '${name}' is no shape, no value and none of labels(C), index(V), one-hot(C), mask, positive, ` +
      'non-negative, unit-interval, probabilities, permutation, scalar';
  }
  const number = typeof literal === 'number' || (typeof literal === 'object' && literal !== null && 'float' in literal);
  return {literal, shape: [], role: number ? 'hyperparameter' : 'config'};
}

function axisOf(text: string | undefined): AxisSpec | undefined {
  if (text === undefined) return undefined;
  return /^\d+$/.test(text) ? {size: Number(text)} : {letter: text};
}
