/**
 * What the extension and the graph panel say to each other: two unions, told apart by `type`, with validators that both
 * sides use. Plain data; a message that is not understood is ignored, and its sender's log is told.
 */
import type {Explanation, GraphEdge, GraphGroup, GraphNode, UserGradient} from '../engine/graph/graph.ts';
import type {Answer, Question} from '../engine/graph/study.ts';
import type {Site} from '../extension/protocol.ts';

export interface PanelUserGradient extends Omit<UserGradient, 'span'> {
  readonly site: Site | null;
}

/** Of its numbers it has those that are drawn; all of them are asked for. */
export interface PanelNode extends Omit<GraphNode, 'span' | 'path' | 'user' | 'explanation'> {
  readonly site: Site | null;
  readonly user: PanelUserGradient | null;
}

/** A row of the table of gradients. */
export interface GradientRow {
  readonly name: string;
  readonly of: string;
  readonly shape: string;
  readonly verdict: string;
  readonly error: number | null;
  readonly message: string;
  readonly site: Site | null;
  /** Of a wrong gradient, what can be asked for next; null when nothing can. */
  readonly hint: {readonly mistake: string; readonly question: string} | null;
}

/** One pair, ready to be drawn. */
export interface Picture {
  readonly uri: string;
  readonly pair: string;
  readonly verdict: string;
  readonly reason: string;
  readonly nodes: readonly PanelNode[];
  readonly edges: readonly GraphEdge[];
  readonly groups: readonly GraphGroup[];
  /** How operations, by their names, pass gradients on. */
  readonly explanations: Readonly<Record<string, Explanation>>;
  readonly gradients: readonly GradientRow[];
  /** Where the first wrong value is, or null. */
  readonly firstWrong: Site | null;
}

export type ToPanel =
  /** Nodes and edges of the picture that comes next, before its own: a large one comes in parts. */
  | {readonly type: 'part'; readonly nodes: readonly PanelNode[]; readonly edges: readonly GraphEdge[]}
  | {readonly type: 'picture'; readonly picture: Picture}
  /** The text has changed and cannot be run now: what is shown is of an older text. */
  | {readonly type: 'stale'; readonly message: string}
  /** There is nothing to draw. */
  | {readonly type: 'nothing'; readonly message: string}
  /** The cursor of the editor stands here. */
  | {readonly type: 'cursor'; readonly uri: string; readonly line: number}
  /** Null when it cannot be answered. */
  | {readonly type: 'answer'; readonly question: Question; readonly answer: Answer | null};

export type FromPanel =
  | {readonly type: 'ready'}
  /** A picture is on the page, with the value of its last node as it is written there, and how many nodes it has. */
  | {readonly type: 'drawn'; readonly pair: string; readonly value: string; readonly nodes: number; readonly stale: boolean}
  /** Show the text of a node: mark it, or go there. */
  | {readonly type: 'reveal'; readonly site: Site; readonly go: boolean}
  | {readonly type: 'unmark'}
  /** One step further with a mistake. */
  | {readonly type: 'hint'; readonly mistake: string}
  /** The loops, by their groups, of which every iteration is to be a node of its own. */
  | {readonly type: 'unroll'; readonly loops: readonly string[]}
  | {readonly type: 'pin'; readonly on: boolean}
  | {readonly type: 'save'; readonly format: 'svg' | 'png' | 'dot' | 'mermaid'; readonly content: string}
  | {readonly type: 'ask'; readonly question: Question}
  | {readonly type: 'log'; readonly message: string};

/** So many nodes and edges are sent at once: taking more would hold the page up. */
const mostAtOnce = 500;

/** A picture as it is sent. */
export function messagesOf(picture: Picture): readonly ToPanel[] {
  const {nodes, edges} = picture;
  const messages: ToPanel[] = [];
  let from = 0;
  for (; Math.max(nodes.length, edges.length) - from > mostAtOnce; from += mostAtOnce) {
    messages.push({type: 'part', nodes: nodes.slice(from, from + mostAtOnce), edges: edges.slice(from, from + mostAtOnce)});
  }
  return [...messages, {type: 'picture', picture: from === 0 ? picture : {...picture, nodes: nodes.slice(from), edges: edges.slice(from)}}];
}

type Fields = Readonly<Record<string, unknown>>;

/** The message, or null when it is none. What is infinite or no number arrives as NaN. */
export function asToPanel(message: unknown): ToPanel | null {
  if (!isFields(message)) return null;
  switch (message.type) {
    case 'picture': return isPicture(message.picture) ? message as unknown as ToPanel : null;
    case 'stale': case 'nothing': return isText(message.message) ? message as unknown as ToPanel : null;
    case 'cursor': return isText(message.uri) && isNumber(message.line) ? message as unknown as ToPanel : null;
    case 'part': return isListOf(message.nodes, isNode) && isListOf(message.edges, isEdge) ? message as unknown as ToPanel : null;
    case 'answer': return isQuestion(message.question) && (message.answer === null || isAnswer(message.answer)) ? message as unknown as ToPanel : null;
    default: return null;
  }
}

/** The message, or null when it is none. */
export function asFromPanel(message: unknown): FromPanel | null {
  if (!isFields(message)) return null;
  switch (message.type) {
    case 'ready': case 'unmark': return message as unknown as FromPanel;
    case 'drawn': return isText(message.pair) && isText(message.value) && isNumber(message.nodes) && isFlag(message.stale) ? message as unknown as FromPanel : null;
    case 'reveal': return isSite(message.site) && isFlag(message.go) ? message as unknown as FromPanel : null;
    case 'unroll': return isList(message.loops, isText) ? message as unknown as FromPanel : null;
    case 'hint': return isText(message.mistake) ? message as unknown as FromPanel : null;
    case 'ask': return isQuestion(message.question) ? message as unknown as FromPanel : null;
    case 'pin': return isFlag(message.on) ? message as unknown as FromPanel : null;
    case 'save': return isText(message.content) && ['svg', 'png', 'dot', 'mermaid'].includes(String(message.format)) ? message as unknown as FromPanel : null;
    case 'log': return isText(message.message) ? message as unknown as FromPanel : null;
    default: return null;
  }
}

