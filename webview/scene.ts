/**
 * A laid-out graph, sorted so that what lies in a part of the drawing is found without looking at the rest, and the frames
 * of its groups. Pure; knows cells (rank, lane), not pixels.
 */
import type {GraphGroup} from '../engine/graph/graph.ts';
import type {Drawn} from './folding.ts';
import type {Layout, LayoutNode, Placed, Wire} from './layout.ts';
import type {PanelNode} from './protocol.ts';

/** An unfolded group: the cells of what is in it. */
export interface Frame {
  readonly group: GraphGroup;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** How many frames are nested in it. */
  readonly levels: number;
}

export interface Scene {
  readonly drawn: Drawn;
  readonly layout: Layout;
  readonly byId: ReadonlyMap<string, PanelNode>;
  readonly placeOf: ReadonlyMap<string, Placed>;
  /** For an input's place, what comes back through that use of it. */
  readonly contributionOf: ReadonlyMap<string, readonly number[]>;
  readonly columns: readonly (readonly Placed[])[];
  /** Wires by each rank that they touch; those over many ranks are in `long`. */
  readonly wires: readonly (readonly Wire[])[];
  readonly long: readonly Wire[];
  /** Outer frames before inner ones. */
  readonly frames: readonly Frame[];
  /** Loops of which every iteration is drawn. */
  readonly openLoops: ReadonlySet<string>;
}

/** Ranks and lanes, both ends included. */
export interface Cells {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Visible {
  readonly places: readonly Placed[];
  readonly wires: readonly Wire[];
  readonly frames: readonly Frame[];
}

const longWire = 24;

/** What the layout needs to know of what is drawn. */
export function layoutNodes({nodes}: Drawn, groups: readonly GraphGroup[]): LayoutNode[] {
  const sections = new Map<string, string | null>();
  for (const {id, kind, parent} of groups) sections.set(id, kind === 'iteration' ? id : sections.get(parent ?? '') ?? null);
  return nodes.map(({id, kind, group}) => ({id, kind, section: sections.get(group ?? '') ?? null}));
}

export const emptyScene: Scene = {
  drawn: {nodes: [], edges: []}, layout: {places: [], wires: [], ranks: 1, top: 0, bottom: 0}, byId: new Map(), placeOf: new Map(),
  contributionOf: new Map(), columns: [], wires: [], long: [], frames: [], openLoops: new Set(),
};

/** Pauses after every few places and wires. */
export function* sceneInSteps(drawn: Drawn, layout: Layout, groups: readonly GraphGroup[]): Generator<void, Scene> {
  const byId = new Map<string, PanelNode>();
  const placeOf = new Map<string, Placed>();
  const columns: Placed[][] = Array.from({length: layout.ranks}, () => []);
  const wires: Wire[][] = Array.from({length: layout.ranks}, () => []);
  const long: Wire[] = [];
  const contributionOf = new Map<string, readonly number[]>();
  for (const [i, node] of drawn.nodes.entries()) {
    if (i % aStep === aStep - 1) yield;
    byId.set(node.id, node);
  }
  for (const [i, placed] of layout.places.entries()) {
    if (i % aStep === aStep - 1) yield;
    placeOf.set(placed.key, placed);
    columns[placed.rank].push(placed);
  }
  for (const [i, wire] of layout.wires.entries()) {
    if (i % aStep === aStep - 1) yield;
    const from = placeOf.get(wire.from)!;
    const [first, last] = ends(from.rank, placeOf.get(wire.to)!.rank);
    if (last - first > longWire) long.push(wire);
    else for (let rank = first; rank <= last; rank++) wires[rank].push(wire);
    if (from.key !== from.id && !wire.carried) contributionOf.set(from.key, drawn.edges[wire.edge].contribution);
  }
  const frames = yield* framesOf(layout, byId, groups);
  const openLoops = new Set(groups.flatMap(({kind, parent}) => (kind === 'iteration' && parent !== null ? [parent] : [])));
  return {drawn, layout, byId, placeOf, contributionOf, columns, wires, long, frames, openLoops};
}

const aStep = 500;

export function visibleIn(scene: Scene, cells: Cells): Visible {
  const {columns, wires, long, placeOf, frames} = scene;
  const left = Math.max(0, cells.left);
  const right = Math.min(columns.length - 1, cells.right);
  const places: Placed[] = [];
  const seen = new Set<Wire>();
  const isIn = (top: number, bottom: number): boolean => bottom >= cells.top && top <= cells.bottom;
  const look = (wire: Wire): void => {
    const from = placeOf.get(wire.from)!;
    const to = placeOf.get(wire.to)!;
    const [first, last] = ends(from.rank, to.rank);
    if (last >= left && first <= right && isIn(Math.min(from.lane, to.lane, wire.lane), Math.max(from.lane, to.lane, wire.lane))) seen.add(wire);
  };
  for (let rank = left; rank <= right; rank++) {
    for (const placed of columns[rank]) if (isIn(placed.lane, placed.lane)) places.push(placed);
    wires[rank].forEach(look);
  }
  long.forEach(look);
  return {places, wires: [...seen], frames: frames.filter((frame) => frame.right >= left && frame.left <= right && isIn(frame.top, frame.bottom))};
}

function ends(a: number, b: number): [number, number] {
  return a < b ? [a, b] : [b, a];
}

function* framesOf({places}: Layout, byId: ReadonlyMap<string, PanelNode>, groups: readonly GraphGroup[]): Generator<void, Frame[]> {
  const found = new Map<string, {left: number; right: number; top: number; bottom: number; levels: number}>();
  const widen = (group: string, {left, right, top, bottom, levels}: Omit<Frame, 'group'>): void => {
    const frame = found.get(group);
    if (frame === undefined) {
      found.set(group, {left, right, top, bottom, levels});
      return;
    }
    frame.left = Math.min(frame.left, left);
    frame.right = Math.max(frame.right, right);
    frame.top = Math.min(frame.top, top);
    frame.bottom = Math.max(frame.bottom, bottom);
    frame.levels = Math.max(frame.levels, levels);
  };
  for (const [i, {id, rank, lane}] of places.entries()) {
    if (i % aStep === aStep - 1) yield;
    const group = byId.get(id)?.group ?? null;
    if (group !== null) widen(group, {left: rank, right: rank, top: lane, bottom: lane, levels: 0});
  }
  // Inner groups come after those that they are in.
  for (const {id, parent} of [...groups].reverse()) {
    const inner = found.get(id);
    if (inner !== undefined && parent !== null) widen(parent, {...inner, levels: inner.levels + 1});
  }
  yield;
  return groups.flatMap((group) => {
    const frame = found.get(group.id);
    return frame === undefined ? [] : [{group, ...frame}];
  }).sort((a, b) => b.levels - a.levels);
}
