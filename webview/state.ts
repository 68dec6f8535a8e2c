/** What the panel shows, and how messages and the user change it. Pure: no page, no messages sent from here. */
import {fold} from './folding.ts';
import type {Drawn} from './folding.ts';
import type {Answer, Question} from '../engine/graph/study.ts';
import type {GradientRow, PanelNode, Picture, ToPanel} from './protocol.ts';

export type Tab = 'graph' | 'gradients' | 'jacobian' | 'cost' | 'step' | 'curvature';
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
  /** Loops, by their groups, of which every iteration is drawn; `*` is all of them. */
  readonly opened: ReadonlySet<string>;
  /** The nodes and edges that are drawn: the picture with its folded groups. */
  readonly drawn: Drawn;
  /** The node that the first wrong gradient of the user's belongs to; null when nothing is wrong. */
  readonly wrong: string | null;
  readonly search: string;
  readonly sort: {readonly column: Column; readonly descending: boolean};
  /** Counts pictures: what was answered of an earlier one is asked again. */
  readonly round: number;
  /** Answers by their questions as text; null where there is none. */
  readonly answers: ReadonlyMap<string, {readonly round: number; readonly answer: Answer | null}>;
  readonly chosen: Choices;
  /** Sizes that the user typed, by letters. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Bytes of one number. */
  readonly bytes: number;
}

/** What the tabs beside the graph look at; null where the user has not said. */
export interface Choices {
  readonly from: string | null;
  readonly to: string | null;
  readonly input: string | null;
  readonly element: number;
}

export type Action =
  | Exclude<ToPanel, {type: 'part'}>
  | {readonly type: 'look-at'; readonly chosen: Partial<Choices>}
  | {readonly type: 'size'; readonly letter: string; readonly size: number}
  | {readonly type: 'bytes'; readonly bytes: number}
  | {readonly type: 'tab'; readonly tab: Tab}
  | {readonly type: 'choose'; readonly id: string | null}
  | {readonly type: 'step'; readonly step: number | null}
  | {readonly type: 'fold'; readonly group: string}
  /** Folds every group, or opens every one. */
  | {readonly type: 'fold-all'; readonly on: boolean}
  /** Opens a loop, so that every iteration is drawn, or closes it. */
  | {readonly type: 'open-loop'; readonly loop: string}
  | {readonly type: 'search'; readonly text: string}
  | {readonly type: 'sort'; readonly column: Column};

export const initialState: PanelState = {
  picture: null, stale: null, message: 'Put the cursor in a forward or a backward function.', tab: 'graph', selected: null, step: null,
  folded: new Set(), opened: new Set(), drawn: {nodes: [], edges: []}, wrong: null, search: '', sort: {column: 'line', descending: false},
  round: 0, answers: new Map(), chosen: {from: null, to: null, input: null, element: -1}, sizes: new Map(), bytes: 8,
};

export function reduce(state: PanelState, action: Action): PanelState {
  switch (action.type) {
    case 'picture': return withPicture(state, action.picture);
    case 'stale': return {...state, stale: action.message};
    case 'nothing': return {...initialState, message: action.message, tab: state.tab, sort: state.sort, opened: state.opened, sizes: state.sizes, bytes: state.bytes, round: state.round + 1};
    case 'answer': return {...state, answers: new Map(state.answers).set(keyOf(action.question), {round: state.round, answer: action.answer})};
    case 'look-at': return {...state, chosen: {...state.chosen, ...action.chosen}};
    case 'size': return {...state, sizes: new Map(state.sizes).set(action.letter, action.size)};
    case 'bytes': return {...state, bytes: action.bytes};
    case 'cursor': return withCursor(state, action.uri, action.line);
    case 'tab': return {...state, tab: action.tab};
    case 'choose': return {...state, selected: action.id};
    case 'step': return {...state, step: action.step === null ? null : clamp(action.step, 0, lastStep(state))};
    case 'fold': return withFolded(state, toggled(state.folded, action.group));
    case 'open-loop': return {...state, opened: toggled(state.opened, action.loop)};
    case 'fold-all': return withFolded(state, new Set(action.on ? state.picture?.groups.map(({id}) => id) : []));
    case 'search': return {...state, search: action.text};
    case 'sort': return {...state, sort: {column: action.column, descending: state.sort.column === action.column && !state.sort.descending}};
  }
}

/** A question as text: equal ones have equal texts. */
export function keyOf(question: Question): string {
  return JSON.stringify(question);
}

/** The number of the last step: each node forward, then each backward. */
export function lastStep({drawn}: PanelState): number {
  return 2 * drawn.nodes.length - 1;
}

export interface Walk {
  /** Nodes whose value, and whose gradient, is known by now. */
  readonly values: ReadonlySet<string>;
  readonly gradients: ReadonlySet<string>;
  readonly current: PanelNode | null;
  readonly direction: 'forward' | 'backward';
}

/** Where the walk is: values appear in program order, then gradients in the reverse of it. */
export function walkOf({drawn: {nodes}, step}: PanelState): Walk {
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
function wrongNode({nodes, firstWrong}: Picture): string | null {
  const wrong = nodes.filter(({user}) => user?.status === 'disagrees');
  const line = firstWrong?.range.start.line;
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
  const known = new Set(isSame ? state.picture.groups.map(({id}) => id) : []);
  const folded = new Set([...foldedAtFirst(picture)].filter((id) => !known.has(id)));
  for (const {id} of picture.groups) if (isSame && state.folded.has(id)) folded.add(id);
  return withFolded({
    ...state, picture, wrong: wrongNode(picture), stale: null, message: '', round: state.round + 1,
    ...(isSame ? {} : {selected: null, step: null, answers: new Map(), chosen: initialState.chosen, sizes: new Map()}),
  }, folded);
}

function withFolded(state: PanelState, folded: ReadonlySet<string>): PanelState {
  const drawn = state.picture === null ? state.drawn : fold(state.picture, folded);
  return {
    ...state, folded, drawn,
    selected: drawn.nodes.some(({id}) => id === state.selected) ? state.selected : null,
    step: state.step === null ? null : clamp(state.step, 0, 2 * drawn.nodes.length - 1),
  };
}

/** Large graphs open folded: the innermost groups of one level that leave few enough nodes, or the outermost of all. */
function foldedAtFirst({nodes, groups}: Picture): ReadonlySet<string> {
  if (nodes.length <= mostNodes) return new Set();
  const levelOf = new Map<string, number>();
  for (const {id, parent} of groups) levelOf.set(id, parent === null ? 0 : levelOf.get(parent)! + 1);
  const depths = nodes.map(({group}) => (group === null ? 0 : levelOf.get(group)! + 1));
  for (let level = Math.max(0, ...levelOf.values()); level >= 0; level--) {
    const folded = groups.filter(({id}) => levelOf.get(id) === level).map(({id}) => id);
    if (level === 0 || folded.length + depths.filter((depth) => depth <= level).length <= mostNodes) return new Set(folded);
  }
  return new Set();
}

const mostNodes = 400;

/** The last value that is computed on the line, or whose gradient is. */
function withCursor(state: PanelState, uri: string, line: number): PanelState {
  const isThere = (site: PanelNode['site']): boolean => site !== null && site.uri === uri && site.range.start.line <= line && line <= site.range.end.line;
  const {nodes} = state.drawn;
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