function isPicture(value: unknown): boolean {
  if (!isFields(value)) return false;
  const {uri, pair, verdict, reason, nodes, edges, groups, gradients, explanations, firstWrong} = value;
  return [uri, pair, verdict, reason].every(isText) && isListOf(nodes, isNode) && isListOf(edges, isEdge)
    && isListOf(groups, isGroup)
    && isFields(explanations) && Object.values(explanations).every((entry) => isFields(entry) && isText(entry.pattern) && isText(entry.why))
    && isListOf(gradients, isRow) && isSiteOrNull(firstWrong);
}

function isGroup({id, label, parent, kind, count}: Fields): boolean {
  return isText(id) && isText(label) && (parent === null || isText(parent)) && ['call', 'loop', 'iteration'].includes(String(kind)) && isAmount(count);
}

function isNode({id, kind, label, operation, names, group, site, shape, size, first, gradient, user, count, saved, isOutput}: Fields): boolean {
  return isText(id) && (kind === 'input' || kind === 'operation') && isText(label) && isText(operation) && isList(names, isText)
    && (group === null || isText(group)) && isSiteOrNull(site) && isList(shape, isAmount) && isList(size, isNumber)
    && isNumbers(first) && isNumbers(gradient) && (user === null || (isFields(user) && isUser(user))) && isAmount(count)
    && isFlag(saved) && isFlag(isOutput);
}

function isUser({name, size, first, status, site}: Fields): boolean {
  return isText(name) && isList(size, isNumber) && isNumbers(first) && ['agrees', 'disagrees', 'unsettled'].includes(String(status)) && isSiteOrNull(site);
}

function isEdge({from, to, carried, contribution, local}: Fields): boolean {
  return isText(from) && isText(to) && isFlag(carried) && isNumbers(contribution) && (local === null || isNumber(local));
}

function isRow({name, of, shape, verdict, error, message, site, hint}: Fields): boolean {
  return [name, of, shape, verdict, message].every(isText) && (error === null || isNumber(error)) && isSiteOrNull(site)
    && (hint === null || (isFields(hint) && isText(hint.mistake) && isText(hint.question)));
}

function isQuestion(value: unknown): boolean {
  if (!isFields(value)) return false;
  switch (value.about) {
    case 'values': return isText(value.node);
    case 'jacobian': return isText(value.from) && isText(value.to);
    case 'cost': return true;
    case 'step': return isText(value.of) && isNumber(value.element);
    case 'curvature': return isText(value.of);
    default: return false;
  }
}

function isAnswer(value: unknown): boolean {
  if (!isFields(value)) return false;
  switch (value.about) {
    case 'values': return isText(value.node) && isGrid(value.value) && isGrid(value.gradient) && (value.user === null || isGrid(value.user)) && isNumberOrNull(value.off)
      && isListOf(value.formulas, ({node, left, right, where}) => [node, left, right, where].every(isText));
    case 'jacobian': return isText(value.from) && isText(value.to) && [value.rows, value.columns, value.connected, value.shownRows, value.shownColumns].every(isNumber)
      && isList(value.entries, isNumberOrNull) && ['diagonal', 'blocks', 'dense', 'sparse', 'none'].includes(String(value.structure));
    case 'cost': return isListOf(value.nodes, ({node, forward, backward}) => isText(node) && isList(forward, isAmount) && isList(backward, isAmount));
    case 'step': return isText(value.of) && [value.element, value.elements, value.value, value.exact].every(isNumber)
      && isListOf(value.points, ({h, estimate, kink}) => isNumber(h) && isNumber(estimate) && isFlag(kink));
    case 'curvature': return isText(value.of) && isNumber(value.elements) && isList(value.direction, isNumber) && isList(value.product, isNumber) && isText(value.problem)
      && (value.differences === null || isList(value.differences, isNumber)) && isNumberOrNull(value.error)
      && isFields(value.operations) && [value.operations.forward, value.operations.gradient, value.operations.product].every(isNumber);
    default: return false;
  }
}

function isGrid(value: unknown): boolean {
  return isFields(value) && isNumber(value.rows) && isNumber(value.columns) && isNumbers(value.numbers) && isList(value.block, isNumber);
}

function isAmount(value: unknown): boolean {
  return isText(value) || isNumber(value);
}

function isNumberOrNull(value: unknown): boolean {
  return value === null || isNumber(value);
}

function isSiteOrNull(value: unknown): boolean {
  return value === null || isSite(value);
}

function isSite(value: unknown): boolean {
  if (!isFields(value) || !isText(value.uri) || !isFields(value.range)) return false;
  return [value.range.start, value.range.end].every((place) => isFields(place) && isNumber(place.line) && isNumber(place.character));
}

function isListOf(value: unknown, isItem: (item: Fields) => boolean): boolean {
  return isList(value, (item) => isFields(item) && isItem(item));
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

/** On the way what is no number and what is infinite has become null: it is made NaN again, in place. */
function isNumbers(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const numbers = value as unknown[];
  numbers.forEach((number, i) => { if (number === null) numbers[i] = NaN; });
  return numbers.every(isNumber);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
