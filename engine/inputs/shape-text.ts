/**
 * Shapes and domains as people write them in prose: `(N, d_1, ..., d_k)`, `N x D`, `(size of current layer, number of
 * examples)`, "labels with 0 <= y[i] < C". Reads a description of one value; which value it describes is its caller's.
 */
import {parseDimension} from '../dims/expression.ts';
import type {AxisSpec, Fact} from './spec.ts';

/** What a description says of the value: shape, role, domain, kind. */
export type Described = Partial<Pick<Fact, 'shape' | 'shapeOf' | 'role' | 'domain' | 'below' | 'kind' | 'choices'>>;

const shapeWord = String.raw`(?:shapes?|sizes?|dimensions?|dims?|维度|形状|大小|维|shaped)`;

/** The axes of a text between parentheses or brackets, without them; null when it reads as no shape. */
export function parseAxes(inside: string): readonly AxisSpec[] | null {
  const text = inside.trim().replace(/[‘’´`]/g, "'").replace(/×/g, ' x ').replace(/，/g, ',');
  if (text === '') return [];
  const parts = splitTop(text, ',');
  if (parts.length === 1 && /^[\w'*+-]+(?:\s+[xX]\s+[\w'*+-]+)+$/.test(text)) return parseAxes(text.split(/\s+[xX]\s+/).join(','));
  const trailing = parts.at(-1)?.trim() === '';
  const axes: AxisSpec[] = [];
  for (const part of trailing ? parts.slice(0, -1) : parts) {
    const axis = parseAxis(part.trim());
    if (axis === null) return null;
    const previous = axes.at(-1);
    if ('rest' in axis && previous !== undefined && 'letter' in previous && /_?[1ijk]$/.test(previous.letter)) axes.pop();
    else if (previous !== undefined && 'rest' in previous && 'letter' in axis && /_?[a-zA-Z]$/.test(axis.letter)) continue;
    axes.push(axis);
  }
  return axes.length > 8 ? null : axes;
}

/** Words of types: `(int, list, slice)` is no shape. */
const typeWord = /^(?:int|float|bool|str|list|tuple|dict|slice|set|array|ndarray|tensor|callable|object|optional)$/i;

function parseAxis(text: string): AxisSpec | null {
  if (typeWord.test(text)) return null;
  if (/^(?:\.{2,}|…|\*\w*)$/.test(text)) return {rest: true};
  if (/^(?:None|\?|_|:|-1)$/i.test(text)) return {unknown: true};
  const expression = parseDimension(text);
  if (typeof expression === 'number') return {size: expression};
  if (typeof expression === 'string') return {letter: expression};
  if (expression !== null) return {expression};
  const letter = letterOfWords(text);
  return letter === null ? null : {letter};
}

const wordings: readonly (readonly [RegExp, string])[] = [
  [/number of (?:examples|samples|training examples|data)|示例|样本|num(?:ber)? (?:of )?examples|batch size/i, 'm'],
  [/(?:size|units?|nodes?|neurons?|dim\w*|number of (?:units|nodes|neurons)) (?:of|in) (?:the )?(?:prev\w*|last|preceding) ?(?:layer)?|(?:prev\w*) layer|上一|前一/i, 'n_prev'],
  [/(?:size|units?|nodes?|neurons?|dim\w*|number of (?:units|nodes|neurons)) (?:of|in) (?:the )?(?:current|this|next) ?(?:layer)?|当前|本层|current layer/i, 'n'],
  [/^(?:input(?:s)? (?:size|layer)|(?:size|number) of (?:the )?inputs?(?: (?:layer|features|units))?)$|输入/i, 'n_x'],
  [/^(?:output (?:size|layer)|size of (?:the )?output(?: layer)?)$|输出/i, 'n_y'],
  [/^(?:number of classes|classes)$|类别/i, 'C'],
  [/^(?:number of features|features)$|特征/i, 'n_features'],
];

/** A letter for a dimension that is told in words, or null when it is too long to be one. */
function letterOfWords(text: string): string | null {
  for (const [pattern, letter] of wordings) if (pattern.test(text)) return letter;
  const words = text.replace(/[^\w\s-]/g, ' ').trim().split(/[\s-]+/).filter((word) => !/^(?:of|the|a|an|in|per)$/i.test(word));
  if (words.length === 0 || words.length > 3 || !words.every((word) => /^[A-Za-z]\w*$/.test(word))) return null;
  return words.join('_').toLowerCase();
}

/** Splits at a separator outside brackets. */
export function splitTop(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quote !== '') { if (c === quote) quote = ''; continue; }
    if ((c === '\'' || c === '"') && !/[\w)]/.test(text[i - 1] ?? ' ')) quote = c;
    else if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth--;
    else if (c === separator && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/**
 * The first shape in a description. With `bare`, parentheses count without the word "shape" before them.
 * `names` are the function's parameters: `(x, w, b)` is a tuple of them, not a shape.
 */
export function findShape(description: string, bare: boolean, names: ReadonlySet<string>): readonly AxisSpec[] | null {
  const text = description.replace(/（/g, '(').replace(/）/g, ')').replace(/\s+/g, ' ');
  const worded = new RegExp(`${shapeWord}\\s*(?:of|is|as|are|为|是|[:：=-])?\\s*[:：]?\\s*[([]`, 'gi');
  for (let match = worded.exec(text); match !== null; match = worded.exec(text)) {
    const inside = bracketed(text, worded.lastIndex - 1);
    const axes = inside === null ? null : parseAxes(inside);
    if (axes !== null) return axes;
  }
  const plain = new RegExp(`${shapeWord}\\s*(?:of|is|as|为|是|[:：=])\\s*([\\w*']+(?:\\s*[x×X]\\s*[\\w*']+)+)`, 'i').exec(text);
  if (plain !== null) return parseAxes(plain[1].split(/\s*[x×]\s*/).join(','));
  const product = /(?:^|[\s([])((?:[A-Z]\w{0,2}|[a-z]|\d+|n_\w+)(?:\s+[x×]\s+(?:[A-Z]\w{0,2}|[a-z]|\d+|n_\w+))+)(?=$|[\s.,;)\]])/.exec(text);
  if (product !== null) return parseAxes(product[1].split(/\s+[x×]\s+/).join(','));
  const single = new RegExp(`of (?:length|size|dimension) ([A-Z]\\w{0,2})\\b`).exec(text);
  if (single !== null) return [{letter: single[1]}];
  if (!bare) return null;
  for (let at = text.search(/[([]/); at >= 0; at = nextOpen(text, at)) {
    if (at > 0 && /[\w'\]]/.test(text[at - 1])) continue;
    const inside = bracketed(text, at);
    if (inside === null || !inside.includes(',') || /['"=:]\s|==|\bor\b|\be\.g\b|\bi\.e\b/.test(inside)) continue;
    const axes = parseAxes(inside);
    if (axes === null) continue;
    const letters = axes.flatMap((axis) => 'letter' in axis ? [axis.letter] : []);
    if (letters.length > 0 && letters.every((letter) => names.has(letter)) || /tuple of\s*$/i.test(text.slice(0, at))) continue;
    return axes;
  }
  return null;
}

function nextOpen(text: string, from: number): number {
  const next = text.slice(from + 1).search(/[([]/);
  return next < 0 ? -1 : from + 1 + next;
}

/** The text inside the bracket that opens at `at`, or null when it does not close. */
function bracketed(text: string, at: number): string | null {
  const open: string[] = [];
  for (let i = at; i < text.length; i++) {
    const c = text[i];
    if (c === '(' || c === '[') open.push(c);
    else if (c === ')' || c === ']') {
      if (open.pop() !== (c === ')' ? '(' : '[')) return null;
      if (open.length === 0) return text.slice(at + 1, i);
    }
  }
  return null;
}

/** `a scalar or numpy array of any size`: no single number is meant. */
export const orArray = /\bscal[ao]r\b.{0,12}\b(?:or|and)\b.{0,16}(?:array|matrix|tensor|vector)|(?:array|matrix|tensor|vector)\b.{0,16}\bor\b.{0,6}\bscal[ao]r\b/i;

/** Everything that a description tells. Shapes as in findShape. */
export function describe(description: string, bare: boolean, names: ReadonlySet<string>): Described {
  const text = description.replace(/\s+/g, ' ').trim();
  const out: {-readonly [K in keyof Described]: Described[K]} = {};
  const isTuple = /\btuple\b|元组|タプル/i.test(text) && !/\barrays?\b/i.test(text);
  const shape = isTuple ? null : findShape(text, bare, names);
  const same = /same (?:shape|size|dimensions?) (?:as|with|to|of) (?:the )?(?:input |output |data |array )?[`'"]?([A-Za-z_]\w*)/i.exec(text);
  if (shape !== null) out.shape = shape;
  else if (same !== null) out.shapeOf = same[1];

  const range = /0\s*(?:<=|≤|<)\s*[\w[\], ]{1,12}\s*(?:<|≤|<=)\s*([A-Za-z]\w{0,6}|\d+)/.exec(text);
  const labels = /\blabels?\b(?!\s*smooth)|ground[- ]truth (?:class|ind)|标签|正解ラベル|정답/i.test(text);
  const indices = /\bindices\b|\binteger (?:array|indices)|\bof integers\b|\bindexes\b/i.test(text);
  if (/one[- ]?hot|ワンホット|独热/i.test(text)) { out.role = 'label'; out.domain = 'one-hot'; }
  else if (range !== null && (labels || indices || /class/.test(text))) {
    out.role = labels || /ground[- ]truth|class/i.test(text) ? 'label' : 'index';
    out.below = /^\d/.test(range[1]) ? {size: Number(range[1])} : {letter: range[1]};
  } else if (labels && /vector|array|0 if|integer|\(N,?\)/i.test(text) && !/probab/i.test(text)) {
    out.role = 'label';
    if (/0 if|1 if|\b0\/1\b|\(0 or 1\)|containing 0|true ["']?label/i.test(text)) out.domain = 'mask';
  }
  if (out.role === undefined) {
    if (/\bboolean (?:array|mask)|\bmask of\b/i.test(text)) { out.role = 'config'; out.domain = 'mask'; }
    else if (/probabilit(?:y|ies) (?:vector|predictions?|distribution)|\b(?:softmax|predicted|class) probabilities|probabilities of/i.test(text) && /vector|array|shape|matrix/i.test(text)) {
      out.domain = 'probabilities';
    } else if (/\b(?:variance|positive (?:array|values|numbers))/i.test(text)) out.domain = 'positive';
    else if (/permutation/i.test(text)) { out.role = 'index'; out.domain = 'permutation'; }
    else if (indices && /integer/i.test(text)) out.role = 'index';
  }
  const options = /(?:["'“‘](\w+)["'”’])\s*(?:,\s*["'“‘](\w+)["'”’]\s*)?,?\s*(?:or|\/|,|或|和)\s*["'“‘](\w+)["'”’]/.exec(text);
  // Words in quotes after "a dictionary" are its keys, not values to choose from.
  const isDictionary = shape === null && /^.{0,20}\bdict(?:ionary)?\b|^.{0,10}字典/i.test(text);
  if (options !== null && !isDictionary) {
    out.kind = 'string';
    out.choices = (options.slice(1) as (string | undefined)[]).filter((word) => word !== undefined);
  } else if (/\bdict(?:ionary|s)?\b|字典/i.test(text.slice(0, 60)) && shape === null) out.kind = 'dict';
  else if (/^\(\s*int(?:eger)?\s*(?:,|or\b|\|)/i.test(text)) out.kind = 'int';
  else if (isTuple) out.kind = 'tuple';
  else if (/\blist of\b|\blist,|列表/i.test(text.slice(0, 50))) out.kind = 'list';
  else if (shape === null && out.shapeOf === undefined && out.role === undefined) {
    if (orArray.test(text)) return out;
    if (/\bscalar\b|^\(?float\b|\bfloat\b.{0,12}(?:strength|rate|probability)|strength|learning rate|\brate\b|\bmomentum\b|numeric(?:al)? stability/i.test(text)) out.kind = 'float';
    else if (/\binteger (?:number|mumber|giving)|^\(?int(?:eger)?\b|^Number of\b/i.test(text)) out.kind = 'int';
    else if (/\bboolean\b|\bflag\b|^\(?bool\b/i.test(text)) out.kind = 'bool';
  }
  return out;
}
