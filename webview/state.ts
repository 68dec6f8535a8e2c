/** What the panel shows, and how messages and the user change it. Pure: no page, no messages sent from here. */
import {fold} from './folding.ts';
import type {Drawn} from './folding.ts';
import type {GradientRow, PanelNode, Picture, ToPanel} from './protocol.ts';

export type Tab = 'graph' | 'gradients';
export type Column = 'name' | 'of' | 'shape' | 'verdict' | 'error' | 'line';

export interface PanelState {
  readonly picture: Picture | null;
  /** Why the picture is of an older text, or null when it is not. */
  readonly stale: string | null;
  /** What is said instead of a picture. */
  readonly message: string;
  readonly tab: Tab;
  readonly selected: string | null;
  /** How far the walk through forward and backward has come; null shows everything. */
  readonly step: number | null;
  readonly folded: ReadonlySet<string>;
  readonly search: string;
  readonly sort: {readonly column: Column; readonly descending: boolean};
}

export type Action =
  | ToPanel
  | {readonly type: 'tab'; readonly tab: Tab}
  | {readonly type: 'choose'; readonly id: string | null}
  | {readonly type: 'step'; readonly step: number | null}
  | {readonly type: 'fold'; readonly group: string}
  | {readonly type: 'search'; readonly text: string}
  | {readonly type: 'sort'; readonly column: Column};

export const initialState: PanelState = {
  picture: null, stale: null, message: 'Put the cursor in a forward or a backward function.', tab: 'graph', selected: null, step: null,
  folded: new Set(), search: '', sort: {column: 'line', descending: false},
};

export function reduce(state: PanelState, action: Action): PanelState {
  switch (action.type) {
    case 'picture': return withPicture(state, action.picture);
    case 'stale': return {...state, stale: action.message};
    case 'nothing': return {...state, picture: null, stale: null, message: action.message, selected: null, step: null};
    case 'cursor': return withCursor(state, action.uri, action.line);
    case 'tab': return {...state, tab: action.tab};
    case 'choose': return {...state, selected: action.id};
    case 'step': return {...state, step: action.step === null ? null : clamp(action.step, 0, lastStep(state))};
    case 'fold': return {...state, folded: toggled(state.folded, action.group)};
    case 'search': return {...state, search: action.text};
    case 'sort': return {...state, sort: {column: action.column, descending: state.sort.column === action.column && !state.sort.descending}};
  }
}

/** The nodes and edges that are drawn. */
export function drawnOf({picture, folded}: PanelState): Drawn {
  return picture === null ? {nodes: [], edges: []} : fold(picture, folded);
}

/** The number of the last step: each node forward, then each backward. */
export function lastStep(state: PanelState): number {
  return 2 * drawnOf(state).nodes.length - 1;
}

export interface Walk {
  /** Nodes whose value, and whose gradient, is known by now. */
  readonly values: ReadonlySet<string>;
  readonly gradients: ReadonlySet<string>;
  readonly current: PanelNode | null;
  readonly direction: 'forward' | 'backward';
}

/** Where the walk is: values appear in program order, then gradients in the reverse of it. */
export function walkOf(state: PanelState): Walk {
  const {nodes} = drawnOf(state);
  const {step} = state;
  const ids = nodes.map(({id}) => id);
  if (step === null) return {values: new Set(ids), gradients: new Set(ids), current: null, direction: 'forward'};
  const back = step - nodes.length;
  return {
    values: new Set(ids.slice(0, step + 1)),
    gradients: new Set(back < 0 ? [] : ids.slice(nodes.length - 1 - back)),
    current: nodes.at(back < 0 ? step : nodes.length - 1 - back) ?? null,
    direction: back < 0 ? 'forward' : 'backward',
  };
}

/** The node that the first wrong gradient of the user's belongs to; null when nothing is wrong. */
export function firstWrong({picture}: PanelState): string | null {
  const wrong = (picture?.nodes ?? []).filter(({user}) => user?.status === 'disagrees');
  const line = picture?.firstWrong?.range.start.line;
  return (wrong.find(({user}) => user?.site?.range.start.line === line) ?? wrong.at(-1))?.id ?? null;
}

/** Nodes whose name or operation holds what is searched for. */
export function foundBy(search: string, nodes: readonly PanelNode[]): readonly PanelNode[] {
  const text = search.trim().toLowerCase();
  if (text === '') return [];
  return nodes.filter(({names, label, operation}) => [...names, label, operation].some((name) => name.toLowerCase().includes(text)));
}

export function sortedRows({picture, sort}: PanelState): readonly GradientRow[] {
  const key = (row: GradientRow): string | number => (sort.column === 'line' ? row.site?.range.start.line ?? -1 : sort.column === 'error' ? row.error ?? -1 : row[sort.column]);
  const rows = [...picture?.gradients ?? []].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return sort.descending ? rows.reverse() : rows;
}

/** A new picture of the same pair keeps selection, folding and walk; of another one starts afresh. */
function withPicture(state: PanelState, picture: Picture): PanelState {
  const isSame = state.picture?.uri === picture.uri && state.picture.pair === picture.pair;
  const folded = isSame ? new Set([...state.folded].filter((id) => picture.groups.some((group) => group.id === id))) : new Set<string>();
  const next: PanelState = {...state, picture, stale: null, message: '', folded, selected: isSame ? state.selected : null, step: isSame ? state.step : null};
  const {nodes} = drawnOf(next);
  return {
    ...next,
    selected: nodes.some(({id}) => id === next.selected) ? next.selected : null,
    step: next.step === null ? null : clamp(next.step, 0, 2 * nodes.length - 1),
  };
}

/** The last value that is computed on the line, or whose gradient is. */
function withCursor(state: PanelState, uri: string, line: number): PanelState {
  const isThere = (site: PanelNode['site']): boolean => site !== null && site.uri === uri && site.range.start.line <= line && line <= site.range.end.line;
  const {nodes} = drawnOf(state);
  const found = nodes.findLast(({site}) => isThere(site)) ?? nodes.find(({user}) => isThere(user?.site ?? null));
  if (found === undefined || nodes.some(({id, site, user}) => id === state.selected && (isThere(site) || isThere(user?.site ?? null)))) return state;
  return {...state, selected: found.id};
}

function toggled(set: ReadonlySet<string>, item: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
