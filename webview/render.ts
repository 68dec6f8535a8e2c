/**
 * Keeps the SVG of the graph up to date: what stays keeps its element and glides to where it belongs. Long drawings are
 * made in slices, so that the page never waits. Knows nodes and places; where clicks lead is told to it.
 */
import {centre, drawNode, spoken, wirePath} from './drawing.ts';
import {layOut} from './layout.ts';
import type {Layout, Placed, Wire} from './layout.ts';
import type {PanelNode} from './protocol.ts';
import {drawnOf, firstWrong, foundBy, walkOf} from './state.ts';
import type {PanelState} from './state.ts';
import {box, boxWidth, cell, element, shortened} from './svg.ts';

export interface Canvas {
  readonly svg: SVGSVGElement;
  draw(state: PanelState): void;
  places(): readonly Placed[];
  /** The rectangle that everything drawn fits in. */
  bounds(): {readonly x: number; readonly y: number; readonly width: number; readonly height: number};
}

/** Milliseconds of drawing before the page may do something else. */
const slice = 10;

interface Kept {
  readonly element: SVGGElement;
  signature: string;
}

export function createCanvas(svg: SVGSVGElement, world: SVGGElement): Canvas {
  const layers = ['groups', 'wires', 'nodes'].map((name) => element('g', {'class': name}));
  const [groupLayer, wireLayer, nodeLayer] = layers;
  world.append(...layers);
  const nodes = new Map<string, Kept>();
  const wires = new Map<string, Kept>();
  const groups = new Map<string, Kept>();
  let layout: Layout = layOut([], []);
  let laidOut: unknown = null;
  let round = 0;

  function draw(state: PanelState): void {
    const drawn = drawnOf(state);
    if (laidOut !== state.picture || groups.size > 0 || state.folded.size > 0) layout = layOut(drawn.nodes, drawn.edges);
    laidOut = state.picture;
    const byId = new Map(drawn.nodes.map((node) => [node.id, node]));
    const places = new Map(layout.places.map((placed) => [placed.key, placed]));
    const walk = walkOf(state);
    const wrong = firstWrong(state);
    const found = new Set(foundBy(state.search, drawn.nodes).map(({id}) => id));
    const mark = (at: SVGGElement, id: string): void => {
      at.classList.toggle('selected', id === state.selected);
      at.classList.toggle('no-value', !walk.values.has(id));
      at.classList.toggle('no-gradient', !walk.gradients.has(id));
      at.classList.toggle('current', id === walk.current?.id);
      at.classList.toggle('wrong', id === wrong);
      at.classList.toggle('found', found.has(id));
      at.setAttribute('aria-current', String(id === state.selected));
    };
    const widthOf = ({id}: Placed): number => boxWidth(shortened(byId.get(id)?.label ?? '', 11));
    const wireOfInput = new Map(layout.wires.map((wire) => [wire.from, wire]));
    const parts: (() => void)[] = [];
    for (const placed of layout.places) {
      const node = byId.get(placed.id);
      if (node !== undefined) parts.push(() => { mark(keepNode(placed, node, contributionOf(placed)), node.id); });
    }
    for (const wire of layout.wires) parts.push(() => { keepWire(wire, places.get(wire.from)!, places.get(wire.to)!, widthOf, walk.values.has(drawn.edges[wire.edge].from)); });
    remove(nodes, new Set(layout.places.map(({key}) => key)));
    remove(wires, new Set(layout.wires.map(keyOfWire)));
    drawGroups(state, byId);
    inSlices(parts, ++round);

    function contributionOf({key, id}: Placed): readonly number[] | null {
      if (key === id || byId.get(id)?.kind !== 'input') return null;
      const wire = wireOfInput.get(key);
      return wire === undefined ? null : drawn.edges[wire.edge].contribution;
    }
  }

  function inSlices(parts: readonly (() => void)[], mine: number): void {
    let at = 0;
    const go = (): void => {
      if (mine !== round) return;
      const until = performance.now() + slice;
      while (at < parts.length && performance.now() < until) parts[at++]();
      if (at < parts.length) requestAnimationFrame(go);
    };
    go();
  }

  function keepNode(placed: Placed, node: PanelNode, contribution: readonly number[] | null): SVGGElement {
    const signature = JSON.stringify([node.label, node.names[0], node.shape, node.first.slice(0, 3), node.gradient.slice(0, 3), node.user, node.count, node.saved, contribution?.slice(0, 3)]);
    let kept = nodes.get(placed.key);
    if (kept === undefined) {
      kept = {element: element('g', {'class': 'node', role: 'img', 'aria-roledescription': 'node', tabindex: 0, 'data-id': placed.id}), signature: ''};
      nodes.set(placed.key, kept);
      nodeLayer.append(kept.element);
    }
    if (kept.signature !== signature) {
      kept.element.replaceChildren(...drawNode(node, contribution));
      kept.element.setAttribute('aria-label', spoken(node));
      kept.element.classList.toggle('input', node.kind === 'input');
      kept.signature = signature;
    }
    const {x, y} = centre(placed);
    kept.element.style.transform = `translate(${x}px, ${y}px)`;
    return kept.element;
  }

  function keepWire(wire: Wire, from: Placed, to: Placed, widthOf: (placed: Placed) => number, isReached: boolean): void {
    const key = keyOfWire(wire);
    let kept = wires.get(key);
    if (kept === undefined) {
      kept = {element: element('g', {'class': wire.carried ? 'carried' : ''}, element('path', {'class': 'wire', 'marker-end': 'url(#arrow)'})), signature: ''};
      wires.set(key, kept);
      wireLayer.append(kept.element);
    }
    const path = wirePath(from, to, wire, widthOf(from), widthOf(to));
    if (path !== kept.signature) kept.element.firstElementChild!.setAttribute('d', path);
    kept.signature = path;
    kept.element.classList.toggle('no-value', !isReached);
  }

  function drawGroups({picture, folded}: PanelState, byId: ReadonlyMap<string, PanelNode>): void {
    const wanted = new Set<string>();
    for (const {id, label} of picture?.groups ?? []) {
      const members = layout.places.filter((placed) => byId.get(placed.id)?.group === id);
      if (folded.has(id) || members.length === 0) continue;
      wanted.add(id);
      const ranks = members.map(({rank}) => rank);
      const lanes = members.map(({lane}) => lane);
      const x = Math.min(...ranks) * cell.width - box.most / 2 - 8;
      const y = Math.min(...lanes) * cell.height - cell.height * 0.44;
      const width = (Math.max(...ranks) - Math.min(...ranks)) * cell.width + cell.width - 20;
      const height = (Math.max(...lanes) - Math.min(...lanes)) * cell.height + cell.height * 0.86;
      groups.get(id)?.element.remove();
      const made = element('g', {'class': 'group', role: 'button', tabindex: 0, 'data-group': id, 'aria-label': `⊟ ${label}: fold`},
        element('rect', {x, y, width, height, rx: 8}), element('text', {x: x + width - 8, y: y + height - 6, 'text-anchor': 'end'}, `⊟ ${label}`));
      groups.set(id, {element: made, signature: ''});
      groupLayer.append(made);
    }
    remove(groups, wanted);
  }

  return {
    svg, draw,
    places: () => layout.places,
    bounds() {
      const {ranks, top, bottom} = layout;
      return {x: -70, y: top * cell.height - 56, width: (ranks - 1) * cell.width + 240, height: (bottom - top) * cell.height + 112};
    },
  };
}

function remove(kept: Map<string, Kept>, wanted: ReadonlySet<string>): void {
  for (const [key, {element: gone}] of kept) {
    if (wanted.has(key)) continue;
    gone.remove();
    kept.delete(key);
  }
}

function keyOfWire({from, to, carried}: Wire): string {
  return `${from}\n${to}${carried ? '\ncarried' : ''}`;
}
