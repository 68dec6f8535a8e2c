/**
 * What the extension and the graph panel say to each other: two unions, told apart by `type`, with validators that both
 * sides use. Plain data; a message that is not understood is ignored, and its sender's log is told.
 */
import type {GraphEdge, GraphGroup, GraphNode, UserGradient} from '../engine/graph/graph.ts';
import type {Site} from '../extension/protocol.ts';

export interface PanelUserGradient extends Omit<UserGradient, 'span'> {
  readonly site: Site | null;
}

export interface PanelNode extends Omit<GraphNode, 'span' | 'path' | 'user'> {
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
  readonly gradients: readonly GradientRow[];
  /** Where the first wrong value is, or null. */
  readonly firstWrong: Site | null;
}

export type ToPanel =
  | {readonly type: 'picture'; readonly picture: Picture}
  /** The text has changed and cannot be run now: what is shown is of an older text. */
  | {readonly type: 'stale'; readonly message: string}
  /** There is nothing to draw. */
  | {readonly type: 'nothing'; readonly message: string}
  /** The cursor of the editor stands here. */
  | {readonly type: 'cursor'; readonly uri: string; readonly line: number};

export type FromPanel =
  | {readonly type: 'ready'}
  /** A picture is on the page, with the value of its last node as it is written there. */
  | {readonly type: 'drawn'; readonly pair: string; readonly value: string}
  /** Show the text of a node: mark it, or go there. */
  | {readonly type: 'reveal'; readonly site: Site; readonly go: boolean}
  | {readonly type: 'unmark'}
  | {readonly type: 'unroll'; readonly on: boolean}
  | {readonly type: 'pin'; readonly on: boolean}
  | {readonly type: 'save'; readonly format: 'svg' | 'png' | 'dot' | 'mermaid'; readonly content: string}
  | {readonly type: 'log'; readonly message: string};

type Fields = Readonly<Record<string, unknown>>;

/** The message, or null when it is none. */
export function asToPanel(message: unknown): ToPanel | null {
  if (!isFields(message)) return null;
  switch (message.type) {
    case 'picture': return isPicture(message.picture) ? message as unknown as ToPanel : null;
    case 'stale': case 'nothing': return isText(message.message) ? message as unknown as ToPanel : null;
    case 'cursor': return isText(message.uri) && isNumber(message.line) ? message as unknown as ToPanel : null;
    default: return null;
  }
}

/** The message, or null when it is none. */
export function asFromPanel(message: unknown): FromPanel | null {
  if (!isFields(message)) return null;
  switch (message.type) {
    case 'ready': case 'unmark': return message as unknown as FromPanel;
    case 'drawn': return isText(message.pair) && isText(message.value) ? message as unknown as FromPanel : null;
    case 'reveal': return isSite(message.site) && isFlag(message.go) ? message as unknown as FromPanel : null;
    case 'unroll': case 'pin': return isFlag(message.on) ? message as unknown as FromPanel : null;
    case 'save': return isText(message.content) && ['svg', 'png', 'dot', 'mermaid'].includes(String(message.format)) ? message as unknown as FromPanel : null;
    case 'log': return isText(message.message) ? message as unknown as FromPanel : null;
    default: return null;
  }
}

function isPicture(value: unknown): boolean {
  if (!isFields(value)) return false;
  const {uri, pair, verdict, reason, nodes, edges, groups, gradients, firstWrong} = value;
  return [uri, pair, verdict, reason].every(isText) && isListOf(nodes, isNode) && isListOf(edges, isEdge)
    && isListOf(groups, (group) => isText(group.id) && isText(group.label) && (group.parent === null || isText(group.parent)))
    && isListOf(gradients, isRow) && isSiteOrNull(firstWrong);
}

function isNode({id, kind, label, operation, names, group, site, shape, size, first, gradient, user, count, saved, isOutput, explanation}: Fields): boolean {
  return isText(id) && (kind === 'input' || kind === 'operation') && isText(label) && isText(operation) && isList(names, isText)
    && (group === null || isText(group)) && isSiteOrNull(site) && isList(shape, (axis) => isText(axis) || isNumber(axis)) && isList(size, isNumber)
    && isList(first, isNumber) && isList(gradient, isNumber) && (user === null || (isFields(user) && isUser(user))) && isNumber(count)
    && isFlag(saved) && isFlag(isOutput) && (explanation === null || (isFields(explanation) && isText(explanation.pattern) && isText(explanation.why) && isFields(explanation.pullback)));
}

function isUser({name, size, first, status, site}: Fields): boolean {
  return isText(name) && isList(size, isNumber) && isList(first, isNumber) && ['agrees', 'disagrees', 'unsettled'].includes(String(status)) && isSiteOrNull(site);
}

function isEdge({from, to, carried, contribution, local}: Fields): boolean {
  return isText(from) && isText(to) && isFlag(carried) && isList(contribution, isNumber) && (local === null || isNumber(local));
}

function isRow({name, of, shape, verdict, error, message, site}: Fields): boolean {
  return [name, of, shape, verdict, message].every(isText) && (error === null || isNumber(error)) && isSiteOrNull(site);
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
