/**
 * A layout as it travels to the worker and back: numbers in typed arrays, which cost the page next to nothing to send and
 * to take. Nodes and edges are told by their places in the lists of the one who asks.
 */
import {layOut} from './layout.ts';
import type {Layout, LayoutEdge, LayoutNode} from './layout.ts';

export interface LayoutRequest {
  readonly round: number;
  /** 1 for each node that is an input. */
  readonly inputs: Uint8Array;
  /** The section of each node, -1 for none. */
  readonly sections: Int32Array;
  /** Three numbers for each edge: from, to, carried. */
  readonly edges: Int32Array;
}

export interface LayoutAnswer {
  readonly round: number;
  /** Four numbers for each place: node, the node that uses it or -1, rank, lane. */
  readonly places: Int32Array;
  /** Five numbers for each wire: place from, place to, edge, carried, lane. */
  readonly wires: Int32Array;
}

export function requestOf(round: number, nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): LayoutRequest {
  const at = new Map(nodes.map(({id}, i) => [id, i]));
  const packed = new Int32Array(3 * edges.length);
  edges.forEach(({from, to, carried}, i) => { packed.set([at.get(from) ?? -1, at.get(to) ?? -1, Number(carried)], 3 * i); });
  const sections = new Map<string, number>();
  const sectionOf = ({section}: LayoutNode): number => {
    if (section === null) return -1;
    if (!sections.has(section)) sections.set(section, sections.size);
    return sections.get(section)!;
  };
  return {round, sections: Int32Array.from(nodes, sectionOf), inputs: Uint8Array.from(nodes, ({kind}) => Number(kind === 'input')), edges: packed};
}

/** What the worker does. */
export function answerTo({round, inputs, sections, edges}: LayoutRequest): LayoutAnswer {
  const nodes = Array.from(inputs, (isInput, i): LayoutNode => ({id: String(i), kind: isInput === 1 ? 'input' : 'operation', section: sections[i] < 0 ? null : String(sections[i])}));
  const listed = Array.from({length: edges.length / 3}, (_, i): LayoutEdge => ({from: String(edges[3 * i]), to: String(edges[3 * i + 1]), carried: edges[3 * i + 2] === 1}));
  const {places, wires} = layOut(nodes, listed);
  const at = new Map(places.map(({key}, i) => [key, i]));
  const packedPlaces = new Int32Array(4 * places.length);
  places.forEach(({id, key, rank, lane}, i) => { packedPlaces.set([Number(id), key === id ? -1 : Number(key.slice(id.length + 3)), rank, lane], 4 * i); });
  const packedWires = new Int32Array(5 * wires.length);
  wires.forEach(({from, to, edge, carried, lane}, i) => { packedWires.set([at.get(from)!, at.get(to)!, edge, Number(carried), lane], 5 * i); });
  return {round, places: packedPlaces, wires: packedWires};
}

/** The layout as {@link layOut} gives it for these nodes. */
export function layoutOf({places: packed, wires: packedWires}: LayoutAnswer, nodes: readonly LayoutNode[]): Layout {
  const places = Array.from({length: packed.length / 4}, (_, i) => {
    const {id} = nodes[packed[4 * i]];
    const user = packed[4 * i + 1];
    return {id, key: user < 0 ? id : `${id} > ${nodes[user].id}`, rank: packed[4 * i + 2], lane: packed[4 * i + 3]};
  });
  const wires = Array.from({length: packedWires.length / 5}, (_, i) => ({
    from: places[packedWires[5 * i]].key, to: places[packedWires[5 * i + 1]].key,
    edge: packedWires[5 * i + 2], carried: packedWires[5 * i + 3] === 1, lane: packedWires[5 * i + 4],
  }));
  return {
    places, wires, ranks: places.reduce((most, {rank}) => Math.max(most, rank), 0) + 1,
    top: places.reduce((least, {lane}) => Math.min(least, lane), 0), bottom: places.reduce((most, {lane}) => Math.max(most, lane), 0),
  };
}
