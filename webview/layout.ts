/**
 * Where things are drawn: ranks from left to right in program order, lanes from top to bottom. A pure function in one pass,
 * in which a node is placed by what stands before it only: whatever is edited behind it, it does not move. Knows ids and
 * edges, no sizes of text and nothing of the page; can be done bit by bit where it shares a thread with others.
 */

export interface LayoutNode {
  readonly id: string;
  /** Inputs are drawn beside each of their uses. */
  readonly kind: 'input' | 'operation';
  /** Nodes of one section (an iteration of a loop) stand behind everything that came before the section. */
  readonly section: string | null;
}

export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
  readonly carried: boolean;
}

/** A node in its place; an input has a place for each use, with the same `id`. */
export interface Placed {
  readonly id: string;
  /** Unique: the id, and for an input the node that uses it. */
  readonly key: string;
  readonly rank: number;
  readonly lane: number;
}

/** A wire through cells (rank, lane) from one place to another. */
export interface Wire {
  readonly from: string;
  readonly to: string;
  /** Of the edge in the list that was given. */
  readonly edge: number;
  readonly carried: boolean;
  /** The lane in which it runs between its ends; that of its start where they are neighbours. */
  readonly lane: number;
}

export interface Layout {
  readonly places: readonly Placed[];
  readonly wires: readonly Wire[];
  readonly ranks: number;
  /** First and last lane in use. */
  readonly top: number;
  readonly bottom: number;
}

const nodesAStep = 100;

/** `nodes` in program order: edges that are not carried go forward in it. */
export function layOut(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Layout {
  const steps = layOutInSteps(nodes, edges);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same, pausing after every few nodes. */
export function* layOutInSteps(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Generator<void, Layout> {
  const into = new Map<string, number[]>();
  edges.forEach(({to}, i) => {
    const list = into.get(to);
    if (list === undefined) into.set(to, [i]);
    else list.push(i);
  });
  const kinds = new Map(nodes.map(({id, kind}) => [id, kind]));
  const used = new Set(edges.map(({from}) => from));
  const cells = new Cells();
  const at = new Map<string, Placed>();
  const places: Placed[] = [];
  const wires: Wire[] = [];
  const put = (placed: Placed): Placed => {
    cells.take(placed.rank, placed.rank, placed.lane);
    at.set(placed.key, placed);
    places.push(placed);
    return placed;
  };
  const starts = new Map<string, number>();
  let last = 0;
  const loose: LayoutNode[] = [];
  for (const [number, node] of nodes.entries()) {
    if (number % nodesAStep === nodesAStep - 1) yield;
    if (node.kind === 'input') {
      if (!used.has(node.id)) loose.push(node);
      continue;
    }
    const incoming = (into.get(node.id) ?? []).filter((i) => !edges[i].carried);
    const inputs = incoming.filter((i) => kinds.get(edges[i].from) === 'input');
    const before = incoming.filter((i) => kinds.get(edges[i].from) !== 'input').flatMap((i) => {
      const from = at.get(edges[i].from);
      return from === undefined ? [] : [{edge: i, from}];
    });
    if (node.section !== null && !starts.has(node.section)) starts.set(node.section, last === 0 ? 0 : last + 1);
    const rank = before.reduce((most, {from}) => Math.max(most, from.rank), starts.get(node.section ?? '') ?? 0) + 1;
    last = Math.max(last, rank);
    const wanted = before.length === 0 ? cells.below(rank - 1, rank, inputs.length) : Math.round(before.reduce((sum, {from}) => sum + from.lane, 0) / before.length);
    const lane = cells.nearest(rank, rank, wanted);
    put({id: node.id, key: node.id, rank, lane});
    for (const {edge, from} of before) {
      const between = rank - from.rank > 1 ? cells.nearest(from.rank + 1, rank - 1, from.lane) : from.lane;
      if (rank - from.rank > 1) cells.take(from.rank + 1, rank - 1, between);
      wires.push({from: from.key, to: node.id, edge, carried: false, lane: between});
    }
    for (const i of inputs) {
      const key = `${edges[i].from} > ${node.id}`;
      const placed = put({id: edges[i].from, key, rank: rank - 1, lane: cells.nearest(rank - 1, rank - 1, lane)});
      wires.push({from: key, to: node.id, edge: i, carried: false, lane: placed.lane});
    }
  }
  for (const {id} of loose) put({id, key: id, rank: 0, lane: cells.below(0, 0, 1)});
  edges.forEach(({from, to, carried}, i) => {
    if (carried && at.has(from) && at.has(to)) wires.push({from, to, edge: i, carried, lane: at.get(from)!.lane});
  });
  return {
    places, wires, ranks: places.reduce((most, {rank}) => Math.max(most, rank), 0) + 1,
    top: places.reduce((least, {lane}) => Math.min(least, lane), 0), bottom: places.reduce((most, {lane}) => Math.max(most, lane), 0),
  };
}

/** Which cells are taken. */
class Cells {
  private readonly taken: Set<number>[] = [];
  /** The lowest lane in use of each rank. */
  private readonly last: number[] = [];

  take(from: number, to: number, lane: number): void {
    for (let rank = from; rank <= to; rank++) {
      (this.taken[rank] ??= new Set()).add(lane);
      this.last[rank] = Math.max(this.last.at(rank) ?? -1, lane);
    }
  }

  /** The free lane nearest to `wanted`, of two equally near ones that nearer to the first lane, so that long graphs stay level. */
  nearest(from: number, to: number, wanted: number): number {
    const side = wanted > 0 ? -1 : 1;
    for (let distance = 0; ; distance++) {
      if (this.isFree(from, to, wanted + side * distance)) return wanted + side * distance;
      if (this.isFree(from, to, wanted - side * distance)) return wanted - side * distance;
    }
  }

  /** The first lane below all taken ones, with room for so many inputs around it. */
  below(from: number, to: number, inputs: number): number {
    let last = -1;
    for (let rank = from; rank <= to; rank++) last = Math.max(last, this.last.at(rank) ?? -1);
    return last + 1 + Math.floor(Math.max(0, inputs - 1) / 2);
  }

  private isFree(from: number, to: number, lane: number): boolean {
    for (let rank = from; rank <= to; rank++) if (this.taken.at(rank)?.has(lane) ?? false) return false;
    return true;
  }
}
